"""Pages of words: the service, privacy, accessibility, legal notes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

PRIVACY_VERSION = "1.0"


@require_GET
def service(request: HttpRequest) -> HttpResponse:
    """The sheet of the service, in the order of the national model."""
    return render(request, "portal/service.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: the short layer, then the whole."""
    return render(request, "portal/privacy.html", {"version": PRIVACY_VERSION})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement and where to tell us what doesn't work."""
    return render(request, "portal/accessibility.html")


@require_GET
def legal(request: HttpRequest) -> HttpResponse:
    """Legal notes."""
    return render(request, "portal/legal.html")
