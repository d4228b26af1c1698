"""Alerts: the list, one alert with what lies behind it, and what is decided about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import queries as casework
from vicinia.domain.foresight import actions, drawing, queries, rules, sentences
from vicinia.domain.foresight.forms import (
    AlertFilter,
    DismissForm,
    LinkCaseForm,
    OpenCaseForm,
    TakeBackForm,
    WatchForm,
)
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.states import AlertState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form

REPORTS_SHOWN = 5
A_MONTH = dt.timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """An alert in a list, in words."""

    alert: Alert
    title: str
    what: str
    chance: str

    @classmethod
    def of(cls, alert: Alert) -> Line:
        chance = sentences.how_often(alert.recurrence_days)
        return cls(alert, sentences.title(alert), sentences.what_rose(alert), chance)


@needs(Capability.SEE_ALERTS)
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that one may see, the latest first: 50 rows a page."""
    filters = AlertFilter(request.GET, queryset=queries.alerts(request.actor))
    page = page_of(request, filters.qs)
    context = {
        "filters": filters,
        "page": page,
        "lines": [Line.of(alert) for alert in page],
        "last_run": queries.last_done(),
        "may_run": rules.may_ask_run(request.actor, None, 1),
        "may_set": rules.may_set(request.actor),
    }
    return page_or_part(request, "foresight/alerts.html", "foresight/alert_rows.html", context)


@needs(Capability.SEE_ALERTS)
def alert(request: HttpRequest, reference: str) -> HttpResponse:
    """One alert: the sentence, the acts, the picture, the reports behind it, what was done the last time."""
    by = request.actor
    row = queries.alert_named(by, reference)
    behind = queries.reports_behind(by, row)
    last = queries.last_time(by, row)
    context = {
        "alert": row,
        "line": Line.of(row),
        "curve": drawing.curve(row),
        "around": drawing.surroundings(row, queries.counts_behind(row), behind.reports),
        "intensity": sentences.intensity(row),
        "may": _may(request, row),
        "behind": behind,
        "first_reports": behind.reports[:REPORTS_SHOWN],
        "other_reports": behind.reports[REPORTS_SHOWN:],
        "last_time": last,
        "last_lines": [Line.of(earlier) for earlier in last.alerts],
        "case": casework.cases(by).filter(pk=row.case_id).first() if row.case_id else None,
        "story": queries.story_of(row),
        "recomputed": queries.recomputations_of(row).first(),
        "may_recompute": rules.may_recompute(by),
    }
    return render(request, "foresight/alert.html", context)


def _may(request: HttpRequest, row: Alert) -> dict[str, Any]:
    """What may be done, each with its reason if not."""
    by, free = request.actor, len(queries.free_reports(request.actor, row))
    tomorrow = clock.today() + dt.timedelta(days=1)
    return {
        "open_case": rules.may_open_case(by, row, free),
        "watch": rules.may_watch(by, row, tomorrow, clock.today()),
        "decide": rules.may_decide(by, row),
        "is_decided": row.state != AlertState.NEW,
        "can_act": AlertState.ACTED in row.moves.table[row.state],
        "can_dismiss": AlertState.DISMISSED in row.moves.table[row.state],
    }


def _back(row: Alert) -> str:
    return reverse("alert", args=[row.reference])


@needs(Capability.DECIDE_ALERTS)
def dismiss(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an alert away, with a reason."""
    row = queries.alert_named(request.actor, reference)
    return one_form(
        request,
        title=_("Archivia l'allerta"),
        form=DismissForm(request.POST or None),
        do=lambda values: actions.dismiss(by=request.actor, alert=row, **values),
        done=_("Archiviata. Torna se le segnalazioni aumentano."),
        back=_back(row),
        about=sentences.title(row),
        label=_("Archivia"),
    )


@needs(Capability.DECIDE_ALERTS)
def watch(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep an eye on an alert."""
    row = queries.alert_named(request.actor, reference)
    return one_form(
        request,
        title=_("Tieni d'occhio"),
        form=WatchForm(request.POST or None, initial={"until": clock.today() + A_MONTH}),
        do=lambda values: actions.watch(by=request.actor, alert=row, **values),
        done=_("Fatto."),
        back=_back(row),
        about=sentences.title(row),
    )


@needs(Capability.DECIDE_ALERTS)
def open_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a place problem, and go to it."""
    by = request.actor
    row = queries.alert_named(by, reference)
    opened: list[str] = []
    title = f"{row.group.label}: {sentences.where(row)}"[:140]
    response = one_form(
        request,
        title=_("Apri un caso sul luogo"),
        form=OpenCaseForm(request.POST or None, initial={"title": title}),
        do=lambda values: opened.append(actions.open_case(by=by, alert=row, **values).reference),
        done=_("Caso aperto: la scheda SARA è già cominciata."),
        back=_back(row),
        about=sentences.what_rose(row),
        lead=_("Ci entrano le segnalazioni che vedi e che non sono in altri casi. Il referente sei tu."),
        label=_("Apri il caso"),
    )
    return go_to(request, reverse("case", args=opened)) if opened else response


@needs(Capability.DECIDE_ALERTS)
def link_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Let an open case follow an alert."""
    by = request.actor
    row = queries.alert_named(by, reference)
    form = LinkCaseForm(request.POST or None, by=by, alert=row)
    return one_form(
        request,
        title=_("Collega a un caso"),
        form=form,
        do=lambda values: actions.link_case(
            by=by, alert=row, case=casework.case_named(by, values["case"]), words=values["words"]
        ),
        done=_("Collegata."),
        back=_back(row),
        about=sentences.title(row),
        lead=_("Qui ci sono i casi aperti nei dintorni.")
        if form.has_cases
        else _("Nei dintorni non c'è nessun caso aperto: puoi aprirne uno tu."),
        label=_("Collega"),
    )


@needs(Capability.DECIDE_ALERTS)
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an alert among the new ones again."""
    row = queries.alert_named(request.actor, reference)
    return one_form(
        request,
        title=_("Rimetti tra le nuove"),
        form=TakeBackForm(request.POST or None),
        do=lambda values: actions.take_back(by=request.actor, alert=row, **values),
        done=_("Fatto."),
        back=_back(row),
        about=sentences.title(row),
        lead=_("Quello che si era deciso resta nella storia."),
    )


@needs(Capability.SEE_ALERTS)
@require_POST
def recompute(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask that an alert be computed again; the worker does it."""
    row = queries.alert_named(request.actor, reference)
    actions.ask_to_recompute(by=request.actor, alert=row)
    messages.success(request, _("Il ricalcolo comincia entro un minuto: ricarica la pagina."))
    return go_to(request, _back(row))


@needs(Capability.SEE_ALERTS)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: the alerts that it follows."""
    case = casework.case_named(request.actor, reference)
    lines = [Line.of(row) for row in queries.alerts_of_case(request.actor, case)]
    context = {"case": case, "lines": lines}
    return page_or_part(request, "foresight/on_case_page.html", "foresight/on_case.html", context)
