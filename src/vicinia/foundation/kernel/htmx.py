"""Answering htmx and plain browsers from one view."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (a boosted link asks for all of it)."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render `part` for htmx and the whole `page` for everybody else."""
    return render(request, part if wants_part(request) else page, context, status=status)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """After an act: a 303 for a browser, HX-Redirect for htmx."""
    if wants_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    response = redirect(url)
    response.status_code = 303
    return response
