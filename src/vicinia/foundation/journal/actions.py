"""Writing lines: what happened, and who saw whose data. A line is written in the transaction of the act."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.db import models

from vicinia.foundation.journal.events import Event
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

Facts = Mapping[str, str | int | None]


def about_ref(row: Any) -> str:
    """How a row is called in the journal: "case:2026-0143" for what has a reference, "person:71" for the rest."""
    if isinstance(row, str):
        return row
    name = getattr(row, "journal_name", None) or type(row)._meta.model_name
    return f"{name}:{getattr(row, 'reference', None) or row.pk}"


def line_digest(salt: str, words: Mapping[str, Any]) -> str:
    """SHA-256 of a line's words in canonical JSON, salted so that erased words can't be guessed back."""
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(f"{salt}{canonical}".encode()).hexdigest()


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


def entry_words(entry: Entry) -> dict[str, Any]:
    """What the digest of a timeline line covers."""
    at = entry.at.astimezone(clock.dt.UTC).isoformat()
    return {
        "at": at,
        "by": entry.by_ref,
        "name": entry.by_name,
        "about": entry.about,
        "event": entry.event,
        "facts": entry.facts,
        "note": entry.note,
    }


def sight_words(sight: Sight) -> dict[str, Any]:
    """What the digest of an access line covers."""
    at = sight.at.astimezone(clock.dt.UTC).isoformat()
    return {
        "at": at,
        "by": sight.by_ref,
        "name": sight.by_name,
        "about": sight.about,
        "purpose": sight.purpose,
        "shown": sight.shown,
    }


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
