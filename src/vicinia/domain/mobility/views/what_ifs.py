"""What-ifs: a supposition on a plan, computed and compared with it, never published; one may ask for a plan like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules, sentences
from vicinia.domain.mobility.actions import NewPlan
from vicinia.domain.mobility.forms import LotLaterForm, SpareForm, ToleranceForm
from vicinia.domain.mobility.forms.plans import WhatIfForm, what_if
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.domain.mobility.states import Change, PlanKind
from vicinia.domain.mobility.views.picture import Picture
from vicinia.domain.mobility.views.plans import remedies_of, run, to_plan
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import one_form

Maker = Callable[[MobilityPlan, Any], WhatIfForm]


def _lot_later(row: MobilityPlan, data: Any) -> WhatIfForm:
    lots = queries.lot_names(queries.lots_of(queries.facts_of(row.relocation)))
    return LotLaterForm(data, lots=lots)


_FORMS: dict[str, tuple[Sentence, Maker]] = {
    Change.SPARE: (gettext_lazy("Un alloggio volano in più"), lambda row, data: SpareForm(data)),
    Change.LOT_LATER: (gettext_lazy("E se un lotto slitta?"), _lot_later),
    Change.TOLERANCE: (
        gettext_lazy("E se bastassero alloggi un po' più piccoli?"),
        lambda row, data: ToleranceForm(data),
    ),
}


def _ask(request: HttpRequest, row: MobilityPlan, new: NewPlan) -> MobilityPlan:
    return actions.ask_plan(by=request.actor, relocation=row.relocation, new=new)


@run
def suppose(request: HttpRequest, reference: str, number: int, change: str) -> HttpResponse:
    """Ask what would be if: the answer is a plan of its own, compared with this one."""
    row = queries.plan_named(request.actor, reference, number)
    if change not in _FORMS:
        raise NotVisible
    title, make = _FORMS[change]
    form = make(row, request.POST if request.method == "POST" else None)
    made: list[MobilityPlan] = []
    answer = one_form(
        request,
        title=title,
        about=_("Piano %(number)s") % {"number": row.number},
        lead=_("La risposta si confronta con questo piano. Il piano non cambia."),
        form=form,
        do=lambda _values: made.append(_ask(request, row, form.new_plan(row))),
        done=_("Il calcolo comincia entro un minuto."),
        back=to_plan(row),
        label=_("Calcola"),
    )
    return go_to(request, to_plan(made[0])) if made else answer


@run
@require_POST
def nobody_outside(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Ask for a plan in which nobody is outside, or why there is none."""
    row = queries.plan_named(request.actor, reference, number)
    question = {"change": Change.NOBODY_OUTSIDE.value, "nobody_outside": True}
    return _asked(request, _ask(request, row, what_if(row, question)))


@run
@require_POST
def remedy(request: HttpRequest, reference: str, number: int, at: int) -> HttpResponse:
    """Ask what would be with one of the remedies that the page of an impossible plan proposes."""
    row = queries.plan_named(request.actor, reference, number)
    found = remedies_of(Picture(row, request.actor))
    if at >= len(found):
        raise NotVisible
    return _asked(request, _ask(request, row, what_if(row, dict(found[at].question))))


@run
@require_POST
def make_plan(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Ask for a plan as a what-if was answered, where nothing of the register has to change for it."""
    row = queries.plan_named(request.actor, reference, number)
    if not rules.is_askable(row):
        raise NotVisible
    question = {"nobody_outside": True}
    new = NewPlan(PlanKind.PLAN, row.time_limit, row.restricted, question=question)
    return _asked(request, _ask(request, row, new))


def _asked(request: HttpRequest, made: MobilityPlan) -> HttpResponse:
    messages.success(request, _("Il calcolo comincia entro un minuto."))
    return go_to(request, to_plan(made))


# Comparing two ----------------------------------------------------------------------------------------------------


@run
def compare(request: HttpRequest, reference: str, number: int, other: int) -> HttpResponse:
    """Two plans side by side: levels, who changes from where to where, and the picture with its marks."""
    by = request.actor
    row, before = queries.plan_named(by, reference, number), queries.plan_named(by, reference, other)
    new, old = Picture(row, by), Picture(before, by)
    aligned = queries.aligned(old.rows, before.days, row.days)
    context = {
        "plan": row,
        "before": before,
        "asked": sentences.question_words(row.question),
        "levels": _differences(before, row),
        "changes": _changes(new, old),
        "chart": new.by_household(aligned),
        "back": reverse("mobility_plan", args=[reference, number]),
    }
    return render(request, "mobility/compare.html", context)


def _differences(before: MobilityPlan, after: MobilityPlan) -> list[tuple[Any, int, int, str]]:
    values = {level["name"]: level["value"] for level in before.facts.get("levels", ())}
    return [
        (
            sentences.level_words(level["name"]),
            values.get(level["name"], 0),
            level["value"],
            sentences.difference_words(values.get(level["name"], 0), level["value"]),
        )
        for level in after.facts.get("levels", ())
    ]


def _changes(new: Picture, old: Picture) -> list[tuple[str, list[str]]]:
    """Each household that changes, with its sentences: from when it is where, instead of where."""
    aligned = queries.aligned(old.rows, old.plan.days, new.plan.days)
    found = []
    for number, row in sorted(new.rows.items()):
        before = aligned.get(number)
        if before is not None and tuple(before) != tuple(row):
            lines = sentences.change_words(before, row, new.plan.days, {**old.names, **new.names})
            found.append((f"N. {number}", lines))
    return found
