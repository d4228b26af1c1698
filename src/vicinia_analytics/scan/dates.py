"""Dates as files write them: a day, a month or a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vicinia_analytics.scan.inputs import ScanInputError, Unit

_WRITTEN = re.compile(
    r"(?P<year>\d{4}|\d{2})(?:(?P<mark>[-/])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?)?"
)
# The pivot of POSIX: 69 to 99 are of the twentieth century.
_PIVOT = 69
_FINEST_FIRST = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)


@dataclass(frozen=True)
class When:
    """A date as precise as it was written. `first`: its first day; `precision`: day, month or year."""

    first: dt.date
    precision: Unit = Unit.DAY

    @classmethod
    def parse(cls, text: str) -> When:
        """From 2026-03-12, 2026/3/12, 2026-03, 2026 or a year of two digits (69 to 99 are 19…).

        Raises ScanInputError for anything else, and for a day that does not exist.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if not found or (len(found["year"]) == 2 and found["month"]):
            raise ScanInputError(f"{text!r} is not a date: write 2026-03-12, 2026-03 or 2026.")
        year = int(found["year"])
        if len(found["year"]) == 2:
            year += 1900 if year >= _PIVOT else 2000
        precision = Unit.DAY if found["day"] else Unit.MONTH if found["month"] else Unit.YEAR
        try:
            return cls(dt.date(year, int(found["month"] or 1), int(found["day"] or 1)), precision)
        except ValueError:
            raise ScanInputError(f"{text!r} is not in the calendar.") from None

    @property
    def last(self) -> dt.date:
        """Its last day."""
        if self.precision is Unit.YEAR:
            return dt.date(self.first.year, 12, 31)
        if self.precision is Unit.MONTH:
            return (self.first.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)
        return self.first

    def is_fine_enough(self, unit: Unit) -> bool:
        """Whether it says in which period of a unit it falls: a month does not say which week."""
        return _FINEST_FIRST.index(self.precision) <= _FINEST_FIRST.index(unit)
