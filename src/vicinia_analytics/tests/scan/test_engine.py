"""What a scan promises whatever the data: exact small cases, invariance, chance as often as said, any number of threads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from itertools import combinations
from math import log

import numpy as np
import pytest
from scipy.stats import binom

from vicinia_analytics.scan import (
    Calendar,
    Forecast,
    Places,
    PValue,
    ScanInputError,
    ScanResult,
    Settings,
    Study,
    Unit,
    bernoulli,
    engine,
    expectation,
    forecast,
    permutation,
    poisson,
    results,
)
from vicinia_analytics.scan.inputs import Ints
from vicinia_analytics.tests.scan import twins

END = dt.date(2026, 3, 31)


def study_of(cases: Ints | list[list[int]], *, unit: Unit = Unit.DAY, seed: int = 5) -> Study:
    table = np.array(cases, dtype=np.int64)
    at = np.random.default_rng(seed).uniform(0, 4, (len(table), 2))
    places = Places(tuple(f"p{number}" for number in range(len(table))), at[:, 0], at[:, 1])
    days = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.YEAR: 365}[unit] * (table.shape[1] - 1)
    return Study(places, Calendar(END - dt.timedelta(days), END, unit), table)


def random_study(seed: int, *, places: int = 30, days: int = 40, mean: float = 0.3) -> Study:
    return study_of(np.random.default_rng(seed).poisson(mean, (places, days)), seed=seed + 1)


def found(result: ScanResult) -> list[tuple[object, ...]]:
    return [(c.locations, c.start, c.end, c.observed, round(c.statistic, 8), c.p_value) for c in result.clusters]  # fmt: skip


# ---------------------------------------------------------------- worked by hand


def test_bernoulli_by_hand() -> None:
    """Three cases and one control in one place, one and three in the other: 2 (3 ln ¾ + ln ¼) + 8 ln 2."""
    study, controls = study_of([[3], [1]]), np.array([[1], [3]])
    settings = Settings(replications=1999)
    best = bernoulli(study, controls, settings).clusters[0]
    assert best.statistic == pytest.approx(2 * (3 * log(3 / 4) + log(1 / 4)) + 8 * log(2))
    assert (best.locations, best.observed, best.expected, best.relative_risk) == (("p0",), 3, 2.0, 3.0)
    # All 70 ways to choose the cases, each as likely: so the exact p.
    around, score = twins.zones(study, (study.cases + controls).sum(axis=1), settings), twins.bernoulli(4, 8)
    scores = []
    for choice in combinations(range(8), 4):
        counts = np.array([[sum(1 for one in choice if one < 4)], [sum(1 for one in choice if one >= 4)]])
        scores.append(twins.best(counts, np.full((2, 1), 4.0), around, settings, score)[0])
    exact = sum(1 for value in scores if value >= best.statistic - 1e-9) / 70
    assert best.p_value == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 1999) ** 0.5)


def test_every_model_finds_the_same_outbreak() -> None:
    cases = np.ones((8, 20), dtype=np.int64)
    cases[3, -2:] = 9
    study = study_of(cases)
    flat = np.ones(cases.shape)
    for result in (
        permutation(study),
        poisson(study, flat),
        expectation(study, flat),
        bernoulli(study, np.full(cases.shape, 3)),
    ):
        best = result.clusters[0]
        assert best.locations == ("p3",) and best.centre == "p3" and best.radius_km == 0
        assert (best.start, best.end, best.observed) == (END - dt.timedelta(1), END, 18)
        assert best.p_value == 0.001 and best.recurrence_interval_days == pytest.approx(1000)
        assert best.gumbel_p_value is not None and best.gumbel_p_value < 1e-4
        assert result.replications == 999 and result.settings["model"] and result.settings["unit"] == "day"


def test_risk_outside_may_be_nothing() -> None:
    assert poisson(study_of([[5], [0]]), np.array([[1.0], [3.0]])).clusters[0].relative_risk is None


def test_nothing_in_excess_gives_no_cluster() -> None:
    assert permutation(study_of([[2, 2], [2, 2]])).clusters == ()
    assert expectation(study_of([[1, 1]]), np.full((1, 2), 9.0), Settings(max_share=1)).clusters == ()


def test_clusters_share_no_place_and_are_as_many_as_asked() -> None:
    result = permutation(random_study(1), Settings(replications=19))
    places = [place for cluster in result.clusters for place in cluster.locations]
    assert len(places) == len(set(places)) and len(result.clusters) > 2
    assert [c.statistic for c in result.clusters] == sorted((c.statistic for c in result.clusters), reverse=True)  # fmt: skip
    assert len(permutation(random_study(1), Settings(replications=0, clusters=2)).clusters) == 2


def test_a_place_without_cases_joins_no_zone_for_nothing() -> None:
    """Of two centres with the same score, the one that needs fewer places."""
    places = Places.of([("empty", 0.0, 0.0), ("full", 0.1, 0.0), ("far", 50.0, 0.0)])
    cases = np.array([[0, 0, 0], [0, 0, 4], [9, 9, 0]])
    study = Study(places, Calendar(END - dt.timedelta(2), END), cases)
    best = permutation(study, Settings(max_length=1)).clusters[0]
    assert best.locations == ("full",) and best.centre == "full"


# ---------------------------------------------------------------- invariance


def test_names_origin_and_unit_of_distance_do_not_matter() -> None:
    study = random_study(3)
    settings = Settings(max_radius=1.5, replications=99)
    plain = permutation(study, settings)
    places = study.places
    renamed = replace(study, places=replace(places, names=tuple(f"_{name}" for name in places.names)))
    assert [c.p_value for c in permutation(renamed, settings).clusters] == [c.p_value for c in plain.clusters]
    moved = replace(study, places=replace(places, first=places.first + 512.0, second=places.second - 64.0))
    assert found(permutation(moved, settings)) == found(plain)
    doubled = replace(study, places=replace(places, first=places.first * 2, second=places.second * 2))
    assert found(permutation(doubled, replace(settings, max_radius=3.0))) == found(plain)


def test_the_order_of_the_places_does_not_matter() -> None:
    study = random_study(4)
    order = np.random.default_rng(0).permutation(len(study.places))
    mixed = Study(
        Places(tuple(study.places.names[at] for at in order), study.places.first[order], study.places.second[order]),
        study.calendar, study.cases[order],
    )  # fmt: skip
    settings = Settings(replications=0, clusters=1)
    one, other = (permutation(each, settings).clusters[0] for each in (study, mixed))
    assert set(one.locations) == set(other.locations) and one.statistic == pytest.approx(other.statistic)
    assert (one.start, one.end) == (other.start, other.end)


def test_the_scale_of_what_is_expected_does_not_matter_to_poisson() -> None:
    study = random_study(5)
    expected = np.random.default_rng(6).uniform(0.1, 2, study.cases.shape)
    assert found(poisson(study, expected, Settings(replications=9))) == found(poisson(study, expected * 64, Settings(replications=9)))  # fmt: skip


@pytest.mark.parametrize("way", [PValue.STANDARD, PValue.SEQUENTIAL])
def test_threads_do_not_matter(way: PValue) -> None:
    study, controls = random_study(7), np.ones((30, 40), dtype=np.int64)
    for prospective in (True, False):
        one, two, many = (
            Settings(prospective=prospective, replications=99, p_value=way, threads=threads, seed=11)
            for threads in (1, 2, 64)
        )
        for scan in (
            lambda how: permutation(study, how),
            lambda how: poisson(study, np.ones((30, 40)), how),
            lambda how: bernoulli(study, controls, how),
            lambda how: expectation(study, np.full((30, 40), 0.3), how),
        ):
            assert found(scan(one)) == found(scan(two)) == found(scan(many))


def test_the_seed_decides() -> None:
    study = random_study(8)
    first = [permutation(study, Settings(seed=seed, replications=199)).clusters[0].p_value for seed in (1, 1, 2)]  # fmt: skip
    assert first[0] == first[1] != first[2]


# ---------------------------------------------------------------- chance


@pytest.mark.parametrize("model", ["permutation", "look back", "poisson", "expectation", "bernoulli"])
def test_chance_alone_is_as_surprising_as_said(model: str) -> None:
    """p ≤ a in a share a of data where nothing happens: within the 99.9 % interval of 240 scans."""
    scans, replications = 240, 19
    values = []
    for number in range(scans):
        random = np.random.default_rng([number, 77])
        cases = random.poisson(1.0, (9, 8))
        study = study_of(cases, seed=number)
        settings = Settings(
            prospective=model != "look back", max_length=4, replications=replications, seed=number
        )
        if model in {"permutation", "look back"}:
            result = permutation(study, settings)
        elif model == "bernoulli":
            result = bernoulli(study, random.poisson(3.0, cases.shape), settings)
        else:
            result = (poisson if model == "poisson" else expectation)(study, np.ones(cases.shape), settings)
        values.append(result.clusters[0].p_value if result.clusters else 1.0)
    for level in (0.05, 0.1, 0.25, 0.5, 0.75):
        low, high = binom.ppf([0.0005, 0.9995], scans, level)
        assert low <= sum(1 for p in values if p <= level + 1e-9) <= high, (model, level)


def test_a_sequential_test_stops_and_wastes_little() -> None:
    study = random_study(9)
    told: list[int] = []
    full = permutation(study, Settings(replications=999))
    short = permutation(study, Settings(replications=999, p_value=PValue.SEQUENTIAL, stop_after=10), progress=lambda done, _: told.append(done))  # fmt: skip
    p, early = full.clusters[0].p_value, short.clusters[0].p_value
    assert p is not None and early is not None and p > 0.05
    assert short.replications < 999 and early == 10 / short.replications
    assert told[-1] < 999 and early == pytest.approx(p, abs=4 * p / 10**0.5)
    # Where nothing reaches the statistic, all replicates are made.
    cases = np.ones((8, 20), dtype=np.int64)
    cases[3, -1] = 30
    sure = permutation(study_of(cases), Settings(p_value=PValue.SEQUENTIAL))
    assert sure.replications == 999 and sure.clusters[0].p_value == 0.001


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    permutation(random_study(1), Settings(replications=100), progress=lambda *here: told.append(here))
    assert told[-1] == (100, 100) and told == sorted(told)


def test_batches_stay_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a batch takes long, the next is not longer: an interruption is heard."""
    monkeypatch.setattr(engine, "_BATCH_SECONDS", 0.0)
    monkeypatch.setattr(engine, "BLOCK", 32)
    told: list[int] = []
    settings = Settings(replications=96, threads=1)
    permutation(random_study(1), settings, progress=lambda done, _: told.append(done))
    assert told == [32, 64, 96]


