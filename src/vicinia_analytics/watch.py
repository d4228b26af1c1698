"""The watch of a town, evening after evening: which rises of the last days to look at, and how often chance alone gives one.

What is put together here, and why, is what `benchmarks/replay.py` measured (docs/adr/0016): a permutation scan of small circles
over the last week, which a change of the whole town does not deceive; and for a whole area, whose rise no circle shows, a negative
binomial CUSUM of its days.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from vicinia_analytics.scan import (
    Cluster,
    PValue,
    ScanInputError,
    Settings,
    Study,
    permutation,
)
from vicinia_analytics.scan.inputs import Floats, Ints, Unit
from vicinia_analytics.trends.cusum import CusumSettings, Line, alarm_line, cusum
from vicinia_analytics.trends.results import usual_at_most
from vicinia_analytics.trends.seasonal import MovingSettings, moving_expectation

Progress = Callable[[int, int], None]
_SMALLEST_P = 1e-9
_IN_CORE = 0.4
_USUAL = 0.975
# A level of 28 days is so uncertain that sums of it alarm half as often again as they say; 56 keep the promise.
_LEVEL_DAYS = 56
# A sum that chance reaches every few days.
_NO_RISE = 1.0


@dataclass(frozen=True)
class WatchSettings:
    """How a town is watched: days of the longest window, kilometres of the widest circle, fewest reports of a rise.

    Raises ScanInputError for a value out of range, when it is used.
    """

    max_days: int = 7
    max_radius_km: float = 0.75
    min_cases: int = 3
    replications: int = 999
    clusters: int = 5
    threads: int | None = None


@dataclass(frozen=True)
class Signal:
    """A rise, whatever chance says of it. Days are both included.

    locations: places of the circle, nearest its centre first; core: those that belong to it however the circle is drawn (see `_core`).
    expected: cases, by the share of the place in the year and of the days in the town. p_value: that an evening without any rise shows
    one as surprising; recurrence_days: its inverse.
    """

    locations: tuple[str, ...]
    core: tuple[str, ...]
    centre: str
    radius_km: float
    start: dt.date
    end: dt.date
    observed: int
    expected: float
    statistic: float
    p_value: float
    recurrence_days: float


@dataclass(frozen=True)
class Watched:
    """The rises of an evening, the least likely by chance first; seconds it took; version of the package."""

    signals: tuple[Signal, ...]
    seconds: float
    version: str


def watch(
    study: Study, *, settings: WatchSettings | None = None, seed: int = 1, progress: Progress | None = None
) -> Watched:
    """Rises that go on at the end of a daily study, whose history should be of a year.

    The same study, settings and seed give the same, on any number of threads. Raises ScanInputError for a study that is not by day or
    holds fewer than two cases.
    """
    settings = settings or WatchSettings()
    if study.calendar.unit is not Unit.DAY:
        raise ScanInputError("A town is watched by day.")
    started = time.perf_counter()
    how = Settings(
        max_length=settings.max_days, max_radius=settings.max_radius_km, min_cases=settings.min_cases,
        replications=settings.replications, p_value=PValue.GUMBEL, seed=seed, threads=settings.threads, clusters=settings.clusters,
    )  # fmt: skip
    found = permutation(study, how, progress=progress)
    signals = tuple(_signal(study, settings, cluster) for cluster in found.clusters)
    return Watched(signals, time.perf_counter() - started, found.version)


@dataclass(frozen=True)
class Rise:
    """A series that is above what it usually has, since the day `start`, counted from its first.

    expected: cases since then; statistic: the sum of the CUSUM. recurrence_days: days between sums as high by chance; p_value: its
    inverse. by_day, usual: expected and usually at most (97.5 %), for each of the days watched.
    """

    start: int
    observed: int
    expected: float
    statistic: float
    p_value: float
    recurrence_days: float
    by_day: Floats
    usual: Ints


def rise(counts: Ints, *, watched: int = 60, left_out: int = 7, ratio: float = 2.0) -> Rise | None:
    """Whether a daily series ends in a rise; None if it hardly does, or has too few days before those `watched` to say what is usual.

    left_out: days before each one that it does not learn from, so that a rise does not become usual at once. ratio: the rise looked
    for. Raises TrendInputError for a count below 0.
    """
    first = len(counts) - watched
    moving = MovingSettings(window=_LEVEL_DAYS, left_out=left_out)
    if first < 2 * moving.window + left_out or not counts[:first].any():
        return None
    known = moving_expectation(counts, first=first, settings=moving)
    settings = CusumSettings(ratio=ratio)
    # No line: the sum goes on. What it would take a line to say is worth its simulation only for a sum that is something.
    never = Line(float("inf"), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    score = cusum(counts, known, settings=settings, line=never).score
    statistic = float(score[-1])
    if not statistic > _NO_RISE:
        return None
    since = int(np.flatnonzero(np.concatenate([[0.0], score]) == 0)[-1])
    days = alarm_line(known, settings=settings).recurrence_days(score[-1:])
    recurrence = max(1.0, float(days[0]))
    usual = usual_at_most(1 - _USUAL, known.mean, known.overdispersion).astype(np.int64)
    return Rise(
        first + since, int(counts[first + since :].sum()), float(known.mean[since:].sum()), statistic, max(1 / recurrence, _SMALLEST_P),
        recurrence, known.mean, usual,
    )  # fmt: skip


def _chance(cluster: Cluster) -> float:
    p = cluster.gumbel_p_value if cluster.gumbel_p_value is not None else cluster.p_value
    return 1.0 if p is None else max(p, _SMALLEST_P)


def _signal(study: Study, settings: WatchSettings, cluster: Cluster) -> Signal:
    p = _chance(cluster)
    return Signal(
        cluster.locations, _core(study, settings, cluster), cluster.centre, cluster.radius_km, cluster.start, cluster.end,
        cluster.observed, cluster.expected, cluster.statistic, p, 1 / p,
    )  # fmt: skip


def _core(study: Study, settings: WatchSettings, cluster: Cluster) -> tuple[str, ...]:
    """Places in at least two fifths of the circles around, each counted by its likelihood (Kulldorff's, all sizes and windows alike)."""
    places, index = study.places, study.places.index()
    from_centre = places.distances_km(np.array([index[cluster.centre]]))[0]
    near = np.flatnonzero(from_centre <= 2 * settings.max_radius_km)
    apart = places.distances_km(near)[:, near]
    order = np.argsort(apart, axis=1, kind="stable")
    within = np.take_along_axis(apart, order, axis=1) <= settings.max_radius_km
    latest = study.cases[near, -settings.max_days :][:, ::-1].cumsum(axis=1)
    total = study.total
    share = study.cases[:, -settings.max_days :].sum(axis=0)[::-1].cumsum() / total
    observed = latest[order].cumsum(axis=1)
    expected = study.cases[near].sum(axis=1)[order].cumsum(axis=1)[:, :, None] * share
    weight = _likelihood(observed, expected, total)
    weight[~within[:, :, None] | (observed < settings.min_cases)] = 0.0
    # A place is in its circle from its own position on.
    of_position = weight.sum(axis=2)[:, ::-1].cumsum(axis=1)[:, ::-1]
    inside = np.zeros(len(near))
    np.add.at(inside, order.ravel(), of_position.ravel())
    chosen = near[inside > _IN_CORE * weight.sum()]
    by_distance = chosen[np.argsort(from_centre[chosen], kind="stable")]
    return tuple(places.names[place] for place in by_distance.tolist())


def _likelihood(observed: Floats, expected: Floats, total: int) -> Floats:
    """Likelihood of an excess over no excess, over the highest of all; 0 without excess."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = xlogy(observed, observed / expected) + xlogy(
            total - observed, (total - observed) / (total - expected)
        )
    score = np.where(observed > expected, score, -np.inf)
    highest = score.max(initial=-np.inf)
    return np.exp(score - highest) if np.isfinite(highest) else np.zeros_like(score)
