"""Figures by hand, slow obvious twins, and p that is uniform where nothing repeats."""

import itertools
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, gamma, kstest

from vicinia_analytics import repeats
from vicinia_analytics.repeats import (
    RepeatInputError,
    Reports,
    knox,
    near_repeats,
    poisson_binomial_tail,
    repeat_places,
)


def scattered(number, *, seed=1, side=1000.0, days=60):
    random = np.random.default_rng(seed)
    return Reports(
        random.uniform(0, side, number), random.uniform(0, side, number), random.integers(0, days, number)
    )


# Places


def test_a_place_s_multiple_is_the_gamma_poisson_one():
    counts = np.array([0, 1, 0, 2, 30, 1, 0, 0, 3, 3])
    found = repeat_places(counts, top=3)
    first, shape = found.places[0], 1 / found.clustering
    assert (first.place, first.rank, first.reports, first.expected) == (4, 1, 30, 4.0)
    assert first.relative == pytest.approx((shape + 30) / (shape + 4))
    assert first.exceedance == pytest.approx(gamma(shape + 30, scale=1 / (shape + 4)).sf(2))
    assert first.low == pytest.approx(gamma(shape + 30, scale=1 / (shape + 4)).ppf(0.025))
    assert first.low < first.relative < first.high
    assert [row.place for row in found.places] == [4, 8, 9]
    assert (found.reports, found.share_of_top) == (40, pytest.approx(36 / 40))


def test_places_that_differ_by_chance_alone_are_all_alike():
    found = repeat_places(np.full(50, 4), top=50)
    assert found.clustering == 0
    assert {round(row.relative, 6) for row in found.places} == {1.0}
    assert max(row.exceedance for row in found.places) < 1e-6
    assert [row.place for row in found.places] == list(range(50))


def test_few_reports_of_a_small_place_count_for_less():
    counts, exposure = np.array([2, 40, 20, 10, 40, 5]), np.array([0.5, 20, 20, 20, 20, 20])
    rows = {row.place: row for row in repeat_places(counts, exposure=exposure, ratio=1.2).places}
    assert rows[0].reports / rows[0].expected > rows[1].reports / rows[1].expected
    assert rows[0].exceedance < rows[1].exceedance


def test_shrinking_brings_multiples_nearer_to_the_truth_and_order_does_not_matter():
    random = np.random.default_rng(2)
    truth = random.gamma(2, 0.5, 400)
    counts = random.poisson(3 * truth)
    found = repeat_places(counts, top=400)
    relative = np.empty(400)
    relative[[row.place for row in found.places]] = [row.relative for row in found.places]
    raw = counts / counts.mean()
    assert ((relative - truth) ** 2).mean() < 0.75 * ((raw - truth) ** 2).mean()
    assert found.clustering == pytest.approx(0.5, abs=0.15)
    inside = [row.low <= truth[row.place] <= row.high for row in found.places]
    assert binom.ppf(0.001, 400, 0.93) <= sum(inside)
    turned = repeat_places(counts[::-1], top=5)
    assert [row.exceedance for row in turned.places] == pytest.approx(
        [row.exceedance for row in found.places[:5]]
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": [1, -1, 2]}, "Place 2: a count"),
        ({"counts": [0, 0]}, "no reports"),
        ({"exposure": [1]}, "1 exposures for 3 places"),
        ({"exposure": [1, 1, 0]}, "Place 3: the exposure"),
        ({"ratio": 0}, "The ratio is above 0"),
        ({"top": 0}, "at least one place"),
    ],
)
def test_places_that_can_not_be_compared(changes, sentence):
    with pytest.raises(RepeatInputError, match=sentence):
        repeat_places(**{"counts": [1, 2, 3]} | changes)


# Each report with a chance of its own


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_the_tail_is_the_sum_over_all_ways(chances, observed):
    ways = 0.0
    for fallen in itertools.product([0, 1], repeat=len(chances)):
        if sum(fallen) >= observed:
            ways += np.prod(
                [chance if one else 1 - chance for one, chance in zip(fallen, chances, strict=True)]
            )
    assert poisson_binomial_tail(np.array(chances), observed) == pytest.approx(ways, abs=1e-12)


def test_equal_chances_are_the_binomial_down_to_the_far_tail():
    for observed in (1, 10, 80):
        assert poisson_binomial_tail(np.full(500, 0.02), observed) == pytest.approx(
            binom.sf(observed - 1, 500, 0.02), rel=1e-9
        )
    assert binom.sf(79, 500, 0.02) < 1e-40
    with pytest.raises(RepeatInputError, match="Report 2: a chance"):
        poisson_binomial_tail(np.array([0.1, 1.1]), 1)
    with pytest.raises(RepeatInputError, match="-1 reports observed"):
        poisson_binomial_tail(np.array([0.1]), -1)


# Pairs


def slow_cells(reports, metres, days):
    """Every pair, one by one."""
    table = np.zeros((len(metres), len(days)), dtype=int)
    for one, other in itertools.combinations(range(len(reports)), 2):
        far = hypot(reports.x[one] - reports.x[other], reports.y[one] - reports.y[other])
        late = abs(int(reports.day[one]) - int(reports.day[other]))
        if far <= metres[-1] and late <= days[-1]:
            table[np.searchsorted(metres, far), np.searchsorted(days, late)] += 1
    return table


