"""Plans as somebody sees them: which there are, what a page shows of one, and what it means for one household."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from vicinia.domain.mobility.engine.facts import Facts, HouseholdFacts
from vicinia.domain.mobility.engine.instance import suits
from vicinia.domain.mobility.engine.periods import closed_in
from vicinia.domain.mobility.engine.results import Documents
from vicinia.domain.mobility.models import (
    Companion,
    Lock,
    MobilityPlan,
    RehousingFile,
    Relocation,
    Why,
)
from vicinia.domain.mobility.queries.computing import facts_of, locks_of
from vicinia.domain.mobility.rules import LockFacts
from vicinia.domain.mobility.states import Change, PlanKind, PlanState
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites.models import Lot
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import WorksSlip
from vicinia.foundation.look import dates

# Columns that lists do not read: the documents are large, and decrypting them takes time.
LARGE = ("instance", "result")


def plans_of(by: Actor, relocation: Relocation) -> QuerySet[MobilityPlan]:
    """The plans of a relocation that `by` may see, the latest first; not the question of spare flats."""
    rows = MobilityPlan.objects.visible_to(by).filter(relocation=relocation).select_related("base")
    # A key that is not there is equal to nothing, nor is it different from it.
    asked = Q(question__change__isnull=True) | ~Q(question__change=Change.POOL)
    found: QuerySet[MobilityPlan] = rows.filter(asked).newest_first().defer(*LARGE)
    return found


def latest_plan(by: Actor, relocation: Relocation) -> MobilityPlan | None:
    """The latest plan that may come to be, what-ifs aside; None before the first."""
    return plans_of(by, relocation).exclude(kind=PlanKind.WHAT_IF).first()


def plan_named(by: Actor, reference: str, number: int) -> MobilityPlan:
    """The visible plan of this number (404 otherwise)."""
    rows = MobilityPlan.objects.visible_to(by).select_related("relocation__adequacy", "base")
    row: MobilityPlan = rows.one(relocation__reference=reference, number=number)  # type: ignore[attr-defined]
    return row


def latest_pool(relocation: Relocation) -> MobilityPlan | None:
    """The question of spare flats that was asked last."""
    rows = MobilityPlan.objects.filter(relocation=relocation, question__change=Change.POOL)
    row: MobilityPlan | None = rows.newest_first().first()
    return row


def documents_of(plan: MobilityPlan) -> Documents:
    """The instance and the result of a plan."""
    return Documents.of(plan.instance, plan.result)


def to_compare(by: Actor, plan: MobilityPlan) -> MobilityPlan | None:
    """The plan that one compares with: the one it started from, else the last before it that says who lives where."""
    if plan.base_id is not None:
        return plan.base
    before = plans_of(by, plan.relocation).filter(
        number__lt=plan.number,
        state__in=(PlanState.PROPOSED, PlanState.PUBLISHED, PlanState.REPLACED, PlanState.DISCARDED),
    )
    return before.exclude(instance_sha256="").first()


def dwellings_by_id(ids: Sequence[int]) -> dict[int, Dwelling]:
    """Dwellings with their stair and building. One query."""
    return Dwelling.objects.select_related("stair__building", "building").in_bulk(ids)


def spare_dwelling_ids(relocation: Relocation) -> frozenset[int]:
    """The dwellings that are kept free for a relocation."""
    return frozenset(
        relocation.units.filter(is_spare=True).order_by("id").values_list("dwelling_id", flat=True)
    )


def lots_of(facts: Facts) -> list[str]:
    """The references of the lots whose works empty a dwelling, in their order."""
    lots = {one.lot_reference for unit in facts.units for one in unit.closed if one.lot_reference}
    return sorted(lots)


def lot_names(references: Sequence[str]) -> list[tuple[str, str]]:
    """Lots to choose from. One query."""
    rows = Lot.objects.filter(reference__in=references).order_by("planned_from", "id")
    return [(row.reference, str(row)) for row in rows]


# Who is concerned -------------------------------------------------------------------------------------------------


def companion_users(relocation: Relocation) -> QuerySet[User]:
    """Who accompanies a household of a relocation."""
    theirs = RehousingFile.objects.filter(relocation=relocation).open().order_by().values("pk")
    ids = Companion.objects.filter(file__in=theirs).order_by().values("user_id")
    found: QuerySet[User] = User.objects.filter(pk__in=ids, is_active=True).order_by("id")
    return found


def relocations_hit(slip: WorksSlip) -> list[Relocation]:
    """The open relocations with a plan in which a dwelling of the slip must be empty."""
    ids = slip.must_be_empty_ids
    made = Q(plans__state__in=(PlanState.PUBLISHED, PlanState.PROPOSED))
    rows = Relocation.objects.open().filter(made, units__dwelling__in=ids)
    return list(rows.distinct().order_by("id")) if ids else []


def stale_relocations(by: Actor) -> QuerySet[Relocation]:
    """Relocations whose plan holds no more, for who makes plans."""
    if not by.can(Capability.RUN_MOBILITY):
        return Relocation.objects.none()
    rows = Relocation.objects.visible_to(by).open().filter(stale_since__isnull=False)
    last = MobilityPlan.objects.filter(
        relocation=OuterRef("pk"), state__in=(PlanState.PUBLISHED, PlanState.PROPOSED)
    )
    number = Subquery(last.order_by("-state", "-number").values("number")[:1])
    found: QuerySet[Relocation] = rows.annotate(plan_number=number).order_by("stale_since", "id")
    return found


def why_of(plan: MobilityPlan, file: RehousingFile) -> Why | None:
    """What was asked about a household in a plan."""
    return Why.objects.filter(plan=plan, file=file).first()


def answer_of(why: Why | None) -> list[dict[str, Any]]:
    """The alternatives that were worked out, if they were."""
    return json.loads(why.answer) if why is not None and why.answer else []


def files_to_lock(relocation: Relocation) -> QuerySet[RehousingFile]:
    """The households that may be locked."""
    rows = RehousingFile.objects.filter(relocation=relocation).open().by_number()
    found: QuerySet[RehousingFile] = rows.select_related("household", "relocation")
    return found


def dwellings_to_lock(relocation: Relocation) -> QuerySet[Dwelling]:
    """The dwellings of a relocation."""
    rows = Dwelling.objects.filter(pk__in=relocation.units.order_by().values("dwelling_id"))
    found: QuerySet[Dwelling] = rows.select_related("stair", "building").order_by(
        "building__name", "code", "id"
    )
    return found


# Locks ------------------------------------------------------------------------------------------------------------


def locks(by: Actor, relocation: Relocation) -> QuerySet[Lock]:
    """The locks that hold, for who makes the plan."""
    rows = locks_of(relocation) if by.can(Capability.RUN_MOBILITY) else Lock.objects.none()
    return rows.select_related("file__household", "file__relocation", "dwelling__stair", "dwelling__building")


def lock_named(by: Actor, relocation: Relocation, pk: int) -> Lock:
    """A lock that holds (404 otherwise)."""
    row: Lock = locks(by, relocation).one(pk=pk)  # type: ignore[attr-defined]
    return row


def lock_facts(file: RehousingFile, dwelling: Dwelling | None, first: dt.date, last: dt.date) -> LockFacts:
    """What stands against a household being locked in a dwelling in these months."""
    facts = facts_of(file.relocation)
    shared = LockFacts(
        days_fit=first <= last,
        is_past=first <= facts.today.replace(day=1),
        decided_already=any(
            fix.household == file.household.number and _meet(fix.from_month, fix.to_month, first, last)
            for fix in facts.fixes
        ),
    )
    if dwelling is None:
        return shared
    unit = facts.unit(dwelling.pk)
    household = next(one for one in facts.households if one.number == file.household.number)
    return replace(
        shared,
        is_unit=unit is not None,
        closed_in=_closed_month(facts, dwelling, first, last),
        taken_by=_taken_by(facts, household, dwelling, first, last),
        suits=unit is None
        or dwelling.pk in (file.home_id, household.lives_in)
        or suits(household, unit, facts),
    )


def _meet(first: dt.date, last: dt.date | None, since: dt.date, until: dt.date) -> bool:
    return first <= until and (last is None or last >= since)


def _closed_month(facts: Facts, dwelling: Dwelling, first: dt.date, last: dt.date) -> str:
    unit, month = facts.unit(dwelling.pk), first
    while unit is not None and month <= last:
        if closed_in(unit, month) is not None:
            return dates.month_words(month)
        month = clock.add_months(month, 1)
    return ""


def _taken_by(
    facts: Facts, household: HouseholdFacts, dwelling: Dwelling, first: dt.date, last: dt.date
) -> str:
    """Who else was put there in these months: a lock, an offer accepted; or somebody without a file."""
    if dwelling.pk in facts.others:
        return _("un nucleo senza scheda")
    for fix in facts.fixes:
        other = fix.household != household.number and fix.dwelling == dwelling.pk
        if other and _meet(fix.from_month, fix.to_month, first, last):
            return f"N. {fix.household}"
    return ""
