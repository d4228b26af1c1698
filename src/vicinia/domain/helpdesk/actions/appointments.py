"""An appointment is made, moved, called off, kept; who made it is told and reminded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation

from vicinia.domain.helpdesk import events, hours, queries, rules
from vicinia.domain.helpdesk.links import appointment_url
from vicinia.domain.helpdesk.models import Appointment, HelpPoint
from vicinia.domain.helpdesk.states import AppointmentState, BookedFrom, Kind, Reach, Told, Topic
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.actions import give_link, revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look import dates
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.notifications.rules import may_leave
from vicinia.foundation.notifications.states import Channel
from vicinia.foundation.notifications.wording import OurWords

# How long name, contact and private page are kept after the appointment.
KEPT_FOR = dt.timedelta(days=30)
# What who left a telephone only has to hear from us, if no text message leaves.
_WORTH_A_CALL = (Told.MOVED, Told.CANCELLED)
_FORGOTTEN = {
    "name": "",
    "words": "",
    "contact_value": "",
    "contact_digest": "",
    "person": None,
    "to_call": "",
}


@dataclass(frozen=True)
class NewAppointment:
    """When, what for, and how to tell them of changes: by e-mail, by telephone, or not at all."""

    starts_at: dt.datetime
    kind: str = Kind.INFORMATION
    topic: str = Topic.OTHER
    name: str = ""
    words: str = ""
    contact: str = Reach.NONE
    contact_value: str = ""
    language: str = "it"
    booked_from: str = BookedFrom.PORTAL


@dataclass(frozen=True)
class Booked:
    """An appointment and the token of its private page."""

    row: Appointment
    token: str


@transaction.atomic
def book(
    *, by: Actor, point: HelpPoint, new: NewAppointment, once: str = "", person: Person | None = None
) -> Booked:
    """Make an appointment at a time that is free. The same `once` makes one."""
    place = queries.locked_point(point)
    if (sent := queries.sent_before(once)) is not None:
        return Booked(sent, _token(by, sent))
    digest = queries.contact_digest(new.contact, new.contact_value)
    rules.may_book(by, place, held=queries.held_with(digest)).require()
    span, seat = _seat(by, place, new.starts_at)

    row = Appointment.objects.create(
        reference=f"AP{next_reference('appointment')}",
        point=place,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        seat=seat,
        kind=new.kind,
        topic=new.topic,
        person=person,
        name=new.name,
        words=new.words,
        contact=new.contact,
        contact_value=new.contact_value,
        contact_digest=digest,
        language=new.language,
        booked_from=new.booked_from,
        once=once or None,
        by_ref=by.ref,
    )

    channel = journal.kept(BookedFrom(row.booked_from).label)
    journal.record(events.BOOKED, by=by, about=row, channel=channel, day=_day(row))
    token = _token(by, row)
    _tell(by, row, Told.BOOKED, token=token)
    return Booked(row, token)


def _seat(
    by: Actor, point: HelpPoint, starts_at: dt.datetime, besides: Appointment | None = None
) -> tuple[hours.Span, int]:
    """A free seat at a time that the desk offers to this actor; the desk is locked meanwhile."""
    is_resident = by.kind is ActorKind.RESIDENT
    offered = queries.slots_for_residents if is_resident else queries.slots_at_desk
    slots = [slot for day in offered(point, besides=besides) for slot in day.slots]
    found = next((slot.span for slot in slots if slot.starts_at == starts_at), None)
    span = found or hours.Span(starts_at, starts_at + dt.timedelta(minutes=point.slot_minutes))
    taken = queries.taken_between(point, span.starts_at, span.ends_at, besides=besides)
    seat = hours.free_seat(span, taken, point.seats)
    rules.has_place(is_offered=found is not None, seat=seat).require()
    return span, seat or 1


@transaction.atomic
def move(
    *, by: Actor, appointment: Appointment, starts_at: dt.datetime, seen_version: int | None = None
) -> Appointment:
    """Move it to another time that is free."""
    place = queries.locked_point(appointment.point)
    row = queries.locked_appointment(appointment).require_version(seen_version, yours=starts_at)
    rules.may_change(by, row, clock.now()).require()
    span, seat = _seat(by, place, starts_at, besides=row)

    row.starts_at, row.ends_at, row.seat = span.starts_at, span.ends_at, seat
    row.edition, row.edited_at, row.reminded_at = row.edition + 1, clock.now(), None
    row.save()

    journal.record(events.MOVED, by=by, about=row, day=_day(row))
    _tell(by, row, Told.MOVED)
    return row


@transaction.atomic
def cancel(*, by: Actor, appointment: Appointment) -> Appointment:
    """Call it off: the time is free for somebody else."""
    row = queries.locked_appointment(appointment)
    rules.may_change(by, row, clock.now()).require()

    row.enter(AppointmentState.CANCELLED, by=by, edition=row.edition + 1, edited_at=clock.now(), to_call="")

    _record_state(by, row)
    _tell(by, row, Told.CANCELLED)
    return row


@transaction.atomic
def mark(*, by: Actor, appointment: Appointment, state: AppointmentState) -> Appointment:
    """They are here, they did not come, or that was a slip."""
    row = queries.locked_appointment(appointment)
    rules.may_mark(by, row, state, clock.now()).require()

    row.enter(state, by=by)

    _record_state(by, row)
    return row


def _record_state(by: Actor, row: Appointment) -> None:
    state = journal.kept(AppointmentState(row.state).label)
    journal.record(events.CHANGED, by=by, about=row, state=state)


@transaction.atomic
def mark_called(*, by: Actor, appointment: Appointment) -> Appointment:
    """Who left a telephone only was told by voice."""
    row = queries.locked_appointment(appointment)
    rules.may_call(by, row).require()

    row.to_call = ""
    row.save()

    journal.record(events.CALLED, by=by, about=row)
    return row


@transaction.atomic
def see_who(*, by: Actor, appointment: Appointment) -> None:
    """The name and contact of who comes are looked at: the access log keeps it."""
    rules.may_see_names(by).require()
    journal.seen(by=by, person=appointment, purpose="appuntamento allo sportello", shown="nome e recapito")


@transaction.atomic
def renew_link(*, by: Actor, appointment: Appointment) -> str:
    """A fresh private link, for who lost theirs; the slip that is printed carries it."""
    rules.may_see_names(by).require()

    token = _token(by, appointment)

    journal.record(events.SLIP, by=by, about=appointment)
    return token


@transaction.atomic
def remind(*, by: Actor, appointment: Appointment) -> Appointment:
    """Tell who comes tomorrow, once."""
    row = queries.locked_appointment(appointment)
    if row.reminded_at is not None or row.state != AppointmentState.BOOKED:
        return row

    row.reminded_at = clock.now()
    row.save()

    journal.record(events.REMINDED, by=by, about=row)
    _tell(by, row, Told.REMINDER)
    return row


@transaction.atomic
def forget_appointments(*, by: Actor) -> int:
    """Erase names, contacts and words of appointments that are long over; what was counted stays."""
    rows = list(queries.appointments_to_forget(clock.now() - KEPT_FOR)[:500].select_for_update())
    for row in rows:
        forget(by=by, row=row)
    if rows:
        journal.record(events.FORGOTTEN, by=by, about="helpdesk:appointments", count=len(rows))
    return len(rows)


def forget(*, by: Actor, row: Appointment) -> None:
    """Empty one appointment of who made it; the act that asks for it records it."""
    for name, value in _FORGOTTEN.items():
        setattr(row, name, value)
    row.forgotten_at = clock.now()
    row.save()
    revoke_links(by=by, purpose=LinkPurpose.APPOINTMENT, about=row.reference)
    notifications.forget(by=by, about=row)


# Telling ------------------------------------------------------------------------------------------------------------


def _token(by: Actor, row: Appointment) -> str:
    lasts = max(row.ends_at - clock.now(), dt.timedelta()) + KEPT_FOR
    return give_link(by=by, purpose=LinkPurpose.APPOINTMENT, about=row.reference, valid_for=lasts)


def _day(row: Appointment) -> str:
    return f"{timezone.localtime(row.starts_at):%d/%m/%Y %H:%M}"


def _tell(by: Actor, row: Appointment, told: Told, *, token: str = "") -> None:
    """By their way: a message, or a call that is still to be made."""
    if row.contact == Reach.NONE or not row.contact_value:
        return
    channel = Channel.EMAIL if row.contact == Reach.EMAIL else Channel.SMS
    if not may_leave(channel):
        if told in _WORTH_A_CALL and by.kind is not ActorKind.RESIDENT:
            row.to_call = told
            row.save()
        return
    notifications.queue(
        by=by,
        to=row.contact_value,
        template="appointment_sms" if channel is Channel.SMS else "appointment",
        context=_words(row, told, appointment_url(token or _token(by, row))),
        language=row.language,
        about=row,
        key=f"appointment:{row.pk}:{told.value}:{row.edition}",
        channel=channel,
    )


def _words(row: Appointment, told: Told, link: str) -> dict[str, Sentence]:
    starts_at = timezone.localtime(row.starts_at)
    with translation.override(row.language):
        day = dates.full_day_words(starts_at.date())
    return {
        "news": told.label,
        "day": day,
        "hour": f"{starts_at:%H:%M}",
        "place": OurWords(f"{row.point.name}, {row.point.address}"),
        "phone": OurWords(row.point.phone),
        "code": "" if row.state == AppointmentState.CANCELLED else row.code,
        "link": link,
    }
