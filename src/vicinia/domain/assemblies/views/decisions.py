"""The register of decisions, and how each goes on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.assemblies import actions, queries, rules
from vicinia.domain.assemblies.forms import FollowForm, ResolutionForm
from vicinia.domain.assemblies.models import Resolution
from vicinia.domain.assemblies.states import AssemblyState, ResolutionState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view

DUE_DAYS = 30
# Who carries a decision out may be anybody who works on cases.
READERS = (Capability.SEE_PARTICIPATION, Capability.WORK_CASES)


@needs(*READERS)
def register(request: HttpRequest) -> HttpResponse:
    """All decisions: late ones, open ones, mine, all. 50 rows a page."""
    by = request.actor
    visible = queries.resolutions(by)
    views = {
        "aperte": (_("Da attuare"), visible.open()),
        "scadute": (_("In ritardo"), visible.overdue(clock.today())),
        "mie": (_("Le mie"), visible.of(by).open()),
        "tutte": (_("Tutte"), visible),
    }
    chosen, tabs = chosen_view(request, reverse("resolutions"), views)
    rows = views[chosen][1].in_lines().soonest_first()
    context = {
        "tabs": tabs,
        "page": page_of(request, rows),
        "progress": queries.progress_of(visible),
    }
    return page_or_part(request, "assemblies/resolutions.html", "assemblies/resolution_rows.html", context)


@needs(*READERS)
def resolution(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision, with what was said about how it goes, and the form that says it."""
    by = request.actor
    row = queries.resolution_named(by, reference)
    form = FollowForm(request.POST or None, resolution=row, initial=FollowForm.values_of(row))
    if request.method == "POST":

        def do(values: dict[str, Any]) -> Resolution:
            state = ResolutionState(values.pop("state"))
            return actions.follow_up(by=by, resolution=row, state=state, **values)

        return versioned_form(
            request,
            row=row,
            title=_("A che punto è"),
            about=row.reference,
            lead=row.words,
            form=form,
            do=do,
            now=lambda: _shown(row),
            done=_("Salvato."),
            back=reverse("resolution", args=[row.reference]),
        )
    is_validated = not rules.may_decide(by, row.assembly, is_validated=queries.is_validated(row.assembly))
    context = {
        "row": row,
        "follow_ups": list(queries.follow_ups_of(row)),
        "form": form,
        "may_follow": rules.may_follow(by, row, row.state, "x"),
        "may_take_back": not is_validated,
        "sees_assembly": by.can(Capability.SEE_PARTICIPATION),
    }
    return render(request, "assemblies/resolution.html", context)


def _shown(row: Resolution) -> Shown:
    newest = queries.follow_ups_of(row).first()
    return [
        (_("A che punto è"), row.get_state_display()),
        (_("Entro"), row.due_on),
        (_("Che cosa è successo"), newest.note if newest else ""),
    ]


@needs(Capability.RUN_PARTICIPATION)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter what was decided into the register."""
    by = request.actor
    row = queries.assembly_named(by, reference)
    rules.may_decide(by, row, is_validated=queries.is_validated(row)).require()
    initial = {"due_on": clock.today() + dt.timedelta(days=DUE_DAYS)}
    form = ResolutionForm(request.POST or None, points=queries.points_of(row), initial=initial)
    return one_form(
        request,
        title=_("Nuova decisione"),
        about=row,
        form=form,
        do=lambda _values: actions.add_resolution(by=by, assembly=row, new=form.resolution()),
        done=_("Decisione aggiunta al registro."),
        back=reverse("assembly_minutes", args=[row.reference])
        if row.state == AssemblyState.HELD
        else reverse("assembly", args=[row.reference]),
    )


@needs(Capability.RUN_PARTICIPATION)
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take out of the register what was not decided after all."""
    by = request.actor
    row = queries.resolution_named(by, reference)
    rules.may_decide(by, row.assembly, is_validated=queries.is_validated(row.assembly)).require()
    back = reverse("assembly_minutes", args=[row.assembly.reference])
    if request.method == "POST":
        actions.take_back_resolution(by=by, resolution=row)
        return go_to(request, back)
    return once_more(
        request,
        title=_("Togli la decisione"),
        sentence=_("La decisione esce dal registro. Fallo solo se non è stata presa."),
        label=_("Togli la decisione"),
        back=reverse("resolution", args=[row.reference]),
    )
