"""Rises in time: published alarms, figures by hand, slow twins, and promises of false alarms kept on years in which nothing happens."""

import csv
import datetime as dt
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, nbinom, norm, poisson
from scipy.stats import t as student

from vicinia_analytics.regression import RegressionError
from vicinia_analytics.trends import seasonal
from vicinia_analytics.trends.cusum import (
    CusumSettings,
    Line,
    _weights,
    alarm_line,
    cusum,
    false_alarms_a_year,
)
from vicinia_analytics.trends.ears import Ears, EarsSettings, ears
from vicinia_analytics.trends.farrington import Bound, FarringtonSettings, Power, farrington
from vicinia_analytics.trends.results import TrendInputError, at_least, usual_at_most
from vicinia_analytics.trends.seasonal import (
    Expectation,
    MovingSettings,
    SeasonSettings,
    expected_by_day,
    moving_expectation,
    seasonal_expectation,
)

MONDAY = dt.date(2020, 1, 6)
SERIES = Path(os.environ.get("VICINIA_DATA", "/nowhere")) / "series" / "salmNewport_total.csv"


def draws(means, alpha, seed):
    random = np.random.default_rng(seed)
    return random.negative_binomial(1 / alpha, 1 / (1 + alpha * means)) if alpha else random.poisson(means)


def town(days, base=3.0):
    """Means of a daily series with a yearly wave and quiet weekends."""
    day = np.arange(days)
    return base * np.exp(0.3 * np.sin(2 * np.pi * day / 365.25)) * np.array([1.2] * 5 + [0.6, 0.4])[day % 7]


def flat(mean, alpha=0.0, error=0.0, days=364, first=0):
    return Expectation(first, np.full(days, mean), np.full(days, error), np.full(days, alpha))


# Chances


def test_chances_are_those_of_scipy():
    counts, means = np.array([0.0, 3, 7]), np.array([1.0, 2, 3])
    assert at_least(counts, means, 0.0) == pytest.approx(poisson.sf(counts - 1, means))
    assert at_least(counts, means, 0.5) == pytest.approx(nbinom.sf(counts - 1, 2, 1 / (1 + 0.5 * means)))
    assert usual_at_most(0.01, means, 0.0) == pytest.approx(poisson.ppf(0.99, means))
    assert usual_at_most(0.01, means, np.array([0.5, 0, 0.5]))[1] == poisson.ppf(0.99, 2)
    assert at_least(np.array([5.0]), np.array([3.0]), 1e-8) == pytest.approx(poisson.sf(4, 3), 1e-5)


# Farrington


def newport():
    if not SERIES.exists():
        pytest.skip("VICINIA_DATA has no series/salmNewport_total.csv")
    rows = list(csv.DictReader(SERIES.open()))
    return dt.date.fromisoformat(rows[0]["epoch"]), np.array([int(row["total"]) for row in rows])


def test_the_published_alarms_of_salmonella_newport():
    first_day, counts = newport()
    found = farrington(counts, first_day=first_day, first=len(counts) - 163)
    assert (found.alarms - found.first + 1).tolist() == [44, 45, 46, 47, 51, 54, 56, 59]
    assert (found.score > 1).tolist() == found.alarm.tolist()
    assert (found.recurrence_days[found.alarm] > 7 / 0.005).all()
    stricter = FarringtonSettings(residual_limit=1.0)
    more = farrington(counts, first_day=first_day, first=len(counts) - 163, settings=stricter)
    assert set(found.alarms) < set(more.alarms)


@pytest.mark.parametrize(
    ("bound", "power"), [(Bound.DELTA, power) for power in Power] + [(Bound.MUAN, Power.NONE)]
)
def test_bounds_by_hand_on_a_constant_series(bound, power):
    """One level, one season: the mean is that of the windows; counts that never vary leave it no error, and φ = 1."""
    counts = np.full(60, 4)
    counts[-1] = 12
    settings = FarringtonSettings(
        years=1, half_window=1, periods=1, alpha=0.025, past_left_out=0, trend=False, bound=bound, power=power
    )
    found = farrington(counts, first_day=MONDAY, first=59, settings=settings)
    z = 1.959964
    assert found.expected == pytest.approx([4])
    if bound is Bound.MUAN:
        assert found.upper == poisson.ppf(0.975, 4)
    else:
        exponent = {Power.NONE: 1, Power.HALF: 0.5, Power.TWO_THIRDS: 2 / 3}[power]
        spread = exponent * 4 ** (exponent - 0.5)
        assert found.upper == pytest.approx([(4**exponent + z * spread) ** (1 / exponent)], 1e-6)
        assert found.recurrence_days == pytest.approx([7 / norm.sf((12**exponent - 4**exponent) / spread)])
    assert found.alarm.all()


