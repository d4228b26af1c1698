"""What the night does for referrals."""

from __future__ import annotations

from contextlib import suppress

from vicinia.domain.referrals import actions, queries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused


def expire() -> int:
    """Referrals without an answer by their day; returns how many."""
    late = queries.overdue()
    expired = 0
    for referral in late:
        with suppress(Refused):  # answered meanwhile: the others go on
            actions.expire(by=Actor.job("referrals.expire"), referral=referral)
            expired += 1
    return expired
