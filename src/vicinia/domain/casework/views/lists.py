"""The list of cases, and those that would be forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries
from vicinia.domain.casework.forms import CaseFilter
from vicinia.domain.casework.queries.in_charge import in_charge_of
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.components import Tab


@needs(Capability.SEE_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """Mine, all open, without anyone in charge, or closed: 50 rows a page."""
    by = request.actor
    visible = queries.cases(by)
    views = {
        "miei": (_("Miei"), visible.open().owned_by(by).most_urgent_first()),
        "aperti": (_("Aperti"), visible.open().most_urgent_first()),
        "senza-referente": (_("Senza referente"), visible.without_owner().most_urgent_first()),
        "chiusi": (_("Chiusi"), visible.closed().newest_first()),
    }
    chosen = request.GET.get("vista", "miei")
    chosen = chosen if chosen in views else "miei"
    address = reverse("cases")
    tabs = [Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()]
    rows = queries.with_overdue_marks(views[chosen][1].in_lines())
    filters = CaseFilter(request.GET, queryset=rows)
    context = {"tabs": tabs, "view": chosen, "filters": filters, "page": page_of(request, filters.qs)}
    return page_or_part(request, "casework/cases.html", "casework/case_rows.html", context)


@needs(Capability.SEE_CASES)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Open cases without anyone in charge or without a next date."""
    page = page_of(request, queries.forgotten(request.actor))
    return page_or_part(request, "casework/forgotten.html", "casework/forgotten_part.html", {"page": page})


@needs(Capability.MANAGE_USERS)
def of_user(request: HttpRequest, pk: int) -> HttpResponse:
    """How much a user has in charge, as a panel of their page."""
    context = {"own": in_charge_of(pk), "shown_pk": pk}
    return page_or_part(request, "casework/of_user_page.html", "casework/of_user.html", context)


@needs(Capability.SEE_CASES)
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """The cases of a person, as a panel of their page."""
    rows = queries.cases_of_person_named(request.actor, reference).select_related("category", "owner")[:20]
    context = {"cases": rows, "reference": reference}
    return page_or_part(request, "casework/of_person_page.html", "casework/of_person.html", context)