def test_muan_is_wider_than_the_plug_in():
    counts = draws(np.full(300, 5.0), 0.3, 1)
    plug_in, muan = (
        farrington(counts, first_day=MONDAY, first=280, settings=FarringtonSettings(bound=bound))
        for bound in (Bound.NB_PLUGIN, Bound.MUAN)
    )
    assert (muan.upper >= plug_in.upper).all()
    assert (muan.upper > plug_in.upper).any()
    assert muan.expected == pytest.approx(plug_in.expected)


def test_an_old_outbreak_does_not_hide_a_new_one():
    counts = draws(np.full(320, 3.0), 0.0, 2)
    counts[150:154] = 60
    counts[-1] = 15
    plain, reweighted = (
        farrington(
            counts, first_day=MONDAY, first=319, settings=FarringtonSettings(reweight=reweight, trend=False)
        )
        for reweight in (False, True)
    )
    assert reweighted.upper[0] < plain.upper[0]
    assert (plain.alarm[0], reweighted.alarm[0]) == (False, True)


def test_a_population_twice_as_large_expects_twice_as_many():
    counts = draws(np.full(300, 5.0), 0.0, 3)
    people = np.full(300, 1000.0)
    settings = FarringtonSettings(trend=False)
    same = farrington(counts, first_day=MONDAY, first=299, population=people, settings=settings)
    without = farrington(counts, first_day=MONDAY, first=299, settings=settings)
    people[-1] = 2000
    twice = farrington(counts, first_day=MONDAY, first=299, population=people, settings=settings)
    assert same.expected == pytest.approx(without.expected)
    assert twice.expected == pytest.approx(2 * without.expected)


def test_a_trend_is_kept_only_if_it_is_sure_and_does_not_lead_beyond_what_was_seen():
    weeks = np.arange(300)
    falling = draws(20 * np.exp(-weeks / 150), 0.0, 4)
    with_trend = farrington(falling, first_day=MONDAY, first=299)
    without = farrington(falling, first_day=MONDAY, first=299, settings=FarringtonSettings(trend=False))
    sure = farrington(falling, first_day=MONDAY, first=299, settings=FarringtonSettings(trend_p=0.05))
    assert with_trend.expected[0] < without.expected[0]
    assert sure.expected == with_trend.expected
    level = draws(np.full(300, 20.0), 0.0, 4)
    unsure = farrington(level, first_day=MONDAY, first=299, settings=FarringtonSettings(trend_p=1e-9))
    assert unsure.expected == farrington(level, first_day=MONDAY, first=299, settings=FarringtonSettings(trend=False)).expected  # fmt: skip
    rising = np.round(np.exp(weeks / 40))
    beyond = farrington(rising, first_day=MONDAY, first=299)
    assert beyond.expected[0] < rising[:-27].max()
    short = FarringtonSettings(years=2)
    assert (
        farrington(falling, first_day=MONDAY, first=299, settings=short).expected
        == farrington(
            falling, first_day=MONDAY, first=299, settings=FarringtonSettings(years=2, trend=False)
        ).expected
    )


