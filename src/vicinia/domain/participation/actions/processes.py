"""A process is prepared, opened, lived through in phases with its assemblies, and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.participation import events, queries, rules
from vicinia.domain.participation.models import Phase, Process, ProcessAssembly
from vicinia.domain.participation.states import ProcessState
from vicinia.domain.territory.models import Area
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class ProcessPlan:
    """What a process is about, for which part of the town."""

    title: str
    summary: str
    body: str = ""
    areas: Sequence[Area] = ()


@dataclass(frozen=True)
class NewPhase:
    """From when to when, what is decided and where."""

    title: str
    from_day: dt.date
    to_day: dt.date
    decides: str = ""
    where: str = ""
    takes_ideas: bool = False


@transaction.atomic
def plan_process(*, by: Actor, new: ProcessPlan) -> Process:
    """Begin to prepare a process; nobody outside reads it until it is opened."""
    rules.may_run(by).require()

    row = Process.objects.create(
        reference=f"P{next_reference('process')}",
        title=new.title,
        summary=new.summary,
        body=new.body,
        by_name=by.name,
    )
    row.areas.set(new.areas)

    journal.record(events.PLANNED, by=by, about=row)
    return row


@transaction.atomic
def change_process(*, by: Actor, process: Process, new: ProcessPlan, seen_version: int | None) -> Process:
    """Say in other words what it is about."""
    row = queries.locked_process(process).require_version(seen_version, yours=new)
    rules.may_change_process(by, row).require()

    row.title, row.summary, row.body = new.title, new.summary, new.body
    row.save()
    row.areas.set(new.areas)

    journal.record(events.CHANGED, by=by, about=row)
    return row


@transaction.atomic
def add_phase(*, by: Actor, process: Process, new: NewPhase) -> Phase:
    """Add a phase."""
    row = queries.locked_process(process)
    rules.may_change_process(by, row).require()
    rules.may_have_phases(row.phases.count() + 1).require()
    phase = Phase(process=row, **{one.name: getattr(new, one.name) for one in fields(new)})
    rules.may_have_phase(phase).require()

    phase.save(force_insert=True)

    journal.record(events.PHASED, by=by, about=row)
    return phase


@transaction.atomic
def change_phase(*, by: Actor, phase: Phase, new: NewPhase, seen_version: int | None) -> Phase:
    """Change when a phase is, or what is decided in it."""
    process = queries.locked_process(phase.process)
    row = queries.phase_of(process, phase.pk).require_version(seen_version, yours=new)
    rules.may_change_process(by, process).require()
    for one in fields(new):
        setattr(row, one.name, getattr(new, one.name))
    rules.may_have_phase(row).require()

    row.save()

    journal.record(events.PHASED, by=by, about=process)
    return row


@transaction.atomic
def drop_phase(*, by: Actor, phase: Phase) -> None:
    """Take a phase away; its assemblies stay in the process."""
    process = queries.locked_process(phase.process)
    rules.may_change_process(by, process).require()

    phase.delete()

    journal.record(events.PHASED, by=by, about=process)


@transaction.atomic
def enter_process(
    *, by: Actor, process: Process, state: ProcessState, outcome: str = "", seen_version: int | None = None
) -> Process:
    """Open a process, or end it with what came of it; an ended one can be opened again."""
    row = queries.locked_process(process).require_version(seen_version, yours=outcome)
    rules.may_enter(by, row, state, phases=row.phases.count(), outcome=outcome).require()

    row.enter(state, by=by, outcome=outcome.strip(), state_since=clock.now())

    label = journal.kept(ProcessState(state).label)
    journal.record(events.ENTERED, by=by, about=row, state=label)
    return row


@transaction.atomic
def plan_assembly(
    *,
    by: Actor,
    process: Process,
    kind: AssemblyKind,
    new: assemblies.AssemblyPlan,
    phase: Phase | None = None,
) -> Assembly:
    """Prepare an assembly or a workshop of a process."""
    row = queries.locked_process(process)
    rules.may_change_process(by, row).require()

    assembly = assemblies.plan(by=by, kind=kind, new=new)
    ProcessAssembly.objects.create(process=row, phase=phase, assembly=assembly)

    journal.record(events.LINKED, by=by, about=row, assembly=assembly.reference)
    return assembly
