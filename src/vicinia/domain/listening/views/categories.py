"""The pages where the kinds of problem are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.forms.categories import CategoryForm
from vicinia.domain.listening.models import Category
from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of

administrator = needs(Capability.MANAGE_SETTINGS)


@administrator
def categories(request: HttpRequest) -> HttpResponse:
    """Groups and their kinds, those no longer used too."""
    return render(request, "listening/categories.html", {"page": page_of(request, queries.categories())})


@administrator
def new_category(request: HttpRequest) -> HttpResponse:
    """Add a kind of problem, or a group of kinds."""
    return _written(request, None)


@administrator
def category(request: HttpRequest, code: str) -> HttpResponse:
    """Change a kind, or take it out of use: what has been used is never deleted."""
    return _written(request, queries.category_named(code))


def _written(request: HttpRequest, known: Category | None) -> HttpResponse:
    form = CategoryForm(request.POST or None, category=known)
    if request.method == "POST" and form.is_valid():
        written = actions.write_category(by=actor_of(request), card=form.card)
        messages.success(request, _("«%(name)s» salvato.") % {"name": written.name})
        return go_to(request, reverse("categories"))
    context = {"form": form, "category": known}
    return render(request, "listening/category.html", context, status=422 if form.is_bound else 200)
