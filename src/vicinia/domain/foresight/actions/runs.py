"""Runs: asked for, begun with counts that are frozen, ended with the alerts that came of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbelow

from django.db import transaction

from vicinia.domain.foresight import events, queries, repeating, rules
from vicinia.domain.foresight.actions.keeping import Keeping
from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.engine import Looked
from vicinia.domain.foresight.models import FrozenCounts, Run, RunInput
from vicinia.domain.foresight.states import RunKind, RunState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# A run that has said nothing for so long is held for dead. It says something every few seconds.
LEASE = dt.timedelta(minutes=10)
SETTINGS = ("budget", "longest_days", "radius_m", "history_days", "grid_m")
"""The settings that a run keeps."""


@dataclass(frozen=True)
class Found:
    """What was found in one input of a run."""

    input: RunInput
    looked: Looked


# ---------------------------------------------------------------- asking


@transaction.atomic
def ask_now(*, by: Actor) -> Run:
    """Ask for a look at the town up to this moment. The worker takes it up; a second one has to wait."""
    _bury_the_dead(by)
    rules.may_ask_run(by, queries.open_run(), queries.groups_in_use().count()).require()

    run = Run.objects.create(
        kind=RunKind.NOW,
        last_day=clock.today(),
        asked_by=by.name,
        seed=randbelow(2**31),
        settings=_in_force(),
    )

    journal.record(events.RUN_ASKED, by=by, about=run, day=run.last_day.isoformat())
    return run


@transaction.atomic
def queue_night(*, by: Actor, last_day: dt.date) -> Run | None:
    """The nightly run up to a day: made, or asked again if it failed; None while another run is open.

    Twice for the same day is the same run. Its seed is the day, so that it can be told in advance.
    """
    _bury_the_dead(by)
    run = queries.night_of(last_day)
    if queries.open_run() is not None or (run is not None and run.state == RunState.DONE):
        return run
    if run is None:
        run = Run.objects.create(
            kind=RunKind.NIGHT,
            last_day=last_day,
            asked_by=by.name,
            seed=last_day.toordinal(),
            settings=_in_force(),
        )
    else:
        run.enter(RunState.QUEUED, by=by, slot=1, error="", ended_at=None)
    journal.record(events.RUN_ASKED, by=by, about=run, day=last_day.isoformat())
    return run


def _in_force() -> dict[str, int]:
    watching = queries.watch_settings()
    return {name: getattr(watching, name) for name in SETTINGS}


def _bury_the_dead(by: Actor) -> None:
    run = Run.objects.select_for_update().filter(state=RunState.RUNNING).first()
    if run is not None and run.is_dead:
        _fail(by, run, "interrupted")


@transaction.atomic
def ask_again(*, by: Actor, run: Run) -> Run:
    """Ask again for a night that failed."""
    run = Run.objects.lock(run)
    rules.may_ask_run(by, queries.open_run(), queries.groups_in_use().count()).require()
    run.enter(RunState.QUEUED, by=by, slot=1, error="", ended_at=None)
    journal.record(events.RUN_ASKED, by=by, about=run, day=run.last_day.isoformat())
    return run


# ---------------------------------------------------------------- looking


@transaction.atomic
def begin_run(*, by: Actor, run: Run) -> Run:
    """Take a run up: the register is read and its counts are frozen, so that what is found can be computed again."""
    run = Run.objects.lock(run)
    run.enter(
        RunState.RUNNING,
        by=by,
        started_at=clock.now(),
        leased_until=clock.now() + LEASE,
        done=0,
        engine="",
        tests=0,
    )
    register = queries.read_register(run.last_day, run.settings["history_days"])
    grid = Grid(run.settings["grid_m"])
    run.inputs.all().delete()  # of an earlier try
    for group_id, categories in queries.categories_of_groups().items():
        counts = _frozen(register.counts(categories, grid))
        RunInput.objects.create(run=run, group_id=group_id, counts=counts)

    journal.record(events.RUN_BEGUN, by=by, about=run, day=run.last_day.isoformat())
    return run


def _frozen(counts: Counts) -> FrozenCounts:
    values = {"content": counts.packed(), "cases": counts.total, "places": len(counts.places)}
    row, _made = FrozenCounts.objects.get_or_create(fingerprint=counts.fingerprint, defaults=values)
    return row


@transaction.atomic
def note_progress(*, by: Actor, run: Run, done: int, total: int) -> None:
    """Say how far a run has come, and that it is alive."""
    Run.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        done=done, total=total, leased_until=clock.now() + LEASE
    )


@transaction.atomic
def fail_run(*, by: Actor, run: Run, error: str) -> Run:
    """End a run that could not be carried out. `error` is the kind of error, never its words."""
    run = Run.objects.lock(run)
    return _fail(by, run, error) if run.is_open else run


def _fail(by: Actor, run: Run, error: str) -> Run:
    run.enter(
        RunState.FAILED, by=by, reason=error, slot=None, ended_at=clock.now(), leased_until=None, error=error
    )
    journal.record(events.RUN_FAILED, by=by, about=run, day=run.last_day.isoformat())
    return run


@transaction.atomic
def finish_run(*, by: Actor, run: Run, found: Sequence[Found]) -> Run:
    """End a run: what passes the threshold of the night becomes alerts, what is known already is seen again.

    A run that was buried meanwhile, because it said nothing for long, changes nothing any more.
    """
    run = Run.objects.lock(run)
    if run.state != RunState.RUNNING:
        return run
    tests = rules.Tests(sum(one.looked.scans for one in found), sum(one.looked.trends for one in found))
    budget = run.settings["budget"]
    signals = [signal for one in found for signal in one.looked.signals]
    cutoff = rules.cutoff(
        [tests.weighed(signal.p_value, signal.method) for signal in signals], tests.all, budget
    )
    keeping = Keeping(by, run, lambda signal: tests.weighed(signal.p_value, signal.method) <= cutoff)
    for one in found:
        repeats = repeating.as_kept(one.looked.repeats)
        RunInput.objects.filter(pk=one.input.pk).update(signals=len(one.looked.signals), repeats=repeats)
        keeping.keep(one.input, one.looked)

    engines = sorted({one.looked.engine for one in found if one.looked.engine})
    run.enter(
        RunState.DONE, by=by, slot=None, ended_at=clock.now(), leased_until=None,
        engine=", ".join(engines)[:60], tests=tests.all, threshold_days=tests.threshold_days(budget),
        done=max(run.total, 1), total=max(run.total, 1),
    )  # fmt: skip
    journal.record(events.RUN_DONE, by=by, about=run, new=len(keeping.new), again=keeping.seen_again)
    keeping.tell()
    return run