def test_pairs_by_hand():
    reports = Reports(np.array([0.0, 0, 30, 500]), np.array([0.0, 0, 40, 0]), np.array([3, 3, 5, 5]))
    table = near_repeats(reports, metres=[0, 50], days=[0, 2], permutations=9)
    assert [(row.metres_from, row.metres_to, row.days_from, row.days_to, row.observed) for row in table] == [
        (0, 0, 0, 0, 1),
        (0, 0, 1, 2, 0),
        (0, 50, 0, 0, 0),
        (0, 50, 1, 2, 2),
    ]
    # Of six pairs two are on one day and four are two days apart; one is at one place, two are 50 m apart.
    assert [row.expected for row in table] == pytest.approx([2 / 6, 4 / 6, 4 / 6, 8 / 6])
    assert [row.ratio for row in table] == pytest.approx([3, 0, 0, 1.5])


@pytest.mark.parametrize("seed", range(4))
def test_the_table_is_that_of_every_pair(seed, monkeypatch):
    monkeypatch.setattr(repeats, "_CENTRES", 50)
    monkeypatch.setattr(repeats, "_PAIRS", 256)
    base = scattered(120, seed=seed)
    reports = Reports(
        np.round(base.x, -2), np.round(base.y, -2), base.day - 20
    )  # many at one place, bands met exactly
    metres, days = [0, 100, 250.0], [0, 3, 10]
    table = near_repeats(reports, metres=metres, days=days, permutations=5, seed=seed)
    assert [row.observed for row in table] == slow_cells(reports, metres, days).ravel().tolist()


def test_permutations_are_those_of_the_slow_twin_and_their_mean_is_the_expected():
    reports = scattered(80, seed=5)
    metres, days, number = [150, 400], [2, 9], 400
    table = near_repeats(reports, metres=metres, days=days, permutations=number, seed=3)
    random = np.random.default_rng(6)
    cells = np.array(
        [
            slow_cells(Reports(reports.x, reports.y, random.permutation(reports.day)), metres, days)
            for _ in range(60)
        ]
    )
    assert cells.mean(axis=0).ravel() == pytest.approx([row.expected for row in table], rel=0.1)
    p = [(1 + (cells[:, band, span] >= row.observed).sum()) / 61 for row, (band, span) in zip(table, itertools.product(range(2), range(2)), strict=True)]  # fmt: skip
    assert [row.p for row in table] == pytest.approx(p, abs=0.25)


def test_shuffling_in_parts_gives_the_same_as_at_once(monkeypatch):
    reports = scattered(60)
    whole = near_repeats(reports, permutations=150)
    monkeypatch.setattr(repeats, "_MOST_SHUFFLED", 1)
    assert near_repeats(reports, permutations=150) == whole
    assert near_repeats(reports, permutations=150, seed=2) != whole


def test_near_repeats_are_found():
    base = scattered(300, side=5000, days=365)
    random = np.random.default_rng(7)
    again = Reports(
        np.append(base.x, base.x[:60] + random.normal(0, 20, 60)),
        np.append(base.y, base.y[:60] + random.normal(0, 20, 60)),
        np.append(base.day, base.day[:60] + random.integers(0, 7, 60)),
    )
    table = near_repeats(again, metres=[100, 500], days=[7, 30], permutations=199)
    assert (table[0].p, table[0].ratio > 5) == (1 / 200, True)
    assert table[-1].p > 0.02
    assert knox(again, metres=100, days=7, permutations=199) == table[0]


def test_p_is_uniform_where_nothing_repeats():
    values = [
        knox(scattered(150, seed=seed), metres=200, days=10, permutations=99, seed=seed).p
        for seed in range(150)
    ]
    assert kstest(values, "uniform").pvalue > 0.001
    assert (
        binom.ppf(0.001, 150, 0.05) <= sum(value <= 0.05 for value in values) <= binom.ppf(0.999, 150, 0.05)
    )


@given(st.floats(-1e4, 1e4), st.floats(0, 6.28), st.integers(-400, 400))
@settings(max_examples=20, deadline=None)
def test_moving_turning_and_another_first_day_change_nothing(shift, angle, later):
    reports = scattered(60)
    x = reports.x * np.cos(angle) - reports.y * np.sin(angle) + shift
    y = reports.x * np.sin(angle) + reports.y * np.cos(angle) - shift
    moved = Reports(x, y, reports.day + later)
    assert [row.observed for row in near_repeats(moved, permutations=9)] == [
        row.observed for row in near_repeats(reports, permutations=9)
    ]
    assert [row.p for row in near_repeats(moved, permutations=9)] == [
        row.p for row in near_repeats(reports, permutations=9)
    ]


def test_nothing_near_is_nothing_expected():
    found = knox(
        Reports(np.array([0.0, 900]), np.zeros(2), np.array([0, 40_000 - 8000])),
        metres=1,
        days=50_000,
        permutations=1,
    )
    assert (found.observed, found.expected, found.ratio, found.p) == (0, 0.0, None, 1.0)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: Reports(np.zeros(2), np.zeros(2), np.zeros(3, int)), "not as many"),
        (lambda: Reports(np.zeros(1), np.zeros(1), np.zeros(1, int)), "1 reports; pairs"),
        (
            lambda: Reports(np.array([0, np.nan]), np.zeros(2), np.zeros(2, int)),
            "Report 2: it has no coordinates",
        ),
        (lambda: Reports(np.zeros(2), np.zeros(2), np.array([0, 40_000])), "more than 89 years"),
        (lambda: near_repeats(scattered(5), metres=[]), "Metres: the ends"),
        (lambda: near_repeats(scattered(5), metres=[100, 100]), "Metres: the ends"),
        (lambda: near_repeats(scattered(5), metres=[np.inf]), "Metres: the ends"),
        (lambda: near_repeats(scattered(5), days=[-1]), "Days: the ends"),
        (lambda: near_repeats(scattered(5), permutations=0), "At least one permutation"),
    ],
)
def test_reports_that_make_no_pairs(made, sentence):
    with pytest.raises(RepeatInputError, match=sentence):
        made()
