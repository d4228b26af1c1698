"""Shared spaces with their free times, bodies of tenants and pacts. Who books, signs or proposes never leaves by this door."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from vicinia.domain.commons.models import TenantsBody
from vicinia.domain.commons.queries import bodies, pacts, spaces
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import commons as serializers
from vicinia.interfaces.api.shapes import day, state
from vicinia.interfaces.api.views.house import answer, describe, page_of

SEE = Capability.SEE_PARTICIPATION


@describe("spaces_list", answer=serializers.SpacePage, asks=("page",))
@api_view(["GET"])
def spaces_list(request: Request) -> HttpResponse:
    """The spaces that are lent now, by name."""
    able(request, SEE)
    return page_of(request, spaces.shown_spaces(), _space)


def _space(row: Any) -> dict[str, Any]:
    names = ("code", "version", "name", "description", "place", "access", "capacity", "house_rules")
    return {name: getattr(row, name) for name in names} | {
        "area": row.area.code if row.area else None,
        "is_confirmed_by_hand": row.is_approved,
        "longest_hours": row.longest_hours,
        "bookings_to_come": row.booking_count,
    }


@describe("spaces_free-times", answer=serializers.FreeTimesShape, asks=("since",))
@api_view(["GET"])
def free_times(request: Request, code: str) -> HttpResponse:
    """What is free in a space, fourteen days from today or from the day that is asked for."""
    row = spaces.space_named(able(request, SEE), code)
    return answer({"code": row.code, "days": [_day(one) for one in spaces.days_of(row, _since(request))]})


def _since(request: Request) -> dt.date:
    asked = request.query_params.get("since")
    try:
        return dt.date.fromisoformat(asked) if asked else clock.today()
    except ValueError as error:
        raise ValidationError({"since": ["Serve un giorno, per esempio 2026-05-04."]}) from error


def _day(one: spaces.Day) -> dict[str, Any]:
    return {
        "day": day(one.day),
        "closed_because": one.closed_because,
        "hours": [
            {
                "from_time": f"{part.from_time:%H:%M}",
                "to_time": f"{part.to_time:%H:%M}",
                "is_free": part.is_free,
            }
            for part in one.stretches
        ],
    }


@describe("tenants-bodies_list", answer=serializers.TenantsBodyPage, asks=("page",))
@api_view(["GET"])
def tenants_bodies(request: Request) -> HttpResponse:
    """The bodies of tenants that everybody may read of, by name."""
    able(request, SEE)
    return page_of(request, bodies.shown_bodies(), _body)


def _body(row: TenantsBody) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "kind": row.kind,
        "state": state(row.state, row.get_state_display()),
        "name": row.name,
        "building": row.building.code,
        "services": row.service_names,
        "entitled": row.entitled,
        "constituted_on": day(row.constituted_on),
        "until": day(row.until),
    }


@describe("pacts_list", answer=serializers.PactPage, asks=("page",))
@api_view(["GET"])
def pacts_list(request: Request) -> HttpResponse:
    """Published pacts, the newest first."""
    able(request, SEE)
    return page_of(request, pacts.in_lines(pacts.shown_pacts().newest_first()), _pact)


def _pact(row: Any) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "level": row.level,
        "title": row.title,
        "goals": row.goals,
        "place": row.place,
        "area": row.area.code if row.area else None,
        "space": row.space.code if row.space else None,
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "promise_count": row.promise_count,
    }


@describe("pacts_read", answer=serializers.FullPactShape)
@api_view(["GET"])
def pact(request: Request, reference: str) -> HttpResponse:
    """One published pact with the promises of both sides and its yearly reports."""
    able(request, SEE)
    row = pacts.shown_pact(reference)
    promises = [
        {
            "side": one.side,
            "words": one.words,
            "rhythm": one.rhythm,
            "state": state(one.state, one.get_state_display()),
        }
        for one in pacts.promises_of(row)
    ]
    names = ("year", "words", "trouble", "hours", "people")
    reports = [
        {name: getattr(one, name) for name in names} | {"cost": str(one.cost)}
        for one in pacts.reports_of(row)
    ]
    return answer(_pact(row) | {"promises": promises, "reports": reports})
