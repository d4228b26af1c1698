"""What runs by itself about reports."""

from __future__ import annotations

from vicinia.domain.listening import actions
from vicinia.foundation.kernel.actor import Actor


def forget_drafts() -> int:
    """Drop drafts that nobody sent within their days; how many."""
    return actions.sweep_drafts(by=Actor.job("forget-drafts"))
