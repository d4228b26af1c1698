"""The timeline, which features read, and the access log, which they never read. Neither has a foreign key."""

from __future__ import annotations

from django.db import models

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Rows


class Sealed(models.Model):
    """A line that nobody changes.

    `digest` is SHA-256 over `salt` and the line's words. `seal` chains the digests in the order of `id`
    (see `chain.py`). Erasing the words and the salt leaves the digest, so that the chain still holds.
    """

    at = models.DateTimeField(default=clock.now)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    about = models.CharField(max_length=60)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        abstract = True


class Entry(Sealed):
    """One line of the timeline: what happened to `about` ("case:2026-0143"), in an event's words."""

    event = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["about", "at"]), models.Index(fields=["seal", "id"])]


class Sight(Sealed):
    """One line of the access log: who saw whose data, and why. `about` is the person ("person:71")."""

    purpose = models.CharField(max_length=200)
    shown = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "at"]),
            models.Index(fields=["seal", "id"]),
            models.Index(fields=["at"]),
        ]


class ChainHead(models.Model):
    """The last sealed line of each chain: what shows that the end was not cut off."""

    chain = models.CharField(max_length=20, primary_key=True)
    last_id = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField(default=0)
