"""Buildings, stairs and dwellings: found, listed in the order in which one walks up the stairs, chosen on a map."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory.incoming import DwellingDetails
from vicinia.domain.territory.models import Building, CivicNumber, Dwelling, Stair
from vicinia.domain.territory.models.buildings import BuildingRows
from vicinia.domain.territory.queries.addresses import Precision, search_addresses
from vicinia.domain.territory.queries.words import same_name
from vicinia.foundation.kernel.actor import Actor

Box = tuple[float, float, float, float]
"""South, west, north, east."""
_DIGITS = re.compile(r"(\d+)")
_WORDS_MAX = 6


@dataclass(frozen=True, slots=True)
class Size:
    """How many stairs and dwellings in use a building has."""

    stairs: int
    dwellings: int


def natural(words: str) -> list[tuple[int, str]]:
    """The order in which people count: 2 before 10, A2 before A10."""
    return [(int(part), "") if part.isdigit() else (0, part.casefold()) for part in _DIGITS.split(words)]


# Buildings ----------------------------------------------------------------------------------------------------------


def buildings(
    by: Actor, words: str = "", *, area_id: int | None = None, retired: bool = False
) -> QuerySet[Building]:
    """Buildings in use, or those that no longer are; with words, those that a name, a code or an address near them fits."""
    rows = Building.objects.visible_to(by).joining(area=("name",))
    in_use = Building.objects.in_use().order_by().values("pk")
    rows = rows.exclude(pk__in=in_use) if retired else rows.filter(pk__in=in_use)
    if area_id is not None:
        rows = rows.filter(area_id=area_id)
    return rows.filter(_fits(words)) if words.strip() else rows


def _fits(words: str) -> Q:
    """Every word in the name, the code or the address, or else an address that is spelled about so."""
    named = Q()
    for word in words.split()[:_WORDS_MAX]:
        named &= Q(name__icontains=word) | Q(code__icontains=word) | Q(address__icontains=word)
    hits = search_addresses(words, limit=5)
    streets = [hit.street_id for hit in hits if hit.precision == Precision.STREET]
    numbers = [hit.civic_number_id for hit in hits if hit.precision == Precision.NUMBER]
    at_stairs = Stair.objects.filter(Q(civic_number__in=numbers) | Q(civic_number__street__in=streets))
    at_door = Q(civic_number__in=numbers) | Q(civic_number__street__in=streets)
    return named | at_door | Q(pk__in=at_stairs.values("building"))


def building_named(by: Actor, code: str) -> Building:
    """One building by its code, or 404."""
    found: Building = Building.objects.visible_to(by).select_related("area", "civic_number").one(code=code)
    return found


def buildings_in(box: Box) -> QuerySet[Building]:
    """The buildings in use whose point lies in a box: what was circled on a map."""
    south, west, north, east = box
    rows: QuerySet[Building] = Building.objects.in_use()
    return rows.filter(lat__range=(south, north), lon__range=(west, east))


def sizes_of(buildings: Iterable[Building]) -> dict[int, Size]:
    """How many stairs and dwellings in use each building has. Two queries."""
    ids = [building.pk for building in buildings]
    stairs = _counts(Stair.objects.in_use().filter(building__in=ids), "building")
    doors = _counts(_doors_in_use().filter(building__in=ids), "building")
    return {pk: Size(stairs.get(pk, 0), doors.get(pk, 0)) for pk in ids}


def _stairs_in_use() -> QuerySet[Stair]:
    """Stairs in use of buildings in use."""
    rows: QuerySet[Stair] = Stair.objects.in_use()
    return rows.filter(building__in=Building.objects.in_use().order_by().values("pk"))


def _doors_in_use() -> QuerySet[Dwelling]:
    """Dwellings in use on stairs in use."""
    rows: QuerySet[Dwelling] = Dwelling.objects.in_use()
    return rows.filter(stair__in=Stair.objects.in_use().order_by().values("pk"))


def _counts(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(count=Count("pk")))


# Stairs and doors ---------------------------------------------------------------------------------------------------


def stairs_of(buildings: Iterable[Building], *, retired: bool = False) -> list[Stair]:
    """The stairs of some buildings, in the order of the buildings and then as people count; in use unless `retired`."""
    place = {building.pk: position for position, building in enumerate(buildings)}
    rows = Stair.objects.all() if retired else Stair.objects.in_use()
    found = rows.filter(building__in=list(place)).select_related("building", "civic_number__street")
    return sorted(found, key=lambda stair: (place[stair.building_id], natural(stair.name)))


def stair_of(building: Building, pk: int) -> Stair:
    """One stair of a building, or 404."""
    found: Stair = Stair.objects.select_related("building", "civic_number__street").one(
        building=building, pk=pk
    )
    return found


def stairs_at(civic_number: CivicNumber) -> list[Stair]:
    """The stairs in use behind a civic number: those with that door, or all of its building's that have none of their own."""
    own = Q(civic_number=civic_number)
    whole = Q(civic_number__isnull=True, building__civic_number=civic_number)
    found = _stairs_in_use().filter(own | whole).select_related("building")
    return sorted(found, key=lambda stair: (stair.building.name, natural(stair.name)))


