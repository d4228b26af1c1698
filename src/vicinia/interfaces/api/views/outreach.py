"""Notices and events: what is public, to anybody; the rest, to who works on what the town says."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.outreach import queries
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api import shapes
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import outreach as serializers
from vicinia.interfaces.api.views.house import answer, describe, page_of


@describe("notices_list", answer=serializers.NoticePage, asks=("page",))
@api_view(["GET"])
def notices(request: Request) -> HttpResponse:
    """Notices, the newest first, drafts too: their state says which are out."""
    by = able(request, Capability.SEE_OUTREACH)
    return page_of(request, queries.in_lines(queries.notices(by).order_by("-id")), shapes.notice)


@describe("notices_read", answer=serializers.FullNoticeShape)
@api_view(["GET"])
def notice(request: Request, reference: str) -> HttpResponse:
    """One notice in all its languages, and how many it has reached."""
    by = able(request, Capability.SEE_OUTREACH)
    row = queries.notice_named(by, reference)
    return answer(shapes.full_notice(row, queries.reach_of(row)))


@describe("events_list", answer=serializers.EventPage, asks=("page",))
@api_view(["GET"])
def events(request: Request) -> HttpResponse:
    """Events, the latest day first. Who signed up is a number."""
    by = able(request, Capability.SEE_OUTREACH)
    return page_of(request, queries.events_in_lines(queries.events(by).newest_first()), shapes.event)


@describe("events_read", answer=serializers.EventShape)
@api_view(["GET"])
def event(request: Request, reference: str) -> HttpResponse:
    """One event."""
    return answer(shapes.event(queries.event_named(able(request, Capability.SEE_OUTREACH), reference)))
