"""Public endpoints: the background map, address suggestions, what is at a point. No personal data passes here."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vicinia.domain.territory import queries
from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.kernel.allowance import Allowance

View = Callable[[HttpRequest], HttpResponse]
# Someone who types fast asks a few times a second; two a second for a minute is a person, more is a program.
_ALLOWANCE = Allowance(count=120, seconds=60)
_MOST_LETTERS = 120


def _sparingly(view: View) -> View:
    """Refuse a client that asks too often: each answer costs some milliseconds of everybody's processor."""

    @wraps(view)
    def limited(request: HttpRequest) -> HttpResponse:
        if _ALLOWANCE.take(limited_address(request)):
            return view(request)
        words = {"error": _("Troppe richieste: aspetta un minuto e riprova.")}
        return JsonResponse(words, status=429, headers={"Retry-After": "60"})

    return limited


@require_safe
def base_map(request: HttpRequest) -> HttpResponse:
    """The town's own background map as GeoJSON; kept by browsers and caches, and asked again only if it changed."""
    base = queries.base_map()
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    body = base.compressed if takes_gzip else gzip.decompress(base.compressed)
    response = HttpResponse(body, content_type="application/geo+json")
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    # A weak tag: both encodings are the same map.
    response["ETag"] = f'W/"{base.etag}"'
    response["Cache-Control"] = "public, max-age=600"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
@_sparingly
def address_suggestions(request: HttpRequest) -> HttpResponse:
    """Addresses and places for what is being typed. `value` is the civic number when one is meant."""
    words = request.GET.get("q", "")[:_MOST_LETTERS]
    return JsonResponse([_suggestion(hit) for hit in queries.search_addresses(words)], safe=False)


def _suggestion(hit: queries.AddressHit) -> dict[str, Any]:
    return {
        "value": hit.civic_number_id or "",
        "label": hit.label,
        "hint": hit.detail,
        "lat": hit.lat,
        "lon": hit.lon,
        "precision": hit.precision,
    }


@require_safe
@_sparingly
def here(request: HttpRequest) -> HttpResponse:
    """The areas that contain a point, and its nearest address."""
    try:
        lat, lon = float(request.GET["lat"]), float(request.GET["lon"])
    except (KeyError, ValueError):
        lat = lon = float("nan")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return JsonResponse({"error": _("Servono lat e lon, in gradi.")}, status=400)
    near = queries.nearest_civic_number(lat, lon)
    reference = queries.reference_area_at(lat, lon)
    areas = queries.areas_at(lat, lon) or ([reference] if reference else [])
    return JsonResponse(
        {
            "areas": [{"kind": area.kind, "code": area.code, "name": area.name} for area in areas],
            "address": str(near.number) if near else "",
            "metres": round(near.metres) if near else None,
        }
    )
