"""Staff entry: a report by phone, at the desk, by letter or on the street, in half a minute of typing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions, queries, rules
from vicinia.domain.listening.forms import StaffEntryForm
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.queries import similar as related
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to


@needs(Capability.ENTER_REPORTS)
def enter(request: HttpRequest) -> HttpResponse:
    """The form: one field finds the person, one the place, one the kind."""
    form = StaffEntryForm(request.POST or None, request.FILES or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        report = _received(request, form)
        if report is not None:
            sentence = _("Segnalazione %(reference)s registrata.") % {"reference": report.reference}
            messages.success(request, sentence)
            return _after(request, report)
    context = {"form": form, "similar": _similar(request, form), "earlier": []}
    return render(request, "listening/enter.html", context, status=422 if form.is_bound else 200)


def _received(request: HttpRequest, form: StaffEntryForm) -> Report | None:
    """The report, or nothing when a photo is refused: then the form says so and keeps what was typed."""
    new = form.new_report(_known(request.actor, form))
    try:
        return actions.receive(by=request.actor, new=new, channel=form.cleaned_data["channel"]).report
    except FileRefused as refusal:
        form.add_error("photos", refusal.sentence)
        return None


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    """To the report, taken if so asked; what happened in somebody else's area stays with who follows it."""
    by = request.actor
    if not queries.reports(by).filter(pk=report.pk).exists():
        messages.info(request, _("La vede chi segue quella zona."))
        return go_to(request, reverse("new_report"))
    if "take" in request.POST and rules.may_take(by, report):
        actions.take(by=by, report=report)
    return go_to(request, reverse("report", args=[report.reference]))


def _initial(request: HttpRequest) -> dict[str, Any]:
    names = ("channel", "title", "address", "place_words", "lat", "lon", "person", "who")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _known(by: Actor, form: StaffEntryForm) -> Person | None:
    reference = form.cleaned_data.get("person")
    return people.person_of(by, reference) if reference else None


def _similar(request: HttpRequest, form: StaffEntryForm) -> list[Any]:
    """Similar and earlier reports for what has been typed so far."""
    typed = form.data if form.is_bound else form.initial
    return related.similar_while_typing(request.actor, typed)


@needs(Capability.ENTER_REPORTS)
def similar(request: HttpRequest) -> HttpResponse:
    """The part of the page that changes while typing: similar reports, and the known person's earlier ones."""
    by = request.actor
    person = request.GET.get("person", "")
    earlier = queries.reports_of_person(by, people.person_of(by, person).pk)[:5] if person else []
    context = {"similar": related.similar_while_typing(by, request.GET), "earlier": earlier}
    return render(request, "listening/similar.html", context)


@needs(Capability.REVEAL_PEOPLE)
def people_suggestions(request: HttpRequest) -> HttpResponse:
    """People by name, phone or e-mail; each search is in the access log."""
    words = request.GET.get("q", "")
    hits = people.find(request.actor, words) if people.looks_personal(words) else []
    rows = [{"value": hit.reference, "label": hit.name, "hint": hit.hint} for hit in hits[:8]]
    return JsonResponse(rows, safe=False)


@needs(Capability.ENTER_REPORTS)
def kind_suggestions(request: HttpRequest) -> HttpResponse:
    """Kinds of problem by name or keyword."""
    rows = [
        {"value": kind.code, "label": kind.name, "hint": kind.parent.name if kind.parent else ""}
        for kind in queries.kinds_like(request.GET.get("q", ""))
    ]
    return JsonResponse(rows, safe=False)
