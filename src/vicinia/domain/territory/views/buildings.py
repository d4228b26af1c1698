"""Pages of the desk on buildings: found, looked at stair by stair, kept in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.territory import actions, queries, rules
from vicinia.domain.territory.forms import BuildingForm, BuildingsFilter, DoorsForm, DwellingForm, StairForm
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form

HISTORY_LINES = 30
_SEEING = (Capability.SEE_CASES, Capability.EDIT_BUILDINGS, Capability.EDIT_TERRITORY)


@needs(*_SEEING)
def buildings(request: HttpRequest) -> HttpResponse:
    """The buildings of the town, found by name or address."""
    by = request.actor
    filters = BuildingsFilter(request.GET)
    page = page_of(request, queries.buildings(by, **filters.asked))
    sizes = queries.sizes_of(page)
    context = {
        "filters": filters,
        "page": page,
        "lines": [(building, sizes[building.pk]) for building in page],
        "may_edit": rules.may_edit_buildings(by),
    }
    return render(request, "territory/buildings.html", context)


@needs(*_SEEING)
def building(request: HttpRequest, code: str) -> HttpResponse:
    """One building with its stairs, and what other subjects know of it."""
    by = request.actor
    row = queries.building_named(by, code)
    stairs = queries.stairs_of([row], retired=True)
    counts = queries.stair_counts(stairs)
    context = {
        "building": row,
        "stairs": [(stair, counts[stair.pk]) for stair in stairs],
        "panels": panels_at("building", by),
        "may_edit": rules.may_edit_buildings(by),
        "may_retire": rules.may_retire_standing(by, row),
        "may_restore": rules.may_restore_standing(by, row),
        "chronology": timeline([about_ref(row)], limit=HISTORY_LINES),
    }
    return render(request, "territory/building.html", context)


@needs(*_SEEING)
def stair(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One stair with its doors, from the ground up."""
    by = request.actor
    row = queries.stair_of(queries.building_named(by, code), pk)
    context = {
        "stair": row,
        "doors": queries.doors_by_stair([row], retired=True)[row.pk],
        "may_edit": rules.may_edit_buildings(by),
        "may_retire": rules.may_retire_standing(by, row),
        "may_restore": rules.may_restore_standing(by, row),
    }
    return render(request, "territory/stair.html", context)


@needs(*_SEEING)
def export(request: HttpRequest) -> HttpResponseBase:
    """Every dwelling as a file that comes in again unchanged."""
    header = queries.EXPORTED.values()
    return csv_export.response("edifici.csv", header=header, rows=queries.export_rows(request.actor))


# Buildings ----------------------------------------------------------------------------------------------------------


@needs(Capability.EDIT_BUILDINGS)
def add_building(request: HttpRequest) -> HttpResponse:
    """A building that was not known."""
    form = BuildingForm(request.POST or None)
    if form.is_valid():
        row = actions.add_building(by=request.actor, details=form.details, location=form.location)
        messages.success(request, _("«%(name)s» aggiunto: ora aggiungi le sue scale.") % {"name": row.name})
        return go_to(request, reverse("building", args=[row.code]))
    context: dict[str, Any] = {
        "title": _("Nuovo edificio"),
        "about": "",
        "form": form,
        "conflict": None,
        "now": (),
        "version": "",
        "back": reverse("buildings"),
        "lead": "",
        "label": "",
        "has_map": True,
    }
    return render(request, "look/act_versioned.html", context, status=422 if form.is_bound else 200)


@needs(Capability.EDIT_BUILDINGS)
def change_building(request: HttpRequest, code: str) -> HttpResponse:
    """Put a building right."""
    row = queries.building_named(request.actor, code)
    form = BuildingForm(request.POST or None, initial=BuildingForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi l'edificio"),
        about=row,
        form=form,
        do=lambda values: actions.change_building(
            by=request.actor,
            building=row,
            details=form.details,
            location=form.location,
            seen_version=values["seen_version"],
        ),
        now=lambda: _building_now(row),
        done=_("Edificio corretto."),
        back=reverse("building", args=[code]),
        has_map=True,
    )


def _building_now(row: Building) -> Shown:
    return [
        (_("Nome"), row.name),
        (_("Luogo"), row.where),
        (_("Chi lo gestisce"), row.manager),
        (_("Anno di costruzione"), row.built_year),
    ]


@needs(Capability.EDIT_BUILDINGS)
def retire_building(request: HttpRequest, code: str) -> HttpResponse:
    """Take a building out of use, asked once more."""
    row = queries.building_named(request.actor, code)
    return _retiring(
        request,
        row=row,
        title=_("Togliere dall'uso «%(name)s»?") % {"name": row.name},
        retire=lambda: actions.retire_building(by=request.actor, building=row),
        undo=reverse("restore_building", args=[code]),
        back=reverse("building", args=[code]),
    )


@needs(Capability.EDIT_BUILDINGS)
def restore_building(request: HttpRequest, code: str) -> HttpResponse:
    """Put a building back into use."""
    row = queries.building_named(request.actor, code)
    if request.method == "POST":
        actions.restore_building(by=request.actor, building=row)
        messages.success(request, _("Rimesso in uso."))
    return go_to(request, reverse("building", args=[code]))


# Stairs -------------------------------------------------------------------------------------------------------------


