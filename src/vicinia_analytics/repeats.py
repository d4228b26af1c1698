"""What comes back: places with more reports than their share, and reports that draw others near them soon after.

Coordinates are metres on a plane, days are whole. Rows are counted from 1 in what errors say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import gamma

from vicinia_analytics.regression import negative_binomial_overdispersion

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_Days = np.ndarray[Any, np.dtype[np.int16]]

# Permutations side by side: rows of 64 bytes, one line of the cache.
_LANES = 32
# Pairs at a time and centres at a time: a few megabytes, whatever the number of events.
_PAIRS = 16_384
_FOLD = 128
_CENTRES = 512
_MOST_SHUFFLED = 64 * 2**20
_LONGEST = np.iinfo(np.int16).max


class RepeatInputError(ValueError):
    """Reports or bands can't be used; the sentence names the row, counted from 1, and what is wrong with it."""


@dataclass(frozen=True)
class RepeatPlace:
    """A place (its position in the counts) against what its exposure leads to expect.

    relative: reports as a multiple of the expected, shrunk. low, high: where it lies with 95 %. exceedance: the chance that it is above
    the ratio asked for.
    """

    rank: int
    place: int
    reports: int
    expected: float
    relative: float
    low: float
    high: float
    exceedance: float


@dataclass(frozen=True)
class RepeatPlaces:
    """Places, the surest first. share_of_top: part of all reports in them. clustering: variance of the places' true multiples, 0 if
    chance alone explains how the reports lie."""

    places: tuple[RepeatPlace, ...]
    share_of_top: float
    reports: int
    clustering: float


def repeat_places(
    counts: Ints, *, exposure: Floats | None = None, ratio: float = 2.0, top: int = 20
) -> RepeatPlaces:
    """Places that report more than `ratio` times the area's mean, by empirical Bayes: few reports count for little.

    Multiples are gamma with mean 1 and a variance that the counts say by maximum likelihood, reports Poisson (Clayton and Kaldor 1987,
    Biometrics 43:671-681); exceedance as in Richardson et al. 2004, Environ Health Perspect 112:1016-1025. counts: int64[places], of one
    period. exposure: float64[places], addresses, people or expected reports; alike if None. Raises RepeatInputError for counts below 0,
    exposure not above 0, or no reports.
    """
    reports = np.asarray(counts, dtype=np.float64)
    _check("Place", "a count is a number from 0", ~(np.isfinite(reports) & (reports >= 0)))
    sizes = np.ones(len(reports)) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if sizes.shape != reports.shape:
        raise RepeatInputError(f"{sizes.size} exposures for {len(reports)} places.")
    _check("Place", "the exposure is not above 0", ~(np.isfinite(sizes) & (sizes > 0)))
    if not reports.sum() > 0:
        raise RepeatInputError("There are no reports.")
    if not (ratio > 0 and top >= 1):
        raise RepeatInputError("The ratio is above 0, and at least one place is asked for.")
    expected = sizes * reports.sum() / sizes.sum()
    clustering = negative_binomial_overdispersion(reports, expected)
    # Multiples that do not differ: a prior so narrow that every place is at 1.
    shape = 1 / max(clustering, 1e-9)
    after, scale = shape + reports, 1 / (shape + expected)
    exceedance = gamma.sf(ratio, after, scale=scale)
    relative = after * scale
    order = np.lexsort((np.arange(len(reports)), -reports, -relative, -exceedance))[:top]
    low, high = (gamma.ppf(level, after[order], scale=scale[order]) for level in (0.025, 0.975))
    places = tuple(
        RepeatPlace(rank, int(at), int(reports[at]), float(expected[at]), float(relative[at]), float(low[rank - 1]), float(high[rank - 1]), float(exceedance[at]))
        for rank, at in enumerate(order, 1)
    )  # fmt: skip
    return RepeatPlaces(places, float(reports[order].sum() / reports.sum()), int(reports.sum()), clustering)


