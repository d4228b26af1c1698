"""A round is planned, begun, walked and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction

from vicinia.domain.casework.models import Case
from vicinia.domain.presence import events, queries, rules
from vicinia.domain.presence.models import KeyContact, Round, RoundStop
from vicinia.domain.presence.states import RoundState, StopWhy
from vicinia.domain.territory.models import Area, Place
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class RoundPlan:
    """When, where and by whom."""

    planned_on: dt.date
    from_time: dt.time
    to_time: dt.time
    areas: Sequence[Area]
    people: Sequence[User]


@dataclass(frozen=True)
class NewStop:
    """A place to pass by: a case, a key contact or a place of the town, else a location."""

    why: str = StopWhy.WORDS
    look_at: str = ""
    case: Case | None = None
    contact: KeyContact | None = None
    place: Place | None = None
    location: Location = field(default_factory=Location)


@transaction.atomic
def plan_round(*, by: Actor, plan: RoundPlan) -> Round:
    """Put a round on the calendar; its stops are chosen next."""
    _may_plan(by, plan)

    row = Round(reference=f"G{next_reference('round')}")
    _write_plan(row, plan, is_new=True)

    journal.record(events.ROUND_PLANNED, by=by, about=row, day=plan.planned_on.isoformat())
    return row


@transaction.atomic
def change_round(*, by: Actor, round_: Round, plan: RoundPlan, seen_version: int | None) -> Round:
    """Change when, where or by whom, until it has ended."""
    row = _locked(round_).require_version(seen_version, yours=plan)
    rules.may_change_round(by, row, queries.crew_of(by, row)).require()
    _may_plan(by, plan, given=list(row.areas.values_list("pk", flat=True)))

    _write_plan(row, plan)

    journal.record(events.ROUND_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def change_stops(
    *, by: Actor, round_: Round, keep: Sequence[int], add: Sequence[NewStop] = (), seen_version: int | None
) -> Round:
    """Keep these of the stops that `by` sees, in this order, and add others. Those that `by` can't see stay where they are."""
    row = _locked(round_).require_version(seen_version, yours=keep)
    rules.may_change_round(by, row, queries.crew_of(by, row)).require()
    seen = {stop.pk: stop for stop in queries.stops_of(by, row)}
    dropped = [stop for pk, stop in seen.items() if pk not in keep]
    rules.may_drop_stops(has_seen=any(stop.seen_at for stop in dropped)).require()
    everyone = list(row.stops.order_by("position", "id"))
    rules.may_have_stops(len(everyone) - len(dropped) + len(add)).require()

    RoundStop.objects.filter(pk__in=[stop.pk for stop in dropped]).delete()
    ordered = _in_order(everyone, [seen[pk] for pk in keep if pk in seen], set(seen))
    for position, stop in enumerate([*ordered, *(_build(row, one) for one in add)], start=1):
        stop.position = position
        stop.save()
    row.save()  # counts the version up: the order of the stops is part of what was read

    journal.record(events.ROUND_STOPS, by=by, about=row, count=len(ordered) + len(add))
    return row


@transaction.atomic
def start_round(
    *, by: Actor, round_: Round, seen_version: int | None = None, at: dt.datetime | None = None
) -> Round:
    """Begin to walk. `at` is when it was, for a phone that had no network."""
    row = _locked(round_).require_version(seen_version)
    rules.may_start(by, row, queries.crew_of(by, row), clock.today()).require()

    row.enter(RoundState.UNDER_WAY, by=by, started_at=_moment(at), state_since=clock.now())

    journal.record(events.ROUND_STARTED, by=by, about=row)
    return row


@transaction.atomic
def tick_stop(*, by: Actor, stop: RoundStop, seen: bool = True, at: dt.datetime | None = None) -> RoundStop:
    """Say that a stop was passed by, or that it was not after all. Twice is harmless."""
    row = _locked(stop.round)
    rules.may_tick(by, row, queries.crew_of(by, row)).require()
    stop = RoundStop.objects.lock(stop)
    if bool(stop.seen_at) == seen:
        return stop

    stop.seen_at = _moment(at) if seen else None
    stop.seen_by = by.name if seen else ""
    stop.save()

    event = events.ROUND_SEEN if seen else events.ROUND_UNSEEN
    journal.record(event, by=by, about=row, place=stop.position)
    return stop


@transaction.atomic
def finish_round(
    *,
    by: Actor,
    round_: Round,
    notes: str = "",
    seen_version: int | None = None,
    at: dt.datetime | None = None,
) -> Round:
    """End a round, with some words on how it went."""
    row = _locked(round_).require_version(seen_version, yours=notes)
    rules.may_finish(by, row, queries.crew_of(by, row)).require()

    ended_at = max(_moment(at), row.started_at or clock.now())
    row.enter(RoundState.DONE, by=by, ended_at=ended_at, notes=notes, state_since=clock.now())

    journal.record(events.ROUND_DONE, by=by, about=row)
    return row


@transaction.atomic
def cancel_round(*, by: Actor, round_: Round, reason: str, seen_version: int | None = None) -> Round:
    """Call a round off, saying why."""
    row = _locked(round_).require_version(seen_version, yours=reason)
    rules.may_cancel(by, row, queries.crew_of(by, row), reason).require()

    row.enter(RoundState.CANCELLED, by=by, reason=reason, end_reason=reason, state_since=clock.now())

    journal.record(events.ROUND_CANCELLED, by=by, about=row, reason=reason)
    return row


@transaction.atomic
def note_print(*, by: Actor, round_: Round) -> None:
    """The sheet of a round was printed: a paper leaves the house."""
    rules.may_keep(by).require()
    journal.record(events.ROUND_PRINTED, by=by, about=round_)


def _moment(at: dt.datetime | None) -> dt.datetime:
    """When it was: never later than now, whatever a phone's clock says."""
    return min(at or clock.now(), clock.now())


def _may_plan(by: Actor, plan: RoundPlan, given: Sequence[int] = ()) -> None:
    crew = queries.crew_of_people(by, plan.people)
    area_ids = [area.pk for area in plan.areas]
    rules.may_plan(by, crew, area_ids, plan.from_time, plan.to_time, given).require()


def _write_plan(row: Round, plan: RoundPlan, *, is_new: bool = False) -> None:
    row.planned_on, row.from_time, row.to_time = plan.planned_on, plan.from_time, plan.to_time
    row.save(force_insert=is_new)
    row.areas.set(plan.areas)
    row.people.set(plan.people)


def _in_order(everyone: list[RoundStop], kept: list[RoundStop], visible: set[int]) -> list[RoundStop]:
    """Those kept in their new order, around those that stay where they are because `by` can't see them."""
    following = iter(kept)
    ordered = []
    for stop in everyone:
        if stop.pk not in visible:
            ordered.append(stop)
        elif (moved := next(following, None)) is not None:
            ordered.append(moved)
    return ordered


def _build(row: Round, new: NewStop) -> RoundStop:
    """A stop that leads to a row keeps of the place only its area."""
    leads = new.case or new.contact or new.place
    where = {"area_id": leads.area_id} if leads else asdict(new.location)
    return RoundStop(
        round=row,
        why=new.why,
        look_at=new.look_at,
        case=new.case,
        contact=new.contact,
        place=new.place,
        **where,
    )


def _locked(round_: Round) -> Round:
    row: Round = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    return row
