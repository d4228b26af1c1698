"""The database refuses to change a line. Sealing writes other columns; erasing may only blank the words."""

from __future__ import annotations

from functools import partial
from typing import Any

from vicinia.foundation.kernel import triggers

_FIXED = ("at", "by_ref", "by_name", "about", "digest")
_MESSAGE = "a journal line is never changed"
# Column lists differ; `facts` is JSON and blank as {}.
_TABLES = {
    "journal_entry": ((*_FIXED, "event"), {"facts": "'{}'", "note": "''", "salt": "''"}),
    "journal_sight": (_FIXED, {"purpose": "''", "shown": "''", "salt": "''"}),
}


def _condition(table: str, differs: str) -> str:
    """True for an update that changes what is fixed, or words without erasing them."""
    fixed, words = _TABLES[table]
    changes = [f"NEW.{name} {differs} OLD.{name}" for name in fixed]
    changes.append(f"(OLD.position IS NOT NULL AND NEW.position {differs} OLD.position)")
    changes.append(f"(OLD.erased_at IS NOT NULL AND NEW.erased_at {differs} OLD.erased_at)")
    for name, blank in words.items():
        is_erased = f"(NEW.erased_at IS NOT NULL AND NEW.{name} = {blank})"
        changes.append(f"(NEW.{name} {differs} OLD.{name} AND NOT {is_erased})")
    return " OR ".join(changes)


def protect_lines(using: str = "default", **kwargs: Any) -> None:
    """Make the triggers of both tables, on the tables that exist."""
    for table in _TABLES:
        if "position" in triggers.columns_of(using, table):
            triggers.refuse_updates(using, table, partial(_condition, table), _MESSAGE)
