"""Asking for a review, by who has the right or by staff for them, taking it back, and telling of the right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel, LegalBasis
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.domain.reviews import events, queries, rules
from vicinia.domain.reviews.actions.open import leave_open, note, settle
from vicinia.domain.reviews.models import Review, RightTold
from vicinia.domain.reviews.queries import NewRight
from vicinia.domain.reviews.states import ReviewState, RightBasis
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.look.dates import full_day_words


@dataclass(frozen=True)
class Entered:
    """A request that reached us otherwise than by the private page: what was asked, how, on which day."""

    words: str
    channel: str
    asked_on: dt.date


@transaction.atomic
def ask(*, by: Actor, report: Report, words: str = "") -> Review:
    """The reporter asks from their own page. A second tap, or a second page, gives the review that is open."""
    report = Report.objects.select_for_update(of=("self",)).select_related("reporter").get(pk=report.pk)
    rules.may_ask(by, report).require()
    known = queries.open_of(report, report.reporter)
    if known is not None:
        return known
    new = Entered(words=words, channel=Channel.WEB, asked_on=clock.today())
    return _begin(by, report, report.reporter, new)


@transaction.atomic
def ask_for(*, by: Actor, report: Report, person: Person | None, new: Entered) -> Review:
    """Write down for somebody what they asked by telephone, at the desk or on paper. The clocks run from that day."""
    report = Report.objects.select_for_update(of=("self",)).select_related("reporter").get(pk=report.pk)
    rules.may_enter(by, new.asked_on, new.words).require()
    rules.may_begin(queries.open_of(report, person)).require()
    return _begin(by, report, person, new)


def _begin(by: Actor, report: Report, person: Person | None, new: Entered) -> Review:
    right = queries.right_of(report, person, new.asked_on)
    right = right if report.legal_basis == LegalBasis.POLICE else right.least()
    is_police = LegalBasis.POLICE in (report.legal_basis, right.legal_basis)
    acknowledge_by = clock.add_working_days(new.asked_on, settings.REVIEW_ACKNOWLEDGE_DAYS)
    review = Review(
        reference=f"RV{next_reference('review')}",
        report=report,
        person=people.root_of(person) if person is not None else None,
        legal_basis=LegalBasis.POLICE if is_police else LegalBasis.ADMINISTRATIVE,
        facts=right.frozen(),
        is_about_place=right.is_by_place,
        asked_on=new.asked_on,
        channel=new.channel,
        by_ref=by.ref,
        by_name=by.name,
        words=new.words.strip(),
        acknowledge_by=acknowledge_by,
        threshold_by=clock.add_working_days(new.asked_on, settings.REVIEW_THRESHOLD_DAYS),
        meet_by=clock.add_working_days(new.asked_on, settings.REVIEW_MEETING_DAYS),
        due_on=acknowledge_by,
    )
    review.save(force_insert=True)
    review.reports.set(right.report_ids)

    note(by=by, review=review, event=events.ASKED)
    leave_open(by=by, review=review)
    _confirm(by, review)
    return review


def _confirm(by: Actor, review: Review) -> None:
    """The number and the three dates, to who asked."""
    if not queries.is_by_reporter(review):
        return
    dates = {"first": review.acknowledge_by, "second": review.threshold_by, "third": review.meet_by}
    with override(review.report.language):
        words = {name: full_day_words(day) for name, day in dates.items()}
    listening.tell_reporter(
        by=by,
        report=review.report,
        template="review_asked",
        key=f"review:{review.pk}:asked",
        review=review.reference,
        **words,
    )


@transaction.atomic
def withdraw(*, by: Actor, review: Review, words: str = "") -> Review:
    """Who asked takes it back, by themselves or by saying so to us. Nothing is held against them."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("report__reporter", "person", "case")
    review = rows.get(pk=review.pk)
    rules.may_withdraw(by, review, is_by_reporter=queries.is_by_reporter(review)).require()

    today = clock.today()
    review.enter(
        ReviewState.WITHDRAWN,
        by=by,
        end_words=words.strip(),
        state_since=clock.now(),
        ended_on=today,
        due_on=None,
    )

    note(by=by, review=review, event=events.WITHDRAWN)
    settle(by=by, review=review)
    return review


@transaction.atomic
def tell_right(*, by: Actor, new: NewRight) -> RightTold | None:
    """Write to somebody, once, that they may ask for a review. None where no address is known: staff see it on the page."""
    report = Report.objects.select_for_update(of=("self",)).select_related("reporter").get(pk=new.report.pk)
    rules.may_tell(queries.right_of(report, report.reporter), new.basis).require()
    if not people.email_of(report.reporter_id or 0):
        return None

    told, _made = RightTold.objects.get_or_create(person_id=new.person_id, report=report, basis=new.basis)

    journal.record(events.RIGHT_TOLD, by=by, about=report)
    is_place = new.basis == RightBasis.PLACE
    template = "review_right_place" if is_place else "review_right"
    token = listening.follow_token(by=by, report=report)
    link = settings.PUBLIC_URL.rstrip("/") + reverse("follow_review", args=[token])
    key = f"review-right:{told.pk}"
    listening.tell_reporter(by=by, report=report, template=template, key=key, token=token, review_link=link)
    return told
