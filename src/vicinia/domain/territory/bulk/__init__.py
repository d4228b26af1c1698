"""Taking in the files that a mapping file describes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.territory import actions
from vicinia.domain.territory.bulk import houses, shapes, tables
from vicinia.domain.territory.bulk.columns import header_of, own_columns, section_of
from vicinia.domain.territory.bulk.houses import MUST, building_code
from vicinia.domain.territory.bulk.mapping import MappingError, Section, read_mapping
from vicinia.domain.territory.incoming import Refusal, Tally
from vicinia.foundation.kernel.actor import Actor

__all__ = [
    "MUST",
    "Done",
    "MappingError",
    "Outcome",
    "building_code",
    "header_of",
    "import_houses",
    "import_territory",
    "kept_or_undone",
    "own_columns",
    "section_of",
    "usable",
    "write_refused",
]

Row = TypeVar("Row")
Watch = Callable[[Iterable[Row], str], Iterable[Row]]
"""What shows the progress of rows: gives them on, one by one, under a title."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file."""

    what: str
    file: Path
    tally: Tally


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all the files, and how many numbers and places moved to another area."""

    done: list[Done]
    moved_numbers: int
    moved_places: int
    is_kept: bool = True

    @property
    def changed_nothing(self) -> bool:
        return not (self.moved_numbers or self.moved_places or any(each.tally.wrote for each in self.done))

    @property
    def refused(self) -> int:
        return sum(len(each.tally.refused) for each in self.done)


def import_territory(
    *,
    by: Actor,
    mapping: Path,
    folder: Path | None = None,
    keep: bool = True,
    whole: bool = False,
    watch: Watch[Any] | None = None,
) -> Outcome:
    """Take in every file of a mapping; with `keep` false, find out what would happen and undo it.

    Raises MappingError when the mapping or a file is not as the mapping says. Rows that can't be read are refused one by
    one and don't stop the others, unless the files are wanted `whole`: then nothing of them is kept.
    """
    sections = read_mapping(mapping, folder)
    with transaction.atomic():
        done = list(_take_in_all(by, sections, watch or _unwatched))
        moved = actions.settle_areas(by=by)
        return _settled(Outcome(done, *moved), keep=keep, whole=whole)


def import_houses(*, by: Actor, file: Path, columns: Mapping[str, str], keep: bool, whole: bool) -> Outcome:
    """Take in one file of dwellings with their buildings, by the columns that somebody chose on a page."""
    with transaction.atomic():
        done = list(_take_in_all(by, [section_of("dwellings", file, columns)], _unwatched))
        return _settled(Outcome(done, 0, 0), keep=keep, whole=whole)


def _settled(outcome: Outcome, *, keep: bool, whole: bool) -> Outcome:
    """The outcome, kept or undone with the transaction that it happened in."""
    return replace(outcome, is_kept=kept_or_undone(outcome.refused, keep=keep, whole=whole))


def kept_or_undone(refused: int, *, keep: bool, whole: bool) -> bool:
    """Whether what was taken in is kept; if not, the transaction around it is undone."""
    is_kept = keep and not (whole and refused)
    transaction.set_rollback(not is_kept)
    return is_kept


def write_refused(outcome: Outcome, path: Path) -> None:
    """Write the refused rows with their reasons, to be mended and given again."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("sezione"), _("file"), _("riga"), _("motivo"), _("contenuto")])
        for each in outcome.done:
            for refusal in each.tally.refused:
                origin = refusal.origin
                writer.writerow([each.what, each.file.name, origin.line, str(refusal.reason), origin.text])


def _unwatched(rows: Iterable[Row], title: str) -> Iterable[Row]:
    return rows


def _take_in_all(by: Actor, sections: list[Section], watch: Watch[Any]) -> Iterator[Done]:
    given = {section.what for section in sections}
    for section in sections:
        if section.what == "numbers" and "streets" not in given:
            # With no register of streets, the civic numbers say how the streets are called today.
            yield _take_in(by, section, "streets", tables.read_streets_of_numbers(section), watch)
        if section.what == "dwellings" and "buildings" not in given:
            # With no register of buildings, the dwellings say which there are.
            yield _take_in(by, section, "buildings", houses.read_buildings_of_dwellings(section), watch)
        yield _take_in(by, section, section.what, _reader(section)(section), watch)


def _reader(section: Section) -> Callable[[Section], Iterator[Any]]:
    if section.is_table:
        return {
            "streets": tables.read_streets,
            "numbers": tables.read_numbers,
            "places": tables.read_places,
            "buildings": houses.read_buildings,
            "dwellings": houses.read_dwellings,
        }[section.what]
    return {
        "areas": shapes.read_areas,
        "streets": shapes.read_streets,
        "places": shapes.read_places,
        "base": shapes.read_base,
    }[section.what]


def _take_in(by: Actor, section: Section, what: str, rows: Iterator[Any], watch: Watch[Any]) -> Done:
    unreadable: list[Refusal] = []
    rows_read = usable(watch(rows, f"{what} · {section.file.name}"), unreadable)
    file = section.file.name
    match what:
        case "areas":
            tally = actions.take_in_areas(by=by, file=file, rows=rows_read)
        case "streets":
            tally = actions.take_in_streets(by=by, file=file, rows=rows_read)
        case "numbers":
            kind = section.area_kind or settings.AREA_KIND
            tally = actions.take_in_numbers(by=by, file=file, rows=rows_read, area_kind=kind)
        case "places":
            tally = actions.take_in_places(by=by, file=file, rows=rows_read)
        case "buildings":
            tally = actions.take_in_buildings(by=by, file=file, rows=rows_read)
        case "dwellings":
            tally = actions.take_in_dwellings(by=by, file=file, rows=rows_read)
        case _:
            tally = actions.take_in_base(by=by, file=file, layer=section.shapes, rows=rows_read)
    tally.refused = sorted([*unreadable, *tally.refused], key=lambda refusal: refusal.origin.line)
    return Done(what, section.file, tally)


def usable(rows: Iterable[Row | Refusal], unreadable: list[Refusal]) -> Iterator[Row]:
    """The rows that were read; the others are put aside."""
    for row in rows:
        if isinstance(row, Refusal):
            unreadable.append(row)
        else:
            yield row
