"""Published figures to the printed digit, properties, and slow obvious twins."""

import datetime as dt
from math import comb, factorial, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia_analytics import outcome
from vicinia_analytics.outcome import Change, Comparison, Reason, Verdict, Weights

# Wheeler and Ratcliffe 2018, the worked example.
PUBLISHED = Comparison(
    treated=Change(207, 110),
    control=Change(308, 318),
    around=Change(178, 157),
    around_control=Change(150, 140),
)
counts = st.integers(0, 400)
changes = st.builds(Change, counts, counts)


def test_the_published_example_of_the_difference():
    found = outcome.weighted_displacement(comparison=PUBLISHED)
    assert (found.local.estimate, round(found.local.error, 3)) == (-107, 30.708)
    assert found.around is not None
    assert (found.around.estimate, found.around.error) == (-11, 25)
    total = found.total
    assert (total.estimate, total.variance, round(total.error, 3)) == (-118, 1568, 39.598)
    assert (round(total.z, 2), round(total.p, 4)) == (-2.98, 0.0029)
    assert (round(total.low), round(total.high)) == (-196, -40)


def test_the_published_ratio():
    found = outcome.ratio_of_ratios(treated=Change(207, 110), control=Change(308, 318))
    assert [round(value, 3) for value in (found.estimate, found.low, found.high)] == [0.515, 0.389, 0.681]


