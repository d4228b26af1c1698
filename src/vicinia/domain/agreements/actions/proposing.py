"""An agreement is proposed on a case: first and second invitation, what was answered, refusal, withdrawal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.agreements import events, queries, rules
from vicinia.domain.agreements.actions import steps
from vicinia.domain.agreements.models import AgreementParty, BehaviourAgreement, Invitation, TermsVersion
from vicinia.domain.agreements.states import AgreementState, Answer, Part
from vicinia.domain.casework.models import Case
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class Invited:
    """When and how somebody was invited, and by when they are asked to answer."""

    on: dt.date
    way: str
    answer_by: dt.date
    note: str = ""


@dataclass(frozen=True)
class NewAgreement:
    """With which people of the case, about which facts, from when to when, with a review every so many weeks."""

    people: Sequence[int]
    why: str
    starts_on: dt.date
    ends_on: dt.date
    review_weeks: int
    invited: Invited


@transaction.atomic
def propose(*, by: Actor, case: Case, new: NewAgreement) -> BehaviourAgreement:
    """Propose an agreement to people of a case: the first invitation is part of it. `people` are ids of persons of the case."""
    locked: Case = Case.objects.lock(case)
    rules.may_propose(by, locked).require()
    known = set(locked.case_people.filter(person_id__in=new.people).values_list("person_id", flat=True))
    rules.may_be_proposed(people=len(known), why=new.why).require()
    rules.may_run(new.starts_on, new.ends_on).require()

    agreement = BehaviourAgreement.objects.create(
        reference=f"AC{next_reference('behaviour_agreement')}",
        case=locked,
        why=new.why,
        by_ref=by.ref,
        by_name=by.name,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        review_weeks=new.review_weeks,
    )
    for person_id in sorted(known):
        AgreementParty.objects.create(agreement=agreement, part=Part.COMMITS, person_id=person_id)
    AgreementParty.objects.create(agreement=agreement, part=Part.UNIT)
    TermsVersion.objects.create(agreement=agreement, number=1, ends_on=new.ends_on)
    Invitation.objects.create(agreement=agreement, number=1, **asdict(new.invited))

    steps.record(events.PROPOSED, by, agreement)
    steps.leave_open(by, agreement)
    return agreement


@transaction.atomic
def invite_again(*, by: Actor, agreement: BehaviourAgreement, invited: Invited) -> Invitation:
    """Invite once more who said no, did not know, or did not answer."""
    agreement = steps.locked(agreement)
    rules.may_invite_again(by, agreement, queries.invitations_of(agreement), clock.today()).require()
    agreement.invitations.filter(answer="").update(answer=Answer.NONE, answered_on=clock.today())

    invitation = Invitation.objects.create(agreement=agreement, number=2, **asdict(invited))

    steps.record(events.INVITED_AGAIN, by, agreement)
    steps.leave_open(by, agreement)
    return invitation


@transaction.atomic
def answer_invitation(*, by: Actor, agreement: BehaviourAgreement, answer: str, note: str = "") -> Invitation:
    """Write down what was answered to the last invitation; a later answer takes the place of an earlier one."""
    agreement = steps.locked(agreement)
    invitation = queries.invitations_of(agreement)[-1]
    rules.may_answer(by, agreement, invitation).require()

    invitation.answer, invitation.note, invitation.answered_on = answer, note, clock.today()
    invitation.save()

    steps.record(events.ANSWERED, by, agreement, answer=journal.kept(Answer(answer).label))
    steps.leave_open(by, agreement)
    return invitation


@transaction.atomic
def expire_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Nobody answered by the day that was asked: who follows the case is told what comes next."""
    agreement = steps.locked(invitation.agreement)
    row: Invitation = Invitation.objects.get(pk=invitation.pk)
    rules.may_expire(agreement, row, clock.today()).require()

    row.answer, row.answered_on = Answer.NONE, clock.today()
    row.save()

    steps.record(events.ANSWERED, by, agreement, answer=journal.kept(Answer.NONE.label))
    steps.leave_open(by, agreement)
    return row


@transaction.atomic
def refuse(*, by: Actor, agreement: BehaviourAgreement, note: str = "") -> BehaviourAgreement:
    """After two invitations it is refused. Nothing follows from that by itself."""
    agreement = steps.locked(agreement)
    rules.may_refuse(by, agreement, queries.invitations_of(agreement), clock.today()).require()
    steps.end(by, agreement, AgreementState.REFUSED, end_note=note)
    return agreement


@transaction.atomic
def withdraw(*, by: Actor, agreement: BehaviourAgreement, because: str, note: str = "") -> BehaviourAgreement:
    """Give it up, signed or not: who signed may always change their mind."""
    agreement = steps.locked(agreement)
    rules.may_withdraw(by, agreement, because).require()
    steps.end(by, agreement, AgreementState.WITHDRAWN, given_up=because, end_note=note)
    return agreement
