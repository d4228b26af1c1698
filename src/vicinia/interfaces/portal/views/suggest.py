"""What the form proposes while one types."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from vicinia.domain.listening import queries as listening


@require_GET
def kinds(request: HttpRequest) -> JsonResponse:
    """Kinds of problem by name or by the words that people use for them."""
    found = listening.kinds_like(request.GET.get("q", "")[:80])[:8]
    rows = [
        {"value": kind.code, "label": kind.label, "hint": kind.parent.label if kind.parent else ""}
        for kind in found
    ]
    return JsonResponse(rows, safe=False)
