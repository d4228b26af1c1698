"""The counts that a run reads, and keeps: how many reports in each cell of the grid and in each area, day by day.

Nothing else leaves the register for the analysis: no person, no report's number, no words.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import cos, exp, floor, pi, radians
from typing import Any

from vicinia_analytics.geometry import EARTH_RADIUS_M

_METRES_OF_A_DEGREE = pi * EARTH_RADIUS_M / 180
_FORMAT = 1
CURVE_DAYS = 60
"""How many days an alert shows."""
NOWHERE = 0
"""The area of reports that are in none."""


def usual(mean: float, share: float = 0.975) -> int:
    """The smallest count that a Poisson variable of this mean exceeds in at most 1 - `share` of the cases."""
    count, probability = 0, exp(-mean)
    below = probability
    while below < share and count < 10 * mean + 10:
        count += 1
        probability *= mean / count
        below += probability
    return count


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells of `metres`. A cell is called "row:column", and is the same for ever and in every town."""

    metres: int

    def cell_of(self, lat: float, lon: float) -> str:
        """The cell that a point is in."""
        row = floor(lat / self._height)
        return f"{row}:{floor(lon / self._width(row))}"

    def centre(self, cell: str) -> tuple[float, float]:
        """Latitude and longitude of the middle of a cell."""
        row, column = map(int, cell.split(":"))
        return (row + 0.5) * self._height, (column + 0.5) * self._width(row)

    def box(self, cell: str) -> tuple[float, float, float, float]:
        """South, west, north and east of a cell, in degrees."""
        row, column = map(int, cell.split(":"))
        width = self._width(row)
        return row * self._height, column * width, (row + 1) * self._height, (column + 1) * width

    @property
    def _height(self) -> float:
        return self.metres / _METRES_OF_A_DEGREE

    def _width(self, row: int) -> float:
        return self._height / cos(radians((row + 0.5) * self._height))


@dataclass(frozen=True)
class Counts:
    """Reports of a group of kinds from a day to a day, both included.

    `cells` has (cell, day, how many) and `areas` (area id, day, how many), sorted, days counted from `first_day`. Reports
    without a point are in `areas` only.
    """

    grid: Grid
    first_day: dt.date
    last_day: dt.date
    cells: tuple[tuple[str, int, int], ...]
    areas: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[dt.date, float | None, float | None, int | None]],
        *,
        grid: Grid,
        first_day: dt.date,
        last_day: dt.date,
    ) -> Counts:
        """Counts of (day, latitude, longitude, area id) rows; days outside the period are left out."""
        cells: Counter[tuple[str, int]] = Counter()
        areas: Counter[tuple[int, int]] = Counter()
        for day, lat, lon, area_id in rows:
            if not first_day <= day <= last_day:
                continue
            index = (day - first_day).days
            areas[area_id or NOWHERE, index] += 1
            if lat is not None and lon is not None:
                cells[grid.cell_of(lat, lon), index] += 1
        return cls(
            grid,
            first_day,
            last_day,
            tuple((cell, day, number) for (cell, day), number in sorted(cells.items())),
            tuple((area, day, number) for (area, day), number in sorted(areas.items())),
        )

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def total(self) -> int:
        """Reports that have a point."""
        return sum(number for _cell, _day, number in self.cells)

    @property
    def places(self) -> list[str]:
        """The cells that have any, in one order."""
        return sorted({cell for cell, _day, _number in self.cells})

    def day_of(self, index: int) -> dt.date:
        return self.first_day + dt.timedelta(days=index)

    def inside(
        self, cells: Collection[str], first_day: dt.date, last_day: dt.date, *, area_id: int | None = None
    ) -> int:
        """How many there are from a day to a day in some cells; without any, in the whole area."""
        daily = self.by_day(cells, area_id=area_id)
        from_index = max((first_day - self.first_day).days, 0)
        return sum(daily[from_index : max((last_day - self.first_day).days + 1, 0)])

    def by_day(self, cells: Collection[str], *, area_id: int | None = None) -> list[int]:
        """How many there are on each day in some cells; without any, in the whole area."""
        daily = [0] * self.days
        rows = self.cells if cells else self.areas
        wanted: Collection[str | int] = frozenset(cells) or {area_id or NOWHERE}
        for place, day, number in rows:
            if place in wanted:
                daily[day] += number
        return daily

    def curve(self, cells: Collection[str], *, days: int, area_id: int | None = None) -> list[list[Any]]:
        """[day, observed, expected, what is usual at most] of the last days, in some cells or in the whole area.

        Expected is the share of the place in the whole period times all the reports of the day, as in the permutation scan
        (Kulldorff et al. 2005); usual is up to the 97.5th percentile of a Poisson count of that mean.
        """
        here = self.by_day(cells, area_id=area_id)
        everywhere = [0] * self.days
        for _place, day, number in self.cells if cells else self.areas:
            everywhere[day] += number
        share = sum(here) / (sum(everywhere) or 1)
        first = max(self.days - days, 0)
        return [
            [
                self.day_of(day).isoformat(),
                here[day],
                round(share * everywhere[day], 3),
                usual(share * everywhere[day]),
            ]
            for day in range(first, self.days)
        ]

    def as_bytes(self) -> bytes:
        """The one JSON of these counts, to the byte."""
        whole = {
            "format": _FORMAT,
            "grid": self.grid.metres,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "cells": self.cells,
            "areas": self.areas,
        }
        return json.dumps(whole, separators=(",", ":"), sort_keys=True).encode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the JSON."""
        return sha256(self.as_bytes()).hexdigest()

    def packed(self) -> bytes:
        """The JSON, compressed."""
        return zlib.compress(self.as_bytes(), 9)

    @classmethod
    def unpacked(cls, content: bytes, fingerprint: str) -> Counts:
        """The counts that were packed. Raises ValueError if they are no longer those of the fingerprint."""
        text = zlib.decompress(content)
        if sha256(text).hexdigest() != fingerprint:
            raise ValueError(f"The counts kept under {fingerprint} are not those that were written.")
        whole = json.loads(text)
        return cls(
            Grid(whole["grid"]),
            dt.date.fromisoformat(whole["first_day"]),
            dt.date.fromisoformat(whole["last_day"]),
            tuple((cell, day, number) for cell, day, number in whole["cells"]),
            tuple((area, day, number) for area, day, number in whole["areas"]),
        )
