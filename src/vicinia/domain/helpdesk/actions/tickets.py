"""Numbers are taken, called, and given up."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from vicinia.domain.helpdesk import events, queries, rules
from vicinia.domain.helpdesk.models import HelpPoint, Ticket
from vicinia.domain.helpdesk.states import TicketState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def take_number(
    *, by: Actor, point: HelpPoint, language: str = "it", kind: str = "", once: str = ""
) -> Ticket:
    """Give the next number of the day. The same `once` gives one."""
    place = queries.locked_point(point)
    if (sent := queries.ticket_sent(once)) is not None:
        return sent
    rules.may_give_number(by, place).require()

    row = Ticket.objects.create(
        point=place,
        day=clock.today(),
        number=queries.next_number(place),
        kind=kind,
        language=language,
        taken_at=clock.now(),
        once=once or None,
    )

    journal.record(events.NUMBERED, by=by, about=row, number=row.number)
    return row


@transaction.atomic
def call_next(*, by: Actor, point: HelpPoint, table: str = "") -> Ticket:
    """Call who has waited longest. Two colleagues at once call two different numbers."""
    place = queries.locked_point(point)
    row = queries.first_waiting(place)
    rules.may_call_next(by, row).require()
    assert row is not None  # the rule has just said so

    _turn(by, row, TicketState.CALLED, called_at=clock.now(), table=table.strip())
    return row


@transaction.atomic
def turn(*, by: Actor, ticket: Ticket, state: TicketState, table: str = "") -> Ticket:
    """Call this number, put it back among those that wait, or say that they left."""
    queries.locked_point(ticket.point)
    row = queries.locked_ticket(ticket)
    rules.may_turn(by, row, state).require()

    if state == TicketState.CALLED:
        _turn(by, row, state, called_at=clock.now(), table=table.strip())
    elif state == TicketState.WAITING:
        _turn(by, row, state, called_at=None, ended_at=None, table="")
    else:
        _turn(by, row, state, ended_at=clock.now())
    return row


def _turn(by: Actor, row: Ticket, state: TicketState, **changes: Any) -> None:
    row.enter(state, by=by, **changes)
    label = journal.kept(TicketState(state).label)
    journal.record(events.TICKET, by=by, about=row, number=row.number, state=label)