def test_the_published_e_test():
    assert round(outcome.e_test(first=6, second=2), 7) == 0.1748748


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_intervals_of_shares(successes, total, low, high):
    """Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
    found = outcome.wilson(successes=successes, total=total)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("n", "change", "share"), [(10, 12.4, 124), (20, 17.5, 88), (50, 27.7, 55), (100, 39.2, 39)]
)
def test_how_large_a_change_must_be(n, change, share):
    needed = outcome.minimum_detectable_change(counts=[n] * 4)
    assert (round(needed, 1), round(100 * needed / n)) == (change, share)
    assert outcome.minimum_detectable_change(counts=[n] * 4, power=0.8) == pytest.approx(
        needed * 2.8016 / 1.96, 1e-3
    )


@given(changes, changes, changes, changes)
def test_turning_time_round_turns_the_sign(treated, control, around, beyond):
    there = outcome.weighted_displacement(comparison=Comparison(treated, control, around, beyond)).total
    turned = [Change(change.after, change.before) for change in (treated, control, around, beyond)]
    back = outcome.weighted_displacement(comparison=Comparison(*turned)).total
    assert (back.estimate, back.variance) == (-there.estimate, there.variance)
    assert there.low <= there.estimate <= there.high
    assert 0 <= there.p <= 1


@given(changes, changes, st.floats(0.1, 10))
def test_periods_and_areas_twice_as_large_halve_the_effect(treated, control, size):
    plain = outcome.weighted_displacement(comparison=Comparison(treated, control)).local
    longer = Weights(before=size, after=size)
    wider = Weights(treated=size, control=size)
    for weights in (longer, wider):
        found = outcome.weighted_displacement(comparison=Comparison(treated, control), weights=weights).local
        assert found.estimate == pytest.approx(plain.estimate / size)
        assert found.variance == pytest.approx(plain.variance / size**2)


def test_harm_weighs_events_and_its_square_the_variance():
    light, grave = Change(40, 20), Change(8, 2)
    still = Change(30, 30)
    found = outcome.harm_weighted_displacement(
        comparisons=[Comparison(light, still), Comparison(grave, still, harm=10)]
    )
    assert found.total.estimate == -20 + 10 * -6
    assert found.total.variance == (60 + 60) + 100 * (10 + 60)
    assert found.around is None


def slow_e_test(first, second, n1, n2):
    """The definition, term by term."""

    def pmf(k, mean):
        return 2.718281828459045**-mean * mean**k / factorial(k)

    def t(k1, k2):
        variance = k1 / n1**2 + k2 / n2**2
        return abs(k1 / n1 - k2 / n2) / variance**0.5 if variance else 0

    rate = (first + second) / (n1 + n2)
    return sum(
        pmf(a, rate * n1) * pmf(b, rate * n2)
        for a in range(60)
        for b in range(60)
        if t(a, b) >= t(first, second) - 1e-9
    )


@given(st.integers(0, 6), st.integers(1, 6), st.sampled_from([1.0, 2.0]), st.sampled_from([1.0, 1.5]))
def test_the_e_test_agrees_with_its_slow_twin(first, second, n1, n2):
    fast = outcome.e_test(first=first, second=second, first_size=n1, second_size=n2)
    assert fast == pytest.approx(min(slow_e_test(first, second, n1, n2), 1.0), abs=1e-8)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_conditional_test_agrees_with_counting(first, second):
    total = first + second
    ways = [comb(total, count) for count in range(total + 1)]
    expected = sum(way for way in ways if way <= ways[first]) / 2**total
    assert outcome.conditional_test(first=first, second=second) == pytest.approx(expected)


@given(st.integers(0, 30), st.integers(1, 30), st.floats(0.5, 2))
def test_the_ends_of_a_ratio_leave_the_tails_that_were_asked(after, before, size):
    found = outcome.rate_ratio(before=before, after=after, before_size=size)
    assert found.low <= found.estimate <= found.high
    total = before + after
    share = found.high / size / (1 + found.high / size)
    left = sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(after + 1))
    assert left == pytest.approx(0.025, abs=1e-6)
    if after:
        share = found.low / size / (1 + found.low / size)
        right = sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(after, total + 1))
        assert right == pytest.approx(0.025, abs=1e-6)


def test_a_ratio_at_the_edges():
    assert outcome.rate_ratio(before=0, after=3).high == inf
    assert outcome.rate_ratio(before=0, after=3).estimate == inf
    assert outcome.rate_ratio(before=3, after=0).low == 0
    assert outcome.e_test(first=0, second=0) == 1
    assert outcome.weighted_displacement(comparison=Comparison(Change(0, 0), Change(0, 0))).total.z == 0


def test_small_counts_do_not_conclude():
    small = Comparison(Change(12, 2), Change(10, 10))
    assert outcome.conclusion(comparison=small).reason is Reason.TOO_FEW
    unsure = outcome.conclusion(comparison=Comparison(Change(20, 12), Change(20, 20)))
    assert (unsure.verdict, unsure.reason) == (Verdict.CANNOT_TELL, Reason.WITHIN_CHANCE)
    assert round(unsure.detectable, 1) == round(1.959964 * 72**0.5, 1)
    assert outcome.conclusion(comparison=PUBLISHED).verdict is Verdict.FELL
    worse = Comparison(Change(110, 207), Change(308, 318))
    assert outcome.conclusion(comparison=worse).verdict is Verdict.ROSE


@given(st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1)), st.integers(7, 900))
def test_periods_are_of_one_season_and_do_not_overlap(began_on, days):
    before, after = outcome.season_matched(began_on=began_on, today=began_on + dt.timedelta(days=days))
    assert before.days == after.days == min(days // 7, 26) * 7
    assert before.until <= after.first
    assert before.first.weekday() == after.first.weekday()
    assert after.first - before.first == dt.timedelta(days=364)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Change(-1, 2), "before is -1"),
        (lambda: Change(1, 2.5), "after is 2.5"),
        (lambda: Comparison(Change(1, 1), Change(1, 1), around=Change(1, 1)), "go together"),
        (lambda: Comparison(Change(1, 1), Change(1, 1), harm=0), "harm is 0"),
        (lambda: Weights(after=-1), "after is -1"),
        (lambda: outcome.harm_weighted_displacement(comparisons=[]), "empty"),
        (
            lambda: outcome.harm_weighted_displacement(
                comparisons=[PUBLISHED, Comparison(Change(1, 1), Change(1, 1))]
            ),
            "either all",
        ),
        (lambda: outcome.weighted_displacement(comparison=PUBLISHED, level=1), "level is 1"),
        (lambda: outcome.minimum_detectable_change(counts=[]), "counts is empty"),
        (lambda: outcome.minimum_detectable_change(counts=[1], power=2), "power is 2"),
        (lambda: outcome.rate_ratio(before=0, after=0), "no ratio"),
        (lambda: outcome.ratio_of_ratios(treated=Change(0, 1), control=Change(1, 1)), "is 0"),
        (lambda: outcome.wilson(successes=3, total=2), "not empty"),
        (lambda: outcome.wilson(successes=0, total=0), "not empty"),
        (
            lambda: outcome.season_matched(began_on=dt.date(2026, 1, 1), today=dt.date(2026, 1, 5)),
            "whole week",
        ),
        (
            lambda: outcome.season_matched(
                began_on=dt.date(2024, 1, 1), today=dt.date(2026, 1, 5), most_weeks=53
            ),
            "overlap",
        ),
    ],
)
def test_wrong_input_names_what_is_wrong(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_the_far_tail_is_small_and_not_nothing():
    sure = outcome.weighted_displacement(comparison=Comparison(Change(2000, 500), Change(900, 900)))
    assert 0 < sure.total.p < 1e-12
