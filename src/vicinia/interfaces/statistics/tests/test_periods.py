"""Spans of days, what they are compared with, and how they are said."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
import time_machine

from vicinia.interfaces.statistics import periods
from vicinia.interfaces.statistics.numbers import article, change, percent, percent_kept_apart, percentile


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC), tick=False):
        yield


def days(period):
    return period.first.isoformat(), period.last.isoformat()


def test_twelve_months_end_today_and_are_compared_with_the_same_days():
    last = periods.last_twelve_months()
    assert days(last) == ("2025-12-01", "2026-11-23") and len(last.months) == 12
    assert days(last.before) == ("2024-12-01", "2025-11-23")


def test_the_running_year_and_quarter_stop_today():
    offered = periods.offered()
    assert days(offered["2026"]) == ("2026-01-01", "2026-11-23")
    assert days(offered["2026"].before) == ("2025-01-01", "2025-11-23")
    assert days(offered["2026-T4"]) == ("2026-10-01", "2026-11-23")
    assert periods.label(offered["2026-T3"]) == "3° trimestre 2026"


def test_february_of_a_leap_year_is_compared_whole():
    assert days(periods.free(dt.date(2024, 2, 1), dt.date(2024, 2, 29)).before) == (
        "2023-02-01",
        "2023-02-28",
    )
    assert days(periods.free(dt.date(2025, 2, 1), dt.date(2025, 2, 28)).before) == (
        "2024-02-01",
        "2024-02-29",
    )


def test_a_span_of_years_is_compared_with_the_days_just_before():
    span = periods.free(dt.date(2026, 1, 31), dt.date(2024, 1, 1))
    assert days(span) == ("2024-01-01", "2026-01-31")
    assert span.before.last == dt.date(2023, 12, 31)
    assert span.before.last - span.before.first == span.last - span.first


def test_spans_for_who_sees_no_small_count_never_overlap():
    spans = sorted(periods.offered_apart().values(), key=lambda period: period.first)
    assert all(one.last < other.first for one, other in pairwise(spans))
    assert days(spans[-1]) == ("2026-01-01", "2026-10-31")


def test_in_january_only_complete_years_can_be_chosen():
    with time_machine.travel(dt.datetime(2027, 1, 9, tzinfo=dt.UTC), tick=False):
        assert next(iter(periods.offered_apart())) == "2026"


def test_percentiles_are_values_that_occur():
    assert percentile({1: 5, 3: 4, 9: 1}, 0.5) == 1
    assert percentile({1: 5, 3: 4, 9: 1}, 0.9) == 3
    assert percentile({}, 0.5) is None


def test_a_share_is_never_rounded_to_all_or_none():
    assert (percent(999, 1000), percent(1, 1000), percent(3, 3), percent(0, 0)) == (
        "99 %",
        "1 %",
        "100 %",
        "–",
    )


def test_a_share_gives_no_small_count_away():
    assert percent_kept_apart(38, 40) == "quasi il 100 %" and percent_kept_apart(2, 40) == "quasi lo 0 %"
    assert percent_kept_apart(20, 40) == "50 %" and percent_kept_apart(4, 8) == "–"


@pytest.mark.parametrize(
    ("number", "words"),
    [(4, "il "), (8, "l'"), (80, "l'"), (11, "l'"), (1, "l'"), (110, "il "), (11_000, "l'")],
)
def test_numbers_take_their_article(number, words):
    assert article(number) == words


def test_a_change_is_said_with_its_direction():
    assert (
        change(104, 100) == "il 4 % in più" and change(92, 100) == "l'8 % in meno" and change(100, 100) == ""
    )
