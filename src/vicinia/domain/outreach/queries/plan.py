"""The communication plan, as a table and as a calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from vicinia.domain.outreach.models import PlanLine, PlanLineRows
from vicinia.domain.outreach.queries.events import people_at
from vicinia.domain.outreach.queries.notices import reach_of_each
from vicinia.domain.outreach.states import LineState
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """What some lines come to."""

    lines: int
    done: int
    late: int
    cost: Decimal
    reach: int


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day of the calendar with its lines; `is_other` if it belongs to the month before or after."""

    day: dt.date
    is_other: bool
    lines: tuple[PlanLine, ...]


def plan_lines(by: Actor) -> PlanLineRows:
    """The lines of the plan, by day."""
    rows: PlanLineRows = PlanLine.objects.visible_to(by)
    return rows.in_order()


def plan_in_lines(rows: PlanLineRows) -> QuerySet[PlanLine]:
    """With what a row of the table shows, in one query."""
    return rows.joining(owner=("name",), notice=("reference",), event=("reference", "title"))


def plan_line(by: Actor, pk: int) -> PlanLine:
    """One line of the plan (404 otherwise)."""
    row: PlanLine = plan_in_lines(plan_lines(by)).one(pk=pk)  # type: ignore[attr-defined]
    return row


def locked_line(line: PlanLine) -> PlanLine:
    row: PlanLine = PlanLine.objects.lock(line)
    return row


def totals_of(rows: PlanLineRows) -> PlanTotals:
    """How many lines, done and late, their cost and reach; without those that were dropped. One query."""
    late = Q(state=LineState.PLANNED, day__lt=clock.today())
    found = (
        rows.order_by()
        .exclude(state=LineState.DROPPED)
        .aggregate(
            lines=Count("pk"),
            done=Count("pk", filter=Q(state=LineState.DONE)),
            late=Count("pk", filter=late),
            cost=Sum("cost"),
            reach=Sum("reach"),
        )
    )
    return PlanTotals(
        found["lines"], found["done"], found["late"], found["cost"] or Decimal(0), found["reach"] or 0
    )


def month_of(rows: PlanLineRows, year: int, month: int) -> list[list[PlanDay]]:
    """The weeks of a month, Monday first, with the lines of each day."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    inside = plan_in_lines(rows.filter(day__range=(weeks[0][0], weeks[-1][-1])))
    by_day: dict[dt.date, list[PlanLine]] = {}
    for line in inside:
        by_day.setdefault(line.day, []).append(line)
    return [[PlanDay(day, day.month != month, tuple(by_day.get(day, ()))) for day in week] for week in weeks]


def plan_owners() -> QuerySet[User]:
    """Who may be named to see to a line."""
    return accounts.users_who_can(Capability.SEE_OUTREACH).order_by("name", "id")


def reach_of_line(line: PlanLine) -> int | None:
    """How many its notice or its event has reached by now; None if it names neither."""
    if line.notice_id is not None:
        return reach_of_each([line.notice_id])[line.notice_id].total
    if line.event_id is not None:
        return people_at(line.event_id)
    return None
