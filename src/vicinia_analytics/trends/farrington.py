"""Farrington's method in its flexible form: is this week above what the same season of the years before leads to expect?

Source: Noufaily, Enki, Farrington et al. 2013, Statistics in Medicine 32:1206-1222; Farrington et al. 1996, JRSS A 159:547-563;
options and rules as documented for `farringtonFlexible` (Salmon, Schumacher, Höhle 2016, J. Statistical Software 70(10)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from vicinia_analytics.regression import CountFit, poisson_regression
from vicinia_analytics.trends.results import (
    Flags,
    Floats,
    Ints,
    TrendInputError,
    Watch,
    at_least,
    checked_counts,
    recurrence,
    usual_at_most,
)

# Half a case in the rows of the season: the Jeffreys rate of a season that never had any.
_HALF_A_CASE = 0.5
_YEARS_FOR_A_TREND = 3


class Bound(StrEnum):
    """How the upper bound is made: a power of the count taken as normal, or a negative binomial at the mean (NB_PLUGIN) or at the
    upper end of what the mean may be (MUAN)."""

    DELTA = "delta"
    NB_PLUGIN = "nbPlugin"
    MUAN = "muan"


class Power(StrEnum):
    """The power of DELTA that makes a count nearly normal."""

    NONE = "none"
    HALF = "1/2"
    TWO_THIRDS = "2/3"


_EXPONENT = {Power.NONE: 1.0, Power.HALF: 0.5, Power.TWO_THIRDS: 2 / 3}


@dataclass(frozen=True)
class FarringtonSettings:
    """How to compare. Lengths are in times of the series, weeks or days.

    years, half_window: reference times this many years back, with so many beside each. periods: seasons that a year is cut in, the
    window being one; 1 compares with the windows alone. alpha: chance above the bound. past_left_out: latest times not learnt from.
    reweight, residual_limit: past rises beyond this Anscombe residual weigh less. trend, trend_p: a trend stays if its p is under
    trend_p, there are three years and it does not lead beyond the largest count. least_cases, last_times: no alarm for fewer cases
    in the latest times. Raises TrendInputError for a value out of range.
    """

    years: int = 4
    half_window: int = 3
    periods: int = 10
    alpha: float = 0.005
    past_left_out: int = 26
    reweight: bool = True
    residual_limit: float = 2.58
    trend: bool = True
    trend_p: float = 1.0
    bound: Bound = Bound.NB_PLUGIN
    power: Power = Power.TWO_THIRDS
    least_cases: int = 5
    last_times: int = 4

    def __post_init__(self) -> None:
        wrong = [
            (self.years < 1, "At least one year is looked back."),
            (self.half_window < 0, "A window reaches 0 or more times to each side."),
            (self.periods < 1, "A year has at least one period."),
            (not 0 < self.alpha < 0.5, "alpha is between 0 and 0.5."),
            (self.past_left_out < 0, "Times left out are 0 or more."),
            (not self.residual_limit > 0, "The limit of residuals is above 0."),
            (self.least_cases < 0 or self.last_times < 1, "Least cases are 0 or more, in at least one time."),
        ]
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise TrendInputError(sentence)


@dataclass(frozen=True)
class _History:
    """The times compared with: their positions in the series and the season of each."""

    rows: Ints
    season: Ints


def farrington(
    counts: Floats | Ints,
    *,
    first_day: dt.date,
    step_days: int = 7,
    first: int,
    settings: FarringtonSettings | None = None,
    population: Floats | None = None,
) -> Watch:
    """Watch a series from the position `first`. counts: [times], cases in steps of `step_days` (7 or 1) from `first_day` on.

    population: [times], exposed people, used as an offset. Score: (count − expected) / (upper − expected), above 1 in an alarm. Raises
    TrendInputError for counts or population out of range, or too few years before `first`.
    """
    settings = settings or FarringtonSettings()
    counts = checked_counts(counts, first=first, least=1)
    if step_days not in (1, 7):
        raise TrendInputError(f"Steps of {step_days} days: a series is daily (1) or weekly (7).")
    exposure = np.ones(len(counts)) if population is None else np.asarray(population, dtype=np.float64)
    if exposure.shape != counts.shape:
        raise TrendInputError(f"{exposure.size} populations for {len(counts)} counts.")
    if not (exposure > 0).all():
        raise TrendInputError(f"Row {int(np.argmin(exposure > 0)) + 1}: the population is not above 0.")
    offset, found = np.log(exposure), []
    for now in range(first, len(counts)):
        history = _history(now, first_day, step_days, settings)
        found.append(_judge(counts, offset, now, history, settings))
    expected, upper, p = np.array(found).T
    watched = counts[first:]
    recent = np.array([counts[max(0, now + 1 - settings.last_times) : now + 1].sum() for now in range(first, len(counts))])  # fmt: skip
    alarm: Flags = (watched > upper) & (recent >= settings.least_cases) & (watched > 0)
    # Where hardly anything is expected the bound may be below the mean: half a case keeps the score's sign.
    score = (watched - expected) / np.maximum(upper - expected, _HALF_A_CASE)
    return Watch(first, expected, upper, score, alarm, recurrence(p, step_days=step_days))


def _history(now: int, first_day: dt.date, step_days: int, settings: FarringtonSettings) -> _History:
    """Windows round the reference times are the last season; what lies between two of them is cut in equal seasons."""
    day = first_day + dt.timedelta(days=now * step_days)
    references = [now]
    for back in range(1, settings.years + 1):
        year = day.year - back
        try:
            past = day.replace(year=year)
        except ValueError:  # 29 February
            past = dt.date(year, 3, 1)
        references.append(round((past - first_day).days / step_days))
    half, window = settings.half_window, settings.periods - 1
    if references[-1] - half < 0:
        raise TrendInputError(
            f"Row {now + 1} can't be compared with {settings.years} years before it: the series is too short."
        )
    season = np.full(now, -1, dtype=np.int64)
    season[now - half :] = window
    for later, reference in pairwise(references):
        season[reference - half : reference + half + 1] = window
        between = np.arange(reference + half + 1, later - half)
        if window:
            if len(between) < window:
                raise TrendInputError(f"A year can't be cut in {settings.periods} periods.")
            for number, part in enumerate(np.array_split(between, window)):
                season[part] = number
    season[now - settings.past_left_out :] = -1
    rows = np.flatnonzero(season >= 0)
    return _History(rows, season[rows])


def _judge(
    counts: Floats, offset: Floats, now: int, history: _History, settings: FarringtonSettings
) -> tuple[float, float, float]:
    """Expected cases, upper bound and p of one time."""
    response, rows = counts[history.rows], history.rows
    exposed = offset[now] - offset[rows]
    in_season = history.season == settings.periods - 1
    least = _HALF_A_CASE / float(np.exp(-exposed[in_season]).sum())
    if not response.any():
        return _bounds(np.log(least), 0.0, 1.0, counts[now], settings)
    seasons = [(history.season == number).astype(np.float64) for number in range(settings.periods - 1)]
    plain = np.column_stack([np.ones(len(rows)), *seasons])
    today = np.zeros(plain.shape[1])
    today[0] = 1.0
    time = (rows - now).astype(np.float64)
    with_trend = np.column_stack([plain, time])
    fit, predicted = None, (0.0, 0.0)
    if settings.trend and settings.years >= _YEARS_FOR_A_TREND:
        fit = _reweighted(with_trend, response, offset[rows], settings)
        predicted = _predicted(fit, np.append(today, 0.0), offset[now])
        if not _keeps_trend(fit, predicted[0], response, settings):
            fit = None
    if fit is None:
        fit = _reweighted(plain, response, offset[rows], settings)
        predicted = _predicted(fit, today, offset[now])
    return _bounds(max(predicted[0], np.log(least)), predicted[1], max(fit.dispersion, 1.0), counts[now], settings)  # fmt: skip


def _predicted(fit: CountFit, row: Floats, offset: float) -> tuple[float, float]:
    eta, error = fit.predict(row[None, :], offset)
    return float(eta[0]), float(error[0])


def _keeps_trend(fit: CountFit, eta: float, response: Floats, settings: FarringtonSettings) -> bool:
    if settings.trend_p < 1:
        ratio = abs(fit.coefficients[-1]) / fit.errors[-1]
        if 2 * float(student.sf(ratio, fit.degrees_of_freedom)) >= settings.trend_p:
            return False
    return bool(eta <= np.log(response.max()))


def _reweighted(design: Floats, response: Floats, offset: Floats, settings: FarringtonSettings) -> CountFit:
    """Fitted once, and again with less weight on rises of the past, so that an old outbreak does not hide a new one."""
    fit = poisson_regression(design, response, offset=offset, allow_separation=True)
    if not settings.reweight:
        return fit
    residual = 1.5 * (response ** (2 / 3) * fit.fitted ** (-1 / 6) - np.sqrt(fit.fitted))
    free = np.maximum(1 - fit.hat, 1e-9)
    residual = residual / np.sqrt(max(fit.dispersion, 1.0) * free)
    weight = np.where(residual > settings.residual_limit, np.maximum(residual, 1e-9) ** -2.0, 1.0)
    weight *= len(weight) / weight.sum()
    return poisson_regression(design, response, offset=offset, weights=weight, allow_separation=True)


def _bounds(
    eta: float, error: float, dispersion: float, count: float, settings: FarringtonSettings
) -> tuple[float, float, float]:
    mean = float(np.exp(eta))
    reach = float(norm.isf(settings.alpha))
    if settings.bound is Bound.DELTA:
        exponent = _EXPONENT[settings.power]
        # Variance of the prediction by the delta method: of a new count and of its mean.
        variance = dispersion * mean + (mean * error) ** 2
        spread = exponent * mean ** (exponent - 1) * np.sqrt(variance)
        upper = (mean**exponent + reach * spread) ** (1 / exponent)
        return mean, float(upper), float(norm.sf((count**exponent - mean**exponent) / spread))
    centre = np.array([mean if settings.bound is Bound.NB_PLUGIN else float(np.exp(eta + reach * error))])
    # A variance of φ μ is a negative binomial of α = (φ − 1) / μ.
    alpha = (dispersion - 1) / centre
    return (
        mean,
        float(usual_at_most(settings.alpha, centre, alpha)[0]),
        float(at_least(np.array([count]), centre, alpha)[0]),
    )
