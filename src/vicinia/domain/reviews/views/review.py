"""The page of one review, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vicinia.domain.reviews import actions, papers, queries, rules
from vicinia.domain.reviews.documents import key_of
from vicinia.domain.reviews.forms import (
    ChairForm,
    DecisionForm,
    MeetingForm,
    RecommendationForm,
    ThresholdForm,
    WithdrawForm,
)
from vicinia.domain.reviews.models import Review
from vicinia.domain.reviews.states import LetterKind
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.queries import text_of
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Verdict
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm


@needs(Capability.SEE_CASES)
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a review stands: what the register said and says, who presides, what was decided."""
    by = request.actor
    row = queries.review_named(by, reference)
    reports, hidden_count = queries.reports_behind(by, row)
    case = queries.visible_case_of(by, row)
    recommendations = queries.recommendations_of(row)
    context = {
        "review": row,
        "case": case,
        "then": row.facts,
        "now": queries.right_now(by, row),
        "reports": reports,
        "hidden_count": hidden_count,
        "recommendations": [
            (one, rules.may_answer(by, one, case), rules.may_refuse(by, one, case)) for one in recommendations
        ],
        "others": queries.others_open(by, row),
        "candidates": queries.candidates(row) if row.is_open and rules.may_handle(by) else [],
        "letters": [
            (kind, text_of(key_of(kind), row.report.language))
            for kind in LetterKind
            if rules.may_handle(by) and rules.may_print(row, kind)
        ],
        **_verdicts(request, row),
    }
    return render(request, "reviews/review.html", context)


def _verdicts(request: HttpRequest, row: Review) -> dict[str, Verdict]:
    by = request.actor
    is_involved = by.ref in queries.involved_in(row) if row.is_open else False
    return {
        "may_acknowledge": rules.may_acknowledge(by, row),
        "may_change_chair": rules.may_change_chair(by, row),
        "may_settle": rules.may_decide_threshold(by, row, is_met=True, is_involved=is_involved),
        "may_meet": rules.may_set_meeting(by, row, is_involved=is_involved),
        "may_recommend": rules.may_recommend(by, row, is_involved=is_involved),
        "may_decide": rules.may_decide(by, row, is_involved=is_involved),
        "may_withdraw": rules.may_withdraw(by, row, is_by_reporter=False),
    }


def _loaded(request: HttpRequest, reference: str, verdict: str) -> Review:
    """The visible review, if this may be done now."""
    row = queries.review_named(request.actor, reference)
    _verdicts(request, row)[verdict].require()
    return row


@needs(Capability.CHAIR_REVIEWS)
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm a request and say who presides."""
    row = _loaded(request, reference, "may_acknowledge")
    form = _chair_form(request, row)
    return _act(
        request,
        row,
        title=_("Conferma la richiesta"),
        lead=_lead(form),
        form=form,
        do=lambda _values: actions.acknowledge(by=request.actor, review=row, chair=form.as_chair()),
    )


@needs(Capability.CHAIR_REVIEWS)
def change_chair(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else presides."""
    row = _loaded(request, reference, "may_change_chair")
    form = _chair_form(request, row)
    return _act(
        request,
        row,
        title=_("Cambia chi presiede"),
        lead=_lead(form),
        form=form,
        do=lambda _values: actions.change_chair(by=request.actor, review=row, chair=form.as_chair()),
    )


def _chair_form(request: HttpRequest, row: Review) -> ChairForm:
    free = [one for one in queries.candidates(row) if one.verdict]
    may_name = request.actor.can(Capability.ASSIGN)
    return ChairForm(request.POST or None, free=free, may_name_outside=may_name)


def _lead(form: ChairForm) -> str:
    if form.free:
        return _(
            "Presiede chi non ha seguito il caso, non lo ha proposto e non lo ha chiuso. Chi ha chiesto ne legge il nome."
        )
    if "name" in form.fields:
        return _(
            "Qui nessuno può presiedere: tutti hanno avuto una parte nel caso. Indica una persona di un altro ufficio."
        )
    return _("Qui nessuno può presiedere. Il coordinatore può indicare una persona di un altro ufficio.")


