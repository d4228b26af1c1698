"""A space is put at everybody's disposal, with its hours, its rules and the days on which it is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.commons import events
from vicinia.domain.commons.actions.booking import free_for
from vicinia.domain.commons.models import Booking, Space, SpaceClosure, SpaceHours, TenantsBody
from vicinia.domain.commons.queries import spaces as queries
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.rules import spaces as rules
from vicinia.domain.territory.models import Area
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class SpaceCard:
    """What everybody reads about a space, and how it is lent."""

    name: str
    place: str
    capacity: int
    house_rules: str
    description: str = ""
    area: Area | None = None
    keeper: TenantsBody | None = None
    access: str = ""
    is_approved: bool = False
    longest_hours: int = 4
    ahead_days: int = 90
    notice_hours: int = 24
    most_open: int = 4
    closed_reason: str = ""


@transaction.atomic
def open_space(*, by: Actor, new: SpaceCard) -> Space:
    """Put a space at everybody's disposal; it can be had once it has opening hours."""
    row = Space(code=f"S{next_reference('space')}".lower(), **vars(new))
    rules.may_describe(by, row).require()

    row.save(force_insert=True)

    journal.record(events.SPACE_OPENED, by=by, about=row)
    return row


@transaction.atomic
def change_space(*, by: Actor, space: Space, new: SpaceCard, seen_version: int | None) -> Space:
    """Change what is said of it; other house rules are a new edition, which who books from now on accepts."""
    row = queries.locked_space(space).require_version(seen_version, yours=new)
    is_other = new.house_rules.strip() != row.house_rules.strip()
    for name, value in vars(new).items():
        setattr(row, name, value)
    rules.may_describe(by, row).require()

    row.rules_edition += is_other
    row.save()

    journal.record(events.SPACE_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def add_hours(*, by: Actor, space: Space, weekday: int, from_time: dt.time, to_time: dt.time) -> SpaceHours:
    """Open it on one day of the week."""
    row = queries.locked_space(space)
    new = SpaceHours(space=row, weekday=weekday, from_time=from_time, to_time=to_time)
    rules.may_have_hours(by, new, queries.hours_of(row)).require()

    new.save(force_insert=True)

    journal.record(events.SPACE_HOURS, by=by, about=row)
    return new


@transaction.atomic
def drop_hours(*, by: Actor, hours: SpaceHours) -> None:
    """No longer open it then; who has booked already keeps it."""
    row = queries.locked_space(hours.space)
    may_run(by).require()

    hours.delete()

    journal.record(events.SPACE_HOURS, by=by, about=row)


@transaction.atomic
def close(*, by: Actor, space: Space, from_day: dt.date, to_day: dt.date, reason: str) -> list[Booking]:
    """Close it for some days: who had it then is told why. Those who lose it."""
    row = queries.locked_space(space)
    rules.may_close(by, from_day=from_day, to_day=to_day, reason=reason).require()

    SpaceClosure.objects.create(space=row, from_day=from_day, to_day=to_day, reason=reason.strip())
    lost = [free_for(by=by, booking=one, reason=reason) for one in queries.within(row, from_day, to_day)]

    journal.record(events.SPACE_HOURS, by=by, about=row)
    return lost


@transaction.atomic
def reopen(*, by: Actor, closure: SpaceClosure) -> None:
    """Take a closure away."""
    row = queries.locked_space(closure.space)
    may_run(by).require()

    closure.delete()

    journal.record(events.SPACE_HOURS, by=by, about=row)
