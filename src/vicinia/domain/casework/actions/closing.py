"""Stages, closing, what the reporter says of it, watching afterwards, reopening."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.models import Case, OutcomeReply, WatchPoint
from vicinia.domain.casework.states import Outcome, OutcomeVerdict, ProposalState, Stage
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
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
def close(*, by: Actor, case: Case, outcome: str, note: str, consultation: str = "") -> Case:
    """Close a case, tell everyone who reported it, and plan the days on which its evolution is looked at."""
    case = Case.objects.lock(case)
    facts = queries.progress(case)
    rules.may_close(by, case, facts).require()
    rules.may_close_with(outcome, note, consultation, facts).require()

    now = clock.now()
    words = {"outcome": outcome, "outcome_note": note, "consultation": consultation}
    case.enter(
        Stage.CLOSED, by=by, reason=note, closed_at=now, stage_since=now, next_contact_on=None, **words
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

    label = Outcome(outcome).label
    journal.record(events.CLOSED, by=by, about=case, note=note, outcome=journal.kept(label))
    for report in queries.reports_to_tell(case):
        listening.end_with_case(by=by, report=report, case=case.reference, outcome=label, words=note)
    return case


@transaction.atomic
def reopen(*, by: Actor, case: Case, reason: str) -> Case:
    """Open a closed case again: whoever was in charge still is."""
    case = Case.objects.lock(case)
    rules.may_reopen(by, case, reason).require()

    next_contact_on = clock.add_working_days(clock.today(), settings.FIRST_CONTACT_DAYS)
    cleared = {"outcome": "", "closed_at": None}
    case.enter(
        Stage.RESPONSE,
        by=by,
        reason=reason,
        stage_since=clock.now(),
        next_contact_on=next_contact_on,
        **cleared,
    )
    case.watch_points.filter(done_at__isnull=True).update(cancelled_at=clock.now())
    case.outcome_replies.filter(handled_at__isnull=True).update(handled_at=clock.now())

    journal.record(events.REOPENED, by=by, about=case, reason=reason)
    for report in queries.reports_to_tell(case):
        listening.return_to_case(by=by, report=report, case=case.reference)
    return case


@transaction.atomic
def reply_outcome(*, by: Actor, report: Report, verdict: str, words: str = "") -> OutcomeReply:
    """The reporter confirms or contests the outcome. A contest comes up in the operator's day."""
    report = Report.objects.lock(report)  # two taps on the same button are one answer
    case = queries.case_of(report)
    before = queries.reply_to_closing(report, case) if case else None
    rules.may_reply_outcome(by, report, case, before.verdict if before else "", verdict).require()
    rules.may_contest_with(verdict, words).require()
    assert case is not None and case.closed_at is not None

    is_confirmed = verdict == OutcomeVerdict.CONFIRMED
    reply = OutcomeReply.objects.create(
        case=case,
        report=report,
        verdict=verdict,
        words=words,
        closed_at=case.closed_at,
        handled_at=clock.now() if is_confirmed else None,
    )

    journal.record(events.CONFIRMED if is_confirmed else events.CONTESTED, by=by, about=case, note=words)
    return reply


@transaction.atomic
def handle_contest(*, by: Actor, reply: OutcomeReply, answer: str) -> OutcomeReply:
    """Answer a contest without reopening, saying why to who contested."""
    reply = (
        OutcomeReply.objects.select_for_update(of=("self",))
        .select_related("case__owner", "report")
        .get(pk=reply.pk)
    )
    rules.may_answer_contest(by, reply.case).require()
    rules.must_say_why(answer).require()

    reply.handled_at = clock.now()
    reply.save(update_fields=["handled_at", "updated_at"])

    listening.write_to_reporter(by=by, report=reply.report, text=answer)
    return reply


@transaction.atomic
def note_watch_point(*, by: Actor, point: WatchPoint, note: str) -> WatchPoint:
    """Look at how a closed case went on: the new reports since then are counted, not guessed."""
    point = WatchPoint.objects.select_for_update(of=("self",)).select_related("case").get(pk=point.pk)
    rules.may_note_watch_point(by, point.case, point.done_at is not None).require()

    point.new_reports = queries.new_reports_since_closing(point.case)
    point.note = note
    point.done_at = clock.now()
    point.save()

    journal.record(events.WATCHED, by=by, about=point.case, note=note, count=point.new_reports)
    return point
