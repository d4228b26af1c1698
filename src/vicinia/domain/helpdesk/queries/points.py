"""Where the help desks are, when they are open, which times are free."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from vicinia.domain.helpdesk.hours import (
    DayHours,
    Slot,
    Span,
    Window,
    hours_of,
    is_open_at,
    slots_of,
    spans_of,
)
from vicinia.domain.helpdesk.models import Appointment, HelpPoint, Opening, PointRows, SpecialDay
from vicinia.domain.helpdesk.states import Weekday
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# How many days of other hours a page announces.
ANNOUNCED_DAYS = 60


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A weekday with its hours."""

    name: str
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class DaySlots:
    """A day with the times that can be booked."""

    day: dt.date
    slots: tuple[Slot, ...]

    @property
    def free(self) -> int:
        return sum(1 for slot in self.slots if slot.free)


def points(by: Actor) -> PointRows:
    """The help desks that `by` may see."""
    return HelpPoint.objects.visible_to(by)


def point_coded(by: Actor, code: str) -> HelpPoint:
    """The visible help desk of this code (404 otherwise)."""
    row: HelpPoint = points(by).select_related("area").defer("area__boundary").one(code=code)  # type: ignore[attr-defined]
    return row


def points_in_use() -> list[HelpPoint]:
    """Those that residents come to. One query."""
    return list(HelpPoint.objects.in_use())


def points_with_hours(by: Actor) -> QuerySet[HelpPoint]:
    """The help desks in use with the hours of their weeks. Two queries."""
    rows = points(by).in_use().select_related("area").defer("area__boundary")
    return rows.prefetch_related("openings").order_by("name", "id")


def public_point(code: str) -> HelpPoint:
    """A help desk as everybody may read of it (404 otherwise)."""
    row: HelpPoint = HelpPoint.objects.in_use().one(code=code)
    return row


def locked_point(point: HelpPoint) -> HelpPoint:
    """The same help desk, locked until the transaction ends: times and numbers are given one after the other."""
    row: HelpPoint = HelpPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    return row


def openings_of(point: HelpPoint) -> list[Opening]:
    """The hours of the week."""
    return list(point.openings.all())


def opening_of(point: HelpPoint, pk: int) -> Opening:
    """One line of the week (404 otherwise)."""
    row: Opening = point.openings.one(pk=pk)  # type: ignore[attr-defined]
    row.point = point
    return row


def special_day_of(point: HelpPoint, pk: int) -> SpecialDay:
    """One day that is unlike others (404 otherwise)."""
    row: SpecialDay = point.special_days.one(pk=pk)  # type: ignore[attr-defined]
    row.point = point
    return row


def week_of(point: HelpPoint) -> list[WeekDay]:
    """The seven weekdays with their hours. One query."""
    by_day: dict[int, list[Opening]] = defaultdict(list)
    for row in openings_of(point):
        by_day[row.weekday].append(row)
    return [WeekDay(str(day.label), tuple(by_day[day.value])) for day in Weekday]


def overlapping(point: HelpPoint, *, weekday: int, from_time: dt.time, to_time: dt.time) -> bool:
    """Whether the week has hours there already."""
    rows = point.openings.filter(weekday=weekday, from_time__lt=to_time, to_time__gt=from_time)
    return bool(rows.exists())


def special_days_of(point: HelpPoint, since: dt.date | None = None) -> QuerySet[SpecialDay]:
    """Days to come that are unlike others."""
    return point.special_days.filter(day__gte=since or clock.today()).order_by("day", "id")


def days_of(point: HelpPoint, since: dt.date, count: int) -> list[DayHours]:
    """So many days with their hours, the first one `since`. Two queries."""
    openings = openings_of(point)
    until = since + dt.timedelta(days=count)
    special = {row.day: row for row in point.special_days.filter(day__gte=since, day__lt=until)}
    days = (since + dt.timedelta(days=at) for at in range(count))
    return [hours_of(day, openings, special.get(day)) for day in days]


def hours_on(point: HelpPoint, day: dt.date) -> DayHours:
    """The hours of one day. Two queries."""
    return days_of(point, day, 1)[0]


def announced_days(point: HelpPoint) -> list[DayHours]:
    """Days to come that are unlike their weekday: said so, or holidays on which it would be open. Two queries."""
    weekdays = {row.weekday for row in openings_of(point)}
    return [
        one
        for one in days_of(point, clock.today(), ANNOUNCED_DAYS)
        if one.is_special or (one.is_holiday and one.day.weekday() in weekdays)
    ]


def open_now(point: HelpPoint) -> Window | None:
    """The hours that are on now."""
    return is_open_at(hours_on(point, clock.today()), clock.now())


# Times ------------------------------------------------------------------------------------------------------------


def taken_between(
    point: HelpPoint, since: dt.datetime, until: dt.datetime, *, besides: Appointment | None = None
) -> list[tuple[Span, int]]:
    """The times that somebody has, with their seats."""
    rows = point.appointments.holding().filter(starts_at__lt=until, ends_at__gt=since)  # type: ignore[attr-defined]
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [(Span(*times), seat) for *times, seat in rows.values_list("starts_at", "ends_at", "seat")]


def slots_between(
    point: HelpPoint,
    since: dt.date,
    count: int,
    *,
    not_before: dt.datetime,
    besides: Appointment | None = None,
) -> list[DaySlots]:
    """The days that have times to book, with how much is left of each. Three queries."""
    ends = clock.start_of(since + dt.timedelta(days=count))
    taken = [span for span, _seat in taken_between(point, clock.start_of(since), ends, besides=besides)]
    found = []
    for hours in days_of(point, since, count):
        spans = spans_of(hours, point.slot_minutes)
        slots = slots_of(spans, taken, seats=point.seats, not_before=not_before)
        if slots:
            found.append(DaySlots(hours.day, tuple(slots)))
    return found


def slots_for_residents(point: HelpPoint, *, besides: Appointment | None = None) -> list[DaySlots]:
    """What residents can book by themselves."""
    not_before = clock.now() + dt.timedelta(hours=point.notice_hours)
    return slots_between(point, clock.today(), point.days_ahead + 1, not_before=not_before, besides=besides)


def slots_at_desk(point: HelpPoint, *, besides: Appointment | None = None) -> list[DaySlots]:
    """What a colleague can still give away, also at once."""
    not_before = clock.now() - dt.timedelta(minutes=point.slot_minutes)
    return slots_between(point, clock.today(), point.days_ahead + 1, not_before=not_before, besides=besides)
