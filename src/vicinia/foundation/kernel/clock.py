"""Time as the town lives it: now, today, working days."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

_told: ContextVar[dt.datetime | None] = ContextVar("told_time", default=None)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Act as if it were `moment`: how the demo town lives through two years, and an import through a register."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def now() -> dt.datetime:
    """The present instant, aware."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """The present day in the town's time zone."""
    return timezone.localdate(now())


def start_of(day: dt.date) -> dt.datetime:
    """The instant in which a day begins in the town's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


@lru_cache(maxsize=64)
def _holidays_of(year: int, patron_day: str) -> frozenset[dt.date]:
    import holidays

    days = set(holidays.country_holidays("IT", years=year).keys())
    if patron_day:
        month, day = (int(part) for part in patron_day.split("-"))
        days.add(dt.date(year, month, day))
    return frozenset(days)


def is_holiday(day: dt.date) -> bool:
    """Whether it is a national holiday or the local patron's day."""
    return day in _holidays_of(day.year, settings.PATRON_DAY)


def is_working_day(day: dt.date) -> bool:
    """Whether offices are open: not Saturday, Sunday, a national holiday or the local patron's day."""
    return day.weekday() < 5 and not is_holiday(day)


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The working day that is `days` working days after `start`, which itself does not count.

    With zero days, the first working day from `start` on.
    """
    day = start
    while days > 0:
        day += dt.timedelta(days=1)
        if is_working_day(day):
            days -= 1
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    span = (start + dt.timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(1 for day in span if is_working_day(day))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (earlier, if negative), or the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
