"""Buildings, stairs and dwellings, for the programs of who manages them. Never who lives there."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.territory import queries
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api import serializers, shapes
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("buildings_list", answer=serializers.BuildingPage, asks=("q", "page"))
@api_view(["GET"])
def buildings(request: Request) -> HttpResponse:
    """The buildings in use, by name; `q` finds by name, code or address."""
    by = able(request, Capability.EDIT_BUILDINGS)
    return page_of(request, queries.buildings(by, request.query_params.get("q", "")[:120]), shapes.building)


@describe("buildings_read", answer=serializers.BuildingInFullShape)
@api_view(["GET"])
def building(request: Request, code: str) -> HttpResponse:
    """One building with its stairs and dwellings in use, from the ground up."""
    row = queries.building_named(able(request, Capability.EDIT_BUILDINGS), code)
    stairs = queries.stairs_of([row])
    return answer(shapes.building_in_full(row, stairs, queries.doors_by_stair(stairs)))
