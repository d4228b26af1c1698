"""Which dwellings a relocation has, and on which days nobody can live in them: works, spells written by hand, an end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vicinia.domain.mobility.models import Relocation, Spell, Unit
from vicinia.domain.mobility.states import SpellKind
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites.models import Intervention
from vicinia.domain.worksites.states import InterventionKind
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Sentence

# After these the dwelling that was is no more; what becomes of it is another dwelling.
FOR_GOOD = (InterventionKind.MERGE, InterventionKind.SPLIT, InterventionKind.DEMOLISH)
_WORDS: dict[str, Sentence] = {
    **{kind.value: kind.label for kind in InterventionKind},
    **{kind.value: kind.label for kind in SpellKind},
}


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which nobody can live in a dwelling, both included; `to_day` None: never again.

    `why` is a kind of intervention or of spell; `lot_reference` says which lot, if it is an intervention.
    """

    from_day: dt.date
    to_day: dt.date | None
    why: str
    lot_reference: str = ""

    @property
    def words(self) -> Sentence:
        """The reason, in words."""
        return _WORDS[self.why]

    @property
    def is_works(self) -> bool:
        """Whether somebody is at work there, so that it will be lived in again."""
        return self.to_day is not None and (bool(self.lot_reference) or self.why == SpellKind.WORKS)

    def is_on(self, day: dt.date) -> bool:
        return self.touches(day, day)

    def touches(self, since: dt.date, until: dt.date | None) -> bool:
        """Whether it takes at least one of the days from `since` to `until` (None: to the end of time)."""
        begins = until is None or self.from_day <= until
        return begins and (self.to_day is None or self.to_day >= since)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What the plan wants to know of a dwelling. `lot` is the reference of the lot that works in it first, or nothing."""

    unit_id: int
    dwelling_id: int
    code: str
    where: str
    building_id: int
    building_name: str
    stair_name: str
    floor: int | None
    has_lift: bool
    step_free: bool
    area_m2: float | None
    rooms: int | None
    is_spare: bool
    lot: str
    closed: tuple[Closed, ...]

    @property
    def is_known(self) -> bool:
        """Whether its size and its rooms are known, without which no plan can use it."""
        return bool(self.area_m2) and bool(self.rooms)

    def closed_on(self, day: dt.date) -> Closed | None:
        """Why nobody can live there on a day, or None."""
        return next((one for one in self.closed if one.is_on(day)), None)


def is_step_free(dwelling: Dwelling) -> bool:
    """Whether one comes in without a step. Where nobody looked at the door, the stair, its lift and the floor say it."""
    if dwelling.is_accessible is not None:
        return dwelling.is_accessible
    stair = dwelling.stair
    on_the_ground = dwelling.floor is not None and dwelling.floor <= 0
    return bool(stair.is_step_free) and (bool(stair.has_lift) or on_the_ground)


def availability(
    relocation: Relocation, since: dt.date, until: dt.date | None = None
) -> tuple[UnitFacts, ...]:
    """The dwellings of a relocation in the order of a walk, each with the days on which nobody can live there.

    Only what touches the days from `since` to `until` is told; it is not cut at them. Three queries.
    """
    units = list(
        Unit.objects.filter(relocation=relocation).select_related(
            "dwelling__stair__building", "dwelling__building"
        )
    )
    works = works_in(unit.dwelling_id for unit in units)
    spells = spells_by_unit(relocation)
    facts = [_facts(unit, works[unit.dwelling_id], spells[unit.pk], since, until) for unit in units]
    order = {unit.pk: walk_order(unit.dwelling) for unit in units}
    return tuple(sorted(facts, key=lambda one: order[one.unit_id]))


def walk_order(dwelling: Dwelling) -> tuple[object, ...]:
    """Building by building, stair by stair, from the ground up."""
    stair = dwelling.stair
    house = stair.building
    door = territory.door_order(dwelling)
    return territory.natural(house.name), house.pk, territory.natural(stair.name), *door, dwelling.pk


def works_in(dwelling_ids: Iterable[int]) -> dict[int, list[Intervention]]:
    """The interventions in each dwelling, of whatever worksite, soonest first. One query."""
    rows = Intervention.objects.filter(dwelling__in=list(dwelling_ids)).select_related("lot")
    found: dict[int, list[Intervention]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.shown_from, row.pk)):
        found[row.dwelling_id].append(row)
    return found


def spells_by_unit(relocation: Relocation) -> dict[int, list[Spell]]:
    """The spells written by hand, by unit. One query."""
    found: dict[int, list[Spell]] = defaultdict(list)
    for spell in Spell.objects.filter(unit__relocation=relocation).order_by("from_day", "id"):
        found[spell.unit_id].append(spell)
    return found


def _facts(
    unit: Unit, works: list[Intervention], spells: list[Spell], since: dt.date, until: dt.date | None
) -> UnitFacts:
    dwelling = unit.dwelling
    stair = dwelling.stair
    closed = [closed_by(row) for row in works if row.must_be_empty or row.kind in FOR_GOOD]
    closed += [Closed(spell.from_day, spell.to_day, spell.kind) for spell in spells]
    for standing in (dwelling, stair, stair.building):
        if standing.retired_on is not None:
            closed.append(Closed(standing.retired_on, None, SpellKind.GONE))
    told = sorted((one for one in closed if one.touches(since, until)), key=lambda one: one.from_day)
    return UnitFacts(
        unit_id=unit.pk,
        dwelling_id=dwelling.pk,
        code=dwelling.code,
        where=dwelling.where,
        building_id=stair.building_id,
        building_name=stair.building.name,
        stair_name=stair.name,
        floor=dwelling.floor,
        has_lift=bool(stair.has_lift),
        step_free=is_step_free(dwelling),
        area_m2=None if dwelling.square_metres is None else float(dwelling.square_metres),
        rooms=dwelling.rooms,
        is_spare=unit.is_spare,
        lot=works[0].lot.reference if works else "",
        closed=tuple(told),
    )


def closed_by(row: Intervention) -> Closed:
    """The days that an intervention takes, as far as they are known: what has begun and is late lasts until today at least."""
    until: dt.date | None = row.shown_to
    if row.kind in FOR_GOOD:
        until = None
    elif row.began_on is not None and row.ended_on is None:
        until = max(row.shown_to, clock.today())
    return Closed(row.shown_from, until, row.kind, row.lot.reference)
