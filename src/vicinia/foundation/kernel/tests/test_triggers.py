"""The database refuses to change what was written once; the dialect that is not in use is at least read."""

import pytest
from django.db import DatabaseError, connection, transaction

from vicinia.foundation.kernel import triggers


def _words(differs: str) -> str:
    return f"OLD.words {differs} NEW.words"


@pytest.fixture
def written(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept_words (id integer PRIMARY KEY, words text, seen integer)")
        cursor.execute("INSERT INTO kept_words VALUES (1, 'said', 0)")
    return "kept_words"


def test_what_is_protected_stays_and_the_rest_may_change(written):
    triggers.refuse_updates("default", written, _words, "words are written once")
    # Made again after every migration: the second time must not stumble over the first.
    triggers.refuse_updates("default", written, _words, "words are written once")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kept_words SET seen = 1")
        with pytest.raises(DatabaseError, match="words are written once"), transaction.atomic():
            cursor.execute("UPDATE kept_words SET words = 'denied'")
        cursor.execute("SELECT words, seen FROM kept_words")
        assert cursor.fetchall() == [("said", 1)]


def test_columns_are_those_of_the_table_and_none_where_there_is_no_table(written):
    assert triggers.columns_of("default", written) == ["id", "words", "seen"]
    assert triggers.columns_of("default", "never_made") == []


@pytest.mark.parametrize(
    ("dialect", "differs", "raises"),
    [
        (triggers._sqlite, "OLD.words IS NOT NEW.words", "RAISE(ABORT, 'no')"),
        (triggers._postgresql, "OLD.words IS DISTINCT FROM NEW.words", "RAISE EXCEPTION 'no'"),
    ],
)
def test_each_database_is_asked_in_its_own_words(dialect, differs, raises):
    statements = dialect("kept_unchanged", "kept", _words, "no")
    assert any("BEFORE UPDATE ON kept" in line and differs in line for line in statements)
    assert any(raises in line for line in statements)
