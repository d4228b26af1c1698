"""Searching. What one may not see is neither found nor counted: the subject's own `visible` decides, inside the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import (
    SearchDocuments,
    SearchFilters,
    SearchHit,
    SearchScope,
)
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.search import index
from vicinia.foundation.search.models import Document
from vicinia.foundation.search.words import Term, scope_word, terms

# Beyond this many, results are the newest of them: nobody pages further, and the cost stays the same for any word.
FOUND_MAX = 200
BESIDES_MAX = 300  # rows in one's own charge outside one's own areas: a handful in real life
WORDS_MAX = 200

NO_FILTERS = SearchFilters()
Found = tuple[int, str, dt.datetime | None]  # row id, words of the heading, when
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: one page of hits out of `total`, which counts up to FOUND_MAX (`has_more` beyond)."""

    kind: str
    title: Sentence
    hits: tuple[SearchHit, ...]
    total: int
    has_more: bool
    page: int
    pages: int


def kinds() -> list[SearchDocuments]:
    """What can be searched, in the order of the page."""
    return sorted(registries.search_documents.values(), key=lambda subject: (subject.order, subject.kind))


def search(
    by: Actor,
    words: str,
    *,
    only: Collection[str] | None = None,
    page: int = 1,
    per_page: int = 20,
    filters: SearchFilters = NO_FILTERS,
) -> list[Group]:
    """What `by` may see that holds all the words, by kind; words in the heading first, then the newest.

    Stems and accents do not matter; the last word may be unfinished. No words, no results.
    """
    asked = _asked(words)
    if not asked:
        return []
    chosen = [subject for subject in kinds() if only is None or subject.kind in only]
    return [_group(by, subject, asked, page, per_page, filters) for subject in chosen]


def _group(
    by: Actor, subject: SearchDocuments, asked: list[Term], page: int, per_page: int, filters: SearchFilters
) -> Group:
    visible = subject.visible(by)
    rows = visible if filters == NO_FILTERS else subject.narrow(visible, filters)
    found = _found(subject.kind, asked, rows, subject.scope(by, filters))
    ids = _best_first(found[:FOUND_MAX], asked)
    pages = max(1, -(-len(ids) // per_page))
    page = min(max(page, 1), pages)
    wanted = ids[(page - 1) * per_page : page * per_page]
    hits = {hit.row_id: hit for hit in subject.hits(by, visible.filter(pk__in=wanted))} if wanted else {}
    return Group(
        kind=subject.kind,
        title=subject.title,
        hits=tuple(hits[row_id] for row_id in wanted if row_id in hits),
        total=len(ids),
        has_more=len(found) > FOUND_MAX,
        page=page,
        pages=pages,
    )


def _found(kind: str, asked: list[Term], rows: QuerySet[Any], scope: SearchScope | None) -> list[Found]:
    """Up to FOUND_MAX documents and one more. The last word counts as unfinished only if, whole, it finds nothing.

    A beginning that many words share is by far the dearest question, and a whole word is what most people mean.
    """
    whole = [Term(term.words) for term in asked]
    found = _holding(kind, whole, rows, scope)
    return found if found or whole == asked else _holding(kind, asked, rows, scope)


def _holding(kind: str, asked: list[Term], rows: QuerySet[Any], scope: SearchScope | None) -> list[Found]:
    """Documents that hold every term: those in scope by the index, those beside it one by one."""
    if scope is None:
        return list(index.matching(kind, asked, rows)[: FOUND_MAX + 1])
    in_scope = Term(frozenset(scope_word(word) for word in scope.words))
    found = list(index.matching(kind, [*asked, in_scope], rows)[: FOUND_MAX + 1]) if scope.words else []
    known = {row_id for row_id, _heading, _at in found}
    beside = [row_id for row_id in scope.besides[:BESIDES_MAX] if row_id not in known]
    documents = Document.objects.filter(kind=kind, row_id__in=rows.filter(pk__in=beside).values("pk"))
    for row_id, heading, at, words in (
        documents.values_list("row_id", "heading", "at", "words") if beside else ()
    ):
        kept = frozenset(words.split())
        if all(term.is_in(kept) for term in asked):
            found.append((row_id, heading, at))
    return found


def _best_first(found: list[Found], asked: list[Term]) -> list[int]:
    """More of the words in the heading first, then the newest."""

    def rank(row: Found) -> tuple[int, dt.datetime, int]:
        row_id, heading, at = row
        kept = frozenset(heading.split())
        return sum(term.is_in(kept) for term in asked), at or _LONG_AGO, row_id

    return [row[0] for row in sorted(found, key=rank, reverse=True)]


def among(rows: QuerySet[Any], kind: str, words: str) -> QuerySet[Any]:
    """Those of some rows that hold all the words, in the rows' own order; of more than FOUND_MAX the newest."""
    return newest_among(rows, kind, words)[0]


def newest_among(rows: QuerySet[Any], kind: str, words: str) -> tuple[QuerySet[Any], bool]:
    """The same, and whether there are more: a word that half of the rows hold costs no more than a rare one."""
    asked = _asked(words)
    if not asked:
        return rows, False
    newest = list(index.row_ids(index.matching(kind, asked, rows.order_by()))[: FOUND_MAX + 1])
    return rows.filter(pk__in=index.one_of(newest[:FOUND_MAX])), len(newest) > FOUND_MAX


def _asked(words: str) -> list[Term]:
    languages = {"it", *(code for code, _name in settings.LANGUAGES)}
    return terms(words[:WORDS_MAX], sorted(languages))
