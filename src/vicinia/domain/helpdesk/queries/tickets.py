"""The queue of one day: who waits, who is called, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.db.models import Avg, Max

from vicinia.domain.helpdesk.models import HelpContact, HelpPoint, Ticket
from vicinia.domain.helpdesk.states import Channel, TicketState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# What a conversation takes, until there are some to learn from.
USUAL_MINUTES = 10
LEARNT_FROM = 100


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue now: numbers to be called, numbers that are called, and how long a new one would wait."""

    waiting: tuple[Ticket, ...]
    called: tuple[Ticket, ...]
    served: int
    left: int
    minutes: int

    @property
    def next(self) -> Ticket | None:
        return self.waiting[0] if self.waiting else None


def queue_of(point: HelpPoint) -> Queue:
    """The queue of today. Two queries."""
    rows = list(point.tickets.filter(day=clock.today()).order_by("number"))
    waiting = [row for row in rows if row.state == TicketState.WAITING]
    called = [row for row in rows if row.state == TicketState.CALLED]
    served = sum(1 for row in rows if row.state == TicketState.SERVED)
    left = sum(1 for row in rows if row.state == TicketState.LEFT)
    tables = len({row.table for row in called}) or 1
    ahead = len(waiting) + (1 if called else 0)
    minutes = ceil(ahead * _minutes_each(point) / tables)
    called.sort(key=lambda row: (row.called_at, row.number), reverse=True)
    return Queue(tuple(waiting), tuple(called), served, left, minutes)


def _minutes_each(point: HelpPoint) -> float:
    recent = HelpContact.objects.counted().filter(point=point, channel=Channel.DESK).newest_first()
    found = recent[:LEARNT_FROM].aggregate(usual=Avg("minutes"))["usual"]
    return float(found or USUAL_MINUTES)


def ticket_of(by: Actor, pk: int) -> Ticket:
    """One visible number (404 otherwise)."""
    row: Ticket = Ticket.objects.visible_to(by).select_related("point").one(pk=pk)
    return row


def locked_ticket(ticket: Ticket) -> Ticket:
    """The same number, locked until the transaction ends."""
    row: Ticket = Ticket.objects.select_for_update(of=("self",)).select_related("point").get(pk=ticket.pk)
    return row


def next_number(point: HelpPoint) -> int:
    """The number that comes next today, at a desk that is locked."""
    last = point.tickets.filter(day=clock.today()).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def first_waiting(point: HelpPoint) -> Ticket | None:
    """Who comes next today, at a desk that is locked."""
    found: Ticket | None = point.tickets.filter(day=clock.today()).waiting().first()  # type: ignore[attr-defined]
    return found


def ticket_sent(once: str) -> Ticket | None:
    """The number that a page took already."""
    return Ticket.objects.filter(once=once).first() if once else None
