"""The dwellings of a relocation: what they are, how they stand, when nobody can live in them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import BuildingsForm, DoorsForm, EndSpellForm, SpellForm, UnitsFilter
from vicinia.domain.mobility.models import Spell
from vicinia.domain.mobility.views.shared import run, see, to_unit, to_units
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form


@see
def units(request: HttpRequest, reference: str) -> HttpResponse:
    """The dwellings, by building, as they stand today. 50 rows a page; who lives there only for who makes the plan."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    filters = UnitsFilter(request.GET, relocation=row)
    today = queries.today_of(row)
    page = page_of(request, queries.units_asked(row, today, **filters.asked))
    context = {
        "relocation": row,
        "filters": filters,
        "is_narrow": any(filters.asked.values()),
        "page": page,
        "lines": [today.line(unit) for unit in page],
        "may_run": rules.may_run(by),
        "may_change": rules.may_change(by, row),
    }
    return render(request, "mobility/units.html", context)


@run
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Take in whole buildings."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    rules.may_change(by, row).require()
    form = BuildingsForm(request.POST or None, by=by)
    return one_form(
        request,
        title=_("Aggiungi edifici"),
        about=row.name,
        lead=_("Entrano tutti gli alloggi in uso. Quelli che non servono si tolgono dopo."),
        form=form,
        do=lambda values: actions.add_units(
            by=by,
            relocation=row,
            dwellings=queries.dwellings_of(values["buildings"]),
            is_spare=values["is_spare"],
        ),
        done=_("Alloggi aggiunti."),
        back=to_units(row),
        label=_("Aggiungi"),
    )


@run
def add_doors(request: HttpRequest, reference: str) -> HttpResponse:
    """Take in single dwellings of a building (`?edificio=`), or choose the building first."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    rules.may_change(by, row).require()
    code = request.GET.get("edificio", "")
    if not code:
        words = request.GET.get("q", "")
        page = page_of(request, territory.buildings(by, words))
        context = {"relocation": row, "page": page, "words": words}
        return render(request, "mobility/choose_building.html", context)
    house = territory.building_named(by, code)
    form = DoorsForm(request.POST or None, dwellings=queries.dwellings_to_add(row, house))
    return one_form(
        request,
        title=_("Aggiungi singoli alloggi"),
        about=house.name,
        form=form,
        do=lambda values: actions.add_units(
            by=by, relocation=row, dwellings=list(values["dwellings"]), is_spare=values["is_spare"]
        ),
        done=_("Alloggi aggiunti."),
        back=to_units(row),
        label=_("Aggiungi"),
    )


@see
def unit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One dwelling: what it is, what is done in it, when nobody can live there."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    row = queries.unit_of(relocation, pk)
    line = queries.today_of(relocation).line(row)
    context = {
        "relocation": relocation,
        "unit": row,
        "line": line,
        "works": queries.works_in([row.dwelling_id])[row.dwelling_id],
        "spells": queries.spells_of(row),
        "may_run": rules.may_run(by),
        "may_change": rules.may_change(by, relocation),
        "may_remove": rules.may_remove_unit(by, relocation, queries.use_of_unit(row)),
    }
    return render(request, "mobility/unit.html", context)


@require_POST
@run
def spare(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Keep it free for the moves (`si`), or not any more."""
    row = queries.unit_of(queries.relocation_named(request.actor, reference), pk)
    actions.mark_spare(by=request.actor, unit=row, is_spare=request.POST.get("volano") == "si")
    messages.success(request, _("Salvato."))
    return go_to(request, to_unit(row))


@run
def remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take it out, asked once more."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    row = queries.unit_of(relocation, pk)
    if request.method == "POST":
        actions.remove_unit(by=by, unit=row)
        messages.success(request, _("Alloggio tolto dalla mobilità."))
        return go_to(request, to_units(relocation))
    rules.may_remove_unit(by, relocation, queries.use_of_unit(row)).require()
    return once_more(
        request,
        title=_("Togliere %(where)s dalla mobilità?") % {"where": row.dwelling.where},
        sentence=_("L'alloggio resta nell'elenco degli edifici. Il piano non lo userà più."),
        label=_("Togli"),
        back=to_unit(row),
        is_danger=False,
    )


# Spells -----------------------------------------------------------------------------------------------------------


@run
def add_spell(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write down days on which nobody can live there."""
    by = request.actor
    row = queries.unit_of(queries.relocation_named(by, reference), pk)
    rules.may_change(by, row.relocation).require()
    form = SpellForm(request.POST or None, initial={"from_day": clock.today()})
    return one_form(
        request,
        title=_("Quando non ci si può abitare"),
        about=row.dwelling.where,
        lead=_("I lavori dei cantieri ci sono già: qui va tutto il resto."),
        form=form,
        do=lambda _values: actions.add_spell(by=by, unit=row, new=form.spell()),
        done=_("Salvato."),
        back=to_unit(row),
    )


def _spell(request: HttpRequest, reference: str, pk: int, spell: int) -> Spell:
    unit = queries.unit_of(queries.relocation_named(request.actor, reference), pk)
    rules.may_change(request.actor, unit.relocation).require()
    return queries.spell_of(unit, spell)


def _shown(row: Spell) -> Shown:
    return [
        (_("Perché"), row.get_kind_display()),
        (_("Dal"), row.from_day),
        (_("Al"), row.to_day),
        (_("Nota"), row.note),
    ]


@run
def change_spell(request: HttpRequest, reference: str, pk: int, spell: int) -> HttpResponse:
    """Put right what was written."""
    by, row = request.actor, _spell(request, reference, pk, spell)
    form = SpellForm(request.POST or None, initial=SpellForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il periodo"),
        about=row.unit.dwelling.where,
        form=form,
        do=lambda values: actions.change_spell(
            by=by, spell=row, new=form.spell(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_unit(row.unit),
    )


@run
def end_spell(request: HttpRequest, reference: str, pk: int, spell: int) -> HttpResponse:
    """Say until when it lasts."""
    by, row = request.actor, _spell(request, reference, pk, spell)
    return one_form(
        request,
        title=_("Fino a quando?"),
        about=row.unit.dwelling.where,
        lead=_("Dal giorno dopo ci si può abitare."),
        form=EndSpellForm(request.POST or None),
        do=lambda values: actions.end_spell(by=by, spell=row, day=values["day"]),
        done=_("Salvato."),
        back=to_unit(row.unit),
    )


@require_POST
@run
def remove_spell(request: HttpRequest, reference: str, pk: int, spell: int) -> HttpResponse:
    """It was written by mistake."""
    unit = actions.remove_spell(by=request.actor, spell=_spell(request, reference, pk, spell))
    messages.success(request, _("Periodo tolto."))
    return go_to(request, to_unit(unit))
