"""Scans: from a study and its settings to clusters.

Each model is one function; all give a `ScanResult`. A search works on any model: what differs is the base, the share a zone may
hold, and how replicates are made.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from vicinia_analytics.scan import pvalues
from vicinia_analytics.scan.inputs import (
    Floats,
    Forecast,
    Ints,
    Model,
    PValue,
    ScanInputError,
    Settings,
    Study,
)
from vicinia_analytics.scan.packing import alias_table
from vicinia_analytics.scan.replicates import (
    BERNOULLI,
    BLOCK,
    CHOOSE,
    EXPECTATION,
    KULLDORFF,
    LANES,
    SCATTER,
    anywhere_replicates,
    general,
    latest_replicates,
    threads,
    threads_of,
)
from vicinia_analytics.scan.results import Cluster, ScanResult, own_version
from vicinia_analytics.scan.zones import Zones, zones

if TYPE_CHECKING:
    pass

Progress = Callable[[int, int], None]
"""Told after each batch of replicates: how many are done, of how many."""

_BATCH_SECONDS = 0.5


@dataclass(frozen=True)
class _Search:
    """What is to be searched: everything the kernels ask, whatever the model."""

    study: Study
    settings: Settings
    model: Model
    zones: Zones
    counts: Ints
    base: Floats
    code: int
    total: float
    base_total: float
    lengths: tuple[int, int]
    replicate: Callable[[int, int], Floats]
    """(first, how many) → the best scores of those replicates."""
    together: int = 16
    """How many replicates a thread makes at once."""


def permutation(
    study: Study, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Space-time permutation scan (Kulldorff et al. 2005, PLoS Med 2:e59): needs cases only.

    Places that always have more and days that always have more are allowed for by themselves. Raises ScanInputError for fewer
    than two cases.
    """
    settings = settings or Settings()
    cases, total = study.cases, study.total
    if total < 2:
        raise ScanInputError(f"{total} cases; a permutation needs at least two.")
    lengths = _lengths(study, settings)
    around = zones(study.places, measure=cases.sum(axis=1), settings=settings)
    # What is before the longest window that ends with the data is in no window.
    latest = slice(-lengths[1], None) if settings.prospective else slice(None)
    base = cases.sum(axis=1)[:, None] * (cases.sum(axis=0)[latest] / total)[None, :]
    replicate, together = (
        (latest_replicates(around, cases, lengths, settings), BLOCK)
        if settings.prospective
        else (anywhere_replicates(around, cases, base, lengths, settings), LANES)
    )
    counts = np.ascontiguousarray(cases[:, latest])
    search = _Search(study, settings, Model.PERMUTATION, around, counts, base, KULLDORFF, total, total, lengths, replicate, together)  # fmt: skip
    return _run(search, progress)


