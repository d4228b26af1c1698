"""How far programmes are: numbers and days. What was done and who sits in the committee never leave by this door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.programme import queries
from vicinia.domain.programme.models import ActionSheet, Milestone, Programme
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import programme as serializers
from vicinia.interfaces.api.shapes import day, state
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("programmes_list", answer=serializers.ProgrammePage, asks=("page",))
@api_view(["GET"])
def programmes(request: Request) -> HttpResponse:
    """The programmes that have begun, newest first."""
    by = able(request, Capability.SEE_PROGRESS)
    return page_of(request, queries.programmes_told(by).newest_first(), _programme)


def _programme(row: Programme) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "funder": row.funder,
        "from_day": day(row.from_day),
        "to_day": day(row.to_day),
    }


@describe("programmes_read", answer=serializers.FullProgrammeShape)
@api_view(["GET"])
def programme(request: Request, reference: str) -> HttpResponse:
    """One programme with how far its action sheets are."""
    row = queries.programme_told(able(request, Capability.SEE_PROGRESS), reference)
    totals, milestones = queries.totals_of(row), queries.milestones_of(row)
    sheets = [_sheet(one, totals[one.pk], milestones.get(one.pk, [])) for one in queries.sheets_of(row)]
    return answer(_programme(row) | {"sheets": sheets})


def _sheet(row: ActionSheet, total: Any, milestones: Sequence[Milestone]) -> dict[str, Any]:
    return {
        "code": row.code,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "from_day": day(row.from_day),
        "to_day": day(row.to_day),
        "activities": total.activities,
        "hours": f"{total.hours:.2f}",
        "budget": f"{total.budget:.2f}",
        "spent": f"{total.spent:.2f}",
        "milestones": len(milestones),
        "milestones_reached": sum(1 for one in milestones if one.done_on),
        "milestones_late": sum(1 for one in milestones if one.is_late),
    }
