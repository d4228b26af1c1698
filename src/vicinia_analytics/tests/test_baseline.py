"""Baselines of places: shares by hand, totals kept, nothing learnt from the days judged."""

import numpy as np
import pytest

from vicinia_analytics.baseline import place_baseline, prior_cases, shrunk_shares
from vicinia_analytics.trends.results import TrendInputError
from vicinia_analytics.trends.seasonal import moving_expectation


def town(seed=1, places=60, days=420, spread=1.0):
    random = np.random.default_rng(seed)
    rate = random.gamma(1 / spread, spread, places) * 0.05
    weekday = np.array([1.2] * 5 + [0.6, 0.4])[np.arange(days) % 7]
    return rate, random.poisson(rate[:, None] * weekday[None, :])


def test_it_is_the_town_s_level_times_a_share():
    _rate, counts = town()
    found = place_baseline(counts, judged=14)
    assert found.shape == (60, 14)
    assert (found > 0).all()
    level = moving_expectation(counts.sum(axis=0), first=406).mean[0]
    assert found[:, 0].sum() == pytest.approx(level)
    shares = found / found.sum(axis=0)
    assert shares == pytest.approx(np.repeat(shares[:, :1], 14, axis=1))
    assert found[:, 13].sum() / found[:, 6].sum() == pytest.approx(1)  # the same weekday


def test_days_judged_are_not_looked_at():
    _rate, counts = town()
    later = counts.copy()
    later[:, -14:] = 99
    assert place_baseline(later, judged=14) == pytest.approx(place_baseline(counts, judged=14))


def test_shrunk_shares_are_nearer_the_truth_than_raw_ones():
    rate, counts = town(spread=0.3)
    share = place_baseline(counts, judged=7)[:, 0]
    share /= share.sum()
    recent = counts[:, -37:-9].sum(axis=1)
    raw = recent / recent.sum()
    truth = rate / rate.sum()
    assert np.abs(share - truth).sum() < 0.6 * np.abs(raw - truth).sum()


def test_the_judged_days_fit_where_nothing_happens():
    ratios = []
    for seed in range(6):
        _rate, counts = town(seed)
        ratios.append(counts[:, -14:].sum() / place_baseline(counts, judged=14).sum())
    assert np.mean(ratios) == pytest.approx(1, abs=0.08)
    _rate, counts = town(7, places=1)
    assert place_baseline(counts, judged=2).shape == (1, 2)


def test_places_take_no_order():
    _rate, counts = town()
    exposure = np.arange(1.0, 61)
    there = place_baseline(counts, judged=3, exposure=exposure)
    back = place_baseline(counts[::-1], judged=3, exposure=exposure[::-1])
    assert back[::-1] == pytest.approx(there)


def test_a_silent_town_goes_by_exposure():
    found = place_baseline(np.zeros((2, 60), dtype=np.int64), judged=1, exposure=np.array([1.0, 3.0]))
    assert found[1, 0] / found[0, 0] == pytest.approx(3)


def test_prior_cases_by_hand():
    # Two places, 10 cases, 9 and 1 against even shares: X² = 16/5 + 16/5 = 6.4 = φ.
    assert prior_cases(np.array([9.0, 1.0]), np.array([0.5, 0.5])) == pytest.approx((10 - 6.4) / 5.4)
    assert shrunk_shares(np.array([9.0, 1.0]), np.array([0.5, 0.5])) == pytest.approx(
        [(9 + 1 / 3) / (10 + 2 / 3), (1 + 1 / 3) / (10 + 2 / 3)]
    )
    assert prior_cases(np.array([5.0, 5.0]), np.array([0.5, 0.5])) == 1e6
    assert prior_cases(np.array([0.0, 0.0]), np.array([0.5, 0.5])) == 1e6
    assert prior_cases(np.array([3.0]), np.array([1.0])) == 1e6
    random = np.random.default_rng(3)
    shares = random.dirichlet(np.full(200, 50 / 200))
    assert prior_cases(
        random.multinomial(5000, shares).astype(float), np.full(200, 1 / 200)
    ) == pytest.approx(50, rel=0.4)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": np.zeros(60)}, "not the shape"),
        ({"counts": np.zeros((0, 60))}, "not the shape"),
        ({"counts": -np.eye(40)}, "Place 1, day 1: a count"),
        ({"judged": 0}, "0 of 60 days"),
        ({"judged": 31}, "31 of 60 days are judged: 30 are needed"),
        ({"exposure": np.ones(3)}, "3 exposures for 2 places"),
        ({"exposure": np.array([1.0, 0])}, "Place 2: the exposure"),
    ],
)
def test_what_can_not_be_a_baseline(changes, sentence):
    with pytest.raises(TrendInputError, match=sentence):
        place_baseline(**{"counts": np.ones((2, 60), dtype=np.int64), "judged": 7} | changes)
