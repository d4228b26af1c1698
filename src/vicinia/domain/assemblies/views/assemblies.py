"""The list of assemblies, one of them, and its preparation: agenda and who is called by name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.assemblies import actions, papers, queries, rules
from vicinia.domain.assemblies.forms import PlanForm, PointForm, SeatsForm
from vicinia.domain.assemblies.models import Assembly, Point
from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock, registries
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view

STEPS = {"su": -1, "giu": 1}


@needs(Capability.SEE_PARTICIPATION)
def assemblies(request: HttpRequest) -> HttpResponse:
    """Those to come, those with minutes still open, and the others. 50 rows a page."""
    by = request.actor
    visible = queries.assemblies(by)
    views = {
        "prossime": (_("Prossime"), visible.to_come().soonest_first()),
        "verbali": (_("Verbali aperti"), queries.with_open_minutes(by).newest_first()),
        "tutte": (_("Tutte"), visible.newest_first()),
    }
    chosen, tabs = chosen_view(request, reverse("assemblies"), views)
    context = {
        "tabs": tabs,
        "page": page_of(request, queries.in_lines(views[chosen][1])),
        "may_run": rules.may_run(by),
        "may_set": rules.may_set_rules(by),
    }
    return page_or_part(request, "assemblies/assemblies.html", "assemblies/assembly_rows.html", context)


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare an assembly."""
    by = request.actor
    kind = request.GET.get("tipo", "")
    kind = kind if kind in AssemblyKind.values else AssemblyKind.ASSEMBLY
    form = PlanForm(request.POST or None, initial=queries.proposed_plan(kind))
    made: list[Assembly] = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.plan(by=by, kind=AssemblyKind(values["kind"]), new=form.plan()))

    answer = one_form(
        request,
        title=_("Nuova assemblea"),
        form=form,
        do=do,
        done=_("In preparazione. Ora scrivi l'ordine del giorno."),
        back=reverse("assemblies"),
        label=_("Vai all'ordine del giorno"),
    )
    return go_to(request, to_assembly(made[0])) if made else answer


def to_assembly(row: Assembly) -> str:
    """The address of an assembly's page."""
    return reverse("assembly", args=[row.reference])


@needs(Capability.SEE_PARTICIPATION)
def assembly(request: HttpRequest, reference: str) -> HttpResponse:
    """One assembly: when and where, about what, who is called, and the next thing to do."""
    by, today = request.actor, clock.today()
    row = queries.assembly_named(by, reference)
    points, seats = queries.points_of(row), queries.seats_of(row)
    is_held = row.state == AssemblyState.HELD
    minutes = queries.minutes_of(row) if is_held else None
    is_validated = minutes is not None and minutes.is_validated
    context = {
        "assembly": row,
        "areas": list(row.areas.defer("boundary")),
        "points": points,
        "seats": seats,
        "minutes": minutes,
        "resolutions": queries.resolutions_of(row) if is_held else [],
        "quorum": papers.quorum_words(row),
        "notice": rules.notice_of(row, today),
        "panels": registries.panels_at("assembly", by),
        "public_link": papers.page_link(row),
        "may_run": rules.may_run(by),
        "may_change": rules.may_change(by, row),
        "may_call": rules.may_call(
            by, row, points=len(points), entitled=queries.entitled_to(row, seats), today=today
        ),
        "may_mark": rules.may_mark(by, row),
        "may_begin": rules.may_begin(by, row, today),
        "may_cancel": rules.may_cancel(by, row, "x"),
        "may_decide": rules.may_decide(by, row, is_validated=is_validated),
    }
    return render(request, "assemblies/assembly.html", context)


@needs(Capability.RUN_PARTICIPATION)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what, when or where."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_change(by, row).require()
    form = PlanForm(request.POST or None, is_new=False, initial=PlanForm.values_of(row))

    def do(values: dict[str, Any]) -> Assembly:
        return actions.change(by=by, assembly=row, new=form.plan(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia i dati"),
        about=row,
        form=form,
        do=do,
        now=lambda: plan_shown(row),
        done=_("Salvato."),
        back=to_assembly(row),
    )


def plan_shown(row: Assembly) -> Shown:
    """What a slower writer sees of what a faster one saved."""
    return [
        (_("Titolo"), row.title),
        (_("Giorno"), row.day),
        (_("Ore"), f"{row.from_time:%H:%M}–{row.to_time:%H:%M}"),
        (_("Dove"), row.place),
        (_("Perché ci si trova"), row.invitation),
        (_("A che punto è"), row.get_state_display()),
    ]


# Agenda and people ------------------------------------------------------------------------------------------------


@needs(Capability.RUN_PARTICIPATION)
def add_point(request: HttpRequest, reference: str) -> HttpResponse:
    """Put something on the agenda."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_change(by, row).require()
    form = PointForm(request.POST or None)
    return one_form(
        request,
        title=_("Nuovo punto"),
        about=row,
        form=form,
        do=lambda _values: actions.add_point(by=by, assembly=row, new=form.point()),
        done=_("Punto aggiunto."),
        back=to_assembly(row),
    )


@needs(Capability.RUN_PARTICIPATION)
def change_point(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say a point in other words."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_change(by, row).require()
    point = queries.point_of(row, pk)
    form = PointForm(request.POST or None, initial=PointForm.values_of(point))

    def do(values: dict[str, Any]) -> Point:
        return actions.change_point(by=by, point=point, new=form.point(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=point,
        title=_("Cambia il punto"),
        about=row,
        form=form,
        do=do,
        now=lambda: [(_("Argomento"), point.title), (_("Spiegazione"), point.explained)],
        done=_("Salvato."),
        back=to_assembly(row),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def move_point(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Move a point up or down, or take it off."""
    by = request.actor
    point = queries.point_of(queries.assembly_named(by, reference), pk)
    where = request.POST.get("dove", "")
    if where in STEPS:
        actions.move_point(by=by, point=point, step=STEPS[where])
    else:
        actions.drop_point(by=by, point=point)
        messages.success(request, _("Punto tolto."))
    return go_to(request, f"{to_assembly(point.assembly)}#ordine-del-giorno")


@needs(Capability.RUN_PARTICIPATION)
def seats(request: HttpRequest, reference: str) -> HttpResponse:
    """Call more people by name."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_change(by, row).require()
    form = SeatsForm(request.POST or None, seats=queries.seats_of(row))
    return one_form(
        request,
        title=_("Chi è convocato per nome"),
        about=row,
        lead=_("Colleghi ed enti ricevono la convocazione per e-mail quando convochi."),
        form=form,
        do=lambda _values: actions.add_seats(by=by, assembly=row, new=form.seats()),
        done=_("Aggiunti."),
        back=to_assembly(row),
        label=_("Aggiungi"),
    )


@require_POST
@needs(Capability.RUN_PARTICIPATION)
def drop_seat(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    actions.drop_seat(by=by, seat=queries.seat_of(row, pk))
    messages.success(request, _("Tolto dall'elenco."))
    return go_to(request, to_assembly(row))
