"""An assembly is prepared, called with its notice, and called off; what the town asks of a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation

from vicinia.domain.assemblies import events, queries, rules
from vicinia.domain.assemblies.models import Assembly, CallRule, Point, Seat
from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.look import dates
from vicinia.foundation.notifications import actions as notifications


@dataclass(frozen=True)
class AssemblyPlan:
    """What, when, where, for whom. `entitled` counts households or people, as `entitled_words` says."""

    title: str
    day: dt.date
    from_time: dt.time
    to_time: dt.time
    place: str
    invitation: str = ""
    is_public: bool = True
    with_sign_up: bool = False
    places: int | None = None
    second_day: dt.date | None = None
    second_time: dt.time | None = None
    short_notice_reason: str = ""
    entitled: int = 0
    entitled_words: str = ""
    areas: Sequence[Area] = ()

    def columns(self) -> dict[str, object]:
        """The values by column of the row."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "areas"}


@dataclass(frozen=True)
class NewPoint:
    """One thing for the agenda."""

    title: str
    explained: str = ""


@dataclass(frozen=True)
class NewSeat:
    """Somebody to be called by name: a colleague, a body (with who sits for it in words), or a person in words."""

    user: User | None = None
    body: PartnerBody | None = None
    words: str = ""
    role: str = ""
    is_counted: bool = True


@transaction.atomic
def plan(*, by: Actor, kind: AssemblyKind, new: AssemblyPlan) -> Assembly:
    """Begin to prepare an assembly, under the rules for its kind that are in force today."""
    rule = queries.rule_for(kind)
    row = Assembly(
        reference=f"A{next_reference('assembly')}",
        kind=kind,
        by_name=by.name,
        notice_days=rule.notice_days,
        is_notice_binding=rule.is_binding,
        quorum_rule=rule.quorum_rule,
        quorum_value=rule.quorum_value,
        second_value=rule.second_value,
        **new.columns(),
    )
    rules.may_plan(by, row).require()

    row.save(force_insert=True)
    row.areas.set(new.areas)

    journal.record(events.PLANNED, by=by, about=row, day=row.day.isoformat())
    return row


@transaction.atomic
def change(*, by: Actor, assembly: Assembly, new: AssemblyPlan, seen_version: int | None) -> Assembly:
    """Change what, when or where, before it is called."""
    row = queries.locked(assembly).require_version(seen_version, yours=new)
    rules.may_change(by, row).require()
    for name, value in new.columns().items():
        setattr(row, name, value)
    rules.may_plan(by, row).require()

    row.save()
    row.areas.set(new.areas)

    journal.record(events.CHANGED, by=by, about=row, day=row.day.isoformat())
    return row


# Agenda and seats -------------------------------------------------------------------------------------------------


@transaction.atomic
def add_point(*, by: Actor, assembly: Assembly, new: NewPoint) -> Point:
    """Put something at the end of the agenda."""
    row = queries.locked(assembly)
    rules.may_change(by, row).require()
    rules.may_have_points(row.points.count() + 1).require()

    last = row.points.aggregate(last=Max("position"))["last"] or 0
    point = Point.objects.create(assembly=row, position=last + 1, title=new.title, explained=new.explained)

    journal.record(events.AGENDA, by=by, about=row)
    return point


@transaction.atomic
def change_point(*, by: Actor, point: Point, new: NewPoint, seen_version: int | None) -> Point:
    """Say a point of the agenda in other words."""
    assembly = queries.locked(point.assembly)
    row = queries.point_of(assembly, point.pk).require_version(seen_version, yours=new)
    rules.may_change(by, assembly).require()

    row.title, row.explained = new.title, new.explained
    row.save()

    journal.record(events.AGENDA, by=by, about=assembly)
    return row


@transaction.atomic
def move_point(*, by: Actor, point: Point, step: int) -> None:
    """Move a point up (-1) or down (1)."""
    assembly = queries.locked(point.assembly)
    rules.may_change(by, assembly).require()
    order = queries.points_of(assembly)
    place = [one.pk for one in order].index(point.pk)
    order.insert(max(place + step, 0), order.pop(place))

    for position, one in enumerate(order, start=1):
        Point.objects.filter(pk=one.pk).update(position=position)

    journal.record(events.AGENDA, by=by, about=assembly)


@transaction.atomic
def drop_point(*, by: Actor, point: Point) -> None:
    """Take a point off the agenda."""
    assembly = queries.locked(point.assembly)
    rules.may_change(by, assembly).require()

    point.delete()

    journal.record(events.AGENDA, by=by, about=assembly)


