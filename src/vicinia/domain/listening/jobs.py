"""What runs by itself about reports."""

from __future__ import annotations

from vicinia.domain.listening import actions
from vicinia.domain.listening.queries import wording
from vicinia.foundation.kernel.actor import Actor


def forget_drafts() -> int:
    """Drop drafts that nobody sent within their days; how many."""
    return actions.sweep_drafts(by=Actor.job("forget-drafts"))


def count_words() -> int:
    """Count which words are common in the reports, when the counts are missing or old; how many reports were counted."""
    return actions.count_words(by=Actor.job("count-words")) if wording.are_counts_old() else 0