def poisson_binomial_tail(chances: Floats, observed: int) -> float:
    """P(X ≥ observed) where each report falls in the place with its own chance (Hoeffding 1956; exact, by convolution).

    chances: float64[reports], from 0 to 1, as their kind, hour or area says. Raises RepeatInputError for a chance outside, or an
    observed number below 0.
    """
    chances = np.asarray(chances, dtype=np.float64)
    _check("Report", "a chance is from 0 to 1", ~((chances >= 0) & (chances <= 1)))
    if observed < 0:
        raise RepeatInputError(f"{observed} reports observed; a count is 0 or more.")
    if observed == 0:
        return 1.0
    # Chances of 0 … observed − 1 reports so far; what passes beyond is the tail, added where it passes, so that it keeps its digits.
    below, tail = np.zeros(observed), 0.0
    below[0] = 1.0
    for chance in chances.tolist():
        tail += below[-1] * chance
        moved = below[:-1] * chance
        below *= 1 - chance
        below[1:] += moved
    return min(tail, 1.0)


@dataclass(frozen=True)
class Reports:
    """Where and when: x and y in metres, float64[reports], and whole days, int64[reports], from any start.

    Raises RepeatInputError for lengths that differ, under two reports, a coordinate that is not a number, or more than 89 years.
    """

    x: Floats
    y: Floats
    day: Ints

    def __post_init__(self) -> None:
        if not len(self.x) == len(self.y) == len(self.day):
            raise RepeatInputError("Coordinates and days are not as many.")
        if len(self.x) < 2:
            raise RepeatInputError(f"{len(self.x)} reports; pairs need at least two.")
        _check("Report", "it has no coordinates", ~(np.isfinite(self.x) & np.isfinite(self.y)))
        if int(np.max(self.day)) - int(np.min(self.day)) > _LONGEST:
            raise RepeatInputError("The reports span more than 89 years.")

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Pairs:
    """Pairs of reports in a band of distance and a band of days (both ends included, metres above `metres_from` except from 0).

    expected: pairs if days and places had nothing to do with each other, exact. p: rank of the observed among the permutations, from
    above. ratio: observed / expected, None if none are expected.
    """

    metres_from: float
    metres_to: float
    days_from: int
    days_to: int
    observed: int
    expected: float
    ratio: float | None
    p: float


def knox(reports: Reports, *, metres: float, days: int, permutations: int = 999, seed: int = 1) -> Pairs:
    """Knox's test: more pairs near in both space and time than chance brings together (Knox 1964, JRSS C 13:25-29).

    metres, days: how far apart at most. Days are shuffled over the reports (Mantel 1967). Raises RepeatInputError as `near_repeats`.
    """
    return near_repeats(reports, metres=[metres], days=[days], permutations=permutations, seed=seed)[0]


