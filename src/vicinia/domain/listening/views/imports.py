"""Imports of reports: what came in, undone as a whole, and small files taken in from here."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vicinia.domain.listening import actions, bulk, queries, rules
from vicinia.domain.listening.forms import UploadForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more

SHOWN_REFUSALS = 50


@require_safe
@needs(Capability.IMPORT_REPORTS)
def imports(request: HttpRequest) -> HttpResponse:
    """What was imported, and the form for a small file."""
    return _page(request, UploadForm())


@require_POST
@needs(Capability.IMPORT_REPORTS)
def upload(request: HttpRequest) -> HttpResponse:
    """Try a file first; import it when the same file is given again."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    mapping = form.chosen
    choices = mapping.read_bytes()
    with form.on_disk() as (file, digest):
        try:
            if form.was_tried(digest, choices):
                return _import(request, mapping, file, form.cleaned_data["file"].name)
            outcome = bulk.try_import(mapping=bulk.read_mapping(mapping), file=file)
        except bulk.MappingError as error:
            form.add_error("mapping", str(error))
            return _page(request, form, status=422)
    again = UploadForm(
        initial={"mapping": form.cleaned_data["mapping"], "tried": form.signed(digest, choices)}
    )
    return _page(request, again, outcome=outcome)


def _import(request: HttpRequest, mapping: Path, file: Path, name: str) -> HttpResponse:
    outcome = bulk.import_good_rows(
        by=request.actor, mapping=bulk.read_mapping(mapping), file=file, name=name
    )
    kept = outcome.tally.kept
    words = ngettext("Importata %(n)s segnalazione.", "Importate %(n)s segnalazioni.", kept)
    messages.success(request, words % {"n": kept})
    return go_to(request, reverse("imports"))


def _page(
    request: HttpRequest, form: UploadForm, *, outcome: bulk.Outcome | None = None, status: int = 200
) -> HttpResponse:
    page = page_of(request, queries.batches(request.actor))
    rows = [(batch, rules.may_undo_import(request.actor, batch, 0)) for batch in page]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "outcome": outcome,
        "refused": outcome.tally.refused[:SHOWN_REFUSALS] if outcome else [],
    }
    return render(request, "listening/imports.html", context, status=status)


@needs(Capability.IMPORT_REPORTS)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import back as a whole, after asking."""
    batch = queries.batch_numbered(request.actor, number)
    if request.method == "POST":
        count = actions.undo_import(by=request.actor, batch=batch)
        words = ngettext("Tolta %(n)s segnalazione.", "Tolte %(n)s segnalazioni.", count)
        messages.success(request, words % {"n": count})
        return go_to(request, reverse("imports"))
    rules.may_undo_import(request.actor, batch, 0).require()
    sentence = _("Togliamo dal registro le %(count)s segnalazioni arrivate da %(source)s.") % {
        "count": batch.kept_count,
        "source": batch.source,
    }
    return once_more(
        request,
        title=_("Annulla l'importazione"),
        sentence=sentence,
        label=_("Annulla l'importazione"),
        back=reverse("imports"),
    )


@require_safe
@needs(Capability.IMPORT_REPORTS)
def refused(request: HttpRequest, number: int) -> HttpResponseBase:
    """The refused rows of an import, with the reason of each."""
    batch = queries.batch_numbered(request.actor, number)
    header = [_("riga"), _("motivo")]
    return csv_export.response(f"scartate-{batch.pk}.csv", header=header, rows=batch.refusals)
