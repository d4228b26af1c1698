"""The communication plan: lines are added, changed, done with what they reached, dropped, taken up again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from vicinia.domain.outreach import events, queries, rules
from vicinia.domain.outreach.models import Event, Notice, PlanLine
from vicinia.domain.outreach.states import LineState
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewLine:
    """Who is told what, by which channel, on which day, by whom, at which cost."""

    audience: str
    channel: str
    message: str
    day: dt.date
    area: Area | None = None
    owner: User | None = None
    cost: Decimal | None = None
    notice: Notice | None = None
    event: Event | None = None


@transaction.atomic
def add_line(*, by: Actor, new: NewLine) -> PlanLine:
    """Put a line into the plan."""
    rules.may_keep(by).require()

    row = PlanLine.objects.create(**vars(new))

    journal.record(events.LINE_ADDED, by=by, about=row)
    return row


@transaction.atomic
def change_line(*, by: Actor, line: PlanLine, new: NewLine, seen_version: int | None = None) -> PlanLine:
    """Change a line that is still to be done."""
    row = queries.locked_line(line).require_version(seen_version, yours=new)
    rules.may_change_line(by, row).require()

    for name, value in vars(new).items():
        setattr(row, name, value)
    row.save()

    journal.record(events.LINE_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def finish_line(
    *, by: Actor, line: PlanLine, done_on: dt.date, reach: int | None = None, cost: Decimal | None = None
) -> PlanLine:
    """It is done: how many it reached and what it cost in the end, if one knows."""
    row = queries.locked_line(line)
    rules.may_finish_line(by, row, clock.today(), done_on=done_on).require()

    spent = row.cost if cost is None else cost
    row.enter(LineState.DONE, by=by, done_on=done_on, reach=reach, cost=spent, state_since=clock.now())

    journal.record(events.LINE_DONE, by=by, about=row)
    return row


@transaction.atomic
def drop_line(*, by: Actor, line: PlanLine, reason: str) -> PlanLine:
    """Give a line up, saying why."""
    row = queries.locked_line(line)
    rules.may_drop_line(by, row, reason).require()

    row.enter(LineState.DROPPED, by=by, reason=reason, end_reason=reason, state_since=clock.now())

    journal.record(events.LINE_DROPPED, by=by, about=row, reason=reason)
    return row


@transaction.atomic
def resume_line(*, by: Actor, line: PlanLine) -> PlanLine:
    """Take up again what was dropped."""
    row = queries.locked_line(line)
    rules.may_resume_line(by, row).require()

    row.enter(LineState.PLANNED, by=by, end_reason="", state_since=clock.now())

    journal.record(events.LINE_RESUMED, by=by, about=row)
    return row
