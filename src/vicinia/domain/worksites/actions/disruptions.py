"""A disruption is planned with its notice, moved when the works slip, called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.states import OPEN_NOTICES
from vicinia.domain.territory.models import Building, Stair
from vicinia.domain.worksites import events, notices, queries, rules
from vicinia.domain.worksites.models import Disruption, Lot, Phase, Timed
from vicinia.domain.worksites.states import DisruptionKind, DisruptionState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewDisruption:
    """What makes life harder, for whom, from when to when."""

    kind: str
    from_day: dt.date
    to_day: dt.date
    from_time: dt.time
    to_time: dt.time
    buildings: Sequence[Building] = ()
    stairs: Sequence[Stair] = ()
    phase: Phase | None = None
    remark: str = ""


@transaction.atomic
def plan_disruption(*, by: Actor, lot: Lot, new: NewDisruption) -> Disruption:
    """Foresee a disruption; its notice has to be out some working days before."""
    _check(by, new)

    row = Disruption.objects.create(
        reference=f"DI{next_reference('disruption')}",
        lot=lot,
        notice_due_on=rules.notice_due(new.kind, new.from_day),
        **_columns(new),
    )
    _touch(row, new)

    kind = journal.kept(DisruptionKind(new.kind).label)
    day = new.from_day.isoformat()
    journal.record(events.DISRUPTION_PLANNED, by=by, about=row, kind=kind, day=day)
    return row


def _check(by: Actor, new: NewDisruption) -> None:
    first = dt.datetime.combine(new.from_day, new.from_time)
    last = dt.datetime.combine(new.to_day, new.to_time)
    places = len(new.buildings) + len(new.stairs)
    rules.may_plan_disruption(by, first=first, last=last, places=places).require()


def _columns(new: NewDisruption) -> dict[str, object]:
    return {
        "kind": new.kind,
        "from_day": new.from_day,
        "to_day": new.to_day,
        "from_time": new.from_time,
        "to_time": new.to_time,
        "phase": new.phase,
        "remark": new.remark.strip(),
    }


def _touch(row: Disruption, new: NewDisruption) -> None:
    row.buildings.set(new.buildings)
    row.stairs.set(new.stairs)


@transaction.atomic
def change_disruption(
    *, by: Actor, disruption: Disruption, new: NewDisruption, seen_version: int | None = None
) -> Disruption:
    """Change it while nobody was told; a notice that is being prepared is written anew where nobody wrote in it."""
    row = queries.locked_disruption(disruption).require_version(seen_version, yours=new)
    rules.may_change_disruption(by, row).require()
    _check(by, new)
    before = notices.texts_of(row)

    for name, value in _columns(new).items():
        setattr(row, name, value)
    row.notice_due_on = rules.notice_due(new.kind, new.from_day)
    row.stale_since = None
    row.save()
    _touch(row, new)
    _rewrite(by, row, before)

    journal.record(events.DISRUPTION_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def prepare_notice(*, by: Actor, disruption: Disruption, seen_version: int | None = None) -> Disruption:
    """Write its notice in Italian and in the languages spoken there; somebody approves and publishes it as any other."""
    row = queries.locked_disruption(disruption).require_version(seen_version)
    rules.may_prepare_notice(by, row).require()

    audience = outreach.Audience(buildings=list(row.buildings.all()), stairs=list(row.stairs.all()))
    texts = list(notices.texts_of(row).values())
    new = outreach.NewNotice(texts=texts, audience=audience, until=row.to_day, about=row)
    row.notice = outreach.prepare_notice(by=by, new=new)
    row.save()

    journal.record(events.DISRUPTION_NOTICE, by=by, about=row, notice=row.notice.reference)
    return row


@transaction.atomic
def cancel_disruption(
    *, by: Actor, disruption: Disruption, reason: str, seen_version: int | None = None
) -> Disruption:
    """It does not happen after all. A notice not yet out is withdrawn; one that is out stays, with the page saying so."""
    row = queries.locked_disruption(disruption).require_version(seen_version, yours=reason)
    rules.may_cancel_disruption(by, row, reason).require()

    row.enter(
        DisruptionState.CANCELLED,
        by=by,
        reason=reason.strip(),
        end_reason=reason.strip(),
        state_since=clock.now(),
        stale_since=None,
    )
    if row.notice is not None and row.notice.state in OPEN_NOTICES:
        row.notice = outreach.withdraw_notice(by=by, notice=row.notice, reason=reason)

    journal.record(events.DISRUPTION_CANCELLED, by=by, about=row, reason=reason.strip())
    return row


@transaction.atomic
def confirm_days(*, by: Actor, disruption: Disruption, seen_version: int | None = None) -> Disruption:
    """The works slipped, and yet this disruption happens on the days that were told."""
    row = queries.locked_disruption(disruption).require_version(seen_version)
    rules.may_confirm_days(by, row).require()

    row.stale_since = None
    row.save()

    journal.record(events.DISRUPTION_CHECKED, by=by, about=row)
    return row


@transaction.atomic
def move_with(
    *, by: Actor, lot: Lot, row: Timed, days: dt.timedelta
) -> tuple[list[Disruption], list[Disruption]]:
    """Move what was not told by as many days as the works slip; mark what was. Gives both, moved and marked."""
    moved: list[Disruption] = []
    stale: list[Disruption] = []
    for one in queries.to_move(lot, row):
        if one.is_told:
            one.stale_since = clock.now()
            one.save()
            journal.record(events.DISRUPTION_STALE, by=by, about=one)
            stale.append(one)
        else:
            _move(by, one, days)
            moved.append(one)
    return moved, stale


def _move(by: Actor, row: Disruption, days: dt.timedelta) -> None:
    before, was = notices.texts_of(row), row.from_day
    row.from_day, row.to_day = row.from_day + days, row.to_day + days
    row.notice_due_on = rules.notice_due(row.kind, row.from_day)
    row.save()
    _rewrite(by, row, before)
    span = {"was": was.isoformat(), "is": row.from_day.isoformat()}
    journal.record(events.DISRUPTION_MOVED, by=by, about=row, **span)


def _rewrite(by: Actor, row: Disruption, before: dict[str, outreach.NewText]) -> None:
    """Bring the notice that is being prepared up to date. Words that somebody wrote in it stay: then it is to be checked."""
    notice = row.notice
    if notice is None or notice.state not in OPEN_NOTICES:
        return
    audience = outreach.Audience(buildings=list(row.buildings.all()), stairs=list(row.stairs.all()))
    outreach.correct_notice(by=by, notice=notice, audience=audience, until=row.to_day)
    now = notices.texts_of(row)
    for text in notice.texts.all():
        was, new = before.get(text.language), now.get(text.language)
        if new and was and (text.subject, text.body) == (was.subject, was.body):
            outreach.write_text(by=by, notice=notice, text=replace(new, easy=text.easy))
        else:
            row.stale_since = clock.now()
    if row.stale_since is not None:
        row.save()
