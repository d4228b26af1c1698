"""The watch of a town: a planted rise is seen with its places, the same on any number of threads; nothing is said of nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from vicinia_analytics.scan import Calendar, Places, ScanInputError, Settings, Study, Unit, permutation
from vicinia_analytics.watch import WatchSettings, rise, watch

START = dt.date(2025, 4, 1)
DAYS = 200
QUICK = WatchSettings(replications=199, max_radius_km=0.5)


def town(seed: int, planted: int = 0) -> tuple[Study, frozenset[str]]:
    """100 places on a square kilometre and a half, three reports a day; `planted` more in five neighbours in the last four days."""
    random = np.random.default_rng(seed)
    at = random.uniform(0, 1.5, (100, 2))
    cases = random.poisson(3 / 100, (100, DAYS))
    near = np.argsort(((at - at[0]) ** 2).sum(axis=1))[:5]
    np.add.at(cases, (random.choice(near, planted), random.integers(DAYS - 4, DAYS, planted)), 1)
    places = Places(tuple(f"p{n}" for n in range(100)), at[:, 0], at[:, 1])
    study = Study(places, Calendar(START, START + dt.timedelta(DAYS - 1)), cases)
    return study, frozenset(places.names[place] for place in near.tolist())


def test_a_planted_rise_is_seen_where_and_since_when_it_is() -> None:
    study, near = town(1, planted=12)
    told: list[tuple[int, int]] = []
    first = watch(study, settings=QUICK, seed=4, progress=lambda *here: told.append(here)).signals[0]
    assert first.start >= study.calendar.end - dt.timedelta(3) and first.end == study.calendar.end
    assert first.observed >= 10 > 5 * first.expected
    assert first.recurrence_days == pytest.approx(1 / first.p_value) and first.recurrence_days > 1_000
    assert (
        len(near & set(first.core)) >= 4 and len(near & set(first.core)) / len(near | set(first.core)) > 0.6
    )
    assert first.core[0] in near and set(first.core) <= set(study.places.names)
    assert told[-1] == (199, 199)


def test_threads_change_nothing_and_a_seed_changes_chance_only() -> None:
    study, _ = town(2, planted=6)
    one = watch(study, settings=replace(QUICK, threads=1), seed=9).signals
    assert one == watch(study, settings=replace(QUICK, threads=2), seed=9).signals
    other = watch(study, settings=QUICK, seed=10).signals
    assert [signal.statistic for signal in other] == [signal.statistic for signal in one]
    assert [signal.p_value for signal in other] != [signal.p_value for signal in one]


def test_it_is_the_permutation_scan_of_small_circles() -> None:
    study, _ = town(3, planted=5)
    how = Settings(max_length=7, max_radius=0.5, min_cases=3, replications=199, seed=2, clusters=5)
    plain = permutation(study, how).clusters
    assert [(s.locations, s.statistic, s.p_value) for s in watch(study, settings=QUICK, seed=2).signals] == [
        (c.locations, c.statistic, c.gumbel_p_value) for c in plain
    ]


def test_replicates_that_do_not_differ_have_no_tail() -> None:
    """A single place: every replicate is the same, and chance is that of the ranks."""
    places = Places.of([("only", 0.0, 0.0), ("other", 9.0, 0.0)])
    study = Study(places, Calendar(START, START + dt.timedelta(1)), np.array([[0, 3], [3, 0]]))
    signal = watch(study, settings=WatchSettings(replications=1, max_days=1)).signals[0]
    assert signal.p_value in (0.5, 1.0) and signal.core == ("only",)
    assert watch(study, settings=WatchSettings(replications=0, max_days=1)).signals[0].p_value == 1.0


def test_a_place_without_any_other_reports_is_no_core_of_infinities() -> None:
    """All reports of the town in one circle: nothing exceeds what the town has, and there is no signal."""
    places = Places.of([("a", 0.0, 0.0), ("b", 0.1, 0.0)])
    study = Study(places, Calendar(START, START + dt.timedelta(3)), np.array([[1, 1, 1, 1], [1, 1, 1, 1]]))
    assert watch(study, settings=QUICK).signals == ()


def test_a_town_is_watched_by_day() -> None:
    study, _ = town(1)
    weeks = Study(study.places, Calendar(START, START + dt.timedelta(7 * DAYS - 1), Unit.WEEK), study.cases)
    with pytest.raises(ScanInputError, match="A town is watched by day"):
        watch(weeks)


def area(seed: int, more: float = 0.0, days: int = 8) -> np.ndarray:
    """A year of an area with two reports a day and quiet Sundays, at the end `more` a day."""
    random = np.random.default_rng(seed)
    counts = random.poisson(2 * np.where(np.arange(400) % 7 == 6, 0.6, 1.07))
    counts[-days:] += random.poisson(more, days)
    return counts


def test_a_rise_of_a_whole_area_is_seen_since_it_began() -> None:
    found = rise(area(1, more=4.0))
    assert found and found.recurrence_days > 300 and found.p_value == pytest.approx(1 / found.recurrence_days)
    assert 385 <= found.start <= 394 and found.observed > 1.8 * found.expected
    assert found.by_day.shape == found.usual.shape == (60,) and (found.usual >= found.by_day).all()
    assert found.by_day[-1] == pytest.approx(2, abs=0.7), "the rise has not become usual"


def test_a_rise_goes_on_from_the_first_day_watched() -> None:
    found = rise(area(3, more=9.0, days=80), watched=20, left_out=60)
    assert found and found.start == 380 and found.observed == area(3, more=9.0, days=80)[380:].sum()


def test_calm_and_too_little_to_say_are_no_rise() -> None:
    calm = area(2)
    calm[-3:] = 0
    assert rise(calm) is None
    assert rise(calm[-100:]) is None
    assert rise(np.concatenate([np.zeros(200, dtype=np.int64), np.ones(60, dtype=np.int64)])) is None


def test_chance_alone_raises_an_area_as_rarely_as_is_said() -> None:
    """40 years of calm, a look each evening: sums over the line of one a year begin as often as the line says."""
    from vicinia_analytics.trends.cusum import CusumSettings, alarm_line, cusum
    from vicinia_analytics.trends.seasonal import MovingSettings, moving_expectation

    alarms = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        counts = random.poisson(1.5, 730)
        known = moving_expectation(counts, first=365, settings=MovingSettings(window=56, left_out=7))
        settings = CusumSettings(most_a_year=1.0)
        alarms += int(
            cusum(counts, known, settings=settings, line=alarm_line(known, settings=settings)).alarm.sum()
        )
    assert alarms <= 40 + 3 * 40**0.5
