"""A notice on paper: printed, carried to the doors, written down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import actions, documents, papers, queries, rules
from vicinia.domain.outreach.forms import DeliveryForm, SheetForm
from vicinia.domain.outreach.models import Notice
from vicinia.domain.outreach.states import Way
from vicinia.domain.outreach.views.notices import to_notice
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import refused_at


@needs(Capability.SEE_OUTREACH)
def papers_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the languages of the sheet, then print it."""
    row = queries.notice_named(request.actor, reference)
    rules.may_print(request.actor, row).require()
    form = SheetForm(notice=row, initial={"lingue": list(row.by_language), "facile": True})
    stairs = queries.stairs_to_do(request.actor, row)
    context = {
        "notice": row,
        "form": form,
        "stairs": len(stairs),
        "doors": sum(one.doors for one in stairs),
    }
    return render(request, "outreach/papers.html", context)


def _sheet(request: HttpRequest, reference: str, kind: str, name: str, paper: Sentence) -> HttpResponse:
    row = queries.notice_named(request.actor, reference)
    rules.may_print(request.actor, row).require()
    form = SheetForm(request.GET, notice=row)
    languages = form.cleaned_data["lingue"] if form.is_valid() else []
    with_easy = bool(form.cleaned_data.get("facile"))
    content = papers.sheet(notice=row, kind=kind, languages=languages, with_easy=with_easy)
    actions.note_print(by=request.actor, notice=row, paper=paper)
    return pdf.as_response(content, f"{name}-{row.reference}.pdf")


@needs(Capability.SEE_OUTREACH)
def poster(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice on A3, for the boards."""
    return _sheet(request, reference, documents.POSTER, "manifesto", Way.POSTER.label)


@needs(Capability.SEE_OUTREACH)
def leaflet(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice on A5, for the doors."""
    return _sheet(request, reference, documents.LEAFLET, "volantino", Way.LEAFLET.label)


@needs(Capability.KEEP_OUTREACH)
def doors(request: HttpRequest, reference: str) -> HttpResponse:
    """Every door to carry it to, stair by stair, with boxes to tick."""
    by = request.actor
    row = queries.notice_named(by, reference)
    rules.may_print(by, row).require()
    content = papers.doors(by=by, notice=row)
    actions.note_print(by=by, notice=row, paper=_("elenco delle porte"))
    return pdf.as_response(content, f"porte-{row.reference}.pdf")


@needs(Capability.KEEP_OUTREACH)
def deliver(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what was carried where: on a phone, in front of the door."""
    by = request.actor
    row = queries.notice_named(by, reference)
    rules.may_deliver(by, row, clock.today(), day=clock.today(), way=Way.LEAFLET).require()
    stairs = queries.stairs_to_do(by, row)
    initial = {"carried_by": by.name, "way": Way.LEAFLET}
    form = DeliveryForm(request.POST or None, request.FILES or None, stairs=stairs, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        refused = refused_at(form, lambda: _deliver(request, row, form))
        if not refused:
            messages.success(request, _("Consegna segnata."))
            return go_to(request, to_notice(row) + "#consegne")
        status = refused.verdict.status
    context = {"notice": row, "form": form, "stairs": stairs}
    return render(request, "outreach/deliver.html", context, status=status)


def _deliver(request: HttpRequest, row: Notice, form: DeliveryForm) -> Any:
    return actions.record_delivery(by=request.actor, notice=row, new=form.delivery())


@require_POST
@needs(Capability.KEEP_OUTREACH)
def drop(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    row = queries.notice_named(request.actor, reference)
    actions.drop_delivery(by=request.actor, delivery=queries.delivery_of(request.actor, row, pk))
    messages.success(request, _("Consegna tolta."))
    return go_to(request, to_notice(row) + "#consegne")


@needs(Capability.SEE_OUTREACH)
def photo(request: HttpRequest, reference: str, pk: int, name: str) -> HttpResponseBase:
    """The photo that proves a delivery."""
    row = queries.notice_named(request.actor, reference)
    delivery = queries.delivery_of(request.actor, row, pk)
    return stream(request, attachments.named(delivery, name), request.GET.get("formato", ""))
