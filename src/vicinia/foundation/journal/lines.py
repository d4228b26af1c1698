"""What a line of the journal is made of: how a row is called in it, and the words that its digest covers. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.translation import override

from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel.verdict import Sentence


def about_ref(row: Any) -> str:
    """How a row is called in the journal: "case:2026-0143" for what has a reference, "person:71" for the rest."""
    if isinstance(row, str):
        return row
    name = getattr(row, "journal_name", None) or row._meta.model_name
    return f"{name}:{getattr(row, 'reference', None) or row.pk}"


def kept(label: Sentence) -> str:
    """A label of ours as a fact keeps it: in the language of the message ids, so that every reader's can be said from it.

    What `str` gives would stay for good in the language of whoever acted.
    """
    with override(settings.LANGUAGE_CODE):
        return str(label)


def line_digest(salt: str, words: Mapping[str, Any]) -> str:
    """SHA-256 of a line's words in canonical JSON, salted so that erased words can't be guessed back."""
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(f"{salt}{canonical}".encode()).hexdigest()


def entry_words(entry: Entry) -> dict[str, Any]:
    """What the digest of a timeline line covers."""
    at = entry.at.astimezone(dt.UTC).isoformat()
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
    at = sight.at.astimezone(dt.UTC).isoformat()
    return {
        "at": at,
        "by": sight.by_ref,
        "name": sight.by_name,
        "about": sight.about,
        "purpose": sight.purpose,
        "shown": sight.shown,
    }
