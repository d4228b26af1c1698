"""The database refuses to change a line: triggers of both databases, made again after every migration.

They are made by `post_migrate` and not by a migration, because SQLite drops a table's triggers whenever a later
migration rebuilds the table. Sealing writes other columns; erasing may only blank the words. Deleting is not
refused here (the chain shows it), because emptying a database for a test or a restore has to stay possible.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

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


def _sqlite(table: str) -> list[str]:
    name = f"{table}_unchanged"
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {_condition(table, 'IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
    ]


def _postgresql(table: str) -> list[str]:
    name = f"{table}_unchanged"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({_condition(table, 'IS DISTINCT FROM')}) EXECUTE FUNCTION {name}()",
    ]


def protect_lines(using: str = "default", **kwargs: Any) -> None:
    """Make the triggers of both tables, on the tables that exist."""
    connection = connections[using]
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in _TABLES:
            if table in existing and _has_column(connection, cursor, table, "position"):
                for statement in statements(table):
                    cursor.execute(statement)


def _has_column(connection: Any, cursor: Any, table: str, column: str) -> bool:
    """Migrating backwards leaves an older table for a while."""
    return column in {field.name for field in connection.introspection.get_table_description(cursor, table)}
