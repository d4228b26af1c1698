"""A contact is noted in ten seconds, corrected, or struck out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.helpdesk import events, queries, rules
from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpFile, HelpPoint, Ticket
from vicinia.domain.helpdesk.states import AppointmentState, Channel, Kind, TicketState, Topic
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn

# How long words and names of contacts are kept: the counts stay.
KEPT_MONTHS = 24


@dataclass(frozen=True)
class NewContact:
    """A contact in one line. `once` is the token of the page that sends it: twice the same makes one."""

    kind: str
    once: str
    topic: str = Topic.OTHER
    channel: str = Channel.DESK
    minutes: int = 5
    language: str = "it"
    words: str = ""
    day: dt.date | None = None
    details: PersonDetails | None = None
    person: Person | None = None
    point: HelpPoint | None = None
    appointment: Appointment | None = None
    ticket: Ticket | None = None
    file: HelpFile | None = None


@dataclass(frozen=True)
class Correction:
    """What a contact should have said."""

    kind: str
    topic: str
    channel: str
    minutes: int
    language: str
    words: str
    day: dt.date


@transaction.atomic
def note_contact(*, by: Actor, new: NewContact) -> HelpContact:
    """Count somebody who was helped. An appointment or a number that it belongs to is done with it."""
    wait_turn(f"help contact {new.once}")
    if (known := queries.contact_sent(new.once)) is not None:
        rules.is_same(by, known).require()
        return known
    day = new.day or clock.today()
    rules.may_note(by, day=day, minutes=new.minutes, today=clock.today()).require()
    appointment, ticket = _end(by, new)
    person = people.meet(by=by, details=new.details) if new.details else new.person
    if person is None and appointment is not None:
        person = appointment.person
    if new.file is not None:
        rules.may_change_file(by, queries.locked_file(new.file)).require()

    row = HelpContact.objects.create(
        day=day,
        kind=new.kind,
        topic=new.topic,
        channel=new.channel,
        minutes=new.minutes,
        language=new.language,
        words=new.words.strip(),
        person=person,
        point=new.point,
        appointment=appointment,
        ticket=ticket,
        file=new.file,
        by_ref=by.ref,
        by_name=by.name,
        once=new.once,
    )

    kind, channel = journal.kept(Kind(row.kind).label), journal.kept(Channel(row.channel).label)
    journal.record(events.NOTED, by=by, about=row, kind=kind, channel=channel)
    return row


def _end(by: Actor, new: NewContact) -> tuple[Appointment | None, Ticket | None]:
    """What the contact came from has been done."""
    appointment = queries.locked_appointment(new.appointment) if new.appointment else None
    if appointment is not None:
        rules.may_mark(by, appointment, AppointmentState.DONE, clock.now()).require()
        appointment.enter(AppointmentState.DONE, by=by)
        state = journal.kept(AppointmentState.DONE.label)
        journal.record(events.CHANGED, by=by, about=appointment, state=state)
    ticket = queries.locked_ticket(new.ticket) if new.ticket else None
    if ticket is not None:
        rules.may_turn(by, ticket, TicketState.SERVED).require()
        ticket.enter(TicketState.SERVED, by=by, ended_at=clock.now())
        served = journal.kept(TicketState.SERVED.label)
        journal.record(events.TICKET, by=by, about=ticket, number=ticket.number, state=served)
    return appointment, ticket


@transaction.atomic
def correct_contact(
    *, by: Actor, contact: HelpContact, new: Correction, seen_version: int | None
) -> HelpContact:
    """Put right what was noted in a hurry."""
    row = queries.locked_contact(contact).require_version(seen_version, yours=new)
    rules.may_correct(by, row, clock.today()).require()
    rules.may_note(by, day=new.day, minutes=new.minutes, today=clock.today()).require()

    row.kind, row.topic, row.channel = new.kind, new.topic, new.channel
    row.minutes, row.language, row.words, row.day = new.minutes, new.language, new.words.strip(), new.day
    row.save()

    journal.record(events.CORRECTED, by=by, about=row)
    return row


@transaction.atomic
def strike_contact(*, by: Actor, contact: HelpContact, reason: str) -> HelpContact:
    """Take a contact that was noted by mistake out of the counts; that it was there and why it went stays."""
    row = queries.locked_contact(contact)
    rules.may_correct(by, row, clock.today()).require()

    row.struck_at, row.struck_why = clock.now(), reason
    row.save()

    journal.record(events.STRUCK, by=by, about=row)
    return row


@transaction.atomic
def forget_contacts(*, by: Actor) -> int:
    """Erase words and persons of contacts of long ago; what was counted stays."""
    before = clock.add_months(clock.today(), -KEPT_MONTHS)
    rows = list(queries.contacts_to_forget(before)[:500].select_for_update(of=("self",)))
    for row in rows:
        row.words, row.person = "", None
        row.save()
    if rows:
        journal.record(events.FORGOTTEN_CONTACTS, by=by, about="helpdesk:contacts", count=len(rows))
    return len(rows)
