"""Rows of files of buildings and dwellings."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils import translation
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
from vicinia.domain.territory.queries import EXPORTED, door_code, same_name

Row = TypeVar("Row")
_NOT_IN_A_CODE = re.compile(r"[^A-Za-z0-9._-]+")
# How people write the floors that have no number.
_FLOORS = dict.fromkeys(("t", "pt", "terra", "piano terra", "terreno", "r", "rialzato"), "0")
_FLOORS |= dict.fromkeys(("s", "s1", "interrato", "seminterrato"), "-1")
_OLDEST_YEAR, _LATEST_YEAR = 1000, 2200


def section_of(file: Path, columns: Mapping[str, str]) -> Section:
    """A file of dwellings that came without a mapping file: its own header and separator tell how to read it."""
    separator, encoding, header = _opened(file)
    del header
    what = "dwellings"
    return Section(what, what, file, columns, separator, encoding)


MUST = SECTIONS["dwellings"].columns


def own_columns(header: list[str]) -> dict[str, str]:
    """The columns that a file calls as we do, in any of our languages: the file that the list of buildings gives."""
    ours = {same_name(key): key for key in EXPORTED}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ours |= {same_name(str(label)): key for key, label in EXPORTED.items()}
    found: dict[str, str] = {}
    for name in header:
        if (key := ours.get(same_name(name))) is not None:
            found.setdefault(key, name)
    return found


def header_of(file: Path) -> list[str]:
    """The names of the columns of a file, to choose among."""
    return _opened(file)[2]


def _opened(file: Path) -> tuple[str, str, list[str]]:
    """The separator, the encoding and the header of a file that some spreadsheet has written."""
    raw = file.read_bytes()
    try:
        encoding, text = "utf-8", raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding, text = "cp1252", raw.decode("cp1252", "replace")
    first = next(iter(text.splitlines()), "")
    separator = max((";", ",", "\t"), key=first.count)
    return separator, encoding, [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]


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
        code=_code(line.must(code, 60)),
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


def _code(words: str) -> str:
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
