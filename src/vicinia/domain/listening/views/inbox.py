"""The inbox: what has come in, by what it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.forms import BulkForm, InboxFilter
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.domain.network import queries as network
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.components import Tab


@dataclass(frozen=True)
class View:
    """One tab of the inbox: its name in the address, its label, its sentence when empty."""

    name: str
    count: str
    label: Sentence
    empty: Sentence


VIEWS = [
    View(
        "da-assegnare",
        "unassigned",
        gettext_lazy("Da prendere"),
        gettext_lazy("Ogni segnalazione nuova comparirà qui finché qualcuno la prende."),
    ),
    View("mie", "mine", gettext_lazy("Mie"), gettext_lazy("Qui trovi le segnalazioni che hai preso tu.")),
    View(
        "scadenza", "due", gettext_lazy("Scadono oggi"), gettext_lazy("Qui trovi quelle da fare entro oggi.")
    ),
    View(
        "ritardo",
        "late",
        gettext_lazy("In ritardo"),
        gettext_lazy("Qui trovi quelle con il termine passato."),
    ),
    View(
        "attesa",
        "waiting",
        gettext_lazy("In attesa"),
        gettext_lazy("Qui trovi quelle che aspettano una risposta di chi segnala."),
    ),
    View(
        "tutte",
        "",
        gettext_lazy("Tutte"),
        gettext_lazy("Qui trovi tutte le segnalazioni, anche quelle chiuse."),
    ),
]


def _rows(view: View, by: Actor) -> ReportRows:
    rows = queries.reports(by)
    if view.name == "tutte":
        return rows.newest_first()
    chosen = {
        "da-assegnare": rows.unassigned,
        "mie": lambda: rows.owned_by(by),
        "scadenza": rows.due,
        "ritardo": rows.late,
        "attesa": rows.waiting,
    }[view.name]()
    return chosen.most_urgent_first()


@needs(Capability.SEE_REPORTS)
def inbox(request: HttpRequest) -> HttpResponse:
    """A tab of the inbox, filtered, 50 rows a page."""
    by = request.actor
    view = next((view for view in VIEWS if view.name == request.GET.get("vista")), VIEWS[0])
    rows = _rows(view, by).in_lines()
    filters = InboxFilter(request.GET, queryset=rows)
    counts = queries.inbox_counts(by)
    request.new_reports = counts["unassigned"]  # the navigation shows it too
    address = reverse("inbox")
    tabs = [
        Tab(tab.label, f"{address}?vista={tab.name}", tab is view, counts.get(tab.count)) for tab in VIEWS
    ]
    context = {
        "page": page_of(request, filters.qs),
        "filters": filters,
        "tabs": tabs,
        "view": view,
        "bodies": network.bodies() if by.can(Capability.TRIAGE_REPORTS) else [],
    }
    return page_or_part(request, "listening/inbox.html", "listening/inbox_rows.html", context)


@require_POST
@needs(Capability.TRIAGE_REPORTS)
def decide_together(request: HttpRequest) -> HttpResponse:
    """One decision about the chosen reports. What is refused is told report by report, the rest is done."""
    by = request.actor
    asked = request.POST.getlist("references")[:200]
    chosen = list(queries.reports(by).filter(reference__in=asked).select_related("category"))
    form = BulkForm(request.POST, references=[report.reference for report in chosen])
    back = request.POST.get("back") or reverse("inbox")
    if not form.is_valid():
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, str(error))
        return go_to(request, _own(back))
    refused = [sentence for report in chosen if (sentence := _decide(by, report, form))]
    done = len(chosen) - len(refused)
    if done:
        messages.success(
            request,
            ngettext("Fatto per %(n)s segnalazione.", "Fatto per %(n)s segnalazioni.", done) % {"n": done},
        )
    for sentence in refused[:5]:
        messages.error(request, sentence)
    return go_to(request, _own(back))


def _own(address: str) -> str:
    """Only an address of the inbox itself: never somebody else's."""
    inbox_address = reverse("inbox")
    return address if address.startswith(inbox_address) else inbox_address


def _decide(by: Actor, report: Report, form: BulkForm) -> str:
    values = form.cleaned_data
    try:
        if values["act"] == "take":
            actions.take(by=by, report=report)
        elif values["act"] == "set_aside":
            actions.set_aside(by=by, report=report, reason=values["reason"])
        else:
            actions.redirect(by=by, report=report, body=values["body"], words=values["reason"])
    except Refused as refusal:
        return _("%(reference)s: %(why)s") % {"reference": report.reference, "why": refusal.verdict.sentence}
    return ""


@needs(Capability.SEE_REPORTS)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Nothing forgotten: every open report without an owner or a next date. Cases join through a panel."""
    rows = queries.reports(request.actor).forgotten().in_lines()
    context = {"page": page_of(request, rows.order_by("received_at", "id"))}
    return render(request, "listening/forgotten.html", context)


@needs(Capability.MANAGE_USERS)
def of_user(request: HttpRequest, pk: int) -> HttpResponse:
    """How many reports a user has in charge, as a panel of their page."""
    context = {"own": queries.in_charge_of(pk), "shown_pk": pk}
    return page_or_part(request, "listening/of_user_page.html", "listening/of_user.html", context)


@needs(Capability.SEE_REPORTS)
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """The reports of a person, as a panel of their page."""
    rows = queries.reports_of_person_named(request.actor, reference)[:20]
    return render(request, "listening/of_person.html", {"reports": rows})
