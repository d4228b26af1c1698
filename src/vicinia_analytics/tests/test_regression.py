"""Figures computable by hand, scipy's optimiser as the slow twin, and what can't be fitted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import nbinom, poisson

from vicinia_analytics import regression
from vicinia_analytics.regression import (
    RegressionError,
    moment_overdispersion,
    negative_binomial_overdispersion,
    negative_binomial_regression,
    poisson_regression,
    seasonal_design,
)


def one(rows):
    return np.ones((rows, 1))


def made_up(seed=1, rows=60, alpha=0.4):
    random = np.random.default_rng(seed)
    design = np.column_stack([np.ones(rows), np.arange(rows) / rows, random.random(rows)])
    means = np.exp(design @ [1.0, 0.8, -0.5])
    return design, random.negative_binomial(1 / alpha, 1 / (1 + alpha * means)).astype(float)


def test_one_rate_is_the_mean():
    fit = poisson_regression(one(4), np.array([2.0, 4, 6, 8]))
    assert fit.coefficients == pytest.approx([np.log(5)])
    assert fit.fitted == pytest.approx([5] * 4)
    assert fit.hat == pytest.approx([0.25] * 4)
    assert fit.dispersion == pytest.approx((9 + 1 + 1 + 9) / 5 / 3)
    assert fit.covariance == pytest.approx(np.array([[1 / 20]]))
    assert fit.errors == pytest.approx([np.sqrt(4 / 3 / 20)])
    assert fit.degrees_of_freedom == 3
    assert fit.deviance == pytest.approx(
        2 * (2 * np.log(0.4) + 4 * np.log(0.8) + 6 * np.log(1.2) + 8 * np.log(1.6))
    )


def test_an_offset_is_an_exposure_and_a_weight_counts_a_row_more_than_once():
    offset = np.log([10.0, 30])
    fit = poisson_regression(one(2), np.array([1.0, 7]), offset=offset)
    assert np.exp(fit.coefficients) == pytest.approx([8 / 40])
    eta, error = fit.predict(np.ones((1, 1)), np.log(50.0))
    assert np.exp(eta) == pytest.approx([10])
    assert error == pytest.approx(np.sqrt(fit.dispersion / 8))

    design, counts = made_up()
    weights = np.where(np.arange(len(counts)) < 20, 2.0, 1.0)
    weighted = poisson_regression(design, counts, weights=weights)
    twice = poisson_regression(np.vstack([design, design[:20]]), np.append(counts, counts[:20]))
    assert weighted.coefficients == pytest.approx(twice.coefficients)
    assert weighted.covariance == pytest.approx(twice.covariance)


def test_a_row_of_weight_none_takes_no_part():
    design, counts = made_up()
    weights = np.ones(len(counts))
    weights[-1] = 0
    fit, without = (
        poisson_regression(design, counts, weights=weights),
        poisson_regression(design[:-1], counts[:-1]),
    )
    assert fit.coefficients == pytest.approx(without.coefficients)
    assert fit.dispersion == pytest.approx(without.dispersion)
    assert fit.hat[-1] == 0


def test_two_groups_and_as_many_columns_as_rows():
    design = np.array([[1.0, 0], [1, 1]])
    fit = poisson_regression(design, np.array([2.0, 6]))
    assert np.exp(fit.coefficients) == pytest.approx([2, 3])
    assert (fit.dispersion, fit.degrees_of_freedom) == (1.0, 0)
    assert fit.hat == pytest.approx([1, 1])


@pytest.mark.parametrize("seed", range(5))
def test_as_the_optimiser_finds_it(seed):
    design, counts = made_up(seed)
    offset = np.random.default_rng(seed).normal(0, 0.3, len(counts))
    fit = poisson_regression(design, counts, offset=offset)

    def loss(beta):
        return -poisson.logpmf(counts, np.exp(design @ beta + offset)).sum()

    assert fit.coefficients == pytest.approx(minimize(loss, np.zeros(3), tol=1e-9).x, abs=1e-4)
    assert fit.hat.sum() == pytest.approx(3)


@pytest.mark.parametrize("seed", range(3))
def test_negative_binomial_as_the_optimiser_finds_it(seed):
    design, counts = made_up(seed)
    fit = negative_binomial_regression(design, counts)

    def loss(theta):
        size = np.exp(-theta[-1])
        return -nbinom.logpmf(counts, size, size / (size + np.exp(design @ theta[:-1]))).sum()

    found = minimize(
        loss, [1, 0, 0, -1], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 9999}
    ).x
    assert fit.coefficients == pytest.approx(found[:-1], abs=1e-4)
    assert np.log(fit.overdispersion) == pytest.approx(found[-1], abs=1e-3)


def test_overdispersion_of_counts_that_do_not_vary_is_none():
    counts = np.array([3.0, 3, 4, 3, 3])
    means = np.full(5, counts.mean())
    assert negative_binomial_overdispersion(counts, means) == 0
    assert moment_overdispersion(counts, means, columns=1) == 0
    fit = negative_binomial_regression(one(5), counts)
    assert fit.overdispersion == 0
    assert fit.fitted == pytest.approx(means)
    assert moment_overdispersion(counts[:1], means[:1], columns=1) == 0


def test_overdispersion_by_moments_is_the_root_by_hand():
    # X² = Σ (y − 4)² / (4 + 16 α) = 40 / (4 + 16 α), to be 3: α = (40/3 − 4) / 16.
    assert moment_overdispersion(np.array([0.0, 2, 4, 10]), np.full(4, 4.0), columns=0) == pytest.approx(
        ((16 + 4 + 0 + 36) / 4 - 4) / 16
    )


def test_counts_beyond_measure_stop_at_the_largest_overdispersion():
    counts, means = np.array([0.0, 0, 0, 1e9]), np.array([1e-9, 1e-9, 1e-9, 1e-3])
    assert moment_overdispersion(counts, means) == regression._LARGEST_DISPERSION
    assert negative_binomial_overdispersion(counts, means) == regression._LARGEST_DISPERSION


@given(st.lists(st.integers(0, 30), min_size=6, max_size=12).filter(any), st.floats(0.1, 10))
@settings(max_examples=60, deadline=None)
def test_an_exposure_twice_as_large_halves_the_rate(counts, size):
    counts = np.array(counts, dtype=float)
    plain = poisson_regression(one(len(counts)), counts)
    larger = poisson_regression(one(len(counts)), counts, offset=np.full(len(counts), np.log(size)))
    assert larger.coefficients == pytest.approx(plain.coefficients - np.log(size))
    assert larger.fitted == pytest.approx(plain.fitted)
    assert larger.dispersion == pytest.approx(plain.dispersion)


def test_a_group_without_counts():
    design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    counts = np.array([2.0, 3, 4, 0, 0, 0])
    with pytest.raises(RegressionError, match="Row 4 is of a group without any count"):
        poisson_regression(design, counts)
    fit = poisson_regression(design, counts, allow_separation=True)
    assert fit.fitted[:3] == pytest.approx([3, 3, 3])
    assert fit.fitted[3:].max() < 1e-6
    assert fit.dispersion == pytest.approx((1 + 0 + 1) / 3 / 4, abs=1e-6)
    assert negative_binomial_regression(design, counts, allow_separation=True).overdispersion == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": [1, -1, 2]}, "Row 2: a count is a number from 0"),
        ({"counts": [1, 2, np.nan]}, "Row 3: a count is a number from 0"),
        ({"weights": [1, 1, -1]}, "Row 3: a weight is a number from 0"),
        ({"offset": [np.inf, 1, 1]}, "Row 1: the offset is not a number"),
        ({"design": [[1], [np.nan], [1]]}, "Row 2: the design is not a number"),
        ({"design": [[1], [1]]}, "shape .2, 1.; there are 3 counts"),
        ({"design": [1, 1, 1]}, "shape .3,.; there are 3 counts"),
        ({"offset": [1]}, "There are 1 offsets for 3 counts"),
        ({"weights": [1, 1]}, "There are 2 weights for 3 counts"),
        ({"weights": [0, 0, 0]}, "0 rows can't carry 1 columns"),
        ({"counts": [0, 0, 0]}, "All counts are 0"),
        ({"design": [[1, 1, 0], [1, 1, 1], [1, 1, 2]]}, "Column 2 repeats"),
    ],
)
def test_what_can_not_be_fitted(changes, sentence):
    given = {"design": [[1], [1], [1]], "counts": [1, 2, 3]} | changes
    with pytest.raises(RegressionError, match=sentence):
        poisson_regression(**given)


def test_a_fit_that_runs_off_or_does_not_settle(monkeypatch):
    design = np.column_stack([np.ones(3), [0.0, 1, 2]])
    with pytest.raises(RegressionError, match="runs off to infinity"):
        poisson_regression(design, np.array([1.0, 1, 1]), offset=np.array([0, 1500.0, 0]))
    monkeypatch.setattr(regression, "_MOST_TURNS", 1)
    with pytest.raises(RegressionError, match="does not settle in 1 turns"):
        poisson_regression(*made_up())


def test_a_step_too_long_is_halved(monkeypatch):
    """A burst in a quiet year: from the Poisson fit a whole step to the negative binomial one makes it worse."""
    counts = np.zeros(60)
    counts[[3, 10, 11, 12, 13, 40]] = [1, 50, 200, 250, 100, 2]
    design = seasonal_design(np.arange(60.0), periods=[60])
    fit = negative_binomial_regression(design, counts)
    slope = design.T @ ((counts - fit.fitted) / (1 + fit.overdispersion * fit.fitted))
    assert slope == pytest.approx(np.zeros(4), abs=1e-3)  # the likelihood is at its top
    monkeypatch.setattr(regression, "_MOST_HALVINGS", 1)
    with pytest.raises(RegressionError, match="runs off to infinity"):
        negative_binomial_regression(design, counts)


def test_an_overdispersion_that_does_not_settle(monkeypatch):
    monkeypatch.setattr(regression, "_MOST_ROUNDS", 1)
    with pytest.raises(RegressionError, match="does not settle in 1 rounds"):
        negative_binomial_regression(*made_up())


def test_columns_of_the_seasons():
    design = seasonal_design(np.arange(4.0), periods=[4])
    assert design == pytest.approx(
        np.array([[1, -1.5, 0, 1], [1, -0.5, 1, 0], [1, 0.5, 0, -1], [1, 1.5, -1, 0]])
    )
    assert seasonal_design(np.arange(4.0), trend=False).shape == (4, 1)
    assert seasonal_design(np.array([])).shape == (0, 2)
    with pytest.raises(RegressionError, match="A period of 0"):
        seasonal_design(np.arange(4.0), periods=[0])
