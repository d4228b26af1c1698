"""Keys of other programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.foundation.accounts import actions, queries
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import CAPABILITY_NAMES, Capability
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.interfaces.administration.forms import KeyForm

administrator = needs(Capability.MANAGE_USERS)


@administrator
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, with what it may do and when it was last used."""
    page = page_of(request, queries.keys(by=actor_of(request)))
    rows = [(key, [CAPABILITY_NAMES[Capability(scope)] for scope in key.capabilities]) for key in page]
    return render(request, "administration/keys.html", {"page": page, "rows": rows})


@never_cache
@administrator
def new_key(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key, secret = actions.make_key(by=actor_of(request), details=form.details())
        return render(request, "administration/key_made.html", {"key": key, "secret": secret})
    return render(request, "administration/new_key.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@administrator
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a key for good."""
    key = queries.keys(by=actor_of(request)).filter(pk=pk).first()
    if key is None:
        raise NotVisible
    actions.revoke_key(by=actor_of(request), key=key)
    messages.success(request, _("Fatto. La chiave non apre più."))
    return go_to(request, reverse("keys"))
