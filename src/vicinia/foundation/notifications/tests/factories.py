"""Messages for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions
from vicinia.foundation.notifications.models import OutboxMessage

LINK = "http://127.0.0.1:8000/segui/gettone"
_keys = count(1)


def queue_greeting(*, to: str = "giulia.rossi@posta.example", **changes: Any) -> OutboxMessage:
    """A message to a resident, queued through the action."""
    context = {"reference": "2026-00871", "title": "Buca", "name": "Giulia", "link": LINK, "words": "Grazie."}
    arguments: dict[str, Any] = {
        "by": Actor.visitor(),
        "to": to,
        "template": "greeting",
        "context": context | changes.pop("context", {}),
        "language": "it",
        "about": "report:2026-00871",
        "key": f"greeting:{next(_keys)}",
    }
    return actions.queue(**(arguments | changes))
