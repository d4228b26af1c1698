"""A worksite is planned, opened and closed; its lots go from the drawing board to the keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.territory.models import Area, Building, Stair
from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import AT_WORK, BUILT, WITH_REASON, LotState, WorksiteState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class WorksitePlan:
    """What everybody reads of a worksite."""

    name: str
    summary: str
    who_to_call: str
    area: Area | None = None


@dataclass(frozen=True)
class LotPlan:
    """A lot: what is done, by whom, where, from when to when it is planned."""

    name: str
    planned_from: dt.date
    planned_to: dt.date
    summary: str = ""
    contractor: PartnerBody | None = None
    manager: PartnerBody | None = None
    buildings: Sequence[Building] = ()
    stairs: Sequence[Stair] = ()


@transaction.atomic
def plan_worksite(*, by: Actor, new: WorksitePlan) -> Worksite:
    """Prepare a worksite; nobody else reads of it before it is opened."""
    rules.may_keep(by).require()

    row = Worksite.objects.create(
        reference=f"CA{next_reference('worksite')}",
        name=new.name,
        summary=new.summary,
        who_to_call=new.who_to_call,
        area=new.area,
    )

    journal.record(events.SITE_PLANNED, by=by, about=row)
    return row


@transaction.atomic
def change_worksite(
    *, by: Actor, worksite: Worksite, new: WorksitePlan, seen_version: int | None
) -> Worksite:
    """Change what is read of it."""
    row = queries.locked_worksite(worksite).require_version(seen_version, yours=new)
    rules.may_keep(by).require()

    row.name, row.summary, row.who_to_call, row.area = new.name, new.summary, new.who_to_call, new.area
    row.save()

    journal.record(events.SITE_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def enter_worksite(
    *, by: Actor, worksite: Worksite, state: WorksiteState, seen_version: int | None = None
) -> Worksite:
    """Open it to everybody's eyes, close it when the works are over, open it again."""
    row = queries.locked_worksite(worksite).require_version(seen_version)
    at_work = row.lots.filter(state__in=AT_WORK).count()
    rules.may_enter_worksite(by, row, state, lots=row.lots.count(), at_work=at_work).require()

    row.enter(state, by=by, state_since=clock.now())

    journal.record(events.SITE_ENTERED, by=by, about=row, state=journal.kept(WorksiteState(state).label))
    return row


@transaction.atomic
def add_lot(*, by: Actor, worksite: Worksite, new: LotPlan) -> Lot:
    """Put a lot into a worksite."""
    site = queries.locked_worksite(worksite)
    rules.may_keep(by).require()
    rules.days_fit(new.planned_from, new.planned_to).require()

    row = Lot.objects.create(
        reference=f"LT{next_reference('lot')}",
        worksite=site,
        name=new.name,
        summary=new.summary,
        contractor=new.contractor,
        manager=new.manager,
        planned_from=new.planned_from,
        planned_to=new.planned_to,
        forecast_from=new.planned_from,
        forecast_to=new.planned_to,
    )
    _touch(row, new)

    journal.record(events.LOT_ADDED, by=by, about=site, lot=row.reference)
    journal.record(events.LOT_MADE, by=by, about=row)
    return row


@transaction.atomic
def change_lot(*, by: Actor, lot: Lot, new: LotPlan, seen_version: int | None) -> Lot:
    """Change what a lot is; its planned days stay what they were once works have begun."""
    row = queries.locked_lot(lot).require_version(seen_version, yours=new)
    rules.may_keep(by).require()
    rules.days_fit(new.planned_from, new.planned_to).require()

    row.name, row.summary = new.name, new.summary
    row.contractor, row.manager = new.contractor or row.contractor, new.manager
    if row.state == LotState.DESIGNED:
        row.planned_from = row.forecast_from = new.planned_from
        row.planned_to = row.forecast_to = new.planned_to
    row.save()
    _touch(row, new)

    journal.record(events.LOT_CHANGED, by=by, about=row)
    return row


def _touch(row: Lot, new: LotPlan) -> None:
    row.buildings.set(new.buildings)
    row.stairs.set(new.stairs)


@transaction.atomic
def enter_lot(
    *,
    by: Actor,
    lot: Lot,
    state: LotState,
    day: dt.date,
    reason: str = "",
    contractor: PartnerBody | None = None,
    seen_version: int | None = None,
) -> Lot:
    """Take a lot one step further, on a day; a stop says why, a restart may bring another contractor."""
    row = queries.locked_lot(lot).require_version(seen_version, yours=reason)
    chosen = contractor or row.contractor
    rules.may_enter_lot(by, row, state, reason=reason, day=day, has_contractor=chosen is not None).require()

    changes = {
        "state_since": day,
        "state_reason": reason.strip(),
        "contractor": chosen,
        **_days(row, state, day),
    }
    row.enter(state, by=by, reason=reason.strip(), **changes)

    label = journal.kept(LotState(state).label)
    if state in WITH_REASON:
        journal.record(events.LOT_STOPPED, by=by, about=row, state=label, reason=reason.strip())
    else:
        journal.record(events.LOT_ENTERED, by=by, about=row, state=label)
    return row


def _days(row: Lot, state: str, day: dt.date) -> dict[str, dt.date | None]:
    """The days of the lot itself follow its state: works begin once, and may end twice."""
    if state in AT_WORK:
        return {"began_on": row.began_on or day, "ended_on": None}
    if state in BUILT:
        return {"began_on": row.began_on or day, "ended_on": row.ended_on or day}
    return {}
