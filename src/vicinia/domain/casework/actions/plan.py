"""What is undertaken and done in a case: commitments, interventions, tasks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.actions.matters import OpenMatter, raise_matter
from vicinia.domain.casework.models import Case, Commitment, Intervention, Plan, Task
from vicinia.domain.casework.states import (
    CommitmentBy,
    CommitmentState,
    InterventionKind,
    InterventionState,
    InterventionWay,
)
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Working days after which a plan that nobody has looked at again is the coordinator's too.
REVIEW_RAISED_AFTER_DAYS = 3


def review_key(case: Case) -> str:
    """The matter of a plan to look at again."""
    return f"plan:{case.pk}"


@transaction.atomic
def write_plan(
    *, by: Actor, case: Case, goal: str, review_on: dt.date, seen_version: int | None = None
) -> Plan:
    """Write what is wanted in a case and when it is looked at again: from that day it stands among the things to do."""
    case = Case.objects.lock(case)
    plan = queries.plan_of(case)
    plan.require_version(seen_version, yours=goal)
    rules.may_plan(by, case, goal, review_on, clock.today()).require()

    is_new = plan._state.adding
    plan.goal, plan.review_on = goal, review_on
    plan.version = plan.version + 1 if is_new else plan.version
    plan.save(force_insert=is_new)

    journal.record(events.PLAN, by=by, about=case, day=review_on.isoformat())
    matter = OpenMatter(
        key=review_key(case),
        kind=events.TO_REVIEW,
        url=reverse("case_plan", args=[case.reference]),
        due_on=review_on,
        raised_on=clock.add_working_days(review_on, REVIEW_RAISED_AFTER_DAYS),
    )
    raise_matter(by=by, case=case, matter=matter)
    return plan


@dataclass(frozen=True)
class NewCommitment:
    """What someone undertakes, by when. `who` says it in words when it is neither us, the reporter nor a body."""

    what: str
    due_on: dt.date
    by_whom: str = CommitmentBy.UNIT
    who: str = ""
    body: PartnerBody | None = None
    user: User | None = None
    told_to_reporter: bool = True


@transaction.atomic
def add_commitment(*, by: Actor, case: Case, new: NewCommitment) -> Commitment:
    """Write down a commitment: of the unit, the reporter, a body or anybody else."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()
    rules.may_commit(new.by_whom, new.who, new.body).require()

    values = {"by_whom": new.by_whom, "who": new.who, "body": new.body, "user": new.user, "what": new.what}
    row = Commitment.objects.create(
        case=case, due_on=new.due_on, told_to_reporter=new.told_to_reporter, **values
    )

    event = events.COMMITMENT_TOLD if new.told_to_reporter else events.COMMITMENT
    due = new.due_on.isoformat()
    journal.record(
        event, by=by, about=case, who=journal.kept(rules.who_committed(row)), what=new.what, due=due
    )
    return row


@transaction.atomic
def end_commitment(*, by: Actor, commitment: Commitment, state: str, explanation: str = "") -> Commitment:
    """Say whether a commitment was kept; what was not kept, or is no longer needed, is explained."""
    case = Case.objects.lock(commitment.case)
    row: Commitment = Commitment.objects.lock(commitment)
    rules.may_end_commitment(by, case, row, state, explanation).require()

    ended_at = None if state == CommitmentState.OPEN else clock.now()
    row.enter(state, by=by, reason=explanation, explanation=explanation, ended_at=ended_at)

    label = journal.kept(CommitmentState(state).label)
    who = journal.kept(rules.who_committed(row))
    journal.record(
        events.COMMITMENT_ENDED, by=by, about=case, note=explanation, who=who, what=row.what, state=label
    )
    return row


@dataclass(frozen=True)
class NewIntervention:
    """Something to be done about a cause, on a day."""

    kind: str
    what: str
    planned_on: dt.date
    way: str = InterventionWay.DIRECT
    cause: str = ""
    body: PartnerBody | None = None
    told_to_reporter: bool = True
    led_by: str = ""