def test_few_cases_or_none_before_them():
    counts = np.zeros(300)
    counts[-1] = 2
    found = farrington(counts, first_day=MONDAY, first=298)
    assert found.expected == pytest.approx(0.5 / 28, 1e-6)  # half a case in the 28 weeks of the season
    assert not found.alarm.any()
    told = farrington(counts, first_day=MONDAY, first=298, settings=FarringtonSettings(least_cases=1))
    assert told.alarm.tolist() == [False, True]
    assert found.recurrence_days[0] == 7
    counts[20] = 1  # one case long ago, in another season
    assert farrington(counts, first_day=MONDAY, first=299).expected[0] == pytest.approx(0.5 / 28, 1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_a_series_of_rare_cases_is_always_judged(seed):
    counts = draws(np.full(280, 0.02), 0.0, seed)
    found = farrington(counts, first_day=MONDAY, first=240, settings=FarringtonSettings(least_cases=1))
    assert np.isfinite(found.expected).all()
    assert (found.expected > 0).all()


def test_a_daily_series_with_a_29_february():
    counts = draws(town(365 * 4 + 200), 0.0, 6)
    settings = FarringtonSettings(years=3, half_window=7, past_left_out=60)
    now = (dt.date(2024, 2, 29) - MONDAY).days
    found = farrington(counts, first_day=MONDAY, step_days=1, first=now, settings=settings)
    assert len(found.expected) == len(counts) - now


def test_false_alarms_of_farrington_are_as_rare_as_promised():
    """400 weeks watched in which nothing happens: at most alpha of them, counts being whole numbers."""
    alarms = 0
    for seed in range(8):
        counts = draws(np.full(310, 8.0), 0.1, seed)
        settings = FarringtonSettings(alpha=0.02, trend=False)
        alarms += farrington(counts, first_day=MONDAY, first=260, settings=settings).alarm.sum()
    assert alarms <= binom.ppf(0.999, 400, 0.02)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"years": 0}, "At least one year"),
        ({"half_window": -1}, "A window reaches"),
        ({"periods": 0}, "at least one period"),
        ({"alpha": 0.5}, "alpha is between"),
        ({"past_left_out": -1}, "Times left out"),
        ({"residual_limit": 0}, "The limit of residuals"),
        ({"last_times": 0}, "Least cases"),
    ],
)
def test_settings_of_farrington_that_make_no_sense(changes, sentence):
    with pytest.raises(TrendInputError, match=sentence):
        FarringtonSettings(**changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": [[1, 2]]}, "not the shape"),
        ({"counts": [1, -2, 3]}, "Row 2: -2 cases"),
        ({"first": 300}, "starts at row 301 of 300"),
        ({"step_days": 2}, "Steps of 2 days"),
        ({"population": np.ones(3)}, "3 populations for 300 counts"),
        ({"population": np.arange(300)}, "Row 1: the population is not above 0"),
        ({"first": 200}, "Row 201 can't be compared with 4 years"),
        ({"settings": FarringtonSettings(periods=60)}, "A year can't be cut in 60 periods"),
    ],
)
def test_series_that_farrington_can_not_watch(changes, sentence):
    with pytest.raises(TrendInputError, match=sentence):
        farrington(**{"counts": np.ones(300), "first_day": MONDAY, "first": 290} | changes)


# EARS


def test_ears_by_hand():
    counts = np.array([0, 0, 1, 2, 3, 2, 4, 2, 0, 9.0])
    c1 = ears(counts, first=9, settings=EarsSettings(method=Ears.C1))
    base = counts[2:9]
    score = (9 - base.mean()) / base.std(ddof=1)
    assert c1.score == pytest.approx([score])
    assert c1.upper == pytest.approx([base.mean() + 3 * base.std(ddof=1)])
    assert c1.recurrence_days == pytest.approx([1 / student.sf(score / np.sqrt(8 / 7), 6)])
    assert c1.alarm.all()
    c2 = ears(counts, first=9)
    base = counts[:7]
    assert c2.score == pytest.approx([(9 - base.mean()) / base.std(ddof=1)])


def test_c3_adds_three_days_of_c2():
    counts = draws(np.full(200, 4.0), 0.0, 8)
    c2 = ears(counts, first=20)
    c3 = ears(counts, first=22, settings=EarsSettings(method=Ears.C3))
    over = np.maximum(c2.score - 1, 0)
    assert c3.score == pytest.approx(over[2:] + over[1:-1] + over[:-2])
    assert c3.alarm.tolist() == (c3.score > 2).tolist()
    beyond = counts[22:] > c3.upper
    assert not (c3.alarm & ~beyond & (over[2:] > 0)).any()
    random = np.random.default_rng(1)
    drawn = np.maximum(student.rvs(6, size=(3, 200_000), random_state=random) * np.sqrt(8 / 7) - 1, 0).sum(
        axis=0
    )
    for value in (0.5, 2.0, 6.0):
        nearest = (
            c3.recurrence_days[np.argmin(abs(c3.score - value))],
            c3.score[np.argmin(abs(c3.score - value))],
        )
        assert 1 / nearest[0] == pytest.approx((drawn >= nearest[1]).mean(), rel=0.1)


