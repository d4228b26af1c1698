"""What a series leads one to expect, learnt only from the days before: a regression of years, or a moving level of four weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vicinia_analytics.regression import RegressionError, negative_binomial_regression, seasonal_design
from vicinia_analytics.trends.results import (
    Floats,
    Ints,
    TrendInputError,
    Watch,
    at_least,
    checked_counts,
    recurrence,
    usual_at_most,
)

YEAR = 365.25
WEEK = 7
# Counts beyond this many standard deviations of the usual are taken as this many, so that a rise does not become the rule.
_CAP = 3.0
_JEFFREYS = 0.5


@dataclass(frozen=True)
class Expectation:
    """Expected cases for each time from the position `first`: arrays of one length.

    mean: cases. error: standard error of the log of the mean, 0 if it is not known. overdispersion: α of the variance μ + α μ².
    """

    first: int
    mean: Floats
    error: Floats
    overdispersion: Floats


@dataclass(frozen=True)
class SeasonSettings:
    """How a regression learns. Lengths are in times of the series, weeks or days as `step_days` says.

    history: latest times learnt from. left_out: times before each fit that are not learnt from, so that a rise does not hide itself.
    refit_every: times that one fit serves. Raises TrendInputError for a value out of range.
    """

    step_days: int = 1
    history: int = 1096
    left_out: int = 14
    refit_every: int = 28

    def __post_init__(self) -> None:
        wrong = [
            (self.step_days not in (1, 7), "A series is daily (1) or weekly (7)."),
            (self.history < 8, "At least eight times are learnt from."),
            (self.left_out < 0, "Times left out are 0 or more."),
            (self.refit_every < 1, "A fit serves at least one time."),
        ]
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise TrendInputError(sentence)


def seasonal_expectation(
    counts: Floats | Ints, *, first: int, settings: SeasonSettings | None = None
) -> Expectation:
    """Negative binomial regression on the day of the week, a yearly wave (from one year on) and a trend (from two years on).

    counts: [times]. Each fit sees only what is before the times it serves, and not the latest `left_out` of that. Raises
    TrendInputError for a count below 0 or fewer than eight times to learn from.
    """
    settings = settings or SeasonSettings()
    counts = checked_counts(counts, first=first, least=settings.left_out + 8)
    mean, error, alpha = (np.empty(len(counts) - first) for _ in range(3))
    for start in range(first, len(counts), settings.refit_every):
        end = min(start + settings.refit_every, len(counts))
        learnt = np.arange(max(0, start - settings.left_out - settings.history), start - settings.left_out)
        served = slice(start - first, end - first)
        mean[served], error[served], alpha[served] = _projected(counts, learnt, np.arange(start, end), settings)  # fmt: skip
    return Expectation(first, mean, error, alpha)


def _projected(
    counts: Floats, learnt: Ints, served: Ints, settings: SeasonSettings
) -> tuple[Floats, Floats, float]:
    least = _JEFFREYS / len(learnt)
    if not counts[learnt].any():
        return np.full(len(served), least), np.zeros(len(served)), 0.0
    both = _columns(np.concatenate([learnt, served]), len(learnt) * settings.step_days, settings)
    past, ahead = both[: len(learnt)], both[len(learnt) :]
    # A weekday that never had a case (a counter that is closed) is allowed: its rate is as good as 0.
    try:
        fit = negative_binomial_regression(past, counts[learnt], allow_separation=True)
    except RegressionError:
        # A handful of bursts in years of nothing has no season; a mean can always be had.
        past, ahead = past[:, :1], ahead[:, :1]
        fit = negative_binomial_regression(past, counts[learnt])
    eta, error = fit.predict(ahead)
    known = np.exp(eta) > least
    return np.maximum(np.exp(eta), least), np.where(known, error, 0.0), fit.overdispersion


def _columns(times: Ints, days: int, settings: SeasonSettings) -> Floats:
    periods = [YEAR / settings.step_days] if days >= YEAR else []
    columns = seasonal_design(times / 1.0, periods=periods, trend=days >= 2 * YEAR)
    if settings.step_days == WEEK:
        return columns
    weekdays = (times[:, None] % WEEK == np.arange(1, WEEK)[None, :]).astype(np.float64)
    return np.hstack([columns, weekdays])


@dataclass(frozen=True)
class MovingSettings:
    """How a moving level learns. window: days of the level. left_out: days before the judged one that are not learnt from.

    weekday_days: days from which the shares of the weekdays come. prior_days: how many days the level of a year counts for beside the
    window's. prior_cases: cases that a weekday must have beyond its share before it is believed. alpha: chance above the bound.
    Raises TrendInputError for a value out of range.
    """

    window: int = 28
    left_out: int = 2
    weekday_days: int = 364
    prior_days: float = 7.0
    prior_cases: float = 10.0
    alpha: float = 0.01

    def __post_init__(self) -> None:
        wrong = [
            (self.window < WEEK, "The window holds at least one week."),
            (self.left_out < 0, "Days left out are 0 or more."),
            (self.weekday_days < self.window, "Weekdays are learnt from at least the days of the window."),
            (not (self.prior_days > 0 and self.prior_cases > 0), "What shrinks is above 0."),
            (not 0 < self.alpha < 0.5, "alpha is between 0 and 0.5."),
        ]
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise TrendInputError(sentence)


def moving_expectation(
    counts: Floats | Ints, *, first: int, settings: MovingSettings | None = None
) -> Expectation:
    """Level of the last weeks × share of the weekday, both shrunk; a day learns only from days before it, less `left_out`.

    counts: [days]. The level follows a slow season; a rise is capped before it is learnt from. Raises TrendInputError for a count
    below 0, or fewer days before `first` than the window and those left out.
    """
    settings = settings or MovingSettings()
    counts = checked_counts(counts, first=first, least=settings.window + settings.left_out)
    level, share = _robust_level(counts, settings)
    mean = _by_weekday(level, share)
    alpha = _overdispersion(counts, mean, settings)
    return Expectation(first, mean[first:], np.zeros(len(counts) - first), alpha[first:])


def moving_forecast(counts: Floats | Ints, *, days: int, settings: MovingSettings | None = None) -> Floats:
    """Expected cases of the `days` days that follow a series, float64[days]: its level as it is at the end, by weekday.

    counts: [times], the past. Raises TrendInputError as `moving_expectation`.
    """
    settings = settings or MovingSettings()
    past = np.asarray(counts, dtype=np.float64)
    # A day that nothing learns from, for what is known on it.
    known = checked_counts(np.append(past, 0.0), first=len(past), least=settings.window + settings.left_out)
    level, share = _robust_level(known, settings)
    return np.asarray(level[-1] * share[(len(past) + np.arange(days)) % WEEK, -1])


def expected_by_day(counts: Floats | Ints, *, first: int, settings: MovingSettings | None = None) -> Watch:
    """Watch a daily series against its moving level. Score: (count − expected) / standard deviation of the count.

    Arguments and errors as in `moving_expectation`.
    """
    settings = settings or MovingSettings()
    known = moving_expectation(counts, first=first, settings=settings)
    watched = np.asarray(counts, dtype=np.float64)[first:]
    upper = usual_at_most(settings.alpha, known.mean, known.overdispersion)
    score = (watched - known.mean) / np.sqrt(known.mean + known.overdispersion * known.mean**2)
    p = at_least(watched, known.mean, known.overdispersion)
    return Watch(first, known.mean, upper, score, watched > upper, recurrence(p, step_days=1))


def _before(values: Floats, days: int, left_out: int) -> Floats:
    """Sums over the `days` days before each day, less the latest `left_out`: along the last axis."""
    total = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)
    day = np.arange(values.shape[-1])
    until = np.maximum(day - left_out, 0)
    return total[..., until] - total[..., np.maximum(until - days, 0)]


def _robust_level(counts: Floats, settings: MovingSettings) -> tuple[Floats, Floats]:
    """Level and shares of weekdays as they are known on every day, past rises capped by what was expected of their own day."""
    plain = _by_weekday(*_level(counts, settings))
    spread = plain + _overdispersion(counts, plain, settings) * plain**2
    capped = np.minimum(counts, plain + _CAP * np.sqrt(spread) + 1)
    return _level(np.where(np.isfinite(capped), capped, counts), settings)


def _by_weekday(level: Floats, share: Floats) -> Floats:
    days = np.arange(len(level))
    return np.asarray(level * share[days % WEEK, days])


def _level(counts: Floats, settings: MovingSettings) -> tuple[Floats, Floats]:
    """Level, float64[days], and shares of weekdays, float64[7, days]; not numbers on the first days, that have nothing before them."""
    is_day = (np.arange(len(counts))[None, :] % WEEK == np.arange(WEEK)[:, None]).astype(np.float64)
    cases = _before(is_day * counts, settings.weekday_days, settings.left_out)
    times = _before(is_day, settings.weekday_days, settings.left_out)
    long_days = times.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (cases.sum(axis=0) + _JEFFREYS) / long_days
        share = (cases + settings.prior_cases) / (times * rate + settings.prior_cases)
    share /= share.mean(axis=0)
    # What the days of the window add up to, each with its weekday's share as it is known on the judged day.
    exposed = (share * _before(is_day, settings.window, settings.left_out)).sum(axis=0)
    seen = _before(counts, settings.window, settings.left_out)
    level = (seen + settings.prior_days * rate) / (exposed + settings.prior_days)
    return level, share


def _overdispersion(counts: Floats, mean: Floats, settings: MovingSettings) -> Floats:
    """α by moments over the past year's predictions, Σ [(y − μ)² − μ] / Σ μ²: it holds what the level itself does not know."""
    known = np.isfinite(mean)
    filled = np.where(known, mean, 0.0)
    excess = np.where(known, (counts - filled) ** 2 - filled, 0.0)
    over = _before(excess, settings.weekday_days, settings.left_out)
    square = _before(filled**2, settings.weekday_days, settings.left_out)
    return np.where(square > 0, np.maximum(over, 0.0) / np.where(square > 0, square, 1.0), 0.0)
