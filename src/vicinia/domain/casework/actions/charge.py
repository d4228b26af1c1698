"""Opening a case and who is in charge of it: always by acceptance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.models import Case, CasePerson, CaseReport, Contact, Proposal
from vicinia.domain.casework.states import CaseKind, PersonRole, ProposalState
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.search import actions as search


@dataclass(frozen=True)
class OpenCase:
    """What a new case starts from. The place is `location`, or that of the first report."""

    title: str
    category: Category
    legal_basis: str
    kind: str = CaseKind.PERSON
    summary: str = ""
    location: Location | None = None


@transaction.atomic
def open_case(*, by: Actor, new: OpenCase, reports: Sequence[Report]) -> Case:
    """Open a case on some reports, or on none for what a higher subject follows. Nobody is in charge yet.

    See `take_charge` and `propose`.
    """
    rules.may_open(by, new.legal_basis).require()
    place = new.location or Location.of(reports[0])
    due_on = min((report.due_on for report in reports if report.due_on), default=None)
    case = Case(
        reference=next_reference("case"),
        kind=new.kind,
        category=new.category,
        title=new.title,
        summary=new.summary,
        legal_basis=new.legal_basis,
        **asdict(place),
        next_contact_on=due_on or clock.add_working_days(clock.today(), settings.FIRST_CONTACT_DAYS),
        next_contact_words=_first_call(),
    )
    case.save(force_insert=True)
    journal.record(events.OPENED, by=by, about=case)
    for report in reports:
        join(by=by, case=case, report=report)
        journal.record(events.REPORT_LINKED, by=by, about=case, report=report.reference)
    if any(report.first_contact_at for report in reports):
        agreed = clock.add_working_days(clock.today(), settings.CONTACT_RHYTHM_DAYS)
        expect_contact(case, *queries.next_contact(case, agreed))
    search.refresh("case", [case.pk])
    return case


def _first_call() -> str:
    return _("Primo contatto con chi segnala")


def expect_contact(case: Case, day: dt.date | None, is_first_call: bool) -> None:
    """Set when the next contact of a case is. The caller has locked the case."""
    case.next_contact_on = day
    case.next_contact_words = _first_call() if is_first_call else ""
    case.save(update_fields=["next_contact_on", "next_contact_words"])


def join(*, by: Actor, case: Case, report: Report, why: str = "") -> None:
    """Put a report, its reporter and its earlier contacts into a case. The caller has locked the case."""
    report = Report.objects.lock(report)
    rules.may_link(by, case, report, queries.case_of(report)).require()
    CaseReport.objects.create(case=case, report=report, why=why)
    Contact.objects.filter(report=report, case__isnull=True).update(case=case)
    if report.reporter_id:
        # With the number: two who reported from the same house are told apart without their names.
        label = ", ".join(part for part in (report.reference, report.where) if part)
        role = {"role": PersonRole.REPORTER, "label": label[:140]}
        CasePerson.objects.get_or_create(case=case, person_id=report.reporter_id, defaults=role)
    listening.enter_case(by=by, report=report, case=case.reference, owner_id=case.owner_id)


@transaction.atomic
def take_charge(*, by: Actor, case: Case) -> Case:
    """Take a case in charge oneself: acceptance and taking are one act."""
    case = Case.objects.lock(case)
    rules.may_take_charge(by, case).require()

    pending = queries.open_proposal(case)
    if pending is not None:
        accepted = pending.to_id == by.user_id
        state = ProposalState.ACCEPTED if accepted else ProposalState.WITHDRAWN
        pending.enter(state, by=by, answered_at=clock.now())
    return _put_in_charge(by, case)


def _put_in_charge(by: Actor, case: Case) -> Case:
    old = case.owner
    case.owner_id = by.user_id
    case.taken_at = clock.now()
    if case.next_contact_on is None:
        case.next_contact_on = clock.add_working_days(clock.today(), settings.CONTACT_RHYTHM_DAYS)
    case.save()
    if old is not None:
        journal.record(events.HANDED_OVER, by=by, about=case, old=old.name, operator=by.name)
    journal.record(events.TAKEN, by=by, about=case, operator=by.name, first_name=by.name.split(" ")[0])
    for report in queries.reports_to_tell(case):
        listening.follow_with_case(by=by, report=report)
    return case


@transaction.atomic
def propose(*, by: Actor, case: Case, to: User, words: str = "") -> Proposal:
    """Ask someone to take a case in charge. Until they accept, nothing changes."""
    case = Case.objects.lock(case)
    rules.may_propose(by, case, queries.open_proposal(case)).require()
    rules.may_be_proposed(to.as_actor(), case).require()

    proposal = Proposal.objects.create(case=case, to=to, by_ref=by.ref, by_name=by.name, words=words)

    journal.record(events.PROPOSED, by=by, about=case, note=words, operator=to.name)
    return proposal


@dataclass(frozen=True)
class Proposed:
    """What became of a proposal of many cases: those proposed, and why the others were not."""

    done: list[Case]
    refused: list[tuple[Case, Sentence]]


@transaction.atomic
def propose_many(*, by: Actor, cases: Sequence[Case], to: User, words: str = "") -> Proposed:
    """Ask someone to take many cases in charge. Each stands for itself: one that may not is said, the others go."""
    done: list[Case] = []
    refused: list[tuple[Case, Sentence]] = []
    for case in cases:
        try:
            with transaction.atomic():
                propose(by=by, case=case, to=to, words=words)
        except Refused as refusal:
            refused.append((case, refusal.verdict.sentence))
        else:
            done.append(case)
    return Proposed(done, refused)


@transaction.atomic
def accept_many(*, by: Actor, proposals: Sequence[Proposal]) -> list[Case]:
    """Accept all of some proposals, or none if one can no longer be accepted."""
    return [accept(by=by, proposal=proposal) for proposal in proposals]


@transaction.atomic
def accept(*, by: Actor, proposal: Proposal) -> Case:
    """Accept a proposed case: from now on one is in charge."""
    case = Case.objects.lock(proposal.case)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("to").get(pk=proposal.pk)
    rules.may_answer_proposal(by, proposal).require()
    rules.may_be_proposed(by, case).require()

    proposal.enter(ProposalState.ACCEPTED, by=by, answered_at=clock.now())
    return _put_in_charge(by, case)


@transaction.atomic
def decline(*, by: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Decline a proposed case, saying why: it stays with who had it."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",)).select_related("to", "case").get(pk=proposal.pk)
    )
    rules.may_answer_proposal(by, proposal).require()
    rules.must_say_why(reason).require()

    proposal.enter(ProposalState.DECLINED, by=by, reason=reason, answered_at=clock.now())

    journal.record(events.DECLINED, by=by, about=proposal.case, operator=by.name, reason=reason)
    return proposal


@transaction.atomic
def withdraw_proposal(*, by: Actor, proposal: Proposal) -> Proposal:
    """Take a proposal back before it is answered."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("to", "case__owner")
        .get(pk=proposal.pk)
    )
    rules.may_withdraw(by, proposal).require()

    proposal.enter(ProposalState.WITHDRAWN, by=by, answered_at=clock.now())

    journal.record(
        events.DECLINED, by=by, about=proposal.case, operator=proposal.to.name, reason=_("proposta ritirata")
    )
    return proposal
