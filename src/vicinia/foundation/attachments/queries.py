"""Finding files again. Who may see what a file is about is asked of the subject that owns it, before coming here."""

from __future__ import annotations

from django.db import models

from vicinia.foundation.attachments.models import Attachment, AttachmentRows
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.kernel.errors import NotVisible


def of(about: str | models.Model) -> AttachmentRows:
    """The files about something, oldest first."""
    rows: AttachmentRows = Attachment.objects.live().about(about_ref(about))
    return rows


def named(about: str | models.Model, name: str) -> Attachment:
    """One file about something; 404 when it is removed or belongs to something else."""
    found: Attachment | None = of(about).filter(name=name).first()
    if found is None:
        raise NotVisible
    return found


def known_paths() -> set[str]:
    """Every path that a row stands for."""
    rows = Attachment.objects.live().values_list("path", "thumbnail_path")
    return {path for paths in rows.iterator() for path in paths if path}
