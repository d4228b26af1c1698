"""Did it work? The panel of a case, the choice of what is compared, and the page that says what can be told."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.outcomes import actions, queries, rules
from vicinia.domain.outcomes.forms import MeasureForm, OpinionForm
from vicinia.domain.outcomes.models import Measure
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.look.acting import one_form, refused_at


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: what can be said of its outcome, or the way to measuring it."""
    case = casework.case_named(request.actor, reference)
    context = _shown(case, queries.measure_of(case)) | {
        "may": rules.may_measure(request.actor, case),
        "to_ask": queries.reports_to_ask(case) if request.actor.can(Capability.WORK_CASES) else (),
    }
    return page_or_part(request, "outcomes/on_case_page.html", "outcomes/on_case.html", context)


@needs(Capability.SEE_CASES)
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """What can and can't be concluded, the areas on a map, the counts and the numbers behind them."""
    case = casework.case_named(request.actor, reference)
    measure = queries.measure_on(case)
    context = _shown(case, measure) | {
        "may": rules.may_measure(request.actor, case),
        "circles": _circles(case, measure),
    }
    return render(request, "outcomes/outcome.html", context)


@needs(Capability.SEE_CASES)
def outcome_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as PDF."""
    case = casework.case_named(request.actor, reference)
    measure = queries.measure_on(case)
    content = pdf.render("outcomes/paper.html", _shown(case, measure))
    actions.note_print(by=request.actor, case=case)
    return pdf.as_response(content, f"esito-{reference}.pdf")


@needs(Capability.WORK_CASES)
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose since when, how wide and which place is compared."""
    by = request.actor
    case = casework.case_named(by, reference)
    rules.may_measure(by, case).require()
    measure = queries.measure_of(case)
    form = MeasureForm(request.POST or None, initial=MeasureForm.initial_of(measure))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_version"]
        refused = refused_at(
            form,
            lambda: actions.set_measure(by=by, case=case, new=form.new_measure(), seen_version=seen),
        )
        if refused is None:
            messages.success(request, _("Salvato."))
            return go_to(request, reverse("outcome", args=[reference]))
        status = refused.verdict.status
    return render(request, "outcomes/choose.html", {"case": case, "form": form}, status=status)


@needs(Capability.WORK_CASES)
def opinion(request: HttpRequest, reference: str, report_reference: str) -> HttpResponse:
    """What somebody says by phone of how they were followed."""
    case = casework.case_named(request.actor, reference)
    report = casework.report_in(case, report_reference)
    return one_form(
        request,
        title=_("Com'è andata con noi?"),
        form=OpinionForm(request.POST or None),
        do=lambda values: actions.give_opinion(by=request.actor, report=report, answers=values),
        done=_("Fatto."),
        back=reverse("case", args=[reference]),
        about=report_reference,
        lead=_("Leggi le domande così come sono, e segna la risposta."),
    )


@needs(Capability.SEE_STATISTICS)
def opinions(request: HttpRequest) -> HttpResponse:
    """What people say of the cases closed in the last twelve months."""
    until = clock.today() + dt.timedelta(days=1)
    found = queries.opinions(until - dt.timedelta(days=365), until)
    return render(request, "outcomes/opinions.html", {"found": found, "fewest": rules.FEWEST_OPINIONS})


def _shown(case: Case, measure: Measure | None) -> dict[str, Any]:
    found = queries.outcome_of(case, measure) if measure else None
    return {
        "case": case,
        "measure": measure,
        "outcome": found,
        "rows": _rows(found) if found else (),
        "first_day": queries.first_day(measure) if measure else None,
    }


def _rows(found: queries.Outcome) -> list[tuple[str, int, int]]:
    compared = found.comparison
    rows = [
        (_("zona dell'intervento"), compared.treated),
        (_("luogo di confronto"), compared.control),
        (_("anello intorno all'intervento"), compared.around),
        (_("anello intorno al confronto"), compared.around_control),
    ]
    return [(label, change.before, change.after) for label, change in rows if change]


def _circles(case: Case, measure: Measure) -> str:
    here = {"lat": case.lat, "lon": case.lon}
    there = {"lat": measure.control_lat, "lon": measure.control_lon}
    circles = [
        here | {"metres": measure.ring, "kind": "around", "name": ""},
        here | {"metres": measure.radius, "kind": "treated", "name": _("intervento")},
        there | {"metres": measure.ring, "kind": "around", "name": ""},
        there | {"metres": measure.radius, "kind": "control", "name": _("confronto")},
    ]
    return json.dumps(circles)
