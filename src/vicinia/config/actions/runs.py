"""Taking a scheduled job so that no other worker runs it, and giving it back."""

from __future__ import annotations

from django.db import transaction

from vicinia.config.models import ScheduledRun
from vicinia.config.schedule import Scheduled
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def start(*, by: Actor, job: Scheduled) -> bool:
    """Take a job whose turn has come. False when it is too early or another worker has it."""
    ScheduledRun.objects.bulk_create([ScheduledRun(name=job.name)], ignore_conflicts=True)
    now = clock.now()
    mine = ScheduledRun.objects.filter(name=job.name).startable(job.every)
    return mine.update(started_at=now, locked_until=now + job.lease) == 1


@transaction.atomic
def finish(*, by: Actor, job: Scheduled) -> None:
    """Give a job back after it ended well."""
    ScheduledRun.objects.filter(name=job.name).update(
        finished_at=clock.now(), locked_until=None, failures=0, last_error=""
    )


@transaction.atomic
def fail(*, by: Actor, job: Scheduled, error: Exception) -> None:
    """Give a job back after it failed. Only the kind of error is kept: its words may carry personal data."""
    run = ScheduledRun.objects.lock(ScheduledRun(name=job.name))
    run.locked_until, run.failures, run.last_error = None, run.failures + 1, type(error).__name__[:80]
    run.save()
