"""The page of the household: its link and what it writes; who may still come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions.family import link_of
from vicinia.domain.mobility.queries import family, moving
from vicinia.domain.mobility.views.shared import part_of_file, run
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of


@run
def in_relocation(request: HttpRequest, reference: str) -> HttpResponse:
    """The part of a relocation's page that leads to offers, removals, expenses and rights of return."""
    row = queries.relocation_named(request.actor, reference)
    context = {"relocation": row, "counts": family.waiting(request.actor, row)}
    return page_or_part(request, "mobility/moving_panel_page.html", "mobility/moving_panel.html", context)


@run
def of_file(request: HttpRequest, number: int) -> HttpResponse:
    """What a household has written from its page, and the link to it."""
    file = queries.file_numbered(request.actor, number)
    context = {"written": family.messages_of(file)}
    return part_of_file(request, file, "mobility/file_messages.html", _("La pagina della famiglia"), context)


@require_POST
@run
def link(request: HttpRequest, number: int) -> HttpResponse:
    """The link to the page of a household, shown once; with `nuovo` those of before close."""
    by = request.actor
    file = queries.file_numbered(by, number)
    give = actions.renew_link if request.POST.get("che") == "nuovo" else actions.give_link
    address = link_of(give(by=by, file=file))
    context = {"file": file, "link": address, "qr": qr.svg(address)}
    response = render(request, "mobility/family_link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@run
def read(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Somebody has read it."""
    actions.read_message(by=request.actor, message=family.message_numbered(request.actor, pk))
    messages.success(request, _("Segnato come letto."))
    return go_to(request, reverse("rehousing_messages", args=[number]))


@run
def rights(request: HttpRequest) -> HttpResponse:
    """Whose right of return is open. 50 rows a page."""
    by = request.actor
    context = {"page": page_of(request, moving.files_with_right(by)), "mine": moving.accompanied_ids(by)}
    return render(request, "mobility/rights.html", context)
