"""After the closing: what the reporter says of it, watching, what comes back, reopening."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import events, queries, rules
from vicinia.domain.casework.actions.matters import OpenMatter, raise_matter, settle_matter
from vicinia.domain.casework.models import Case, OutcomeReply, WatchPoint
from vicinia.domain.casework.states import OutcomeVerdict, Stage
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Working days after which what comes back is the coordinator's too.
RAISED_AFTER_DAYS = 3


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
    settle_matter(by=by, key=_came_back(case))

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
    case = Case.objects.lock(point.case)
    point = WatchPoint.objects.select_for_update().get(pk=point.pk)
    rules.may_note_watch_point(by, case, point.done_at is not None).require()

    count = queries.new_reports_since_closing(case)
    point.new_reports = count
    point.note = note
    point.done_at = clock.now()
    point.save()
    # Whoever looks at them now has not opened the case again: only what comes later asks anew.
    case.seen_after_closing = count
    case.save()
    settle_matter(by=by, key=_came_back(case))

    journal.record(events.WATCHED, by=by, about=case, note=note, count=count)
    return point


@transaction.atomic
def propose_reopening(*, by: Actor, case: Case) -> bool:
    """Ask who followed a closed case whether to open it again, when enough new reports came in since. Whether it was asked."""
    case = Case.objects.lock(case)
    count = queries.new_reports_since_closing(case)
    if case.is_open or not rules.comes_back(count, case.seen_after_closing, settings.REOPEN_AFTER_REPORTS):
        return False
    known = case.matters.filter(key=_came_back(case)).first()
    if known is not None and known.facts == {"count": count}:
        return False
    came_back = OpenMatter(
        key=_came_back(case),
        kind=events.TO_REOPEN,
        url=reverse("case_came_back", args=[case.reference]),
        facts={"count": count},
        due_on=known.due_on if known else clock.today(),
        raised_on=known.raised_on if known else clock.add_working_days(clock.today(), RAISED_AFTER_DAYS),
    )
    raise_matter(by=by, case=case, matter=came_back)
    journal.record(events.CAME_BACK, by=by, about=case, count=count)
    return True


@transaction.atomic
def keep_closed(*, by: Actor, case: Case, reason: str) -> Case:
    """New reports came in, and it is not the same problem again: say why. As many more will ask anew."""
    case = Case.objects.lock(case)
    rules.may_keep_closed(by, case, reason).require()
    case.seen_after_closing = queries.new_reports_since_closing(case)
    case.save()
    settle_matter(by=by, key=_came_back(case))
    journal.record(events.KEPT_CLOSED, by=by, about=case, count=case.seen_after_closing, reason=reason)
    return case


def _came_back(case: Case) -> str:
    return f"case.came_back:{case.pk}"
