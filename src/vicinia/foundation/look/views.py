"""The living catalogue: every component in every state, on both faces.

Only for developers and the demo town.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import no
from vicinia.foundation.look import catalogue as samples

View = Callable[..., HttpResponse]


def _only_where_shown(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@_only_where_shown
def catalogue(request: HttpRequest, which: str) -> HttpResponse:
    """All components, as the desk or the portal draws them."""
    form = samples.SampleForm(request.POST if request.method == "POST" else None, request.FILES or None)
    wrong = samples.SampleForm({"subject": "Rumore di notte", "when": "31/02"})
    context = {
        "form": form,
        "wrong": wrong,
        "page": Paginator(range(1, 241), 10).get_page(request.GET.get("pagina")),
        **samples.context(),
    }
    return render(request, f"look/catalogue_{which}.html", context)


@_only_where_shown
def suggestions(request: HttpRequest) -> HttpResponse:
    """Streets that begin as typed."""
    return JsonResponse(samples.streets_like(request.GET.get("q", "")), safe=False)


@_only_where_shown
def points(request: HttpRequest) -> HttpResponse:
    """Points for the sample map."""
    return JsonResponse(samples.POINTS)


@_only_where_shown
def base_map(request: HttpRequest) -> HttpResponse:
    """Areas and streets for the sample map."""
    return JsonResponse(samples.BASE_MAP)


@_only_where_shown
def refuse(request: HttpRequest) -> HttpResponse:
    """A refusal, as a rule gives it."""
    raise Refused(
        no(
            "Un impegno di ACER è ancora aperto.",
            hint="Segna l'impegno come mantenuto o spiega perché non lo è.",
        )
    )
