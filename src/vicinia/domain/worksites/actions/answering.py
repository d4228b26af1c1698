"""A complaint is answered, done, confirmed or contested, closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction

from vicinia.domain.network import queries as network
from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.actions.telling import tell_body, tell_resident, tell_unit
from vicinia.domain.worksites.models import Complaint, Reply
from vicinia.domain.worksites.states import ComplaintState, Escalation, Side
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind


@transaction.atomic
def answer(
    *,
    by: Actor,
    complaint: Complaint,
    words: str,
    promised_on: dt.date | None = None,
    seen_version: int | None = None,
) -> Complaint:
    """Answer who complained, with a day if one is promised. The desk does it for who answered on the telephone."""
    row = queries.locked_complaint(complaint).require_version(seen_version, yours=words)
    rules.may_answer(by, row, words, promised_on=promised_on).require()

    _enter(by, row, ComplaintState.ANSWERED, promised_on=promised_on or row.promised_on)
    reply = _reply(by, row, words, promised_on)

    journal.record(events.COMPLAINT_ANSWERED, by=by, about=row, who=reply.by_name)
    _tell(by, row, reply)
    return row


@transaction.atomic
def finish(*, by: Actor, complaint: Complaint, words: str, seen_version: int | None = None) -> Complaint:
    """Say that it is mended; who complained is asked whether it is so."""
    row = queries.locked_complaint(complaint).require_version(seen_version, yours=words)
    rules.may_finish(by, row, words).require()

    _enter(by, row, ComplaintState.DONE)
    reply = _reply(by, row, words)

    journal.record(events.COMPLAINT_ANSWERED, by=by, about=row, who=reply.by_name)
    _entered(by, row)
    _tell(by, row, reply)
    return row


@transaction.atomic
def confirm(*, by: Actor, complaint: Complaint, seen_version: int | None = None) -> Complaint:
    """Who complained says that it is well."""
    row = queries.locked_complaint(complaint).require_version(seen_version)
    rules.may_confirm(by, row).require()

    _enter(by, row, ComplaintState.CLOSED)

    _entered(by, row)
    return row


@transaction.atomic
def close_complaint(
    *, by: Actor, complaint: Complaint, words: str, seen_version: int | None = None
) -> Complaint:
    """Close it from the desk, with words that who complained reads."""
    row = queries.locked_complaint(complaint).require_version(seen_version, yours=words)
    rules.may_close(by, row, words).require()

    _enter(by, row, ComplaintState.CLOSED)
    reply = _reply(by, row, words)

    _entered(by, row)
    _tell(by, row, reply)
    return row


@transaction.atomic
def reopen(*, by: Actor, complaint: Complaint, words: str, seen_version: int | None = None) -> Complaint:
    """It is not well: it waits for an answer again, with a new day, and who builds is told."""
    row = queries.locked_complaint(complaint).require_version(seen_version, yours=words)
    rules.may_reopen(by, row, words).require()

    due = rules.reply_due(clock.today(), urgent=row.is_urgent)
    _enter(by, row, ComplaintState.RECEIVED, reply_due_on=due, promised_on=None, escalation=Escalation.NONE)
    reply = _reply(by, row, words)

    _entered(by, row)
    for body in queries.both_of(row.lot):
        tell_body(by=by, complaint=row, body=body, template="complaint_for_you", key=f"again-{reply.pk}")
    return row


@transaction.atomic
def write(*, by: Actor, complaint: Complaint, words: str) -> Reply:
    """Add something to a complaint without moving it: a photo that was forgotten, a new day on which it happened."""
    row = queries.locked_complaint(complaint)
    rules.may_write(by, row, words).require()

    reply = _reply(by, row, words)

    journal.record(events.COMPLAINT_WRITTEN, by=by, about=row)
    if reply.side == Side.UNIT:
        _tell(by, row, reply)
    return reply


@transaction.atomic
def make_urgent(*, by: Actor, complaint: Complaint, seen_version: int | None = None) -> Complaint:
    """It cannot wait: the answer is due today."""
    row = queries.locked_complaint(complaint).require_version(seen_version)
    rules.may_be_urgent(by, row).require()

    row.is_urgent = True
    row.reply_due_on = min(row.reply_due_on, rules.reply_due(clock.today(), urgent=True))
    row.save()

    journal.record(events.COMPLAINT_URGENT, by=by, about=row)
    for body in queries.both_of(row.lot):
        tell_body(by=by, complaint=row, body=body, template="complaint_for_you", key="urgent")
    keepers = Capability.KEEP_WORKSITES
    tell_unit(by=by, complaint=row, capability=keepers, template="complaint_urgent", key="urgent")
    return row


def _enter(by: Actor, row: Complaint, state: ComplaintState, **changes: Any) -> None:
    if row.state == state:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
    else:
        row.enter(state, by=by, state_since=clock.now(), **changes)


def _entered(by: Actor, row: Complaint) -> None:
    label = journal.kept(ComplaintState(row.state).label)
    journal.record(events.COMPLAINT_ENTERED, by=by, about=row, state=label)


def _reply(by: Actor, row: Complaint, words: str, promised_on: dt.date | None = None) -> Reply:
    side, name = _signed(by)
    return Reply.objects.create(
        complaint=row,
        side=side,
        words=words.strip(),
        promised_on=promised_on,
        by_ref=by.ref,
        by_name=name,
    )


def _signed(by: Actor) -> tuple[Side, str]:
    """From which side it comes, and the name that who complained reads: the body's or the unit's, never a person's."""
    if by.kind is ActorKind.RESIDENT:
        return Side.RESIDENT, ""
    body = network.body_of(by)
    return (Side.BODY, body.name) if body else (Side.UNIT, settings.UNIT_NAME)


def _tell(by: Actor, row: Complaint, reply: Reply) -> None:
    told = {"template": "complaint_answered", "key": str(reply.pk), "words": reply.words}
    tell_resident(by=by, complaint=row, **told)
