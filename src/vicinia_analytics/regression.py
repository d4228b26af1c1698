"""Regression of counts with a logarithmic link: Poisson, quasi-Poisson and negative binomial.

Small and dense: a few thousand rows, some tens of columns. Rows are counted from 1 in what errors say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma, xlogy

Floats = np.ndarray[Any, np.dtype[np.float64]]

_TOLERANCE = 1e-8
# Coarser than what the coefficients leave open, or the two would chase each other's last digits.
_OVERDISPERSION_TOLERANCE = 1e-4
_MOST_TURNS = 100
_MOST_HALVINGS = 40
_MOST_ROUNDS = 100
# Variance of a linear predictor of which nothing is known: one count somewhere in its group would leave it near 1.
_UNKNOWN = 1e4
_LARGEST_DISPERSION = 1e4
_LARGEST_PREDICTOR = 700.0


class RegressionError(ValueError):
    """The rows can't be fitted; the sentence names the row or the column, counted from 1, and what is wrong with it."""


@dataclass(frozen=True)
class CountFit:
    """A fitted model of counts. Errors are for the linear predictor, scaled by the Pearson dispersion.

    coefficients: float64[columns], on the log scale. fitted: float64[rows], expected counts. hat: float64[rows], leverages.
    covariance: float64[columns, columns], before scaling. dispersion: Pearson's X² / (rows − columns), 1 if as many columns as
    rows; rows of weight 0 do not count. overdispersion: α of the variance μ + α μ², 0 for Poisson.
    """

    coefficients: Floats
    fitted: Floats
    hat: Floats
    covariance: Floats
    deviance: float
    dispersion: float
    overdispersion: float
    degrees_of_freedom: int

    @property
    def errors(self) -> Floats:
        """Standard errors of the coefficients, float64[columns]."""
        return np.sqrt(np.diagonal(self.covariance) * self.dispersion)

    def predict(self, design: Floats, offset: Floats | float = 0.0) -> tuple[Floats, Floats]:
        """Linear predictor and its standard error, float64[new rows] each, for a design float64[new rows, columns]."""
        spread = ((design @ self.covariance) * design).sum(axis=1)
        return design @ self.coefficients + offset, np.sqrt(np.maximum(spread, 0) * self.dispersion)


def poisson_regression(
    design: Floats,
    counts: Floats,
    *,
    offset: Floats | None = None,
    weights: Floats | None = None,
    allow_separation: bool = False,
) -> CountFit:
    """Poisson regression with a log link, by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5).

    design: float64[rows, columns], with its own column of ones. counts: [rows], 0 or more. offset: [rows], the log of an exposure.
    weights: [rows], prior weights, 0 or more. A group of rows without any count has the coefficient −∞: an error, unless
    `allow_separation`, which stops at a rate as good as 0. Raises RegressionError for input that is not finite, columns that
    repeat each other, fewer rows than columns, separation, or a fit that does not settle.
    """
    design, counts, offset, weights = _checked(design, counts, offset, weights)
    return _fit(design, counts, offset, weights, 0.0, allow_separation)


def negative_binomial_regression(
    design: Floats, counts: Floats, *, offset: Floats | None = None, allow_separation: bool = False
) -> CountFit:
    """Negative binomial regression, variance μ + α μ²: coefficients and α in turn until both rest (Venables and Ripley 2002, 7.4).

    α is the maximum-likelihood one at the fitted means. Arguments and errors as in `poisson_regression`.
    """
    design, counts, offset, weights = _checked(design, counts, offset, None)
    fit = _fit(design, counts, offset, weights, 0.0, allow_separation)
    for _round in range(_MOST_ROUNDS):
        alpha = negative_binomial_overdispersion(counts, fit.fitted)
        moved = abs(alpha - fit.overdispersion)
        fit = _fit(design, counts, offset, weights, alpha, allow_separation, start=fit.coefficients)
        if moved <= _OVERDISPERSION_TOLERANCE * (alpha + 1e-3):
            return fit
    raise RegressionError(f"The overdispersion does not settle in {_MOST_ROUNDS} rounds.")


