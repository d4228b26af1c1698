"""The timeline, which features read, and the access log, which they never read. Neither has a foreign key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Rows


class SealedRows(Rows):
    def unsealed(self) -> SealedRows:
        """Lines that wait for the sealer, in order of writing."""
        return self.filter(position__isnull=True).order_by("id")

    def sealed(self) -> SealedRows:
        """Lines of the chain, in its order."""
        return self.filter(position__isnull=False).order_by("position")


class Sealed(models.Model):
    """A line that nobody changes.

    `digest` is SHA-256 over `salt` and the line's words. The sealer gives each line the next `position` and a `seal`
    that chains the digests in that order (see `chain.py`). Erasing the words and the salt leaves the digest, so that
    the chain still holds.
    """

    words: ClassVar[tuple[str, ...]]

    at = models.DateTimeField(default=clock.now)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    about = models.CharField(max_length=60)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(null=True, blank=True, unique=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SealedRows.as_manager()

    class Meta:
        abstract = True


class Entry(Sealed):
    """One line of the timeline: what happened to `about` ("case:2026-0143"), in an event's words."""

    event = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    words = ("facts", "note")

    class Meta:
        indexes = [
            models.Index(fields=["about", "at"]),
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="journal_entry_unsealed"),
        ]


class Sight(Sealed):
    """One line of the access log: who saw whose data, and why. `about` is the person ("person:71")."""

    purpose = models.CharField(max_length=200)
    shown = models.CharField(max_length=200, blank=True)

    words = ("purpose", "shown")

    class Meta:
        indexes = [
            models.Index(fields=["about", "at"]),
            models.Index(fields=["by_ref", "at"]),
            models.Index(fields=["at"]),
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="journal_sight_unsealed"),
        ]


class ChainHead(models.Model):
    """The last sealed line of each chain: what shows that the end was not cut off.

    `mark` is made with a key that is not in the database, so that who can only write the database can't
    make a whole new chain with its head.
    """

    chain = models.CharField(max_length=20, primary_key=True)
    seal = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField(default=0)
    mark = models.CharField(max_length=32, blank=True)
