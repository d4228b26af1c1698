"""A household moves: the day, the steps, the move itself; the right of return ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.undoing import enter_file, enter_removal, undo
from vicinia.domain.mobility.models import Removal, RemovalStep
from vicinia.domain.mobility.queries import moving, offers
from vicinia.domain.mobility.states import FileState, OfferKind, RemovalState
from vicinia.domain.people import actions as people
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn

RETURNED = _("È rientrato.")
# Where a household stands after it has moved.
AFTER = {
    OfferKind.TEMPORARY: FileState.AWAY,
    OfferKind.RETURN: FileState.RETURNED,
    OfferKind.FINAL: FileState.SETTLED,
}


@dataclass(frozen=True)
class StepPlan:
    """Whether a step is needed, by when, and what is to be known of it."""

    is_needed: bool
    due_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def schedule_removal(
    *, by: Actor, removal: Removal, day: dt.date, seen_version: int | None = None
) -> Removal:
    """Fix the day of a removal, or another one."""
    row = moving.locked_removal(removal).require_version(seen_version, yours=day)
    wait_turn(f"removals {row.file.relocation_id} {day:%Y-%m}")
    rules.may_schedule(by, row, moving.day_facts(by, row, day), day).require()

    if row.state == RemovalState.SCHEDULED:
        row.day = day
        row.save()
    else:
        enter_removal(by, row, RemovalState.SCHEDULED, day=day)
        enter_file(by, queries.locked_file(row.file), FileState.SCHEDULED)

    journal.record(events.REMOVAL_FIXED, by=by, about=row, day=day.isoformat())
    return row


@transaction.atomic
def put_off_removal(*, by: Actor, removal: Removal, seen_version: int | None = None) -> Removal:
    """The day no longer holds, and there is no other yet."""
    row = moving.locked_removal(removal).require_version(seen_version)
    rules.may_put_off(by, row, accompanies=queries.is_companion(by, row.file)).require()

    enter_removal(by, row, RemovalState.PLANNED, day=None)
    enter_file(by, queries.locked_file(row.file), FileState.AGREED)
    return row


@transaction.atomic
def move_household(*, by: Actor, removal: Removal, day: dt.date, seen_version: int | None = None) -> Removal:
    """It is done: the household lives in the new dwelling; who came back has no right of return left to ask for."""
    row = moving.locked_removal(removal).require_version(seen_version, yours=day)
    rules.may_move(by, row, accompanies=queries.is_companion(by, row.file), day=day).require()

    file = queries.locked_file(row.file)
    people.move_in(by=by, household=file.household, dwelling=row.to_dwelling, since=day)
    enter_removal(by, row, RemovalState.DONE, done_on=day)
    kind = OfferKind(row.accord.offer.kind)
    if kind == OfferKind.RETURN and file.claims_return and file.return_ended_on is None:
        file.return_ended_on, file.return_end_reason = day, journal.kept(RETURNED)
        journal.record(events.RETURN_DONE, by=by, about=file)
    enter_file(by, file, AFTER[kind])
    return row


@transaction.atomic
def cancel_removal(*, by: Actor, removal: Removal, reason: str, seen_version: int | None = None) -> Removal:
    """The household does not move: with the removal fall the accord and the offer."""
    offer = offers.locked_offer(removal.accord.offer)
    accord = moving.locked_accord(removal.accord)
    row = moving.locked_removal(removal).require_version(seen_version, yours=reason)
    rules.may_end_agreement(by, accord, moving.agreement_facts(by, accord), reason).require()

    undo(by, offer, reason.strip())
    return moving.locked_removal(row)


@transaction.atomic
def change_step(
    *, by: Actor, step: RemovalStep, new: StepPlan, seen_version: int | None = None
) -> RemovalStep:
    """Say whether a step is needed, by when, and what is to be known of it."""
    removal = moving.locked_removal(step.removal)
    row = moving.step_of(removal, step.pk).require_version(seen_version, yours=new)
    rules.may_change_step(by, removal, accompanies=queries.is_companion(by, removal.file)).require()

    row.is_needed, row.due_on, row.note = new.is_needed, new.due_on, new.note.strip()
    row.save()

    journal.record(events.REMOVAL_STEP, by=by, about=removal)
    return row


@transaction.atomic
def finish_step(*, by: Actor, step: RemovalStep) -> RemovalStep:
    """It is done today, or not done after all."""
    removal = moving.locked_removal(step.removal)
    row = moving.step_of(removal, step.pk)
    rules.may_change_step(by, removal, accompanies=queries.is_companion(by, removal.file)).require()

    row.done_on, row.done_by = (None, "") if row.done_on else (clock.today(), by.name)
    row.is_needed = True
    row.save()

    journal.record(events.REMOVAL_STEP, by=by, about=removal)
    return row


@transaction.atomic
def note_day_sheet(*, by: Actor, day: dt.date) -> None:
    """The sheet of a day's removals was printed for the removal firm."""
    rules.may_accompany(by, accompanies=by.can(Capability.RUN_MOBILITY)).require()
    journal.record(events.DAY_SHEET, by=by, about=f"removals:{day.isoformat()}")
