"""Did it work? Counts before and after a measure, against a comparison area, with what can't be told said as such.

All counts are whole numbers of events (reports, incidents) in one area and one period. Differences are in events; intervals
are two-sided at `level` (0.95: 95 %). Neighbourhood counts are small: read `conclusion` before any of the numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, exp, isfinite, lgamma, log, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
# Below this many events in a cell the normal approximation is not to be trusted (the usual rule for Poisson counts).
FEWEST_EVENTS = 5
_TAIL = 1e-12
# A share halved this often is as exact as a float allows, and never reaches 0 or 1.
_BISECTIONS = 50


def _whole(name: str, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} is {value!r}: counts are whole numbers from 0.")


def _positive(name: str, value: float) -> None:
    if not isfinite(value) or value <= 0:
        raise ValueError(f"{name} is {value!r}: it must be more than 0.")


@dataclass(frozen=True, slots=True)
class Change:
    """Events in one area before and after. Raises ValueError for counts that are negative or not whole."""

    before: int
    after: int

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            _whole(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference in events, with its variance, standard error, z, two-sided p and interval."""

    estimate: float
    variance: float
    error: float
    z: float
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Displacement:
    """Effect in the treated area, in the areas around it (None if they were not looked at), and both together."""

    local: Effect
    around: Effect | None
    total: Effect


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the ends of its interval. `high` may be infinite."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The four areas of a weighted displacement difference for one kind of event, and how much each event weighs.

    `around` and `around_control` are the areas where events may have moved to, near the treated and the comparison area.
    """

    treated: Change
    control: Change
    around: Change | None = None
    around_control: Change | None = None
    harm: float = 1.0

    def __post_init__(self) -> None:
        if (self.around is None) != (self.around_control is None):
            raise ValueError("around and around_control go together: give both or none.")
        _positive("harm", self.harm)


@dataclass(frozen=True, slots=True)
class Weights:
    """Lengths of the two periods and sizes of the areas, against each other; 1 where they are alike."""

    before: float = 1.0
    after: float = 1.0
    treated: float = 1.0
    control: float = 1.0
    around: float = 1.0
    around_control: float = 1.0

    def __post_init__(self) -> None:
        for name in self.__slots__:
            _positive(name, getattr(self, name))


_ALIKE = Weights()


def weighted_displacement(
    *, comparison: Comparison, weights: Weights = _ALIKE, level: float = 0.95
) -> Displacement:
    """The weighted displacement difference (WDD): change in the treated area, less that in the comparison, plus around.

    Source: Wheeler and Ratcliffe 2018, Crime Science 7:11, with time and area weights; the test is a normal approximation to
    sums of Poisson counts, unfit for tiny or overdispersed ones. Raises ValueError for a level outside (0, 1).
    """
    return harm_weighted_displacement(comparisons=[comparison], weights=weights, level=level)


def harm_weighted_displacement(
    *, comparisons: Sequence[Comparison], weights: Weights = _ALIKE, level: float = 0.95
) -> Displacement:
    """The same over several kinds of events, each weighed by its harm: estimates add up, variances with squared weights.

    Source: as above, section on harm weights. Raises ValueError when there is nothing to compare, or when some kinds
    have areas around and others do not.
    """
    if not comparisons:
        raise ValueError("comparisons is empty: give at least one kind of events.")
    if len({comparison.around is None for comparison in comparisons}) > 1:
        raise ValueError("comparisons: either all have areas around or none has.")
    local, around = [0.0, 0.0], [0.0, 0.0]
    for row in comparisons:
        _add(local, row.harm, row.treated, weights, weights.treated, 1)
        _add(local, row.harm, row.control, weights, weights.control, -1)
        if row.around and row.around_control:
            _add(around, row.harm, row.around, weights, weights.around, 1)
            _add(around, row.harm, row.around_control, weights, weights.around_control, -1)
    has_around = comparisons[0].around is not None
    return Displacement(
        local=_effect(local[0], local[1], level),
        around=_effect(around[0], around[1], level) if has_around else None,
        total=_effect(local[0] + around[0], local[1] + around[1], level),
    )


def _add(total: list[float], harm: float, change: Change, weights: Weights, size: float, sign: int) -> None:
    before, after = harm / (weights.before * size), harm / (weights.after * size)
    total[0] += sign * (change.after * after - change.before * before)
    total[1] += change.after * after**2 + change.before * before**2


def _effect(estimate: float, variance: float, level: float) -> Effect:
    error = sqrt(variance)
    z = estimate / error if error else 0.0
    reach = _two_sided(level) * error
    p = erfc(abs(z) / sqrt(2))  # the two far tails themselves: 1 - cdf would round to 0
    return Effect(estimate, variance, error, z, p, estimate - reach, estimate + reach)


def e_test(*, first: int, second: int, first_size: float = 1.0, second_size: float = 1.0) -> float:
    """Two-sided p that two Poisson rates are the same, good for small counts. Sizes are lengths or areas of exposure.

    Source: Krishnamoorthy and Thomson 2004, J. Statistical Planning and Inference 119:23-35. Two counts of none give 1.
    """
    _whole("first", first)
    _whole("second", second)
    _positive("first_size", first_size)
    _positive("second_size", second_size)
    if first + second == 0:
        return 1.0
    rate = (first + second) / (first_size + second_size)
    seen = abs(_standardised(first, second, first_size, second_size))
    columns = list(_poisson(rate * second_size))
    total = 0.0
    for k1, p1 in _poisson(rate * first_size):
        total += p1 * sum(
            p2 for k2, p2 in columns if abs(_standardised(k1, k2, first_size, second_size)) >= seen - 1e-9
        )
    return min(total, 1.0)


def _standardised(first: int, second: int, first_size: float, second_size: float) -> float:
    variance = first / first_size**2 + second / second_size**2
    return (first / first_size - second / second_size) / sqrt(variance) if variance else 0.0


def _poisson(mean: float) -> list[tuple[int, float]]:
    """Counts with their chances, all but a tail that can't be seen."""
    rows, most = [], int(mean + 12 * sqrt(mean) + 30)
    for count in range(most):
        chance = exp(count * log(mean) - mean - lgamma(count + 1))
        if chance > _TAIL:
            rows.append((count, chance))
    return rows


