"""The pages where the list of bodies is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.network import actions, queries
from vicinia.domain.network.forms import BodyForm
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of

keeper = needs(Capability.ASSIGN, Capability.MANAGE_SETTINGS)


@keeper
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, those no longer asked at the end."""
    return render(request, "network/bodies.html", {"page": page_of(request, queries.every_body())})


@keeper
def new_body(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    return _written(request, None)


@keeper
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Change a body, or stop asking it."""
    return _written(request, queries.body_named(code))


def _written(request: HttpRequest, known: PartnerBody | None) -> HttpResponse:
    form = BodyForm(request.POST or None, body=known)
    if request.method == "POST" and form.is_valid():
        written = actions.write_body(by=actor_of(request), card=form.card)
        messages.success(request, _("«%(name)s» salvato.") % {"name": written.name})
        return go_to(request, reverse("bodies"))
    context = {"form": form, "body": known}
    return render(request, "network/body.html", context, status=422 if form.is_bound else 200)
