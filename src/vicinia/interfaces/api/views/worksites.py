"""Worksites, their times and disruptions. What those nearby complain of leaves as a number."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.worksites import queries
from vicinia.domain.worksites.models import Disruption, Lot, Phase, Worksite
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import worksites as serializers
from vicinia.interfaces.api.shapes import day, state
from vicinia.interfaces.api.views.house import answer, describe, page_of

_DAYS = ("planned_from", "planned_to", "forecast_from", "forecast_to", "began_on", "ended_on")


@describe("worksites_list", answer=serializers.WorksitePage, asks=("page",))
@api_view(["GET"])
def worksites(request: Request) -> HttpResponse:
    """Worksites, those that are open first."""
    by = able(request, Capability.SEE_WORKSITES)
    return page_of(request, queries.with_counts(queries.worksites(by)), _worksite)


def _worksite(row: Worksite) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "name": row.name,
        "summary": row.summary,
        "who_to_call": row.who_to_call,
        "area": row.area.code if row.area else None,
    }


@describe("worksites_read", answer=serializers.FullWorksiteShape)
@api_view(["GET"])
def worksite(request: Request, reference: str) -> HttpResponse:
    """One worksite with its lots and their phases: what was planned, what is thought now, how it went."""
    row = queries.worksite_named(able(request, Capability.SEE_WORKSITES), reference)
    numbers = queries.numbers_of(row)
    counts = {"all": numbers.all, "open": numbers.open, "late": numbers.late}
    return answer(
        _worksite(row) | {"lots": [_lot(lot) for lot in queries.lots_of(row)], "complaints": counts}
    )


def _days(row: Lot | Phase) -> dict[str, str | None]:
    return {name: day(getattr(row, name)) for name in _DAYS}


def _lot(row: Lot) -> dict[str, Any]:
    phases = [{"title": one.title, "is_milestone": one.is_milestone} | _days(one) for one in row.phases.all()]
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "name": row.name,
        "contractor": row.contractor.name if row.contractor else None,
        "manager": row.manager.name if row.manager else None,
        "phases": phases,
    } | _days(row)


@describe("disruptions_list", answer=serializers.DisruptionPage, asks=("page",))
@api_view(["GET"])
def disruptions(request: Request) -> HttpResponse:
    """Disruptions that are on or to come, soonest first."""
    by = able(request, Capability.SEE_WORKSITES)
    rows = queries.disruptions(by).to_come().soonest_first()
    return page_of(request, queries.in_disruption_lines(rows), _disruption)


def _disruption(row: Disruption) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "state": state(row.state, row.get_state_display()),
        "worksite": row.lot.worksite.reference,
        "lot": row.lot.reference,
        "from_day": day(row.from_day),
        "to_day": day(row.to_day),
        "from_time": f"{row.from_time:%H:%M}",
        "to_time": f"{row.to_time:%H:%M}",
        "places": queries.names_of_places(row),
        "notice": row.notice.reference if row.notice else None,
        "notice_due_on": day(row.notice_due_on),
    }