def conditional_test(*, first: int, second: int, first_size: float = 1.0, second_size: float = 1.0) -> float:
    """Two-sided exact p that two Poisson rates are the same, given their sum: a binomial test (Przyborowski and Wilenski 1940).

    As or less likely splits of the sum count against it, as in R's `poisson.test`. It errs on the side of caution.
    """
    _whole("first", first)
    _whole("second", second)
    _positive("first_size", first_size)
    _positive("second_size", second_size)
    total, share = first + second, first_size / (first_size + second_size)
    seen = _binomial(total, first, share)
    chances = (_binomial(total, count, share) for count in range(total + 1))
    return min(sum(chance for chance in chances if chance <= seen * (1 + 1e-7)), 1.0)


def _binomial(total: int, count: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log(1 - share))


def rate_ratio(
    *, before: int, after: int, before_size: float = 1.0, after_size: float = 1.0, level: float = 0.95
) -> Interval:
    """How many times as many events there are after as before, with the exact conditional interval.

    Source: Clopper and Pearson 1934 on the share of events that come after. Without events before, the ratio and its upper
    end are infinite; without any at all, nothing is known and ValueError is raised.
    """
    change = Change(before=before, after=after)
    _positive("before_size", before_size)
    _positive("after_size", after_size)
    total, tail = change.before + change.after, (1 - _checked("level", level)) / 2
    if not total:
        raise ValueError("before and after are both 0: there is no ratio.")
    size = before_size / after_size
    low = _share(lambda share: _at_least(total, after, share) < tail) if after else 0.0
    high = _share(lambda share: _at_least(total, after + 1, share) < 1 - tail) if before else 1.0
    return Interval(
        _odds(after / total) * size,
        _odds(low) * size,
        _odds(high) * size,
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _at_least(total: int, count: int, share: float) -> float:
    return sum(_binomial(total, k, share) for k in range(count, total + 1))


def _share(is_below: Callable[[float], bool]) -> float:
    """The share at which a growing condition stops holding, by bisection."""
    low, high = 0.0, 1.0
    for _turn in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def ratio_of_ratios(*, treated: Change, control: Change, level: float = 0.95) -> Interval:
    """The change in the treated area as a share of that in the comparison: 1 means no difference.

    Log-normal interval with variance 1/n summed over the four cells. Raises ValueError when a cell is 0: no ratio then.
    """
    cells = (treated.after, treated.before, control.after, control.before)
    if not all(cells):
        raise ValueError("a count is 0: the ratio of ratios is not defined, use rate_ratio or e_test.")
    estimate = (treated.after / treated.before) / (control.after / control.before)
    reach = _two_sided(level) * sqrt(sum(1 / cell for cell in cells))
    return Interval(estimate, estimate * exp(-reach), estimate * exp(reach))


def minimum_detectable_change(
    *, counts: Sequence[int], level: float = 0.95, power: float | None = None
) -> float:
    """How large a difference must be, in events, to stand out from chance in these cells.

    z * sqrt(sum of counts); with `power` (0.8: found 8 times in 10) the z of the power is added. Raises ValueError for
    a level or power outside (0, 1).
    """
    if not counts:
        raise ValueError("counts is empty: give the events of at least one cell.")
    for count in counts:
        _whole("counts", count)
    z = _two_sided(level) + (_NORMAL.inv_cdf(_checked("power", power)) if power is not None else 0.0)
    return z * sqrt(sum(counts))


def wilson(*, successes: int, total: int, level: float = 0.95) -> Interval:
    """A share with Wilson's score interval (Wilson 1927), good for small samples. Raises ValueError for an empty one."""
    _whole("successes", successes)
    _whole("total", total)
    if not 0 < total >= successes:
        raise ValueError(f"successes {successes} of total {total}: give a sample that is not empty.")
    z, share = _two_sided(level), successes / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return Interval(share, max(middle - reach, 0.0), min(middle + reach, 1.0))


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` up to, not including, `until`."""

    first: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        return (self.until - self.first).days


def season_matched(*, began_on: dt.date, today: dt.date, most_weeks: int = 26) -> tuple[Period, Period]:
    """The weeks since a measure began, and the same weeks of the year before: same season, same number of each weekday.

    Whole weeks up to `most_weeks`; the earlier period begins 52 weeks before the later one. Raises ValueError while less
    than a week has passed, or for more weeks than the two periods have between them.
    """
    if not 1 <= most_weeks <= 52:
        raise ValueError(f"most_weeks is {most_weeks}: between 1 and 52, or the periods overlap.")
    weeks = min((today - began_on).days // 7, most_weeks)
    if weeks < 1:
        raise ValueError(f"began_on is {began_on}: wait until a whole week has passed.")
    length, year = dt.timedelta(weeks=weeks), dt.timedelta(weeks=52)
    after = Period(began_on, began_on + length)
    return Period(after.first - year, after.until - year), after


class Verdict(StrEnum):
    """What can be said."""

    FELL = "fell"
    ROSE = "rose"
    CANNOT_TELL = "cannot_tell"


class Reason(StrEnum):
    """Why it can be said, or can't."""

    CLEAR = "clear"
    TOO_FEW = "too_few"
    WITHIN_CHANCE = "within_chance"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What can be said of a measure, why, and how large a change would have stood out."""

    verdict: Verdict
    reason: Reason
    detectable: float


def conclusion(*, comparison: Comparison, weights: Weights = _ALIKE, level: float = 0.95) -> Conclusion:
    """What can and can't be concluded. "Cannot tell" is the answer unless every cell has enough events and chance is left out."""
    changes = [comparison.treated, comparison.control, comparison.around, comparison.around_control]
    cells = [count for change in changes if change for count in (change.before, change.after)]
    total = weighted_displacement(comparison=comparison, weights=weights, level=level).total
    detectable = _two_sided(level) * total.error
    if min(cells) < FEWEST_EVENTS:
        return Conclusion(Verdict.CANNOT_TELL, Reason.TOO_FEW, detectable)
    if total.low <= 0 <= total.high:
        return Conclusion(Verdict.CANNOT_TELL, Reason.WITHIN_CHANCE, detectable)
    return Conclusion(Verdict.FELL if total.estimate < 0 else Verdict.ROSE, Reason.CLEAR, detectable)


def _two_sided(level: float) -> float:
    return _NORMAL.inv_cdf((1 + _checked("level", level)) / 2)


def _checked(name: str, share: float) -> float:
    if not 0 < share < 1:
        raise ValueError(f"{name} is {share}: it must be between 0 and 1, both left out.")
    return share
