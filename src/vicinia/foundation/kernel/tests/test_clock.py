"""Time as the town lives it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vicinia.foundation.kernel import clock

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


@pytest.fixture
def patron(settings: object) -> None:
    settings.PATRON_DAY = "11-10"  # type: ignore[attr-defined]


HOLIDAYS = """2026-01-01 2026-01-06 2026-04-06 2027-03-29 2025-04-25 2026-05-01 2026-06-02 2025-08-15
2027-11-01 2026-12-08 2026-12-25 2025-12-26 2026-11-21 2026-11-22"""


@pytest.mark.parametrize("day", HOLIDAYS.split())
def test_offices_are_closed_on_italian_holidays_easter_monday_and_weekends(day: str) -> None:
    assert not clock.is_working_day(dt.date.fromisoformat(day))


def test_the_patron_day_is_a_holiday_here_and_nowhere_else(settings: object) -> None:
    day = dt.date(2026, 11, 10)
    settings.PATRON_DAY = ""  # type: ignore[attr-defined]
    assert clock.is_working_day(day)
    settings.PATRON_DAY = "11-10"  # type: ignore[attr-defined]
    assert not clock.is_working_day(day)


def test_a_deadline_jumps_over_holidays_and_the_patron_day(patron: None) -> None:
    assert clock.add_working_days(dt.date(2026, 11, 9), 1) == dt.date(2026, 11, 11)
    assert clock.add_working_days(dt.date(2026, 12, 23), 2) == dt.date(2026, 12, 28)
    assert clock.add_working_days(dt.date(2026, 11, 20), 2) == dt.date(2026, 11, 24)


def test_zero_days_from_a_sunday_is_the_monday_after() -> None:
    assert clock.add_working_days(dt.date(2026, 11, 22), 0) == dt.date(2026, 11, 23)


def test_days_are_counted_back_as_negative(patron: None) -> None:
    assert clock.working_days_between(dt.date(2026, 11, 9), dt.date(2026, 11, 12)) == 2
    assert clock.working_days_between(dt.date(2026, 11, 12), dt.date(2026, 11, 9)) == -2
    assert clock.working_days_between(dt.date(2026, 11, 9), dt.date(2026, 11, 9)) == 0


@given(start=DAYS, days=st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_a_deadline_is_a_working_day_and_counts_back_to_the_same_days(start: dt.date, days: int) -> None:
    due = clock.add_working_days(start, days)
    assert clock.is_working_day(due)
    assume(days > 0)
    assert clock.working_days_between(start, due) == days


@given(start=DAYS, days=st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_one_day_more_is_always_later(start: dt.date, days: int) -> None:
    assert clock.add_working_days(start, days + 1) > clock.add_working_days(start, days)


def test_told_time_ends_with_its_block_also_when_it_fails() -> None:
    moment = dt.datetime(2024, 2, 29, 23, 30, tzinfo=dt.UTC)
    with pytest.raises(ZeroDivisionError), clock.at(moment):
        assert clock.now() == moment
        assert clock.today() == dt.date(2024, 3, 1), "the town's day, not Greenwich's"
        raise ZeroDivisionError
    assert clock.now() > moment


def test_a_day_begins_at_midnight_of_the_town_in_winter_and_summer() -> None:
    assert clock.start_of(dt.date(2026, 1, 10)).astimezone(dt.UTC).hour == 23
    assert clock.start_of(dt.date(2026, 7, 10)).astimezone(dt.UTC).hour == 22


def test_a_month_is_a_calendar_month():
    assert clock.add_months(dt.date(2026, 8, 31), -6) == dt.date(2026, 2, 28)
    assert clock.add_months(dt.date(2024, 8, 31), -6) == dt.date(2024, 2, 29)
    assert clock.add_months(dt.date(2026, 12, 15), 1) == dt.date(2027, 1, 15)
    assert clock.add_months(dt.date(2026, 1, 31), -1) == dt.date(2025, 12, 31)