@needs(Capability.CHAIR_REVIEWS)
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether the review is held."""
    row = _loaded(request, reference, "may_settle")
    met = (
        _("Quando l'ha chiesto, i requisiti c'erano.")
        if row.facts["bases"]
        else _("Quando l'ha chiesto, i requisiti nel registro non c'erano.")
    )
    return _act(
        request,
        row,
        title=_("Decidi se il riesame si fa"),
        lead=met
        + " "
        + _("Nel registro può mancare qualcosa, per esempio ciò che è stato detto a un altro ufficio."),
        form=ThresholdForm(request.POST or None),
        do=lambda values: actions.decide_threshold(by=request.actor, review=row, **values),
    )


@needs(Capability.CHAIR_REVIEWS)
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the meeting, or put it off."""
    row = _loaded(request, reference, "may_meet")
    return _act(
        request,
        row,
        title=_("Fissa l'incontro"),
        form=MeetingForm(request.POST or None, initial={"at": row.meeting_at, "place": row.meeting_place}),
        do=lambda values: actions.set_meeting(by=request.actor, review=row, **values),
    )


@needs(Capability.CHAIR_REVIEWS)
def recommend(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a recommendation."""
    row = _loaded(request, reference, "may_recommend")
    form = RecommendationForm(request.POST or None, colleagues=queries.colleagues(request.actor, row))
    return _act(
        request,
        row,
        title=_("Scrivi una raccomandazione"),
        lead=_("Chi l'ha chiesto la legge con la decisione. Chi segue il caso dice sì o no, e perché."),
        form=form,
        do=lambda _values: actions.recommend(by=request.actor, review=row, new=form.new()),
    )


@require_POST
@needs(Capability.CHAIR_REVIEWS)
def unrecommend(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a recommendation back."""
    row = queries.recommendation_of(request.actor, reference, pk)
    actions.unrecommend(by=request.actor, recommendation=row)
    return _done(request, reference)


@needs(Capability.CHAIR_REVIEWS)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide."""
    row = _loaded(request, reference, "may_decide")
    return _act(
        request,
        row,
        title=_("Scrivi la decisione"),
        lead=_("Dopo la decisione le raccomandazioni non si cambiano più."),
        form=DecisionForm(request.POST or None),
        do=lambda values: actions.decide(by=request.actor, review=row, **values),
    )


@needs(Capability.CHAIR_REVIEWS)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that who asked does not want it any more."""
    row = _loaded(request, reference, "may_withdraw")
    return _act(
        request,
        row,
        title=_("Chi l'ha chiesto lo ritira"),
        form=WithdrawForm(request.POST or None),
        do=lambda values: actions.withdraw(by=request.actor, review=row, **values),
    )


@require_POST
@needs(Capability.WORK_CASES)
def accept(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Yes to a recommendation: it becomes work on the case."""
    row = queries.recommendation_of(request.actor, reference, pk)
    actions.accept_recommendation(by=request.actor, recommendation=row)
    return _done(request, reference)


@needs(Capability.WORK_CASES)
def refuse(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """No to a recommendation, and why."""
    by = request.actor
    row = queries.recommendation_of(by, reference, pk)
    rules.may_refuse(by, row, queries.visible_case_of(by, row.review)).require()
    return _act(
        request,
        row.review,
        title=_("Perché no"),
        lead=row.what,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.refuse_recommendation(by=by, recommendation=row, **values),
    )


@require_GET
@needs(Capability.CHAIR_REVIEWS)
def letter(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A letter to be posted, as PDF."""
    row = queries.review_named(request.actor, reference)
    if kind not in LetterKind.values:
        raise NotVisible
    content = papers.letter(by=request.actor, review=row, kind=kind)
    actions.note_letter(by=request.actor, review=row)
    return pdf.as_response(content, f"riesame-{row.reference}-{kind}.pdf")


def _done(request: HttpRequest, reference: str) -> HttpResponse:
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("review", args=[reference]))


def _act(
    request: HttpRequest,
    row: Review,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    lead: str = "",
) -> HttpResponse:
    back = reverse("review", args=[row.reference])
    done = _("Fatto.")
    return one_form(
        request, title=title, form=form, do=do, done=done, back=back, about=row.reference, lead=lead
    )
