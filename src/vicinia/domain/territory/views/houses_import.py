"""A file of dwellings taken in from a page: tried first, with its columns understood or chosen."""

from __future__ import annotations

import json
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.territory import bulk
from vicinia.domain.territory.forms import HousesForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to

SHOWN_REFUSALS = 50


@needs(Capability.EDIT_BUILDINGS)
def import_houses(request: HttpRequest) -> HttpResponse:
    """Try a file first; take it in when the same file is given again with the same choices."""
    if request.method != "POST":
        return _page(request, HousesForm())
    form = HousesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    with form.on_disk() as (file, digest):
        header = bulk.header_of(file)
        form.choose_among(header)
        columns = form.chosen(header) if form.has_chosen else bulk.own_columns(header)
        missing = bulk.MUST - columns.keys()
        if missing:
            return _page(request, form.with_columns(header, columns, missing=missing), status=422)
        return _tried_or_taken(request, form, file, digest, header, columns)


def _tried_or_taken(
    request: HttpRequest,
    form: HousesForm,
    file: Path,
    digest: str,
    header: list[str],
    columns: dict[str, str],
) -> HttpResponse:
    whole = form.cleaned_data["whole"] == "whole"
    choices = json.dumps([columns, whole], sort_keys=True).encode()
    is_sure = form.was_tried(digest, choices)
    try:
        outcome = bulk.import_houses(by=request.actor, file=file, columns=columns, keep=is_sure, whole=whole)
    except bulk.MappingError as error:
        form.add_error("file", str(error))
        return _page(request, form, status=422)
    if outcome.is_kept:
        messages.success(request, _("File importato."))
        return go_to(request, reverse("buildings"))
    again = form.with_columns(header, columns, tried=form.signed(digest, choices))
    return _page(request, again, outcome=outcome, status=409 if is_sure else 200)


def _page(
    request: HttpRequest, form: HousesForm, *, outcome: bulk.Outcome | None = None, status: int = 200
) -> HttpResponse:
    refused = [refusal for each in outcome.done for refusal in each.tally.refused] if outcome else []
    context = {"form": form, "outcome": outcome, "refused": refused[:SHOWN_REFUSALS], "count": len(refused)}
    return render(request, "territory/import_houses.html", context, status=status)
