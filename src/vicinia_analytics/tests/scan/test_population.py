"""People at risk between the points where they were counted, and what they lead to expect."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia_analytics.scan import Calendar, Places, ScanInputError, Study, Unit
from vicinia_analytics.scan.dates import When
from vicinia_analytics.scan.expected import by_population
from vicinia_analytics.scan.population import Population, cases_by_stratum, expected_cases

TWO = Places.of([("a", 0.0, 0.0), ("b", 1.0, 0.0)])
YEAR = Calendar(dt.date(2023, 1, 1), dt.date(2023, 12, 31), Unit.YEAR)


def people(*rows: tuple[str, str, float], strata: bool = False) -> Population:
    return Population.of(
        [(name.split()[0], When.parse(date) if date else None, count, tuple(name.split()[1:])) for name, date, count in rows],
        places=TWO,
    )  # fmt: skip


def slow_person_days(population: Population, calendar: Calendar) -> np.ndarray:
    """Hour by hour: the people at the middle of each hour."""
    out = np.zeros((len(population.strata), len(TWO), len(calendar)))
    for day in range(calendar.start.toordinal(), calendar.end.toordinal() + 1):
        period = calendar.period_of(dt.date.fromordinal(day))
        for hour in range(24):
            for stratum, place in np.ndindex(out.shape[:2]):
                out[stratum, place, period] += (
                    np.interp(day + (hour + 0.5) / 24, population.days, population.people[stratum, place])
                    / 24
                )
    return out


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["2023-01", "2023-02-10", "2023-02-11", "2023-04", "2022", "2024"]), st.integers(0, 500)), min_size=1, max_size=4),
    st.sampled_from(list(Unit)),
)  # fmt: skip
def test_person_days_are_the_area_under_the_line(points: list[tuple[str, int]], unit: Unit) -> None:
    population = people(*[("a", date, count) for date, count in points])
    calendar = Calendar(dt.date(2023, 2, 3), dt.date(2023, 3, 9), unit)
    assert population.person_days(calendar) == pytest.approx(slow_person_days(population, calendar), rel=1e-3)


def test_a_year_is_known_on_1_july() -> None:
    """From 100 on 1 July 2022 to 465 on 1 July 2023, one more a day; from there on 465."""
    population = people(("a", "2022", 100), ("a", "23", 465))
    start = dt.date(2022, 7, 1)
    daily = population.person_days(Calendar(start, dt.date(2023, 12, 31)))[0, 0]
    assert daily[0] == 100.5 and daily[364] == 464.5 and daily[365] == daily[-1] == 465
    month = people(("a", "2023-01", 10), ("a", "2023-02", 41)).person_days(Calendar(dt.date(2023, 1, 15), dt.date(2023, 1, 16)))  # fmt: skip
    assert month[0, 0].tolist() == [10.5, 11.5]


def test_a_population_of_a_day_holds_all_that_day() -> None:
    population = people(("a", "2023-02-10", 10), ("a", "2023-02-12", 20))
    assert population.person_days(Calendar(dt.date(2023, 2, 10), dt.date(2023, 2, 12)))[0, 0].tolist() == [10, 15, 20]  # fmt: skip


def test_without_dates_it_is_always_the_same() -> None:
    population = people(("a", "", 7), ("b", "", 3), ("b", "", 1))
    assert population.person_days(YEAR)[0].tolist() == [[7 * 365], [4 * 365]]


def test_expected_cases_by_strata() -> None:
    """Worked by hand: rates 2 of 40 old and 8 of 160 young everywhere; a has 30 old and 40 young."""
    population = people(("a old", "", 30), ("a young", "", 40), ("b old", "", 10), ("b young", "", 120))
    day = dt.date(2023, 5, 1)
    counted = cases_by_stratum([(day, 2, ("old",)), (day, 8, ("young",)), (dt.date(2020, 1, 1), 50, ("old",))], population, YEAR)  # fmt: skip
    assert counted.tolist() == [2, 8]
    assert expected_cases(population, counted, YEAR)[:, 0] == pytest.approx([2 * 0.75 + 8 * 0.25, 2 * 0.25 + 8 * 0.75])  # fmt: skip


def test_an_empty_stratum_without_cases_expects_nothing() -> None:
    population = people(("a old", "", 0), ("a young", "", 40))
    assert expected_cases(population, np.array([0, 8]), YEAR)[:, 0] == pytest.approx([8, 0])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: people(), "The population has no rows."),
        (lambda: people(("c", "2023", 5)), "Row 1: place 'c' is not among the places."),
        (lambda: people(("a", "2023", 5), ("a", "2024", -1)), "Row 2: a population of -1; it is 0 or more."),
        (lambda: people(("a", "2023", float("inf"))), "Row 1: a population of inf; it is 0 or more."),
        (lambda: people(("a x", "2023", 5), ("a", "2023", 5)), "Row 2: 0 covariates, 1 in row 1."),
        (lambda: people(("a", "2023", 5), ("b", "", 5)), "Some rows of the population have a date and some have none."),
        (lambda: cases_by_stratum([(dt.date(2023, 1, 1), 1, ("old", "f"))], people(("a", "", 5)), YEAR), "Row 1: the population has no stratum 'old, f'."),
        (lambda: expected_cases(people(("a", "", 5)), np.array([1, 2]), YEAR), "2 strata of cases, 1 of the population."),
        (lambda: expected_cases(people(("a x", "", 0), ("a y", "", 1)), np.array([1, 2]), YEAR), "There are cases in the stratum 'x' and nobody lives in it."),
    ],
)  # fmt: skip
def test_what_is_refused(make: object, sentence: str) -> None:
    with pytest.raises(ScanInputError) as refusal:
        make()  # type: ignore[operator]
    assert str(refusal.value) == sentence


# ---------------------------------------------------------------- what the past leads to expect


def study(days: int, rate: object, unit: Unit = Unit.DAY) -> Study:
    calendar = Calendar(dt.date(2026, 1, 1), dt.date(2026, 1, 1) + dt.timedelta(days - 1), unit)
    cases = np.array([[rate(period) for period in range(len(calendar))]] * 2)  # type: ignore[operator]
    return Study(TWO, calendar, cases)


def test_a_steady_past_goes_on_by_population() -> None:
    steady = study(10, lambda day: 6)
    at_risk = np.array([[1.0] * 10, [3.0] * 10])
    assert by_population(steady, at_risk, 2) == pytest.approx(np.array([[3, 3], [9, 9]]))


def test_a_past_that_doubles_doubles_again() -> None:
    doubling = study(8, lambda day: 2**day)
    assert by_population(doubling, np.ones((2, 8)), 1) == pytest.approx(np.array([[128], [128]]))


def test_days_of_the_week_differ() -> None:
    quiet_sundays = study(35, lambda day: 2 if (dt.date(2026, 1, 1) + dt.timedelta(day)).weekday() == 6 else 10)  # fmt: skip
    expected = by_population(quiet_sundays, np.ones((2, 35)), 7)
    assert sorted(expected[0].round(6).tolist()) == pytest.approx([2] + [10] * 6)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((study(5, lambda day: 1), np.ones((2, 4)), 1), "The population has the shape (2, 4), cases (2, 5)."),
        ((study(5, lambda day: 1), np.ones((2, 5)), 4), "1 periods before the latest 4; at least two are needed to know what to expect."),
        ((study(5, lambda day: 1), np.zeros((2, 5)), 1), "There is nobody in any place in some period."),
    ],
)  # fmt: skip
def test_no_past_no_expectation(given: tuple[Study, np.ndarray, int], sentence: str) -> None:
    with pytest.raises(ScanInputError) as refusal:
        by_population(*given)
    assert str(refusal.value) == sentence


def test_a_past_without_cases_says_nothing() -> None:
    with pytest.raises(ScanInputError, match="The earlier periods say nothing of the latest"):
        by_population(study(5, lambda day: 0), np.ones((2, 5)), 1)
