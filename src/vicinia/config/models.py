"""When each scheduled job last ran, and who runs it now."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Rows


class ScheduledRunRows(Rows):
    def startable(self, every: dt.timedelta) -> ScheduledRunRows:
        """Runs whose turn has come and that nobody holds; a lock whose time is over belonged to a worker that died."""
        now = clock.now()
        free = Q(locked_until__isnull=True) | Q(locked_until__lt=now)
        due = Q(started_at__isnull=True) | Q(started_at__lte=now - every)
        return self.filter(free & due)


class ScheduledRun(models.Model):
    """One line for each scheduled job."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    last_error = models.CharField(max_length=80, blank=True)

    objects = ScheduledRunRows.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
