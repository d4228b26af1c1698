"""Rules of adequacy: those that come with the program, and those that are written here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, adequacy, queries, rules
from vicinia.domain.mobility.forms import TableForm
from vicinia.domain.mobility.models import AdequacyTable
from vicinia.domain.mobility.views.shared import run
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form


@run
def tables(request: HttpRequest) -> HttpResponse:
    """Every table, those in use first."""
    known = {table.code for table in adequacy.known_tables()}
    context = {
        "page": page_of(request, queries.tables()),
        "used": queries.used_table_ids(),
        "missing": len(known - queries.table_codes()),
        "may_keep": rules.may_keep_tables(request.actor),
    }
    return render(request, "mobility/tables.html", context)


@require_POST
@run
def take_in(request: HttpRequest) -> HttpResponse:
    """Keep the tables that come with the program."""
    actions.take_in_tables(by=request.actor)
    messages.success(request, _("Tabelle caricate."))
    return go_to(request, reverse("adequacy_tables"))


def _to_table(row: AdequacyTable) -> str:
    return reverse("adequacy_table", args=[row.code])


@run
def table(request: HttpRequest, code: str) -> HttpResponse:
    """One table, with what it asks for so many people."""
    by = request.actor
    row = queries.table_coded(code)
    is_used = queries.is_table_used(row)
    context = {
        "table": row,
        "sizes": [
            (people, area, share * 100, row.least_area(people), row.least_rooms(people))
            for people, area, share in row.sizes
        ],
        "is_used": is_used,
        "may_keep": rules.may_keep_tables(by),
        "may_change": rules.may_change_table(by, row, is_used=is_used),
        "may_retire": rules.may_retire_table(by, row),
    }
    return render(request, "mobility/table.html", context)


@run
def new(request: HttpRequest) -> HttpResponse:
    """Write down a rule, from nothing or from a copy (`?da=`)."""
    by = request.actor
    rules.may_keep_tables(by).require()
    source = request.GET.get("da", "")
    initial = TableForm.values_of(queries.table_coded(source)) if source else {}
    form = TableForm(request.POST or None, initial=initial)
    made: list[AdequacyTable] = []
    answer = one_form(
        request,
        title=_("Nuova tabella di adeguatezza"),
        lead=_("Per più persone di quelle scritte vale l'ultima riga."),
        form=form,
        do=lambda _values: made.append(actions.make_table(by=by, card=form.card())),
        done=_("Tabella salvata."),
        back=reverse("adequacy_tables"),
    )
    return go_to(request, _to_table(made[0])) if made else answer


def _shown(row: AdequacyTable) -> Shown:
    return [
        (_("Nome"), row.name),
        (_("Da dove viene"), row.source),
        (_("Metri quadri per numero di persone"), TableForm.values_of(row)["sizes"]),
    ]


@run
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Put right a table that nobody uses yet."""
    by = request.actor
    row = queries.table_coded(code)
    rules.may_change_table(by, row, is_used=queries.is_table_used(row)).require()
    form = TableForm(request.POST or None, initial=TableForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia la tabella"),
        about=row.name,
        form=form,
        do=lambda values: actions.change_table(
            by=by, table=row, card=form.card(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=_to_table(row),
    )


@run
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """No new relocation uses it, asked once more."""
    by = request.actor
    row = queries.table_coded(code)
    if request.method == "POST":
        actions.retire_table(by=by, table=row)
        messages.success(request, _("Tabella tolta da quelle in uso."))
        return go_to(request, reverse("adequacy_tables"))
    rules.may_retire_table(by, row).require()
    return once_more(
        request,
        title=_("Togliere «%(name)s» dalle tabelle in uso?") % {"name": row.name},
        sentence=_("Le mobilità che la usano continuano. Una nuova non la potrà scegliere."),
        label=_("Togli"),
        back=_to_table(row),
        is_danger=False,
    )