def near_repeats(
    reports: Reports,
    *,
    metres: Sequence[float] = (0, 100, 200, 300, 400),
    days: Sequence[int] = (1, 7, 14, 28),
    permutations: int = 999,
    seed: int = 1,
) -> tuple[Pairs, ...]:
    """The near-repeat table: pairs by band of distance and band of days, against the same reports with their days shuffled.

    metres, days: upper ends of the bands, rising; a first end of 0 metres is the same place. Rows by distance, then by days. Source:
    Townsley, Homel, Chaseling 2003, British J. Criminology 43:615-633; Ratcliffe and Rengert 2008, Security Journal 21:58-76. Memory does
    not grow with the pairs. Raises RepeatInputError for bands that do not rise or are below 0, or fewer than one permutation.
    """
    ends, spans = np.asarray(metres, dtype=np.float64), np.asarray(days, dtype=np.int64)
    for name, values in (("Metres", ends), ("Days", spans)):
        if not len(values) or not np.isfinite(values).all() or values[0] < 0 or (np.diff(values) <= 0).any():
            raise RepeatInputError(f"{name}: the ends of the bands rise from 0 or more.")
    if permutations < 1:
        raise RepeatInputError("At least one permutation is made.")
    day = (np.asarray(reports.day) - np.min(reports.day)).astype(np.int16)
    found = np.zeros((len(ends), len(spans), permutations + 1), dtype=np.int64)
    room = max(1, _MOST_SHUFFLED // (2 * len(day) * _LANES)) * _LANES
    near = np.zeros(len(ends), dtype=np.int64)
    for start in range(0, permutations + 1, room):
        shuffled = _shuffled(day, start, min(room, permutations + 1 - start), seed)
        near[:] = 0
        for band, first, second in _near_pairs(reports, ends):
            near[band] += len(first)
            for lane, lanes in enumerate(shuffled):
                at = start + lane * _LANES
                width = min(_LANES, permutations + 1 - at)
                found[band, :, at : at + width] += _within(lanes, first, second, spans)[:, :width]
    within = _all_within(day, spans)
    cells = np.diff(found, axis=1, prepend=0)
    every = len(day) * (len(day) - 1) / 2
    expected = near[:, None] * np.diff(within, prepend=0)[None, :] / every
    p = (cells >= cells[:, :, :1]).sum(axis=2) / (permutations + 1)
    return tuple(
        Pairs(
            metres_from=0.0 if band == 0 else float(ends[band - 1]),
            metres_to=float(ends[band]),
            days_from=0 if span == 0 else int(spans[span - 1]) + 1,
            days_to=int(spans[span]),
            observed=int(cells[band, span, 0]),
            expected=float(expected[band, span]),
            ratio=float(cells[band, span, 0] / expected[band, span]) if expected[band, span] else None,
            p=float(p[band, span]),
        )
        for band in range(len(ends))
        for span in range(len(spans))
    )


def _shuffled(day: _Days, start: int, number: int, seed: int) -> list[_Days]:
    """Days of the reports in each permutation, int16[reports, lanes] a group; permutation 0 is what happened."""
    groups = []
    for first in range(start, start + number, _LANES):
        lanes = np.repeat(day[:, None], _LANES, axis=1)
        lanes = np.random.default_rng([seed, first]).permuted(lanes, axis=0)
        if first == 0:
            lanes[:, 0] = day
        groups.append(lanes)
    return groups


def _near_pairs(reports: Reports, ends: Floats) -> Iterator[tuple[int, Ints, Ints]]:
    """Pairs within each band of distance, each pair once: band, first and second reports, a block at a time."""
    points = np.column_stack([reports.x, reports.y])
    # Neighbours stand near each other in memory too if the blocks are of neighbours.
    order = np.argsort(points[:, 0], kind="stable")
    everyone = cKDTree(points)
    reach = float(np.nextafter(ends[-1], np.inf))
    for start in range(0, len(points), _CENTRES):
        centres = order[start : start + _CENTRES]
        close = cKDTree(points[centres]).sparse_distance_matrix(everyone, reach, output_type="ndarray")
        first, second = centres[close["i"]], close["j"]
        band = np.searchsorted(ends, close["v"])
        once = (first < second) & (band < len(ends))
        first, second, band = first[once], second[once], band[once]
        for number in range(len(ends)):
            chosen = np.flatnonzero(band == number)
            for at in range(0, len(chosen), _PAIRS):
                part = chosen[at : at + _PAIRS]
                yield number, first[part], second[part]


def _within(lanes: _Days, first: Ints, second: Ints, spans: Ints) -> Ints:
    """Pairs at most so many days apart, in each permutation: int64[spans, lanes]."""
    apart = np.abs(lanes.take(first, axis=0) - lanes.take(second, axis=0))
    # Folded so that the sums run along whole lines; never more than 255 in a byte.
    spare = -len(apart) % _FOLD
    if spare:
        apart = np.concatenate([apart, np.full((spare, _LANES), _LONGEST, dtype=np.int16)])
    wide = apart.reshape(-1, _FOLD * _LANES)
    counted = np.empty((len(spans), _LANES), dtype=np.int64)
    for number, span in enumerate(spans.tolist()):
        close = (wide <= min(span, _LONGEST - 1)).view(np.uint8)
        counted[number] = close.sum(axis=0, dtype=np.uint8).reshape(_FOLD, _LANES).sum(axis=0, dtype=np.int64)
    return counted


def _all_within(day: _Days, spans: Ints) -> Ints:
    """Pairs of all reports at most so many days apart, int64[spans]."""
    ordered = np.sort(day).astype(np.int64)
    at = np.arange(1, len(ordered) + 1)
    return np.array(
        [(np.searchsorted(ordered, ordered + span, side="right") - at).sum() for span in spans.tolist()]
    )


def _check(what: str, sentence: str, wrong: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
    if wrong.any():
        raise RepeatInputError(f"{what} {int(np.argmax(wrong)) + 1}: {sentence}.")
