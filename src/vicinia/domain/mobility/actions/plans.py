"""Plans: asked for on facts that are frozen then, stopped, published, discarded; what a slip does to them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.domain.mobility import engine, events, queries, rules
from vicinia.domain.mobility.models import MobilityPlan, RehousingFile, Relocation, Why
from vicinia.domain.mobility.states import Change, PlanKind, PlanState
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.lines import kept
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import WorksSlip
from vicinia.foundation.kernel.turns import wait_turn
from vicinia.foundation.notifications import actions as notifications

# As many plans are made as there are spare flats: each may take less.
POOL_SECONDS = 60


@dataclass(frozen=True)
class NewPlan:
    """What is asked of a plan. A what-if has the plan that it starts from and its question."""

    kind: str = PlanKind.PLAN
    time_limit: int = 300
    restricted: bool = False
    base: MobilityPlan | None = None
    question: engine.Question = field(default_factory=dict)

    @classmethod
    def pool(cls) -> NewPlan:
        """The question how many spare flats are worth it."""
        return cls(PlanKind.WHAT_IF, POOL_SECONDS, question={"change": Change.POOL.value})


@transaction.atomic
def ask_plan(*, by: Actor, relocation: Relocation, new: NewPlan) -> MobilityPlan:
    """Ask for a plan. What is known now is frozen: what changes while it waits is for the next one."""
    wait_turn("mobility.plan")
    relocation = Relocation.objects.lock(relocation)
    least_change = PlanKind.REPLAN in (new.kind, new.base.kind if new.base else "")
    facts = queries.facts_of(relocation, with_published=least_change).asked(new.question)
    lacking = len(engine.lacking(facts))
    periods = engine.periods(facts)
    known = queries.plan_facts(relocation, facts, len(periods), lacking)
    rules.may_ask_plan(by, relocation, known, new.kind).require()

    built = engine.build(facts)
    plan = MobilityPlan.objects.create(
        relocation=relocation,
        number=queries.next_number(relocation),
        kind=new.kind,
        base=new.base,
        question=dict(new.question),
        first_day=facts.today,
        months=[month.isoformat() for month in built.months],
        instance=json.dumps(built.instance, ensure_ascii=False),
        facts={"closed": built.closed, "others": len(facts.others)},
        time_limit=min(new.time_limit, rules.MOST_SECONDS),
        restricted=new.restricted,
        asked_by=by.name,
    )
    journal.record(events.PLAN_ASKED, by=by, about=plan, kind=kept(PlanKind(new.kind).label))
    return plan


@transaction.atomic
def ask_plan_again(*, by: Actor, plan: MobilityPlan) -> MobilityPlan:
    """Compute again what failed or was stopped, on what was frozen then."""
    wait_turn("mobility.plan")
    plan = MobilityPlan.objects.lock(plan)
    rules.may_ask_again(by, plan, queries.open_plan()).require()
    plan.enter(
        PlanState.QUEUED,
        by=by,
        slot=1,
        tries=0,
        cancel_asked=False,
        error="",
        ended_at=None,
        progress={},
    )
    journal.record(events.PLAN_ASKED, by=by, about=plan, kind=kept(PlanKind(plan.kind).label))
    return plan


@transaction.atomic
def stop_plan(*, by: Actor, plan: MobilityPlan) -> MobilityPlan:
    """Stop a computation: one that waits is over, one that goes on ends with the best plan that it has."""
    plan = MobilityPlan.objects.lock(plan)
    rules.may_stop(by, plan).require()
    if plan.state == PlanState.QUEUED:
        plan.enter(PlanState.CANCELLED, by=by, slot=None, ended_at=clock.now())
    else:
        plan.cancel_asked = True
        plan.save(update_fields=["cancel_asked"])
    journal.record(events.PLAN_STOP, by=by, about=plan)
    return plan


@transaction.atomic
def publish_plan(*, by: Actor, plan: MobilityPlan) -> MobilityPlan:
    """Publish a proposal: it takes the place of the one that people know, and who accompanies them is told."""
    relocation = Relocation.objects.lock(plan.relocation)
    plan = MobilityPlan.objects.lock(plan)
    plan.relocation = relocation
    rules.may_publish(by, plan).require()

    before = queries.published_plan(relocation)
    if before is not None:
        before.enter(PlanState.REPLACED, by=by)
        journal.record(events.PLAN_REPLACED, by=by, about=before, plan=plan.reference)
    plan.enter(PlanState.PUBLISHED, by=by)
    if relocation.stale_since is not None:
        relocation.stale_since = None
        relocation.save()
    journal.record(events.PLAN_PUBLISHED, by=by, about=plan)
    _tell_companions(by, plan)
    return plan


def _tell_companions(by: Actor, plan: MobilityPlan) -> None:
    link = settings.PUBLIC_URL.rstrip("/") + reverse(
        "mobility_plan", args=[plan.relocation.reference, plan.number]
    )
    for user in queries.companion_users(plan.relocation):
        notifications.queue(
            by=by,
            to=user.email,
            template="mobility_published",
            context={"relocation": plan.relocation.name, "number": str(plan.number), "link": link},
            language=user.language,
            about=plan,
            key=f"mobility_published:{plan.pk}:{user.pk}",
        )


@transaction.atomic
def discard_plan(*, by: Actor, plan: MobilityPlan, reason: str) -> MobilityPlan:
    """Put a proposal aside, or a plan that turned out to be impossible."""
    plan = MobilityPlan.objects.lock(plan)
    rules.may_discard(by, plan, reason).require()
    plan.enter(PlanState.DISCARDED, by=by, reason=reason, end_reason=reason.strip())
    journal.record(events.PLAN_DISCARDED, by=by, about=plan, reason=plan.end_reason)
    return plan


@transaction.atomic
def ask_why(*, by: Actor, plan: MobilityPlan, file: RehousingFile) -> Why:
    """Ask where else a household could be and what that would cost the others. Asked twice is asked once."""
    rules.may_ask_why(by, plan).require()
    wait_turn(f"mobility.why:{plan.pk}:{file.pk}")
    row, made = Why.objects.get_or_create(plan=plan, file=file, defaults={"asked_by": by.name})
    if row.error:
        row.error, row.ended_at, row.tries = "", None, 0
        row.save()
    elif not made:
        return row
    journal.record(events.WHY_ASKED, by=by, about=plan, number=file.household.number)
    return row


@transaction.atomic
def mark_stale(*, by: Actor, slip: WorksSlip) -> int:
    """Works slipped in which dwellings must be empty: the published plan holds no more. How many relocations it concerns."""
    rows = queries.relocations_hit(slip)
    for relocation in rows:
        relocation = Relocation.objects.lock(relocation)
        relocation.stale_since = clock.now()
        relocation.save()
        journal.record(events.PLAN_STALE, by=by, about=relocation, lot=slip.lot_reference)
        _tell_planners(by, relocation, slip)
    return len(rows)


def _tell_planners(by: Actor, relocation: Relocation, slip: WorksSlip) -> None:
    link = settings.PUBLIC_URL.rstrip("/") + reverse("mobility_plans", args=[relocation.reference])
    for user in accounts.users_who_can(Capability.RUN_MOBILITY).order_by("id"):
        notifications.queue(
            by=by,
            to=user.email,
            template="mobility_stale",
            context={
                "relocation": relocation.name,
                "lot": slip.lot_reference,
                "what": slip.what,
                "link": link,
            },
            language=user.language,
            about=relocation,
            key=f"mobility_stale:{relocation.pk}:{relocation.version}:{user.pk}",
        )
