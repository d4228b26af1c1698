"""Writing the texts of documents: drafted, put into use, restored, and kept with what was issued."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from vicinia.foundation.documents import checking, events, queries, rules
from vicinia.foundation.documents.kinds import DocumentKind, kind_of
from vicinia.foundation.documents.models import DocumentText, KeptText, digest_of
from vicinia.foundation.documents.states import TextState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    key: str,
    language: str,
    source: str,
    note: str = "",
    is_reviewed: bool = False,
    seen_version: int | None = None,
) -> DocumentText:
    """Keep a draft, faults and all: what is written is not lost. Refused if the draft was changed since it was seen.

    `seen_version` is the version of the draft that was read, 0 if there was none.
    """
    rules.may_write_in(by, kind_of(key), language).require()
    _lock(key, language)
    found: DocumentText | None = DocumentText.objects.of(key, language).filter(state=TextState.DRAFT).first()
    text = found or DocumentText(kind=key, language=language, version=0)
    text.require_version(seen_version, yours=source)
    if found is None:
        text.number, text.version = _next_number(key, language), 1
    text.source, text.note, text.is_reviewed = source, note, is_reviewed
    text.by_ref, text.by_name = by.ref, by.name
    text.save()
    _record(events.DRAFTED, by, text)
    return text


def _series(key: str, language: str) -> str:
    """The series of the numbers of a text's versions, short enough for any key."""
    return f"text:{digest_of(f'{key}.{language}')[:32]}"


def _lock(key: str, language: str) -> None:
    """Let nobody else change this text until the transaction ends, even if it has no row yet."""
    Counter.next(_series(key, language), count=0)


def _next_number(key: str, language: str) -> int:
    return Counter.next(_series(key, language))


@transaction.atomic
def drop_draft(*, by: Actor, text: DocumentText) -> DocumentText:
    """Give a draft up; it stays among the versions."""
    text = DocumentText.objects.lock(text)
    rules.may_drop(by, text).require()
    text.enter(TextState.DROPPED, by=by)
    _record(events.DROPPED, by, text)
    return text


@transaction.atomic
def publish(*, by: Actor, text: DocumentText, seen_version: int | None = None) -> DocumentText:
    """Put a draft into use in the place of what is; only without faults, and only as it was read."""
    _lock(text.kind, text.language)
    text = DocumentText.objects.lock(text)
    in_use = queries.text_of(text.kind, text.language)
    faults = checking.faults_of(text.source, kind_of(text.kind))
    same = in_use.source if in_use.language == text.language else ""
    rules.may_publish(by, text, faults=faults, in_use=same).require()
    text.require_version(seen_version)
    _replace(by, text.kind, text.language)
    text.enter(TextState.PUBLISHED, by=by, published_at=clock.now())
    _record(events.PUBLISHED, by, text, number=text.number)
    return text


@transaction.atomic
def restore(*, by: Actor, text: DocumentText) -> DocumentText:
    """Put an older version into use again, as a new version with the same words."""
    _lock(text.kind, text.language)
    text = DocumentText.objects.lock(text)
    rules.may_restore(by, text, faults=checking.faults_of(text.source, kind_of(text.kind))).require()
    _replace(by, text.kind, text.language)
    again = DocumentText(
        kind=text.kind,
        language=text.language,
        number=_next_number(text.kind, text.language),
        source=text.source,
        note=text.note,
        is_reviewed=text.is_reviewed,
        by_ref=by.ref,
        by_name=by.name,
    )
    again.enter(TextState.PUBLISHED, by=by, published_at=clock.now())
    _record(events.RESTORED, by, again, number=text.number, new=again.number)
    return again


@transaction.atomic
def withdraw(*, by: Actor, key: str, language: str) -> None:
    """Go back to our own text; the town's stays among the versions."""
    _lock(key, language)
    text = queries.published(by=by, key=key, language=language)
    rules.may_withdraw(by, text).require()
    _replace(by, key, language)
    _record(events.WITHDRAWN, by, DocumentText(kind=key, language=language))


def _replace(by: Actor, key: str, language: str) -> None:
    for found in DocumentText.objects.of(key, language).filter(state=TextState.PUBLISHED):
        found.enter(TextState.REPLACED, by=by)


@transaction.atomic
def keep_text(*, by: Actor, text: queries.Text) -> str:
    """Keep the text with which a document is issued; gives its digest. Part of an act of others, which leaves the line."""
    KeptText.objects.get_or_create(digest=text.digest, defaults={"source": text.source})
    return text.digest


@transaction.atomic
def keep_texts(*, by: Actor, key: str) -> dict[str, str]:
    """The same for a document that is printed again in any language: the digest of each."""
    codes = [code for code, _name in queries.languages_of(key)]
    return {code: keep_text(by=by, text=queries.text_of(key, code)) for code in codes}


def _record(event: Event, by: Actor, text: DocumentText, **numbers: Any) -> None:
    kind: DocumentKind = kind_of(text.kind)
    language = queries.language_name(text.language)
    journal.record(
        event,
        by=by,
        about=f"text:{text.reference}",
        name=journal.kept(kind.name),
        language=journal.kept(language),
        **numbers,
    )