@needs(Capability.EDIT_BUILDINGS)
def add_stair(request: HttpRequest, code: str) -> HttpResponse:
    """A stair of a building."""
    row = queries.building_named(request.actor, code)
    form = StairForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi una scala"),
        about=row,
        form=form,
        do=lambda values: actions.add_stair(by=request.actor, building=row, details=form.details),
        done=_("Scala aggiunta."),
        back=reverse("building", args=[code]),
    )


@needs(Capability.EDIT_BUILDINGS)
def change_stair(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a stair right."""
    row = queries.stair_of(queries.building_named(request.actor, code), pk)
    form = StairForm(request.POST or None, initial=StairForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi la scala"),
        about=row.building,
        form=form,
        do=lambda values: actions.change_stair(
            by=request.actor, stair=row, details=form.details, seen_version=values["seen_version"]
        ),
        now=lambda: _stair_now(row),
        done=_("Scala corretta."),
        back=_stair_url(row),
    )


def _stair_now(row: Stair) -> Shown:
    return [
        (_("Nome"), row.name),
        (_("Numero civico"), row.civic_number),
        (_("Piani"), row.floors),
        (_("Ascensore"), _yes_or_no(row.has_lift)),
        (_("Si entra senza gradini"), _yes_or_no(row.is_step_free)),
    ]


def _yes_or_no(value: bool | None) -> str:
    return {True: _("sì"), False: _("no"), None: ""}[value]


def _stair_url(row: Stair) -> str:
    return reverse("stair", args=[row.building.code, row.pk])


@needs(Capability.EDIT_BUILDINGS)
def retire_stair(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a stair out of use, asked once more."""
    row = queries.stair_of(queries.building_named(request.actor, code), pk)
    return _retiring(
        request,
        row=row,
        title=_("Togliere dall'uso la scala %(name)s?") % {"name": row.name},
        retire=lambda: actions.retire_stair(by=request.actor, stair=row),
        undo=reverse("restore_stair", args=[code, pk]),
        back=_stair_url(row),
    )


@needs(Capability.EDIT_BUILDINGS)
def restore_stair(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a stair back into use."""
    row = queries.stair_of(queries.building_named(request.actor, code), pk)
    if request.method == "POST":
        actions.restore_stair(by=request.actor, stair=row)
        messages.success(request, _("Rimessa in uso."))
    return go_to(request, _stair_url(row))


# Dwellings ----------------------------------------------------------------------------------------------------------


@needs(Capability.EDIT_BUILDINGS)
def add_dwellings(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The doors of one floor, all at once."""
    row = queries.stair_of(queries.building_named(request.actor, code), pk)
    form = DoorsForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi alloggi"),
        about=row.where,
        form=form,
        do=lambda values: actions.add_dwellings(
            by=request.actor, stair=row, doors=values["doors"], details=form.details
        ),
        done=_("Alloggi aggiunti."),
        back=_stair_url(row),
    )


@needs(Capability.EDIT_BUILDINGS)
def change_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dwelling right."""
    row = queries.dwelling_of(request.actor, pk)
    form = DwellingForm(request.POST or None, initial=DwellingForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Correggi l'alloggio"),
        about=row.where,
        form=form,
        do=lambda values: actions.change_dwelling(
            by=request.actor, dwelling=row, details=form.details, seen_version=values["seen_version"]
        ),
        now=lambda: _dwelling_now(row),
        done=_("Alloggio corretto."),
        back=_stair_url(row.stair),
    )


def _dwelling_now(row: Dwelling) -> Shown:
    return [
        (_("Porta"), row.door),
        (_("Piano"), row.floor),
        (_("Metri quadri"), row.square_metres),
        (_("Stanze"), row.rooms),
        (_("Accessibile in carrozzina"), _yes_or_no(row.is_accessible)),
    ]


@needs(Capability.EDIT_BUILDINGS)
def retire_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dwelling out of use, asked once more."""
    row = queries.dwelling_of(request.actor, pk)
    return _retiring(
        request,
        row=row,
        title=_("Togliere dall'uso %(where)s?") % {"where": row.where},
        retire=lambda: actions.retire_dwelling(by=request.actor, dwelling=row),
        undo=reverse("restore_dwelling", args=[pk]),
        back=_stair_url(row.stair),
    )


@needs(Capability.EDIT_BUILDINGS)
def restore_dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dwelling back into use."""
    row = queries.dwelling_of(request.actor, pk)
    if request.method == "POST":
        actions.restore_dwelling(by=request.actor, dwelling=row)
        messages.success(request, _("Rimesso in uso."))
    return go_to(request, _stair_url(row.stair))


def _retiring(
    request: HttpRequest,
    *,
    row: Building | Stair | Dwelling,
    title: str,
    retire: Callable[[], object],
    undo: str,
    back: str,
) -> HttpResponse:
    if request.method == "POST":
        retire()
        messages.success(request, _("Tolto dall'uso."), extra_tags=f"undo:{undo}")
        return go_to(request, back)
    rules.may_retire_standing(request.actor, row).require()
    sentence = _("Non viene più proposto. Quello che lo riguarda resta, e si può rimettere in uso.")
    return once_more(request, title=title, sentence=sentence, label=_("Togli"), back=back, is_danger=False)
