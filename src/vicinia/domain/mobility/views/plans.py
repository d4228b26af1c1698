"""Plans: the list, asking for one, following it while it is computed, its page, publishing and discarding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, engine, queries, rules, sentences
from vicinia.domain.mobility.drawing import spare_chart
from vicinia.domain.mobility.forms import AskForm
from vicinia.domain.mobility.models import MobilityPlan, Relocation
from vicinia.domain.mobility.states import PlanKind, PlanState
from vicinia.domain.mobility.views.picture import Picture
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import once_more, one_form, refused_at
from vicinia.foundation.look.components import Tab
from vicinia.foundation.look.forms import ReasonForm

see = needs(Capability.SEE_MOBILITY)
run = needs(Capability.RUN_MOBILITY)


def to_plan(plan: MobilityPlan) -> str:
    """The address of a plan's page."""
    return reverse("mobility_plan", args=[plan.relocation.reference, plan.number])


def to_plans(relocation: Relocation) -> str:
    """The address of the plans of a relocation."""
    return reverse("mobility_plans", args=[relocation.reference])


@see
def plans(request: HttpRequest, reference: str) -> HttpResponse:
    """The plans of a relocation, the latest first. 50 rows a page."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    context = {
        "relocation": relocation,
        "page": page_of(request, queries.plans_of(by, relocation)),
        "published": queries.published_plan(relocation),
        "may_run": rules.may_run(by),
    }
    return render(request, "mobility/plans.html", context)


@see
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """The part of the relocation's page: the plan that people know, what is computed, what waits for a decision."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    published, latest = queries.published_plan(relocation), queries.latest_plan(by, relocation)
    context = {
        "relocation": relocation,
        "published": published,
        "latest": latest if latest != published else None,
        "may_run": rules.may_run(by),
    }
    return page_or_part(request, "mobility/plans_panel_page.html", "mobility/plans_panel.html", context)


@run
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a plan; what is missing for it is listed, each with its way."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    facts = queries.facts_of(relocation)
    lacking = engine.lacking(facts)
    form = AskForm(request.POST or None, initial={"kind": request.GET.get("tipo", PlanKind.PLAN)})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        made: list[MobilityPlan] = []
        refused = refused_at(
            form, lambda: made.append(actions.ask_plan(by=by, relocation=relocation, new=form.new_plan()))
        )
        if not refused:
            messages.success(request, _("Il calcolo comincia entro un minuto."))
            return go_to(request, to_plan(made[0]))
        status = refused.verdict.status
    known = queries.plan_facts(relocation, facts, len(engine.periods(facts)), len(lacking))
    context = {
        "relocation": relocation,
        "form": form,
        "facts": facts,
        "lacking": lacking,
        "verdict": rules.may_ask_plan(by, relocation, known),
    }
    return render(request, "mobility/plan_new.html", context, status=status)


