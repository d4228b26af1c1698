"""Relocations: the list, one of them with all that stands in it, how it is prepared and closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import RelocationForm
from vicinia.domain.mobility.models import Relocation
from vicinia.domain.mobility.views.shared import run, see, to_relocation
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form

SHOWN = 5


@see
def in_laboratory(request: HttpRequest) -> HttpResponse:
    """The part of the laboratory's page: the relocations that go on."""
    by = request.actor
    context = {
        "relocations": list(queries.relocations(by).open().newest_first()[:SHOWN]),
        "may_run": rules.may_run(by),
    }
    return page_or_part(request, "mobility/in_laboratory_page.html", "mobility/in_laboratory.html", context)


@see
def relocations(request: HttpRequest) -> HttpResponse:
    """All relocations, the open ones first. 50 rows a page."""
    by = request.actor
    context = {
        "page": page_of(request, queries.in_relocation_lines(queries.relocations(by))),
        "may_run": rules.may_run(by),
    }
    return render(request, "mobility/relocations.html", context)


@run
def new(request: HttpRequest) -> HttpResponse:
    """Begin to prepare one."""
    by = request.actor
    form = RelocationForm(request.POST or None, by=by)
    made: list[Relocation] = []
    lead = _("Poi aggiungi gli alloggi e i nuclei che ci abitano.")
    if not queries.tables_to_choose().exists():
        lead = _(
            "Prima serve una tabella di adeguatezza: la carica chi coordina, dalla pagina delle tabelle."
        )
    answer = one_form(
        request,
        title=_("Nuova mobilità"),
        lead=lead,
        form=form,
        do=lambda _values: made.append(actions.make_relocation(by=by, new=form.plan())),
        done=_("Mobilità in preparazione."),
        back=reverse("relocations"),
    )
    return go_to(request, to_relocation(made[0])) if made else answer


@see
def relocation(request: HttpRequest, reference: str) -> HttpResponse:
    """One relocation: how many stand where, in figures that lead to what they count."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    may_run = rules.may_run(by)
    today = queries.today_of(row)
    context: dict[str, Any] = {
        "relocation": row,
        "worksites": list(row.worksites.order_by("reference")),
        "stands": [(key, label, today.count()[key]) for key, label in queries.STANDS.items()],
        "spare": today.spare,
        "unknown": today.unknown,
        "unit_count": len(today.facts),
        "may_run": may_run,
        "may_change": rules.may_change(by, row),
        "may_reopen": rules.may_reopen(by, row),
        "panels": panels_at("relocation", by),
    }
    if may_run:
        numbers = queries.numbers_of(by, row)
        context |= {"numbers": numbers, "may_close": rules.may_close(by, row, open_files=numbers.open)}
    return render(request, "mobility/relocation.html", context)


def _shown(row: Relocation) -> Shown:
    names = (
        *("name", "adequacy", "category", "most_moves", "most_moves_fragile"),
        *("removals_a_month", "answer_days", "payment_days"),
    )
    return [(queries.label_of_relocation(name), getattr(row, name)) for name in names]


@run
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what it is."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    rules.may_change(by, row).require()
    form = RelocationForm(request.POST or None, by=by, row=row, initial=RelocationForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia la mobilità"),
        about=row.reference,
        lead=_("I piani già fatti restano com'erano."),
        form=form,
        do=lambda values: actions.change_relocation(
            by=by, relocation=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_relocation(row),
    )


@run
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close it, asked once more."""
    by = request.actor
    row = queries.relocation_named(by, reference)
    if request.method == "POST":
        actions.close_relocation(by=by, relocation=row)
        messages.success(request, _("Mobilità chiusa."))
        return go_to(request, to_relocation(row))
    rules.may_close(by, row, open_files=queries.open_file_count(row)).require()
    return once_more(
        request,
        title=_("Chiudere la mobilità?"),
        sentence=_("Piani, alloggi e fascicoli restano leggibili. Si può riaprire."),
        label=_("Chiudi"),
        back=to_relocation(row),
        is_danger=False,
    )


@require_POST
@run
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """It was closed too early."""
    row = queries.relocation_named(request.actor, reference)
    actions.reopen_relocation(by=request.actor, relocation=row)
    messages.success(request, _("Mobilità riaperta."))
    return go_to(request, to_relocation(row))
