"""The day itself: who is there, whether they are enough, and the beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from vicinia.domain.assemblies import events, queries, rules
from vicinia.domain.assemblies.models import Assembly, Minutes, MinutesVersion
from vicinia.domain.assemblies.states import AssemblyState
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.states import EventState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# A second call that begins after the first would have ended lasts at least so long.
SHORTEST = dt.timedelta(minutes=30)


@transaction.atomic
def mark_seats(
    *, by: Actor, assembly: Assembly, marks: Mapping[int, str], seen_version: int | None
) -> Assembly:
    """Who of those called by name is there, by the id of the seat."""
    row = queries.locked(assembly).require_version(seen_version, yours=marks)
    rules.may_mark(by, row).require()

    for seat in queries.seats_of(row):
        if seat.pk in marks and seat.mark != marks[seat.pk]:
            seat.mark = marks[seat.pk]
            seat.save()
    row.save()  # counts the version up: who was there is part of what was read

    journal.record(events.MARKED, by=by, about=row)
    return row


@transaction.atomic
def open_assembly(
    *,
    by: Actor,
    assembly: Assembly,
    present: int,
    chair: str = "",
    secretary: str = "",
    seen_version: int | None = None,
) -> Assembly:
    """Open it with so many present: the minutes begin, with the agenda as their headings."""
    row = queries.locked(assembly).require_version(seen_version)
    today = clock.today()
    rules.may_open(by, row, present=present, chair=chair, secretary=secretary, today=today).require()

    row.enter(
        AssemblyState.HELD,
        by=by,
        present=present,
        chair=chair.strip(),
        secretary=secretary.strip(),
        state_since=clock.now(),
    )
    if row.event is not None and row.event.state == EventState.PROMOTED:
        outreach.hold_event(by=by, event=row.event)
    minutes = Minutes.objects.create(assembly=row)
    MinutesVersion.objects.create(
        minutes=minutes,
        number=1,
        stage=minutes.stage,
        text="\n\n".join(
            f"## {place}. {point.title}" for place, point in enumerate(queries.points_of(row), 1)
        ),
        by_ref=by.ref,
        by_name=by.name,
    )

    journal.record(events.HELD, by=by, about=row, present=present)
    return row


@transaction.atomic
def no_quorum(*, by: Actor, assembly: Assembly, present: int, seen_version: int | None = None) -> Assembly:
    """Too few came: the second call is valid from now on, or the assembly is deserted if there is none left."""
    row = queries.locked(assembly).require_version(seen_version)
    rules.may_desert(by, row, present=present, today=clock.today()).require()

    if row.second_day is not None and not row.is_second_call:
        row.first_present, row.is_second_call = present, True
        row.save()
        journal.record(events.FIRST_FAILED, by=by, about=row, present=present)
        _move_event(by, row)
        return row
    row.enter(AssemblyState.DESERTED, by=by, present=present, state_since=clock.now())

    journal.record(events.DESERTED, by=by, about=row, present=present)
    return row


def _move_event(by: Actor, row: Assembly) -> None:
    """Who signed up is told of the second call."""
    if row.event is None or row.event.state != EventState.PROMOTED:
        return
    event, starts = row.event, row.meets_at
    new = outreach.EventPlan(
        title=event.title,
        day=row.meets_on,
        from_time=starts,
        to_time=max(event.to_time, (dt.datetime.combine(row.day, starts) + SHORTEST).time()),
        place=event.place,
        description=event.description,
        areas=list(event.areas.all()),
        access=event.access,
        languages=event.languages,
        asked_by=event.asked_by,
        with_sign_up=event.with_sign_up,
        places=event.places,
    )
    outreach.change_event(by=by, event=event, new=new)
