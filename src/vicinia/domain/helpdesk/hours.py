"""When a help desk is open and which times can be booked: plain reckoning over rows that were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from vicinia.domain.helpdesk.models import Opening, SpecialDay
from vicinia.domain.helpdesk.states import Takes
from vicinia.foundation.kernel import clock

BY_APPOINTMENT = (Takes.BOTH, Takes.APPOINTMENT)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when it is open on one day, and for whom."""

    from_time: dt.time
    to_time: dt.time
    takes: str

    @property
    def takes_label(self) -> str:
        return str(Takes(self.takes).label)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: its windows, none if it is closed, and why it is unlike others."""

    day: dt.date
    windows: tuple[Window, ...] = ()
    reason: str = ""
    is_special: bool = False
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A time that is taken or could be."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def meets(self, other: Span) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be booked, with how many seats are left."""

    span: Span
    free: int

    @property
    def starts_at(self) -> dt.datetime:
        return self.span.starts_at

    @property
    def value(self) -> str:
        """How a form names it."""
        return timezone.localtime(self.starts_at).strftime("%Y-%m-%dT%H:%M")


def hours_of(day: dt.date, openings: Iterable[Opening], special: SpecialDay | None) -> DayHours:
    """A day that was said to be special is as was said; a holiday is closed; any other is as its weekday."""
    is_holiday = clock.is_holiday(day)
    if special is not None:
        hours = special.hours
        own = (Window(*hours, special.takes),) if hours else ()
        return DayHours(day, own, special.reason, True, is_holiday)
    if is_holiday:
        return DayHours(day, is_holiday=True)
    of_weekday = (row for row in openings if row.weekday == day.weekday())
    windows = tuple(Window(row.from_time, row.to_time, row.takes) for row in of_weekday)
    return DayHours(day, windows)


def is_open_at(hours: DayHours, moment: dt.datetime) -> Window | None:
    """The window that a moment of that day falls into."""
    time = timezone.localtime(moment).time()
    return next((one for one in hours.windows if one.from_time <= time < one.to_time), None)


def spans_of(hours: DayHours, minutes: int) -> list[Span]:
    """The times of appointments on that day, one after the other."""
    step, found = dt.timedelta(minutes=minutes), []
    for window in hours.windows:
        if window.takes not in BY_APPOINTMENT:
            continue
        start, end = (
            timezone.make_aware(dt.datetime.combine(hours.day, time))
            for time in (window.from_time, window.to_time)
        )
        while start + step <= end:
            found.append(Span(start, start + step))
            start += step
    return found


def slots_of(
    spans: Iterable[Span], taken: Sequence[Span], *, seats: int, not_before: dt.datetime
) -> list[Slot]:
    """Those that are not too near, each with the seats that are left."""
    return [
        Slot(span, max(seats - sum(1 for other in taken if span.meets(other)), 0))
        for span in spans
        if span.starts_at >= not_before
    ]


def free_seat(span: Span, taken: Iterable[tuple[Span, int]], seats: int) -> int | None:
    """The first seat that nobody has in that time."""
    busy = {seat for other, seat in taken if span.meets(other)}
    return next((seat for seat in range(1, seats + 1) if seat not in busy), None)
