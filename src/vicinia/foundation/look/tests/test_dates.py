"""Dates in words, on Monday 23 November 2026 at 10 in the morning."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from vicinia.foundation.look import dates

ROME = ZoneInfo("Europe/Rome")
MONDAY_AT_TEN = dt.datetime(2026, 11, 23, 10, tzinfo=ROME)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY_AT_TEN, tick=False), translation.override("it"):
        yield


def day(month, number, year=2026):
    return dt.date(year, month, number)


def at(month, number, hour, minute=0, year=2026):
    return dt.datetime(year, month, number, hour, minute, tzinfo=ROME)


@pytest.mark.parametrize(
    ("when", "words", "meaning"),
    [
        (day(11, 12), "scaduto il 12 novembre", "late"),
        (day(12, 30, 2025), "scaduto il 30 dicembre 2025", "late"),
        (day(11, 20), "scaduto venerdì", "late"),
        (day(11, 17), "scaduto martedì", "late"),
        (day(11, 16), "scaduto il 16 novembre", "late"),
        (day(11, 22), "scaduto ieri", "late"),
        (at(11, 23, 9, 30), "scaduto alle 9:30", "late"),
        (day(11, 23), "oggi", "due"),
        (at(11, 23, 12), "entro le 12", "due"),
        (at(11, 23, 17, 30), "entro le 17:30", "due"),
        (day(11, 24), "entro domani", "due"),
        (day(11, 25), "entro mercoledì 25 novembre", "due"),
        (day(11, 26), "entro giovedì 26 novembre", "calm"),
        (day(11, 27), "entro venerdì 27 novembre", "calm"),
        (day(1, 7, 2027), "entro il 7 gennaio 2027", "calm"),
    ],
)
def test_a_deadline_is_said_as_people_say_it(when, words, meaning):
    assert dates.due_words(when) == dates.Due(words, meaning)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(11, 23, 9, 10), "oggi 9:10"),
        (at(11, 22, 21, 40), "ieri 21:40"),
        (at(11, 20, 21, 40), "20 nov 21:40"),
        (at(11, 20, 21, 40, 2025), "20 nov 2025 21:40"),
        (day(11, 16), "16 nov"),
    ],
)
def test_a_moment_has_its_time_and_a_day_has_none(when, words):
    assert dates.moment_words(when) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(11, 23, 9, 59, 2026).replace(second=30), "adesso"),
        (at(11, 23, 9, 59), "1 minuto fa"),
        (at(11, 23, 9, 20), "40 minuti fa"),
        (at(11, 23, 8), "2 ore fa"),
        (at(11, 22, 21), "ieri"),
        (at(11, 18, 9), "5 giorni fa"),
        (at(11, 2, 9), "3 settimane fa"),
        (at(8, 20, 9), "3 mesi fa"),
        (at(8, 20, 9, 0, 2024), "2 anni fa"),
    ],
)
def test_the_past_is_told_by_how_long_ago(when, words):
    assert dates.ago_words(when) == words


def test_a_day_has_its_weekday_this_year_and_its_year_otherwise():
    assert dates.day_words(day(11, 27)) == "venerdì 27 novembre"
    assert dates.day_words(day(11, 27, 2025)) == "27 novembre 2025"


def test_an_instant_late_in_utc_belongs_to_the_towns_next_day():
    late_in_utc = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    assert dates.day_words(late_in_utc) == "domani"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "4 maggio 2026"),
        ("fr", "4 mai 2026"),
        ("es", "4 de mayo de 2026"),
        ("uk", "4 травня 2026"),
        ("zh-hans", "2026年5月4日"),
    ],
)
def test_a_whole_day_is_written_as_its_language_writes_it(language, words):
    with translation.override(language):
        assert dates.full_day_words(day(5, 4)) == words


def test_english_keeps_its_capitals():
    with translation.override("en"):
        assert dates.day_words(day(11, 27)) == "Friday 27 November"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (day(11, 12), "overdue since 12 November"),
        (day(11, 20), "overdue since Friday"),
        (day(11, 22), "overdue since yesterday"),
        (at(11, 23, 9), "overdue since 9:00"),
        (day(11, 23), "today"),
        (at(11, 23, 12), "by 12:00"),
        (day(11, 24), "by tomorrow"),
        (day(11, 27), "by Friday 27 November"),
        (day(1, 7, 2027), "by 7 January 2027"),
    ],
)
def test_english_says_a_deadline_in_its_own_way(when, words):
    with translation.override("en"):
        assert dates.due_words(when).words == words
