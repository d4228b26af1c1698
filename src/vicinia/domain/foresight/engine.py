"""The one room that calls the analysis; the worker and commands do, never a page.

The compiled loops behind it take hundreds of megabytes and seconds to load: imports stay inside the functions.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings as installation

from vicinia.domain.foresight.counts import CURVE_DAYS, NOWHERE, Counts
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
    """A rise, whatever chance says of it. Without cells it is of the whole area, and knows what its last days usually have."""

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
    usual: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, the strongest first; how many tests of places and of areas that took; which engine did it; what repeats."""

    signals: tuple[Signal, ...]
    scans: int
    trends: int
    engine: str
    repeats: Repeats | None = None


@dataclass(frozen=True, slots=True)
class RepeatPlace:
    """A cell that reports more than others: how many, expected if all were alike, and the multiple with its 95 % limits."""

    lat: float
    lon: float
    reports: int
    expected: float
    relative: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class NearRepeat:
    """Pairs of reports between so many metres and days from each other, both ends included: more than by chance, and the chance of it."""

    metres_from: int
    metres: int
    days_from: int
    days: int
    observed: int
    expected: float
    ratio: float | None
    p_value: float


@dataclass(frozen=True, slots=True)
class Repeats:
    """Where the reports of a group repeat: the surest places, their share of all reports, and the near-repeat table."""

    places: tuple[RepeatPlace, ...]
    share: float
    near: tuple[NearRepeat, ...]


def look(counts: Counts, looking: Looking, *, seed: int, progress: Progress | None = None) -> Looked:
    """Look for what rises at the end of the period. The same counts, settings, seed and engine find the same to the bit."""
    places = _places(counts, looking, seed, progress) if counts.total >= FEWEST_REPORTS else None
    areas, watched = _areas(counts)
    signals = sorted((places or ()) + areas, key=lambda signal: (signal.p_value, -signal.statistic))
    scans = int(places is not None)
    repeats = _repeats(counts, seed) if scans else None
    return Looked(tuple(signals), scans, watched, _engine() if scans or watched else "", repeats)


def _engine() -> str:
    from vicinia_analytics.scan.results import own_version

    return f"watch {own_version()}"


def _places(
    counts: Counts, looking: Looking, seed: int, progress: Progress | None
) -> tuple[Signal, ...] | None:
    """Circles that rise; None if there is a single place, with nothing to compare it with."""
    _keep_compiled()
    from vicinia_analytics.scan import Places, Study
    from vicinia_analytics.watch import WatchSettings, watch

    places = counts.places
    if len(places) < 2:
        return None
    points = {cell: counts.grid.centre(cell) for cell in places}
    study = Study.of(
        [(cell, counts.day_of(day), number) for cell, day, number in counts.cells],
        places=Places.of([(cell, *points[cell]) for cell in places], geographic=True),
        start=counts.first_day,
        end=counts.last_day,
    )
    settings = WatchSettings(max_days=looking.longest_days, max_radius_km=looking.radius_m / 1000)
    found = watch(study, settings=settings, seed=seed, progress=progress)
    return tuple(_signal(signal, points) for signal in found.signals)


def _keep_compiled() -> None:
    """Compiled loops are kept in VICINIA_HOME, where a service may write, apart for each version of their source."""
    folder = Path(find_spec("vicinia_analytics").origin).parent / "scan/kernels"  # type: ignore[union-attr, arg-type]
    source = sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(installation.HOME) / "compiled" / source[:16]))


def _signal(found: Any, points: dict[str, tuple[float, float]]) -> Signal:
    p_value = min(max(float(found.p_value), _SMALLEST_P), 1.0)
    return Signal(
        method=Method.PERMUTATION,
        cells=tuple(found.locations),
        area_id=None,
        centre=points[found.centre],
        radius_m=round(found.radius_km * 1000),
        first_day=found.start,
        last_day=found.end,
        observed=found.observed,
        expected=float(found.expected),
        statistic=float(found.statistic),
        p_value=p_value,
        recurrence_days=1 / p_value,
    )


def _areas(counts: Counts) -> tuple[tuple[Signal, ...], int]:
    """Areas that rise as a whole, which no circle shows; and how many areas have enough reports to be watched."""
    import numpy as np

    from vicinia_analytics.watch import rise

    areas = sorted({area for area, _day, _number in counts.areas} - {NOWHERE})
    daily = {area: np.array(counts.by_day((), area_id=area)) for area in areas}
    watched = {area: series for area, series in daily.items() if int(series.sum()) >= FEWEST_REPORTS}
    signals = []
    for area, series in watched.items():
        found = rise(series, watched=min(CURVE_DAYS, len(series) // 3))
        if found is None:
            continue
        signals.append(_of_area(counts, area, found))
    return tuple(signals), len(watched)


def _of_area(counts: Counts, area: int, found: Any) -> Signal:
    p_value = max(found.p_value, _SMALLEST_P)
    return Signal(
        method=Method.TREND,
        cells=(),
        area_id=area,
        centre=None,
        radius_m=0,
        first_day=counts.day_of(found.start),
        last_day=counts.last_day,
        observed=found.observed,
        expected=found.expected,
        statistic=found.statistic,
        p_value=p_value,
        recurrence_days=1 / p_value,
        usual=tuple(zip(found.by_day.round(3).tolist(), found.usual.tolist(), strict=True)),
    )


# A place is shown if it surely has more than the mean, and the cells of a circle of neighbours make the bands of distance.
_SURELY, _TOP = 1.0, 20
_BANDS_DAYS, _PERMUTATIONS = (1, 7, 14, 28), 999


def _repeats(counts: Counts, seed: int) -> Repeats:
    """Repeat places against the mean of all cells that have ever reported; near repeats in bands of cells and days."""
    import numpy as np

    from vicinia_analytics.repeats import Reports, near_repeats, repeat_places

    places = counts.places
    index = {cell: at for at, cell in enumerate(places)}
    in_place = np.zeros(len(places), dtype=np.int64)
    for cell, _day, number in counts.cells:
        in_place[index[cell]] += number
    found = repeat_places(in_place, ratio=1.0, top=_TOP)
    sure = tuple(
        RepeatPlace(
            *counts.grid.centre(places[row.place]), row.reports, row.expected, row.relative, row.low, row.high
        )
        for row in found.places
        if row.low > _SURELY
    )
    share = sum(row.reports for row in sure) / found.reports
    each = [(cell, day) for cell, day, number in counts.cells for _ in range(number)]
    rows, columns = (np.array([int(cell.split(":")[part]) for cell, _ in each]) for part in (0, 1))
    metres = counts.grid.metres
    where = Reports(columns * float(metres), rows * float(metres), np.array([day for _, day in each]))
    bands = (0, metres * 3 // 2, metres * 3)
    table = near_repeats(where, metres=bands, days=_BANDS_DAYS, permutations=_PERMUTATIONS, seed=seed)
    near = tuple(
        NearRepeat(
            round(one.metres_from),
            round(one.metres_to),
            one.days_from,
            one.days_to,
            one.observed,
            one.expected,
            one.ratio,
            one.p,
        )
        for one in table
    )
    return Repeats(sure, share, near)
