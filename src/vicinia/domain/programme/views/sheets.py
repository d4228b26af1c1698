"""Action sheets: headings, milestones, money, indicators."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.programme import actions, papers, queries, rules
from vicinia.domain.programme.forms import (
    BudgetForm,
    CostForm,
    IndicatorForm,
    MilestoneForm,
    ReasonForm,
    ReceiptForm,
    SheetForm,
    SheetStateForm,
    SlipForm,
)
from vicinia.domain.programme.models import HEADINGS, ActionSheet
from vicinia.domain.programme.states import Measure
from vicinia.domain.programme.views.programmes import drawn, to_programme
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.look.acting import one_form, versioned_form

SHOWN = 20


def to_sheet(pk: int) -> str:
    """The address of a sheet's page."""
    return reverse("action_sheet", args=[pk])


@needs(Capability.KEEP_PROGRAMME)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a sheet."""
    by = request.actor
    programme = queries.programme_named(by, reference)
    days = {"from_day": programme.from_day, "to_day": programme.to_day}
    form = SheetForm(request.POST or None, programme=programme, initial=days)
    made: list[ActionSheet] = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.add_sheet(by=by, programme=programme, axis=values["axis"], new=form.plan()))

    answer = one_form(
        request,
        title=_("Nuova scheda azione"),
        lead=_("Bastano titolo e giorni: le voci si scrivono un poco alla volta."),
        about=programme.title,
        form=form,
        do=do,
        done=_("Scheda aggiunta."),
        back=to_programme(programme),
    )
    return go_to(request, to_sheet(made[0].pk)) if made else answer


def _headings(row: ActionSheet) -> list[tuple[str, str]]:
    return [(str(label_of(ActionSheet, name)), getattr(row, name)) for name in HEADINGS if getattr(row, name)]


def _measured(row: ActionSheet, since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """The indicators of a sheet from its first day until today."""
    counts = queries.Counts(since, until)
    done = list(row.activities.live().order_by("id"))
    named = queries.named_by(row, done)
    found = []
    titles = {one.key: one.title for one in queries.sources()}
    for one in row.indicators.order_by("id"):
        figure = queries.figure_of(one, counts, named.get(one.source, set()))
        kinds = queries.kinds_of(one.source)
        found.append(
            {
                "pk": one.pk,
                "title": one.title,
                "value": figure.value,
                "goal": one.goal,
                "percent": min(100, figure.value * 100 // one.goal) if one.goal else None,
                "source_words": titles.get(one.source, one.source),
                "kinds": [kinds.get(kind, kind) for kind in one.kinds],
                "measure_words": Measure(one.measure).label,
            }
        )
    return found


@needs(Capability.SEE_PROGRAMME)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: what it promises, what was done, what it cost, how it is measured."""
    by = request.actor
    row = queries.sheet(by, pk)
    milestones = queries.milestones_of(row.programme)
    done = list(row.activities.live().order_by("day", "id"))
    context = {
        "sheet": row,
        "headings": _headings(row),
        "milestones": milestones[row.pk],
        "timeline": drawn(row.programme, [row], milestones, linked=False),
        "activities": queries.activities_in_lines(row.activities.newest_first())[:SHOWN],
        "reached": queries.PeopleReached(done).of(done),
        "hours": sum((one.hours for one in done), Decimal(0)),
        "activity_count": len(done),
        "budget": queries.budget_of(row),
        "costs": queries.costs_of(row)[:SHOWN],
        "measured": _measured(row, row.from_day, min(clock.today(), row.to_day)),
        "may_change": rules.may_change(by, row.programme),
    }
    return render(request, "programme/sheet.html", context)


