"""Phases, milestones and dwellings of a lot; a slip is kept with its reason and told to what depends on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.actions.disruptions import move_with
from vicinia.domain.worksites.models import Disruption, Intervention, Lot, Phase, Slip, Timed
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewPhase:
    """A phase, or a milestone: then both days are the same."""

    title: str
    planned_from: dt.date
    planned_to: dt.date
    is_milestone: bool = False


@dataclass(frozen=True)
class NewIntervention:
    """Works in one dwelling."""

    dwelling: Dwelling
    kind: str
    planned_from: dt.date
    planned_to: dt.date
    must_be_empty: bool = False


@dataclass(frozen=True)
class Days:
    """The days of a new forecast, and why."""

    first: dt.date
    last: dt.date
    reason: str
    with_phases: bool = False


@dataclass(frozen=True)
class Slipped:
    """What followed from a slip: disruptions that moved along, and those that were told for days that no longer hold."""

    slip: Slip
    moved: Sequence[Disruption] = ()
    stale: Sequence[Disruption] = ()


@transaction.atomic
def add_phase(*, by: Actor, lot: Lot, new: NewPhase) -> Phase:
    """Add a phase or a milestone."""
    row = queries.locked_lot(lot)
    rules.may_have_phases(by, row.phases.count() + 1).require()
    rules.days_fit(new.planned_from, new.planned_to).require()

    phase = Phase.objects.create(
        lot=row, title=new.title, is_milestone=new.is_milestone, **_planned(new.planned_from, new.planned_to)
    )

    journal.record(events.TIMES_CHANGED, by=by, about=row)
    return phase


def _planned(first: dt.date, last: dt.date) -> dict[str, dt.date]:
    return {"planned_from": first, "planned_to": last, "forecast_from": first, "forecast_to": last}


@transaction.atomic
def change_phase(*, by: Actor, phase: Phase, title: str, seen_version: int | None) -> Phase:
    """Call a phase something else; its days are only moved by a slip."""
    lot = queries.locked_lot(phase.lot)
    row = queries.phase_of(lot, phase.pk).require_version(seen_version, yours=title)
    rules.may_keep(by).require()

    row.title = title
    row.save()

    journal.record(events.TIMES_CHANGED, by=by, about=lot)
    return row


@transaction.atomic
def drop_phase(*, by: Actor, phase: Phase) -> None:
    """Take a phase away; its disruptions stay with the lot."""
    lot = queries.locked_lot(phase.lot)
    rules.may_keep(by).require()

    phase.delete()

    journal.record(events.TIMES_CHANGED, by=by, about=lot)


@transaction.atomic
def add_intervention(*, by: Actor, lot: Lot, new: NewIntervention) -> Intervention:
    """Say that a dwelling is worked on, and whether nobody can live there meanwhile."""
    row = queries.locked_lot(lot)
    is_there = row.interventions.filter(dwelling=new.dwelling, kind=new.kind).exists()
    rules.may_add_intervention(by, is_there=is_there).require()
    rules.days_fit(new.planned_from, new.planned_to).require()

    made = Intervention.objects.create(
        lot=row,
        dwelling=new.dwelling,
        kind=new.kind,
        must_be_empty=new.must_be_empty,
        **_planned(new.planned_from, new.planned_to),
    )

    journal.record(events.TIMES_CHANGED, by=by, about=row)
    return made


@transaction.atomic
def drop_intervention(*, by: Actor, intervention: Intervention) -> None:
    """This dwelling is not worked on after all."""
    lot = queries.locked_lot(intervention.lot)
    rules.may_keep(by).require()

    intervention.delete()

    journal.record(events.TIMES_CHANGED, by=by, about=lot)


@transaction.atomic
def mark(
    *,
    by: Actor,
    row: Phase | Intervention,
    began_on: dt.date | None,
    ended_on: dt.date | None,
    seen_version: int | None = None,
) -> Phase | Intervention:
    """Say when a phase or the works in a dwelling began and ended, as it really went."""
    lot = queries.locked_lot(row.lot)
    fresh = _again(lot, row).require_version(seen_version, yours=(began_on, ended_on))
    rules.may_mark(by, began_on=began_on, ended_on=ended_on).require()

    fresh.began_on, fresh.ended_on = began_on, ended_on
    fresh.save()

    journal.record(events.TIMES_CHANGED, by=by, about=lot)
    return fresh


def _again(lot: Lot, row: Phase | Intervention) -> Phase | Intervention:
    if isinstance(row, Phase):
        return queries.phase_of(lot, row.pk)
    return queries.intervention_of(lot, row.pk)


@transaction.atomic
def slip(
    *, by: Actor, row: Lot | Phase | Intervention, new: Days, seen_version: int | None = None
) -> Slipped:
    """Give a new forecast, with its reason. Disruptions that were not told move along; those told are marked, never moved.

    `new.with_phases` moves what has not begun in a lot by as many days. Whatever depends on the works is told.
    """
    lot = queries.locked_lot(row if isinstance(row, Lot) else row.lot)
    fresh = lot if isinstance(row, Lot) else _again(lot, row)
    fresh.require_version(seen_version, yours=new)
    rules.may_slip(by, lot, fresh, first=new.first, last=new.last, reason=new.reason).require()

    days = new.last - fresh.forecast_to
    kept = _move(by, lot, fresh, new)
    moved, stale = move_with(by=by, lot=lot, row=fresh, days=days)
    if isinstance(fresh, Lot) and new.with_phases:
        for part in _not_begun(lot):
            shifted = Days(part.forecast_from + days, part.forecast_to + days, new.reason)
            _move(by, lot, part, shifted)
            along, told = (
                move_with(by=by, lot=lot, row=part, days=days) if isinstance(part, Phase) else ([], [])
            )
            moved, stale = moved + along, stale + told
    return Slipped(kept, moved, stale)


def _not_begun(lot: Lot) -> list[Phase | Intervention]:
    interventions = Intervention.objects.filter(lot=lot, began_on__isnull=True)
    rows = interventions.select_related("dwelling__stair", "dwelling__building")
    return [*lot.phases.filter(began_on__isnull=True), *rows]


def _move(by: Actor, lot: Lot, row: Lot | Phase | Intervention, new: Days) -> Slip:
    was_from, was_to = row.forecast_from, row.forecast_to
    row.forecast_from, row.forecast_to = new.first, new.last
    row.save()
    kept = Slip.objects.create(
        lot=lot,
        phase=row if isinstance(row, Phase) else None,
        intervention=row if isinstance(row, Intervention) else None,
        was_from=was_from,
        was_to=was_to,
        is_from=new.first,
        is_to=new.last,
        reason=new.reason.strip(),
        by_ref=by.ref,
        by_name=by.name,
    )

    days = {"was": was_to.isoformat(), "is": new.last.isoformat()}
    journal.record(events.LOT_SLIPPED, by=by, about=lot, what=kept.what, reason=kept.reason, **days)
    _tell(by, lot, row, kept)
    return kept


def _tell(by: Actor, lot: Lot, row: Timed, kept: Slip) -> None:
    dwellings, to_empty = queries.dwelling_ids(lot, row)
    told = registries.WorksSlip(
        lot.reference,
        kept.what,
        kept.was_from,
        kept.was_to,
        kept.is_from,
        kept.is_to,
        dwellings,
        to_empty,
    )
    for listener in registries.works_slipped:
        listener(by, told)
