"""Acknowledging a review, naming who presides, and what the chair decides. Each step tells who asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.rules import must_say_why
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.reviews import events, queries, rules
from vicinia.domain.reviews.actions.open import leave_open, leave_to_answer, note, settle, tell
from vicinia.domain.reviews.models import Recommendation, Review
from vicinia.domain.reviews.states import ReviewState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Chair:
    """Who presides: a colleague, or somebody from another office in words."""

    user: User | None = None
    name: str = ""
    office: str = ""


@dataclass(frozen=True)
class NewRecommendation:
    """What should be done by a day: by a colleague, by a body, or by the unit if neither is named."""

    what: str
    due_on: dt.date
    user: User | None = None
    body: PartnerBody | None = None


@transaction.atomic
def acknowledge(*, by: Actor, review: Review, chair: Chair) -> Review:
    """Confirm that the request has arrived, and say who presides over it."""
    review = locked(review)
    rules.may_acknowledge(by, review).require()
    _require_independent(by, review, chair)

    _enter(by, review, ReviewState.ACKNOWLEDGED, **_named(chair))

    note(by=by, review=review, event=events.ACKNOWLEDGED, chair=review.chair_words)
    leave_open(by=by, review=review)
    tell(
        by=by,
        review=review,
        news=_("Abbiamo confermato la tua richiesta. C'è chi la presiede."),
        key="acknowledged",
    )
    return review


@transaction.atomic
def change_chair(*, by: Actor, review: Review, chair: Chair) -> Review:
    """Somebody else presides from now on."""
    review = locked(review)
    rules.may_change_chair(by, review).require()
    _require_independent(by, review, chair)

    for name, value in _named(chair).items():
        setattr(review, name, value)
    review.save(update_fields=["chair", "chair_name", "chair_office"])

    note(by=by, review=review, event=events.CHAIR_CHANGED, chair=review.chair_words)
    leave_open(by=by, review=review)
    tell(
        by=by,
        review=review,
        news=_("Ora il riesame lo presiede un'altra persona."),
        key=f"chair:{review.version}",
    )
    return review


def _require_independent(by: Actor, review: Review, chair: Chair) -> None:
    if chair.user is not None:
        queries.may_chair(chair.user, review).require()
    else:
        rules.may_name_outside(by, chair.name, chair.office).require()


def _named(chair: Chair) -> dict[str, Any]:
    if chair.user is not None:
        return {"chair": chair.user, "chair_name": chair.user.name, "chair_office": ""}
    return {"chair": None, "chair_name": chair.name.strip(), "chair_office": chair.office.strip()}


@transaction.atomic
def decide_threshold(*, by: Actor, review: Review, is_met: bool, reasons: str) -> Review:
    """Say, with reasons, whether the review is held. A no ends it; it says what would change it."""
    review = locked(review)
    rules.may_decide_threshold(by, review, is_met=is_met, is_involved=_is_involved(by, review)).require()
    must_say_why(reasons).require()

    if is_met:
        _enter(by, review, ReviewState.THRESHOLD_MET, threshold_reasons=reasons)
        event, news = events.THRESHOLD_MET, _("Il riesame si farà: ti diciamo quando ci incontriamo.")
        leave_open(by=by, review=review)
    else:
        _end(by, review, ReviewState.BELOW_THRESHOLD, threshold_reasons=reasons)
        event, news = events.BELOW_THRESHOLD, _("Il riesame non si farà: nella tua pagina trovi perché.")
        settle(by=by, review=review)

    note(by=by, review=review, event=event)
    tell(by=by, review=review, news=news, key="threshold")
    return review


@transaction.atomic
def set_meeting(*, by: Actor, review: Review, at: dt.datetime, place: str = "") -> Review:
    """Set the day and the place of the meeting, or put it off."""
    review = locked(review)
    rules.may_set_meeting(by, review, is_involved=_is_involved(by, review)).require()
    rules.may_meet_at(at).require()

    _enter(by, review, ReviewState.MEETING_SET, meeting_at=at, meeting_place=place.strip())

    day = timezone.localdate(at).isoformat()
    note(by=by, review=review, event=events.MEETING_SET, day=day)
    leave_open(by=by, review=review)
    news = _("C'è una data per l'incontro: la trovi nella tua pagina.")
    tell(by=by, review=review, news=news, key=f"meeting:{review.version}")
    return review


@transaction.atomic
def recommend(*, by: Actor, review: Review, new: NewRecommendation) -> Recommendation:
    """Write down one thing that the review asks to be done. It is told with the decision, not before."""
    review = locked(review)
    rules.may_recommend(by, review, is_involved=_is_involved(by, review)).require()
    values = {"what": new.what, "due_on": new.due_on, "user": new.user, "body": new.body}
    row = Recommendation.objects.create(review=review, **values)
    note(by=by, review=review, event=events.RECOMMENDED)
    return row


@transaction.atomic
def unrecommend(*, by: Actor, recommendation: Recommendation) -> Review:
    """Take a recommendation back before the decision."""
    review = locked(recommendation.review)
    rules.may_recommend(by, review, is_involved=_is_involved(by, review)).require()
    Recommendation.objects.filter(pk=recommendation.pk).delete()
    note(by=by, review=review, event=events.UNRECOMMENDED)
    return review


@transaction.atomic
def decide(*, by: Actor, review: Review, reasons: str) -> Review:
    """Decide, with reasons. What is recommended goes to who is in charge of the case, who says yes or no to each."""
    review = locked(review)
    rules.may_decide(by, review, is_involved=_is_involved(by, review)).require()
    must_say_why(reasons).require()

    _end(by, review, ReviewState.DECIDED, reasons=reasons)

    count = review.recommendations.count()
    note(by=by, review=review, event=events.DECIDED, count=count)
    leave_to_answer(by=by, review=review)
    tell(
        by=by,
        review=review,
        news=_("Il riesame è deciso: nella tua pagina trovi la decisione."),
        key="decided",
    )
    return review


@transaction.atomic
def note_letter(*, by: Actor, review: Review) -> Review:
    """Write down that a letter to who asked was printed."""
    rules.may_handle(by).require()
    note(by=by, review=review, event=events.LETTER)
    return review


def locked(review: Review) -> Review:
    """The same review, locked, with what its rules look at."""
    rows = Review.objects.select_for_update(of=("self",))
    row: Review = rows.select_related("report__reporter", "person", "case__owner", "chair").get(pk=review.pk)
    return row


def _is_involved(by: Actor, review: Review) -> bool:
    return by.ref in queries.involved_in(review)


def _enter(by: Actor, review: Review, state: str, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(review, name, value)
    review.state, before = state, review.state
    due_on = review.next_date()
    review.state = before
    review.enter(state, by=by, state_since=clock.now(), due_on=due_on)


def _end(by: Actor, review: Review, state: str, **changes: Any) -> None:
    review.enter(state, by=by, state_since=clock.now(), ended_on=clock.today(), due_on=None, **changes)
