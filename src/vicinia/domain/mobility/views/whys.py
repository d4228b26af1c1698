"""Why a household is there: in plain words, for who makes the plan and who accompanies it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules, sentences
from vicinia.domain.mobility.engine.reasons import reasons
from vicinia.domain.mobility.views.picture import Picture
from vicinia.domain.mobility.views.plans import run
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part

# The cheapest for the others come first.
MOST_SHOWN = 20


@run
def why(request: HttpRequest, reference: str, number: int, household: int) -> HttpResponse:
    """What the household needs, what was possible, what was chosen, which wishes are kept, what else there is."""
    by = request.actor
    row = queries.plan_named(by, reference, number)
    file = queries.file_line(by, reference, household)
    picture = Picture(row, by)
    found = reasons(picture.documents, household)
    if found is None:
        raise NotVisible
    asked = queries.why_of(row, file)
    context = {
        "plan": row,
        "file": file,
        "needs": sentences.need_words(found.household, picture.names),
        "possible": sentences.possible_words(found),
        "stays": sentences.stay_words(found.row, row.days, picture.names, found.household["home"]),
        "wishes": sentences.wish_words(found),
        "asked": asked,
        "alternatives": sentences.alternative_words(
            queries.answer_of(asked)[:MOST_SHOWN], row.days, picture.names
        ),
        "may_ask": rules.may_ask_why(by, row),
    }
    return render(request, "mobility/why.html", context)


@run
@require_POST
def ask(request: HttpRequest, reference: str, number: int, household: int) -> HttpResponse:
    """Ask where else it could be, and what that would cost the others."""
    by = request.actor
    row = queries.plan_named(by, reference, number)
    file = queries.file_line(by, reference, household)
    actions.ask_why(by=by, plan=row, file=file)
    messages.success(request, _("La risposta arriva entro pochi minuti."))
    return go_to(request, reverse("mobility_why", args=[reference, number, household]))


@run
def where(request: HttpRequest, number: int) -> HttpResponse:
    """The part of a file's page: where the household will live, by the published plan. For its companions."""
    file = queries.file_numbered(request.actor, number)
    context = {
        "file": file,
        "story": queries.story(file),
        "stays": queries.stays_of(file),
        "published": queries.published_plan(file.relocation),
    }
    return page_or_part(request, "mobility/where_page.html", "mobility/where.html", context)
