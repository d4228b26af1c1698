"""The contact diary: who was reached, what came up, what was agreed, when next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.actions.charge import expect_contact
from vicinia.domain.casework.models import Case, Contact
from vicinia.domain.casework.states import ContactDirection, ContactHow
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import rules as listening_rules
from vicinia.domain.listening.models import Report
from vicinia.domain.people.models import Person
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewContact:
    """One contact. Without a person it is with the reporter; `with_whom` names someone else without their name."""

    how: str = ContactHow.PHONE
    direction: str = ContactDirection.OUT
    reached: bool = True
    summary: str = ""
    agreed: str = ""
    minutes: int | None = None
    at: dt.datetime | None = None
    next_contact_on: dt.date | None = None
    person: Person | None = None
    with_whom: str = ""

    @property
    def is_with_reporter(self) -> bool:
        return not self.with_whom


def _write(by: Actor, new: NewContact, **about: Any) -> Contact:
    return Contact.objects.create(
        by_ref=by.ref,
        by_name=by.name,
        at=new.at or clock.now(),
        how=new.how,
        direction=new.direction,
        reached=new.reached,
        minutes=new.minutes,
        summary=new.summary,
        agreed=new.agreed,
        next_contact_on=new.next_contact_on,
        person=new.person,
        **about,
    )


def _record(by: Actor, about: Case | Report, new: NewContact, reports: Sequence[Report]) -> None:
    """`reports` are those of whom we spoke to, so that the others of the same case are not told that we spoke to them."""
    how = journal.kept(ContactHow(new.how).label)
    note = "\n".join(part for part in (new.summary, new.agreed) if part)
    facts = {"how": how, "report": " ".join(report.reference for report in reports)}
    if new.is_with_reporter:
        event = events.CONTACT if new.reached else events.CONTACT_MISSED
        journal.record(event, by=by, about=about, note=note, **facts)
    else:
        event = events.CONTACT_OTHER if new.reached else events.CONTACT_OTHER_MISSED
        journal.record(event, by=by, about=about, note=note, who=new.with_whom, **facts)


@transaction.atomic
def contact_on_report(*, by: Actor, report: Report, new: NewContact) -> Contact:
    """A contact with the reporter before there is a case (or, if there is one, in its diary)."""
    case = queries.case_of(report)
    if case is not None:
        return contact_in_case(by=by, case=case, new=new, report=report)
    listening_rules.may_triage(by, report).require()

    contact = _write(by, new, report=report)
    _record(by, report, new, [report])
    if new.reached and new.is_with_reporter:
        listening.note_first_contact(by=by, report=report, at=contact.at)
    return contact


@transaction.atomic
def contact_in_case(
    *, by: Actor, case: Case, new: NewContact, report: Report | None = None, everybody: bool = False
) -> Contact:
    """A contact in the diary of a case. The next one is always agreed: by default after the town's rhythm.

    It is with who made `report`; if none is given, with who is to be called first; with all who reported if `everybody`.
    """
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()

    with_whom = None if everybody else report or next(iter(queries.reporters_to_call(case)), None)
    heard = (
        queries.reports_of_same_person(case, with_whom) if with_whom else list(queries.reports_to_tell(case))
    )
    agreed = _next_date(case, new)
    if new.is_with_reporter:
        new = replace(new, next_contact_on=agreed)
    contact = _write(by, new, case=case, report=with_whom if new.is_with_reporter else None)
    _record(by, case, new, heard if with_whom and new.is_with_reporter else ())
    if new.reached and new.is_with_reporter:
        for row in heard:
            listening.note_first_contact(by=by, report=row, at=contact.at)
    tried = with_whom if new.is_with_reporter and not new.reached else None
    expect_contact(case, *queries.next_contact(case, agreed, tried))
    return contact


def _next_date(case: Case, new: NewContact) -> dt.date | None:
    if new.next_contact_on:
        return new.next_contact_on
    # What was agreed with who reported does not wait because we have spoken with somebody else.
    if not new.is_with_reporter:
        return case.next_contact_on
    # Who was not reached is tried again on the next working day: a missed call meets no promise.
    days = (case.rhythm_days or settings.CONTACT_RHYTHM_DAYS) if new.reached else 1
    return clock.add_working_days(clock.today(), days)


@transaction.atomic
def set_rhythm(*, by: Actor, case: Case, days: int) -> Case:
    """Change how many working days may pass between contacts in this case; the next one never moves further away."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()

    case.rhythm_days = days
    soon = clock.add_working_days(clock.today(), days)
    case.next_contact_on = min(case.next_contact_on or soon, soon)
    case.save(update_fields=["rhythm_days", "next_contact_on"])

    journal.record(events.RHYTHM, by=by, about=case, days=days)
    return case
