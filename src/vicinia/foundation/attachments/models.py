"""Files that belong to reports, cases and whatever else."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.models import Dated, Rows


class Kind(models.TextChoices):
    """What a file is, found out from its content."""

    PHOTO = "photo", _("foto")
    PDF = "pdf", _("documento PDF")
    AUDIO = "audio", _("registrazione")


def new_name() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


class AttachmentRows(Rows):
    def live(self) -> AttachmentRows:
        """Files that have not been removed."""
        return self.filter(removed_at__isnull=True)

    def about(self, ref: str) -> AttachmentRows:
        return self.filter(about=ref)


class Attachment(Dated):
    """A file kept about something. Who may see that something may see the file: the owning subject decides."""

    about = models.CharField(max_length=60)
    name = models.CharField(max_length=24, unique=True, default=new_name)
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices)
    content_type = models.CharField(max_length=40)
    file_name = models.CharField(_("nome del file"), max_length=120)
    path = models.CharField(max_length=120, blank=True)
    thumbnail_path = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(_("data dello scatto"), null=True, blank=True)
    by_ref = models.CharField(max_length=60)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentRows.as_manager()

    # Where a photo says it was taken. Known only right after `attach`, for the caller to use or forget: never stored here.
    taken_where: tuple[float, float] | None = None

    class Meta:
        ordering = ("created_at", "id")
        indexes = [models.Index(fields=["about", "created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(path="", thumbnail_path="", file_name=""),
                name="attachment_removed_is_erased",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or self.name

    @property
    def is_photo(self) -> bool:
        return self.kind == Kind.PHOTO
