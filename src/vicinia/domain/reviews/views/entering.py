"""Writing down a request that came by telephone, at the desk or on paper: from a report or from a case."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.reviews import actions, queries
from vicinia.domain.reviews.forms import EnterForm
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.dates import day_of_month_words


@needs(Capability.TRIAGE_REPORTS)
def from_report(request: HttpRequest, reference: str) -> HttpResponse:
    """For who made a report, or who joined it."""
    report = listening.report_named(request.actor, reference)
    return _enter(request, [report], reverse("report", args=[reference]), report.reference)


@needs(Capability.TRIAGE_REPORTS)
def from_case(request: HttpRequest, reference: str) -> HttpResponse:
    """For who made one of the reports of a case, or who joined one."""
    case = casework.case_named(request.actor, reference)
    visible = listening.reports(request.actor).filter(case_link__case=case).select_related("reporter")
    reports = list(visible.defer("description").order_by("received_at", "id")[:50])
    return _enter(request, reports, reverse("case", args=[reference]), case.reference)


def _askers(reports: Sequence[Report]) -> list[tuple[str, str]]:
    """Who may be asking, by what they did: names are revealed elsewhere."""
    askers = []
    for report in reports:
        day = day_of_month_words(report.received_at)
        facts = {"reference": report.reference, "day": day}
        askers.append((report.reference, _("Chi ha fatto la segnalazione %(reference)s, %(day)s") % facts))
        for row in queries.joined_people(report):
            day = day_of_month_words(row.created_at)
            facts = {"reference": report.reference, "day": day}
            label = _("Chi si è unito alla segnalazione %(reference)s, %(day)s") % facts
            askers.append((f"{report.reference}:{row.pk}", label))
    return askers


def _enter(request: HttpRequest, reports: Sequence[Report], back: str, about: str) -> HttpResponse:
    form = EnterForm(request.POST or None, askers=_askers(reports))
    if request.method == "POST" and form.is_valid():
        reference, _colon, joined = form.cleaned_data["asker"].partition(":")
        report = next(row for row in reports if row.reference == reference)
        person = queries.person_named(report, joined)
        review = actions.ask_for(by=request.actor, report=report, person=person, new=form.entered())
        words = _("Richiesta registrata: %(reference)s. Di' il numero a chi l'ha fatta.")
        messages.success(request, words % {"reference": review.reference})
        # A review that also counts police reports is not for everybody who may write it down.
        is_seen = queries.reviews(request.actor).filter(pk=review.pk).exists()
        return go_to(request, reverse("review", args=[review.reference]) if is_seen else back)
    context = {
        "title": _("Richiesta di riesame"),
        "about": about,
        "form": form,
        "back": back,
        "lead": _("Chi chiede un riesame vuole che il caso sia riguardato da chi non l'ha seguito. Non serve un motivo particolare."),
        "label": _("Registra"),
    }  # fmt: skip
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)
