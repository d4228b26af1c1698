"""What a worker does: empty the outbox, run what is due."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from vicinia.config import actions, queries
from vicinia.config.schedule import SCHEDULE, Scheduled
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import jobs as notifications

logger = logging.getLogger(__name__)


def work_once(*, messages: int, schedule: Iterable[Scheduled] = SCHEDULE) -> int:
    """Run what is due, then deliver up to `messages`. How many messages were tried."""
    run_due(schedule)
    return notifications.deliver_due(messages)


def run_due(schedule: Iterable[Scheduled] = SCHEDULE) -> list[str]:
    """Run each job whose turn has come, unless another worker has it. The names of those that were run."""
    worker = Actor.job("worker")
    return [
        job.name for job in queries.due(schedule) if actions.start(by=worker, job=job) and _run(worker, job)
    ]


def _run(worker: Actor, job: Scheduled) -> bool:
    try:
        job.run()
    except Exception as error:  # a job that fails must stop neither the others nor the worker
        logger.exception("The scheduled job %s failed", job.name)
        actions.fail(by=worker, job=job, error=error)
    else:
        actions.finish(by=worker, job=job)
    return True
