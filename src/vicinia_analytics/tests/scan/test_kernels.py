"""The compiled loops against their slow twins, on small random inputs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from vicinia_analytics.scan import Calendar, Forecast, Places, Settings, Study, engine
from vicinia_analytics.scan.engine import bernoulli, expectation, forecast, permutation, poisson
from vicinia_analytics.scan.inputs import Floats, Ints
from vicinia_analytics.scan.packing import alias_table
from vicinia_analytics.tests.scan import twins

END = dt.date(2026, 3, 31)
quickly = hypothesis_settings(max_examples=60, deadline=None, derandomize=True)


def study_of(cases: list[list[int]], at: list[tuple[int, int]]) -> Study:
    places = Places.of([(f"p{number}", float(x), float(y)) for number, (x, y) in enumerate(at)])
    return Study(places, Calendar(END - dt.timedelta(len(cases[0]) - 1), END), np.array(cases, dtype=np.int64))  # fmt: skip


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """A few places on a coarse grid, so that distances tie and places coincide."""
    places, periods = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    at = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=places, max_size=places))
    few = st.lists(st.sampled_from([0, 0, 1, 1, 2, 5]), min_size=periods, max_size=periods)
    cases = draw(st.lists(few, min_size=places, max_size=places))
    cases[0][-1] += 2
    return study_of(cases, at)


@st.composite
def ways(draw: st.DrawFn) -> Settings:
    shortest = draw(st.integers(1, 2))
    return Settings(
        prospective=draw(st.booleans()),
        min_length=shortest,
        max_length=shortest + draw(st.integers(0, 8)),
        max_share=draw(st.sampled_from([0.3, 0.5, 1.0])),
        max_radius=draw(st.sampled_from([None, 1.0, 2.5])),
        max_places=draw(st.sampled_from([None, None, 2])),
        replications=3,
        seed=draw(st.integers(0, 2**40)),
    )


def long_enough(study: Study, how: Settings) -> bool:
    return how.min_length <= len(study.calendar)


def agree(found: engine.ScanResult, twin: tuple[float, twins.Zone, tuple[int, int]], study: Study) -> None:
    score, zone, window = twin
    if score == 0:
        assert found.clusters == ()
        return
    best = found.clusters[0]
    assert best.statistic == pytest.approx(score, abs=1e-9)
    assert len(best.locations) == len(zone)
    assert best.observed >= 2 and best.observed > best.expected
    assert best.end <= study.calendar.end and best.start >= study.calendar.start and window[0] <= window[1]


@quickly
@given(studies(), ways())
def test_permutation(study: Study, how: Settings) -> None:
    if not long_enough(study, how):
        return
    total = study.total
    base = np.outer(study.cases.sum(axis=1), study.cases.sum(axis=0)) / total
    around = twins.zones(study, study.cases.sum(axis=1), how)
    agree(permutation(study, how), twins.best(study.cases, base, around, how, twins.kulldorff(total)), study)


@quickly
@given(studies(), ways())
def test_replicates_of_a_permutation(study: Study, how: Settings) -> None:
    if not long_enough(study, how):
        return
    total = study.total
    base = np.outer(study.cases.sum(axis=1), study.cases.sum(axis=0)) / total
    around = twins.zones(study, study.cases.sum(axis=1), how)
    maxima = captured(lambda: permutation(study, how))
    for replicate in range(how.replications):
        if how.prospective:
            counts = twins.latest_permuted(study.cases, how, replicate)
            latest = base[:, -counts.shape[1] :]
            score, *_ = twins.best(counts, latest, around, how, twins.kulldorff(total))
        else:
            counts = twins.permuted(study.cases, how.seed, replicate)
            score, *_ = twins.best(counts, base, around, how, twins.kulldorff(total))
        assert maxima[replicate] == pytest.approx(score, abs=1e-9)


@quickly
@given(st.data(), studies(), ways())
def test_forecast(data: st.DataObject, study: Study, how: Settings) -> None:
    """Neill's score against the share of a place in what was forecast; replicates with as many cases as the forecast gives."""
    if not long_enough(study, how):
        return
    how = replace(how, prospective=True)
    longest = min(how.max_length or 1, len(study.calendar))
    by_period = np.array(data.draw(st.lists(st.floats(0.5, 9), min_size=longest, max_size=longest)))
    expected = Forecast(by_period, data.draw(st.sampled_from([0.0, 0.5])))
    in_place = study.cases.sum(axis=1)
    base = np.outer(in_place / study.total, by_period)
    around = twins.zones(study, in_place, how)
    latest = study_of(study.cases[:, -longest:].tolist(), [(0, 0)] * len(in_place))
    found: list[engine.ScanResult] = []
    maxima = captured(lambda: found.append(forecast(study, expected, how)))
    score, *_ = twins.best(latest.cases, base, around, how, twins.expectation)
    assert (found[0].clusters[0].statistic if found[0].clusters else 0) == pytest.approx(score, abs=1e-9)
    ages = engine._ages(expected, study.total, how)
    for replicate in range(how.replications):
        counts = twins.latest_permuted(study.cases, how, replicate, ages[replicate].tolist())
        twin, *_ = twins.best(counts, base, around, how, twins.expectation)
        assert maxima[replicate] == pytest.approx(twin, abs=1e-9)


