"""A table of bars: columns are the periods of a plan, a bar spans those in which nothing changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vicinia.foundation.look import dates

# So many colours follow each other; the number in the bar says who it is.
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: short, and in full."""

    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A bar. `kind` is taken, works, closed, free, home or outside; `note` is read out and not seen."""

    kind: str
    text: str
    note: str = ""
    colour: int = 0
    url: str = ""
    is_changed: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One dwelling or one household with its bars."""

    label: str
    note: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one building."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture; `corner` is what its lines are."""

    corner: str
    heads: Sequence[Head]
    groups: Sequence[Group]

    @property
    def columns(self) -> int:
        """How many columns there are in all."""
        return len(self.heads) + 1

    @property
    def is_empty(self) -> bool:
        return not any(group.lines for group in self.groups)


def heads(months: Sequence[dt.date]) -> list[Head]:
    """ "oggi", "apr", "giu", "gen 28": the year where it changes."""
    found = []
    for at, month in enumerate(months):
        if not at:
            found.append(Head(_("oggi"), _("oggi")))
            continue
        short = date_format(month, "M").lower()
        changes = month.year != months[at - 1].year
        found.append(Head(f"{short} {month:%y}" if changes else short, dates.month_words(month)))
    return found


def bars(cells: Iterable[Cell]) -> list[Cell]:
    """One cell a period, made into bars: equal neighbours are one."""
    found = []
    for cell, same in groupby(cells):
        span = sum(1 for _one in same)
        found.append(Cell(cell.kind, cell.text, cell.note, cell.colour, cell.url, cell.is_changed, span))
    return found