def negative_binomial_overdispersion(counts: Floats, means: Floats) -> float:
    """α of the variance μ + α μ² by maximum likelihood, means taken as known (Lawless 1987). 0 if the counts vary no more than Poisson.

    Root of Σ [ψ(y + 1/α) − ψ(1/α) − log(1 + α μ) − α (y − μ) / (1 + α μ)], the derivative of the log-likelihood by 1/α.
    """
    counts, means = np.asarray(counts, dtype=np.float64), np.asarray(means, dtype=np.float64)

    def score(log_alpha: float) -> float:
        alpha = float(np.exp(log_alpha))
        size = 1 / alpha
        terms = digamma(counts + size) - digamma(size) - np.log1p(alpha * means)
        return float((terms - alpha * (counts - means) / (1 + alpha * means)).sum())

    low, high = float(np.log(1e-6)), float(np.log(_LARGEST_DISPERSION))
    if score(low) >= 0:
        return 0.0
    return float(np.exp(brentq(score, low, high))) if score(high) > 0 else _LARGEST_DISPERSION


def moment_overdispersion(counts: Floats, means: Floats, *, columns: int = 0) -> float:
    """α of the variance μ + α μ² by moments: Pearson's X² equals rows − columns (Breslow 1984). 0 if X² is not above that."""
    counts, means = np.asarray(counts, dtype=np.float64), np.asarray(means, dtype=np.float64)
    squares, free = (counts - means) ** 2, len(counts) - columns

    def excess(alpha: float) -> float:
        return float((squares / (means + alpha * means**2)).sum()) - free

    if free <= 0 or excess(0.0) <= 0:
        return 0.0
    return float(brentq(excess, 0.0, _LARGEST_DISPERSION)) if excess(_LARGEST_DISPERSION) < 0 else _LARGEST_DISPERSION  # fmt: skip


def _checked(
    design: Floats, counts: Floats, offset: Floats | None, weights: Floats | None
) -> tuple[Floats, Floats, Floats, Floats]:
    design = np.asarray(design, dtype=np.float64)
    counts = np.asarray(counts, dtype=np.float64)
    rows = len(counts)
    if design.ndim != 2 or design.shape[0] != rows:
        raise RegressionError(f"The design has the shape {design.shape}; there are {rows} counts.")
    offset = np.zeros(rows) if offset is None else np.asarray(offset, dtype=np.float64)
    weights = np.ones(rows) if weights is None else np.asarray(weights, dtype=np.float64)
    for name, values in (("offsets", offset), ("weights", weights)):
        if values.shape != counts.shape:
            raise RegressionError(f"There are {values.size} {name} for {rows} counts.")
    bad = {
        "a count is a number from 0": ~(np.isfinite(counts) & (counts >= 0)),
        "a weight is a number from 0": ~(np.isfinite(weights) & (weights >= 0)),
        "the offset is not a number": ~np.isfinite(offset),
        "the design is not a number": ~np.isfinite(design).all(axis=1),
    }
    for sentence, where in bad.items():
        if where.any():
            raise RegressionError(f"Row {int(np.argmax(where)) + 1}: {sentence}.")
    used = design[weights > 0]
    if len(used) < design.shape[1]:
        raise RegressionError(f"{len(used)} rows can't carry {design.shape[1]} columns.")
    if not float((counts * weights).sum()) > 0:
        raise RegressionError("All counts are 0: there is no rate to fit.")
    if np.linalg.matrix_rank(used) < design.shape[1]:
        columns = range(1, design.shape[1] + 1)
        first = next(column for column in columns if np.linalg.matrix_rank(used[:, :column]) < column)
        raise RegressionError(f"Column {first} repeats what the columns before it say.")
    return design, counts, offset, weights


