"""Reads about runs, and about what each of them read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from vicinia.domain.foresight import repeating
from vicinia.domain.foresight.counts import Counts
from vicinia.domain.foresight.models import (
    Alert,
    FrozenCounts,
    KindGroup,
    Recomputation,
    Run,
    RunInput,
    RunRows,
)
from vicinia.domain.foresight.states import RunKind, RunState
from vicinia.foundation.kernel.actor import Actor


def runs() -> RunRows:
    """Every run, the latest first."""
    return Run.objects.order_by("-id")


def run_numbered(pk: int) -> Run:
    """The run of this number (404 otherwise)."""
    row: Run = Run.objects.one(pk=pk)
    return row


def open_run() -> Run | None:
    """The run that waits or is carried out, if there is one."""
    row: Run | None = Run.objects.open().first()
    return row


def next_queued() -> Run | None:
    """The run that waits for the worker."""
    row: Run | None = Run.objects.filter(state=RunState.QUEUED).first()
    return row


def night_of(day: dt.date) -> Run | None:
    """The nightly run up to a day, whatever came of it."""
    row: Run | None = Run.objects.filter(kind=RunKind.NIGHT, last_day=day).first()
    return row


def last_done() -> Run | None:
    """The last run that ended well."""
    row: Run | None = Run.objects.done().order_by("-ended_at", "-id").first()
    return row


def tried(run: Run) -> int:
    """How many times a run was begun."""
    return run.state_moves.filter(to_state=RunState.RUNNING).count()


def inputs_of(run: Run) -> list[RunInput]:
    """What a run reads, group by group in their order."""
    return list(run.inputs.select_related("group", "counts").order_by("group__position", "group_id"))


def counts_of(frozen: FrozenCounts) -> Counts:
    """The counts that were frozen. Raises ValueError if they are no longer what was written."""
    return Counts.unpacked(bytes(frozen.content), frozen.fingerprint)


def counts_behind(alert: Alert) -> Counts:
    """The counts in which an alert was found."""
    row: RunInput = RunInput.objects.select_related("counts").one(
        run_id=alert.run_id, group_id=alert.group_id
    )
    return counts_of(row.counts)


def recomputations_of(alert: Alert) -> QuerySet[Recomputation]:
    """When an alert was computed again, the latest first."""
    return Recomputation.objects.filter(alert=alert).order_by("-id")


def recomputations_waiting() -> QuerySet[Recomputation]:
    """What somebody asked to compute again and nobody has yet, oldest first."""
    return Recomputation.objects.filter(ended_at__isnull=True).select_related("alert__run").order_by("id")


@dataclass(frozen=True, slots=True)
class RepeatsShown:
    """Where the reports of a group repeat, for one reader: `elsewhere` places are in areas that are not theirs."""

    group: KindGroup
    day: dt.date
    kept: repeating.KeptRepeats | None
    places: list[repeating.NamedPlace]
    elsewhere: int


def groups_looked_at() -> list[KindGroup]:
    """The groups of the last run that ended."""
    run = last_done()
    return (
        [row.group for row in run.inputs.select_related("group").order_by("group__position", "group_id")]
        if run
        else []
    )


def repeats_of(by: Actor, group: KindGroup) -> RepeatsShown | None:
    """What the last run that ended kept of where the reports of a group repeat, in the areas that `by` sees. Two queries."""
    run = last_done()
    row = run.inputs.filter(group=group).first() if run else None
    if run is None or row is None:
        return None
    kept = repeating.from_kept(row.repeats)
    places = kept.places if kept else []
    seen = [
        place for place in places if by.everywhere or place.area_id is None or place.area_id in by.area_ids
    ]
    return RepeatsShown(group, run.last_day, kept, seen, len(places) - len(seen))
