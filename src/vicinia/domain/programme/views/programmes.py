"""Programmes with their axes, conventions and committee; how far they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.assemblies.forms import PlanForm
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.programme import actions, queries, rules
from vicinia.domain.programme.drawing import Point, Row, Timeline, timeline
from vicinia.domain.programme.forms import (
    AxisForm,
    ConventionForm,
    MandateForm,
    MemberForm,
    ProgrammeForm,
)
from vicinia.domain.programme.models import ActionSheet, Milestone, Programme
from vicinia.domain.programme.states import ProgrammeState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form, versioned_form

SHOWN = 8


def to_programme(row: Programme) -> str:
    """The address of a programme's page."""
    return reverse("programme", args=[row.reference])


def drawn(
    programme: Programme, sheets: list[ActionSheet], milestones: dict[int, list[Milestone]], *, linked: bool
) -> Timeline:
    """The stripes of these sheets."""
    rows = [
        Row(
            str(row),
            row.from_day,
            row.to_day,
            row.get_state_display(),
            [Point(one.title, one.planned_on, one.expected_on, one.done_on) for one in milestones[row.pk]],
            reverse("action_sheet", args=[row.pk]) if linked else "",
        )
        for row in sheets
    ]
    return timeline(rows, programme.from_day, programme.to_day, clock.today())


@needs(Capability.SEE_PROGRAMME)
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The panel of the laboratory's page."""
    by = request.actor
    rows = queries.in_lines(queries.programmes(by).newest_first())[:SHOWN]
    due = queries.milestones_due(by, clock.today())
    context = {
        "rows": rows,
        "due": due.count(),
        "reports": queries.reports(by).open().count(),
        "may_keep": rules.may_keep(by),
    }
    return page_or_part(request, "programme/in_laboratory_page.html", "programme/in_laboratory.html", context)


@needs(Capability.SEE_PROGRAMME)
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes, newest first."""
    by = request.actor
    rows = queries.in_lines(queries.programmes(by).newest_first())
    context = {"page": page_of(request, rows), "may_keep": rules.may_keep(by)}
    return render(request, "programme/programmes.html", context)


@needs(Capability.KEEP_PROGRAMME)
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare a programme."""
    by = request.actor
    form = ProgrammeForm(request.POST or None)
    made: list[Programme] = []
    answer = one_form(
        request,
        title=_("Nuovo programma"),
        lead=_("Il contratto con chi finanzia: dopo aggiungi assi, schede e comitato."),
        form=form,
        do=lambda _values: made.append(actions.plan_programme(by=by, new=form.plan())),
        done=_("In preparazione. Ora aggiungi gli assi e le schede."),
        back=reverse("programmes"),
    )
    return go_to(request, to_programme(made[0])) if made else answer


@needs(Capability.SEE_PROGRAMME)
def programme(request: HttpRequest, reference: str) -> HttpResponse:
    """One programme: sheets on their timeline, committee, conventions, reports."""
    by = request.actor
    row = queries.programme_named(by, reference)
    sheets, milestones = queries.sheets_of(row), queries.milestones_of(row)
    totals = queries.totals_of(row)
    conventions = queries.conventions_of(row)
    files = attachments.of_each(conventions)
    members = queries.members_of(row)
    today = clock.today()
    sitting = [one for one in members if one.from_day <= today and (not one.to_day or one.to_day >= today)]
    decisions = queries.decisions_of(by, row)
    context = {
        "programme": row,
        "axes": [(axis, [(one, totals[one.pk]) for one in sheets if one.axis_id == axis.pk]) for axis in queries.axes_of(row)],
        "total": queries.total_of(totals.values()),
        "timeline": drawn(row, sheets, milestones, linked=True) if sheets else None,
        "members": members,
        "lacking": row.resident_seats - queries.residents_among(sitting),
        "sittings": queries.sittings_of(by, row)[:SHOWN],
        "decisions": decisions.in_lines().open().soonest_first()[:SHOWN],
        "late": decisions.overdue(today).count(),
        "conventions": [(one, files[one.pk]) for one in conventions],
        "reports": queries.reports(by).filter(programme=row).newest_first()[:SHOWN],
        "may_change": rules.may_change(by, row),
        "may_convene": rules.may_convene(by, row, members=len(sitting)),
        "may_begin": rules.may_enter(by, row, ProgrammeState.ACTIVE, sheets=len(sheets)),
        "may_close": rules.may_enter(by, row, ProgrammeState.CLOSED, sheets=len(sheets)),
    }  # fmt: skip
    return render(request, "programme/programme.html", context)


@needs(Capability.KEEP_PROGRAMME)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what the contract says."""
    by = request.actor
    row = queries.programme_named(by, reference)
    form = ProgrammeForm(request.POST or None, initial=ProgrammeForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il programma"),
        about=row.title,
        form=form,
        do=lambda values: actions.change_programme(
            by=by, programme=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Titolo"), row.title), (_("Dal"), row.from_day), (_("Al"), row.to_day)],
        done=_("Salvato."),
        back=to_programme(row),
    )


@require_POST
@needs(Capability.SIGN_PROGRAMME)
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin, conclude or reopen."""
    row = queries.programme_named(request.actor, reference)
    state = request.POST.get("state", "")
    if state not in ProgrammeState.values:
        raise NotVisible
    actions.enter_programme(by=request.actor, programme=row, state=ProgrammeState(state))
    messages.success(request, _("Fatto."))
    return go_to(request, to_programme(row))


