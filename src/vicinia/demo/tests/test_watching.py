"""What rises in the fictional town is found by the real engine on its evening, and not before."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from vicinia.demo.rhythm import plan_reports
from vicinia.demo.rises import DARK, EMERGING, RISES, SACKS, SPRING, Rise
from vicinia.demo.seeding.watching import NEAR_M, nights
from vicinia.demo.town import build_town
from vicinia.demo.words import GROUPS, KINDS
from vicinia.domain.foresight import rules
from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.engine import Looking, Signal, look
from vicinia.domain.foresight.queries import watch_settings
from vicinia_analytics.geometry import metres_between

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Rome"))
TOWN = build_town(2026)
PLANNED = plan_reports(TOWN, seed=2026, now=NOW, count=1500)


def found(rise: Rise, days_ago: int) -> Signal | None:
    """The alert around the place of a rise, on the night that began so many days ago."""
    watching = watch_settings()
    last_day = NOW.date() - dt.timedelta(days=days_ago + 1)
    group = KINDS[rise.kinds[0]].group
    rows = [
        (one.received_at.date(), one.lat, one.lon, None) for one in PLANNED if KINDS[one.kind].group == group
    ]
    first_day = last_day - dt.timedelta(days=watching.history_days - 1)
    counts = Counts.of(rows, grid=Grid(watching.grid_m), first_day=first_day, last_day=last_day)
    looking = Looking(watching.longest_days, watching.radius_m)
    threshold = rules.threshold_days(len(GROUPS), watching.budget)
    lon, lat = TOWN.place(rise.place).lonlat
    for signal in look(counts, looking, seed=last_day.toordinal()).signals:
        if (
            signal.recurrence_days >= threshold
            and signal.centre
            and metres_between(*signal.centre, lat, lon) <= NEAR_M
        ):
            return signal
    return None


def arrived(rise: Rise, days_ago: int) -> int:
    last_day = NOW.date() - dt.timedelta(days=days_ago + 1)
    return sum(one.rise == rise.code and one.received_at.date() <= last_day for one in PLANNED)


def test_the_problem_of_the_square_is_found_on_its_evening_and_not_before() -> None:
    on = {days: found(EMERGING, days) for days in range(20, -1, -1)}
    first = max(days for days, signal in on.items() if signal)
    assert 0 <= first <= 4, "it is found while it is new"
    assert 4 <= arrived(EMERGING, first) <= 10, "from a few reports, not from one and not from all"
    assert all(on[days] for days in range(first, -1, -1)), "and found again each night"
    signal = on[0]
    assert signal and signal.observed >= 9 and signal.expected < 3


@pytest.mark.parametrize("rise", [SPRING, DARK, SACKS], ids=lambda rise: rise.code)
def test_what_rose_before_is_found_on_one_of_the_nights_that_are_looked_at(rise: Rise) -> None:
    assert any(found(rise, days) for days in nights() if rise.to_days - 2 <= days <= rise.to_days + 1)
    assert not found(rise, rise.from_days + 2)


def test_making_the_town_looks_at_few_nights() -> None:
    assert nights()[-1] == 0 and len(nights()) <= 26
    assert max(nights()) > max(rise.to_days for rise in RISES)
