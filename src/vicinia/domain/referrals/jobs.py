"""What the night does for referrals."""

from __future__ import annotations

from vicinia.domain.referrals import actions, queries
from vicinia.foundation.kernel.actor import Actor


def expire() -> int:
    """Referrals without an answer by their day; returns how many."""
    late = queries.overdue()
    for referral in late:
        actions.expire(by=Actor.job("referrals.expire"), referral=referral)
    return len(late)
