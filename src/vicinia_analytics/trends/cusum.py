"""Negative binomial CUSUM: evidence for a rise, added up from day to day, with an alarm line that keeps a promise of false alarms.

Source: Höhle and Paul 2008, Computational Statistics and Data Analysis 52:4357-4368 (the likelihood ratio of a given rise, on the
means of a seasonal model); Brook and Evans 1972, Biometrika 59:539-549 (the Markov chain); Watkins et al. 2008, BMC Medical
Informatics and Decision Making 8:37 (reports of illness by day).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom, poisson

from vicinia_analytics.trends.results import (
    DAYS_A_YEAR,
    Floats,
    Ints,
    TrendInputError,
    Watch,
    checked_counts,
)
from vicinia_analytics.trends.seasonal import Expectation

_STATES = 48
_GROUPS = 8
_BLOCKS = 400
_FEWEST_DAYS = 364
_BURN_IN = 56
_LINES = 12
_LOWEST, _HIGHEST = 0.2, 24.0
_ALMOST_POISSON = 1e-9
# Three points stand for what the mean may be, given its standard error (Gauss-Hermite).
_NODES = np.array([-np.sqrt(3), 0.0, np.sqrt(3)])
_SHARES = np.array([1 / 6, 2 / 3, 1 / 6])


@dataclass(frozen=True)
class CusumSettings:
    """ratio: the rise looked for, cases as a multiple of the expected. most_a_year: false alarms promised at most, for this series.

    Raises TrendInputError for a value out of range.
    """

    ratio: float = 2.0
    most_a_year: float = 1.0
    step_days: int = 1

    def __post_init__(self) -> None:
        wrong = [
            (not self.ratio > 1, "The rise looked for is more than 1."),
            (not self.most_a_year > 0, "False alarms a year are above 0."),
            (self.step_days not in (1, 7), "A series is daily (1) or weekly (7)."),
        ]
        for is_wrong, sentence in wrong:
            if is_wrong:
                raise TrendInputError(sentence)


@dataclass(frozen=True)
class Line:
    """Alarm lines and the false alarms a year that each gives, rising lines; `threshold` is the lowest that keeps the promise,
    infinite where none does: too little is known to watch so rarely."""

    threshold: float
    lines: Floats
    false_alarms: Floats

    def recurrence_days(self, values: Floats) -> Floats:
        """Days between false alarms if the line stood at each of these values."""
        rate = np.log(np.maximum(self.false_alarms, 1e-300))
        slope = (rate[-1] - rate[-2]) / (self.lines[-1] - self.lines[-2])
        beyond = rate[-1] + slope * (values - self.lines[-1])
        log_rate = np.where(values > self.lines[-1], beyond, np.interp(values, self.lines, rate))
        return DAYS_A_YEAR / np.exp(log_rate)


def cusum(
    counts: Floats | Ints,
    expectation: Expectation,
    *,
    settings: CusumSettings | None = None,
    line: Line | None = None,
) -> Watch:
    """Watch a series from the expectation's `first` on; after an alarm the sum starts again from 0.

    counts: [times], the whole series. line: see `alarm_line`, made from the expectation itself if None. Score: the sum as it stands,
    an alarm from the threshold on. Raises TrendInputError for a count below 0, or an expectation of another length.
    """
    settings = settings or CusumSettings()
    first = expectation.first
    counts = checked_counts(counts, first=first, least=0)
    if len(expectation.mean) != len(counts) - first:
        raise TrendInputError(
            f"{len(expectation.mean)} expected counts for {len(counts) - first} times watched."
        )
    line = line or alarm_line(expectation, settings=settings)
    gain, loss = _weights(expectation.mean, expectation.overdispersion, settings.ratio)
    steps = gain * counts[first:] - loss
    score, before = np.empty(len(steps)), np.empty(len(steps))
    total = 0.0
    for day, step in enumerate(steps.tolist()):
        before[day] = total
        total = max(0.0, total + step)
        score[day] = total
        if total >= line.threshold:
            total = 0.0
    alarm = score >= line.threshold
    # The most cases that would still have left the sum under its line.
    upper = np.ceil((line.threshold - before + loss) / gain) - 1
    return Watch(first, expectation.mean, upper, score, alarm, line.recurrence_days(score))


def alarm_line(expectation: Expectation, *, settings: CusumSettings | None = None) -> Line:
    """The alarm line that gives at most `most_a_year` false alarms, from the means, their errors and their overdispersion.

    A Markov chain of the sum is led through the expected days as a cycle, at least a year of them (repeated if fewer), with a new start
    after each alarm; the mean itself may be wrong by its standard error. Raises TrendInputError without a mean above 0.
    """
    settings = settings or CusumSettings()
    lines = np.geomspace(_LOWEST, _HIGHEST, _LINES)
    rates = false_alarms_a_year(expectation, lines, settings=settings)
    kept = np.flatnonzero(rates <= settings.most_a_year)
    if not len(kept):
        return Line(float("inf"), lines, rates)
    if kept[0]:
        # Sums of few cases make a staircase of the rate: look closer between the last line that fails and the first that keeps.
        closer = np.linspace(lines[kept[0] - 1], lines[kept[0]], _LINES + 2)[1:-1]
        lines = np.concatenate([lines, closer])
        rates = np.concatenate([rates, false_alarms_a_year(expectation, closer, settings=settings)])
        order = np.argsort(lines)
        lines, rates = lines[order], np.minimum.accumulate(rates[order])
    return Line(float(lines[np.argmax(rates <= settings.most_a_year)]), lines, rates)


def false_alarms_a_year(
    expectation: Expectation, thresholds: Floats, *, settings: CusumSettings | None = None
) -> Floats:
    """False alarms a year at each threshold, float64[thresholds]: see `alarm_line`."""
    settings = settings or CusumSettings()
    thresholds = np.asarray(thresholds, dtype=np.float64)
    mean = expectation.mean
    if not len(mean) or not (mean > 0).all():
        raise TrendInputError("Expected counts are above 0, on one day at least.")
    cycle = max(1, -(-_FEWEST_DAYS // (len(mean) * settings.step_days)))
    order = np.argsort(mean, kind="stable")
    group = np.empty(len(mean), dtype=np.int64)
    for number, members in enumerate(np.array_split(order, min(_GROUPS, len(mean)))):
        group[members] = number
    groups = int(group.max()) + 1
    means, errors, alphas = (
        np.array([values[group == number].mean() for number in range(groups)])
        for values in (mean, expectation.error, expectation.overdispersion)
    )
    spread = errors > 0
    nodes, shares = (_NODES, _SHARES) if spread.any() else (np.zeros(1), np.ones(1))
    chains = np.stack(
        [
            np.stack([[_chain(means[at], means[at] * np.exp(errors[at] * node), alphas[at], line, settings.ratio) for line in thresholds] for node in nodes])
            for at in range(groups)
        ]
    )  # fmt: skip
    # [groups, nodes, lines, states, states + 1]: the last column is the alarm.
    days = np.tile(group, cycle)
    burn_in = min(_BURN_IN, len(days))
    state = np.zeros((len(nodes), len(thresholds), 1, _STATES))
    state[..., 0] = 1.0
    alarms = np.zeros((len(nodes), len(thresholds)))
    for at, number in enumerate(np.concatenate([days[-burn_in:], days])):
        moved = state @ chains[number]
        raised = moved[..., 0, -1]
        state = moved[..., :-1]
        state[..., 0, 0] += raised
        if at >= burn_in:
            alarms += raised
    return np.asarray(shares @ alarms) * DAYS_A_YEAR / (len(days) * settings.step_days)


def _weights(mean: Floats, alpha: Floats, ratio: float) -> tuple[Floats, Floats]:
    """The log-likelihood ratio of a rise is gain × count − loss."""
    over = alpha > _ALMOST_POISSON
    safe = np.where(over, alpha, 1.0)
    change = np.log((1 + safe * mean) / (1 + safe * ratio * mean))
    gain = np.log(ratio) + np.where(over, change, 0.0)
    return gain, np.where(over, -change / safe, (ratio - 1) * mean)


def _chain(mean: float, true_mean: float, alpha: float, line: float, ratio: float) -> Floats:
    """Chances from each state of the sum to each other and to the alarm: float64[states, states + 1].

    States are points from 0 to just under the line; a sum between two of them is shared so that its mean is kept.
    """
    gains, losses = _weights(np.array([mean]), np.array([alpha]), ratio)
    gain, loss = float(gains[0]), float(losses[0])
    # Counts that reach the line from 0, many of them in blocks finer than the states.
    most = int(np.ceil((line + loss) / gain)) + 1
    block = -(-most // _BLOCKS)
    edges = np.arange(0, most + block, block)
    if alpha > _ALMOST_POISSON:
        below = nbinom.cdf(edges - 1, 1 / alpha, 1 / (1 + alpha * true_mean))
    else:
        below = poisson.cdf(edges - 1, true_mean)
    chance, counts = np.diff(below), (edges[:-1] + edges[1:] - 1) / 2
    width = line / (_STATES - 1)
    sums = np.maximum(0.0, width * np.arange(_STATES)[:, None] + gain * counts[None, :] - loss)
    inside = sums < line
    place = np.where(inside, sums, 0.0) / width
    low = np.minimum(place.astype(np.int64), _STATES - 2)
    upper_part = place - low
    weight = np.where(inside, chance[None, :], 0.0)
    row = np.arange(_STATES)[:, None] * (_STATES + 1)
    flat = np.bincount((row + low).ravel(), (weight * (1 - upper_part)).ravel(), _STATES * (_STATES + 1))
    flat += np.bincount((row + low + 1).ravel(), (weight * upper_part).ravel(), _STATES * (_STATES + 1))
    table: Floats = flat.reshape(_STATES, _STATES + 1).astype(np.float64)
    table[:, -1] = 1 - table[:, :-1].sum(axis=1)
    return table