@see
def plan(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One plan: while it is computed how far it is, then who lives where, or why nobody can."""
    row = queries.plan_named(request.actor, reference, number)
    if row.is_open or row.state in (PlanState.FAILED, PlanState.CANCELLED):
        return render(request, "mobility/plan_open.html", {"plan": row, **_going(request, row)})
    if row.facts.get("status") == "infeasible":
        return _impossible(request, row)
    return _shown(request, row)


def _shown(request: HttpRequest, row: MobilityPlan) -> HttpResponse:
    by = request.actor
    picture = Picture(row, by)
    by_household = request.GET.get("vista") == "nuclei" and picture.may_read_numbers
    building = request.GET.get("edificio", "")
    chart = picture.by_household() if by_household else picture.by_dwelling(building)
    context = {
        "plan": row,
        "chart": chart,
        "by_household": by_household,
        "building": building,
        "buildings": picture.buildings,
        "views": _views(row, by_household),
        "proof": sentences.proof_words(row.facts),
        "levels": _levels(row),
        "is_stale": rules.is_stale(row),
        "may_run": rules.may_run(by),
        "may_publish": rules.may_publish(by, row),
        "compare": queries.to_compare(by, row) if picture.may_read_numbers else None,
        "explained": _explained(picture) if picture.may_read_numbers else [],
        "asked": sentences.question_words(row.question),
        "unmet": next((one["value"] for one in row.facts["levels"] if one["name"] == "preferences"), 0),
        "may_be_asked": rules.is_askable(row),
    }
    return render(request, "mobility/plan.html", context)


def _views(row: MobilityPlan, by_household: bool) -> list[Tab]:
    url = to_plan(row)
    return [
        Tab(_("Per alloggi"), url, active=not by_household),
        Tab(_("Per nuclei"), f"{url}?vista=nuclei", active=by_household),
    ]


def _levels(row: MobilityPlan) -> list[tuple[Any, Any, Any]]:
    return [
        (sentences.level_words(level["name"]), level["value"], level["bound"])
        for level in row.facts.get("levels", ())
    ]


def _explained(picture: Picture) -> list[list[str]]:
    """Why somebody is outside, in words."""
    conflicts = picture.documents.result.get("explained", ())
    return [sentences.conflict_words(one, picture.plan.days, picture.names) for one in conflicts]


def _impossible(request: HttpRequest, row: MobilityPlan) -> HttpResponse:
    picture = Picture(row, request.actor)
    conflict = picture.documents.result.get("conflict")
    context = {
        "plan": row,
        "words": sentences.conflict_words(conflict, row.days, picture.names) if conflict else [],
        "remedies": remedies_of(picture),
        "asked": sentences.question_words(row.question),
    }
    return render(request, "mobility/plan_impossible.html", context)


def remedies_of(picture: Picture) -> list[sentences.Remedy]:
    """What would help, in the order in which the page numbers it."""
    documents = picture.documents
    return sentences.remedies(documents.result.get("relaxations", ()), documents.places, picture.names)


# While it is computed ---------------------------------------------------------------------------------------------


def _going(request: HttpRequest, row: MobilityPlan) -> dict[str, Any]:
    by = request.actor
    progress = row.progress
    return {
        "progress": progress,
        "level": sentences.level_words(progress.get("level", "")),
        "gap": sentences.progress_words(progress),
        "may_stop": rules.may_stop(by, row),
        "may_again": rules.may_ask_again(by, row, queries.open_plan()),
    }


@run
def progress(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """How far a plan is: a part that asks again while it goes on; once it is over the whole page comes."""
    row = queries.plan_named(request.actor, reference, number)
    if not row.is_open:
        return go_to(request, to_plan(row))
    return render(request, "mobility/plan_progress.html", {"plan": row, **_going(request, row)})


@run
@require_POST
def stop(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Stop a computation: the best plan so far is kept."""
    row = queries.plan_named(request.actor, reference, number)
    actions.stop_plan(by=request.actor, plan=row)
    messages.success(request, _("Fermato: resta il piano migliore trovato finora, se c'è."))
    return go_to(request, to_plan(row))


@run
@require_POST
def again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Compute again what failed or was stopped."""
    row = queries.plan_named(request.actor, reference, number)
    actions.ask_plan_again(by=request.actor, plan=row)
    messages.success(request, _("Il calcolo ricomincia entro un minuto."))
    return go_to(request, to_plan(row))


# What is decided --------------------------------------------------------------------------------------------------


@run
def publish(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Publish a proposal, after being asked once more."""
    by = request.actor
    row = queries.plan_named(by, reference, number)
    if request.method == "POST":
        actions.publish_plan(by=by, plan=row)
        messages.success(request, _("Pubblicato: lo sa chi accompagna i nuclei."))
        return go_to(request, to_plan(row))
    rules.may_publish(by, row).require()
    before = queries.published_plan(row.relocation)
    sentence = _("Chi accompagna i nuclei riceve un avviso. Da qui partono le offerte.")
    if before is not None:
        sentence = _("Prende il posto del piano %(number)s. ") % {"number": before.number} + sentence
    return once_more(
        request,
        title=_("Pubblichi il piano %(number)s?") % {"number": row.number},
        sentence=sentence,
        label=_("Pubblica la proposta"),
        back=to_plan(row),
        is_danger=False,
    )


@run
def discard(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a proposal aside, with the reason."""
    by = request.actor
    row = queries.plan_named(by, reference, number)
    return one_form(
        request,
        title=_("Scarta il piano %(number)s") % {"number": row.number},
        about=row.relocation.name,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.discard_plan(by=by, plan=row, reason=values["reason"]),
        done=_("Scartato."),
        back=to_plans(row.relocation),
        label=_("Scarta"),
    )


# Spare flats ------------------------------------------------------------------------------------------------------


@run
def pool(request: HttpRequest, reference: str) -> HttpResponse:
    """How many spare flats are worth it; asking computes it anew."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    row = queries.latest_pool(relocation)
    steps = queries.documents_of(row).result.get("pool", ()) if row else ()
    context = {
        "relocation": relocation,
        "plan": row,
        "steps": steps,
        "series": spare_chart(steps) if steps else None,
        **(_going(request, row) if row else {}),
    }
    return render(request, "mobility/pool.html", context)


@run
@require_POST
def ask_pool(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask how many spare flats are worth it."""
    by = request.actor
    relocation = queries.relocation_named(by, reference)
    actions.ask_plan(by=by, relocation=relocation, new=actions.NewPlan.pool())
    messages.success(request, _("Il calcolo comincia entro un minuto."))
    return go_to(request, reverse("mobility_pool", args=[reference]))