@transaction.atomic
def add_seats(*, by: Actor, assembly: Assembly, new: Sequence[NewSeat]) -> list[Seat]:
    """Call these by name, as the members of a committee; who is called already stays as they are."""
    row = queries.locked(assembly)
    rules.may_change(by, row).require()
    there = {seat.user_id for seat in queries.seats_of(row) if seat.user_id}
    wanted = [one for one in new if one.user is None or one.user.pk not in there]
    rules.may_have_seats(row.seats.count() + len(wanted)).require()

    seats = [
        Seat.objects.create(
            assembly=row,
            user=one.user,
            body=one.body,
            words=one.words.strip(),
            role=one.role,
            is_counted=one.is_counted,
        )
        for one in wanted
    ]

    journal.record(events.SEATED, by=by, about=row)
    return seats


@transaction.atomic
def drop_seat(*, by: Actor, seat: Seat) -> None:
    """Do not call somebody by name after all."""
    assembly = queries.locked(seat.assembly)
    rules.may_change(by, assembly).require()

    seat.delete()

    journal.record(events.SEATED, by=by, about=assembly)


# The call ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def call(*, by: Actor, assembly: Assembly, seen_version: int | None = None) -> Assembly:
    """Call the assembly: from now on everybody may read of it, and who is called by name gets a message."""
    row = queries.locked(assembly).require_version(seen_version)
    points, today = row.points.count(), clock.today()
    seats = queries.seats_of(row)
    entitled = queries.entitled_to(row, seats)
    rules.may_call(by, row, points=points, entitled=entitled, today=today).require()

    now = clock.now()
    row.enter(AssemblyState.CALLED, by=by, called_at=now, state_since=now, entitled=entitled)
    if row.with_sign_up:
        _announce(by, row)
    reached = [seat for seat in seats if seat.email]
    Seat.objects.filter(pk__in=[seat.pk for seat in reached]).update(told_at=now)

    days = rules.notice_of(row, today).given
    journal.record(events.CALLED, by=by, about=row, day=row.day.isoformat(), days=days)
    for seat in reached:
        _tell(by, row, seat, "assembly_called")
    return row


@transaction.atomic
def cancel(*, by: Actor, assembly: Assembly, reason: str, seen_version: int | None = None) -> Assembly:
    """Call it off, with the reason that everybody reads; who had been told by name is told."""
    row = queries.locked(assembly).require_version(seen_version, yours=reason)
    rules.may_cancel(by, row, reason).require()

    row.enter(AssemblyState.CANCELLED, by=by, reason=reason, end_reason=reason, state_since=clock.now())

    journal.record(events.CANCELLED, by=by, about=row, reason=reason)
    if row.event is not None:
        outreach.cancel_event(by=by, event=row.event, reason=reason)
    for seat in queries.seats_of(row):
        if seat.told_at is not None:
            _tell(by, row, seat, "assembly_cancelled")
    return row


def _announce(by: Actor, row: Assembly) -> None:
    """Where people sign up, wait for a place and are checked in."""
    new = outreach.EventPlan(
        title=row.title,
        day=row.day,
        from_time=row.from_time,
        to_time=row.to_time,
        place=row.place,
        description=row.invitation,
        areas=list(row.areas.all()),
        places=row.places,
    )
    event = outreach.request_event(by=by, new=new, about=row)
    row.event = outreach.announce_event(by=by, event=event)
    row.save()


def _tell(by: Actor, row: Assembly, seat: Seat, template: str) -> None:
    language = seat.user.language if seat.user else "it"
    with translation.override(language):
        day = dates.full_day_words(row.day)
    context = {"title": row.title, "day": day, "hours": f"{row.from_time:%H:%M}–{row.to_time:%H:%M}"}
    context |= {"place": row.place, "points": str(row.points.count())}
    context["link"] = (
        settings.PUBLIC_URL.rstrip("/") + reverse("assembly", args=[row.reference]) if seat.user else ""
    )
    notifications.queue(
        by=by,
        to=seat.email,
        template=template,
        context=context,
        language=language,
        about=row,
        key=f"{template}:{row.pk}:{seat.pk}",
    )


@dataclass(frozen=True)
class RuleOfCall:
    """What the town asks of a call."""

    notice_days: int
    is_binding: bool
    quorum_rule: str
    quorum_value: int = 0
    second_value: int | None = None


@transaction.atomic
def set_rule(*, by: Actor, rule: CallRule, new: RuleOfCall, seen_version: int | None) -> CallRule:
    """Change what is asked of calls of a kind; those already in preparation keep theirs."""
    first = {one.name: getattr(rule, one.name) for one in fields(new)}
    made, _is_new = CallRule.objects.get_or_create(kind=rule.kind, defaults=first)
    row: CallRule = CallRule.objects.lock(made)
    row.require_version(seen_version, yours=new)
    rules.may_set_rules(by).require()
    rules.may_have_rule(new.quorum_rule, new.quorum_value, new.second_value).require()

    for one in fields(new):
        setattr(row, one.name, getattr(new, one.name))
    row.save()

    journal.record(events.RULED, by=by, about=row, kind=journal.kept(AssemblyKind(row.kind).label))
    return row
