"""The periods of a plan: today, and each month from which on a dwelling or a decision changes."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vicinia.foundation.kernel import clock

if TYPE_CHECKING:
    from vicinia.domain.mobility.engine.facts import Facts
    from vicinia.domain.mobility.queries.availability import Closed, UnitFacts


def first_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)


def closed_in(unit: UnitFacts, month: dt.date) -> Closed | None:
    """Why nobody can live there in a month. Works that begin on a day empty the whole month, as those that end do."""
    last = clock.add_months(month, 1) - dt.timedelta(days=1)
    return next((one for one in unit.closed if one.touches(month, last)), None)


def periods(facts: Facts) -> list[dt.date]:
    """The first day of each period: this month, then each month that differs from the one before."""
    found = [first_of(facts.today)]
    decided = set(_decided(facts))
    lived_in = {one.lives_in for one in facts.households}
    before = [unit.dwelling_id in lived_in or unit.closed_on(facts.today) is None for unit in facts.units]
    for month in _months_to(found[0], _horizon(facts)):
        free = [closed_in(unit, month) is None for unit in facts.units]
        if free != before or month in decided:
            found.append(month)
        before = free
    return found


def _decided(facts: Facts) -> Iterator[dt.date]:
    for fix in facts.fixes:
        yield first_of(fix.from_month)
        if fix.to_month is not None:
            yield clock.add_months(first_of(fix.to_month), 1)


def _horizon(facts: Facts) -> dt.date:
    """The first whole month after the last works and after what is decided."""
    ends = [
        clock.add_months(first_of(one.to_day or one.from_day), 1)
        for unit in facts.units
        for one in unit.closed
    ]
    return max([*ends, *_decided(facts)], default=facts.today)


def _months_to(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = clock.add_months(first, 1)
    while month <= last:
        yield month
        month = clock.add_months(month, 1)


def period_of(months: Sequence[dt.date], month: dt.date) -> int:
    """In which period a month lies; months before the first lie in the first."""
    return max(bisect_right(months, month) - 1, 0)
