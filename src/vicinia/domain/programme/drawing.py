"""The timeline of a programme as stripes: where each sheet and milestone lies, in parts of a thousand of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH = 1000
# Labels of the scale stand at least this far apart, so that a phone has room for them.
APART = 130
# A mark is this wide, so that it is seen on paper too.
MARK = 6
FEW_MONTHS, SOME_MONTHS, MANY_MONTHS = 9, 30, 72


@dataclass(frozen=True)
class Point:
    """A milestone as it is drawn: promised, and expected or reached."""

    title: str
    planned_on: dt.date
    expected_on: dt.date
    done_on: dt.date | None = None

    @property
    def on(self) -> dt.date:
        return self.done_on or self.expected_on

    @property
    def has_slipped(self) -> bool:
        return self.on > self.planned_on


@dataclass(frozen=True)
class Row:
    """A sheet as it is drawn."""

    title: str
    from_day: dt.date
    to_day: dt.date
    state_words: str
    points: Sequence[Point] = ()
    url: str = ""


@dataclass(frozen=True)
class Mark:
    """A milestone on its stripe; `slip` is the stretch from the day promised, if it slipped."""

    point: Point
    at: int
    slip_from: int
    slip_width: int
    is_late: bool


@dataclass(frozen=True)
class Stripe:
    """One sheet on the timeline."""

    row: Row
    at: int
    width: int
    done_width: int
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Tick:
    """A line of the scale with its label."""

    at: int
    day: dt.date
    is_year: bool

    @property
    def percent(self) -> str:
        return f"{self.at * 100 / WIDTH:.1f}%"


@dataclass(frozen=True)
class Timeline:
    """Everything that is drawn; `today_at` is None outside of the days shown."""

    stripes: Sequence[Stripe]
    ticks: Sequence[Tick]
    today_at: int | None
    from_day: dt.date
    to_day: dt.date

    @property
    def scale(self) -> list[Tick]:
        """The lines that have a label: those that do not touch the label before, nor the end."""
        found: list[Tick] = []
        for one in self.ticks:
            if one.at <= WIDTH - APART // 2 and (not found or one.at - found[-1].at >= APART):
                found.append(one)
        return found


def timeline(rows: Iterable[Row], first: dt.date, last: dt.date, today: dt.date) -> Timeline:
    """The stripes of these sheets between two days."""
    rows = list(rows)
    days = [first, last, *(point.on for row in rows for point in row.points)]
    first, last = min(days), max(days)
    span = max(1, (last - first).days)

    def at(day: dt.date) -> int:
        return min(WIDTH, max(0, round((day - first).days * WIDTH / span)))

    stripes = []
    for row in rows:
        begins, ends = at(row.from_day), max(at(row.to_day), at(row.from_day) + MARK)
        done = max(0, min(at(today), ends) - begins) if today >= row.from_day else 0
        marks = [_mark(point, at, today) for point in row.points]
        stripes.append(Stripe(row, begins, ends - begins, done, marks))
    ticks = _ticks(first, last, at)
    is_shown = first <= today <= last
    return Timeline(stripes, ticks, at(today) if is_shown else None, first, last)


def _mark(point: Point, at: Callable[[dt.date], int], today: dt.date) -> Mark:
    place = at(point.on)
    planned = at(point.planned_on)
    slip = (planned, place - planned) if point.has_slipped else (place, 0)
    is_late = point.done_on is None and point.expected_on < today
    return Mark(point, min(WIDTH - MARK, max(0, place - MARK // 2)), slip[0], slip[1], is_late)


def _ticks(first: dt.date, last: dt.date, at: Callable[[dt.date], int]) -> list[Tick]:
    """The first days of months, quarters, half-years or years, whichever leaves them readable."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 1 if months <= FEW_MONTHS else 3 if months <= SOME_MONTHS else 6 if months <= MANY_MONTHS else 12
    found = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first and (day.month - 1) % step == 0:
            found.append(Tick(at(day), day, day.month == 1))
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return found
