"""What a plan is made of, read from the register in a fixed number of queries; and which computations wait."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from vicinia.domain.mobility.engine.facts import Facts, Fix, HouseholdFacts
from vicinia.domain.mobility.models import (
    AdequacyTable,
    Lock,
    MobilityPlan,
    NearWish,
    Offer,
    Refusal,
    RehousingFile,
    Relocation,
    Stay,
    Why,
)
from vicinia.domain.mobility.queries.availability import UnitFacts, availability
from vicinia.domain.mobility.rules import PlanFacts
from vicinia.domain.mobility.states import (
    AccordState,
    FileState,
    OfferKind,
    OfferState,
    PlanState,
    RemovalState,
)
from vicinia.domain.people.models import Household
from vicinia.foundation.kernel import clock

Pairs = dict[int, list[int]]


def facts_of(relocation: Relocation, *, with_published: bool = False) -> Facts:
    """All that a plan of this relocation is made of, as it is known now. At most 10 queries."""
    units = availability(relocation, clock.today())
    files = list(_files(relocation))
    near, refused = _near(relocation), _refused(relocation)
    return Facts(
        today=clock.today(),
        units=units,
        households=[_household(file, near, refused, units) for file in files],
        sizes=_sizes(relocation.adequacy),
        fixes=[*_agreed(relocation), *_locks(relocation)],
        removals=relocation.removals_a_month,
        published=_published(relocation) if with_published else None,
        others=_lived_in_by_others(units, files),
    )


def _files(relocation: Relocation) -> QuerySet[RehousingFile]:
    rows = RehousingFile.objects.filter(relocation=relocation).open().by_number()
    done = Count("removals", filter=Q(removals__state=RemovalState.DONE))
    found: QuerySet[RehousingFile] = rows.select_related("household", "relocation").annotate(removed=done)
    return found


def _household(file: Any, near: Pairs, refused: Pairs, units: Iterable[UnitFacts]) -> HouseholdFacts:
    known = {unit.dwelling_id for unit in units}
    lives_in = file.household.dwelling_id
    return HouseholdFacts(
        number=file.household.number,
        lives_in=lives_in if lives_in in known else None,
        home=file.home_id,
        size=file.size,
        needs_step_free=file.needs_step_free,
        fragile=file.fragile,
        moves_left=max(file.moves_left - file.removed, 0),
        claims_return=file.claims_return and file.return_ended_on is None,
        near=tuple(near[file.pk]),
        refuses=tuple(refused[file.pk]),
    )


def _sizes(table: AdequacyTable) -> list[tuple[float, int]]:
    return [
        (table.least_area(people), table.least_rooms(people)) for people in range(1, len(table.sizes) + 1)
    ]


def _near(relocation: Relocation) -> Pairs:
    """The households that each wants to stay near, by file. The wish is one line for the pair."""
    rows = NearWish.objects.filter(file__relocation=relocation).order_by("id")
    found: Pairs = defaultdict(list)
    for file_id, number in rows.values_list("file_id", "other__household__number"):
        found[file_id].append(number)
    return found


def _refused(relocation: Relocation) -> Pairs:
    rows = Refusal.objects.filter(file__relocation=relocation, withdrawn_on__isnull=True).order_by("id")
    found: Pairs = defaultdict(list)
    for file_id, dwelling_id in rows.values_list("file_id", "dwelling_id"):
        found[file_id].append(dwelling_id)
    return found


def _agreed(relocation: Relocation) -> list[Fix]:
    """Offers that were accepted, those with a signed accord first."""
    signed = Q(accord__state=AccordState.SIGNED)
    rows = Offer.objects.filter(file__relocation=relocation, state=OfferState.ACCEPTED)
    offers = rows.annotate(signed=Count("accord", filter=signed)).order_by("-signed", "id")
    values = offers.values_list("kind", "file__household__number", "dwelling_id", "from_month", "to_month")
    return [
        Fix(number, dwelling, first, last, while_away=kind == OfferKind.TEMPORARY and last is None)
        for kind, number, dwelling, first, last in values
    ]


def _locks(relocation: Relocation) -> list[Fix]:
    rows = locks_of(relocation).values_list(
        "file__household__number", "dwelling_id", "from_month", "to_month"
    )
    return [Fix(number, dwelling, first, last or first) for number, dwelling, first, last in rows]


def locks_of(relocation: Relocation) -> QuerySet[Lock]:
    """The locks that hold, by household."""
    rows = Lock.objects.filter(file__relocation=relocation, lifted_at__isnull=True)
    return rows.exclude(file__state=FileState.CLOSED).order_by("file__household__number", "from_month", "id")


def _published(relocation: Relocation) -> dict[int, list[tuple[dt.date, int | None]]] | None:
    """Where people think that they will be: the months from which on each household is in another dwelling."""
    plan = published_plan(relocation)
    if plan is None:
        return None
    found: dict[int, list[tuple[dt.date, int | None]]] = defaultdict(list)
    rows = Stay.objects.filter(plan=plan).order_by("file", "first")
    for number, dwelling, first in rows.values_list("file__household__number", "dwelling_id", "first"):
        found[number].append((plan.days[first], dwelling))
    return found


def _lived_in_by_others(units: Iterable[UnitFacts], files: Iterable[RehousingFile]) -> frozenset[int]:
    """Dwellings of households that no file here speaks of."""
    known = {file.household_id for file in files}
    rows = Household.objects.filter(dwelling__in=[unit.dwelling_id for unit in units]).order_by("id")
    return frozenset(dwelling for pk, dwelling in rows.values_list("pk", "dwelling_id") if pk not in known)


def published_plan(relocation: Relocation) -> MobilityPlan | None:
    """The plan that people know."""
    row: MobilityPlan | None = MobilityPlan.objects.filter(
        relocation=relocation, state=PlanState.PUBLISHED
    ).first()
    return row


# What waits -------------------------------------------------------------------------------------------------------


def open_plan() -> MobilityPlan | None:
    """The plan that waits or is computed, of whatever relocation."""
    row: MobilityPlan | None = MobilityPlan.objects.open().select_related("relocation").first()
    return row


def dead_plan() -> MobilityPlan | None:
    """The plan that somebody computed who has said nothing for too long."""
    late = Q(leased_until__lt=clock.now()) | Q(leased_until__isnull=True)
    row: MobilityPlan | None = MobilityPlan.objects.filter(late, state=PlanState.RUNNING).first()
    return row


def plan_to_compute(pk: int) -> MobilityPlan:
    """The plan of this number of row, for who computes it (404 otherwise)."""
    row: MobilityPlan = MobilityPlan.objects.select_related("relocation").one(pk=pk)
    return row


def whys_waiting() -> QuerySet[Why]:
    """Questions that nobody answers now, oldest first."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=clock.now())
    rows = Why.objects.filter(free, ended_at__isnull=True).order_by("id")
    found: QuerySet[Why] = rows.select_related("plan__relocation", "file__household")
    return found


def any_why_is_answered() -> bool:
    """Whether somebody answers one now."""
    return Why.objects.filter(ended_at__isnull=True, leased_until__gte=clock.now()).exists()


def plan_facts(relocation: Relocation, facts: Facts, periods: int, lacking: int) -> PlanFacts:
    """What the rule of asking wants to know."""
    return PlanFacts(
        households=len(facts.households),
        periods=periods,
        lacking=lacking,
        open_plan=open_plan(),
        has_published=published_plan(relocation) is not None,
    )


def next_number(relocation: Relocation) -> int:
    """The number of the next plan of a relocation, which is locked meanwhile."""
    last = (
        MobilityPlan.objects.filter(relocation=relocation)
        .order_by("-number")
        .values_list("number", flat=True)
    )
    return (last.first() or 0) + 1


def file_ids_by_number(plan: MobilityPlan) -> dict[int, int]:
    """The files of a plan's relocation by the number of their household."""
    rows = RehousingFile.objects.filter(relocation_id=plan.relocation_id).annotate(
        number=F("household__number")
    )
    return dict(rows.order_by("id").values_list("number", "pk"))