def test_no_replicates_no_chances() -> None:
    best = permutation(random_study(1), Settings(replications=0)).clusters[0]
    assert best.p_value is best.gumbel_p_value is best.recurrence_interval_days is None


@pytest.mark.parametrize(("unit", "days"), [(Unit.DAY, 1), (Unit.WEEK, 7), (Unit.MONTH, 30.4375), (Unit.YEAR, 365.25)])  # fmt: skip
def test_a_recurrence_interval_is_in_periods_of_the_unit(unit: Unit, days: float) -> None:
    cases = np.ones((8, 6), dtype=np.int64)
    cases[3, -1] = 30
    study = study_of(cases, unit=unit)
    assert len(study.calendar) == 6
    best = permutation(study, Settings(max_length=1)).clusters[0]
    assert best.recurrence_interval_days == pytest.approx(days * 1000)
    again = permutation(study, Settings(max_length=1, analyses_before=10)).clusters[0]
    assert again.recurrence_interval_days == pytest.approx(days / (1 - 0.999**0.1))


def test_gumbel_goes_below_what_replicates_can_say() -> None:
    cases = np.ones((8, 20), dtype=np.int64)
    cases[3, -1] = 30
    best = permutation(study_of(cases), Settings(p_value=PValue.GUMBEL, replications=199)).clusters[0]
    assert best.p_value == 0.005 and best.gumbel_p_value is not None and best.gumbel_p_value < 1e-6
    assert best.recurrence_interval_days == pytest.approx(1 / best.gumbel_p_value)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (lambda: permutation(study_of([[1, 0]])), "1 cases; a permutation needs at least two."),
        (lambda: permutation(study_of([[2, 1]]), Settings(min_length=3)), "Windows of 3 periods in a study of 2."),
        (lambda: poisson(study_of([[0, 0]]), np.ones((1, 2))), "There are no cases in the days under study."),
        (lambda: poisson(study_of([[1, 2]]), np.ones((2, 2))), "The expected has the shape (2, 2), cases (1, 2)."),
        (lambda: poisson(study_of([[1, 2]]), np.array([[1.0, -1.0]])), "Place 'p0', 2026-03-31: the expected is -1.0."),
        (lambda: expectation(study_of([[1, 2]]), np.array([[1.0, np.nan]])), "Place 'p0', 2026-03-31: the baseline is nan."),
        (lambda: expectation(study_of([[1, 2]]), np.array([[0.0, 1.0]])), "Place 'p0', 2026-03-30: cases where none is expected."),
        (lambda: forecast(study_of([[1, 2]]), Forecast(np.ones(2)), Settings(prospective=False)), "A forecast is compared with the latest periods only."),
        (lambda: forecast(study_of([[1, 2]]), Forecast(np.ones(3))), "A forecast of 3 periods for windows of 2."),
        (lambda: forecast(study_of([[1, 0]]), Forecast(np.ones(2))), "1 cases; a permutation needs at least two."),
        (lambda: Forecast(np.array([1.0, 0.0])), "Forecast of period 2: 0.0 is not more than 0."),
        (lambda: Forecast(np.array([np.nan])), "Forecast of period 1: nan is not more than 0."),
        (lambda: Forecast(np.ones(2), -0.1), "An overdispersion of -0.1 is below 0 or no number."),
        (lambda: bernoulli(study_of([[1, 2]]), np.ones((2, 2), dtype=np.int64)), "Controls have the shape (2, 2), cases (1, 2)."),
        (lambda: bernoulli(study_of([[1, 2]]), np.zeros((1, 2), dtype=np.int64)), "A Bernoulli scan needs cases and controls."),
        (lambda: bernoulli(study_of([[0, 0]]), np.ones((1, 2), dtype=np.int64)), "A Bernoulli scan needs cases and controls."),
        (lambda: bernoulli(study_of([[1, 0]]), np.array([[1, -1]])), "Place 'p0', 2026-03-31: -1 controls; they are 0 or more."),
    ],
)  # fmt: skip
def test_what_can_not_be_scanned_is_said(scan: object, sentence: str) -> None:
    with pytest.raises(ScanInputError) as refusal:
        scan()  # type: ignore[operator]
    assert str(refusal.value) == sentence


def test_a_result_is_plain_values() -> None:
    whole = permutation(random_study(1), Settings(replications=9)).as_json()
    assert list(whole) == ["clusters", "replications", "seconds", "settings", "version"]
    assert list(whole["clusters"][0]) == [
        "rank", "locations", "centre", "radius_km", "start", "end", "observed", "expected", "relative_risk", "statistic",
        "p_value", "gumbel_p_value", "recurrence_interval_days",
    ]  # fmt: skip
    assert whole["clusters"][0]["end"] == "2026-03-31" and isinstance(whole["clusters"][0]["locations"], list)


def test_without_an_installed_package_the_version_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("vicinia_analytics.scan.results.version", absent)
    assert results.own_version.__wrapped__() == "unreleased"
