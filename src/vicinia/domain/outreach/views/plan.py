"""The communication plan: a table, a calendar, a paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import actions, papers, queries, rules
from vicinia.domain.outreach.forms import FinishLineForm, LineForm, PlanFilterForm
from vicinia.domain.outreach.models import PlanLine, PlanLineRows
from vicinia.domain.outreach.views.home import tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.components import Tab
from vicinia.foundation.look.dates import full_day_words
from vicinia.foundation.look.forms import ReasonForm

# A plan of more lines than this is printed part by part, by filtering.
MOST_PRINTED = 400


def _views(chosen: str) -> list[Tab]:
    return [
        Tab(_("Tabella"), reverse("outreach_plan"), chosen == "table", icon="list"),
        Tab(_("Calendario"), reverse("outreach_month"), chosen == "month", icon="calendar"),
    ]


def _found(request: HttpRequest, form: PlanFilterForm) -> PlanLineRows:
    rows = queries.plan_lines(request.actor)
    form.is_valid()
    if state := form.cleaned_data.get("stato"):
        rows = rows.filter(state=state)
    if channel := form.cleaned_data.get("canale"):
        rows = rows.filter(channel=channel)
    return rows


@needs(Capability.SEE_OUTREACH)
def table(request: HttpRequest) -> HttpResponse:
    """Every line in the order of the days, with what they cost and reached. 50 rows a page."""
    form = PlanFilterForm(request.GET)
    rows = _found(request, form)
    context = {
        "tabs": tabs(request.actor, "outreach_plan"),
        "views": _views("table"),
        "form": form,
        "page": page_of(request, queries.plan_in_lines(rows)),
        "totals": queries.totals_of(rows),
        "query": request.GET.urlencode(),
        "may_keep": _keeps(request),
    }
    return render(request, "outreach/plan.html", context)


def _keeps(request: HttpRequest) -> bool:
    """Whether who asks may write in the plan."""
    return request.actor.can(Capability.KEEP_OUTREACH)


def _month(words: str) -> dt.date:
    """The first day of "2026-05", or of this month."""
    try:
        return dt.datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007  a month has no time zone
    except ValueError:
        return clock.today().replace(day=1)


@needs(Capability.SEE_OUTREACH)
def month(request: HttpRequest) -> HttpResponse:
    """The plan as a calendar, month by month."""
    first = _month(request.GET.get("mese", ""))
    rows = queries.plan_lines(request.actor)
    context = {
        "tabs": tabs(request.actor, "outreach_plan"),
        "views": _views("month"),
        "weeks": queries.month_of(rows, first.year, first.month),
        "first": first,
        "today": clock.today(),
        "before": clock.add_months(first, -1),
        "after": clock.add_months(first, 1),
        "may_keep": _keeps(request),
    }
    return render(request, "outreach/month.html", context)


@needs(Capability.SEE_OUTREACH)
def paper(request: HttpRequest) -> HttpResponse:
    """The plan on paper, filtered as the table is."""
    rows = _found(request, PlanFilterForm(request.GET))
    lines = list(queries.plan_in_lines(rows)[:MOST_PRINTED])
    days = [line.day for line in lines] or [clock.today()]
    period = f"{full_day_words(min(days))} – {full_day_words(max(days))}"
    content = papers.plan(lines=lines, totals=queries.totals_of(rows), period=period)
    return pdf.as_response(content, "piano-della-comunicazione.pdf")


@needs(Capability.KEEP_OUTREACH)
def new(request: HttpRequest) -> HttpResponse:
    """One more line."""
    by = request.actor
    form = LineForm(request.POST or None, by=by, initial={"day": clock.today(), "owner": by.user_id})
    return one_form(
        request,
        title=_("Nuova riga del piano"),
        form=form,
        do=lambda _values: actions.add_line(by=by, new=form.line()),
        done=_("Riga aggiunta."),
        back=reverse("outreach_plan"),
    )


def _now(row: PlanLine) -> Shown:
    return [
        (_("Giorno"), row.day),
        (_("A chi"), row.audience),
        (_("Che cosa diciamo"), row.message),
        (_("A che punto è"), row.get_state_display()),
    ]


@needs(Capability.KEEP_OUTREACH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line that is still to be done."""
    by = request.actor
    row = queries.plan_line(by, pk)
    rules.may_change_line(by, row).require()
    form = LineForm(request.POST or None, by=by, initial=LineForm.values_of(row))

    def do(values: dict[str, Any]) -> PlanLine:
        return actions.change_line(by=by, line=row, new=form.line(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia la riga"),
        about=row.message,
        form=form,
        do=do,
        now=lambda: _now(row),
        done=_("Salvato."),
        back=reverse("outreach_plan"),
    )


@needs(Capability.KEEP_OUTREACH)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    by = request.actor
    row = queries.plan_line(by, pk)
    rules.may_finish_line(by, row, clock.today(), done_on=clock.today()).require()
    initial = {"done_on": clock.today(), "reach": queries.reach_of_line(row), "cost": row.cost}
    return one_form(
        request,
        title=_("È fatta"),
        about=row.message,
        form=FinishLineForm(request.POST or None, initial=initial),
        do=lambda values: actions.finish_line(by=by, line=row, **values),
        done=_("Segnata come fatta."),
        back=reverse("outreach_plan"),
        label=_("È fatta"),
    )


@needs(Capability.KEEP_OUTREACH)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a line up."""
    by = request.actor
    row = queries.plan_line(by, pk)
    rules.may_drop_line(by, row, "x").require()
    return one_form(
        request,
        title=_("Lascia cadere la riga"),
        about=row.message,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.drop_line(by=by, line=row, **values),
        done=_("Riga lasciata cadere."),
        back=reverse("outreach_plan"),
        label=_("Lascia cadere"),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    row = queries.plan_line(request.actor, pk)
    actions.resume_line(by=request.actor, line=row)
    messages.success(request, _("Riga ripresa."))
    return go_to(request, reverse("outreach_plan"))
