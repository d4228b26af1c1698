"""A programme with everything that is written in it, by Lucia; Carla checks, freezes and sends its report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.permissions.leaks.town import Town, again
from vicinia.domain.programme import actions, queries
from vicinia.domain.programme.models import HEADINGS, ActionSheet, Programme
from vicinia.domain.programme.states import ActivityKind, AxisKind, MemberKind, ProgrammeState, SheetState
from vicinia.foundation.kernel import clock

SOME = dt.timedelta(days=90)
DAY = dt.timedelta(days=1)


def plant_programme(town: Town) -> None:
    """The contract, a sheet, what was done and paid, and a report that is being answered."""
    programme, sheet = _contract(town)
    _work(town, sheet)
    _report(town, programme, sheet)


def _contract(town: Town) -> tuple[Programme, ActionSheet]:
    by, w, today = town.by("lucia"), town.word, clock.today()
    plan = actions.ProgrammePlan(
        w("town progress"), w("town progress"), today - SOME, today + SOME, w("town programme"), w("town programme")
    )  # fmt: skip
    programme = actions.plan_programme(by=by, new=plan)
    axis = actions.add_axis(by=by, programme=programme, kind=AxisKind.SOCIAL, title=w("town programme"))
    signed = actions.NewConvention(
        w("town programme"), today, others=w("town programme"), protocol=w("town programme"),
        files=[town.photo("town programme")],
    )  # fmt: skip
    actions.sign_convention(by=by, programme=programme, new=signed)
    member = actions.NewMember(
        MemberKind.RESIDENT, today - SOME, words=w("town programme"), role=w("town programme")
    )
    seated = actions.seat_member(by=by, programme=programme, new=member)
    actions.end_mandate(by=by, member=seated, on=today, reason=w("town programme"))
    headings = {name: w("town programme") for name in HEADINGS}
    new = actions.SheetPlan(w("town progress"), today - SOME, today + SOME, headings=headings)
    sheet = actions.add_sheet(by=by, programme=programme, axis=axis, new=new)
    actions.enter_programme(by=town.by("carla"), programme=programme, state=ProgrammeState.ACTIVE)
    actions.enter_sheet(by=by, sheet=sheet, state=SheetState.UNDER_WAY)
    actions.enter_sheet(by=by, sheet=again(sheet), state=SheetState.SUSPENDED, reason=w("town programme"))
    return again(programme), again(sheet)


def _work(town: Town, sheet: ActionSheet) -> None:
    by, w, today = town.by("lucia"), town.word, clock.today()
    milestone = actions.add_milestone(by=by, sheet=sheet, title=w("town progress"), planned_on=today - DAY)
    actions.move_milestone(by=by, milestone=milestone, to_day=today + DAY, reason=w("town programme"))
    actions.add_indicator(
        by=by, sheet=sheet, new=actions.IndicatorPlan(w("town programme"), queries.ACTIVITIES)
    )
    line = actions.add_budget_line(
        by=by, sheet=sheet, title=w("town programme"), source=w("town programme"), amount=Decimal(100)
    )
    for number in range(2):
        done = actions.Done(
            sheet, today - DAY, ActivityKind.DESK, w("town programme"), deliverables=w("town programme")
        )
        activity = actions.log_activity(by=by, new=done, once=f"once {number}")
        paid = actions.NewCost(
            line, today - DAY, Decimal(10), w("town programme"), w("town programme"), w("town programme"),
            activity, [town.photo("town programme")],
        )  # fmt: skip
        cost = actions.record_cost(by=by, sheet=sheet, new=paid)
    actions.void_activity(by=by, activity=activity, reason=w("town programme"))
    actions.void_cost(by=by, cost=cost, reason=w("town programme"))


def _report(town: Town, programme: Programme, sheet: ActionSheet) -> None:
    by, carla, w, today = town.by("lucia"), town.by("carla"), town.word, clock.today()
    text = queries.texts_to_choose(programme)[0][1]
    row = actions.begin_report(
        by=by, programme=programme, new=actions.Period(today - SOME, today - DAY, text)
    )
    actions.write_report(by=by, report=row, words=w("town programme"), due_on=None, seen_version=None)
    actions.write_note(by=by, report=row, sheet=sheet, words=w("town programme"), seen_version=None)
    actions.check(by=carla, report=row, note=w("town programme"))
    actions.reopen(by=carla, report=row, reason=w("town programme"))
    actions.check(by=carla, report=row, note=w("town programme"))
    actions.freeze(by=carla, report=row)
    actions.send(by=carla, report=row, protocol=w("town programme"), on=today)
    asked = actions.ask(by=by, report=row, words=w("town programme"), asked_on=today)
    actions.answer(by=by, query=asked, words=w("town programme"))
