"""One after the other, for what has no row yet that could be locked."""

from __future__ import annotations

from django.db import connection


def wait_turn(key: str) -> None:
    """Wait until whoever came first with this key has ended their transaction; to be called inside one.

    A page sent by two taps at once makes one row: the second finds what the first made. On SQLite one transaction
    writes at a time already; on PostgreSQL an advisory lock is held until the transaction ends.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
