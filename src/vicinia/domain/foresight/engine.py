"""The one room that calls the analysis; the worker and commands do, never a page.

The compiled loops behind it take hundreds of megabytes and seconds to load: imports stay inside the functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vicinia.domain.foresight.counts import Counts
from vicinia.domain.foresight.states import Method

Progress = Callable[[int, int], None]
# Beyond what a replicate can tell, the tail of the Gumbel distribution is only a manner of speaking.
_SMALLEST_P = 1e-6
FEWEST_REPORTS = 20
"""Below this many reports in the whole history a kind is too rare to say what is usual."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How to look: days of the longest window, metres of the widest circle."""

    longest_days: int
    radius_m: int


@dataclass(frozen=True, slots=True)
class Signal:
    """A rise, whatever chance says of it. Without cells it is of the whole area."""

    method: str
    cells: tuple[str, ...]
    area_id: int | None
    centre: tuple[float, float] | None
    radius_m: int
    first_day: dt.date
    last_day: dt.date
    observed: int
    expected: float
    statistic: float
    p_value: float
    recurrence_days: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, the strongest first; how many tests that took; which engine did it."""

    signals: tuple[Signal, ...]
    tests: int
    engine: str


def look(counts: Counts, looking: Looking, *, seed: int, progress: Progress | None = None) -> Looked:
    """Look for what rises at the end of the period. The same counts, settings, seed and engine find the same to the bit."""
    from vicinia_analytics.scan import Places, PValue, ScanInputError, Settings, Study, permutation

    if counts.total < FEWEST_REPORTS:
        return Looked((), 0, "")
    places = counts.places
    points = {cell: counts.grid.centre(cell) for cell in places}
    study = Study.of(
        [(cell, counts.day_of(day), number) for cell, day, number in counts.cells],
        places=Places.of([(cell, *points[cell]) for cell in places], geographic=True),
        start=counts.first_day,
        end=counts.last_day,
    )
    settings = Settings(
        max_length=looking.longest_days,
        max_radius=looking.radius_m / 1000,
        p_value=PValue.GUMBEL,
        seed=seed,
        clusters=5,
    )
    try:
        found = permutation(study, settings, progress=progress)
    except ScanInputError:  # a single place: there is nothing to compare it with
        return Looked((), 0, "")
    signals = tuple(_signal(cluster, points) for cluster in found.clusters)
    return Looked(signals, 1, f"permutation {found.version}")


def _signal(cluster: Any, points: dict[str, tuple[float, float]]) -> Signal:
    p_value = cluster.gumbel_p_value if cluster.gumbel_p_value is not None else cluster.p_value
    p_value = min(max(float(p_value if p_value is not None else 1.0), _SMALLEST_P), 1.0)
    return Signal(
        method=Method.PERMUTATION,
        cells=tuple(cluster.locations),
        area_id=None,
        centre=points[cluster.centre],
        radius_m=round(cluster.radius_km * 1000),
        first_day=cluster.start,
        last_day=cluster.end,
        observed=cluster.observed,
        expected=float(cluster.expected),
        statistic=float(cluster.statistic),
        p_value=p_value,
        recurrence_days=1 / p_value,
    )