@transaction.atomic
def plan_intervention(*, by: Actor, case: Case, new: NewIntervention) -> Intervention:
    """Plan an intervention."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()
    rules.may_intervene(new.way, new.body, new.led_by).require()

    row = Intervention.objects.create(
        case=case,
        kind=new.kind,
        way=new.way,
        body=new.body,
        led_by=new.led_by,
        what=new.what,
        cause=new.cause,
        planned_on=new.planned_on,
        told_to_reporter=new.told_to_reporter,
    )

    facts = {
        "kind": journal.kept(InterventionKind(row.kind).label),
        "what": new.what,
        "day": new.planned_on.isoformat(),
    }
    journal.record(events.INTERVENTION_PLANNED, by=by, about=case, **facts)
    return row


@transaction.atomic
def carry_out(
    *, by: Actor, intervention: Intervention, result: str, done_on: dt.date | None = None
) -> Intervention:
    """Note that an intervention was carried out, and how it went."""
    case = Case.objects.lock(intervention.case)
    row: Intervention = Intervention.objects.lock(intervention)
    rules.may_carry_out(by, case, row).require()

    row.enter(InterventionState.DONE, by=by, result=result, done_on=done_on or clock.today())

    event = events.INTERVENTION_DONE_TOLD if row.told_to_reporter else events.INTERVENTION_DONE
    kind = journal.kept(InterventionKind(row.kind).label)
    journal.record(event, by=by, about=case, note=result, kind=kind, what=row.what)
    return row


@transaction.atomic
def cancel_intervention(*, by: Actor, intervention: Intervention, reason: str) -> Intervention:
    """Cancel a planned intervention, saying why."""
    case = Case.objects.lock(intervention.case)
    row: Intervention = Intervention.objects.lock(intervention)
    rules.may_carry_out(by, case, row).require()
    rules.must_say_why(reason).require()

    row.enter(InterventionState.CANCELLED, by=by, reason=reason, result=reason)

    journal.record(events.INTERVENTION_CANCELLED, by=by, about=case, what=row.what, reason=reason)
    return row


@transaction.atomic
def add_task(*, by: Actor, case: Case, what: str, due_on: dt.date, assignee: User | None = None) -> Task:
    """Something to do in a case, by default by who writes it down."""
    case = Case.objects.lock(case)
    rules.may_work(by, case).require()

    if assignee is not None:
        sees = queries.cases(assignee.as_actor()).filter(pk=case.pk).exists()
        rules.may_be_given(assignee.name, sees=sees).require()
    assignee_id = assignee.pk if assignee else by.user_id
    assert assignee_id is not None, "a task is for a person"
    task = Task.objects.create(case=case, what=what, due_on=due_on, assignee_id=assignee_id)

    due = due_on.isoformat()
    journal.record(events.TASK_ADDED, by=by, about=case, who=task.assignee.name, what=what, due=due)
    return task


@transaction.atomic
def finish_task(*, by: Actor, task: Task) -> Task:
    """Done."""
    task = Task.objects.select_for_update(of=("self",)).select_related("case__owner").get(pk=task.pk)
    rules.may_end_task(by, task.case, task).require()

    task.done_at = clock.now()
    task.save()

    journal.record(events.TASK_ENDED, by=by, about=task.case, what=task.what, state=_("Fatto"))
    return task


@transaction.atomic
def drop_task(*, by: Actor, task: Task, reason: str) -> Task:
    """No longer needed, and why."""
    task = Task.objects.select_for_update(of=("self",)).select_related("case__owner").get(pk=task.pk)
    rules.may_end_task(by, task.case, task).require()
    rules.must_say_why(reason).require()

    task.done_at = clock.now()
    task.dropped_reason = reason
    task.save()

    journal.record(
        events.TASK_ENDED, by=by, about=task.case, note=reason, what=task.what, state=_("Non serve più")
    )
    return task