@needs(Capability.KEEP_PROGRAMME)
def add_axis(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a front."""
    by = request.actor
    row = queries.programme_named(by, reference)

    def do(values: dict[str, Any]) -> None:
        actions.add_axis(by=by, programme=row, kind=values["kind"], title=values["title"])

    form = AxisForm(request.POST or None)
    return one_form(
        request, title=_("Nuovo asse"), about=row.title, form=form, do=do, done=_("Aggiunto."), back=to_programme(row)
    )  # fmt: skip


@needs(Capability.KEEP_PROGRAMME)
def change_axis(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Call a front in another way."""
    by = request.actor
    row = queries.programme_named(by, reference)
    axis = queries.axis_of(row, pk)
    values = {"kind": axis.kind, "title": axis.title, "seen_version": axis.version}
    return versioned_form(
        request,
        row=axis,
        title=_("Cambia l'asse"),
        about=row.title,
        form=AxisForm(request.POST or None, initial=values),
        do=lambda values: actions.change_axis(by=by, axis=axis, **values),
        now=lambda: [(_("Titolo"), axis.title)],
        done=_("Salvato."),
        back=to_programme(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Note a signature."""
    by = request.actor
    row = queries.programme_named(by, reference)
    form = ConventionForm(request.POST or None, request.FILES or None)
    return one_form(
        request,
        title=_("Contratto o convenzione"),
        about=row.title,
        form=form,
        do=lambda _values: actions.sign_convention(by=by, programme=row, new=form.new()),
        done=_("Registrato."),
        back=to_programme(row),
    )


@needs(Capability.SEE_PROGRAMME)
def convention_file(request: HttpRequest, reference: str, pk: int, name: str) -> HttpResponseBase:
    """The signed text."""
    row = queries.convention_of(queries.programme_named(request.actor, reference), pk)
    return stream(request, attachments.named(row, name))


# The committee ----------------------------------------------------------------------------------------------------


@needs(Capability.KEEP_PROGRAMME)
def seat(request: HttpRequest, reference: str) -> HttpResponse:
    """Give somebody a seat."""
    by = request.actor
    row = queries.programme_named(by, reference)
    form = MemberForm(request.POST or None, initial={"from_day": clock.today()})
    return one_form(
        request,
        title=_("Nuovo componente del comitato"),
        about=row.title,
        form=form,
        do=lambda _values: actions.seat_member(by=by, programme=row, new=form.new()),
        done=_("Aggiunto."),
        back=to_programme(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def end_mandate(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A mandate ends."""
    by = request.actor
    row = queries.programme_named(by, reference)
    member = queries.member_of(row, pk)
    form = MandateForm(request.POST or None, initial={"on": clock.today()})
    return one_form(
        request,
        title=_("Finisce il mandato"),
        about=row.reference,
        lead=member.name,
        form=form,
        do=lambda values: actions.end_mandate(by=by, member=member, **values),
        done=_("Salvato."),
        back=to_programme(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def convene(request: HttpRequest, reference: str) -> HttpResponse:
    """Prepare a meeting of the committee."""
    by = request.actor
    row = queries.programme_named(by, reference)
    form = PlanForm(
        request.POST or None,
        is_new=False,
        initial=assemblies.proposed_plan(AssemblyKind.COMMITTEE) | {"title": _("Comitato di attuazione")},
    )
    made: list[Assembly] = []
    answer = one_form(
        request,
        title=_("Convoca il comitato"),
        lead=_("Chi ne fa parte quel giorno è già nell'elenco. Dopo scrivi l'ordine del giorno e convochi."),
        about=row.title,
        form=form,
        do=lambda _values: made.append(actions.convene(by=by, programme=row, new=form.plan())),
        done=_("In preparazione. Ora scrivi l'ordine del giorno."),
        back=to_programme(row),
        label=_("Vai all'ordine del giorno"),
    )
    return go_to(request, reverse("assembly", args=[made[0].reference])) if made else answer


@needs(Capability.SEE_PROGRAMME)
def of_assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of an assembly's page: the programme whose committee it is."""
    assembly = assemblies.assembly_named(request.actor, reference)
    context = {"assembly": assembly, "programme": queries.programme_of(request.actor, assembly)}
    return page_or_part(request, "programme/of_assembly_page.html", "programme/of_assembly.html", context)


# How far they are -------------------------------------------------------------------------------------------------


@needs(Capability.SEE_PROGRESS)
def all_progress(request: HttpRequest) -> HttpResponse:
    """The programmes that have begun, for who reads only how far they are."""
    rows = queries.in_lines(queries.programmes_told(request.actor).newest_first())
    return render(request, "programme/all_progress.html", {"page": page_of(request, rows)})


@needs(Capability.SEE_PROGRESS)
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """How far a programme is: numbers and days, no activity and nobody's name."""
    row = queries.programme_told(request.actor, reference)
    sheets, milestones = queries.sheets_of(row), queries.milestones_of(row)
    totals = queries.totals_of(row)
    each = [one for found in milestones.values() for one in found]
    context = {
        "programme": row,
        "sheets": [(one, totals[one.pk]) for one in sheets],
        "total": queries.total_of(totals.values()),
        "timeline": drawn(row, sheets, milestones, linked=False) if sheets else None,
        "reached": sum(1 for one in each if one.done_on),
        "late": sum(1 for one in each if one.is_late),
        "milestones": len(each),
    }
    return render(request, "programme/progress.html", context)
