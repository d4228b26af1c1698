"""An event is asked for, announced, changed, called off, held, counted, reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from vicinia.domain.outreach import events, queries, rules
from vicinia.domain.outreach.actions.signing import fill_places, tell_all
from vicinia.domain.outreach.models import Event
from vicinia.domain.outreach.states import EventState, Told
from vicinia.domain.territory.models import Area
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference

# What calendars show of an event: when it changes, they take it over.
_SHOWN = ("title", "description", "day", "from_time", "to_time", "place")
_WHEN_AND_WHERE = ("day", "from_time", "to_time", "place")


@dataclass(frozen=True)
class EventPlan:
    """What, when, where, for how many. `places` None is without limit; no sign-up is an open door."""

    title: str
    day: dt.date
    from_time: dt.time
    to_time: dt.time
    place: str
    description: str = ""
    areas: Sequence[Area] = ()
    access: str = ""
    languages: Sequence[str] = ()
    asked_by: str = ""
    with_sign_up: bool = True
    places: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What stands in the row itself."""
        values = {name: value for name, value in vars(self).items() if name != "areas"}
        return values | {"languages": list(self.languages)}


@dataclass(frozen=True)
class Counts:
    """Who came: all, of them children, of them never seen before."""

    people: int
    children: int = 0
    first_time: int = 0


@transaction.atomic
def request_event(*, by: Actor, new: EventPlan, about: Any = "") -> Event:
    """Write an event down; nobody outside reads of it until it is announced."""
    rules.may_plan_event(by, new.from_time, new.to_time).require()

    row = Event.objects.create(
        reference=f"EV{next_reference('event')}",
        about=journal.about_ref(about) if about else "",
        keeper_id=by.user_id,
        by_name=by.name,
        edited_at=clock.now(),
        **new.columns,
    )
    row.areas.set(new.areas)

    journal.record(events.REQUESTED, by=by, about=row, day=new.day.isoformat())
    return row


@transaction.atomic
def change_event(*, by: Actor, event: Event, new: EventPlan, seen_version: int | None = None) -> Event:
    """Change it. Who signed up is told of another day or place; more places go to who waits."""
    row = queries.locked_event(event).require_version(seen_version, yours=new)
    rules.may_change_event(by, row, places=new.places).require()
    rules.may_plan_event(by, new.from_time, new.to_time).require()

    before = {name: getattr(row, name) for name in _SHOWN}
    for name, value in new.columns.items():
        setattr(row, name, value)
    differing = {name for name in _SHOWN if getattr(row, name) != before[name]}
    if differing:
        row.edition += 1
        row.edited_at = clock.now()
    row.save()
    row.areas.set(new.areas)

    journal.record(events.CHANGED, by=by, about=row, day=new.day.isoformat())
    if differing & set(_WHEN_AND_WHERE):
        tell_all(by=by, event=row, told=Told.MOVED)
    fill_places(by=by, event=row)
    return row


@transaction.atomic
def announce_event(*, by: Actor, event: Event, seen_version: int | None = None) -> Event:
    """Put it on the page and into calendars; from now on one can sign up."""
    row = queries.locked_event(event).require_version(seen_version)
    rules.may_announce(by, row, clock.today()).require()

    now = clock.now()
    row.enter(EventState.PROMOTED, by=by, announced_at=now, state_since=now, edited_at=now)

    journal.record(events.ANNOUNCED, by=by, about=row)
    return row


@transaction.atomic
def cancel_event(*, by: Actor, event: Event, reason: str, seen_version: int | None = None) -> Event:
    """Call it off; who signed up is told, and calendars show it."""
    row = queries.locked_event(event).require_version(seen_version, yours=reason)
    rules.may_cancel_event(by, row, reason).require()

    now = clock.now()
    row.enter(
        EventState.CANCELLED,
        by=by,
        reason=reason,
        end_reason=reason,
        state_since=now,
        edited_at=now,
        edition=row.edition + 1,
    )

    journal.record(events.CANCELLED, by=by, about=row, reason=reason)
    tell_all(by=by, event=row, told=Told.CANCELLED)
    return row


@transaction.atomic
def hold_event(*, by: Actor, event: Event, seen_version: int | None = None) -> Event:
    """It took place."""
    row = queries.locked_event(event).require_version(seen_version)
    rules.may_hold(by, row, clock.today()).require()

    row.enter(EventState.HELD, by=by, state_since=clock.now())

    journal.record(events.HELD, by=by, about=row)
    return row


@transaction.atomic
def count_event(*, by: Actor, event: Event, counts: Counts, seen_version: int | None = None) -> Event:
    """Write down how many came, from the sheet or by counting heads; it may be counted again until it is reported."""
    row = queries.locked_event(event).require_version(seen_version, yours=counts)
    rules.may_count(
        by, row, people=counts.people, children=counts.children, first_time=counts.first_time
    ).require()

    row.people_came = counts.people
    row.children_came = counts.children
    row.first_time_came = counts.first_time
    if row.state == EventState.COUNTED:
        row.save()
    else:
        row.enter(EventState.COUNTED, by=by, state_since=clock.now())

    journal.record(events.COUNTED, by=by, about=row, people=counts.people)
    return row


@transaction.atomic
def report_event(
    *, by: Actor, event: Event, report: str, cost: Decimal | None = None, seen_version: int | None = None
) -> Event:
    """Say how it went, in a few lines, and what it cost."""
    row = queries.locked_event(event).require_version(seen_version, yours=report)
    rules.may_report(by, row, report).require()

    row.enter(EventState.REPORTED, by=by, report=report, cost=cost, state_since=clock.now())

    journal.record(events.REPORTED, by=by, about=row)
    return row
