"""EARS C1, C2 and C3: a count against the days just before it. Kept as the baseline that the working methods must beat.

Source: Hutwagner, Thompson, Seeman, Treadwell 2003, J. Urban Health 80:i89-i96; Fricker, Hegler, Dunfee 2008, Statistics in
Medicine 27:3407-3429.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from scipy.stats import t as student

from vicinia_analytics.trends.results import (
    Floats,
    Ints,
    TrendInputError,
    Watch,
    checked_counts,
    recurrence,
)


class Ears(StrEnum):
    """C1: the days just before. C2: two days between. C3: what three days of C2 exceed 1 by, added up."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


_LAG = {Ears.C1: 0, Ears.C2: 2, Ears.C3: 2}
_THRESHOLD = {Ears.C1: 3.0, Ears.C2: 3.0, Ears.C3: 2.0}
_DAYS_OF_C3 = 3
_GRID = 0.01
_REACH = 60.0


@dataclass(frozen=True)
class EarsSettings:
    """baseline: times compared with (7 as published, 28 the most robust). threshold: of the score, as published if None.

    least_spread: standard deviation that is taken at least, or a first case after none would be infinitely far. Raises TrendInputError
    for a value out of range.
    """

    method: Ears = Ears.C2
    baseline: int = 7
    threshold: float | None = None
    least_spread: float = 0.2
    step_days: int = 1

    def __post_init__(self) -> None:
        wrong = [
            (self.baseline < 2, "A baseline holds at least two times."),
            (self.threshold is not None and not self.threshold > 0, "The threshold is above 0."),
            (not self.least_spread > 0, "The least standard deviation is above 0."),
            (self.step_days not in (1, 7), "A series is daily (1) or weekly (7)."),
        ]
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise TrendInputError(sentence)


def ears(counts: Floats | Ints, *, first: int, settings: EarsSettings | None = None) -> Watch:
    """Watch a series from the position `first`. Score: standard deviations above the baseline's mean; of C3, the sum.

    Chances are those of normal counts whose spread is estimated (Student's t), days of C3 taken as independent: small counts alarm
    more often than that. Raises TrendInputError for a count below 0 or too few times before `first`.
    """
    settings = settings or EarsSettings()
    length, lag = settings.baseline, _LAG[settings.method]
    earlier = _DAYS_OF_C3 - 1 if settings.method is Ears.C3 else 0
    counts = checked_counts(counts, first=first, least=length + lag + earlier)
    windows = np.lib.stride_tricks.sliding_window_view(counts, length)
    days = np.arange(first - earlier, len(counts))
    base = windows[days - lag - length]
    mean = base.mean(axis=1)
    spread = np.maximum(base.std(axis=1, ddof=1), settings.least_spread)
    score = (counts[days] - mean) / spread
    limit = settings.threshold or _THRESHOLD[settings.method]
    scale, free = np.sqrt(1 + 1 / length), length - 1
    if settings.method is not Ears.C3:
        p = student.sf(score / scale, free)
        return Watch(first, mean, mean + limit * spread, score, score > limit, recurrence(p, step_days=settings.step_days))  # fmt: skip
    over = np.maximum(score - 1, 0)
    before = over[1:-1] + over[:-2]
    mean, spread, total = mean[earlier:], spread[earlier:], over[earlier:] + before
    upper = mean + np.maximum(limit - before + 1, 1) * spread
    p = np.interp(total, *_sum_of_three(scale, free))
    return Watch(first, mean, upper, total, total > limit, recurrence(p, step_days=settings.step_days))


@lru_cache(maxsize=8)
def _sum_of_three(scale: float, free: int) -> tuple[Floats, Floats]:
    """Values of C3 and P(C3 ≥ value): three independent max(0, T − 1) added, on a grid."""
    edges = np.arange(0, _REACH, _GRID)
    tail = student.sf((edges + 1) / scale, free)
    one = np.append(-np.diff(tail), tail[-1])
    one[0] += 1 - tail[0]
    two = np.convolve(one, one)[: len(edges)]
    three = np.convolve(two, one)[: len(edges)]
    # What is beyond the grid counts with its end; each cell stands for its lower edge.
    chance = np.concatenate([[1.0], 1 - np.cumsum(three)[:-1]])
    return edges, np.maximum(chance, tail[-1])
