"""What goes on by itself: offers that nobody answers."""

from __future__ import annotations

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.queries import offers
from vicinia.foundation.kernel.actor import Actor


def chase() -> int:
    """Mark the offers whose day to answer is past, and tell who accompanies the household; how many there were."""
    worker = Actor.job("chase-offers")
    return sum(actions.lapse_offer(by=worker, offer=row) for row in offers.overdue_offers())
