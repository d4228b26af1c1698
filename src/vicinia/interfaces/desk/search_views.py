"""The search page: with htmx the results change while one types, without it one presses Cerca."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from vicinia.foundation.accounts.guards import staff_only
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.interfaces.desk.search_page import SearchForm, find


@staff_only
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Reports, cases, people and places that hold the words, as far as one may see them."""
    form = SearchForm(request.GET)
    number = request.GET.get("pagina", "")
    page = int(number) if number.isdecimal() else 1
    found = find(request.actor, form, only=request.GET.get("tipo", ""), page=page)
    context = {"form": form, "found": found}
    return page_or_part(request, "desk/search.html", "desk/search_results.html", context)
