"""Keeping the index in step with the rows: called by the subjects in the transaction of each act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import connection, transaction

from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.registries import SearchText
from vicinia.foundation.search.models import Document
from vicinia.foundation.search.words import kept_words, kind_word, scope_word

BATCH = 500

# What takes erased words off the disk; PostgreSQL's autovacuum does the same by itself.
_SCRUBBING: dict[str, tuple[str, ...]] = {
    "sqlite": ("INSERT INTO search_line(search_line) VALUES ('optimize')",),
    "postgresql": (),
}


@transaction.atomic(savepoint=False)
def refresh(kind: str, ids: Collection[int]) -> int:
    """Index some rows again after a change; rows that are gone leave the index. Two statements for one row."""
    if kind not in registries.search_documents:  # a subject that is not found by words
        return 0
    texts = list(registries.search_documents[kind].texts(ids))
    gone = set(ids) - {text.row_id for text in texts}
    if gone:
        forget(kind, gone)
    return put(kind, texts)


@transaction.atomic(savepoint=False)
def put(kind: str, texts: Iterable[SearchText]) -> int:
    """Index texts that the caller holds already. One statement up to `BATCH` rows."""
    documents = [_document(kind, text) for text in texts]
    Document.objects.bulk_create(
        documents,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "row_id"],
        update_fields=["heading", "words", "at"],
    )
    return len(documents)


def _document(kind: str, text: SearchText) -> Document:
    heading = kept_words(text.heading, text.language)
    words = {kind_word(kind), scope_word(text.scope)} | heading | kept_words(text.body, text.language)
    return Document(
        kind=kind,
        row_id=text.row_id,
        heading=" ".join(sorted(heading)),
        words=" ".join(sorted(words)),
        at=text.at,
    )


@transaction.atomic(savepoint=False)
def forget(kind: str, ids: Collection[int]) -> int:
    """Take rows out of the index."""
    gone, _by_model = Document.objects.filter(kind=kind, row_id__in=list(ids)).delete()
    return gone


def rebuild(kind: str) -> Iterator[int]:
    """Index every row of a kind again, a batch at a time, and drop what has no row; yields how many are done."""
    ids = iter(list(registries.search_documents[kind].all_ids()))
    kept: set[int] = set()
    while batch := list(islice(ids, BATCH)):
        refresh(kind, batch)
        kept.update(batch)
        yield len(kept)
    indexed = set(Document.objects.filter(kind=kind).values_list("row_id", flat=True))
    stray = sorted(indexed - kept)
    for start in range(0, len(stray), BATCH):
        forget(kind, stray[start : start + BATCH])


def scrub() -> None:
    """Rewrite the index files so that words of erased rows leave the disk too, not only the results."""
    with connection.cursor() as cursor:
        for statement in _SCRUBBING[connection.vendor]:
            cursor.execute(statement)
