"""How surprising a score is, from the best scores of replicates in which nothing happens."""

from __future__ import annotations

from math import ceil, exp, expm1, log1p, pi, sqrt

import numpy as np

from vicinia_analytics.scan.inputs import Floats

_EULER = 0.5772156649015329
# Scores of equal configurations differ in the last bits with the order of the sums.
_SAME = 1e-9


def monte_carlo(statistic: float, maxima: Floats) -> float:
    """p = rank / (R + 1): rank of the statistic among the replicates' best scores and itself (Dwass 1957)."""
    return (1 + int((maxima >= statistic - _SAME).sum())) / (len(maxima) + 1)


def stopping_point(statistic: float, maxima: Floats, stop_after: int) -> int | None:
    """How many replicates until the statistic was reached `stop_after` times, or None if it was not (Besag and Clifford 1991)."""
    reached = np.flatnonzero(maxima >= statistic - _SAME)
    return int(reached[stop_after - 1]) + 1 if len(reached) >= stop_after else None


def replicates_to_stop(statistic: float, maxima: Floats, stop_after: int) -> int:
    """About how many more replicates a sequential test still needs, at the rate so far; never fewer than it must have."""
    reached = int((maxima >= statistic - _SAME).sum())
    return ceil((stop_after - reached) * len(maxima) / max(reached, 1))


def sequential(statistic: float, maxima: Floats, stop_after: int) -> float:
    """Sequential Monte Carlo p: exceedances / replicates at the stop, or rank / (R + 1) if it was never reached."""
    stop = stopping_point(statistic, maxima, stop_after)
    return monte_carlo(statistic, maxima) if stop is None else stop_after / stop


def gumbel(statistic: float, maxima: Floats) -> float | None:
    """Tail of a Gumbel distribution fitted by moments (Abrams, Kleinman, Kulldorff 2010, Int J Health Geogr 9:61).

    β = s √6 / π, location = mean − 0.57722 β, p = 1 − exp(−exp(−(statistic − location) / β)). None if the replicates do not differ.
    """
    if len(maxima) < 2:
        return None
    spread = float(maxima.std(ddof=1)) * sqrt(6) / pi
    if not spread > 0:
        return None
    location = float(maxima.mean()) - _EULER * spread
    return -expm1(-exp(min(700.0, -(statistic - location) / spread)))


def recurrence_interval(p: float, *, days_between: float, analyses: int = 1) -> float:
    """Days in which chance alone would give one such signal: D / p, or D / [1 − (1 − p)^(1/A)] over A analyses.

    days_between: D, days from one analysis to the next. Raises ValueError unless 0 < p ≤ 1.
    """
    if not 0 < p <= 1:
        raise ValueError(f"A probability of {p} has no recurrence interval.")
    if analyses == 1 or p == 1:
        return days_between / p
    return days_between / -expm1(log1p(-p) / analyses)
