"""Tables of the fast permutation scan: counts packed beside each other in words, levels, and who stands where in which zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vicinia_analytics.scan.inputs import Floats, Ints
from vicinia_analytics.scan.zones import Zones

# Scores at which a table says which counts reach them; from 0, so that a low best score is found too.
# Most replicates of a town's data end between 6 and 14.
LEVELS = np.array([0.0, 1, 3, 5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 10, 11, 12, 14, 16, 20])
_FITS_16 = (1 << 15) - 1


@dataclass(frozen=True)
class Packed:
    """What the kernel of the permutation scan is given."""

    rank: Ints
    cumulative: Ints
    reach: Ints
    case_place: Ints
    starts: Ints
    increments: np.ndarray[Any, np.dtype[np.uint64]]
    in_window: Ints
    lane_bits: int

    @property
    def largest(self) -> int:
        """Most cases in any zone."""
        return int(self.cumulative.max(initial=0))


def pack(zones: Zones, cases: Ints, lengths: tuple[int, int]) -> Packed:
    """Prepare cases (int64[places, periods]) for windows of `lengths` periods (shortest, longest) that end with the data."""
    shortest, longest = lengths
    places, periods = cases.shape
    by_age = cases[:, ::-1]
    windows = range(shortest, longest + 1)
    in_window = np.array([int(by_age[:, :length].sum()) for length in windows], dtype=np.int64)
    lane_bits = 16 if int(in_window[-1]) <= _FITS_16 else 32
    per_word = 64 // lane_bits
    increments = np.zeros((longest, -(-len(windows) // per_word)), dtype=np.uint64)
    for age in range(longest):
        for w, length in enumerate(windows):
            if age < length:
                increments[age, w // per_word] |= np.uint64(1 << (w % per_word) * lane_bits)
    ages = by_age.sum(axis=0)
    starts = np.concatenate([[0], ages[:longest].cumsum()]).astype(np.int64)
    place_of = np.repeat(np.tile(np.arange(places), periods), by_age.T.ravel())
    rank, cumulative = _positions(zones, cases.sum(axis=1))
    return Packed(
        rank, cumulative, zones.reach, place_of.astype(np.int32), starts, increments, in_window, lane_bits
    )


def _positions(zones: Zones, measure: Ints) -> tuple[Ints, Ints]:
    """rank[centre, place], `reach` if beyond; and cumulative[centre, position], cases so far."""
    places = len(zones.order)
    kind = np.int16 if places < _FITS_16 else np.int32
    rank = np.empty((places, places), dtype=kind)
    cumulative = np.zeros(zones.order.shape, dtype=np.int32)
    for centre in range(places):
        end = int(zones.reach[centre])
        row = zones.order[centre, :end]
        rank[centre] = end
        rank[centre, row] = np.arange(end, dtype=kind)
        cumulative[centre, :end] = measure[row].cumsum()
    return np.asarray(rank), np.asarray(cumulative)


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
