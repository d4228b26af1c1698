"""The list of reviews, and the panels on the pages of a case and of a report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import queries as listening
from vicinia.domain.reviews import queries
from vicinia.domain.reviews.forms import ReviewFilter
from vicinia.domain.reviews.states import ENDED_STATES, OPEN_STATES
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.components import Tab

VIEWS = {"aperti": OPEN_STATES, "finiti": ENDED_STATES}


@needs(Capability.SEE_CASES)
def reviews(request: HttpRequest) -> HttpResponse:
    """Open ones, the late first, or ended ones; of one state if asked. 50 rows a page."""
    view = request.GET.get("vista", "")
    view = view if view in VIEWS else "aperti"
    filters = ReviewFilter(request.GET, states=VIEWS[view])
    address = reverse("reviews")
    labels = {"aperti": _("Aperti"), "finiti": _("Finiti")}
    tabs = [Tab(label, f"{address}?vista={name}", name == view) for name, label in labels.items()]
    context = {
        "tabs": tabs,
        "view": view,
        "filters": filters,
        "page": page_of(request, queries.listed(request.actor, view, filters.state)),
    }
    return page_or_part(request, "reviews/reviews.html", "reviews/review_rows.html", context)


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: the reviews asked for on it."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "reviews": queries.of_case(request.actor, case),
        "may_enter": request.actor.can(Capability.TRIAGE_REPORTS),
    }
    return page_or_part(request, "reviews/on_case_page.html", "reviews/on_case.html", context)


@needs(Capability.SEE_REPORTS)
def on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a report's page: whether its reporter may ask for a review, and what they asked for."""
    report = listening.report_named(request.actor, reference)
    context = {
        "report": report,
        "right": queries.right_for_staff(request.actor, report),
        "reviews": queries.of_report(request.actor, report),
        "may_enter": request.actor.can(Capability.TRIAGE_REPORTS),
    }
    return page_or_part(request, "reviews/on_report_page.html", "reviews/on_report.html", context)
