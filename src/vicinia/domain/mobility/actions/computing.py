"""A plan is computed: begun, alive, ended with who lives where, or given back to wait when its process died."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction

from vicinia.domain.mobility import events, queries
from vicinia.domain.mobility.engine.results import figures_of
from vicinia.domain.mobility.engine.solving import Solved
from vicinia.domain.mobility.models import MobilityPlan, Stay, Why
from vicinia.domain.mobility.states import PlanKind, PlanState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.lines import kept
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Who computes says so every few seconds; after so long without a word it is held for dead.
LEASE = dt.timedelta(seconds=60)
WHY_LEASE = dt.timedelta(minutes=5)
MOST_TRIES = 3
CHECKER, UNKNOWN, INTERRUPTED = "checker", "unknown", "interrupted"


@transaction.atomic
def begin_plan(*, by: Actor, plan: MobilityPlan) -> MobilityPlan | None:
    """Take up a plan that waits; None if somebody else has, or if it was stopped."""
    plan = MobilityPlan.objects.lock(plan)
    if plan.state != PlanState.QUEUED:
        return None
    now = clock.now()
    plan.enter(
        PlanState.RUNNING, by=by, started_at=now, leased_until=now + LEASE, tries=plan.tries + 1, progress={}
    )
    journal.record(events.PLAN_BEGUN, by=by, about=plan)
    return plan


@transaction.atomic
def beat(*, by: Actor, plan: MobilityPlan, progress: dict[str, Any]) -> bool:
    """Say that a computation is alive and how far it is. Whether it is to go on."""
    rows = MobilityPlan.objects.filter(pk=plan.pk, state=PlanState.RUNNING, tries=plan.tries)
    alive = rows.update(progress=progress, leased_until=clock.now() + LEASE)
    return bool(alive) and not rows.filter(cancel_asked=True).exists()


@transaction.atomic
def bury_the_dead(*, by: Actor) -> MobilityPlan | None:
    """Give back a plan whose process has died, so that it waits again; after so many tries it has failed."""
    dead = queries.dead_plan()
    if dead is None:
        return None
    plan = MobilityPlan.objects.lock(dead)
    if not plan.is_dead:
        return None
    if plan.cancel_asked:
        return _end(by, plan, PlanState.CANCELLED)
    if plan.tries >= MOST_TRIES:
        return _fail(by, plan, INTERRUPTED)
    plan.enter(PlanState.QUEUED, by=by, reason=INTERRUPTED, leased_until=None)
    journal.record(events.PLAN_WAITS, by=by, about=plan)
    return plan


def _held(plan: MobilityPlan) -> MobilityPlan | None:
    """The plan, locked, if this try still holds it: one that was silent for too long has lost it."""
    held: MobilityPlan = MobilityPlan.objects.lock(plan)
    return held if held.state == PlanState.RUNNING and held.tries == plan.tries else None


@transaction.atomic
def fail_plan(*, by: Actor, plan: MobilityPlan, error: str) -> MobilityPlan:
    """End a computation that went wrong. `error` is the kind of error, never its words."""
    held = _held(plan)
    return plan if held is None else _fail(by, held, error)


def _fail(by: Actor, plan: MobilityPlan, error: str) -> MobilityPlan:
    plan.enter(
        PlanState.FAILED,
        by=by,
        reason=error,
        slot=None,
        leased_until=None,
        ended_at=clock.now(),
        error=error[:80],
    )
    journal.record(events.PLAN_FAILED, by=by, about=plan, error=error)
    return plan


def _end(by: Actor, plan: MobilityPlan, state: PlanState, **changes: Any) -> MobilityPlan:
    plan.enter(state, by=by, slot=None, leased_until=None, ended_at=clock.now(), **changes)
    journal.record(events.PLAN_DONE, by=by, about=plan, state=kept(state.label))
    return plan


@transaction.atomic
def finish_plan(*, by: Actor, plan: MobilityPlan, solved: Solved) -> MobilityPlan:
    """End a computation with what came out. A plan that the independent checker refuses has failed, and is kept to be looked at."""
    held = _held(plan)
    if held is None:
        return plan
    status = solved.result["status"]
    held.instance_sha256 = solved.sha256
    held.result = json.dumps(solved.result, ensure_ascii=False)
    held.facts = {**held.facts, **figures_of(solved.result, json.loads(held.instance))}
    if solved.violations:
        return _fail(by, held, CHECKER)
    if status == "unknown":
        return _end(by, held, PlanState.CANCELLED) if held.cancel_asked else _fail(by, held, UNKNOWN)
    if status == "infeasible":
        return _end(by, held, PlanState.IMPOSSIBLE)
    if held.kind != PlanKind.WHAT_IF:
        _keep_stays(held, solved.result["assignments"])
    return _end(by, held, PlanState.PROPOSED)


def _keep_stays(plan: MobilityPlan, assignments: dict[str, list[str | None]]) -> None:
    files = queries.file_ids_by_number(plan)
    rows = [
        Stay(plan=plan, file_id=files[int(name[1:])], dwelling_id=dwelling, first=first, last=last)
        for name, row in assignments.items()
        for dwelling, first, last in _runs(row)
    ]
    plan.stays.all().delete()
    Stay.objects.bulk_create(rows, batch_size=500)


def _runs(row: Sequence[str | None]) -> Iterator[tuple[int | None, int, int]]:
    """The stretches of a row: a dwelling, the first and the last period in it. A place that is none of ours is outside."""
    places = [int(name[1:]) if name and name.startswith("d") else None for name in row]
    for dwelling, stretch in groupby(enumerate(places), key=lambda one: one[1]):
        periods = [period for period, _place in stretch]
        yield dwelling, periods[0], periods[-1]


# Why here ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_why(*, by: Actor, why: Why) -> Why | None:
    """Take up a question; None if somebody else has. One that killed so many processes is given up."""
    row = queries.whys_waiting().select_for_update(of=("self",)).filter(pk=why.pk).first()
    if row is None:
        return None
    row.tries += 1
    row.leased_until = clock.now() + WHY_LEASE
    if row.tries > MOST_TRIES:
        row.error, row.ended_at = INTERRUPTED, clock.now()
    row.save()
    journal.record(events.WHY_BEGUN, by=by, about=row.plan, number=row.file.household.number)
    return None if row.error else row


@transaction.atomic
def answer_why(*, by: Actor, why: Why, answer: list[dict[str, Any]]) -> Why:
    """Keep the answer."""
    row: Why = Why.objects.lock(why)
    row.answer, row.ended_at, row.leased_until = json.dumps(answer), clock.now(), None
    row.save()
    journal.record(events.WHY_DONE, by=by, about=why.plan, number=why.file.household.number)
    return row


@transaction.atomic
def fail_why(*, by: Actor, why: Why, error: str) -> Why:
    """Keep that there is no answer. `error` is the kind of error, never its words."""
    row: Why = Why.objects.lock(why)
    row.error, row.ended_at, row.leased_until = error[:80], clock.now(), None
    row.save()
    journal.record(events.WHY_FAILED, by=by, about=why.plan, number=why.file.household.number)
    return row
