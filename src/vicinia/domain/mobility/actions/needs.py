"""What is talked about with a household, what it needs and wishes, which dwellings it will not have."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import rules as casework_rules
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind, ContactDirection, ContactHow
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.files import Numbers, Words, keep_case_open, take_over
from vicinia.domain.mobility.models import (
    Interview,
    NearWish,
    Refusal,
    RehousingFile,
)
from vicinia.domain.mobility.states import FileState, InterviewPlace
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn

_HOW = {
    InterviewPlace.HOME: ContactHow.HOME,
    InterviewPlace.DESK: ContactHow.OFFICE,
    InterviewPlace.PHONE: ContactHow.PHONE,
}


# Talks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewInterview:
    """A talk: when, where, what was said. `once` makes a page that is sent twice count once."""

    day: dt.date
    place: str
    words: str
    once: str = ""


@transaction.atomic
def write_interview(*, by: Actor, file: RehousingFile, new: NewInterview) -> Interview:
    """Write down a talk. The first one opens the case, in whose diary stands that we spoke, not what was said."""
    wait_turn(f"mobility:interview:{new.once}")
    sent = queries.interview_sent(new.once)
    if sent is not None:
        return sent
    row = queries.locked_file(file)
    _may_interview(by, row, new)

    interview = Interview.objects.create(file=row, by_ref=by.ref, by_name=by.name, **asdict(new))
    if row.state == FileState.CENSUS:
        row.enter(FileState.INTERVIEWED, by=by, state_since=clock.now())
    case = _case_of(by, row)
    if casework_rules.may_work(by, case):
        _note_contact(by, row, case, new)

    journal.record(events.FILE_INTERVIEW, by=by, about=row)
    return interview


def _may_interview(by: Actor, row: RehousingFile, new: NewInterview) -> None:
    is_companion = queries.is_companion(by, row)
    rules.may_interview(
        by, row, is_companion=is_companion, day=new.day, today=clock.today(), words=new.words
    ).require()


def _case_of(by: Actor, row: RehousingFile) -> Case:
    """The case of a file, opened and taken in charge at the first talk."""
    if row.case is not None:
        return row.case
    new = casework.OpenCase(
        title=_("Accompagnamento di %(household)s") % {"household": row.household.label},
        category=row.relocation.category,
        legal_basis=LegalBasis.ADMINISTRATIVE,
        kind=CaseKind.REHOUSING,
        location=Location.of(row.home.building),
    )
    case = casework.open_case(by=by, new=new, reports=())
    row.case = casework.take_charge(by=by, case=case)
    row.save()
    journal.record(events.FILE_CASE, by=by, about=row, case=case.reference)
    keep_case_open(by, row)
    return row.case


def _note_contact(by: Actor, row: RehousingFile, case: Case, new: NewInterview) -> None:
    days = case.rhythm_days or settings.CONTACT_RHYTHM_DAYS
    contact = casework.NewContact(
        how=_HOW[InterviewPlace(new.place)],
        direction=ContactDirection.OUT,
        with_whom=row.household.label,
        next_contact_on=clock.add_working_days(clock.today(), days),
    )
    casework.contact_in_case(by=by, case=case, new=contact)


@transaction.atomic
def change_interview(
    *, by: Actor, interview: Interview, new: NewInterview, seen_version: int | None
) -> Interview:
    """Put right what was written of a talk."""
    row = queries.locked_interview(interview).require_version(seen_version, yours=new)
    _may_interview(by, row.file, new)

    row.day, row.place, row.words = new.day, new.place, new.words
    row.save()

    journal.record(events.FILE_INTERVIEW_CHANGED, by=by, about=row.file)
    return row


# What the household needs -----------------------------------------------------------------------------------------


@transaction.atomic
def change_needs(
    *, by: Actor, file: RehousingFile, numbers: Numbers, words: Words, seen_version: int | None
) -> RehousingFile:
    """Write down what a household needs and wishes, with what counts in the plan."""
    row = queries.locked_file(file).require_version(seen_version, yours=words)
    rules.may_write(by, row, is_companion=queries.is_companion(by, row)).require()
    rules.may_change_numbers(by, row, size=numbers.size).require()

    take_over(row, numbers)
    take_over(row, words)
    row.save()

    journal.record(events.FILE_NEEDS, by=by, about=row)
    return row


@transaction.atomic
def confirm_needs(*, by: Actor, file: RehousingFile) -> RehousingFile:
    """The household has been heard and what it needs is clear: from now on dwellings may be offered."""
    row = queries.locked_file(file)
    rules.may_confirm(by, row, is_companion=queries.is_companion(by, row)).require()

    row.enter(FileState.ASSESSED, by=by, state_since=clock.now())

    journal.record(events.FILE_ASSESSED, by=by, about=row)
    return row


@transaction.atomic
def wish_near(*, by: Actor, file: RehousingFile, other: RehousingFile) -> NearWish:
    """Two households want to stay near each other."""
    row = queries.locked_file(file)
    rules.may_be_near(
        by,
        row,
        other,
        is_companion=queries.is_companion(by, row),
        is_there=queries.are_near(row, other),
    ).require()

    wish = NearWish.objects.create(file=row, other=other)

    journal.record(events.FILE_NEAR, by=by, about=row)
    return wish


@transaction.atomic
def drop_near(*, by: Actor, file: RehousingFile, wish: NearWish) -> RehousingFile:
    """They do not mind any more."""
    row = queries.locked_file(file)
    rules.may_write(by, row, is_companion=queries.is_companion(by, row)).require()

    wish.delete()

    journal.record(events.FILE_NEAR, by=by, about=row)
    return row


@dataclass(frozen=True, slots=True)
class NewRefusal:
    """A dwelling where a household will not live: why, and in its own words."""

    dwelling: Dwelling
    reason: str
    words: str = ""
    on: dt.date = field(default_factory=clock.today)


@transaction.atomic
def refuse_dwelling(*, by: Actor, file: RehousingFile, new: NewRefusal) -> Refusal:
    """The plan does not propose this dwelling to the household again."""
    row = queries.locked_file(file)
    rules.may_refuse(
        by,
        row,
        is_companion=queries.is_companion(by, row),
        is_home=new.dwelling.pk == row.home_id,
        is_unit=queries.is_unit(row.relocation, new.dwelling.pk),
        is_there=queries.is_refused(row, new.dwelling),
    ).require()

    refusal = Refusal.objects.create(
        file=row, dwelling=new.dwelling, reason=new.reason, words=new.words, on=new.on, by_name=by.name
    )

    journal.record(events.FILE_REFUSAL, by=by, about=row)
    return refusal


@transaction.atomic
def take_refusal_back(*, by: Actor, refusal: Refusal) -> Refusal:
    """The household has changed its mind: the plan may propose the dwelling again."""
    row: Refusal = Refusal.objects.lock(refusal)  # type: ignore[attr-defined]
    is_companion = queries.is_companion(by, row.file)
    rules.may_take_refusal_back(by, row, is_companion=is_companion).require()

    row.withdrawn_on = clock.today()
    row.save()

    journal.record(events.FILE_REFUSAL_BACK, by=by, about=row.file)
    return row
