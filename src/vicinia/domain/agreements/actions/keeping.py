"""An agreement in force: its first day, reviews, what is not kept and how one answers, its end, reminders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.domain.agreements import events, queries, rules
from vicinia.domain.agreements.actions import steps
from vicinia.domain.agreements.actions.signing import begin_revision
from vicinia.domain.agreements.models import AgreementReview, BehaviourAgreement, Breach, Response, Term
from vicinia.domain.agreements.states import AgreementState, Grade, Held
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Answered:
    """How one answers to what was not kept: the step, what was said, why one is skipped, to whom it passes."""

    grade: str
    note: str
    skipped_why: str = ""
    passed_to: str = ""


@transaction.atomic
def start(*, by: Actor, agreement: BehaviourAgreement) -> BehaviourAgreement:
    """Its first day has come."""
    row = steps.locked(agreement)
    rules.may_start(row, clock.today()).require()
    steps.enter(by, row, AgreementState.IN_FORCE)
    return row


@transaction.atomic
def make_review(*, by: Actor, review: AgreementReview, held: str, notes: str = "") -> AgreementReview:
    """Write down how it goes, after looking at it together."""
    agreement = steps.locked(review.agreement)
    row = queries.review_in(agreement, review.pk)
    rules.may_review(by, agreement, row).require()
    row.held, row.notes, row.done_on = held, notes, clock.today()
    row.save()
    steps.record(events.REVIEWED, by, agreement, held=journal.kept(Held(held).label))
    steps.leave_open(by, agreement)
    return row


@transaction.atomic
def note_breach(
    *, by: Actor, agreement: BehaviourAgreement, on: dt.date, what: str, term: Term | None = None
) -> Breach:
    """Write down that something was not kept: the agreement waits until one has answered."""
    row = steps.locked(agreement)
    rules.may_note_breach(by, row).require()
    rules.may_be_breach(row, on=on, what=what, today=clock.today()).require()
    breach = Breach.objects.create(agreement=row, on=on, what=what, term=term)
    steps.record(events.NOT_KEPT, by, row)
    if row.state == AgreementState.IN_FORCE:
        steps.enter(by, row, AgreementState.BREACHED)
    return breach


@transaction.atomic
def respond(*, by: Actor, agreement: BehaviourAgreement, answered: Answered) -> Response:
    """Answer to all that was not kept: a talk and a warning put it in force again, new terms must be signed, or it is passed on."""
    row = steps.locked(agreement)
    draft = queries.draft_of(row)
    is_passed_on = answered.grade == Grade.ESCALATION
    rules.may_respond(by, row, has_draft=draft is not None and not is_passed_on).require()
    ladder = [response.grade for response in queries.responses_of(row)]
    rules.may_answer_with(
        answered.grade,
        ladder,
        skipped_why=answered.skipped_why,
        note=answered.note,
        passed_to=answered.passed_to,
    ).require()

    response = Response.objects.create(
        agreement=row,
        on=clock.today(),
        grade=answered.grade,
        note=answered.note,
        skipped_why=answered.skipped_why,
        by_name=by.name,
    )
    row.breaches.filter(response__isnull=True).update(response=response)
    steps.record(events.RESPONDED, by, row, grade=journal.kept(Grade(answered.grade).label))
    if is_passed_on:
        steps.end(by, row, AgreementState.ESCALATED, passed_to=answered.passed_to, end_note=answered.note)
    elif answered.grade == Grade.REVISION:
        begin_revision(by, row, answered.note, max(row.ends_on, clock.today() + dt.timedelta(days=1)))
        steps.leave_open(by, row)
    else:
        steps.enter(by, row, AgreementState.IN_FORCE)
    return response


@transaction.atomic
def complete(*, by: Actor, agreement: BehaviourAgreement, held: str, note: str = "") -> BehaviourAgreement:
    """It has come to its end, and how it was kept is said."""
    row = steps.locked(agreement)
    rules.may_complete(by, row).require()
    undone = sum(1 for review in queries.reviews_of(row) if review.done_on is None)
    rules.may_end(row, held=held, undone=undone, note=note, today=clock.today()).require()
    steps.end(by, row, AgreementState.COMPLETED, held=held, end_note=note)
    return row


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Write to who follows the case when a review falls due, and to the coordinators when it is late; each once. How many were due."""
    today = clock.today()
    late = today - dt.timedelta(days=settings.BEHAVIOUR_LATE_DAYS)
    due, coordinators = queries.reviews_due(today), queries.coordinators()
    for review in due:
        agreement, owner = review.agreement, review.agreement.case.owner
        page = reverse("behaviour_agreement_review", args=[agreement.reference, review.pk])
        if owner is not None and owner.is_active:
            steps.tell(by, agreement, owner, "agreement_review_due", page, f"due:{review.pk}")
        if review.due_on <= late:
            for user in coordinators:
                steps.tell(by, agreement, user, "agreement_review_late", page, f"late:{review.pk}:{user.pk}")
    return len(due)