def test_a_first_case_after_none_is_not_infinitely_far():
    counts = np.zeros(20)
    counts[-1] = 1
    assert ears(counts, first=19).score == pytest.approx([5])
    assert ears(counts, first=19, settings=EarsSettings(threshold=6)).alarm.tolist() == [False]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"baseline": 1}, "A baseline holds"),
        ({"threshold": 0}, "The threshold is above 0"),
        ({"least_spread": 0}, "The least standard deviation"),
        ({"step_days": 30}, "daily .1. or weekly .7."),
    ],
)
def test_settings_of_ears_that_make_no_sense(changes, sentence):
    with pytest.raises(TrendInputError, match=sentence):
        EarsSettings(**changes)
    with pytest.raises(TrendInputError, match="needs 9 rows before it"):
        ears(np.ones(20), first=8)


# What is to be expected


def test_the_regression_finds_the_means_of_the_town():
    means = town(365 * 4, 6.0)
    found = seasonal_expectation(draws(means, 0.2, 9), first=365 * 3)
    ratio = np.log(found.mean / means[365 * 3 :])
    assert abs(ratio.mean()) < 0.1
    assert abs(ratio / found.error).mean() < 2
    assert found.overdispersion.mean() == pytest.approx(0.2, abs=0.06)


def test_expectations_know_nothing_of_the_days_they_judge():
    counts = draws(town(800), 0.0, 10)
    later = counts.copy()
    later[760:] = 500
    for learn in (seasonal_expectation, moving_expectation):
        before, after = learn(counts, first=700), learn(later, first=700)
        assert before.mean[:61] == pytest.approx(after.mean[:61])
        assert before.overdispersion[:61] == pytest.approx(after.overdispersion[:61])


def test_little_or_no_history():
    short = seasonal_expectation(draws(town(100), 0.0, 11), first=60)  # no year: no wave, no trend
    assert np.isfinite(short.mean).all()
    weekly = seasonal_expectation(
        draws(np.full(120, 5.0), 0.0, 12), first=110, settings=SeasonSettings(step_days=7, history=104)
    )
    assert weekly.mean == pytest.approx(5, abs=2)
    none = seasonal_expectation(np.zeros(100), first=80)
    assert none.mean == pytest.approx(0.5 / 66)
    assert not none.error.any()
    sundays = draws(town(400), 0.0, 13) * (np.arange(400) % 7 != 6)
    found = seasonal_expectation(sundays, first=380)
    closed = np.arange(380, 400) % 7 == 6
    assert found.mean[closed] == pytest.approx(0.5 / 366)
    assert (found.mean[~closed] > 0.5).all()


def test_a_series_that_no_regression_fits_has_its_mean(monkeypatch):
    fitted = seasonal.negative_binomial_regression

    def only_means(design, counts, **options):
        if design.shape[1] > 1:
            raise RegressionError("The fit does not settle in 100 turns.")
        return fitted(design, counts, **options)

    monkeypatch.setattr(seasonal, "negative_binomial_regression", only_means)
    found = seasonal_expectation(np.arange(100.0), first=80, settings=SeasonSettings(refit_every=5))
    assert found.mean[:6] == pytest.approx([65 / 2] * 5 + [70 / 2])
    assert found.overdispersion[0] > 0


def test_counts_beyond_measure_take_no_longer():
    """A mean of a thousand that varies without measure: counts up to some 100,000 in 400 blocks, and the promise as without."""
    wild = flat(1000.0, 8.0, days=28)
    assert false_alarms_a_year(wild, np.array([3.0]))[0] == pytest.approx(
        false_alarms_a_year(flat(100.0, 8.0, days=28), np.array([3.0]))[0], rel=0.02
    )


def test_the_moving_level_by_hand():
    """Four a day and never on the seventh: shares shrink towards 1, the level is that of the window."""
    counts = np.where(np.arange(420) % 7 == 6, 0, 4)
    found = moving_expectation(counts, first=400, settings=MovingSettings(prior_cases=1e-9, prior_days=1e-9))
    assert found.mean == pytest.approx(np.where(np.arange(400, 420) % 7 == 6, 0, 4), abs=0.02)
    assert not found.overdispersion.any()
    shrunk = moving_expectation(counts, first=400, settings=MovingSettings(prior_cases=1e9, prior_days=1e-9))
    assert shrunk.mean == pytest.approx(24 / 7, rel=0.01)


