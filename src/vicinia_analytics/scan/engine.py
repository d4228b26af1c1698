"""Scans: from a study and its settings to clusters.

Each model is one function; all give a `ScanResult`. A search works on any model: what differs is the base, the share a zone may
hold, and how replicates are made.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

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
from vicinia_analytics.scan.packing import COARSE_LEVELS, LEVELS, WHOLE, alias_table, pack, pack_anywhere
from vicinia_analytics.scan.results import Cluster, ScanResult, own_version
from vicinia_analytics.scan.zones import Zones, zones

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[int, int], None]
"""Told after each batch of replicates: how many are done, of how many."""

_KULLDORFF, _BERNOULLI, _EXPECTATION = 0, 1, 2
_SHUFFLE, _CHOOSE, _SCATTER = 0, 1, 2
# Replicates that go through the places together. More read the tables less often; many more no longer fit in the cache.
_BLOCK = 128
_LANES = 32
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
    base = cases.sum(axis=1)[:, None] * (cases.sum(axis=0) / total)[None, :]
    replicate = (
        _fast_replicates(around, cases, lengths, settings)
        if settings.prospective
        else _anywhere_replicates(around, cases, base, lengths, settings)
    )
    if settings.prospective:  # what is before the longest window is in no window
        cases, base = cases[:, -lengths[1] :], np.ascontiguousarray(base[:, -lengths[1] :])
    return _run(
        _Search(study, settings, Model.PERMUTATION, around, np.ascontiguousarray(cases), base, _KULLDORFF, total, total, lengths, replicate, _BLOCK if settings.prospective else _LANES),
        progress,
    )  # fmt: skip


def forecast(
    study: Study, expected: Forecast, settings: Settings | None = None, *, progress: Progress | None = None
) -> ScanResult:
    """Scan of the latest days against a forecast: Neill's score (2009), chance measured by permutation as `permutation` does.

    What is expected comes from the past, so a cluster does not hide itself by raising its own share; and as replicates keep the
    cases of each day and of each place, a day on which the whole town has more is no signal, however wrong the forecast was. Raises
    ScanInputError if the settings are not prospective or the forecast is not of these places and this window.
    """
    settings = settings or Settings()
    lengths = _lengths(study, settings)
    if not settings.prospective:
        raise ScanInputError("A forecast is compared with the latest days only.")
    if len(expected.share) != len(study.places) or len(expected.by_period) != lengths[1]:
        raise ScanInputError(f"A forecast of {len(expected.share)} places and {len(expected.by_period)} periods, for {len(study.places)} and {lengths[1]}.")  # fmt: skip
    if study.total < 2:
        raise ScanInputError(f"{study.total} cases; a permutation needs at least two.")
    weight = np.maximum(1, np.rint(expected.share * (WHOLE / expected.share.sum()))).astype(np.int64)
    by_length = expected.by_period[::-1].cumsum()[lengths[0] - 1 :]
    around = zones(study.places, measure=study.cases.sum(axis=1), settings=settings)
    replicate = _fast_replicates(around, study.cases, lengths, settings, (weight, by_length / WHOLE))
    base = weight[:, None] * (expected.by_period / WHOLE)[None, :]
    cases = np.ascontiguousarray(study.cases[:, -lengths[1] :])
    search = _Search(study, settings, Model.FORECAST, around, cases, base, _EXPECTATION, float(study.total), float(base.sum()), lengths, replicate, _BLOCK)  # fmt: skip
    return _run(search, progress)


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
        return _general(around, base, lengths, settings, _BERNOULLI, base_total, _CHOOSE, cells, np.zeros(1), how_many, first, number)  # fmt: skip

    search = _Search(study, settings, Model.BERNOULLI, around, study.cases, base, _BERNOULLI, total, base_total, lengths, replicate)  # fmt: skip
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
    code = _EXPECTATION if model is Model.EXPECTATION else _KULLDORFF
    base_total = float(base.sum())

    def replicate(first: int, number: int) -> Floats:
        return _general(around, base, lengths, settings, code, base_total, _SCATTER, alias, threshold, how_many, first, number)  # fmt: skip

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


# ---------------------------------------------------------------- replicates


def _threads_of(settings: Settings) -> int:
    """How many threads a scan uses: as many as asked for or as there are."""
    import numba

    most: int = numba.config.NUMBA_NUM_THREADS  # type: ignore[attr-defined]
    return min(settings.threads or most, most)


@contextmanager
def _threads(settings: Settings) -> Iterator[None]:
    """The threads that were asked for; the results do not depend on them."""
    import numba

    before = numba.get_num_threads()
    numba.set_num_threads(_threads_of(settings))
    try:
        yield
    finally:
        numba.set_num_threads(before)


def _fast_replicates(
    around: Zones,
    cases: Ints,
    lengths: tuple[int, int],
    settings: Settings,
    forecast: tuple[Ints, Floats] | None = None,
) -> Callable[[int, int], Floats]:
    """Permutation with windows that end with the data: see `kernels`."""
    from vicinia_analytics.scan import kernels

    packed = pack(around, cases, lengths, forecast)
    code = _KULLDORFF if forecast is None else _EXPECTATION
    block = min(_BLOCK, -(-settings.replications // _threads_of(settings)) or 1)
    required: list[Any] = []
    entry_kind = np.zeros(0, dtype=np.uint16 if lengths[1] <= 256 else np.uint32)

    def replicate(first: int, number: int) -> Floats:
        if not required:
            required.append(
                kernels.required_counts(
                    LEVELS, code, settings.min_cases, packed.rate, packed.in_window, len(packed.case_place), packed.largest, packed.lane_bits,
                    packed.words,
                )
            )  # fmt: skip
        return np.asarray(
            kernels.permutation_maxima(
                packed.order, packed.reach, packed.case_place, packed.weight, packed.starts, packed.increments, code,
                settings.min_cases, packed.rate, LEVELS, required[0], packed.lane_bits, settings.seed, first, number, block, entry_kind,
            )
        )  # fmt: skip

    return replicate


def _anywhere_replicates(
    around: Zones, cases: Ints, base: Floats, lengths: tuple[int, int], settings: Settings
) -> Callable[[int, int], Floats]:
    """Permutation with windows anywhere."""
    from vicinia_analytics.scan import kernels

    packed = pack_anywhere(around, cases, lengths)
    if packed is None:
        return _shuffled_replicates(around, cases, base, lengths, settings)
    required: list[Any] = []

    def replicate(first: int, number: int) -> Floats:
        if not required:
            required.append(
                kernels.required_anywhere(COARSE_LEVELS, settings.min_cases, packed.in_window, len(packed.period_of), packed.strip_begins, lengths[0])
            )  # fmt: skip
        return np.asarray(
            kernels.anywhere_maxima(
                around.order, around.reach, packed.begins, packed.period_of, packed.in_window, lengths[0], settings.min_cases, COARSE_LEVELS,
                packed.strip_begins, packed.strip_of, required[0], settings.seed, first, number,
            )
        )  # fmt: skip

    return replicate


def _shuffled_replicates(
    around: Zones, cases: Ints, base: Floats, lengths: tuple[int, int], settings: Settings
) -> Callable[[int, int], Floats]:
    """Permutation with windows anywhere."""
    place, period = np.nonzero(cases)
    place_of, period_of = np.repeat(place, cases[place, period]), np.repeat(period, cases[place, period])
    how_many = np.full(settings.replications, len(place_of))

    def replicate(first: int, number: int) -> Floats:
        return _general(around, base, lengths, settings, _KULLDORFF, len(place_of), _SHUFFLE, place_of, period_of.astype(float), how_many, first, number)  # fmt: skip

    return replicate


def _general(
    around: Zones, base: Floats, lengths: tuple[int, int], settings: Settings, code: int, base_total: float,
    way: int, a: Ints, b: Floats, how_many: Ints, first: int, number: int,
) -> Floats:  # fmt: skip
    from vicinia_analytics.scan import kernels

    return np.asarray(
        kernels.general_maxima(
            around.order, around.reach, base, lengths, settings.prospective, code, settings.min_cases, float(base_total), way, a, b,
            how_many[first : first + number].astype(np.int64), settings.seed, first,
        )
    )  # fmt: skip


# ---------------------------------------------------------------- the search


def _run(search: _Search, progress: Progress | None) -> ScanResult:
    from vicinia_analytics.scan import kernels

    started = time.perf_counter()
    with _threads(search.settings):
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
    number = search.together * _threads_of(settings)
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
    expected = base * search.total / search.base_total if search.code == _BERNOULLI else base
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
    if search.code == _EXPECTATION:
        return observed / expected
    outside, expected_outside = search.total - observed, search.total - expected
    return (
        (observed / expected) / (outside / expected_outside) if outside > 0 and expected_outside > 0 else None
    )
