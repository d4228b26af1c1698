"""Pages of the desk that keep the territory in order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.domain.territory import actions, queries, rules
from vicinia.domain.territory.forms import NamedPlaceForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more
from vicinia.foundation.look.components import Tab

_TABS = {
    "territory": gettext_lazy("Zone"),
    "territory_streets": gettext_lazy("Strade"),
    "territory_places": gettext_lazy("Luoghi"),
    "territory_quality": gettext_lazy("Da sistemare"),
}


def _page(request: HttpRequest, name: str, template: str, context: dict[str, Any]) -> HttpResponse:
    tabs = [Tab(label, reverse(url), url == name) for url, label in _TABS.items()]
    return render(request, template, context | {"tabs": tabs})


@needs(Capability.EDIT_TERRITORY)
def areas(request: HttpRequest) -> HttpResponse:
    """The areas by kind, with what lies in them."""
    return _page(request, "territory", "territory/areas.html", {"counted": queries.area_counts()})


@needs(Capability.EDIT_TERRITORY)
def streets(request: HttpRequest) -> HttpResponse:
    """The streets with their counts, found by near words."""
    words = request.GET.get("q", "")[:120]
    context = {"page": page_of(request, queries.streets(words)), "words": words}
    return _page(request, "territory_streets", "territory/streets.html", context)


@needs(Capability.EDIT_TERRITORY)
def places(request: HttpRequest) -> HttpResponse:
    """The named places."""
    context = {"page": page_of(request, queries.places())}
    return _page(request, "territory_places", "territory/places.html", context)


@needs(Capability.EDIT_TERRITORY)
def quality(request: HttpRequest) -> HttpResponse:
    """What is not right yet."""
    return _page(request, "territory_quality", "territory/quality.html", {"quality": queries.quality()})


@needs(Capability.EDIT_TERRITORY)
def name_place(request: HttpRequest) -> HttpResponse:
    """Give a place a name."""
    form = NamedPlaceForm(request.POST or None)
    if form.is_valid():
        place = actions.name_place(by=request.actor, details=form.details)
        messages.success(request, _("«%(name)s» aggiunto.") % {"name": place.name})
        return go_to(request, reverse("territory_places"))
    return render(
        request, "territory/place.html", {"form": form, "place": None}, status=422 if form.is_bound else 200
    )


@needs(Capability.EDIT_TERRITORY)
def change_place(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a place."""
    place = queries.place(code)
    form = NamedPlaceForm(request.POST or None, initial=NamedPlaceForm.initial_of(place))
    if form.is_valid():
        actions.change_place(by=request.actor, place=place, details=form.details)
        messages.success(request, _("«%(name)s» corretto.") % {"name": place.name})
        return go_to(request, reverse("territory_places"))
    context = {
        "form": form,
        "place": place,
        "retire": rules.may_retire(request.actor, place),
        "restore": rules.may_restore(request.actor, place),
    }
    return render(request, "territory/place.html", context, status=422 if form.is_bound else 200)


@needs(Capability.EDIT_TERRITORY)
def retire_place(request: HttpRequest, code: str) -> HttpResponse:
    """Take a place out of use, asked once more."""
    place = queries.place(code)
    if request.method == "POST":
        actions.retire_place(by=request.actor, place=place)
        undo = reverse("restore_place", args=[code])
        messages.success(request, _("«%(name)s» tolto.") % {"name": place.name}, extra_tags=f"undo:{undo}")
        return go_to(request, reverse("territory_places"))
    return once_more(
        request,
        title=_("Togliere «%(name)s»?") % {"name": place.name},
        sentence=_("Non viene più proposto a chi segnala. Le segnalazioni già arrivate restano come sono."),
        label=_("Togli"),
        back=reverse("change_place", args=[code]),
    )


@needs(Capability.EDIT_TERRITORY)
def restore_place(request: HttpRequest, code: str) -> HttpResponse:
    """Put a retired place back into use."""
    place = queries.place(code)
    if request.method == "POST":
        actions.restore_place(by=request.actor, place=place)
        messages.success(request, _("«%(name)s» rimesso in uso.") % {"name": place.name})
    return go_to(request, reverse("territory_places"))
