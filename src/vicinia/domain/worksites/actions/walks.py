"""A site walk is planned, held and minuted; what is to be fixed has somebody and a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.models import Lot, SiteWalk, WalkPoint
from vicinia.domain.worksites.states import WalkState
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class WalkPlan:
    """When and where people meet, and who is asked to come."""

    day: dt.date
    at_time: dt.time
    meeting_point: str
    participants: str = ""


@dataclass(frozen=True)
class NewPoint:
    """Something to be fixed, by a body or by somebody in words, until a day."""

    words: str
    due_on: dt.date
    body: PartnerBody | None = None
    who: str = ""


@transaction.atomic
def plan_walk(*, by: Actor, lot: Lot, new: WalkPlan) -> SiteWalk:
    """Fix a day for a walk through a lot."""
    rules.may_keep(by).require()

    row = SiteWalk.objects.create(
        reference=f"SO{next_reference('walk')}",
        lot=lot,
        day=new.day,
        at_time=new.at_time,
        meeting_point=new.meeting_point,
        participants=new.participants.strip(),
        by_name=by.name,
    )

    journal.record(events.WALK_PLANNED, by=by, about=row, day=new.day.isoformat())
    return row


@transaction.atomic
def change_walk(*, by: Actor, walk: SiteWalk, new: WalkPlan, seen_version: int | None) -> SiteWalk:
    """Move it, or ask others to come."""
    row = queries.locked_walk(walk).require_version(seen_version, yours=new)
    rules.may_change_walk(by, row).require()

    row.day, row.at_time, row.meeting_point = new.day, new.at_time, new.meeting_point
    row.participants = new.participants.strip()
    row.save()

    journal.record(events.WALK_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def hold_walk(
    *,
    by: Actor,
    walk: SiteWalk,
    minutes: str,
    participants: str,
    files: Sequence[UploadedFile[Any]] = (),
    seen_version: int | None = None,
) -> SiteWalk:
    """Write who came and what was seen, with photos; or correct it."""
    row = queries.locked_walk(walk).require_version(seen_version, yours=minutes)
    rules.may_hold_walk(by, row, minutes).require()

    row.minutes, row.participants = minutes.strip(), participants.strip()
    if row.state == WalkState.PLANNED:
        row.enter(WalkState.HELD, by=by, state_since=clock.now())
    else:
        row.save()
    for file in files:
        attachments.attach(by=by, about=row, file=file)

    journal.record(events.WALK_HELD, by=by, about=row)
    return row


@transaction.atomic
def cancel_walk(*, by: Actor, walk: SiteWalk, reason: str, seen_version: int | None = None) -> SiteWalk:
    """It does not take place."""
    row = queries.locked_walk(walk).require_version(seen_version, yours=reason)
    rules.may_cancel_walk(by, row, reason).require()

    row.enter(WalkState.CANCELLED, by=by, reason=reason.strip(), state_since=clock.now())

    journal.record(events.WALK_CANCELLED, by=by, about=row, reason=reason.strip())
    return row


@transaction.atomic
def add_point(*, by: Actor, walk: SiteWalk, new: NewPoint) -> WalkPoint:
    """Write down what is to be fixed, by whom and by when."""
    row = queries.locked_walk(walk)
    rules.may_have_points(by, row, has_owner=bool(new.body or new.who.strip())).require()

    point = WalkPoint.objects.create(
        walk=row, words=new.words.strip(), body=new.body, who=new.who.strip(), due_on=new.due_on
    )

    journal.record(events.WALK_POINT, by=by, about=row)
    return point


@transaction.atomic
def finish_point(*, by: Actor, point: WalkPoint) -> WalkPoint:
    """It is fixed today, or not fixed after all."""
    walk = queries.locked_walk(point.walk)
    rules.may_keep(by).require()
    row = queries.point_of(walk, point.pk)

    row.done_on = None if row.done_on else clock.today()
    row.save()

    journal.record(events.WALK_POINT, by=by, about=walk)
    return row


@transaction.atomic
def drop_point(*, by: Actor, point: WalkPoint) -> None:
    """Take a point away that was written by mistake."""
    walk = queries.locked_walk(point.walk)
    rules.may_keep(by).require()

    point.delete()

    journal.record(events.WALK_POINT, by=by, about=walk)


@transaction.atomic
def note_print(*, by: Actor, walk: SiteWalk) -> None:
    """The minutes were printed."""
    rules.may_print_walk(walk).require()
    journal.record(events.WALK_PRINTED, by=by, about=walk)
