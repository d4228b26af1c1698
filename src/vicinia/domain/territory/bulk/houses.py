"""Rows of files of buildings and dwellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.utils.translation import gettext as _

from vicinia.domain.territory.bulk.coordinates import ToDegrees, to_degrees
from vicinia.domain.territory.bulk.mapping import SECTIONS, Section
from vicinia.domain.territory.bulk.tables import Line, Unusable, read_lines
from vicinia.domain.territory.incoming import (
    BuildingRow,
    DwellingDetails,
    DwellingRow,
    Refusal,
    StairDetails,
)
from vicinia.domain.territory.models.buildings import HIGHEST_FLOOR, LOWEST_FLOOR
from vicinia.domain.territory.queries import door_code

Row = TypeVar("Row")
MUST = SECTIONS["dwellings"].columns
_NOT_IN_A_CODE = re.compile(r"[^A-Za-z0-9._-]+")
# How people write the floors that have no number.
_FLOORS = dict.fromkeys(("t", "pt", "terra", "piano terra", "terreno", "r", "rialzato"), "0")
_FLOORS |= dict.fromkeys(("s", "s1", "interrato", "seminterrato"), "-1")
_OLDEST_YEAR, _LATEST_YEAR = 1000, 2200


def read_buildings(section: Section) -> Iterator[BuildingRow | Refusal]:
    """The buildings of a table of buildings."""
    degrees = to_degrees(section)
    yield from _read(section, lambda line: _building_of(line, degrees, "code", "name"))


def read_buildings_of_dwellings(section: Section) -> Iterator[BuildingRow | Refusal]:
    """Each building that a table of dwellings names, once, as its first line says it is."""
    degrees, seen = to_degrees(section), set[str]()
    for line in read_lines(section):
        try:
            row = _building_of(line, degrees, "building", "building_name")
        except Unusable:
            continue  # The same line is refused as a dwelling, with its reason.
        if row.code not in seen:
            seen.add(row.code)
            yield row


def read_dwellings(section: Section) -> Iterator[DwellingRow | Refusal]:
    """The dwellings of a table."""
    degrees = to_degrees(section)
    yield from _read(section, lambda line: _dwelling_of(line, degrees))


def _read(section: Section, build: Callable[[Line], Row]) -> Iterator[Row | Refusal]:
    for line in read_lines(section):
        try:
            yield build(line)
        except Unusable as unusable:
            yield Refusal(line.origin, str(unusable))


def _building_of(line: Line, degrees: ToDegrees, code: str, name: str) -> BuildingRow:
    lat, lon = _point(line, degrees)
    return BuildingRow(
        origin=line.origin,
        code=building_code(line.must(code, 60)),
        name=line.get(name),
        address=line.get("address", 200),
        lat=lat,
        lon=lon,
        manager=line.get("manager", 120),
        built_year=line.whole("built_year", _OLDEST_YEAR, _LATEST_YEAR),
    )


def _dwelling_of(line: Line, degrees: ToDegrees) -> DwellingRow:
    building = _building_of(line, degrees, "building", "building_name")
    stair = StairDetails(
        name=line.must("stair", 20),
        floors=line.whole("floors", 0, HIGHEST_FLOOR),
        has_lift=line.answer("has_lift"),
        is_step_free=line.answer("is_step_free"),
    )
    dwelling = DwellingDetails(
        door=line.must("door", 20),
        floor=_floor(line),
        square_metres=line.whole("square_metres", 1, 2000),
        rooms=line.whole("rooms", 1, 50),
        is_accessible=line.answer("is_accessible"),
    )
    return DwellingRow(
        origin=line.origin,
        building=building.code,
        code=line.get("code", 60) or door_code(stair.name, dwelling),
        stair=stair,
        dwelling=dwelling,
        address=line.get("stair_address", 200),
    )


def building_code(words: str) -> str:
    """A code that an address can hold: what else stands in it becomes a hyphen."""
    code = _NOT_IN_A_CODE.sub("-", words).strip("-")
    if not code:
        raise Unusable(_("Il codice dell'edificio non ha lettere né cifre."))
    return code


def _floor(line: Line) -> int | None:
    word = line.get("floor").casefold().rstrip("°ºª")
    return line.saying("floor", _FLOORS.get(word, word)).whole("floor", LOWEST_FLOOR, HIGHEST_FLOOR)


def _point(line: Line, degrees: ToDegrees) -> tuple[float, float] | tuple[None, None]:
    if not (line.get("x") or line.get("y")):
        return None, None
    [point] = degrees.points([line.decimal("x")], [line.decimal("y")])
    if point is None:
        raise Unusable(_("Il punto è fuori dalla zona in cui si usa questo sistema di coordinate."))
    return point
