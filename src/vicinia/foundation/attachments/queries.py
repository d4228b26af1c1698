"""Finding files again. Who may see what a file is about is asked of the subject that owns it, before coming here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from vicinia.foundation.attachments.models import Attachment, AttachmentRows
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible

ORPHAN_AGE = dt.timedelta(hours=1)


def of(about: str | models.Model) -> AttachmentRows:
    """The files about something, oldest first."""
    rows: AttachmentRows = Attachment.objects.live().about(about_ref(about))
    return rows


def of_each(rows: Iterable[models.Model]) -> dict[Any, list[Attachment]]:
    """The files about each of some rows, by key, oldest first. One query for all of them."""
    keys = {about_ref(row): row.pk for row in rows}
    found: dict[Any, list[Attachment]] = {key: [] for key in keys.values()}
    for file in Attachment.objects.live().filter(about__in=list(keys)):
        found[keys[file.about]].append(file)
    return found


def named_in(abouts: Iterable[str | models.Model], name: str) -> Attachment:
    """One file about any of some things; 404 when it is removed or belongs to something else."""
    refs = [about_ref(about) for about in abouts]
    found: Attachment | None = Attachment.objects.live().filter(about__in=refs, name=name).first()
    if found is None:
        raise NotVisible
    return found


def named(about: str | models.Model, name: str) -> Attachment:
    """One file about something; 404 when it is removed or belongs to something else."""
    return named_in([about], name)


def orphan_paths() -> Iterator[str]:
    """Stored files that no row stands for, old enough that no open transaction can still be about to name them."""
    before = clock.now() - ORPHAN_AGE
    # Files first, rows afterwards: what is written in between has its row by then.
    old = [path for path in _stored("") if default_storage.get_modified_time(path) < before]
    for start in range(0, len(old), 500):
        some = old[start : start + 500]
        known = Attachment.objects.live().filter(Q(path__in=some) | Q(thumbnail_path__in=some))
        named = {path for paths in known.values_list("path", "thumbnail_path") for path in paths}
        yield from (path for path in some if path not in named)


def missing_paths() -> Iterator[str]:
    """Files that a row names and the store does not have."""
    named = Attachment.objects.live().values_list("path", "thumbnail_path")
    for paths in named.iterator(chunk_size=2000):
        yield from (path for path in paths if path and not default_storage.exists(path))


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever attached
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from _stored(f"{folder}{name}/")
