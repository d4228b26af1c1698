"""Refusals become pages, and every answer carries its security headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.htmx import wants_part
from vicinia.foundation.kernel.verdict import Verdict, forbid

PERMISSIONS_POLICY = (
    "geolocation=(self), camera=(self), microphone=(self), publickey-credentials-get=(self), "
    "publickey-credentials-create=(self), payment=(), usb=(), serial=(), hid=(), "
    "accelerometer=(), gyroscope=(), magnetometer=(), display-capture=(), browsing-topics=()"
)


class RefusalMiddleware:
    """Answers `Refused` with the rule's sentence: a page for a browser, a notice for htmx.

    `NotVisible` is an Http404 and becomes Django's 404 page by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not response.has_header("Cache-Control") and _is_signed_in(request):
            # A shared computer must not show a case to the next person who presses "back".
            response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; for htmx also what is not there or not allowed, which would fill a part with a page."""
        if isinstance(exception, Refused):
            return refusal(request, exception)
        if wants_part(request) and isinstance(exception, Http404 | PermissionDenied):
            return _part(request, {"verdict": _as_verdict(exception)})
        return None


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer to a refused act, with the status of its verdict (403 or 409)."""
    context = {
        "verdict": refused.verdict,
        "current": getattr(refused, "current", None),
        "yours": getattr(refused, "yours", None),
    }
    if wants_part(request):
        return _part(request, context)
    return render(request, f"{refused.verdict.status}.html", context, status=refused.verdict.status)


def _part(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The refusal as a notice at the top of the page, wherever the request came from."""
    response = render(request, "look/refusal.html", context, status=context["verdict"].status)
    response["HX-Retarget"], response["HX-Reswap"] = "#refusal", "innerHTML"
    return response


def _as_verdict(exception: Exception) -> Verdict:
    if isinstance(exception, Http404):
        sentence = _("Questa parte non c'è più, o non è per te. Ricarica la pagina.")
        return Verdict(allowed=False, sentence=sentence, status=404)
    return forbid(
        _("Questa parte è riservata. Se ti serve per il tuo lavoro, chiedi a chi coordina il servizio.")
    )


def _is_signed_in(request: HttpRequest) -> bool:
    """Look at the session only when the browser brought one: public pages stay without a query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
