"""What a review leaves open, and who hears of it: parts of its acts, inside their transaction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.listening import actions as listening
from vicinia.domain.reviews import events, queries
from vicinia.domain.reviews.models import Review
from vicinia.domain.reviews.states import ReviewState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence

_MATTERS = {
    ReviewState.ASKED: events.TO_ACKNOWLEDGE,
    ReviewState.ACKNOWLEDGED: events.TO_SETTLE,
    ReviewState.THRESHOLD_MET: events.TO_MEET,
    ReviewState.MEETING_SET: events.TO_DECIDE,
}
# Working days after which what the chair has not done is the coordinator's too.
RAISED_AFTER_DAYS = 1


def leave_open(*, by: Actor, review: Review) -> None:
    """Put what the review waits for on its case, if there is one by now; without, my day asks for it by itself."""
    case = queries.case_of(review)
    if case is None or review.due_on is None:
        return
    if review.case_id != case.pk:
        review.case = case
        review.save(update_fields=["case"])
    # What nobody presides over yet, or somebody from outside does, is the coordinator's from the first day.
    is_coordinators = review.chair_id is None
    late = clock.add_working_days(review.due_on, RAISED_AFTER_DAYS)
    matter = casework.OpenMatter(
        key=_key(review),
        kind=_MATTERS[ReviewState(review.state)],
        url=reverse("review", args=[review.reference]),
        facts={"reference": review.reference},
        due_on=review.due_on,
        raised_on=clock.today() if is_coordinators else late,
        user_id=review.chair_id,
    )
    casework.raise_matter(by=by, case=case, matter=matter)


def leave_to_answer(*, by: Actor, review: Review) -> None:
    """What a decided review recommends waits for who is in charge of the case."""
    case = queries.case_of(review)
    if case is None or queries.are_answered(review):
        settle(by=by, review=review)
        return
    due_on = clock.add_working_days(review.ended_on or clock.today(), settings.REVIEW_ANSWER_DAYS)
    matter = casework.OpenMatter(
        key=_key(review),
        kind=events.TO_ANSWER,
        url=reverse("review", args=[review.reference]),
        facts={"reference": review.reference},
        due_on=due_on,
        raised_on=clock.add_working_days(due_on, RAISED_AFTER_DAYS),
    )
    casework.raise_matter(by=by, case=case, matter=matter)


def settle(*, by: Actor, review: Review) -> None:
    """Nothing waits any more."""
    casework.settle_matter(by=by, key=_key(review))


def note(*, by: Actor, review: Review, event: Event, **facts: str | int | None) -> None:
    """The line of an act, about the report. What somebody who joined it asked for is not told to who made it."""
    whose = "" if queries.is_by_reporter(review) else review.reference
    kept: dict[str, Any] = {"reference": review.reference, "report": whose, **facts}
    journal.record(event, by=by, about=review.report, **kept)


def tell(*, by: Actor, review: Review, news: Sentence, key: str) -> None:
    """Write to who asked that there is something on their page: never what."""
    if not queries.is_by_reporter(review):
        return
    listening.tell_reporter(
        by=by,
        report=review.report,
        template="review_news",
        key=f"review:{review.pk}:{key}",
        review=review.reference,
        news=news,
    )


def _key(review: Review) -> str:
    return f"review:{review.pk}"
