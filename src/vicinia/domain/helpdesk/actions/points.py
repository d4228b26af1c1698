"""A help desk opens, changes its hours, is closed on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction

from vicinia.domain.helpdesk import events, queries, rules
from vicinia.domain.helpdesk.models import HelpPoint, Opening, SpecialDay
from vicinia.domain.helpdesk.states import Takes
from vicinia.domain.territory.models import Area
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class PointDetails:
    """Where a help desk is and how appointments are given there."""

    name: str
    address: str
    directions: str = ""
    access: str = ""
    phone: str = ""
    languages: Sequence[str] = ()
    area: Area | None = None
    slot_minutes: int = 20
    seats: int = 1
    days_ahead: int = 30
    notice_hours: int = 2
    is_active: bool = True


@dataclass(frozen=True)
class Hours:
    """From when to when on a weekday, and for whom."""

    weekday: int
    from_time: dt.time
    to_time: dt.time
    takes: str = Takes.BOTH


@dataclass(frozen=True)
class DayPlan:
    """A day that is unlike others: closed without hours, open with them."""

    day: dt.date
    from_time: dt.time | None = None
    to_time: dt.time | None = None
    takes: str = Takes.BOTH
    reason: str = ""


def _put(row: HelpPoint, details: PointDetails) -> None:
    for one in fields(details):
        setattr(row, one.name, getattr(details, one.name))
    row.languages = list(details.languages)


@transaction.atomic
def add_point(*, by: Actor, code: str, details: PointDetails) -> HelpPoint:
    """Open a help desk; its hours come after."""
    rules.may_keep(by).require()

    row = HelpPoint(code=code)
    _put(row, details)
    row.save(force_insert=True)

    journal.record(events.POINT_ADDED, by=by, about=row)
    return row


@transaction.atomic
def change_point(
    *, by: Actor, point: HelpPoint, details: PointDetails, seen_version: int | None
) -> HelpPoint:
    """Say where it is now, or take it out of use."""
    row = queries.locked_point(point).require_version(seen_version, yours=details)
    rules.may_keep(by).require()

    _put(row, details)
    row.save()

    journal.record(events.POINT_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def add_hours(*, by: Actor, point: HelpPoint, hours: Hours) -> Opening:
    """Add hours to a weekday."""
    row = queries.locked_point(point)
    overlaps = queries.overlapping(
        row, weekday=hours.weekday, from_time=hours.from_time, to_time=hours.to_time
    )
    rules.may_open(by, from_time=hours.from_time, to_time=hours.to_time, overlaps=overlaps).require()

    opening = Opening.objects.create(
        point=row,
        weekday=hours.weekday,
        from_time=hours.from_time,
        to_time=hours.to_time,
        takes=hours.takes,
    )

    journal.record(events.HOURS_CHANGED, by=by, about=row)
    return opening


@transaction.atomic
def drop_hours(*, by: Actor, opening: Opening) -> None:
    """Take hours away from a weekday; appointments that were given stay, and are shown as to be moved."""
    rules.may_keep(by).require()

    opening.delete()

    journal.record(events.HOURS_CHANGED, by=by, about=opening.point)


@transaction.atomic
def set_day(*, by: Actor, point: HelpPoint, plan: DayPlan) -> SpecialDay:
    """Close a day, or open it in hours of its own. Said again, the last word counts."""
    row = queries.locked_point(point)
    hours = (plan.from_time, plan.to_time)
    rules.may_set_day(by, hours=hours, day=plan.day, today=clock.today()).require()

    values = {one.name: getattr(plan, one.name) for one in fields(plan) if one.name != "day"}
    special, _made = SpecialDay.objects.update_or_create(point=row, day=plan.day, defaults=values)

    journal.record(events.DAY_SET, by=by, about=row, day=f"{plan.day:%d/%m/%Y}")
    return special


@transaction.atomic
def drop_day(*, by: Actor, special: SpecialDay) -> None:
    """Let a day be like its weekday again."""
    rules.may_keep(by).require()

    special.delete()

    journal.record(events.DAY_DROPPED, by=by, about=special.point, day=f"{special.day:%d/%m/%Y}")
