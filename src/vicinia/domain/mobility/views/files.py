"""Files of households: their lines for who makes the plan, their pages for who accompanies them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import CompanionForm, FilesFilter, NumbersForm, OpenFileForm
from vicinia.domain.mobility.models import RehousingFile
from vicinia.domain.mobility.queries import moving
from vicinia.domain.mobility.states import FileState
from vicinia.domain.mobility.views.shared import run, to_file, to_files
from vicinia.domain.people import queries as people
from vicinia.domain.people.forms import PurposeForm
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.kernel.verdict import all_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form

HISTORY_LINES = 40


@run
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """The households by number: how far each is, who accompanies it, when we speak next. 50 rows a page."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    filters = FilesFilter(request.GET)
    page = page_of(request, queries.in_file_lines(queries.files_asked(by, relocation, **filters.asked)))
    context = {
        "relocation": relocation,
        "filters": filters,
        "is_narrow": any(filters.asked.values()),
        "page": page,
        "lines": queries.file_lines(by, page),
        "may_change": rules.may_change(by, relocation),
        "may_give": by.can(Capability.ASSIGN),
        "today": clock.today(),
    }
    return render(request, "mobility/files.html", context)


@run
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Count one household that is known already."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    rules.may_change(by, relocation).require()
    form = OpenFileForm(request.POST or None, initial={"language": "it"})

    def do(values: dict[str, Any]) -> None:
        household = people.household_numbered(by, values["number"])
        actions.open_file(by=by, relocation=relocation, household=household, numbers=form.numbers())

    page = {
        "title": _("Aggiungi un nucleo"),
        "about": relocation.name,
        "form": form,
        "lead": _("Il suo alloggio dev'essere tra quelli della mobilità. Molti insieme entrano con un file."),
        "label": _("Aggiungi"),
        "back": to_files(relocation),
    }
    try:
        return one_form(request, do=do, done=_("Nucleo aggiunto."), **page)  # type: ignore[arg-type]
    except NotVisible:
        form.add_error("number", _("Non troviamo un nucleo con questo numero."))
        return render(request, "look/act.html", page, status=422)


# The line of a file: for who makes the plan -----------------------------------------------------------------------


def _shown(row: RehousingFile) -> Shown:
    names = ("size", "needs_step_free", "fragile", "most_moves", "claims_return")
    return [(queries.label_of_file(name), getattr(row, name)) for name in names]


@run
def numbers(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put right what counts in the plan."""
    by = request.actor
    row = queries.file_line(by, reference, number)
    rules.may_change_numbers(by, row, size=row.size).require()
    form = NumbersForm(request.POST or None, initial=NumbersForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Che cosa conta per il piano"),
        about=row.household.label,
        form=form,
        do=lambda values: actions.change_numbers(
            by=by, file=row, numbers=form.numbers(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_files(row.relocation),
    )


@require_POST
@run
def take(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Accompany a household that nobody accompanies."""
    row = queries.file_line(request.actor, reference, number)
    actions.take_file(by=request.actor, file=row)
    messages.success(request, _("Ora accompagni tu questo nucleo."))
    return go_to(request, to_file(row))


@run
def give(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Choose who accompanies a household."""
    by = request.actor
    row = queries.file_line(by, reference, number)
    rules.may_give(by, row).require()
    return one_form(
        request,
        title=_("Affida l'accompagnamento"),
        about=row.household.label,
        lead=_("Da ora legge il fascicolo. Resta scritto chi l'ha deciso."),
        form=CompanionForm(request.POST or None),
        do=lambda values: actions.give_companion(by=by, file=row, **values),
        done=_("Affidato."),
        back=reverse("rehousing_companions", args=[reference, number]),
        label=_("Affida"),
    )


@run
def companions(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Who accompanies a household: to be seen and changed by who assigns, also without reading the file."""
    by = request.actor
    row = queries.file_line(by, reference, number)
    there = queries.companions_of(row)
    context = {
        "file": row,
        "companions": [
            (one, rules.may_remove_companion(by, is_self=one.user_id == by.user_id)) for one in there
        ],
        "is_mine": any(one.user_id == by.user_id for one in there),
        "may_give": rules.may_give(by, row),
        "may_take": rules.may_take(by, row, is_accompanied=queries.is_accompanied(row)),
    }
    return render(request, "mobility/companions.html", context)


@require_POST
@run
def remove_companion(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponse:
    """Somebody no longer accompanies a household."""
    row = queries.file_line(request.actor, reference, number)
    actions.remove_companion(by=request.actor, companion=queries.companion_of(row, pk))
    messages.success(request, _("Salvato."))
    return go_to(request, reverse("rehousing_companions", args=[reference, number]))


# The file: for who accompanies ------------------------------------------------------------------------------------


def _page(request: HttpRequest, row: RehousingFile, **more: Any) -> dict[str, Any]:
    by = request.actor
    is_current = row.state != FileState.CLOSED or queries.file_numbered(by, row.household.number).pk == row.pk
    facts: dict[str, Any] = {"is_companion": True}
    return {
        "file": row,
        "companions": queries.companions_of(row),
        "interviews": queries.interviews_of(row),
        "near": queries.near_of(row),
        "refusals": queries.refusals_of(row),
        "ending": queries.closing_reason(row),
        "members": people.members_of(row.household),
        "shown": None,
        "form": PurposeForm(),
        "may_write": rules.may_write(by, row, **facts),
        "may_confirm": rules.may_confirm(by, row, **facts),
        "may_close": all_of(
            rules.may_close_file(by, row, reason="…", was_moved=queries.was_moved(row), **facts),
            rules.may_end(moving.end_facts(row)),
        ),
        "may_end_return": rules.may_end_return(by, row, reason="…", **facts),
        "may_reopen": rules.may_reopen_file(
            by,
            row,
            open_elsewhere=queries.open_elsewhere(row.household, row.relocation),
            reason="…",
            **facts,
        ),
        "may_give": rules.may_give(by, row),
        "panels": panels_at("rehousing_file", by) if is_current else [],
        "chronology": timeline([about_ref(row)], limit=HISTORY_LINES),
        **more,
    }


@run
@never_cache
def file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One household: what it needs and wishes, what was said, what was offered. For nobody else does it exist."""
    row = queries.file_named(request.actor, reference, number)
    return render(request, "mobility/file.html", _page(request, row))


@run
@never_cache
@require_POST
def reveal(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show who the members are, for the purpose given; the access log keeps it for each."""
    by = request.actor
    row = queries.file_named(by, reference, number)
    form = PurposeForm(request.POST)
    is_clear = form.is_valid()
    shown = people.reveal_members(by, row.household, form.reason) if is_clear else None
    context = _page(request, row, form=form, shown=shown)
    status = 200 if is_clear else 422
    return page_or_part(request, "mobility/file.html", "mobility/members.html", context, status)
