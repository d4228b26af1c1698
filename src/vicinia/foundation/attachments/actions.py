"""Keeping files and taking them away."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from vicinia.foundation.attachments import events, reading, rules
from vicinia.foundation.attachments.models import Attachment, Kind
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_ERASED = {"path": "", "thumbnail_path": "", "file_name": ""}


@transaction.atomic
def attach(*, by: Actor, about: str | models.Model, file: UploadedFile[Any]) -> Attachment:
    """Keep a file about something: checked, cleaned, on disk before the row commits.

    Raises `FileRefused` with a sentence that names the file. `taken_where` on the result is where a photo says it
    was taken: offer it to the person or forget it, it is not stored.
    """
    kept = reading.read(file)
    path = _put(kept.content, reading.EXTENSIONS[kept.content_type])
    attachment = Attachment.objects.create(
        about=journal.about_ref(about),
        kind=kept.kind,
        content_type=kept.content_type,
        file_name=kept.file_name,
        path=path,
        thumbnail_path=_put(kept.thumbnail, "jpg") if kept.thumbnail else "",
        size=len(kept.content),
        sha256=sha256(kept.content).hexdigest(),
        width=kept.width,
        height=kept.height,
        taken_at=kept.taken_at,
        by_ref=by.ref,
    )
    attachment.taken_where = kept.taken_where
    journal.record(
        events.ATTACHED, by=by, about=about, kind=journal.kept(kept.kind.label), attachment=attachment.name
    )
    return attachment


def _put(content: bytes, extension: str) -> str:
    """Write a file under a random path. If the transaction fails, the sweep finds it without a row and erases it."""
    word = secrets.token_hex(16)
    return default_storage.save(f"{word[:2]}/{word[2:4]}/{word}.{extension}", ContentFile(content))


@transaction.atomic(savepoint=False)
def move_all(*, by: Actor, about: str | models.Model, to: str | models.Model) -> int:
    """Give the files of something to something else, as when a draft becomes a report."""
    return Attachment.objects.about(journal.about_ref(about)).update(about=journal.about_ref(to))


@transaction.atomic
def remove(*, by: Actor, attachment: Attachment, reason: str) -> Attachment:
    """Take a file away for a reason; its bytes are erased when this transaction commits."""
    attachment = Attachment.objects.lock(attachment)
    rules.may_remove(attachment, reason).require()
    _erase(attachment)
    journal.record(
        events.REMOVED,
        by=by,
        about=attachment.about,
        note=reason,
        kind=journal.kept(Kind(attachment.kind).label),
        attachment=attachment.name,
    )
    return attachment


@transaction.atomic
def erase_of(*, by: Actor, about: str | models.Model) -> int:
    """Erase every file about something, as when a person asks to be forgotten. How many there were."""
    ref = journal.about_ref(about)
    live = list(Attachment.objects.select_for_update().live().about(ref))
    for attachment in live:
        _erase(attachment)
    if live:
        journal.record(events.ERASED, by=by, about=ref)
    return len(live)


def erase_orphans(*, by: Actor, paths: Iterable[str]) -> int:
    """Erase stored files that belong to nothing. There is no row to tell of it, so the timeline says nothing."""
    erased = 0
    for path in paths:
        default_storage.delete(path)
        erased += 1
    return erased


def _erase(attachment: Attachment) -> None:
    paths = [path for path in (attachment.path, attachment.thumbnail_path) if path]
    for name, value in _ERASED.items():
        setattr(attachment, name, value)
    attachment.removed_at = clock.now()
    attachment.taken_at = None
    attachment.save()
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path))