def test_a_forecast_says_how_many_cases_a_replicate_has() -> None:
    """Poisson or negative binomial of the forecast mean, never more than there are cases."""
    expected = np.array([30.0, 60.0])
    how = Settings(replications=20_000, seed=3)
    plain = engine._ages(Forecast(expected), 1_000, how)
    assert plain.mean(axis=0) == pytest.approx([60, 30], rel=0.01) and plain.var(axis=0) == pytest.approx(
        [60, 30], rel=0.05
    )
    wide = engine._ages(Forecast(expected, 0.1), 10_000, how)
    assert wide.var(axis=0) == pytest.approx([60 + 0.1 * 60**2, 30 + 0.1 * 30**2], rel=0.05)
    assert engine._ages(Forecast(expected, 0.1), 70, how).sum(axis=1).max() == 70


@st.composite
def bases(draw: st.DrawFn, study: Study) -> Floats:
    cells = st.floats(0.05, 4.0)
    return np.array(draw(st.lists(cells, min_size=study.cases.size, max_size=study.cases.size))).reshape(study.cases.shape)  # fmt: skip


@quickly
@given(st.data(), studies(), ways())
def test_poisson(data: st.DataObject, study: Study, how: Settings) -> None:
    if not long_enough(study, how):
        return
    expected = data.draw(bases(study))
    base = expected * (study.total / expected.sum())
    around = twins.zones(study, base.sum(axis=1), how)
    score = twins.kulldorff(study.total)
    found: list[engine.ScanResult] = []
    maxima = captured(lambda: found.append(poisson(study, expected, how)))
    agree(found[0], twins.best(study.cases, base, around, how, score), study)
    alias, threshold = alias_table(base.ravel())
    for replicate in range(how.replications):
        counts = twins.scattered(base.shape, alias, threshold, study.total, how.seed, replicate)
        assert maxima[replicate] == pytest.approx(twins.best(counts, base, around, how, score)[0], abs=1e-9)


@quickly
@given(st.data(), studies(), ways())
def test_expectation(data: st.DataObject, study: Study, how: Settings) -> None:
    if not long_enough(study, how):
        return
    base = data.draw(bases(study))
    around = twins.zones(study, base.sum(axis=1), how)
    found: list[engine.ScanResult] = []
    maxima = captured(lambda: found.append(expectation(study, base, how)))
    agree(found[0], twins.best(study.cases, base, around, how, twins.expectation), study)
    alias, threshold = alias_table(base.ravel())
    drawn = np.random.default_rng([how.seed, 2]).poisson(base.sum(), how.replications)
    for replicate in range(how.replications):
        counts = twins.scattered(base.shape, alias, threshold, int(drawn[replicate]), how.seed, replicate)
        score, *_ = twins.best(counts, base, around, how, twins.expectation)
        assert maxima[replicate] == pytest.approx(score, abs=1e-9)


@quickly
@given(st.data(), studies(), ways())
def test_bernoulli(data: st.DataObject, study: Study, how: Settings) -> None:
    if not long_enough(study, how):
        return
    cells = st.lists(st.integers(0, 3), min_size=study.cases.size, max_size=study.cases.size)
    controls: Ints = np.array(data.draw(cells), dtype=np.int64).reshape(study.cases.shape)
    controls[-1, 0] += 1
    everyone = study.cases + controls
    around = twins.zones(study, everyone.sum(axis=1), how)
    score = twins.bernoulli(study.total, int(everyone.sum()))
    found: list[engine.ScanResult] = []
    maxima = captured(lambda: found.append(bernoulli(study, controls, how)))
    agree(found[0], twins.best(study.cases, everyone.astype(float), around, how, score), study)
    for replicate in range(how.replications):
        counts = twins.chosen(everyone, study.total, how.seed, replicate)
        twin, *_ = twins.best(counts, everyone.astype(float), around, how, score)
        assert maxima[replicate] == pytest.approx(twin, abs=1e-9)


def captured(run: object) -> Floats:
    """The replicates' best scores of one scan."""
    kept: list[Floats] = []
    original = engine._maxima

    def keep(*given: object) -> Floats:
        kept.append(original(*given))  # type: ignore[arg-type]
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_maxima", keep)
        run()  # type: ignore[operator]
    return kept[0]


def test_many_cases_need_wider_lanes() -> None:
    """Over 32,767 cases in the window, counts no longer fit in sixteen bits."""
    cases = np.array([[40_000, 9_000], [30_000, 9_000], [100, 160]], dtype=np.int64)
    study = study_of(cases.tolist(), [(0, 0), (5, 0), (9, 0)])
    how = Settings(max_length=1, replications=20, seed=4)
    found = permutation(study, how)
    around = twins.zones(study, cases.sum(axis=1), how)
    base = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / cases.sum()
    score, zone, _ = twins.best(cases, base, around, how, twins.kulldorff(int(cases.sum())))
    assert found.clusters[0].statistic == pytest.approx(score) and len(found.clusters[0].locations) == len(
        zone
    )
    tall = np.array([[3, 20_000], [40_000, 20_000], [3, 0]], dtype=np.int64)
    assert permutation(study_of(tall.tolist(), [(0, 0), (5, 0), (9, 0)]), how).clusters[0].p_value == 1 / 21


def test_too_many_cases_in_a_window_anywhere_are_shuffled_one_by_one() -> None:
    study = study_of([[20_000, 100], [20_000, 90], [3, 9]], [(0, 0), (5, 0), (9, 0)])
    how = Settings(prospective=False, max_length=1, replications=3)
    maxima = captured(lambda: permutation(study, how))
    around = twins.zones(study, study.cases.sum(axis=1), how)
    base = np.outer(study.cases.sum(axis=1), study.cases.sum(axis=0)) / study.total
    for replicate in range(3):
        counts = twins.permuted(study.cases, how.seed, replicate)
        score, *_ = twins.best(counts, base, around, how, twins.kulldorff(study.total))
        assert maxima[replicate] == pytest.approx(score, abs=1e-6)
