"""The span of days that is counted, the one it is compared with, and how both are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vicinia.foundation.kernel import clock

LAST_MONTHS = "12-mesi"
YEARS_OFFERED = 6
QUARTERS_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` to `last`, both counted. `name` is how an address calls it."""

    name: str
    first: dt.date
    last: dt.date

    @property
    def starts_at(self) -> dt.datetime:
        return _midnight(self.first)

    @property
    def ends_at(self) -> dt.datetime:
        """The instant after the last day."""
        return _midnight(self.last + dt.timedelta(days=1))

    @property
    def months(self) -> list[str]:
        """Every month that it touches, as "2026-11"."""
        return [f"{first:%Y-%m}" for first in _months_from(self.first, self.last)]

    def month_starts(self) -> list[tuple[str, dt.datetime]]:
        """Every month with the instant from which it is counted: the first begins with the period."""
        months = _months_from(self.first, self.last)
        return [(f"{first:%Y-%m}", _midnight(max(first, self.first))) for first in months]

    @property
    def is_year(self) -> bool:
        return (self.first, self.last) == (dt.date(self.first.year, 1, 1), dt.date(self.first.year, 12, 31))

    @property
    def words(self) -> str:
        """How a sentence begins: "Nel 2026", "Dal 1 gennaio al 31 marzo 2026"."""
        if self.is_year:
            return _("Nel %(year)s") % {"year": self.first.year}
        same_year = self.first.year == self.last.year
        first = _day(self.first, "j F" if same_year else "j F Y")
        # Translators: "Dal 1 gennaio al 31 marzo 2026"
        return _("Dal %(first)s al %(last)s") % {"first": first, "last": _day(self.last, "j F Y")}

    @property
    def before(self) -> Period:
        """The same days a year earlier; for a span of more than a year, as many days just before."""
        first, last = _year_earlier(self.first), _year_earlier(self.last)
        if last >= self.first:
            last = self.first - dt.timedelta(days=1)
            first = last - (self.last - self.first)
        if self.last == _end_of_month(self.last):
            last = max(last, min(_end_of_month(last), self.first - dt.timedelta(days=1)))
        return Period(f"prima-{self.name}", first, last)


def last_twelve_months() -> Period:
    """From the first day of the month eleven months ago until today."""
    today = clock.today()
    return Period(LAST_MONTHS, _first_of_month(today.year, today.month - 11), today)


def year(number: int) -> Period:
    return Period(str(number), dt.date(number, 1, 1), dt.date(number, 12, 31))


def quarter(number: int, of_year: int) -> Period:
    """The first to the fourth quarter of a year."""
    first = dt.date(of_year, 3 * number - 2, 1)
    return Period(f"{of_year}-T{number}", first, _end_of_month(_first_of_month(of_year, 3 * number)))


def this_year_so_far() -> Period | None:
    """The running year up to its last complete month; None in January."""
    today = clock.today()
    if today.month == 1:
        return None
    last = _first_of_month(today.year, today.month) - dt.timedelta(days=1)
    return Period(str(today.year), dt.date(today.year, 1, 1), last)


def free(first: dt.date, last: dt.date) -> Period:
    """Any span of days, in either order, as far as it has passed."""
    return _until_today(Period("altro", min(first, last), max(first, last)))


def _until_today(period: Period) -> Period:
    """A running year or quarter is compared with as many days of the year before; days to come are not counted as empty."""
    return Period(period.name, min(period.first, clock.today()), min(period.last, clock.today()))


def offered() -> dict[str, Period]:
    """What who sees every count may choose, by name: the last twelve months, years and quarters, newest first."""
    today = clock.today()
    periods = [last_twelve_months()]
    periods += [year(today.year - ago) for ago in range(YEARS_OFFERED)]
    latest = today.year * 4 + (today.month - 1) // 3
    periods += [quarter(at % 4 + 1, at // 4) for at in range(latest, latest - QUARTERS_OFFERED, -1)]
    return {period.name: _until_today(period) for period in periods}


def offered_apart() -> dict[str, Period]:
    """What who sees no small count may choose: spans that never overlap, so that none can be taken from another."""
    today = clock.today()
    running = this_year_so_far()
    periods = [running] if running else []
    periods += [year(today.year - ago) for ago in range(1, YEARS_OFFERED)]
    return {period.name: period for period in periods}


def label(period: Period) -> str:
    """The name of an offered period, for a choice."""
    if period.name == LAST_MONTHS:
        return _("Ultimi 12 mesi")
    if "-T" in period.name:
        number, of_year = period.name[-1], period.first.year
        return _("%(number)s° trimestre %(year)s") % {"number": number, "year": of_year}
    if period.is_year:
        return str(period.first.year)
    until = _day(period.last, "F")
    return _("%(year)s, fino a %(month)s") % {"year": period.first.year, "month": until}


def month_words(month: str) -> str:
    """ "nov 2026" of "2026-11"."""
    number, at = month.split("-")
    return _day(dt.date(int(number), int(at), 1), "M Y")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _day(day: dt.date, pattern: str) -> str:
    return date_format(day, pattern).lower()


def _first_of_month(number: int, month: int) -> dt.date:
    """The first day of a month counted from January of a year: 0 is December of the year before."""
    return dt.date(number + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _end_of_month(day: dt.date) -> dt.date:
    return _first_of_month(day.year, day.month + 1) - dt.timedelta(days=1)


def _months_from(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _first_of_month(month.year, month.month + 1)


def _year_earlier(day: dt.date) -> dt.date:
    """The same day of the year before; the 28th for a leap day."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
