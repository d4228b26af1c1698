"""A file of dwellings taken in from a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.territory import bulk
from vicinia.domain.territory.forms import HousesForm
from vicinia.domain.territory.views.table_import import TableImport, Tried, import_table
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability


@needs(Capability.EDIT_BUILDINGS)
def import_houses(request: HttpRequest) -> HttpResponse:
    """Buildings, stairs and dwellings, one dwelling a row."""
    by = request.actor
    names = {"buildings": _("Edifici"), "dwellings": _("Alloggi e scale")}

    def take(file: Path, columns: Mapping[str, str], keep: bool, whole: bool) -> Tried:
        outcome = bulk.import_houses(by=by, file=file, columns=columns, keep=keep, whole=whole)
        return Tried([(names[each.what], each.tally) for each in outcome.done], outcome.is_kept)

    how = TableImport(
        title=_("Importa edifici e alloggi"),
        lead=_(
            "Prima proviamo il file e ti diciamo che cosa cambierebbe. Quello che il file non dice resta com'è."
        ),
        form=HousesForm,
        must=bulk.MUST,
        take=take,
        done=_("File importato."),
        back=reverse("buildings"),
    )
    return import_table(request, how)