@needs(Capability.KEEP_PROGRAMME)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a sheet anew."""
    by = request.actor
    row = queries.sheet(by, pk)
    values = SheetForm.values_of(row)
    form = SheetForm(request.POST or None, programme=row.programme, is_new=False, initial=values)
    return versioned_form(
        request,
        row=row,
        title=_("Cambia la scheda"),
        about=str(row),
        form=form,
        do=lambda values: actions.change_sheet(
            by=by, sheet=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Titolo"), row.title), *_headings(row)],
        done=_("Salvato."),
        back=to_sheet(pk),
    )


@needs(Capability.KEEP_PROGRAMME)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, suspend, conclude, drop."""
    by = request.actor
    row = queries.sheet(by, pk)
    return one_form(
        request,
        title=_("A che punto è la scheda"),
        about=str(row),
        form=SheetStateForm(request.POST or None, sheet=row),
        do=lambda values: actions.enter_sheet(by=by, sheet=row, **values),
        done=_("Salvato."),
        back=to_sheet(pk),
    )


@needs(Capability.SEE_PROGRAMME)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet on paper."""
    row = queries.sheet(request.actor, pk)
    milestones = queries.milestones_of(row.programme)
    budget = [
        {"title": one.title, "source": one.source, "amount": one.amount, "spent": one.spent or 0, "spent_so_far": one.spent or 0}
        for one in queries.budget_of(row)
    ]  # fmt: skip
    content = papers.sheet(
        row,
        headings=_headings(row),
        drawn=drawn(row.programme, [row], milestones, linked=False),
        budget=budget,
        measured=_measured(row, row.from_day, min(clock.today(), row.to_day)),
        made_at=clock.now(),
    )
    return pdf.as_response(content, f"scheda-{row.programme.reference}-{row.code}.pdf")


# Milestones -------------------------------------------------------------------------------------------------------


@needs(Capability.KEEP_PROGRAMME)
def add_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something by a day."""
    by = request.actor
    row = queries.sheet(by, pk)
    return one_form(
        request,
        title=_("Nuova tappa"),
        about=str(row),
        form=MilestoneForm(request.POST or None),
        do=lambda values: actions.add_milestone(by=by, sheet=row, **values),
        done=_("Tappa aggiunta."),
        back=to_sheet(pk),
    )


@needs(Capability.KEEP_PROGRAMME)
def move_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect it for another day, with the reason."""
    by = request.actor
    row = queries.milestone(by, pk)
    form = SlipForm(request.POST or None, initial={"to_day": row.expected_on, "seen_version": row.version})
    return versioned_form(
        request,
        row=row,
        title=_("Sposta la tappa"),
        about=row.title,
        form=form,
        do=lambda values: actions.move_milestone(by=by, milestone=row, **values),
        now=lambda: [(_("Attesa il"), row.expected_on)],
        done=_("Spostata. Il giorno previsto all'inizio resta scritto."),
        back=to_sheet(row.sheet_id),
    )


@require_POST
@needs(Capability.KEEP_PROGRAMME)
def reach_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """It is reached today, or is not after all."""
    row = queries.milestone(request.actor, pk)
    actions.reach_milestone(by=request.actor, milestone=row, on=None if row.done_on else clock.today())
    messages.success(request, _("Fatto."))
    return go_to(request, to_sheet(row.sheet_id))


# Money ------------------------------------------------------------------------------------------------------------


@needs(Capability.KEEP_PROGRAMME)
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Add money."""
    by = request.actor
    row = queries.sheet(by, pk)

    def do(values: dict[str, Any]) -> None:
        values.pop("seen_version")
        actions.add_budget_line(by=by, sheet=row, **values)

    form = BudgetForm(request.POST or None)
    return one_form(
        request, title=_("Nuova voce di spesa"), about=str(row), form=form, do=do, done=_("Aggiunta."), back=to_sheet(pk)
    )  # fmt: skip


