"""Chances and recurrence intervals, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import gumbel_r

from vicinia_analytics.scan import pvalues

MAXIMA = np.array([1.0, 5.0, 2.0, 5.0, 3.0])


def test_monte_carlo() -> None:
    assert pvalues.monte_carlo(9.0, MAXIMA) == 1 / 6
    assert pvalues.monte_carlo(5.0 + 1e-12, MAXIMA) == 3 / 6  # equal but for the last bits
    assert pvalues.monte_carlo(0.5, MAXIMA) == 1


def test_sequential() -> None:
    assert pvalues.stopping_point(5.0, MAXIMA, 2) == 4 and pvalues.sequential(5.0, MAXIMA, 2) == 0.5
    assert pvalues.stopping_point(5.0, MAXIMA, 3) is None
    assert pvalues.sequential(5.0, MAXIMA, 3) == pvalues.monte_carlo(5.0, MAXIMA)
    assert pvalues.replicates_to_stop(5.0, MAXIMA, 4) == 5  # two more, at two in five
    assert pvalues.replicates_to_stop(9.0, MAXIMA, 4) == 20
    assert pvalues.replicates_to_stop(0.0, MAXIMA, 7) == 2


def test_gumbel_is_the_tail_of_a_gumbel_distribution() -> None:
    sample = gumbel_r.rvs(loc=6, scale=1.3, size=200_000, random_state=4)
    for statistic in (5.0, 9.0, 14.0):
        assert pvalues.gumbel(statistic, sample) == pytest.approx(gumbel_r.sf(statistic, 6, 1.3), rel=0.06)
    assert pvalues.gumbel(-1e6, sample) == 1
    assert pvalues.gumbel(5.0, np.array([1.0])) is None and pvalues.gumbel(5.0, np.ones(9)) is None


def test_recurrence_interval() -> None:
    assert pvalues.recurrence_interval(0.01, days_between=1) == 100
    assert pvalues.recurrence_interval(0.01, days_between=7) == 700
    assert pvalues.recurrence_interval(0.01, days_between=1, analyses=30) == pytest.approx(1 / (1 - 0.99 ** (1 / 30)))  # fmt: skip
    assert pvalues.recurrence_interval(1, days_between=7, analyses=30) == 7
    for p in (0, 1.1, float("nan")):
        with pytest.raises(ValueError, match="has no recurrence interval"):
            pvalues.recurrence_interval(p, days_between=1)
