"""The times of a lot or a worksite as bars: what was planned, and what is thought or known now. Pure; no pixel is a style."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vicinia.domain.worksites.models import Phase, Timed
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Sentence

WIDTH, ROW, HEAD = 640, 46, 26
MOST_TICKS = 8

Place = Callable[[dt.date], int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, where both bars lie, and how it goes."""

    name: str
    text_at: int
    y: int
    planned_at: int
    planned_x: int
    planned_width: int
    x: int
    width: int
    meaning: str
    row: Timed
    is_milestone: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """A drawing, with its sentence and the rows of its table."""

    title: str
    sentence: str
    height: int
    ticks: Sequence[Tick]
    today_x: int | None
    bars: Sequence[Bar]


def draw(title: Sentence, rows: Iterable[Timed]) -> Gantt | None:
    """The drawing of some rows in their order, or None of none."""
    lines = list(rows)
    if not lines:
        return None
    first = min(min(row.planned_from, row.shown_from) for row in lines)
    last = max(max(row.planned_to, row.shown_to) for row in lines)
    days = max((last - first).days + 1, 1)

    def at(day: dt.date) -> int:
        return round((day - first).days * WIDTH / days)

    today = clock.today()
    return Gantt(
        str(title),
        _sentence(lines, last),
        HEAD + ROW * len(lines),
        _ticks(first, last, at),
        at(today) if first <= today <= last else None,
        [_bar(number, row, at) for number, row in enumerate(lines)],
    )


def _bar(number: int, row: Timed, place: Place) -> Bar:
    y = HEAD + ROW * number

    def wide(since: dt.date, until: dt.date) -> int:
        return max(place(until + dt.timedelta(days=1)) - place(since), 4)

    return Bar(
        str(getattr(row, "title", "") or getattr(row, "name", "") or row),
        y + 14,
        y + 20,
        y + 34,
        place(row.planned_from),
        wide(row.planned_from, row.planned_to),
        place(row.shown_from),
        wide(row.shown_from, row.shown_to),
        _meaning(row),
        row,
        isinstance(row, Phase) and row.is_milestone,
    )


def _meaning(row: Timed) -> str:
    if row.ended_on is not None:
        return "done"
    if row.is_late:
        return "late"
    return "due" if row.slipped_by > 0 else "calm"


def _ticks(first: dt.date, last: dt.date, place: Place) -> list[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = max(-(-months // MOST_TICKS), 1)
    days = [clock.add_months(first.replace(day=1), number) for number in range(step, months + 1, step)]
    return [Tick(place(day), date_format(day, "n/y")) for day in days]


def _sentence(lines: Sequence[Timed], last: dt.date) -> str:
    slipped = sum(1 for row in lines if row.slipped_by > 0)
    told = {"count": len(lines), "slipped": slipped, "day": date_format(last, "j F Y")}
    if slipped:
        return _("%(slipped)s su %(count)s finiscono dopo il previsto. L'ultima fine è il %(day)s.") % told
    return _("Nessuno dei %(count)s finisce dopo il previsto. L'ultima fine è il %(day)s.") % told
