"""Rows of CSV files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import isfinite
from typing import TypeVar

from django.utils.translation import gettext as _

from vicinia.domain.territory.bulk.coordinates import to_degrees
from vicinia.domain.territory.bulk.mapping import Section
from vicinia.domain.territory.incoming import NumberRow, Origin, PlaceRow, Refusal, StreetRow
from vicinia.domain.territory.queries import clean_exponent, same_name

Row = TypeVar("Row")
_AT_ONCE = 2000
# "12", "12/A", "12 bis" in one column, when there is no column for the exponent.
_NUMBER = re.compile(r"(\d{1,6})\s*[/\- ]?\s*([A-Za-z0-9 ]{0,12})")


_ANSWERS = dict.fromkeys(("sì", "si", "s", "x", "1", "yes", "true", "vero"), True)
_ANSWERS |= dict.fromkeys(("no", "n", "0", "false", "falso"), False)


class Unusable(Exception):
    """A row that can't be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its words, by the keys that the mapping gives to the columns."""

    section: Section
    origin: Origin
    words: dict[str, str]

    def get(self, key: str, longest: int = 160) -> str:
        """The words under a column, "" when there are none."""
        word = " ".join(self.words.get(key, "").split())
        if len(word) > longest:
            raise Unusable(_("%(column)s è troppo lungo.") % {"column": self._column(key)})
        return word

    def saying(self, key: str, word: str) -> Line:
        """The same line with other words under a column."""
        return replace(self, words=self.words | {key: word})

    def must(self, key: str, longest: int = 160) -> str:
        """The words under a column that can't be empty."""
        word = self.get(key, longest)
        if not word:
            raise Unusable(_("%(column)s è vuoto.") % {"column": self._column(key)})
        return word

    def decimal(self, key: str) -> float:
        """A finite number, with point or comma."""
        word = self.must(key)
        try:
            value = float(word.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise Unusable(
                _("%(column)s non è un numero: %(word)s.") % {"column": self._column(key), "word": word}
            )
        return value

    def civic(self) -> tuple[int, str]:
        """The civic number and its exponent, from two columns or from one."""
        word = self.must("number")
        found = _NUMBER.fullmatch(word)
        if not found or int(found[1]) == 0 or int(found[1]) > 999_999:
            raise Unusable(
                _("%(column)s non è un numero civico: %(word)s.")
                % {"column": self._column("number"), "word": word}
            )
        return int(found[1]), clean_exponent(self.get("exponent", 12) or found[2])

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number, None when there is none; "57,4" is 57."""
        if not self.get(key):
            return None
        value = round(self.decimal(key))
        if not low <= value <= high:
            raise Unusable(
                _("%(column)s non può essere %(value)s.") % {"column": self._column(key), "value": value}
            )
        return value

    def answer(self, key: str) -> bool | None:
        """Yes or no, None when nothing is said."""
        word = self.get(key).casefold()
        if word and word not in _ANSWERS:
            raise Unusable(
                _("%(column)s non è né sì né no: %(word)s.") % {"column": self._column(key), "word": word}
            )
        return _ANSWERS.get(word)

    def _column(self, key: str) -> str:
        return self.section.columns.get(key, key)


def read_streets(section: Section) -> Iterator[StreetRow | Refusal]:
    """The streets of a table."""
    for line in read_lines(section):
        try:
            yield street_of(line, "code", "kind", "name")
        except Unusable as unusable:
            yield Refusal(line.origin, str(unusable))


def read_streets_of_numbers(section: Section) -> Iterator[StreetRow | Refusal]:
    """Each street that a table of civic numbers names, once."""
    seen = set[str]()
    for line in read_lines(section):
        try:
            street = street_of(line, "street_code", "street_kind", "street_name")
        except Unusable:
            continue  # The same line is refused as a number, with its reason.
        if street.code not in seen:
            seen.add(street.code)
            yield street


def read_numbers(section: Section) -> Iterator[NumberRow | Refusal]:
    """The civic numbers of a table."""
    return _located(section, _number_of)


def read_places(section: Section) -> Iterator[PlaceRow | Refusal]:
    """The named places of a table."""
    return _located(section, place_of)


def street_of(line: Line, code: str, kind: str, name: str) -> StreetRow:
    """The street of a line; without a code of its own it is known again by its name."""
    sort, words = line.get(kind, 40), line.must(name)
    return StreetRow(line.origin, line.get(code, 30) or same_name(f"{sort} {words}")[:30], sort, words)


def place_of(line: Line, lat: float, lon: float) -> PlaceRow:
    """The place of a line; without a code of its own it is known again by its kind and name."""
    name, kind = line.must("name"), line.get("kind", 40) or line.section.kind
    aliases = tuple(alias.strip() for alias in line.get("aliases", 1000).split("|") if alias.strip())
    code = line.get("code", 60) or same_name(f"{kind} {name}")[:60]
    return PlaceRow(line.origin, code, kind, name, aliases, lat, lon)


def _number_of(line: Line, lat: float, lon: float) -> NumberRow:
    number, exponent = line.civic()
    return NumberRow(
        origin=line.origin,
        street=street_of(line, "street_code", "street_kind", "street_name"),
        number=number,
        exponent=exponent,
        lat=lat,
        lon=lon,
        postal_code=line.get("postal_code", 10),
        area_name=line.get("area", 120),
    )


def _located(section: Section, build: Callable[[Line, float, float], Row]) -> Iterator[Row | Refusal]:
    """The rows of lines with a point, whose coordinates are turned many at a time, in the order of the file."""
    degrees = to_degrees(section)
    lines = read_lines(section)
    while some := list(islice(lines, _AT_ONCE)):
        spots = [_spot(line) for line in some]
        told = [spot for spot in spots if not isinstance(spot, Refusal)]
        turned = iter(degrees.points([x for x, _y in told], [y for _x, y in told]))
        for line, spot in zip(some, spots, strict=True):
            yield spot if isinstance(spot, Refusal) else _built(line, next(turned), build)


def _spot(line: Line) -> tuple[float, float] | Refusal:
    try:
        return line.decimal("x"), line.decimal("y")
    except Unusable as unusable:
        return Refusal(line.origin, str(unusable))


def _built(
    line: Line, point: tuple[float, float] | None, build: Callable[[Line, float, float], Row]
) -> Row | Refusal:
    if point is None:
        return Refusal(
            line.origin, _("Il punto è fuori dalla zona in cui si usa questo sistema di coordinate.")
        )
    try:
        return build(line, *point)
    except Unusable as unusable:
        return Refusal(line.origin, str(unusable))


def read_lines(section: Section) -> Iterator[Line]:
    """The lines of a CSV file that are not empty."""
    is_utf8 = section.encoding.lower().replace("-", "") == "utf8"
    try:
        with section.file.open(encoding="utf-8-sig" if is_utf8 else section.encoding, newline="") as file:
            cells = csv.reader(file, delimiter=section.separator)
            columns = _column_places(section, [name.strip() for name in next(cells, [])])
            for row in cells:
                if any(row):
                    words = {key: row[at] for key, at in columns.items() if at < len(row)}
                    yield Line(section, Origin(cells.line_num, section.separator.join(row)), words)
    except UnicodeDecodeError as error:
        problem = _("il file non è in %(encoding)s.") % {"encoding": section.encoding}
        raise section.wrong("encoding", problem) from error
    except csv.Error as error:
        raise section.wrong("file", str(error)) from error


def _column_places(section: Section, header: list[str]) -> dict[str, int]:
    for key, name in section.columns.items():
        if name not in header:
            raise no_such_column(section, key, header)
    return {key: header.index(name) for key, name in section.columns.items()}


def no_such_column(section: Section, key: str, header: list[str]) -> Exception:
    """The error of a mapping that names a column that the file does not have."""
    words = {"column": section.columns[key], "header": ", ".join(header)}
    return section.wrong(
        f"columns.{key}", _("il file non ha la colonna «%(column)s»; ha: %(header)s.") % words
    )
