"""Relocations: what they are, which dwellings they have and what stands in them today."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.models import (
    AdequacyTable,
    Lock,
    Offer,
    RehousingFile,
    Relocation,
    RelocationRows,
    Spell,
    Stay,
    Unit,
)
from vicinia.domain.mobility.queries.availability import Closed, UnitFacts, availability, is_step_free
from vicinia.domain.mobility.rules import UnitUse
from vicinia.domain.mobility.states import OPEN_OFFERS, WITH_STAYS, OfferState
from vicinia.domain.people.models import Household
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Dwelling
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.kernel.verdict import Sentence

__all__ = ["Closed", "UnitFacts", "availability", "is_step_free"]

TAKEN, FREE, AT_WORK, SHUT = "taken", "free", "works", "shut"
"""How a dwelling stands on a day: somebody lives there, nobody does, works, or closed for another reason."""
STANDS: dict[str, Sentence] = {
    TAKEN: _("abitati"),
    FREE: _("liberi"),
    AT_WORK: _("in lavori"),
    SHUT: _("chiusi per altro"),
}


# The rule of adequacy ---------------------------------------------------------------------------------------------


def tables() -> QuerySet[AdequacyTable]:
    """Every table, those in use first."""
    return AdequacyTable.objects.order_by(F("retired_on").asc(nulls_first=True), "name", "id")


def tables_to_choose(used: int | None = None) -> QuerySet[AdequacyTable]:
    """The tables in use, and the one that is used already."""
    rows = AdequacyTable.objects.filter(Q(retired_on__isnull=True) | Q(pk=used))
    return rows.order_by("name", "id")


def table_coded(code: str) -> AdequacyTable:
    """A table by its code (404 otherwise)."""
    row: AdequacyTable = AdequacyTable.objects.one(code=code)  # type: ignore[attr-defined]
    return row


def table_codes() -> set[str]:
    """The codes that are taken, also those of retired tables."""
    return set(AdequacyTable.objects.values_list("code", flat=True))


def is_table_used(table: AdequacyTable) -> bool:
    return Relocation.objects.filter(adequacy=table).exists()


def used_table_ids() -> set[int]:
    """The tables that a relocation uses."""
    return set(Relocation.objects.values_list("adequacy_id", flat=True))


# Relocations ------------------------------------------------------------------------------------------------------


def relocations(by: Actor) -> RelocationRows:
    """The relocations that `by` may see."""
    rows: RelocationRows = Relocation.objects.visible_to(by).select_related("adequacy", "category")
    return rows


def relocation_named(by: Actor, reference: str) -> Relocation:
    """The visible relocation of this reference (404 otherwise)."""
    row: Relocation = relocations(by).one(reference=reference)
    return row


def in_relocation_lines(rows: RelocationRows) -> QuerySet[Relocation]:
    """With how many dwellings each has, the open ones first. One query."""
    counted = rows.annotate(unit_count=Count("units", distinct=True))
    return counted.order_by(F("closed_on").asc(nulls_first=True), "-id")


def label_of_relocation(name: str) -> Sentence:
    """What a column of it is called in sentences."""
    return label_of(Relocation, name)


def locked_relocation(relocation: Relocation) -> Relocation:
    rows = Relocation.objects.select_for_update(of=("self",)).select_related("adequacy")
    row: Relocation = rows.get(pk=relocation.pk)
    return row


def open_file_count(relocation: Relocation) -> int:
    files = RehousingFile.objects.open().filter(relocation=relocation)
    return files.count()


# Dwellings --------------------------------------------------------------------------------------------------------


def units(relocation: Relocation) -> QuerySet[Unit]:
    """The dwellings of a relocation in one steady order, with what a line of a list shows."""
    rows = Unit.objects.filter(relocation=relocation).select_related(
        "dwelling__stair__building", "dwelling__building"
    )
    walk = ("dwelling__building__name", "dwelling__stair__name", "dwelling__floor")
    return rows.order_by(*walk, Length("dwelling__door"), "dwelling__door", "id")


def unit_of(relocation: Relocation, pk: int) -> Unit:
    """A dwelling of a relocation (404 otherwise)."""
    row: Unit = units(relocation).one(pk=pk)  # type: ignore[attr-defined]
    row.relocation = relocation
    return row


def locked_unit(unit: Unit) -> Unit:
    rows = Unit.objects.select_for_update(of=("self",))
    row: Unit = rows.select_related("relocation", "dwelling__stair", "dwelling__building").get(pk=unit.pk)
    return row


def unit_dwelling_ids(relocation: Relocation) -> set[int]:
    return set(Unit.objects.filter(relocation=relocation).values_list("dwelling_id", flat=True))


def use_of_unit(unit: Unit) -> UnitUse:
    """What hangs on a dwelling. Four queries."""
    here = {"dwelling_id": unit.dwelling_id}
    of_files = {"file__relocation_id": unit.relocation_id} | here
    files = RehousingFile.objects.open().filter(relocation_id=unit.relocation_id)
    open_offers = (*OPEN_OFFERS, OfferState.ACCEPTED)
    plans = {"plan__relocation_id": unit.relocation_id, "plan__state__in": WITH_STAYS}
    return UnitUse(
        homes=files.filter(Q(home_id=unit.dwelling_id) | Q(household__dwelling_id=unit.dwelling_id)).count(),
        stays=Stay.objects.filter(**plans | here).count(),
        locks=Lock.objects.filter(lifted_at__isnull=True, **of_files).count(),
        offers=Offer.objects.filter(state__in=open_offers, **of_files).count(),
    )


def dwellings_of(buildings: Iterable[Building]) -> list[Dwelling]:
    """The dwellings in use of some buildings, on stairs in use, to be taken into a relocation all at once."""
    doors = territory.doors_by_stair(territory.stairs_of(buildings))
    return [door for stair in doors.values() for door in stair]


def dwellings_to_add(relocation: Relocation, building: Building) -> QuerySet[Dwelling]:
    """The dwellings in use of a building that a relocation does not have yet."""
    there = Unit.objects.filter(relocation=relocation).order_by().values("dwelling_id")
    rows = Dwelling.objects.in_use().filter(building=building).exclude(pk__in=there)
    return rows.select_related("stair", "building").order_by("stair__name", "floor", "code", "id")


def buildings_with_units(relocation: Relocation) -> list[Building]:
    """The buildings that have dwellings in a relocation, for the filter."""
    ids = Unit.objects.filter(relocation=relocation).order_by().values("dwelling__building_id")
    return list(Building.objects.filter(pk__in=ids).order_by("name", "id"))


def spells_of(unit: Unit) -> list[Spell]:
    return list(Spell.objects.filter(unit=unit).order_by("from_day", "id"))


def spell_of(unit: Unit, pk: int) -> Spell:
    """A spell of a dwelling (404 otherwise)."""
    row: Spell = Spell.objects.one(unit=unit, pk=pk)  # type: ignore[attr-defined]
    row.unit = unit
    return row


def locked_spell(spell: Spell) -> Spell:
    rows = Spell.objects.select_for_update(of=("self",)).select_related(
        "unit__relocation", "unit__dwelling__stair", "unit__dwelling__building"
    )
    row: Spell = rows.get(pk=spell.pk)
    return row


def living_in(dwelling_ids: Collection[int]) -> dict[int, Household]:
    """The household behind each door, for who makes the plan. One query."""
    rows = Household.objects.filter(dwelling__in=list(dwelling_ids))
    return {row.dwelling_id: row for row in rows if row.dwelling_id is not None}


def stands(facts: UnitFacts, living: Collection[int], day: dt.date) -> str:
    """How a dwelling stands on a day: works first, then who lives there, then why nobody may."""
    closed = facts.closed_on(day)
    if closed is not None and closed.is_works:
        return AT_WORK
    if facts.dwelling_id in living:
        return TAKEN
    return FREE if closed is None else SHUT


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A dwelling as a line of the list: what it is, how it stands today, what comes next, who lives there (or None)."""

    unit: Unit
    facts: UnitFacts
    stands: str
    household: Household | None

    @property
    def closed(self) -> Closed | None:
        """Why nobody can live there today, or else the next time that nobody can."""
        today = clock.today()
        return self.facts.closed_on(today) or next(
            (one for one in self.facts.closed if one.from_day > today), None
        )


