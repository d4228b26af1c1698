"""The access log, for the data-protection officer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import csv_export
from vicinia.foundation.journal import actions, queries
from vicinia.foundation.kernel.paging import page_of
from vicinia.interfaces.administration.forms import AccessFilterForm

officer = needs(Capability.SEE_ACCESS_LOG)


@officer
def access_log(request: HttpRequest) -> HttpResponse:
    """Who saw whose data, when and why."""
    form = AccessFilterForm(request.GET)
    rows = queries.access_log(by=actor_of(request), sought=form.sought())
    context = {"page": page_of(request, rows), "form": form, "query": request.GET.urlencode()}
    return render(request, "administration/access_log.html", context)


@officer
def access_log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same lines as a table; that they were taken out is recorded."""
    by, sought = actor_of(request), AccessFilterForm(request.GET).sought()
    rows = queries.access_log(by=by, sought=sought)
    actions.note_access_log_export(by=by, lines=rows.count(), filters=request.GET.urlencode())
    header = [_("Quando"), _("Chi"), _("Di chi"), _("Motivo"), _("Che cosa")]
    values = rows.values_list("at", "by_name", "about", "purpose", "shown").iterator(chunk_size=2000)
    return csv_export.response("registro-accessi.csv", header=header, rows=values)
