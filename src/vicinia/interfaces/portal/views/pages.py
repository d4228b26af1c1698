"""Pages of words: the service, privacy, accessibility, legal notes."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

# When the words of these pages last changed: who stamps a reading can tell which words were read.
PRIVACY_VERSION, PRIVACY_UPDATED_ON = "1.0", dt.date(2026, 11, 23)
SERVICE_UPDATED_ON = dt.date(2026, 11, 23)


@require_GET
def service(request: HttpRequest) -> HttpResponse:
    """The sheet of the service, in the order of the national model."""
    context = {"updated_on": SERVICE_UPDATED_ON, "first_contact_days": settings.FIRST_CONTACT_DAYS}
    return render(request, "portal/service.html", context)


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: the short layer, then the whole."""
    context = {"version": PRIVACY_VERSION, "updated_on": PRIVACY_UPDATED_ON}
    return render(request, "portal/privacy.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement and where to tell us what doesn't work."""
    return render(request, "portal/accessibility.html")


@require_GET
def legal(request: HttpRequest) -> HttpResponse:
    """Legal notes."""
    return render(request, "portal/legal.html")
