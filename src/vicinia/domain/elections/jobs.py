"""What goes on by itself: votes close when their time is over, old rolls are forgotten."""

from __future__ import annotations

from vicinia.domain.elections import actions, queries
from vicinia.foundation.kernel.actor import Actor


def close() -> int:
    """Close the votes whose time is over; how many."""
    worker = Actor.job("close-votes")
    return len([actions.close(by=worker, poll=poll) for poll in queries.over_and_called()])


def forget() -> int:
    """Forget who was on the rolls of old votes; how many."""
    return actions.forget_rolls(by=Actor.job("forget-rolls"))
