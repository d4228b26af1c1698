"""Writing lines: what happened, and who saw whose data. A line is written in the transaction of the act."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction

from vicinia.foundation.journal import chain
from vicinia.foundation.journal.events import ACCESS_EXPIRED, ACCESS_EXPORTED, WORDS_ERASED, Event
from vicinia.foundation.journal.lines import about_ref as about_ref  # part of what others call here
from vicinia.foundation.journal.lines import entry_words, line_digest, sight_words
from vicinia.foundation.journal.lines import kept as kept  # part of what others call here
from vicinia.foundation.journal.models import ChainHead, Entry, Sealed, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

SEAL_BATCH = 5000

Facts = Mapping[str, str | int | None]


def _entry(event: Event, by: Actor, about: str, note: str, facts: Facts, at: Any) -> Entry:
    salt = secrets.token_hex(16)
    entry = Entry(
        at=at,
        by_ref=by.ref,
        by_name=by.name,
        about=about,
        event=event.name,
        facts=dict(facts),
        note=note,
        salt=salt,
    )
    entry.digest = line_digest(salt, entry_words(entry))
    return entry


def record(
    event: Event,
    *,
    by: Actor,
    about: models.Model | str,
    note: str = "",
    at: Any = None,
    **facts: str | int | None,
) -> Entry:
    """Write that `event` happened to `about`. Facts are plain values that the event's sentence names."""
    entry = _entry(event, by, about_ref(about), note, facts, at or clock.now())
    entry.save(force_insert=True)
    return entry


def record_many(
    event: Event, *, by: Actor, lines: Iterable[tuple[models.Model | str, Facts]], at: Any = None
) -> int:
    """Write the same event about many rows in few statements, as an import does."""
    moment = at or clock.now()
    entries = [_entry(event, by, about_ref(about), "", facts, moment) for about, facts in lines]
    Entry.objects.bulk_create(entries, batch_size=2000)
    return len(entries)


def seen(*, by: Actor, person: models.Model | str, purpose: str, shown: str = "") -> Sight:
    """Write that `by` saw a person's data, and why."""
    salt = secrets.token_hex(16)
    sight = Sight(
        at=clock.now(),
        by_ref=by.ref,
        by_name=by.name,
        about=about_ref(person),
        purpose=purpose,
        shown=shown,
        salt=salt,
    )
    sight.digest = line_digest(salt, sight_words(sight))
    sight.save(force_insert=True)
    return sight


def seal_lines(*, by: Actor, lines: type[Sealed]) -> int:
    """Chain the lines that wait, each in a short transaction of many; how many were sealed.

    Two sealers at once queue on the head. A line that commits late simply gets a later position.
    """
    sealed = 0
    while done := _seal_batch(lines):
        sealed += done
    return sealed


@transaction.atomic
def _seal_batch(lines: type[Sealed]) -> int:
    head = _locked_head(lines)
    waiting = list(lines.objects.unsealed().values_list("id", "digest")[:SEAL_BATCH])
    updates = []
    for line_id, digest in waiting:
        head.seal, head.count = chain.next_seal(head.seal, digest), head.count + 1
        updates.append((head.seal, head.count, line_id))
    if updates:
        _write_seals(lines, updates)
        head.mark = chain.head_mark(head.chain, head.count, head.seal)
        head.save()
    return len(updates)


def _locked_head(lines: type[Sealed]) -> ChainHead:
    name = lines._meta.model_name or ""
    ChainHead.objects.get_or_create(chain=name)
    return ChainHead.objects.select_for_update().get(chain=name)


def _write_seals(lines: type[Sealed], updates: list[tuple[str, int, int]]) -> None:
    """One prepared statement for the whole batch: many times faster than a bulk update with its long CASE."""
    table = connection.ops.quote_name(lines._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET seal = %s, position = %s WHERE id = %s",  # noqa: S608  the table name is our own
            updates,
        )


@transaction.atomic
def erase_words(*, by: Actor, about: models.Model | str) -> int:
    """Blank what the timeline says about one thing, as an erasure asks; the chain still holds. How many lines."""
    ref = about_ref(about)
    lines = Entry.objects.filter(about=ref, erased_at__isnull=True).exclude(event=WORDS_ERASED.name)
    erased = lines.update(facts={}, note="", salt="", erased_at=clock.now())
    if erased:
        record(WORDS_ERASED, by=by, about=ref, lines=erased)
    return erased


@transaction.atomic
def expire_access_log(*, by: Actor, before: dt.datetime) -> int:
    """Blank the access log's words older than its retention. How many lines."""
    lines = Sight.objects.filter(at__lt=before, erased_at__isnull=True)
    expired = lines.update(purpose="", shown="", salt="", erased_at=clock.now())
    if expired:
        record(ACCESS_EXPIRED, by=by, about="journal:sight", lines=expired, before=before.date().isoformat())
    return expired


def note_access_log_export(*, by: Actor, lines: int, filters: str) -> None:
    """Write that somebody took the access log out."""
    record(ACCESS_EXPORTED, by=by, about="journal:sight", lines=lines, filters=filters[:500])
