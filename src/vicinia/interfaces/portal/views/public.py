"""What everyone may see: a list and a map that say the same, without words or persons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vicinia.domain.listening.models import ReportRows
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.components import Tab
from vicinia.interfaces.portal import queries
from vicinia.interfaces.portal.forms.public import PublicFilterForm

PAGE_ROWS = 20
MOST_POINTS = 2000


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The public list, or the map with `?vista=mappa`."""
    kinds = queries.public_kinds()
    form = PublicFilterForm(request.GET, kinds=queries.kinds_shown(kinds))
    page = page_of(request, _found(form), PAGE_ROWS)
    context = {
        "form": form,
        "kinds": kinds,
        "page": page,
        "rows": queries.as_public(list(page)),
        "solved": queries.solved_in_a_year(),
        "is_map": request.GET.get("vista") == "mappa",
        "tabs": _tabs(request),
        "points_url": f"{reverse('public_points')}?{request.GET.urlencode()}",
    }
    return render(request, "portal/public_reports.html", context)


def _tabs(request: HttpRequest) -> list[Tab]:
    query = request.GET.copy()
    query.pop("pagina", None)
    is_map = query.pop("vista", [""])[-1] == "mappa"
    as_list, as_map = f"?{query.urlencode()}", f"?{query.urlencode()}&vista=mappa"
    return [
        Tab(_("Mappa"), as_map, active=is_map, icon="map-marker"),
        Tab(_("Elenco"), as_list, active=not is_map, icon="list"),
    ]


def _found(form: PublicFilterForm) -> ReportRows:
    form.is_valid()
    chosen: dict[str, Any] = form.cleaned_data
    return queries.public_reports(
        chosen.get("tipo", ""), chosen.get("zona", ""), chosen.get("stato", ""), chosen.get("periodo", "")
    )


@require_GET
def points(request: HttpRequest) -> JsonResponse:
    """The same reports as points, moved to the nearest corner of a grid of about 100 metres."""
    form = PublicFilterForm(request.GET, kinds=queries.kinds_shown(queries.public_kinds()))
    rows = list(_found(form)[:MOST_POINTS])
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(row.lon, 3), round(row.lat, 3)]},
            "properties": {
                "kind": shown.kind,
                "street": shown.street,
                "month": shown.month,
                "state": shown.state,
                "label": _("%(kind)s, %(street)s, %(month)s, %(state)s")
                % {"kind": shown.kind, "street": shown.street, "month": shown.month, "state": shown.state},
                "meaning": "" if shown.is_open else "done",
            },
        }
        for row, shown in zip(rows, queries.as_public(rows), strict=True)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})
