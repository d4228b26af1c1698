"""What becomes of a recommendation: work on the case, or a no with its reason."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.rules import must_say_why
from vicinia.domain.casework.states import CommitmentBy
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.reviews import events, queries, rules
from vicinia.domain.reviews.actions.chairing import locked
from vicinia.domain.reviews.actions.open import leave_to_answer, note, tell
from vicinia.domain.reviews.models import Recommendation
from vicinia.domain.reviews.states import RecommendationState
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def accept_recommendation(*, by: Actor, recommendation: Recommendation) -> Recommendation:
    """Yes: it becomes a task of a colleague, or a commitment of a body or of the unit, on the case."""
    row = _locked(recommendation)
    case = queries.case_of(row.review)
    rules.may_answer(by, row, case).require()
    assert case is not None

    row.enter(RecommendationState.ACCEPTED, by=by, answered_at=clock.now())
    _put_to_work(by, case, row)
    _told(by, row, events.ACCEPTED)
    return row


@transaction.atomic
def refuse_recommendation(*, by: Actor, recommendation: Recommendation, reason: str) -> Recommendation:
    """No, and why: who asked reads it."""
    row = _locked(recommendation)
    rules.may_refuse(by, row, queries.case_of(row.review)).require()
    must_say_why(reason).require()

    row.enter(RecommendationState.REFUSED, by=by, answered_at=clock.now(), refusal=reason)
    _told(by, row, events.REFUSED)
    return row


def _locked(recommendation: Recommendation) -> Recommendation:
    review = locked(recommendation.review)
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("user", "body")
    row: Recommendation = rows.get(pk=recommendation.pk)
    row.review = review
    return row


def _put_to_work(by: Actor, case: Case, row: Recommendation) -> None:
    if row.user is not None:
        casework.add_task(by=by, case=case, what=row.what, due_on=row.due_on, assignee=row.user)
        return
    new = casework.NewCommitment(
        what=row.what,
        due_on=row.due_on,
        by_whom=CommitmentBy.BODY if row.body is not None else CommitmentBy.UNIT,
        body=row.body,
        told_to_reporter=case.legal_basis != LegalBasis.POLICE,
    )
    casework.add_commitment(by=by, case=case, new=new)


def _told(by: Actor, row: Recommendation, event: Event) -> None:
    note(by=by, review=row.review, event=event)
    leave_to_answer(by=by, review=row.review)
    tell(by=by, review=row.review, news=event.told, key=f"answer:{row.pk}")
