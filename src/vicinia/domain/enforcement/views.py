"""The register of acts: on a case, as a list, as a file; and the kinds that the town keeps."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.enforcement import actions, queries, rules
from vicinia.domain.enforcement.forms import ActForm, KindForm, MoveForm, PurposeForm, RegisterFilter
from vicinia.domain.enforcement.models import ActKind
from vicinia.domain.enforcement.states import ACT_MOVES
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form, versioned_form


@needs(Capability.SEE_POLICE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: its acts."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "acts": queries.acts_on(request.actor, case),
        "may": rules.may_register(request.actor, case),
    }
    return page_or_part(request, "enforcement/on_case_page.html", "enforcement/on_case.html", context)


@needs(Capability.SEE_POLICE_CASES)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Register an act."""
    by = request.actor
    case = casework.case_named(by, reference)
    rules.may_register(by, case).require()
    form = ActForm(request.POST or None)
    return one_form(
        request,
        title=_("Registra un atto"),
        form=form,
        do=lambda _values: actions.register(by=by, case=case, new=form.new_act()),
        done=_("Atto registrato."),
        back=reverse("case", args=[reference]),
        about=str(case),
    )


@needs(Capability.SEE_POLICE_CASES)
def act(request: HttpRequest, reference: str) -> HttpResponse:
    """One act and what became of it."""
    row = queries.act_named(request.actor, reference)
    context = {
        "act": row,
        "can_move": bool(ACT_MOVES.table[row.state]),
        "chronology": timeline([f"administrativeact:{row.reference}"]),
    }
    return render(request, "enforcement/act.html", context)


@needs(Capability.SEE_POLICE_CASES)
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what became of an act."""
    row = queries.act_named(request.actor, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Com'è andata"),
        form=MoveForm(request.POST or None, act=row),
        do=lambda values: actions.move(by=request.actor, act=row, **values),
        now=lambda: [(_("Stato"), row.get_state_display())],
        done=_("Salvato."),
        back=reverse("act", args=[reference]),
        about=str(row),
    )


@needs(Capability.SEE_POLICE_CASES)
def register(request: HttpRequest) -> HttpResponse:
    """The register: 50 rows a page, with how many by kind."""
    filters = RegisterFilter(request.GET or None)
    rows = queries.register(request.actor, **filters.asked())
    context = {"filters": filters, "page": page_of(request, rows), "counts": queries.counts(rows)}
    return render(request, "enforcement/register.html", context)


@needs(Capability.SEE_POLICE_CASES)
def take_out(request: HttpRequest) -> HttpResponseBase:
    """The register as CSV: only with a purpose, which is written down. Never together with the other regime's exports."""
    by = request.actor
    rows = queries.register(by, **RegisterFilter(request.GET or None).asked())
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.note_taken_out(by=by, purpose=form.cleaned_data["purpose"], count=rows.count())
        header = [_("Atto"), _("Tipo"), _("Protocollo"), _("Emesso il"), _("Importo"), _("Stato"), _("Caso")]
        lines = (
            [
                row.reference,
                str(row.kind),
                row.number,
                row.issued_on,
                row.amount,
                str(row.get_state_display()),
                row.case.reference,
            ]
            for row in rows.iterator(chunk_size=500)
        )
        return csv_export.response("atti.csv", header=header, rows=lines)
    context = {
        "title": _("Scarica il registro degli atti"),
        "about": "",
        "back": reverse("acts"),
        "form": form,
        "lead": _("Resta scritto chi lo ha scaricato e perché."),
        "label": _("Scarica"),
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


@needs(Capability.MANAGE_SETTINGS)
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of acts that the town keeps."""
    return render(request, "enforcement/kinds.html", {"page": page_of(request, queries.kinds())})


@needs(Capability.MANAGE_SETTINGS)
def new_kind(request: HttpRequest) -> HttpResponse:
    """Add a kind of act."""
    return _written(request, None)


@needs(Capability.MANAGE_SETTINGS)
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Change a kind of act, or take it out of use."""
    return _written(request, queries.kind_coded(code))


def _written(request: HttpRequest, known: ActKind | None) -> HttpResponse:
    by, form, back = request.actor, KindForm(request.POST or None, kind=known), reverse("act_kinds")
    if known is None:
        return one_form(
            request,
            title=_("Nuovo tipo di atto"),
            form=form,
            do=lambda _values: actions.write_kind(by=by, card=form.card()),
            done=_("Salvato."),
            back=back,
        )
    return versioned_form(
        request,
        row=known,
        title=known.name,
        form=form,
        do=lambda values: actions.write_kind(
            by=by, card=form.card(), kind=known, seen_version=values["seen_version"]
        ),
        now=lambda: [
            (_("Nome"), known.name),
            (_("Norma"), known.law),
            (_("Importo minimo in euro"), known.least),
            (_("Importo massimo in euro"), known.most),
            (_("Ore per cui vale"), known.lasts_hours),
        ],
        done=_("Salvato."),
        back=back,
    )
