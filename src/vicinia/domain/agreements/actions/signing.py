"""Terms are signed on paper and written down here; later they are revised together, the old ones kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.domain.agreements import events, queries, rules
from vicinia.domain.agreements.actions import steps
from vicinia.domain.agreements.actions.writing import TERMS
from vicinia.domain.agreements.models import (
    AgreementReview,
    BehaviourAgreement,
    Signature,
    Term,
    TermsVersion,
)
from vicinia.domain.agreements.states import AgreementState, Answer, Part, TermKind
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.states import CommitmentBy
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

SIGNATURES = gettext_lazy("firme da ricominciare")
DROPPED = gettext_lazy("nuovi patti lasciati")


@transaction.atomic
def sign(
    *, by: Actor, agreement: BehaviourAgreement, parties: Collection[int], signed_on: dt.date
) -> BehaviourAgreement:
    """Write down who has signed (keys of parties). When everybody who must has, the terms hold from their first day on."""
    row, today = steps.locked(agreement), clock.today()
    draft = queries.draft_of(row)
    known = queries.parties_of(row)
    before = queries.signers(known, draft)
    rules.may_open_signing(by, row, queries.facts_of(draft), before, today).require()
    rules.may_sign(before, parties, signed_on=signed_on, today=today).require()
    assert draft is not None, "may_open_signing refuses an agreement without unsigned terms"

    for party_id in parties:
        Signature.objects.create(terms=draft, party_id=party_id, signed_on=signed_on)
    journal.record(events.SIGNED_BY, by=by, about=row, count=len(parties))
    if not rules.still_to_sign(queries.signers(known, draft), signed_on):
        _all_have_signed(by, row, draft, signed_on)
    return row


def _all_have_signed(by: Actor, row: BehaviourAgreement, draft: TermsVersion, signed_on: dt.date) -> None:
    draft.signed_on = signed_on
    draft.save()
    if row.state == AgreementState.INVITED:
        row.invitations.filter(answer="").update(answer=Answer.YES, answered_on=signed_on)
        _plan_reviews(row, max(row.starts_on, signed_on))
        steps.enter(by, row, AgreementState.SIGNED, signed_on=signed_on)
        if rules.may_start(row, clock.today()):
            steps.enter(by, row, AgreementState.IN_FORCE)
    else:
        row.ends_on = draft.ends_on
        row.save()
        row.reviews.filter(done_on__isnull=True).delete()
        _plan_reviews(row, clock.today())
        steps.record(events.REVISED, by, row, number=draft.number)
        if row.state == AgreementState.BREACHED:
            steps.enter(by, row, AgreementState.IN_FORCE)
    _promise_support(by, row, draft)
    steps.leave_open(by, row)


def _plan_reviews(row: BehaviourAgreement, since: dt.date) -> None:
    """A review every so many weeks, the last one at the end; one that would fall within a week of the end is left out."""
    every = dt.timedelta(weeks=row.review_weeks)
    days, day = [], since + every
    while day < row.ends_on - dt.timedelta(days=7):
        days.append(day)
        day += every
    AgreementReview.objects.bulk_create(
        AgreementReview(agreement=row, due_on=clock.add_working_days(day, 0)) for day in [*days, row.ends_on]
    )


def _promise_support(by: Actor, row: BehaviourAgreement, terms: TermsVersion) -> None:
    """What is promised in return by a day is followed up as a commitment of the case, in words that tell nothing of anybody."""
    if not row.case.is_open:
        return
    lines = terms.lines.filter(kind=TermKind.SUPPORT, due_on__isnull=False, is_promised=False)
    for line in lines.select_related("party__body"):
        body = line.party.body if line.party and line.party.part == Part.BODY else None
        commitment = casework.NewCommitment(
            what=_("l'aiuto promesso nell'accordo %(reference)s") % {"reference": row.reference},
            due_on=line.due_on,
            by_whom=CommitmentBy.BODY if body else CommitmentBy.UNIT,
            body=body,
            told_to_reporter=False,
        )
        casework.add_commitment(by=by, case=row.case, new=commitment)
        line.is_promised = True
        line.save()


@transaction.atomic
def start_signing_again(*, by: Actor, agreement: BehaviourAgreement) -> BehaviourAgreement:
    """Take back the signatures of terms that not everybody has signed, to change them."""
    row = steps.locked(agreement)
    draft = queries.draft_of(row)
    rules.may_start_again(by, row, queries.facts_of(draft)).require()
    assert draft is not None, "may_start_again refuses an agreement without unsigned terms"
    draft.signatures.all().delete()
    steps.written(by, row, SIGNATURES)
    return row


@transaction.atomic
def revise(*, by: Actor, agreement: BehaviourAgreement, why: str, ends_on: dt.date) -> TermsVersion:
    """Begin new terms from those in force, which hold until the new ones are signed."""
    row = steps.locked(agreement)
    has_draft = queries.draft_of(row) is not None
    rules.may_revise(by, row, has_draft=has_draft, why=why).require()
    rules.may_run(row.starts_on, ends_on).require()
    draft = begin_revision(by, row, why, ends_on)
    steps.leave_open(by, row)
    return draft


def begin_revision(by: Actor, row: BehaviourAgreement, why: str, ends_on: dt.date) -> TermsVersion:
    """A version of the terms to be written and signed, which starts as a copy of the last one."""
    last = queries.terms_in_force(row)
    assert last is not None, "an agreement in force has signed terms"
    draft = TermsVersion.objects.create(agreement=row, number=last.number + 1, why=why, ends_on=ends_on)
    for line in last.lines.all():
        Term.objects.create(
            terms=draft,
            kind=line.kind,
            party_id=line.party_id,
            what=line.what,
            due_on=line.due_on,
            is_promised=line.is_promised,
        )
    steps.written(by, row, TERMS)
    return draft


@transaction.atomic
def drop_draft(*, by: Actor, agreement: BehaviourAgreement) -> BehaviourAgreement:
    """Give up new terms that are not signed: the old ones hold."""
    row = steps.locked(agreement)
    draft = queries.draft_of(row)
    rules.may_drop_draft(by, row, number=draft.number if draft else 0).require()
    assert draft is not None, "may_drop_draft refuses an agreement without unsigned terms"
    draft.delete()
    steps.written(by, row, DROPPED)
    steps.leave_open(by, row)
    return row


@transaction.atomic
def note_print(*, by: Actor, agreement: BehaviourAgreement) -> None:
    """Keep that the paper was made."""
    rules.may_work(by, agreement).require()
    journal.record(events.PRINTED, by=by, about=agreement)
