"""Stages, and how a case is closed: asked, approved or returned."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.actions.matters import OpenMatter, raise_matter, settle_matter
from vicinia.domain.casework.actions.plan import review_key
from vicinia.domain.casework.models import Case, ClosingRequest, WatchPoint
from vicinia.domain.casework.states import ClosingState, Outcome, ProposalState, Stage
from vicinia.domain.listening import actions as listening
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def enter_stage(*, by: Actor, case: Case, stage: str, reason: str = "") -> Case:
    """Move a case to another stage, when what that stage requires is there."""
    case = Case.objects.lock(case)
    rules.may_enter_stage(by, case, stage, queries.progress(case)).require()

    case.enter(stage, by=by, reason=reason, stage_since=clock.now())

    journal.record(events.STAGE, by=by, about=case, note=reason, stage=journal.kept(Stage(stage).label))
    return case


@transaction.atomic
def ask_to_close(
    *, by: Actor, case: Case, outcome: str, note: str, consultation: str = "", explanation: str = ""
) -> Case:
    """Say how a case ends. It is closed at once when `by` may approve, otherwise when who assigns has approved it."""
    case = Case.objects.lock(case)
    facts = queries.progress(case)
    rules.may_ask_to_close(by, case, facts).require()
    rules.may_close_with(outcome, note, consultation, explanation, case, facts).require()

    request = ClosingRequest.objects.create(
        case=case,
        outcome=outcome,
        note=note,
        consultation=consultation,
        explanation=explanation,
        asked_by_id=by.user_id,
        by_name=by.name,
    )
    settle_matter(by=by, key=_returned(case))
    if not rules.needs_approval(by, is_required=settings.CLOSING_NEEDS_APPROVAL):
        return _close(by, case, request)

    asked = journal.kept(Outcome(outcome).label)
    journal.record(events.CLOSING_ASKED, by=by, about=case, note=explanation, outcome=asked)
    to_approve = OpenMatter(
        key=_asked(case),
        kind=events.TO_APPROVE,
        url=reverse("case_closing", args=[case.reference]),
        facts={"name": by.name},
        raised_on=clock.today(),
    )
    raise_matter(by=by, case=case, matter=to_approve)
    return case


@transaction.atomic
def approve_closing(*, by: Actor, request: ClosingRequest) -> Case:
    """Approve how a case ends: it is closed now, if what closing requires is still there."""
    case, request = _locked(request)
    rules.may_answer_closing(by, request).require()
    rules.may_close(by, case, queries.progress(case)).require()
    return _close(by, case, request)


@transaction.atomic
def return_closing(*, by: Actor, request: ClosingRequest, reason: str) -> ClosingRequest:
    """Return a closing, saying what lacks: the case stays open, and who is in charge reads why today."""
    case, request = _locked(request)
    rules.may_answer_closing(by, request).require()
    rules.must_say_why(reason).require()

    answer = {"answered_at": clock.now(), "answered_by_name": by.name}
    request.reason = reason
    request.enter(ClosingState.RETURNED, by=by, reason=reason, **answer)

    journal.record(events.CLOSING_RETURNED, by=by, about=case, reason=reason)
    settle_matter(by=by, key=_asked(case))
    to_read = OpenMatter(
        key=_returned(case),
        kind=events.RETURNED,
        url=reverse("case_closing", args=[case.reference]),
        due_on=clock.today(),
    )
    raise_matter(by=by, case=case, matter=to_read)
    return request


@transaction.atomic
def withdraw_closing(*, by: Actor, request: ClosingRequest) -> ClosingRequest:
    """Take the request back before it is answered: the case goes on."""
    case, request = _locked(request)
    rules.may_withdraw_closing(by, request).require()
    request.enter(ClosingState.WITHDRAWN, by=by, answered_at=clock.now())
    settle_matter(by=by, key=_asked(case))
    journal.record(events.CLOSING_WITHDRAWN, by=by, about=case)
    return request


@transaction.atomic
def read_return(*, by: Actor, request: ClosingRequest) -> ClosingRequest:
    """Who is at work on the case has read why the closing was returned."""
    case, request = _locked(request)
    rules.may_read_return(by, request).require()
    settle_matter(by=by, key=_returned(case))
    journal.record(events.CLOSING_READ, by=by, about=case)
    return request


def _locked(request: ClosingRequest) -> tuple[Case, ClosingRequest]:
    case = Case.objects.lock(request.case)
    request = ClosingRequest.objects.get(pk=request.pk)
    request.case = case
    return case, request


def _asked(case: Case) -> str:
    return f"closing.asked:{case.pk}"


def _returned(case: Case) -> str:
    return f"closing.returned:{case.pk}"


def _close(by: Actor, case: Case, request: ClosingRequest) -> Case:
    """Close a case, tell everyone who reported it, and plan the days on which its evolution is looked at."""
    now = clock.now()
    outcome, note = request.outcome, request.note
    request.enter(ClosingState.APPROVED, by=by, answered_at=now, answered_by_name=by.name)
    words = {"outcome": outcome, "outcome_note": note, "consultation": request.consultation}
    case.enter(
        Stage.CLOSED,
        by=by,
        reason=note,
        closed_at=now,
        stage_since=now,
        next_contact_on=None,
        seen_after_closing=0,
        **words,
    )
    WatchPoint.objects.bulk_create(
        [
            WatchPoint(case=case, due_on=clock.today() + dt.timedelta(days=days))
            for days in queries.watch_days()
        ]
    )

    pending = queries.open_proposal(case)
    if pending is not None:
        pending.enter(ProposalState.WITHDRAWN, by=by, answered_at=now)
    settle_matter(by=by, key=_asked(case))
    settle_matter(by=by, key=review_key(case))

    label = Outcome(outcome).label
    journal.record(events.CLOSED, by=by, about=case, note=note, outcome=journal.kept(label))
    for report in queries.reports_to_tell(case):
        listening.end_with_case(by=by, report=report, case=case.reference, outcome=label, words=note)
    return case
