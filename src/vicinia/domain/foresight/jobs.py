"""What the worker does for early warning: the look of each night, the one that somebody asked for, computing again."""

from __future__ import annotations

import datetime as dt
import logging
import time

from django.utils import timezone

from vicinia.domain.foresight import actions, engine, queries
from vicinia.domain.foresight.counts import Counts
from vicinia.domain.foresight.engine import Looked, Looking
from vicinia.domain.foresight.models import Alert, Recomputation, Run
from vicinia.domain.foresight.states import RunState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

logger = logging.getLogger(__name__)
JOB = Actor.job("foresight.watch")
# The day is over for every report that somebody typed late in the evening.
NIGHT_BEGINS = dt.time(2)
# A night that failed is tried again so often, so much later each time.
TRIES, WAIT = 3, dt.timedelta(hours=1)
_TOLD_EVERY = 1.0  # seconds


def watch() -> int:
    """Queue the night if it is due, carry out what waits, compute again what somebody asked; how many things were done."""
    queue_night()
    done = 0
    while (run := queries.next_queued()) is not None:
        carry_out(run)
        done += 1
    for row in queries.recomputations_waiting():
        recompute(row)
        done += 1
    return done


def queue_night() -> Run | None:
    """The run of last night, once it is late enough and unless it has failed too often; None if there is none to make."""
    now = timezone.localtime(clock.now())
    last_day = clock.today() - dt.timedelta(days=1)
    run = queries.night_of(last_day)
    if now.time() < NIGHT_BEGINS or (run is not None and not _may_try_again(run)):
        return None
    if not queries.groups_in_use().exists() and not actions.propose_groups(by=JOB):
        return None
    return actions.queue_night(by=JOB, last_day=last_day)


def _may_try_again(run: Run) -> bool:
    if run.is_dead:
        return True
    waited = run.ended_at is not None and run.ended_at + WAIT <= clock.now()
    return run.state == RunState.FAILED and waited and queries.tried(run) < TRIES


def carry_out(run: Run) -> Run:
    """Carry out a queued run, here and now. What goes wrong is kept with it, by its kind only."""
    run = actions.begin_run(by=JOB, run=run)
    try:
        found = _look(run)
        return actions.finish_run(by=JOB, run=run, found=found)
    except Exception as error:
        logger.exception("The search for alerts up to %s failed", run.last_day)
        return actions.fail_run(by=JOB, run=run, error=type(error).__name__)


def _look(run: Run) -> list[actions.Found]:
    inputs = queries.inputs_of(run)
    progress = _Progress(run, len(inputs))
    found = []
    for number, row in enumerate(inputs):
        progress.begin(number)
        looked = look(run, queries.counts_of(row.counts), progress)
        found.append(actions.Found(row, looked))
    return found


def look(run: Run, counts: Counts, progress: engine.Progress | None = None) -> Looked:
    """What the engine finds in some counts, as this run looks: the same again and again."""
    looking = Looking(longest_days=run.settings["longest_days"], radius_m=run.settings["radius_m"])
    return engine.look(counts, looking, seed=run.seed, progress=progress)


class _Progress:
    """Tells how far a run is, a group being a hundred steps of it, at most once a second."""

    STEPS = 100

    def __init__(self, run: Run, groups: int) -> None:
        self.run, self.total, self.before, self.told = run, groups * self.STEPS, 0, 0.0

    def begin(self, number: int) -> None:
        """The group of this number begins."""
        self.before = number * self.STEPS
        self(0, 1)

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told >= _TOLD_EVERY:
            self.told = time.monotonic()
            steps = self.before + self.STEPS * done // max(total, 1)
            actions.note_progress(by=JOB, run=self.run, done=steps, total=self.total)


def recompute(row: Recomputation) -> Recomputation:
    """Compute an alert again from what its run kept, and keep whether the same comes out."""
    found, engine_name = _found_again(row.alert)
    return actions.keep_recomputed(by=JOB, row=row, same=found, engine=engine_name)


def _found_again(alert: Alert) -> tuple[engine.Signal | None, str]:
    looked = look(alert.run, queries.counts_behind(alert))
    cells = frozenset(alert.cells)
    same = [
        s for s in looked.signals if s.method == alert.method and (frozenset(s.cells) & cells or not cells)
    ]
    return (same[0] if same else None), looked.engine
