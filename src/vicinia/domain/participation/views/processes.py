"""Processes with their phases and assemblies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.assemblies.forms import PlanForm
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.participation import actions, queries, rules
from vicinia.domain.participation.forms import OutcomeForm, PhaseForm, ProcessForm
from vicinia.domain.participation.models import Phase, Process
from vicinia.domain.participation.states import ProcessState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form


@needs(Capability.SEE_PARTICIPATION)
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The panel of the laboratory's page: what of participation waits for somebody."""
    context = {"counts": queries.waiting(request.actor), "may_run": rules.may_run(request.actor)}
    return page_or_part(
        request, "participation/in_laboratory_page.html", "participation/in_laboratory.html", context
    )


@needs(Capability.SEE_PARTICIPATION)
def processes(request: HttpRequest) -> HttpResponse:
    """All processes, newest first. 50 rows a page."""
    by = request.actor
    rows = queries.in_lines(queries.processes(by).newest_first())
    context = {"page": page_of(request, rows), "may_run": rules.may_run(by)}
    return render(request, "participation/processes.html", context)


def to_process(row: Process) -> str:
    """The address of a process's page."""
    return reverse("process", args=[row.reference])


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a process."""
    by = request.actor
    form = ProcessForm(request.POST or None)
    made: list[Process] = []
    answer = one_form(
        request,
        title=_("Nuovo processo"),
        lead=_("Nessuno lo legge finché non lo apri."),
        form=form,
        do=lambda _values: made.append(actions.plan_process(by=by, new=form.plan())),
        done=_("In preparazione. Ora aggiungi le fasi."),
        back=reverse("processes"),
        label=_("Vai alle fasi"),
    )
    return go_to(request, to_process(made[0])) if made else answer


@needs(Capability.SEE_PARTICIPATION)
def process(request: HttpRequest, reference: str) -> HttpResponse:
    """One process: phases, assemblies, how many proposals."""
    by = request.actor
    row = queries.process_named(by, reference)
    phases = queries.phases_of(row)
    context = {
        "process": row,
        "areas": list(row.areas.defer("boundary")),
        "phases": [(phase, phase.is_on(clock.today())) for phase in phases],
        "assemblies": queries.assemblies_of(row),
        "idea_count": queries.ideas(by).filter(process=row).count(),
        "may_change": rules.may_change_process(by, row),
        "may_open": rules.may_enter(by, row, ProcessState.OPEN, phases=len(phases), outcome=""),
        "may_end": rules.may_enter(by, row, ProcessState.CONCLUDED, phases=len(phases), outcome="x"),
    }
    return render(request, "participation/process.html", context)


@needs(Capability.RUN_PARTICIPATION)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Say in other words what it is about."""
    by = request.actor
    row = queries.process_named(by, reference)
    rules.may_change_process(by, row).require()
    form = ProcessForm(request.POST or None, initial=ProcessForm.values_of(row))

    def do(values: dict[str, Any]) -> Process:
        return actions.change_process(
            by=by, process=row, new=form.plan(), seen_version=values["seen_version"]
        )

    return versioned_form(
        request,
        row=row,
        title=_("Cambia il processo"),
        about=row,
        form=form,
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_process(row),
    )


def _shown(row: Process) -> Shown:
    return [
        (_("Titolo"), row.title),
        (_("In breve"), row.summary),
        (_("Spiegazione"), row.body),
        (_("A che punto è"), row.get_state_display()),
    ]


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def open_process(request: HttpRequest, reference: str) -> HttpResponse:
    """Let everybody read it, or open it again."""
    row = queries.process_named(request.actor, reference)
    actions.enter_process(by=request.actor, process=row, state=ProcessState.OPEN)
    messages.success(request, _("Aperto: adesso lo leggono tutti."))
    return go_to(request, to_process(row))


@needs(Capability.RUN_PARTICIPATION)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End it with what came of it."""
    by = request.actor
    row = queries.process_named(by, reference)
    rules.may_enter(by, row, ProcessState.CONCLUDED, phases=1, outcome="x").require()

    def do(values: dict[str, Any]) -> Process:
        state = ProcessState(values.pop("state"))
        return actions.enter_process(by=by, process=row, state=state, **values)

    return versioned_form(
        request,
        row=row,
        title=_("Concludi il processo"),
        about=row,
        form=OutcomeForm(request.POST or None, initial={"seen_version": row.version}),
        do=do,
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_process(row),
    )


# Phases and assemblies --------------------------------------------------------------------------------------------


@needs(Capability.RUN_PARTICIPATION)
def add_phase(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a phase."""
    by = request.actor
    row = queries.process_named(by, reference)
    rules.may_change_process(by, row).require()
    form = PhaseForm(request.POST or None)
    return one_form(
        request,
        title=_("Nuova fase"),
        about=row,
        form=form,
        do=lambda _values: actions.add_phase(by=by, process=row, new=form.phase()),
        done=_("Fase aggiunta."),
        back=to_process(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def change_phase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change when a phase is, or what is decided."""
    by = request.actor
    row = queries.process_named(by, reference)
    rules.may_change_process(by, row).require()
    phase = queries.phase_of(row, pk)
    form = PhaseForm(request.POST or None, initial=PhaseForm.values_of(phase))

    def do(values: dict[str, Any]) -> Phase:
        return actions.change_phase(by=by, phase=phase, new=form.phase(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=phase,
        title=_("Cambia la fase"),
        about=row,
        form=form,
        do=do,
        now=lambda: [
            (_("Titolo"), phase.title),
            (_("Dal"), phase.from_day),
            (_("Al"), phase.to_day),
            (_("Che cosa si decide"), phase.decides),
        ],
        done=_("Salvato."),
        back=to_process(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def drop_phase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a phase away."""
    row = queries.process_named(request.actor, reference)
    actions.drop_phase(by=request.actor, phase=queries.phase_of(row, pk))
    messages.success(request, _("Fase tolta."))
    return go_to(request, to_process(row))


@needs(Capability.RUN_PARTICIPATION)
def plan_assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """Prepare an assembly or a workshop of this process."""
    by = request.actor
    row = queries.process_named(by, reference)
    rules.may_change_process(by, row).require()
    form = PlanForm(request.POST or None, initial=assemblies.proposed_plan(AssemblyKind.WORKSHOP))
    made: list[Assembly] = []

    def do(values: dict[str, Any]) -> None:
        today_phase = next((one for one in queries.phases_of(row) if one.is_on(values["day"])), None)
        kind = AssemblyKind(values["kind"])
        made.append(actions.plan_assembly(by=by, process=row, kind=kind, new=form.plan(), phase=today_phase))

    answer = one_form(
        request,
        title=_("Nuova assemblea del processo"),
        about=row,
        form=form,
        do=do,
        done=_("In preparazione. Ora scrivi l'ordine del giorno."),
        back=to_process(row),
        label=_("Vai all'ordine del giorno"),
    )
    return go_to(request, reverse("assembly", args=[made[0].reference])) if made else answer


@needs(Capability.SEE_PARTICIPATION)
def of_assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of an assembly's page: which process it belongs to."""
    assembly = assemblies.assembly_named(request.actor, reference)
    context = {"assembly": assembly, "process": queries.process_of(assembly)}
    return page_or_part(
        request, "participation/of_assembly_page.html", "participation/of_assembly.html", context
    )
