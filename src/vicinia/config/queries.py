"""How the scheduled jobs are doing."""

from __future__ import annotations

from collections.abc import Iterable

from vicinia.config.models import ScheduledRun
from vicinia.config.schedule import SCHEDULE, Scheduled
from vicinia.foundation.kernel import clock


def due(schedule: Iterable[Scheduled] = SCHEDULE) -> list[Scheduled]:
    """Jobs whose turn seems to have come. One read: a worker that has nothing to do writes nothing."""
    runs = {run.name: run for run in ScheduledRun.objects.all()}
    return [job for job in schedule if _is_due(job, runs.get(job.name))]


def _is_due(job: Scheduled, run: ScheduledRun | None) -> bool:
    if run is None or run.started_at is None:
        return True
    is_free = run.locked_until is None or run.locked_until < clock.now()
    return is_free and run.started_at <= clock.now() - job.every


def failing() -> list[ScheduledRun]:
    """Jobs whose last run failed."""
    return list(ScheduledRun.objects.filter(failures__gt=0))
