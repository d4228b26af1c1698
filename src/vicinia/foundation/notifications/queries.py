"""Reads about messages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage, OutboxRows
from vicinia.foundation.notifications.states import WAITING_STATES, MessageState


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many messages are where."""

    waiting: int
    dead: int
    to_print: int
    sent: int


def any_due() -> bool:
    return OutboxMessage.objects.due().exists()


def any_abandoned() -> bool:
    return OutboxMessage.objects.abandoned().exists()


def oldest_due() -> dt.datetime | None:
    """Since when the longest-waiting message should have left."""
    oldest: dt.datetime | None = OutboxMessage.objects.due().aggregate(oldest=Min("next_try_at"))["oldest"]
    return oldest


def dead_count() -> int:
    """How many messages were given up."""
    return OutboxMessage.objects.filter(state=MessageState.DEAD).count()


def messages(by: Actor) -> OutboxRows:
    """Every message that `by` may see, newest first."""
    rows: OutboxRows = OutboxMessage.objects.visible_to(by)
    return rows


def letters(by: Actor) -> OutboxRows:
    """The letters that wait to be printed, oldest first; at most 200, what one takes to the post at once."""
    return messages(by).to_print().order_by("created_at", "id")[:200]


def counts(by: Actor) -> DeliveryCounts:
    """How many messages are where, for who may see them. One query."""
    by_state = dict(messages(by).order_by().values_list("state").annotate(Count("id")))
    waiting = (*WAITING_STATES, MessageState.SENDING)
    return DeliveryCounts(
        waiting=sum(by_state.get(state, 0) for state in waiting),
        dead=by_state.get(MessageState.DEAD, 0),
        to_print=by_state.get(MessageState.TO_PRINT, 0),
        sent=by_state.get(MessageState.SENT, 0),
    )
