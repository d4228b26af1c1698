"""What both databases work out by themselves, without calling back into Python for every row."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Func, IntegerField

from vicinia.foundation.kernel import clock

FIRST_YEAR_OF_OFFSETS = 2000
JULIAN_DAY_ZERO = 1_721_425  # the Julian day, counted from midnight, of the day before Python's first


@lru_cache(maxsize=4)
def _offsets(zone: str, until: int) -> tuple[tuple[dt.datetime | None, int], ...]:
    """Since which instant the clocks stood how many seconds ahead of UTC, latest first; None since ever."""
    town = ZoneInfo(zone)
    start = dt.datetime(FIRST_YEAR_OF_OFFSETS, 1, 1, tzinfo=dt.UTC)
    hours = range((until - FIRST_YEAR_OF_OFFSETS + 1) * 366 * 24)
    offset = _seconds(start, town)
    changes: list[tuple[dt.datetime | None, int]] = [(None, offset)]
    for day in range(24, len(hours), 24):
        after = _seconds(start + dt.timedelta(hours=day), town)
        if after != offset:
            first = bisect_left(
                hours,
                True,
                day - 24,
                day,
                key=lambda hour: _seconds(start + dt.timedelta(hours=hour), town) == after,
            )
            changes.append((start + dt.timedelta(hours=first), after))
            offset = after
    return tuple(reversed(changes))


def _seconds(instant: dt.datetime, zone: ZoneInfo) -> int:
    return int((instant.astimezone(zone).utcoffset() or dt.timedelta()).total_seconds())


class LocalDay(Func):
    """The day of an instant in the town's time zone, as Python counts days (`date.toordinal`). Both databases do it by themselves.

    Django's TruncDate calls back into Python for every row on SQLite: a second for 100,000 rows.
    """

    output_field = IntegerField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        sql, params = compiler.compile(self.source_expressions[0])
        cases: list[str] = []
        ours: list[Any] = []
        for since, seconds in _offsets(settings.TIME_ZONE, clock.today().year + 1):
            if since is None:
                cases.append(f"ELSE '{seconds} seconds'")
            else:
                cases.append(f"WHEN {sql} >= '{since:%Y-%m-%d %H:%M:%S}' THEN '{seconds} seconds'")
                ours += params
        offset = f"CASE {' '.join(cases)} END"
        return f"CAST(julianday({sql}, {offset}) + 0.5 AS INTEGER) - {JULIAN_DAY_ZERO:d}", (*params, *ours)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        sql, params = compiler.compile(self.source_expressions[0])
        zone = connection.ops.quote_name(settings.TIME_ZONE).strip('"')
        return f"(({sql} AT TIME ZONE '{zone}')::date - DATE '0001-01-01' + 1)", params


class ReadThrough(Func):
    """A column that SQLite compares row by row, in one reading of the table.

    A statistic is about most rows: from an index SQLite would jump to each of them, which costs three times as much.
    PostgreSQL chooses well by itself.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return super().as_sql(compiler, connection, template="+%(expressions)s")


class DaysBetween(Func):
    """Whole days from one instant to a later one."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, arg_joiner=") - julianday(")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400)::integer"
        return super().as_sql(compiler, connection, template=template, arg_joiner=" - ")
