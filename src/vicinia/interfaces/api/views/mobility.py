"""Mobility plans as dwellings: taken, free, at work. No household leaves this way, not even by its number."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.mobility import drawing, queries
from vicinia.domain.mobility.drawing import Line
from vicinia.domain.mobility.drawing.occupation import Seen
from vicinia.domain.mobility.models import MobilityPlan, Relocation
from vicinia.domain.mobility.views.picture import Picture
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import mobility as serializers
from vicinia.interfaces.api.shapes import day, moment
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("relocations_list", answer=serializers.RelocationPage, asks=("page",))
@api_view(["GET"])
def relocations(request: Request) -> HttpResponse:
    """Relocations, those that are open first."""
    by = able(request, Capability.SEE_MOBILITY)
    return page_of(request, queries.in_relocation_lines(queries.relocations(by)), _relocation)


def _relocation(row: Relocation) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "name": row.name,
        "is_open": row.is_open,
        "closed_on": day(row.closed_on),
        "stale_since": moment(row.stale_since),
        "adequacy": row.adequacy.code,
    }


@describe("relocations_read", answer=serializers.FullRelocationShape)
@api_view(["GET"])
def relocation(request: Request, reference: str) -> HttpResponse:
    """One relocation: how its dwellings stand today, and the plan that holds."""
    by = able(request, Capability.SEE_MOBILITY)
    row = queries.relocation_named(by, reference)
    today = queries.today_of(row)
    dwellings = [
        {
            "code": facts.code,
            "building": facts.building_name,
            "area_m2": facts.area_m2,
            "rooms": facts.rooms,
            "step_free": facts.step_free,
            "is_spare": facts.is_spare,
            "today": today.states[facts.unit_id],
        }
        for facts in today.facts.values()
    ]
    plan = queries.published_plan(row)
    return answer(_relocation(row) | {"dwellings": dwellings, "plan": plan.number if plan else None})


@describe("mobility_plan_read", answer=serializers.PlanShape)
@api_view(["GET"])
def plan(request: Request, reference: str, number: int) -> HttpResponse:
    """One plan that is or was published: each dwelling in each of its months, and how sure it is that there is no better one."""
    by = able(request, Capability.SEE_MOBILITY)
    row = queries.plan_named(by, reference, number)
    picture = Picture(row, by)
    chart = drawing.by_dwelling(row.days, picture.places, picture.rows, Seen(anonymous=True))
    return answer(
        {
            "relocation": reference,
            "number": row.number,
            "state": row.state,
            "months": row.months,
            "dwellings": [
                {"building": group.name, "code": line.label, "months": _months(line)}
                for group in chart.groups
                for line in group.lines
            ],
        }
        | _proof(row)
    )


def _months(line: Line) -> list[str]:
    return [cell.kind for cell in line.cells for _month in range(cell.span)]


def _proof(row: MobilityPlan) -> dict[str, Any]:
    facts = row.facts
    return {
        "status": facts.get("status", ""),
        "levels": facts.get("levels", []),
        "solver": facts.get("solver", ""),
        "instance_sha256": row.instance_sha256,
    }
