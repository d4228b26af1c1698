"""Files without a row: left by a transaction that failed, or by a server that died while erasing."""

from __future__ import annotations

from vicinia.foundation.attachments import actions, queries
from vicinia.foundation.kernel.actor import Actor


def sweep() -> int:
    """Erase files that no row stands for, if they are older than an hour. How many there were."""
    return actions.erase_orphans(by=Actor.job("sweep-attachments"), paths=queries.orphan_paths())
