"""Alerts of early warning, to read only: places and numbers, no report's words and no person."""

from __future__ import annotations

import django_filters
from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.foresight import queries
from vicinia.domain.foresight.forms import AlertFilter
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api import shapes
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import alerts as serializers
from vicinia.interfaces.api.views.house import answer, describe, filtered, page_of


class ApiAlertFilter(AlertFilter):
    """The filters of the list of alerts, with codes instead of ids."""

    area = django_filters.ModelChoiceFilter(
        field_name="area", to_field_name="code", queryset=lambda _request: territory.reference_areas()
    )


@describe("alerts_list", answer=serializers.AlertPage, asks=("state", "group", "area", "page"))
@api_view(["GET"])
def alerts(request: Request) -> HttpResponse:
    """Alerts that the caller may see, the latest first."""
    by = able(request, Capability.SEE_ALERTS)
    filters = ApiAlertFilter(request.query_params, queryset=queries.alerts(by))
    return page_of(request, filtered(filters), shapes.alert)


@describe("alerts_read", answer=serializers.FullAlertShape)
@api_view(["GET"])
def alert(request: Request, reference: str) -> HttpResponse:
    """One alert with its curve, and when the same rise was seen again."""
    row = queries.alert_named(able(request, Capability.SEE_ALERTS), reference)
    return answer(shapes.full_alert(row, queries.sightings_of(row)))