def _fit(
    design: Floats,
    counts: Floats,
    offset: Floats,
    weights: Floats,
    alpha: float,
    allow_separation: bool,
    start: Floats | None = None,
) -> CountFit:
    coefficients, predictor = start, np.log(counts + 0.1) if start is None else design @ start + offset
    means = _means(predictor)
    deviance = _deviance(counts, means, weights, alpha)
    for _turn in range(_MOST_TURNS):
        # Newton's weights, which for Poisson are Fisher's too; the likelihood is concave in the predictor, so they are above 0.
        bend = means * (1 + alpha * counts) / (1 + alpha * means) ** 2
        root = np.sqrt(weights * bend)
        target = predictor - offset + (counts - means) / (1 + alpha * means) / bend
        q, r = np.linalg.qr(root[:, None] * design)
        wanted = np.linalg.solve(r, q.T @ (root * target))
        before = deviance
        coefficients, predictor, deviance = _step(design, counts, offset, weights, alpha, coefficients, wanted, before)  # fmt: skip
        means = _means(predictor)
        if abs(deviance - before) < _TOLERANCE * (abs(deviance) + 0.1):
            break
    else:
        raise RegressionError(f"The fit does not settle in {_MOST_TURNS} turns.")
    fit = _summary(design, counts, means, weights, alpha, coefficients, deviance)
    unknown = ((design @ fit.covariance) * design).sum(axis=1) > _UNKNOWN
    if unknown.any() and not allow_separation:
        raise RegressionError(f"Row {int(np.argmax(unknown)) + 1} is of a group without any count: its rate would be 0.")  # fmt: skip
    return fit


def _step(
    design: Floats,
    counts: Floats,
    offset: Floats,
    weights: Floats,
    alpha: float,
    start: Floats | None,
    wanted: Floats,
    before: float,
) -> tuple[Floats, Floats, float]:
    """As far towards the wanted coefficients as makes the fit no worse; the first step has nothing to compare with."""
    for halving in range(_MOST_HALVINGS):
        taken = wanted if start is None else start + (wanted - start) / 2**halving
        predictor = design @ taken + offset
        if float(predictor.max()) < _LARGEST_PREDICTOR:
            deviance = _deviance(counts, _means(predictor), weights, alpha)
            if start is None or deviance <= before + _TOLERANCE * (abs(before) + 0.1):
                return taken, predictor, deviance
        elif start is None:
            break
    raise RegressionError("The fit runs off to infinity: look for a column with values far from the others.")


def _means(predictor: Floats) -> Floats:
    return np.exp(np.maximum(predictor, -_LARGEST_PREDICTOR))  # never 0: it is divided by


def _deviance(counts: Floats, means: Floats, weights: Floats, alpha: float) -> float:
    terms = xlogy(counts, counts / means)
    if alpha:
        terms = terms - (counts + 1 / alpha) * np.log((1 + alpha * counts) / (1 + alpha * means))
    else:
        terms = terms - (counts - means)
    return float(2 * (weights * terms).sum())


def _summary(
    design: Floats,
    counts: Floats,
    means: Floats,
    weights: Floats,
    alpha: float,
    coefficients: Floats,
    deviance: float,
) -> CountFit:
    root = np.sqrt(weights * means / (1 + alpha * means))
    q, r = np.linalg.qr(root[:, None] * design)
    inverse = np.linalg.inv(r)
    free = int((weights > 0).sum()) - design.shape[1]
    pearson = float((weights * (counts - means) ** 2 / (means * (1 + alpha * means))).sum())
    return CountFit(
        coefficients=coefficients,
        fitted=means,
        hat=(q**2).sum(axis=1),
        covariance=inverse @ inverse.T,
        deviance=deviance,
        dispersion=pearson / free if free else 1.0,
        overdispersion=alpha,
        degrees_of_freedom=free,
    )


def seasonal_design(times: Floats, *, periods: Sequence[float] = (), trend: bool = True) -> Floats:
    """Columns of ones, of time (centred, in units of the series) if `trend`, and a sine and a cosine for each period.

    times: [rows], in units of the series. periods: lengths of the waves in the same units, 365.25 for a yearly one of days.
    Raises RegressionError for a period that is not above 0.
    """
    times = np.asarray(times, dtype=np.float64)
    columns = [np.ones_like(times)]
    if trend:
        columns.append(times - times.mean() if len(times) else times)
    for period in periods:
        if not period > 0:
            raise RegressionError(f"A period of {period} is not above 0.")
        angle = 2 * np.pi * times / period
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)