def test_a_rise_is_capped_before_it_is_learnt_from():
    counts = draws(np.full(500, 4.0), 0.0, 14)
    risen = counts.copy()
    risen[470:475] = 100
    plain, after = moving_expectation(counts, first=478), moving_expectation(risen, first=478)
    assert after.mean.mean() < plain.mean.mean() * 2.2  # uncapped it would be five times as much


def test_the_band_of_a_day():
    counts = draws(town(800), 0.0, 15)
    counts[-1] = 40
    found = expected_by_day(counts, first=790)
    assert found.alarm[-1]
    assert found.alarms[-1] == 799
    assert found.score[-1] == pytest.approx(
        (40 - found.expected[-1]) / np.sqrt(found.expected[-1] + moving_expectation(counts, first=790).overdispersion[-1] * found.expected[-1] ** 2)
    )  # fmt: skip
    assert found.recurrence_days[-1] > 1e6


def test_false_alarms_of_the_band_are_as_rare_as_promised():
    days = alarms = 0
    for seed in range(20):
        found = expected_by_day(draws(town(365 * 2), 0.1, seed), first=365)
        days, alarms = days + len(found.alarm), alarms + found.alarm.sum()
    assert alarms <= binom.ppf(0.999, days, 0.01)
    assert alarms >= binom.ppf(0.001, days, 0.003)  # nor silent


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: SeasonSettings(step_days=30), "daily .1. or weekly"),
        (lambda: SeasonSettings(history=3), "At least eight times"),
        (lambda: SeasonSettings(left_out=-1), "Times left out"),
        (lambda: SeasonSettings(refit_every=0), "A fit serves"),
        (lambda: MovingSettings(window=6), "The window holds"),
        (lambda: MovingSettings(left_out=-1), "Days left out"),
        (lambda: MovingSettings(weekday_days=20), "Weekdays are learnt"),
        (lambda: MovingSettings(prior_days=0), "What shrinks"),
        (lambda: MovingSettings(alpha=0), "alpha is between"),
        (lambda: CusumSettings(ratio=1), "The rise looked for"),
        (lambda: CusumSettings(most_a_year=0), "False alarms a year"),
        (lambda: CusumSettings(step_days=30), "daily .1. or weekly"),
        (lambda: seasonal_expectation(np.ones(50), first=21), "needs 22 rows before it"),
        (lambda: moving_expectation(np.ones(50), first=29), "needs 30 rows before it"),
        (lambda: cusum(np.ones(50), flat(1.0, days=5)), "5 expected counts for 50 times"),
        (lambda: alarm_line(flat(0.0)), "Expected counts are above 0"),
        (lambda: alarm_line(flat(1.0, days=0)), "Expected counts are above 0"),
    ],
)
def test_what_can_not_be_expected(made, sentence):
    with pytest.raises(TrendInputError, match=sentence):
        made()


# CUSUM


def test_the_sum_is_the_log_likelihood_ratio_of_the_last_days():
    counts, alpha, ratio = np.array([3.0, 5, 2]), 0.3, 2.0
    line = Line(50.0, np.array([1.0, 2.0]), np.array([10.0, 1.0]))
    for over in (0.0, alpha):
        found = cusum(counts, flat(2.0, over, days=3), settings=CusumSettings(ratio=ratio), line=line)

        def log_chance(mean, over=over):
            return nbinom.logpmf(counts, 1 / over, 1 / (1 + over * mean)) if over else poisson.logpmf(counts, mean)  # fmt: skip

        steps = log_chance(2.0 * ratio) - log_chance(2.0)
        total, sums = 0.0, []
        for step in steps:
            total = max(0.0, total + step)
            sums.append(total)
        assert found.score == pytest.approx(sums)
        assert not found.alarm.any()


def test_upper_is_the_most_that_would_not_have_alarmed():
    counts = draws(np.full(400, 2.0), 0.2, 16)
    expectation = flat(2.0, 0.2, days=400)
    found = cusum(counts, expectation, settings=CusumSettings(most_a_year=12))
    assert found.alarm.any()
    assert (counts > found.upper).tolist() == found.alarm.tolist()


