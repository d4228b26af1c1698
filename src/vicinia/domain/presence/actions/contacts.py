"""Key contacts: kept, heard at a rhythm, and what they say carried to where it belongs."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import ContactDirection, ContactHow
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import events, queries, rules
from vicinia.domain.presence.models import KeyContact, KeyContactTalk
from vicinia.domain.presence.states import TalkBecame, TalkHow
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.look.dates import local_day


@dataclass(frozen=True)
class ContactCard:
    """What is kept of a key contact. `person` is who speaks, if we know them; their data stay in `people`."""

    kind: str
    body_name: str = ""
    person: PersonDetails | None = None
    reach_words: str = ""
    location: Location = field(default_factory=Location)


@dataclass(frozen=True)
class NewTalk:
    """One time that a key contact was heard. With `case` or `category` what they said becomes a contact or a report.

    `uuid` comes from who writes it, so that a queue may send it again; `at` is when it was, if not now.
    """

    how: str
    words: str = ""
    reached: bool = True
    became: str = TalkBecame.NOTHING
    case: Case | None = None
    category: Category | None = None
    uuid: UUID = field(default_factory=uuid4)
    at: dt.datetime | None = None


@transaction.atomic
def add_contact(
    *, by: Actor, card: ContactCard, rhythm_days: int | None = None, next_on: dt.date | None = None
) -> KeyContact:
    """Begin to hear somebody at a rhythm (the town's, unless said otherwise), the first time by a day."""
    days = settings.KEY_CONTACT_RHYTHM_DAYS if rhythm_days is None else rhythm_days
    rules.may_add_contact(by, card.location.area_id).require()
    rules.may_have_rhythm(days).require()
    rules.must_be_called_something(card.body_name, has_person=card.person is not None).require()

    contact = KeyContact(
        reference=f"T{next_reference('key_contact')}",
        rhythm_days=days,
        next_on=next_on or clock.add_working_days(clock.today(), days),
        person=people.meet(by=by, details=card.person) if card.person else None,
    )
    _write_card(contact, card)
    contact.save(force_insert=True)

    journal.record(events.CONTACT_ADDED, by=by, about=contact)
    return contact


@transaction.atomic
def change_contact(
    *, by: Actor, contact: KeyContact, card: ContactCard, seen_version: int | None
) -> KeyContact:
    """Put right what is kept. A person given takes the place of the one before; without one, that one stays."""
    contact = _locked(contact).require_version(seen_version, yours=card)
    rules.may_change_contact(by, contact).require()
    rules.may_add_contact(by, card.location.area_id).require()
    has_person = card.person is not None or contact.person_id is not None
    rules.must_be_called_something(card.body_name, has_person=has_person).require()

    if card.person is not None:
        contact.person = people.meet(by=by, details=card.person)
    _write_card(contact, card)
    contact.save()

    journal.record(events.CONTACT_CHANGED, by=by, about=contact)
    return contact


@transaction.atomic
def set_rhythm(*, by: Actor, contact: KeyContact, days: int, seen_version: int | None = None) -> KeyContact:
    """Change how many working days may pass between talks; the next one never moves further away."""
    contact = _locked(contact).require_version(seen_version, yours=days)
    rules.may_change_contact(by, contact).require()
    rules.may_have_rhythm(days).require()

    contact.rhythm_days = days
    contact.next_on = min(contact.next_on, clock.add_working_days(clock.today(), days))
    contact.save()

    journal.record(events.CONTACT_RHYTHM, by=by, about=contact, days=days)
    return contact


@transaction.atomic
def retire_contact(
    *, by: Actor, contact: KeyContact, reason: str, seen_version: int | None = None
) -> KeyContact:
    """Stop hearing somebody: the shop has closed, they asked us to."""
    contact = _locked(contact).require_version(seen_version, yours=reason)
    rules.may_retire(by, contact, reason).require()

    contact.is_active = False
    contact.retired_reason = reason
    contact.save()

    journal.record(events.CONTACT_RETIRED, by=by, about=contact, reason=reason)
    return contact


@transaction.atomic
def resume_contact(*, by: Actor, contact: KeyContact) -> KeyContact:
    """Hear somebody again, from the next working day on."""
    contact = _locked(contact)
    rules.may_resume(by, contact).require()

    contact.is_active = True
    contact.retired_reason = ""
    contact.next_on = clock.add_working_days(clock.today(), 1)
    contact.save()

    journal.record(events.CONTACT_RESUMED, by=by, about=contact)
    return contact


@transaction.atomic
def log_talk(
    *, by: Actor, contact: KeyContact, new: NewTalk, seen_version: int | None = None
) -> KeyContactTalk:
    """Keep what a key contact said and when they are heard next. The same `uuid` gives the talk that is kept already."""
    contact = _locked(contact)
    known = queries.talk_sent(new.uuid)
    if known is not None:
        rules.is_same_talk(known, contact, by).require()
        return known
    contact.require_version(seen_version, yours=new)
    may = rules.may_log_talk(by, contact, became=new.became, words=new.words, reached=new.reached)
    may.require()
    has_case, has_kind = new.case is not None, new.category is not None
    rules.must_be_carried(new.became, has_case=has_case, has_kind=has_kind).require()

    talk = KeyContactTalk(
        uuid=new.uuid,
        contact=contact,
        at=min(new.at or clock.now(), clock.now()),
        by_ref=by.ref,
        by_name=by.name,
        how=new.how,
        reached=new.reached,
        words=new.words,
        became=new.became,
    )
    _carry(by, contact, talk, new)
    talk.save(force_insert=True)
    contact.next_on = max(contact.next_on, _next_day(contact, talk))
    contact.save()

    how = journal.kept(TalkHow(new.how).label)
    if new.reached:
        became = journal.kept(TalkBecame(new.became).label)
        journal.record(events.TALKED, by=by, about=contact, how=how, became=became)
    else:
        journal.record(events.NOT_REACHED, by=by, about=contact, how=how)
    return talk


def _next_day(contact: KeyContact, talk: KeyContactTalk) -> dt.date:
    """Who was not reached is tried again on the next working day. A talk that arrives late brings no day forward."""
    days = contact.rhythm_days if talk.reached else 1
    return clock.add_working_days(local_day(talk.at), days)


def _carry(by: Actor, contact: KeyContact, talk: KeyContactTalk, new: NewTalk) -> None:
    """Put what was said where it goes: the case's diary or the register of reports."""
    if new.became == TalkBecame.CASE and new.case is not None:
        how = ContactHow.PHONE if new.how == TalkHow.CALL else ContactHow.STREET
        told = casework.NewContact(
            how=how,
            direction=ContactDirection.OUT,
            summary=new.words,
            with_whom=contact.label,
            person=contact.person,
            at=talk.at,
            # The reporter's own next contact stays as it was agreed.
            next_contact_on=new.case.next_contact_on,
        )
        casework.contact_in_case(by=by, case=new.case, new=told)
        talk.case = new.case
    elif new.became == TalkBecame.REPORT and new.category is not None:
        talk.report = _report(by, contact, talk, new.category)


def _report(by: Actor, contact: KeyContact, talk: KeyContactTalk, category: Category) -> Report:
    new = listening.NewReport(
        category=category,
        title=category.name,
        description=talk.words,
        location=Location(
            contact.lat,
            contact.lon,
            contact.civic_number_id,
            contact.address,
            contact.place_words,
            contact.area_id,
        ),
        known_reporter=contact.person,
        idempotency_key=f"talk:{talk.uuid}",
    )
    channel = Channel.PHONE if talk.how == TalkHow.CALL else Channel.STREET
    return listening.receive(by=by, new=new, channel=channel).report


def _write_card(contact: KeyContact, card: ContactCard) -> None:
    contact.kind, contact.body_name, contact.reach_words = card.kind, card.body_name, card.reach_words
    where: dict[str, Any] = asdict(card.location)
    for name, value in where.items():
        setattr(contact, name, value)


def _locked(contact: KeyContact) -> KeyContact:
    rows = KeyContact.objects.select_for_update(of=("self",)).select_related("person")
    row: KeyContact = rows.get(pk=contact.pk)
    return row