def doors_by_stair(stairs: Iterable[Stair], *, retired: bool = False) -> dict[int, list[Dwelling]]:
    """The dwellings of each stair from the ground up, by the stair's id: the list to print. One query."""
    ids = [stair.pk for stair in stairs]
    rows = Dwelling.objects.all() if retired else Dwelling.objects.in_use()
    found: dict[int, list[Dwelling]] = {pk: [] for pk in ids}
    for dwelling in sorted(rows.filter(stair__in=ids), key=door_order):
        found[dwelling.stair_id].append(dwelling)
    return found


def door_order(dwelling: Dwelling) -> Any:
    """From the ground up, and on a floor as people count; what is on no known floor comes last."""
    no_floor = dwelling.floor is None
    return no_floor, 0 if no_floor else dwelling.floor, natural(dwelling.door)


def door_code(stair: str, details: DwellingDetails) -> str:
    """What a dwelling without a code of its own is known again by: its stair, its floor and its door."""
    floor = "" if details.floor is None else str(details.floor)
    return same_name(" ".join(part for part in (stair, floor, details.door) if part))[:60]


def stair_counts(stairs: Iterable[Stair]) -> dict[int, int]:
    """How many dwellings in use each stair has. One query."""
    ids = [stair.pk for stair in stairs]
    return dict.fromkeys(ids, 0) | _counts(Dwelling.objects.in_use().filter(stair__in=ids), "stair")


def dwelling_of(by: Actor, pk: int) -> Dwelling:
    """One dwelling of a building that `by` may see, or 404."""
    rows = Dwelling.objects.filter(building__in=Building.objects.visible_to(by).order_by().values("pk"))
    found: Dwelling = rows.select_related("stair", "building__area").one(pk=pk)
    return found


def stair_names(building: Building) -> set[str]:
    """The names that the stairs of a building have, also those out of use."""
    return set(Stair.objects.filter(building=building).values_list("name", flat=True))


def doors_on(stair: Stair, floor: int | None) -> set[str]:
    """What stands on the doors of one floor of a stair."""
    return set(Dwelling.objects.filter(stair=stair, floor=floor).values_list("door", flat=True))


# The file of all of them, and what is found by words ----------------------------------------------------------------

EXPORTED = {
    "building": _("Edificio"),
    "building_name": _("Nome"),
    "address": _("Indirizzo"),
    "y": _("Latitudine"),
    "x": _("Longitudine"),
    "manager": _("Gestore"),
    "built_year": _("Anno"),
    "stair": _("Scala"),
    "stair_address": _("Indirizzo della scala"),
    "floors": _("Piani"),
    "has_lift": _("Ascensore"),
    "is_step_free": _("Senza gradini"),
    "code": _("Alloggio"),
    "floor": _("Piano"),
    "door": _("Porta"),
    "square_metres": _("Metri quadri"),
    "rooms": _("Stanze"),
    "is_accessible": _("Accessibile"),
}
"""The columns of the file, by the keys that an import knows them by: what goes out comes in again unchanged."""


def export_rows(by: Actor) -> Iterator[list[Any]]:
    """Every dwelling in use with its stair and building, one a row, in the order of a list to print. Three queries."""
    found = list(buildings(by))
    stairs = stairs_of(found)
    doors = doors_by_stair(stairs)
    for stair in stairs:
        house = stair.building
        told = [house.code, house.name, house.address, house.lat, house.lon, house.manager, house.built_year]
        told += [stair.name, str(stair.civic_number or ""), stair.floors, stair.has_lift, stair.is_step_free]
        for door in doors[stair.pk]:
            yield [
                *told,
                door.code,
                door.floor,
                door.door,
                door.square_metres,
                door.rooms,
                door.is_accessible,
            ]


def buildings_by_id(ids: Collection[int]) -> BuildingRows:
    """Some buildings, for the search index."""
    rows: BuildingRows = Building.objects.filter(pk__in=ids).select_related("area")
    return rows


def building_ids() -> Iterable[int]:
    """The ids of all buildings, oldest first."""
    return Building.objects.order_by("pk").values_list("pk", flat=True)


def visible_buildings(by: Actor) -> BuildingRows:
    """The buildings that `by` may find."""
    rows: BuildingRows = Building.objects.visible_to(by)
    return rows
