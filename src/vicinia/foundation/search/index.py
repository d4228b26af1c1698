"""What each database finds words with: FTS5 on SQLite, an array of words under GIN on PostgreSQL.

Both keep exactly the words that `words.py` gives, so that both find the same.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, connections
from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from vicinia.foundation.search.models import Document, Line
from vicinia.foundation.search.words import Term, kind_word

# A document's row in search_line is written by triggers, in the statement that writes the document.
# They are made again after every migration, because SQLite drops a table's triggers when it rebuilds the table.
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_line USING fts5(words, content='search_document', "
    "content_rowid='id', detail='none', prefix='3', tokenize='unicode61 remove_diacritics 0')",
    "DROP TRIGGER IF EXISTS search_line_added",
    "CREATE TRIGGER search_line_added AFTER INSERT ON search_document BEGIN "
    "INSERT INTO search_line(rowid, words) VALUES (new.id, new.words); END",
    "DROP TRIGGER IF EXISTS search_line_removed",
    "CREATE TRIGGER search_line_removed AFTER DELETE ON search_document BEGIN "
    "INSERT INTO search_line(search_line, rowid, words) VALUES ('delete', old.id, old.words); END",
    "DROP TRIGGER IF EXISTS search_line_changed",
    "CREATE TRIGGER search_line_changed AFTER UPDATE ON search_document WHEN old.words IS NOT new.words BEGIN "
    "INSERT INTO search_line(search_line, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_line(rowid, words) VALUES (new.id, new.words); END",
)
# Not to_tsvector: its parser would take "2026-0143" or "3e5" apart in ways of its own.
_POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN IF NOT EXISTS vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "CREATE INDEX IF NOT EXISTS search_document_vector ON search_document "
    "USING gin (vector) WITH (fastupdate = off)",
)


def prepare(using: str = "default", **kwargs: Any) -> None:
    """Make what the documents are found with, where it is missing."""
    chosen = connections[using]
    if Document._meta.db_table not in chosen.introspection.table_names():
        return
    with chosen.cursor() as cursor:
        for statement in _SQLITE if chosen.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def matching(kind: str, terms: list[Term], visible: QuerySet[Any]) -> QuerySet[Any]:
    """Documents that hold every term and whose row is among the `visible` ones: (row_id, heading, at), newest first."""
    prefix = "document__" if connection.vendor == "sqlite" else ""
    is_visible = Exists(visible.filter(pk=OuterRef(f"{prefix}row_id")))
    found = _holding(kind, terms).filter(is_visible).order_by("-pk")
    return found.values_list(*(F(f"{prefix}{name}") for name in ("row_id", "heading", "at")))


def row_ids(found: QuerySet[Any]) -> QuerySet[Any]:
    """Of documents found, only which rows they are of."""
    return found.values_list("document__row_id" if connection.vendor == "sqlite" else "row_id", flat=True)


def one_of(row_ids: list[int]) -> RawSQL:
    """These ids for a `pk__in`, as one value of the statement instead of hundreds, which cost more than the search."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(row_ids)])
    return RawSQL("SELECT unnest(%s::bigint[])", [row_ids])


def ids(kind: str, terms: list[Term]) -> QuerySet[Any]:
    """A subquery of the row ids whose documents hold every term, whoever may see them."""
    return row_ids(_holding(kind, terms))


def _holding(kind: str, terms: list[Term]) -> QuerySet[Any]:
    if connection.vendor == "sqlite":
        matches = RawSQL("search_line MATCH %s", [_fts5(kind, terms)], BooleanField())
        return Line.objects.filter(matches)
    # The column alone: in a subquery Django gives the table another name.
    holds = RawSQL("vector @@ %s::tsquery", [_tsquery(kind, terms)], BooleanField())
    return Document.objects.filter(holds)


def _fts5(kind: str, terms: list[Term]) -> str:
    """An FTS5 query. Words are letters and digits only, so quoting them is enough."""
    return " AND ".join([f'"{kind_word(kind)}"', *(_any(term, '"{}"', '"{}"*', " OR ") for term in terms)])


def _tsquery(kind: str, terms: list[Term]) -> str:
    return " & ".join([f"'{kind_word(kind)}'", *(_any(term, "'{}'", "'{}':*", " | ") for term in terms)])


def _any(term: Term, whole: str, beginning: str, either: str) -> str:
    choices = [
        whole.format(word)
        for word in sorted(term.words)
        if not (term.prefix and word.startswith(term.prefix))
    ]
    if term.prefix:
        choices.append(beginning.format(term.prefix))
    return f"({either.join(choices)})"
