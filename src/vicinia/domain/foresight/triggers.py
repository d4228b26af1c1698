"""The database keeps an alert as it was found, and a sighting for ever: only the verdict on an alert changes."""

from __future__ import annotations

from functools import partial
from typing import Any

from vicinia.domain.foresight.models import Alert, AlertMove, AlertSighting, FrozenCounts
from vicinia.foundation.kernel import triggers

_MESSAGE = "what early warning found is never changed"
# Of each table, what may change all the same.
_CHANGING: dict[Any, tuple[str, ...]] = {
    Alert: Alert.CHANGING,
    AlertMove: (),
    AlertSighting: (),
    FrozenCounts: (),
}


def protect_alerts(using: str = "default", **kwargs: Any) -> None:
    """Make the triggers of all four tables, on the tables that exist."""
    for model, changing in _CHANGING.items():
        columns = [name for name in triggers.columns_of(using, model._meta.db_table) if name not in changing]
        if columns:
            triggers.refuse_updates(using, model._meta.db_table, partial(_condition, columns), _MESSAGE)


def _condition(columns: list[str], differs: str) -> str:
    # JSON of PostgreSQL's jsonb compares; every other column does anyway.
    return " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in columns)
