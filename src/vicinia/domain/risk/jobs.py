"""What the night does for assessments."""

from __future__ import annotations

from vicinia.domain.risk import actions, queries
from vicinia.foundation.kernel.actor import Actor


def ask_again() -> int:
    """Assessments after which something has happened; returns how many are to be made again."""
    rows = queries.overtaken()
    for row in rows:
        actions.ask_again(by=Actor.job("risk.ask_again"), assessment=row)
    return len(rows)
