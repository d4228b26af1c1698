"""What the night does for cases."""

from __future__ import annotations

from vicinia.domain.casework import actions, queries
from vicinia.foundation.kernel.actor import Actor


def propose_reopening() -> int:
    """Closed cases to which reports come back, put before who followed them; returns how many."""
    by = Actor.job("casework.propose_reopening")
    return sum(actions.propose_reopening(by=by, case=case) for case in queries.watched())
