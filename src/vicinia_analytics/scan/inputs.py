"""What a scan is about: places, cases in places and periods, and the settings; checked when they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Any

import numpy as np

from vicinia_analytics.geometry import EARTH_RADIUS_M

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


class ScanInputError(ValueError):
    """Something given to a scan can't be used; the sentence names the row, counted from 1, and what is wrong with it."""


class Model(StrEnum):
    """What is compared with what (names of the field)."""

    PERMUTATION = "permutation"
    FORECAST = "forecast"
    POISSON = "poisson"
    BERNOULLI = "bernoulli"
    EXPECTATION = "expectation"


class Unit(StrEnum):
    """How time is cut. Weeks are seven days counted back from the end; months and years are the calendar's."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def days(self) -> float:
        """Its length in days, on average: 365.25 in a year."""
        return {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.MONTH: 365.25 / 12, Unit.YEAR: 365.25}[self]


class PValue(StrEnum):
    """How chance is measured: all replicates, stopping early (Besag and Clifford 1991), or a Gumbel tail (Abrams et al. 2010)."""

    STANDARD = "standard"
    SEQUENTIAL = "sequential"
    GUMBEL = "gumbel"


@dataclass(frozen=True)
class Places:
    """Where cases can happen.

    `first` and `second` are kilometres (x, y), or degrees (latitude, longitude) if `geographic`. Order matters: of two places as
    far from a centre, the earlier is the nearer. Raises ScanInputError for a name given twice or a coordinate out of range.
    """

    names: tuple[str, ...]
    first: Floats
    second: Floats
    geographic: bool = False

    @classmethod
    def of(cls, rows: Iterable[tuple[str, float, float]], *, geographic: bool = False) -> Places:
        """Places from rows of name, x, y (or name, latitude, longitude)."""
        listed = list(rows)
        names = tuple(str(name) for name, _, _ in listed)
        first = np.array([row[1] for row in listed], dtype=np.float64)
        second = np.array([row[2] for row in listed], dtype=np.float64)
        return cls(names, first, second, geographic)

    def __post_init__(self) -> None:
        if not self.names:
            raise ScanInputError("There are no places.")
        seen: dict[str, int] = {}
        for row, name in enumerate(self.names, 1):
            if name in seen:
                raise ScanInputError(f"Place {name!r} in row {row} was already in row {seen[name]}.")
            seen[name] = row
        for row, (a, b) in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True), 1):
            if not (isfinite(a) and isfinite(b)):
                raise ScanInputError(f"Place {self.names[row - 1]!r} in row {row} has no coordinates.")
            if self.geographic and not (-90 <= a <= 90 and -180 <= b <= 180):
                raise ScanInputError(
                    f"Place {self.names[row - 1]!r} in row {row}: latitude {a:g}, longitude {b:g} are out of range."
                )

    def __len__(self) -> int:
        return len(self.names)

    def index(self) -> dict[str, int]:
        """Position of each name."""
        return {name: at for at, name in enumerate(self.names)}

    def distances_km(self, centres: slice | Ints) -> Floats:
        """Kilometres from some places to all: float64[centres, places], on a sphere if geographic."""
        if not self.geographic:
            return _length(np.stack([self.first, self.second]), centres)
        lat, lon = np.radians(self.first), np.radians(self.second)
        # The straight line through the sphere: more exact than cosines for places that are near each other.
        chord = _length(
            np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]), centres
        )
        return np.asarray(2 * EARTH_RADIUS_M / 1000 * np.arcsin(np.minimum(1.0, chord / 2)))


def _length(coordinates: Floats, centres: slice | Ints) -> Floats:
    """Straight distances from some points to all: float64[centres, points]."""
    squares = sum((axis[centres, None] - axis[None, :]) ** 2 for axis in coordinates)
    return np.sqrt(np.asarray(squares))


@dataclass(frozen=True)
class Calendar:
    """The days under study, both ends included, cut in periods of one unit. Raises ScanInputError if it ends before it starts."""

    start: dt.date
    end: dt.date
    unit: Unit = Unit.DAY

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ScanInputError(f"The study ends ({self.end}) before it starts ({self.start}).")

    def __len__(self) -> int:
        return self.period_of(self.end) + 1

    def period_of(self, day: dt.date) -> int:
        """Which period a day is in, from 0; negative before the start."""
        if self.unit is Unit.DAY:
            return (day - self.start).days
        if self.unit is Unit.WEEK:
            whole = -(-((self.end - self.start).days + 1) // 7)
            return whole - 1 - (self.end - day).days // 7
        if self.unit is Unit.MONTH:
            return (day.year - self.start.year) * 12 + day.month - self.start.month
        return day.year - self.start.year

    def first_day(self, period: int) -> dt.date:
        """First day of a period, not before the study."""
        if self.unit is Unit.DAY:
            return self.start + dt.timedelta(period)
        if self.unit is Unit.WEEK:
            day = self.end - dt.timedelta(7 * (len(self) - period) - 1)
        elif self.unit is Unit.MONTH:
            months = self.start.year * 12 + self.start.month - 1 + period
            day = dt.date(months // 12, months % 12 + 1, 1)
        else:
            day = dt.date(self.start.year + period, 1, 1)
        return max(day, self.start)

    def last_day(self, period: int) -> dt.date:
        """Last day of a period, not after the study."""
        if period + 1 >= len(self):
            return self.end
        return self.first_day(period + 1) - dt.timedelta(1)


@dataclass(frozen=True)
class Counts:
    """Cases in places and periods: three arrays of the same length, as `place`, `period`, `count` of each row.

    Rows may repeat a place and period. Raises ScanInputError for a row outside the places or the calendar, or below zero.
    """

    place: Ints
    period: Ints
    count: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[str, dt.date, int]], *, places: Places, calendar: Calendar) -> Counts:
        """Counts from rows of place, day, count. Days outside the calendar are left out: they are not under study."""
        index, place, period, count = places.index(), [], [], []
        last = len(calendar)
        for row, (name, day, cases) in enumerate(rows, 1):
            if name not in index:
                raise ScanInputError(f"Row {row}: place {name!r} is not among the places.")
            if cases < 0:
                raise ScanInputError(f"Row {row}: {cases} cases; a count is 0 or more.")
            when = calendar.period_of(day)
            if 0 <= when < last and calendar.start <= day <= calendar.end:
                place.append(index[name])
                period.append(when)
                count.append(cases)
        return cls(np.array(place, np.int64), np.array(period, np.int64), np.array(count, np.int64))

    def __post_init__(self) -> None:
        if not len(self.place) == len(self.period) == len(self.count):
            raise ScanInputError("Places, periods and counts are not as many.")
        if len(self.count) and int(self.count.min()) < 0:
            row = int(np.argmin(self.count)) + 1
            raise ScanInputError(f"Row {row}: {int(self.count.min())} cases; a count is 0 or more.")

    def table(self, places: int, periods: int) -> Ints:
        """int64[places, periods]. Raises ScanInputError for a row outside it."""
        for values, most, what in ((self.place, places, "place"), (self.period, periods, "period")):
            outside = np.flatnonzero((values < 0) | (values >= most))
            if len(outside):
                raise ScanInputError(
                    f"Row {int(outside[0]) + 1}: there is no {what} {int(values[outside[0]])}."
                )
        out = np.zeros((places, periods), dtype=np.int64)
        np.add.at(out, (self.place, self.period), self.count)
        return out


@dataclass(frozen=True)
class Forecast:
    """What is expected of all places together in the latest periods, oldest first: float64[periods of the longest window].

    overdispersion: α of a variance μ + α μ², as the past shows it; 0 for a Poisson. Raises ScanInputError unless all that is expected
    is above 0 and α is not below.
    """

    by_period: Floats
    overdispersion: float = 0.0

    def __post_init__(self) -> None:
        wrong = np.flatnonzero(~((self.by_period > 0) & np.isfinite(self.by_period)))
        if len(wrong):
            raise ScanInputError(f"Forecast of period {int(wrong[0]) + 1}: {self.by_period[wrong[0]]} is not more than 0.")  # fmt: skip
        if not (self.overdispersion >= 0 and isfinite(self.overdispersion)):
            raise ScanInputError(f"An overdispersion of {self.overdispersion} is below 0 or no number.")


@dataclass(frozen=True)
class Settings:
    """How to look. Lengths are in periods of the calendar's unit, `max_radius` in kilometres.

    max_share: largest part of all cases (or of the population) that a zone may hold. analyses_before: how many times the same
    question was asked earlier, for the recurrence interval. min_cases: fewest cases of a cluster. replications: 0 for the observed data only.
    """

    prospective: bool = True
    min_length: int = 1
    max_length: int | None = 14
    max_share: float = 0.5
    max_radius: float | None = None
    max_places: int | None = None
    replications: int = 999
    p_value: PValue = PValue.STANDARD
    stop_after: int = 50
    seed: int = 1
    threads: int | None = None
    analyses_before: int = 1
    min_cases: int = 2
    clusters: int = 10

    def __post_init__(self) -> None:
        wrong = [
            (self.min_length < 1, "The shortest window is at least one period."),
            (self.max_length is not None and self.max_length < self.min_length, "The longest window is shorter than the shortest."),
            (not 0 < self.max_share <= 1, "A zone holds more than 0 and at most 1 of the cases."),
            (self.max_radius is not None and not self.max_radius > 0, "The radius is more than 0 km."),
            (self.max_places is not None and self.max_places < 1, "A zone has at least one place."),
            (self.min_cases < 1, "A cluster has at least one case."),
            (self.replications < 0, "Replications are 0 or more."),
            (self.stop_after < 1, "A sequential test stops after at least one exceedance."),
            (self.analyses_before < 1, "Analyses are at least one."),
            (self.threads is not None and self.threads < 1, "Threads are at least one."),
            (self.clusters < 1, "Clusters are at least one."),
            (self.seed < 0, "A seed is 0 or more."),
        ]  # fmt: skip
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise ScanInputError(sentence)


@dataclass(frozen=True)
class Study:
    """Places, calendar and cases that belong together."""

    places: Places
    calendar: Calendar
    cases: Ints = field(repr=False)
    """int64[places, periods]"""

    @classmethod
    def of(
        cls,
        rows: Sequence[tuple[str, dt.date, int]],
        *,
        places: Places,
        start: dt.date | None = None,
        end: dt.date | None = None,
        unit: Unit = Unit.DAY,
    ) -> Study:
        """A study of rows of place, day, count; from the first to the last day of the rows unless told.

        Raises ScanInputError if there is nothing to study.
        """
        if not rows and (start is None or end is None):
            raise ScanInputError("There are no cases, so the days under study must be given.")
        days = [day for _, day, _ in rows]
        calendar = Calendar(start or min(days), end or max(days), unit)
        counts = Counts.of(rows, places=places, calendar=calendar)
        return cls(places, calendar, counts.table(len(places), len(calendar)))

    @property
    def total(self) -> int:
        """All cases."""
        return int(self.cases.sum())