@dataclass(frozen=True, slots=True)
class Today:
    """All dwellings of a relocation as they stand today."""

    facts: dict[int, UnitFacts]
    living: dict[int, Household]
    states: dict[int, str]

    def count(self) -> dict[str, int]:
        """How many stand how; every state is there."""
        return {TAKEN: 0, FREE: 0, AT_WORK: 0, SHUT: 0} | Counter(self.states.values())

    @property
    def spare(self) -> int:
        return sum(one.is_spare for one in self.facts.values())

    @property
    def unknown(self) -> int:
        """Of how many the size or the rooms are not known."""
        return sum(not one.is_known for one in self.facts.values())

    def line(self, unit: Unit) -> UnitLine:
        return UnitLine(unit, self.facts[unit.pk], self.states[unit.pk], self.living.get(unit.dwelling_id))

    def which(self, *, states: Collection[str] = (), is_known: bool | None = None) -> list[int]:
        """The ids of the units that stand so."""
        return [
            pk
            for pk, facts in self.facts.items()
            if (not states or self.states[pk] in states) and is_known in (None, facts.is_known)
        ]


def today_of(relocation: Relocation) -> Today:
    """Four queries, whatever the number of dwellings."""
    day = clock.today()
    facts = {one.unit_id: one for one in availability(relocation, day)}
    living = living_in([one.dwelling_id for one in facts.values()])
    return Today(facts, living, {pk: stands(one, living, day) for pk, one in facts.items()})


def units_asked(
    relocation: Relocation,
    today: Today,
    *,
    edificio: str | None = None,
    stato: str | None = None,
    volano: bool | None = None,
    mancano: bool | None = None,
) -> QuerySet[Unit]:
    """The dwellings of one building, that stand so today, the spare ones, those of which something is not known."""
    rows = units(relocation)
    if edificio:
        rows = rows.filter(dwelling__building__code=edificio)
    if volano:
        rows = rows.filter(is_spare=True)
    if stato or mancano:
        states = [stato] if stato else []
        rows = rows.filter(pk__in=today.which(states=states, is_known=False if mancano else None))
    return rows
