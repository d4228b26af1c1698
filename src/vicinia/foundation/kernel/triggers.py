"""The database itself refuses to change what is written once: triggers, in the dialect of both databases.

They are made by `post_migrate` and not by a migration, because SQLite drops a table's triggers whenever a later migration
rebuilds the table. Deleting is not refused: emptying a database for a test or a restore has to stay possible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections


def refuse_updates(using: str, table: str, condition: Callable[[str], str], message: str) -> None:
    """Refuse every update of a row for which the condition holds; `condition` is given the operator for "differs"."""
    connection = connections[using]
    name = f"{table}_unchanged"
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for statement in statements(name, table, condition, message):
            cursor.execute(statement)


def columns_of(using: str, table: str) -> list[str]:
    """The columns of a table as it stands, none if it is not there: migrating backwards leaves an older one for a while."""
    connection: Any = connections[using]
    if table not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        return [field.name for field in connection.introspection.get_table_description(cursor, table)]


def _sqlite(name: str, table: str, condition: Callable[[str], str], message: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {condition('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def _postgresql(name: str, table: str, condition: Callable[[str], str], message: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({condition('IS DISTINCT FROM')}) EXECUTE FUNCTION {name}()",
    ]
