"""The table of households and dwellings: taken in from a file, given out as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from vicinia.domain.mobility import bulk, queries, rules
from vicinia.domain.mobility.forms import HouseholdsForm
from vicinia.domain.mobility.views.shared import run, to_files
from vicinia.domain.territory.views.table_import import TableImport, Tried, import_table
from vicinia.foundation.documents import csv_export


@run
def import_households(request: HttpRequest, reference: str) -> HttpResponse:
    """Dwellings with their households, one dwelling a row: tried first."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    rules.may_change(by, relocation).require()

    def take(file: Path, columns: Mapping[str, str], keep: bool, whole: bool) -> Tried:
        census, is_kept = bulk.import_households(
            by=by, relocation=relocation, file=file, columns=columns, keep=keep, whole=whole
        )
        return Tried([(_("Alloggi"), census.units), (_("Nuclei"), census.files)], is_kept)

    how = TableImport(
        title=_("Importa nuclei e alloggi"),
        lead=_(
            "Gli alloggi devono essere già tra gli edifici. Prima proviamo il file e non scriviamo niente."
        ),
        form=HouseholdsForm,
        must=bulk.MUST,
        take=take,
        done=_("File importato."),
        back=to_files(relocation),
    )
    return import_table(request, how)


@run
def export_households(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The same table, to be mended and given back: numbers, no names and no words."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    return csv_export.response(
        f"nuclei-{relocation.reference}.csv",
        header=queries.EXPORTED.values(),
        rows=queries.export_rows(by, relocation),
    )
