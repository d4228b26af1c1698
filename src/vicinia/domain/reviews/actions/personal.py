"""Erasing a person from reviews."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.reviews import events, queries
from vicinia.domain.reviews.actions.chairing import locked
from vicinia.domain.reviews.actions.open import note, settle
from vicinia.domain.reviews.models import Review, RightTold
from vicinia.domain.reviews.states import RecommendationState, ReviewState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

ERASED = "-"


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Clear every word of the reviews that this person asked for; states, dates and counts stay. An open one ends."""
    found = [locked(review) for review in queries.of_person(person_id)]
    for review in found:
        _clear(by, review)
    told, _by_model = RightTold.objects.filter(person_id=person_id).delete()
    return len(found) + told


def _clear(by: Actor, review: Review) -> None:
    review.words = review.threshold_reasons = review.reasons = review.end_words = ""
    review.meeting_place = ""
    review.person = None
    if review.is_open:
        now, today = clock.now(), clock.today()
        review.enter(ReviewState.WITHDRAWN, by=by, state_since=now, ended_on=today, due_on=None)
    review.save()
    review.recommendations.update(what=ERASED)
    review.recommendations.filter(state=RecommendationState.REFUSED).update(refusal=ERASED)
    settle(by=by, review=review)
    note(by=by, review=review, event=events.ERASED)