@needs(Capability.KEEP_PROGRAMME)
def change_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Change a line of money."""
    by = request.actor
    row = queries.budget_line(queries.sheet(by, pk), line)
    values = {"title": row.title, "source": row.source, "amount": row.amount, "seen_version": row.version}
    return versioned_form(
        request,
        row=row,
        title=_("Cambia la voce di spesa"),
        about=str(row.sheet),
        form=BudgetForm(request.POST or None, initial=values),
        do=lambda values: actions.change_budget_line(by=by, line=row, **values),
        now=lambda: [(_("Voce"), row.title), (_("Importo in euro"), row.amount)],
        done=_("Salvato."),
        back=to_sheet(pk),
    )


@needs(Capability.KEEP_PROGRAMME)
def spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was paid."""
    by = request.actor
    row = queries.sheet(by, pk)
    form = CostForm(request.POST or None, request.FILES or None, sheet=row, initial={"day": clock.today()})
    return one_form(
        request,
        title=_("Nuova spesa"),
        about=str(row),
        form=form,
        do=lambda _values: actions.record_cost(by=by, sheet=row, new=form.new()),
        done=_("Spesa registrata."),
        back=to_sheet(pk),
    )


@needs(Capability.SEE_PROGRAMME)
def cost(request: HttpRequest, pk: int) -> HttpResponse:
    """One cost with its receipts."""
    by = request.actor
    row = queries.cost(by, pk)
    context = {
        "cost": row,
        "files": list(attachments.of(row)),
        "may_change": rules.may_change(by, row.sheet.programme),
    }
    return render(request, "programme/cost.html", context)


@needs(Capability.SEE_PROGRAMME)
def receipt(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One receipt."""
    return stream(request, attachments.named(queries.cost(request.actor, pk), name))


@needs(Capability.KEEP_PROGRAMME)
def add_receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt that came later."""
    by = request.actor
    row = queries.cost(by, pk)
    return one_form(
        request,
        title=_("Aggiungi la ricevuta"),
        about=row.what,
        form=ReceiptForm(request.POST or None, request.FILES or None),
        do=lambda values: actions.add_receipts(by=by, cost=row, files=values["scans"]),
        done=_("Aggiunta."),
        back=reverse("cost", args=[pk]),
    )


@needs(Capability.KEEP_PROGRAMME)
def void_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """Cross out a cost."""
    by = request.actor
    row = queries.cost(by, pk)
    return one_form(
        request,
        title=_("Annulla la spesa"),
        lead=_("Resta scritta e non conta più. Nei rendiconti già congelati resta com'era."),
        about=row.what,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.void_cost(by=by, cost=row, **values),
        done=_("Annullata."),
        back=reverse("cost", args=[pk]),
    )


# Indicators -------------------------------------------------------------------------------------------------------


@needs(Capability.KEEP_PROGRAMME)
def add_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Define a figure."""
    by = request.actor
    row = queries.sheet(by, pk)
    form = IndicatorForm(request.POST or None)
    return one_form(
        request,
        title=_("Nuovo indicatore"),
        lead=_("Si calcola da solo da ciò che è registrato. I casi si contano e non si dice mai quali sono."),
        about=str(row),
        form=form,
        do=lambda _values: actions.add_indicator(by=by, sheet=row, new=form.plan()),
        done=_("Indicatore aggiunto."),
        back=to_sheet(pk),
    )


@needs(Capability.KEEP_PROGRAMME)
def change_indicator(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """Count in another way."""
    by = request.actor
    row = queries.indicator_of(queries.sheet(by, pk), indicator)
    form = IndicatorForm(request.POST or None, initial=IndicatorForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia l'indicatore"),
        about=str(row.sheet),
        form=form,
        do=lambda values: actions.change_indicator(
            by=by, indicator=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: [(_("Che cosa misura"), row.title), (_("Obiettivo"), row.goal)],
        done=_("Salvato."),
        back=to_sheet(pk),
    )


@require_POST
@needs(Capability.KEEP_PROGRAMME)
def drop_indicator(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """Count it no more."""
    by = request.actor
    actions.drop_indicator(by=by, indicator=queries.indicator_of(queries.sheet(by, pk), indicator))
    messages.success(request, _("Indicatore tolto."))
    return go_to(request, to_sheet(pk))
