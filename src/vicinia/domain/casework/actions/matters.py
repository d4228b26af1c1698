"""What stands open on a case, written by higher subjects. Each runs inside the caller's act, which records it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from vicinia.domain.casework.models import Case, Matter
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class OpenMatter:
    """What stands open, until when, for whom: see `Matter`."""

    key: str
    kind: str
    url: str
    facts: dict[str, Any] = field(default_factory=dict)
    due_on: dt.date | None = None
    raised_on: dt.date | None = None
    user_id: int | None = None
    blocks: str = ""


def raise_matter(*, by: Actor, case: Case, matter: OpenMatter) -> Matter:
    """Put a matter on a case, or change the one of the same key."""
    values = {
        "case": case,
        "kind": matter.kind,
        "url": matter.url,
        "facts": matter.facts,
        "due_on": matter.due_on,
        "raised_on": matter.raised_on,
        "user_id": matter.user_id,
        "blocks": matter.blocks,
    }
    row, _made = Matter.objects.update_or_create(key=matter.key, defaults=values)
    return row


def settle_matter(*, by: Actor, key: str) -> None:
    """Take a matter away: what stood open has ended. Twice is harmless."""
    Matter.objects.filter(key=key).delete()
