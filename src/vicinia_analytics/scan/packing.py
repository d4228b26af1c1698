"""Tables of the fast permutation scan: counts packed beside each other in words, levels, and who stands where in which zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vicinia_analytics.scan.inputs import Floats, Ints
from vicinia_analytics.scan.zones import Zones

# Scores at which a table says which counts reach them; from 0, so that a low best score is found too.
# Most replicates of a town's data end between 6 and 14.
LEVELS = np.concatenate([[0.0, 1, 3, 5], np.arange(6.0, 11.0, 0.5), [11.0, 12, 14, 17, 21]])
COARSE_LEVELS = np.array([0.0, 1, 3, 5, 6, 7, 8, 9, 9.5, 10, 10.5, 11, 11.5, 12, 13, 14, 16, 18, 22])
# A longer strip asks less often, and more often in vain.
_STRIP = 1.05
_FITS_16 = (1 << 15) - 1
_WORDS_A_STEP = 4


@dataclass(frozen=True)
class Packed:
    """What the kernel of the permutation scan is given."""

    order: Ints
    reach: Ints
    case_place: Ints
    weight: Ints
    starts: Ints
    increments: np.ndarray[Any, np.dtype[np.uint64]]
    in_window: Ints
    rate: Floats
    """Share of all cases that is expected in each window."""
    lane_bits: int
    words: int
    largest: int
    """Most cases in any zone."""


def pack(
    zones: Zones, cases: Ints, lengths: tuple[int, int], forecast: tuple[Floats, Ints] | None = None
) -> Packed:
    """Prepare cases (int64[places, periods]) for windows of `lengths` periods (shortest, longest) that end with the data.

    forecast: cases expected in all places in each window, and how many each replicate has at each age (int64[replicates, ages],
    youngest first); without, what is expected and what there is are those of the data.
    """
    shortest, longest = lengths
    places, total = len(cases), max(1, int(cases.sum()))
    by_age = cases[:, ::-1]
    ages = by_age.sum(axis=0)[None, :longest] if forecast is None else forecast[1]
    starts = np.hstack([np.zeros((len(ages), 1), np.int64), ages.cumsum(axis=1)])
    windows = range(shortest, longest + 1)
    in_window = starts[:, shortest:].max(axis=0)
    rate = (in_window if forecast is None else forecast[0]) / total
    lane_bits = 16 if int(in_window[-1]) <= _FITS_16 else 32
    per_word = 64 // lane_bits
    words = -(-len(windows) // (per_word * _WORDS_A_STEP)) * _WORDS_A_STEP
    increments = np.zeros((longest, words), dtype=np.uint64)
    for age in range(longest):
        for w, length in enumerate(windows):
            if age < length:
                increments[age, w // per_word] |= np.uint64(1 << (w % per_word) * lane_bits)
    everywhere = np.arange(places, dtype=np.int32)
    place_of = np.concatenate([np.repeat(everywhere, of_age) for of_age in by_age.T])
    weight = cases.sum(axis=1)
    return Packed(
        zones.order, zones.reach, place_of, weight.astype(np.int32), starts, increments.ravel(), in_window, rate, lane_bits, words,
        _largest(zones, weight),
    )  # fmt: skip


@dataclass(frozen=True)
class PackedAnywhere:
    """What the kernel of windows anywhere is given; see there."""

    begins: Ints
    period_of: Ints
    in_window: Ints
    strip_begins: Ints
    strip_of: Ints


def pack_anywhere(zones: Zones, cases: Ints, lengths: tuple[int, int]) -> PackedAnywhere | None:
    """Prepare cases (int64[places, periods]) for windows of up to `lengths[1]` periods anywhere; None if there are too many."""
    _places, periods = cases.shape
    in_place = cases.sum(axis=1)
    days = np.concatenate([[0], cases.sum(axis=0).cumsum()])
    starts, ends = (
        np.arange(periods)[:, None],
        np.arange(periods)[:, None] + np.arange(1, lengths[1] + 1)[None, :],
    )
    in_window = np.where(ends <= periods, days[np.minimum(ends, periods)] - days[starts], -1)
    if int(in_window.max()) > _FITS_16:
        return None
    place, period = np.nonzero(cases)
    begins = np.concatenate([[0], in_place.cumsum()])
    largest = _largest(zones, in_place)
    strip_begins = [1]
    while strip_begins[-1] <= largest:
        strip_begins.append(max(strip_begins[-1] + 1, int(strip_begins[-1] * _STRIP)))
    strip_of = np.searchsorted(strip_begins, np.arange(largest + 1), side="right") - 1
    period_of = np.repeat(period, cases[place, period])
    return PackedAnywhere(
        begins, np.asarray(period_of, np.int32), in_window, np.array(strip_begins), np.maximum(strip_of, 0)
    )


def _largest(zones: Zones, in_place: Ints) -> int:
    rows = zip(zones.order, zones.reach.tolist(), strict=True)
    return max((int(in_place[row[:end]].sum()) for row, end in rows), default=0)


def alias_table(weights: Floats) -> tuple[Ints, Floats]:
    """Alias and threshold of each cell, to draw cells with probability as their weights (Vose 1991)."""
    scaled = (weights / weights.sum() * len(weights)).tolist()
    alias, threshold = list(range(len(scaled))), [1.0] * len(scaled)
    small = [i for i, value in enumerate(scaled) if value < 1]
    large = [i for i, value in enumerate(scaled) if value >= 1]
    while small and large:
        low, high = small.pop(), large.pop()
        threshold[low], alias[low] = scaled[low], high
        scaled[high] += scaled[low] - 1
        (small if scaled[high] < 1 else large).append(high)
    return np.array(alias, dtype=np.int64), np.array(threshold)