def test_after_an_alarm_the_sum_starts_again():
    found = cusum(np.array([50.0, 0, 50]), flat(2.0, days=3))
    assert found.alarm.tolist() == [True, False, True]
    assert found.score[1] == 0
    assert found.score[0] == found.score[2]


@pytest.mark.parametrize(("base", "alpha"), [(0.1, 0.0), (0.5, 0.5), (3.0, 0.2), (40.0, 0.1)])
def test_the_chain_promises_what_a_simulation_gives(base, alpha):
    means, copies, years = town(364, base), 400, 3
    expectation = Expectation(0, means, np.zeros(364), np.full(364, alpha))
    line = alarm_line(expectation, settings=CusumSettings(most_a_year=2.0))
    gain, loss = _weights(means, np.full(364, alpha), 2.0)
    random, sums, alarms = np.random.default_rng(17), np.zeros(copies), 0
    for day in np.tile(np.arange(364), years):
        mean = means[day]
        drawn = random.negative_binomial(1 / alpha, 1 / (1 + alpha * mean), copies) if alpha else random.poisson(mean, copies)  # fmt: skip
        sums = np.maximum(0, sums + gain[day] * drawn - loss[day])
        alarms += int((sums >= line.threshold).sum())
        sums[sums >= line.threshold] = 0
    promised = false_alarms_a_year(expectation, np.array([line.threshold]))[0]
    assert promised <= 2
    assert alarms / (copies * years) * 365.25 / 364 == pytest.approx(promised, rel=0.08)


def test_false_alarms_hold_when_the_means_are_learnt():
    """20 years of a town in which nothing happens: the promise of two a year holds within its binomial interval."""
    alarms = sum(
        len(
            cusum(
                counts, seasonal_expectation(counts, first=1096), settings=CusumSettings(most_a_year=2.0)
            ).alarms
        )
        for counts in (draws(town(1461), 0.2, seed) for seed in range(100, 120))
    )
    assert poisson.ppf(0.001, 20 * 0.8) <= alarms <= poisson.ppf(0.999, 20 * 2.0)


def test_a_stricter_promise_has_a_higher_line_and_a_longer_recurrence():
    lines = [alarm_line(flat(2.0, 0.2), settings=CusumSettings(most_a_year=most)) for most in (12, 2, 0.5)]
    assert [line.threshold for line in lines] == sorted(line.threshold for line in lines)
    line = lines[1]
    days = line.recurrence_days(np.array([0.1, line.threshold, 24.0, 30.0]))
    assert (np.diff(days) > 0).all()
    assert days[1] >= 365.25 / 2 * 0.99
    unsure = alarm_line(flat(2.0, 0.2, error=0.2), settings=CusumSettings(most_a_year=2))
    assert unsure.threshold > line.threshold


def test_what_is_not_known_well_enough_is_not_watched_so_rarely():
    line = alarm_line(flat(5.0, error=1.0), settings=CusumSettings(most_a_year=0.01))
    assert line.threshold == np.inf
    found = cusum(np.full(10, 5.0), flat(5.0, days=10), line=line)
    assert not found.alarm.any()
    assert np.isinf(found.upper).all()


def test_the_lowest_line_may_be_enough_and_weeks_are_counted_as_weeks():
    settings = CusumSettings(most_a_year=1e6)
    assert alarm_line(flat(2.0), settings=settings).threshold == pytest.approx(0.2)
    by_day = false_alarms_a_year(flat(2.0), np.array([3.0]))
    by_week = false_alarms_a_year(flat(2.0, days=52), np.array([3.0]), settings=CusumSettings(step_days=7))
    assert by_week == pytest.approx(by_day / 7, rel=0.01)


def test_a_slow_rise_is_found_sooner_than_by_a_single_day():
    counts = draws(np.full(1200, 1.0), 0.0, 18)
    counts[1100:] = draws(np.full(100, 2.0), 0.0, 19)
    sums = cusum(counts, seasonal_expectation(counts, first=1096), settings=CusumSettings(most_a_year=1))
    assert 1100 <= sums.alarms[0] < 1130
    assert not len(ears(counts[:1130], first=1100).alarms)
