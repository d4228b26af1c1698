"""What the morning does for mediations."""

from __future__ import annotations

from vicinia.domain.mediation import actions
from vicinia.foundation.kernel.actor import Actor


def remind() -> int:
    """Write to mediators whose day has come; returns how much was due."""
    return actions.remind(by=Actor.job("mediation.remind"))
