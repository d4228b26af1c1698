"""What watching a series found, and the checks that all methods share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import nbinom, poisson

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

DAYS_A_YEAR = 365.25


class TrendInputError(ValueError):
    """A series or a setting can't be used; the sentence names the row, counted from 1, and what is wrong with it."""


@dataclass(frozen=True)
class Watch:
    """A series watched from its position `first`, counted from 0: arrays of one length, a value for each time from there.

    expected: cases a time. upper: the most cases that are still usual. score: how far out, on the scale of the method. alarm: whether
    it is out. recurrence_days: days in which chance alone gives one such value; infinite where the chance is too small for a number.
    """

    first: int
    expected: Floats
    upper: Floats
    score: Floats
    alarm: Flags
    recurrence_days: Floats

    @property
    def alarms(self) -> Ints:
        """Positions of the alarms in the whole series."""
        return self.first + np.flatnonzero(self.alarm)


def checked_counts(counts: Floats | Ints, *, first: int, least: int) -> Floats:
    """The series as float64[times]. Raises TrendInputError for a count below 0, or under `least` times before `first`."""
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != 1:
        raise TrendInputError(f"A series has one count for each time, not the shape {values.shape}.")
    wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
    if len(wrong):
        raise TrendInputError(f"Row {int(wrong[0]) + 1}: {values[wrong[0]]:g} cases; a count is a number from 0.")  # fmt: skip
    if not least <= first < len(values):
        raise TrendInputError(
            f"The watch starts at row {first + 1} of {len(values)}: it needs {least} rows before it."
        )
    return values


def at_least(counts: Floats, means: Floats, overdispersion: Floats | float) -> Floats:
    """P(Y ≥ count) for a variance of μ + α μ², by element; Poisson where α is 0."""
    alpha = np.broadcast_to(np.asarray(overdispersion, dtype=np.float64), np.shape(means))
    size, over = _sizes(alpha)
    return np.where(over, nbinom.sf(counts - 1, size, 1 / (1 + alpha * means)), poisson.sf(counts - 1, means))


def usual_at_most(chance: float, means: Floats, overdispersion: Floats | float) -> Floats:
    """The smallest count with P(Y > count) ≤ chance, by element."""
    alpha = np.broadcast_to(np.asarray(overdispersion, dtype=np.float64), np.shape(means))
    size, over = _sizes(alpha)
    return np.where(over, nbinom.isf(chance, size, 1 / (1 + alpha * means)), poisson.isf(chance, means))


def recurrence(p: Floats, *, step_days: float) -> Floats:
    """Days in which chance gives one value of this p: step / p, infinite for a p that is 0 to the computer."""
    with np.errstate(divide="ignore"):
        return step_days / np.asarray(p, dtype=np.float64)


def _sizes(alpha: Floats) -> tuple[Floats, Flags]:
    # Under this α a negative binomial is a Poisson to all digits, and its own formula loses them.
    over = alpha > 1e-9
    return np.where(over, 1 / np.where(over, alpha, 1.0), 1.0), over
