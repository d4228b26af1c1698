"""Keeping buildings, stairs and dwellings in order, one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from itertools import count
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.territory import events, queries, rules
from vicinia.domain.territory.actions.taking import change
from vicinia.domain.territory.incoming import DECIMALS, BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.search import actions as search

Row = TypeVar("Row", Building, Stair, Dwelling)


@transaction.atomic
def add_building(*, by: Actor, details: BuildingDetails, location: Location, code: str = "") -> Building:
    """Add a building. Its code, unless there is one already, is made from its name."""
    rules.may_edit_buildings(by).require()
    taken = set(Building.objects.values_list("code", flat=True))
    building = Building(code=code or free_code(details.name or _("edificio"), taken))
    change(building, **asdict(details), **_placed(location))
    building.save()
    journal.record(events.BUILDING_ADDED, by=by, about=building, name=building.name)
    search.refresh("building", [building.pk])
    return building


@transaction.atomic
def change_building(
    *,
    by: Actor,
    building: Building,
    details: BuildingDetails,
    location: Location,
    seen_version: int | None = None,
) -> Building:
    """Put right what is said of a building."""
    building = Building.objects.lock(building)
    rules.may_edit_buildings(by).require()
    building.require_version(seen_version, yours=details)
    if change(building, **asdict(details), **_placed(location)):
        building.save()
        journal.record(events.BUILDING_CHANGED, by=by, about=building, name=building.name)
        search.refresh("building", [building.pk])
    return building


@transaction.atomic
def retire_building(*, by: Actor, building: Building) -> Building:
    """Take a building out of use from today; its stairs and dwellings stay as they are."""
    return _retired(by, building, events.BUILDING_RETIRED, building, {})


@transaction.atomic
def restore_building(*, by: Actor, building: Building) -> Building:
    """Put a building back into use."""
    return _restored(by, building, events.BUILDING_RESTORED, building, {})


@transaction.atomic
def add_stair(*, by: Actor, building: Building, details: StairDetails) -> Stair:
    """Add a stair to a building."""
    building = Building.objects.lock(building)
    rules.may_name_stair(by, name=details.name, taken=queries.stair_names(building)).require()
    stair = Stair.objects.create(building=building, **asdict(details))
    journal.record(events.STAIR_ADDED, by=by, about=building, name=stair.name)
    return stair


@transaction.atomic
def change_stair(*, by: Actor, stair: Stair, details: StairDetails, seen_version: int | None = None) -> Stair:
    """Put right what is said of a stair."""
    Building.objects.lock(stair.building)  # two stairs of one building don't take the same name at once
    stair = Stair.objects.lock(stair)
    taken = queries.stair_names(stair.building) - {stair.name}
    rules.may_name_stair(by, name=details.name, taken=taken).require()
    stair.require_version(seen_version, yours=details)
    if change(stair, **asdict(details)):
        stair.save()
        journal.record(events.STAIR_CHANGED, by=by, about=stair.building, name=stair.name)
    return stair


@transaction.atomic
def retire_stair(*, by: Actor, stair: Stair) -> Stair:
    """Take a stair out of use from today."""
    return _retired(by, stair, events.STAIR_RETIRED, stair.building, {"name": stair.name})


@transaction.atomic
def restore_stair(*, by: Actor, stair: Stair) -> Stair:
    """Put a stair back into use."""
    return _restored(by, stair, events.STAIR_RESTORED, stair.building, {"name": stair.name})


@transaction.atomic
def add_dwellings(
    *, by: Actor, stair: Stair, doors: Collection[str], details: DwellingDetails
) -> list[Dwelling]:
    """Add the dwellings behind some doors of one floor, which are alike; what differs is put right one by one."""
    building = Building.objects.lock(stair.building)
    taken = queries.doors_on(stair, details.floor)
    rules.may_add_dwellings(by, stair, doors=doors, taken=taken).require()
    codes = set(Dwelling.objects.filter(building=building).values_list("code", flat=True))
    alike = asdict(details)
    added = list[Dwelling]()
    for door in dict.fromkeys(doors):
        alike["door"] = door
        dwelling = Dwelling(building=building, stair=stair, **alike)
        dwelling.code = free_code(queries.door_code(stair.name, DwellingDetails(**alike)), codes)
        dwelling.save()
        codes.add(dwelling.code)
        added.append(dwelling)
    words = ", ".join(dwelling.code for dwelling in added)
    journal.record(events.DWELLINGS_ADDED, by=by, about=building, stair=stair.name, codes=words)
    return added


@transaction.atomic
def change_dwelling(
    *, by: Actor, dwelling: Dwelling, details: DwellingDetails, seen_version: int | None = None
) -> Dwelling:
    """Put right what is said of a dwelling."""
    dwelling = Dwelling.objects.lock(dwelling)
    rules.may_edit_buildings(by).require()
    dwelling.require_version(seen_version, yours=details)
    if change(dwelling, **asdict(details)):
        dwelling.save()
        journal.record(events.DWELLING_CHANGED, by=by, about=dwelling.building, code=dwelling.code)
    return dwelling


@transaction.atomic
def retire_dwelling(*, by: Actor, dwelling: Dwelling) -> Dwelling:
    """Take a dwelling out of use from today: joined to another, or become a store."""
    return _retired(by, dwelling, events.DWELLING_RETIRED, dwelling.building, {"code": dwelling.code})


@transaction.atomic
def restore_dwelling(*, by: Actor, dwelling: Dwelling) -> Dwelling:
    """Put a dwelling back into use."""
    return _restored(by, dwelling, events.DWELLING_RESTORED, dwelling.building, {"code": dwelling.code})


def _placed(location: Location) -> dict[str, Any]:
    """Where a building is, as exact as an import reads it: what goes out as a file comes in again unchanged."""
    placed = asdict(location)
    for side in ("lat", "lon"):
        if placed[side] is not None:
            placed[side] = round(placed[side], DECIMALS)
    return placed


def _retired(by: Actor, row: Row, event: Event, about: Building, facts: dict[str, str]) -> Row:
    row = type(row)._default_manager.lock(row)
    rules.may_retire_standing(by, row).require()
    row.retired_on = clock.today()
    row.save()
    journal.record(event, by=by, about=about, **facts)
    return row


def _restored(by: Actor, row: Row, event: Event, about: Building, facts: dict[str, str]) -> Row:
    row = type(row)._default_manager.lock(row)
    rules.may_restore_standing(by, row).require()
    row.retired_on = None
    row.save()
    journal.record(event, by=by, about=about, **facts)
    return row


def free_code(words: str, taken: Collection[str]) -> str:
    """A code from some words, with a number when it is taken."""
    stem = queries.same_name(words)[:50] or "x"
    return next(code for n in count(1) if (code := f"{stem}-{n}" if n > 1 else stem) not in taken)
