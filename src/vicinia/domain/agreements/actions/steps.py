"""What the acts of an agreement share: the locked row, a move with its line, what stands open on the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from vicinia.domain.agreements import events, queries
from vicinia.domain.agreements.models import BehaviourAgreement, Invitation
from vicinia.domain.agreements.states import AgreementState, Answer
from vicinia.domain.casework import actions as casework
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications import actions as notifications


def locked(agreement: BehaviourAgreement) -> BehaviourAgreement:
    """The agreement, read again and locked until the transaction ends."""
    rows = BehaviourAgreement.objects.select_for_update(of=("self",)).select_related("case__owner")
    row: BehaviourAgreement = rows.get(pk=agreement.pk)
    return row


def enter(by: Actor, agreement: BehaviourAgreement, state: AgreementState, **changes: Any) -> None:
    """Move the agreement and say so on the case; what stands open there follows."""
    agreement.enter(state, by=by, state_since=clock.now(), **changes)
    record(events.MOVED, by, agreement, state=journal.kept(state.label))
    leave_open(by, agreement)


def end(by: Actor, agreement: BehaviourAgreement, state: AgreementState, **changes: Any) -> None:
    """Move it to one of its ends: nothing of it stands open any more."""
    enter(by, agreement, state, ended_on=clock.today(), next_on=None, **changes)


def record(event: Any, by: Actor, agreement: BehaviourAgreement, **facts: Any) -> None:
    """A line on the case, which names the agreement and nobody in it."""
    journal.record(event, by=by, about=agreement.case, reference=agreement.reference, **facts)


def written(by: Actor, agreement: BehaviourAgreement, what: Sentence) -> None:
    """A line on the agreement itself: that a part of it was written, not how."""
    journal.record(events.WRITTEN, by=by, about=agreement, what=journal.kept(what))


def leave_open(by: Actor, agreement: BehaviourAgreement) -> None:
    """What stands open on the case, with the day and the page where it is done; none once the agreement has ended."""
    if not agreement.is_open:
        casework.settle_matter(by=by, key=key_of(agreement))
        return
    kind, due_on, page = _standing(agreement)
    matter = casework.OpenMatter(
        key=key_of(agreement),
        kind=kind,
        url=page,
        facts={"reference": agreement.reference},
        due_on=due_on,
        raised_on=due_on + dt.timedelta(days=settings.BEHAVIOUR_LATE_DAYS),
        blocks="closed",
    )
    casework.raise_matter(by=by, case=agreement.case, matter=matter)
    agreement.next_on = due_on
    BehaviourAgreement.objects.filter(pk=agreement.pk).update(next_on=due_on)


def _standing(agreement: BehaviourAgreement) -> tuple[str, dt.date, str]:
    """The sentence, the day, and the page of what comes next."""
    today, page = clock.today(), reverse("behaviour_agreement", args=[agreement.reference])
    if agreement.state == AgreementState.INVITED:
        return (*_invited(agreement, queries.invitations_of(agreement)), page)
    if agreement.state == AgreementState.SIGNED:
        return events.TO_BEGIN, agreement.starts_on, page
    if agreement.state == AgreementState.BREACHED:
        if queries.draft_of(agreement):
            return events.REVISING, clock.add_working_days(today, settings.BEHAVIOUR_ANSWER_DAYS), page
        return events.DECIDE, today, page
    review = queries.next_review(agreement)
    if review is None:
        return events.TO_END, agreement.ends_on, page
    form = reverse("behaviour_agreement_review", args=[agreement.reference, review.pk])
    return events.REVIEW, review.due_on, form


def _invited(agreement: BehaviourAgreement, invitations: list[Invitation]) -> tuple[str, dt.date]:
    last = invitations[-1]
    if last.answer == Answer.YES:
        return events.TO_SIGN, agreement.starts_on
    if not last.answer:
        return events.WAITING, last.answer_by
    return (events.INVITE_AGAIN if last.number == 1 else events.CONCLUDE), clock.today()


def key_of(agreement: BehaviourAgreement) -> str:
    return f"behaviour_agreement:{agreement.pk}"


def tell(by: Actor, agreement: BehaviourAgreement, user: User, template: str, page: str, key: str) -> None:
    """A message to a colleague that something waits, and nothing of whom it is about."""
    notifications.queue(
        by=by,
        to=user.email,
        template=template,
        context={"reference": agreement.reference, "link": settings.PUBLIC_URL.rstrip("/") + page},
        language=user.language,
        about=agreement,
        key=f"{key_of(agreement)}:{key}",
    )
