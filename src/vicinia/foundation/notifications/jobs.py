"""What workers do with the outbox."""

from __future__ import annotations

from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions, channels, queries

BATCH = 20


def deliver_due(limit: int = 200) -> int:
    """Deliver up to `limit` messages whose time has come; several workers may do it at once. How many were tried."""
    worker = Actor.job("outbox")
    tried = 0
    if queries.any_abandoned():
        actions.recover_abandoned(by=worker)
    # Asking first keeps an idle worker from taking the write lock that SQLite has only one of.
    while (
        tried < limit
        and queries.any_due()
        and (batch := actions.claim_due(by=worker, limit=min(BATCH, limit - tried)))
    ):
        for message in batch:
            try:
                channels.deliver(message)
            except channels.Failed as failed:
                actions.settle_failed(by=worker, message=message, failure=failed.failure)
            else:
                actions.settle_sent(by=worker, message=message)
        tried += len(batch)
    return tried


def tidy() -> int:
    """Erase the words of messages that nobody has decided about for two months."""
    return actions.drop_forgotten(by=Actor.job("tidy-outbox"))
