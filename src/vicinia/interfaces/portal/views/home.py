"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vicinia.domain.outreach import queries as outreach
from vicinia.domain.territory import queries as territory
from vicinia.interfaces.portal import queries

# How many of the newest notices and next events the first page shows.
SHOWN = 3


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, and where."""
    context = {
        "areas": territory.reference_areas(),
        "solved": queries.solved_in_a_year(),
        "notices": outreach.public_notices()[:SHOWN],
        "events": outreach.public_events()[:SHOWN],
    }
    return render(request, "portal/home.html", context)
