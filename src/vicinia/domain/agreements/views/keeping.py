"""An agreement in force: reviews, what is not kept and how one answers, its end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vicinia.domain.agreements import actions, queries, rules
from vicinia.domain.agreements.forms import BreachForm, CompleteForm, RespondForm, ReviewForm
from vicinia.domain.agreements.states import AgreementState
from vicinia.domain.agreements.views.pages import act
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability


@needs(Capability.WORK_CASES)
def review(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How it goes, after looking at it together."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    known = queries.review_in(row, pk)
    rules.may_review(by, row, known).require()
    return act(
        request,
        row,
        title=_("Riesame dell'accordo"),
        form=ReviewForm(request.POST or None),
        do=lambda values: actions.make_review(by=by, review=known, **values),
    )


@needs(Capability.WORK_CASES)
def breach(request: HttpRequest, reference: str) -> HttpResponse:
    """Something was not kept."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_note_breach(by, row).require()
    terms = queries.terms_in_force(row)
    form = BreachForm(request.POST or None, terms=list(terms.lines.all()) if terms else [])
    return act(
        request,
        row,
        title=_("Qualcosa non è stato rispettato"),
        form=form,
        do=lambda _values: actions.note_breach(by=by, agreement=row, **form.values()),
    )


@needs(Capability.WORK_CASES)
def respond(request: HttpRequest, reference: str) -> HttpResponse:
    """How one answers to it."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_move(by, row, AgreementState.ESCALATED).require()
    ladder = [response.grade for response in queries.responses_of(row)]
    following = rules.next_grade(ladder)
    form = RespondForm(request.POST or None, initial={"grade": following})
    return act(
        request,
        row,
        title=_("Come rispondi"),
        form=form,
        do=lambda _values: actions.respond(by=by, agreement=row, answered=form.answered),
        lead=_("Si va per gradi. Il prossimo passo è: %(grade)s.") % {"grade": following.label},
    )


@needs(Capability.WORK_CASES)
def complete(request: HttpRequest, reference: str) -> HttpResponse:
    """Its end."""
    by = request.actor
    row = queries.agreement_named(by, reference)
    rules.may_complete(by, row).require()
    return act(
        request,
        row,
        title=_("Concludi l'accordo"),
        form=CompleteForm(request.POST or None),
        do=lambda values: actions.complete(by=by, agreement=row, **values),
        lead=_("Ringrazia chi l'ha rispettato: di' che cosa è cambiato grazie a loro."),
    )
