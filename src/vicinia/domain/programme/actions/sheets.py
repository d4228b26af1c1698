"""Action sheets, their milestones and indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from vicinia.domain.programme import events, queries, rules
from vicinia.domain.programme.models import (
    HEADINGS,
    ActionSheet,
    Axis,
    Indicator,
    Milestone,
    Programme,
    Slip,
)
from vicinia.domain.programme.states import Measure, Scope, SheetState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class SheetPlan:
    """A sheet as it is written; `headings` by name."""

    title: str
    from_day: dt.date
    to_day: dt.date
    owner: User | None = None
    headings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorPlan:
    """What is counted, narrowed how, against what."""

    title: str
    source: str
    kinds: Sequence[str] = ()
    measure: str = Measure.RECORDS
    scope: str = Scope.ALL
    goal: int | None = None


def _write(row: ActionSheet, new: SheetPlan) -> None:
    row.title, row.from_day, row.to_day, row.owner = new.title, new.from_day, new.to_day, new.owner
    for name in HEADINGS:
        setattr(row, name, new.headings.get(name, ""))


@transaction.atomic
def add_sheet(*, by: Actor, programme: Programme, axis: Axis, new: SheetPlan) -> ActionSheet:
    """Add a sheet at the end of a front."""
    row: Programme = queries.locked(programme)
    rules.may_change(by, row).require()
    rules.may_have(row.sheets.count() + 1, rules.MOST_SHEETS).require()
    last = axis.sheets.aggregate(last=Max("position"))["last"] or 0
    sheet = ActionSheet(programme=row, axis=axis, position=last + 1)
    _write(sheet, new)
    rules.may_have_sheet(sheet).require()

    sheet.save(force_insert=True)

    journal.record(events.SHEET_ADDED, by=by, about=row, code=sheet.code)
    return sheet


@transaction.atomic
def change_sheet(*, by: Actor, sheet: ActionSheet, new: SheetPlan, seen_version: int | None) -> ActionSheet:
    """Write a sheet anew."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis").require_version(seen_version, yours=new)
    rules.may_change(by, row.programme).require()
    _write(row, new)
    rules.may_have_sheet(row).require()

    row.save()

    journal.record(events.SHEET_CHANGED, by=by, about=row.programme, code=row.code)
    return row


@transaction.atomic
def enter_sheet(*, by: Actor, sheet: ActionSheet, state: SheetState, reason: str = "") -> ActionSheet:
    """Begin, suspend, conclude or drop an action."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis")
    rules.may_enter_sheet(by, row, state, reason).require()

    row.enter(state, by=by, reason=reason.strip(), state_since=clock.now())

    label = journal.kept(SheetState(state).label)
    journal.record(events.SHEET_ENTERED, by=by, about=row.programme, code=row.code, state=label)
    return row


# Milestones -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_milestone(*, by: Actor, sheet: ActionSheet, title: str, planned_on: dt.date) -> Milestone:
    """Promise something by a day."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis")
    rules.may_change(by, row.programme).require()
    rules.may_have(row.milestones.count() + 1, rules.MOST_MILESTONES).require()

    milestone = Milestone.objects.create(
        sheet=row, title=title, planned_on=planned_on, expected_on=planned_on
    )

    journal.record(events.MILESTONE, by=by, about=row.programme, code=row.code)
    return milestone


@transaction.atomic
def move_milestone(
    *, by: Actor, milestone: Milestone, to_day: dt.date, reason: str, seen_version: int | None = None
) -> Milestone:
    """Expect it for another day, and say why. The day promised stays."""
    row: Milestone = queries.locked(milestone, "sheet__programme", "sheet__axis")
    row.require_version(seen_version, yours=reason)
    rules.may_slip(by, row, to_day, reason).require()

    Slip.objects.create(
        milestone=row,
        from_day=row.expected_on,
        to_day=to_day,
        reason=reason.strip(),
        by_ref=by.ref,
        by_name=by.name,
    )
    before, row.expected_on = row.expected_on, to_day
    row.save()

    days = {"before": before.isoformat(), "day": to_day.isoformat()}
    journal.record(events.SLIPPED, by=by, about=row.sheet.programme, code=row.sheet.code, **days)
    return row


@transaction.atomic
def reach_milestone(*, by: Actor, milestone: Milestone, on: dt.date | None) -> Milestone:
    """It was reached on a day; None if it was not after all."""
    row: Milestone = queries.locked(milestone, "sheet__programme", "sheet__axis")
    today = clock.today()
    rules.may_reach(by, row, on or today, today).require()

    row.done_on = on
    row.save()

    event = events.REACHED if on else events.UNREACHED
    journal.record(event, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


# Indicators -------------------------------------------------------------------------------------------------------


def _measure(row: Indicator, new: IndicatorPlan) -> None:
    row.title, row.source, row.kinds = new.title, new.source, list(new.kinds)
    row.measure, row.scope, row.goal = new.measure, new.scope, new.goal


def _require_sound(by: Actor, row: Indicator) -> None:
    known = [one.key for one in queries.sources()]
    rules.may_measure(by, row, sources=known, kinds=list(queries.kinds_of(row.source))).require()


@transaction.atomic
def add_indicator(*, by: Actor, sheet: ActionSheet, new: IndicatorPlan) -> Indicator:
    """Define a figure that says how a sheet is going."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis")
    indicator = Indicator(sheet=row)
    _measure(indicator, new)
    _require_sound(by, indicator)
    rules.may_have(row.indicators.count() + 1, rules.MOST_INDICATORS).require()

    indicator.save(force_insert=True)

    journal.record(events.MEASURED, by=by, about=row.programme, code=row.code)
    return indicator


@transaction.atomic
def change_indicator(
    *, by: Actor, indicator: Indicator, new: IndicatorPlan, seen_version: int | None
) -> Indicator:
    """Count in another way. Reports that were frozen stay as they are."""
    row: Indicator = queries.locked(indicator, "sheet__programme", "sheet__axis")
    row.require_version(seen_version, yours=new)
    _measure(row, new)
    _require_sound(by, row)

    row.save()

    journal.record(events.MEASURED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def drop_indicator(*, by: Actor, indicator: Indicator) -> None:
    """Count it no more. Reports that were frozen stay as they are."""
    row: Indicator = queries.locked(indicator, "sheet__programme", "sheet__axis")
    rules.may_change(by, row.sheet.programme).require()

    row.delete()

    journal.record(events.MEASURED, by=by, about=row.sheet.programme, code=row.sheet.code)
