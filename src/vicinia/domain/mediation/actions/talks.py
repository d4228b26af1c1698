"""Inside the wall, until there is an agreement: first talks, whether it suits, meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.mediation import events, queries, rules
from vicinia.domain.mediation.actions import steps
from vicinia.domain.mediation.models import MediationFile, Meeting, Party, Suitability
from vicinia.domain.mediation.states import MediationState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Noted:
    """What a mediator writes down of a talk or a meeting."""

    on: dt.date
    place: str = ""
    who_came: str = ""
    notes: str = ""


@transaction.atomic
def accept(*, by: Actor, file: MediationFile) -> MediationFile:
    """Take it on: the first talks begin."""
    file = steps.locked(file)
    rules.may_move(by, file, MediationState.FIRST_TALKS).require()
    file.enter(MediationState.FIRST_TALKS, by=by, state_since=clock.now(), accepted_at=clock.now())
    journal.record(events.ACCEPTED, by=by, about=file.case, mediator=file.mediator.name)
    steps.leave_open(by, file)
    return file


@transaction.atomic
def decline(*, by: Actor, file: MediationFile, because: str) -> MediationFile:
    """Not take it on, choosing why: the operator reads it and asks somebody else."""
    file = steps.locked(file)
    rules.may_decline(by, file, because).require()
    steps.enter(by, file, MediationState.DECLINED, decline=because)
    return file


@transaction.atomic
def write_meeting(*, by: Actor, file: MediationFile, party: Party | None, noted: Noted) -> Meeting:
    """Write down a talk with one party, or a meeting of both (no party)."""
    file = steps.locked(file)
    rules.may_note(by, file).require()
    meeting = Meeting.objects.create(file=file, reader_id=file.mediator_id, party=party, **asdict(noted))
    steps.written(by, file)
    return meeting


@transaction.atomic
def correct_meeting(*, by: Actor, meeting: Meeting, noted: Noted, seen_version: int | None) -> Meeting:
    """Write it better; two windows of the same mediator do not overwrite each other."""
    file = steps.locked(meeting.file)
    rules.may_note(by, file).require()
    row: Meeting = queries.meeting_in(by, file, meeting.pk)
    row.require_version(seen_version, yours=noted)
    for name, value in asdict(noted).items():
        setattr(row, name, value)
    row.save()
    steps.written(by, file)
    return row


@transaction.atomic
def answer_questions(
    *, by: Actor, file: MediationFile, party: Party, answers: Mapping[str, str]
) -> Suitability:
    """Keep what a party answered about violence, fear, imbalance, ability and will."""
    file = steps.locked(file)
    rules.may_ask_suitability(by, file).require()
    row, _made = Suitability.objects.get_or_create(
        party=party, reader_id=file.mediator_id, defaults={"file": file}
    )
    row.answers = answers
    row.save()
    steps.written(by, file)
    return row


@transaction.atomic
def bring_together(*, by: Actor, file: MediationFile) -> MediationFile:
    """It suits: from now on the parties meet."""
    file = steps.locked(file)
    rules.may_bring_together(by, file, queries.heard(by, file)).require()
    steps.enter(by, file, MediationState.SESSIONS)
    return file


@transaction.atomic
def find_unsuitable(*, by: Actor, file: MediationFile, because: str, way_out: str) -> MediationFile:
    """It does not suit. Why stays here; what to do instead goes to the operator today."""
    file = steps.locked(file)
    rules.may_find_unsuitable(by, file, because, way_out).require()
    steps.enter(by, file, MediationState.NOT_SUITABLE, unsuitable=because, way_out=way_out)
    return file


@transaction.atomic
def refuse(*, by: Actor, file: MediationFile) -> MediationFile:
    """One of the parties does not want it; which one and why is not told."""
    file = steps.locked(file)
    rules.may_move(by, file, MediationState.REFUSED).require()
    steps.enter(by, file, MediationState.REFUSED)
    return file


@transaction.atomic
def plan_next(*, by: Actor, file: MediationFile, next_on: dt.date) -> MediationFile:
    """The day of the next step, as agreed with the parties: on that day it comes up."""
    file = steps.locked(file)
    rules.may_plan(by, file, next_on=next_on, today=clock.today()).require()
    file.next_on = next_on
    file.save()
    steps.written(by, file)
    return file
