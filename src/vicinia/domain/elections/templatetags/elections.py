"""The figures of a count in its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from vicinia.domain.elections.models import Voter
from vicinia.domain.elections.papers import who

register = template.Library()


@register.filter
def votes_of(step: Mapping[str, Any], letter: str) -> str:
    """What an option has in one round, and whether it is elected or leaves in it."""
    votes: str = step["votes"].get(letter, "")
    signs = "✓" if letter in step["elected"] else "–" if letter in step["excluded"] else ""
    return f"{votes} {signs}".strip()


@register.filter
def called(voter: Voter) -> str:
    """How a line of the roll is called on pages of who runs it."""
    return who(voter)