def forecast(
    study: Study, expected: Forecast, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Expectation-based scan of the latest days: a place's share of all cases × what was forecast of the town, Neill's score (2009).

    Unlike `permutation` it knows when the whole town has more than usual, so it sees more, and is deceived by a wrong forecast. A
    replicate has as many cases each period as the forecast may give (negative binomial), of places that all cases draw. Raises
    ScanInputError if the settings are not prospective or the forecast is of another window.
    """
    settings = settings or Settings()
    lengths, total = _lengths(study, settings), study.total
    if not settings.prospective:
        raise ScanInputError("A forecast is compared with the latest periods only.")
    if len(expected.by_period) != lengths[1]:
        raise ScanInputError(f"A forecast of {len(expected.by_period)} periods for windows of {lengths[1]}.")
    if total < 2:
        raise ScanInputError(f"{total} cases; a permutation needs at least two.")
    around = zones(study.places, measure=study.cases.sum(axis=1), settings=settings)
    by_length = expected.by_period[::-1].cumsum()[lengths[0] - 1 :]
    replicate = latest_replicates(
        around, study.cases, lengths, settings, (by_length, _ages(expected, total, settings))
    )
    base = study.cases.sum(axis=1)[:, None] * (expected.by_period / total)[None, :]
    counts = np.ascontiguousarray(study.cases[:, -lengths[1] :])
    search = _Search(study, settings, Model.FORECAST, around, counts, base, EXPECTATION, total, float(base.sum()), lengths, replicate, BLOCK)  # fmt: skip
    return _run(search, progress)


def _ages(expected: Forecast, total: int, settings: Settings) -> Ints:
    """How many cases each replicate has in each period, youngest first: int64[replications, periods]; together at most all."""
    random = np.random.default_rng([settings.seed, 3])
    mean = np.broadcast_to(expected.by_period[::-1], (max(1, settings.replications), len(expected.by_period)))
    if expected.overdispersion:
        mean = random.gamma(1 / expected.overdispersion, mean * expected.overdispersion)
    so_far = np.minimum(random.poisson(mean).cumsum(axis=1), total)
    return np.diff(so_far, axis=1, prepend=0)


def poisson(
    study: Study, expected: Floats, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Discrete Poisson scan (Kulldorff 1997). expected: float64[places, periods], see `population.expected_cases`; its sum is scaled
    to the cases. Raises ScanInputError if the shape differs, or cases are where none are expected.
    """
    settings = settings or Settings()
    _check_base(study, expected, "expected")
    total = study.total
    if not total:
        raise ScanInputError("There are no cases in the days under study.")
    base = np.ascontiguousarray(expected * (total / expected.sum()))
    return _scattered(study, base, settings, Model.POISSON, np.full(settings.replications, total), progress)


def expectation(
    study: Study, baseline: Floats, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Expectation-based Poisson scan (Neill 2009): more than the baseline, whatever happens elsewhere.

    baseline: float64[places, periods], counts expected from the past. Raises ScanInputError as `poisson`.
    """
    settings = settings or Settings()
    _check_base(study, baseline, "baseline")
    drawn = np.random.default_rng([settings.seed, 2]).poisson(baseline.sum(), settings.replications)
    return _scattered(
        study, np.ascontiguousarray(baseline, np.float64), settings, Model.EXPECTATION, drawn, progress
    )


def bernoulli(
    study: Study, controls: Ints, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Bernoulli scan (Kulldorff 1997): cases among cases and controls. controls: int64[places, periods].

    Raises ScanInputError if the shape differs, a number is below 0, or there are no cases or no controls.
    """
    settings = settings or Settings()
    if controls.shape != study.cases.shape:
        raise ScanInputError(f"Controls have the shape {controls.shape}, cases {study.cases.shape}.")
    negative = np.argwhere(controls < 0)
    if len(negative):
        place, period = negative[0].tolist()
        raise ScanInputError(f"Place {study.places.names[place]!r}, {study.calendar.first_day(period)}: {controls[place, period]} controls; they are 0 or more.")  # fmt: skip
    if not controls.sum() > 0 or not study.total:
        raise ScanInputError("A Bernoulli scan needs cases and controls.")
    everyone = study.cases + controls
    lengths = _lengths(study, settings)
    around = zones(study.places, measure=everyone.sum(axis=1), settings=settings)
    cells = np.repeat(np.arange(everyone.size), everyone.ravel())
    base = everyone.astype(np.float64)
    total, base_total = float(study.total), float(everyone.sum())
    how_many = np.full(settings.replications, study.total)

    def replicate(first: int, number: int) -> Floats:
        return general(around, base, lengths, settings, BERNOULLI, base_total, CHOOSE, cells, np.zeros(1), how_many, first, number)  # fmt: skip

    search = _Search(study, settings, Model.BERNOULLI, around, study.cases, base, BERNOULLI, total, base_total, lengths, replicate)  # fmt: skip
    return _run(search, progress)


def _scattered(
    study: Study,
    base: Floats,
    settings: Settings,
    model: Model,
    how_many: Ints,
    progress: Progress | None = None,
) -> ScanResult:
    """The Poisson models: cases fall in cells as their base says."""
    lengths = _lengths(study, settings)
    around = zones(study.places, measure=base.sum(axis=1), settings=settings)
    alias, threshold = alias_table(base.ravel())
    code = EXPECTATION if model is Model.EXPECTATION else KULLDORFF
    base_total = float(base.sum())

    def replicate(first: int, number: int) -> Floats:
        return general(around, base, lengths, settings, code, base_total, SCATTER, alias, threshold, how_many, first, number)  # fmt: skip

    search = _Search(study, settings, model, around, study.cases, base, code, float(study.total), base_total, lengths, replicate)  # fmt: skip
    return _run(search, progress)


def _check_base(study: Study, base: Floats, what: str) -> None:
    if base.shape != study.cases.shape:
        raise ScanInputError(f"The {what} has the shape {base.shape}, cases {study.cases.shape}.")
    wrong = np.argwhere(~(base >= 0))
    if len(wrong):
        place, period = wrong[0].tolist()
        raise ScanInputError(f"Place {study.places.names[place]!r}, {study.calendar.first_day(period)}: the {what} is {base[place, period]}.")  # fmt: skip
    without = np.argwhere((base == 0) & (study.cases > 0))
    if len(without):
        place, period = without[0].tolist()
        raise ScanInputError(f"Place {study.places.names[place]!r}, {study.calendar.first_day(period)}: cases where none is expected.")  # fmt: skip


def _lengths(study: Study, settings: Settings) -> tuple[int, int]:
    """Shortest and longest window in periods; without a longest, half of the study as is the habit (one period: all of it)."""
    periods = len(study.calendar)
    longest = settings.max_length if settings.max_length is not None else max(1, periods // 2)
    longest = min(longest, periods)
    if settings.min_length > longest:
        raise ScanInputError(f"Windows of {settings.min_length} periods in a study of {periods}.")
    return settings.min_length, longest


# ---------------------------------------------------------------- the search


def _run(search: _Search, progress: Progress | None) -> ScanResult:
    from vicinia_analytics.scan import kernels

    started = time.perf_counter()
    with threads(search.settings):
        scores, found = kernels.best_by_centre(
            search.zones.order, search.zones.reach, np.ascontiguousarray(search.counts), search.base, search.lengths, search.settings.prospective,
            search.code, search.settings.min_cases, float(search.total), float(search.base_total),
        )  # fmt: skip
        chosen = _apart(search, scores, found)
        maxima = _maxima(search, float(scores.max(initial=0.0)), progress)
    clusters = tuple(
        _cluster(search, rank, centre, scores, found, maxima) for rank, centre in enumerate(chosen, 1)
    )
    settings = asdict(search.settings) | {"model": str(search.model), "unit": str(search.study.calendar.unit)}
    return ScanResult(clusters, len(maxima), time.perf_counter() - started, settings, own_version())


def _apart(search: _Search, scores: Floats, found: Ints) -> list[int]:
    """Centres of the clusters: the best first, then those that share no place with a better one.

    Of equal scores the one of fewer places comes first, as a place without cases adds nothing; then input order.
    """
    taken: set[int] = set()
    chosen: list[int] = []
    for centre in np.lexsort((np.arange(len(scores)), found[:, 0], -np.round(scores, 9))).tolist():
        if len(chosen) == search.settings.clusters or scores[centre] <= 0:
            break
        members = search.zones.order[centre, : int(found[centre, 0]) + 1].tolist()
        if taken.isdisjoint(members):
            taken.update(members)
            chosen.append(centre)
    return chosen


def _maxima(search: _Search, statistic: float, progress: Progress | None) -> Floats:
    """The replicates' best scores, in batches of about half a second: progress is told, an interruption is heard.

    A replicate depends on the seed and its number only, so batches change nothing.
    """
    settings, done = search.settings, 0
    number = search.together * threads_of(settings)
    maxima = np.zeros(settings.replications)
    sequential = settings.p_value is PValue.SEQUENTIAL
    while done < settings.replications:
        number = min(number, settings.replications - done)
        began = time.perf_counter()
        maxima[done : done + number] = search.replicate(done, number)
        done += number
        if progress:
            progress(done, settings.replications)
        number *= 2 if time.perf_counter() - began < _BATCH_SECONDS else 1
        if sequential:
            stop = pvalues.stopping_point(statistic, maxima[:done], settings.stop_after)
            if stop is not None:
                return maxima[:stop]
            number = min(number, pvalues.replicates_to_stop(statistic, maxima[:done], settings.stop_after))
    return maxima


def _cluster(search: _Search, rank: int, centre: int, scores: Floats, found: Ints, maxima: Floats) -> Cluster:
    position, first, last = found[centre].tolist()
    order = search.zones.order[centre, : position + 1]
    window = slice(first, last + 1)
    observed = int(search.counts[order, window].sum())
    base = float(search.base[order, window].sum())
    expected = base * search.total / search.base_total if search.code == BERNOULLI else base
    statistic = float(scores[centre])
    p_value, tail = _chances(search.settings, statistic, maxima)
    calendar = search.study.calendar
    offset = len(calendar) - search.counts.shape[1]
    used = tail if search.settings.p_value is PValue.GUMBEL and tail is not None else p_value
    interval = (
        pvalues.recurrence_interval(
            used, days_between=calendar.unit.days, analyses=search.settings.analyses_before
        )
        if used and search.settings.prospective
        else None
    )
    places = search.study.places
    radius = float(places.distances_km(np.array([centre]))[0, order].max())
    return Cluster(
        rank, tuple(places.names[place] for place in order.tolist()), places.names[centre], radius,
        calendar.first_day(first + offset), calendar.last_day(last + offset), observed, expected,
        _relative_risk(search, observed, expected), statistic, p_value, tail, interval,
    )  # fmt: skip


def _chances(settings: Settings, statistic: float, maxima: Floats) -> tuple[float | None, float | None]:
    if not len(maxima):
        return None, None
    if settings.p_value is PValue.SEQUENTIAL:
        return pvalues.sequential(statistic, maxima, settings.stop_after), pvalues.gumbel(statistic, maxima)
    return pvalues.monte_carlo(statistic, maxima), pvalues.gumbel(statistic, maxima)


def _relative_risk(search: _Search, observed: int, expected: float) -> float | None:
    """Observed over expected inside, divided by the same outside; for the expectation-based scan, inside only."""
    if search.code == EXPECTATION:
        return observed / expected
    outside, expected_outside = search.total - observed, search.total - expected
    return (
        (observed / expected) / (outside / expected_outside) if outside > 0 and expected_outside > 0 else None
    )
