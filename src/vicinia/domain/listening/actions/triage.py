"""What staff decide about a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from vicinia.domain.listening import events, queries, rules
from vicinia.domain.listening.actions.tell import tell_reporter
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import TRIAGE_STATES, ReportState
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.search import actions as search


@transaction.atomic
def take(*, by: Actor, report: Report) -> Report:
    """Take a report: from now on one person answers for it."""
    report = Report.objects.lock(report)
    rules.may_take(by, report).require()

    changes = clock_running(report) | _shown_publicly(report)
    report.enter(ReportState.TAKEN, by=by, owner_id=by.user_id, **changes)

    first_name = by.name.split(" ")[0]
    journal.record(events.TAKEN, by=by, about=report, operator=by.name, first_name=first_name)
    key = f"taken:{report.reference}:{report.version}"
    tell_reporter(by=by, report=report, template="report_taken", key=key, operator=by.name)
    return report


@transaction.atomic
def hand_back(*, by: Actor, report: Report, reason: str) -> Report:
    """Put a report back among those that nobody follows."""
    report = Report.objects.lock(report)
    rules.may_hand_back(by, report).require()

    report.enter(ReportState.RECEIVED, by=by, reason=reason, owner=None, **clock_running(report))

    journal.record(events.HANDED_BACK, by=by, about=report, note=reason)
    return report


@transaction.atomic
def resume(*, by: Actor, report: Report) -> Report:
    """Let the clock run again after the reporter answered, or when waiting makes no more sense."""
    report = Report.objects.lock(report)
    if report.state != ReportState.WAITING:
        return report
    following = ReportState.TAKEN if report.owner_id else ReportState.RECEIVED

    report.enter(following, by=by, **clock_running(report))

    journal.record(events.RESUMED, by=by, about=report)
    return report


@transaction.atomic
def answer(*, by: Actor, report: Report, words: str) -> Report:
    """Answer at once: for what needs no case."""
    report = Report.objects.lock(report)
    rules.may_triage(by, report).require()

    _end(report, ReportState.ANSWERED, by, answer=words)

    journal.record(events.ANSWERED, by=by, about=report, note=words)
    _tell_end(by, report, "report_answered", words=words)
    return report


@transaction.atomic
def redirect(*, by: Actor, report: Report, body: PartnerBody, words: str = "") -> Report:
    """Pass a report to the body that is competent for it, and tell both with a receipt."""
    report = Report.objects.lock(report)
    rules.may_redirect(by, report, body).require()

    _end(report, ReportState.REDIRECTED, by, redirected_to=body, answer=words)

    journal.record(events.REDIRECTED, by=by, about=report, note=words, body=body.name)
    _tell_end(by, report, "report_redirected", body=body.name, words=words)
    if body.email:
        # Only what the body needs to act on: never who reported it.
        context = {
            "reference": report.reference,
            "kind": report.category.name,
            "title": report.title,
            "where": report.where,
            "description": report.description,
            "words": words,
        }
        key = f"redirected-body:{report.reference}:{report.version}"
        notifications.queue(
            by=by,
            to=body.email,
            template="report_for_body",
            context=context,
            language="it",
            about=report,
            key=key,
        )
    return report


@transaction.atomic
def set_aside(*, by: Actor, report: Report, reason: str) -> Report:
    """Set a report aside, saying why."""
    report = Report.objects.lock(report)
    rules.may_triage(by, report).require()

    _end(report, ReportState.SET_ASIDE, by, reason=reason, set_aside_reason=reason)

    journal.record(events.SET_ASIDE, by=by, about=report, reason=reason)
    _tell_end(by, report, "report_set_aside", words=reason)
    return report


@transaction.atomic
def merge(*, by: Actor, report: Report, into: Report, reason: str = "") -> Report:
    """Merge a double into the report that stays."""
    first, second = sorted(
        [report, into], key=lambda row: row.pk
    )  # one order for all, so that no two merges wait for each other
    locked = {row.pk: Report.objects.lock(row) for row in (first, second)}
    report, into = locked[report.pk], locked[into.pk]
    rules.may_merge(by, report, into).require()

    _end(report, ReportState.MERGED, by, reason=reason, merged_into=into)
    into.me_too_count += 1
    into.save(update_fields=["me_too_count"])

    journal.record(events.MERGED, by=by, about=report, note=reason, into=into.reference)
    journal.record(events.ABSORBED, by=by, about=into, other=report.reference)
    _tell_end(by, report, "report_merged")
    return report


@transaction.atomic
def undo(*, by: Actor, report: Report) -> Report:
    """Take back the last decision: the report is where it was."""
    report = Report.objects.lock(report)
    previous = queries.state_before(report)
    rules.may_undo(by, report, previous).require()
    assert previous is not None

    _forget_merge(report)
    changes: dict[str, Any] = {
        "ended_at": None,
        "merged_into": None,
        "redirected_to": None,
        "set_aside_reason": "",
        "answer": "",
        "due_on": report.due_on or clock.add_working_days(clock.today(), settings.FIRST_CONTACT_DAYS),
    }
    if previous == ReportState.RECEIVED:
        changes["owner"] = None
    if previous == ReportState.WAITING and report.state == ReportState.TAKEN:
        changes |= clock_stopped(report)
    else:
        changes |= clock_running(report)
    report.enter(previous, by=by, reason="undo", **changes)

    journal.record(events.UNDONE, by=by, about=report)
    return report


def clock_stopped(report: Report) -> dict[str, Any]:
    """What changes while one waits for the reporter: the working days left are kept, a reminder date stands instead."""
    left = clock.working_days_between(clock.today(), report.due_on) if report.due_on else 0
    remind_on = clock.add_working_days(clock.today(), settings.CONTACT_RHYTHM_DAYS)
    return {"days_left": max(left, 0), "due_on": remind_on}


def clock_running(report: Report) -> dict[str, Any]:
    """What changes when waiting is over: the days that were left, at least one, count from today."""
    if report.state != ReportState.WAITING:
        return {}
    return {"days_left": None, "due_on": clock.add_working_days(clock.today(), max(report.days_left or 0, 1))}


def _forget_merge(report: Report) -> None:
    if report.merged_into_id is None:
        return
    into = Report.objects.select_for_update().get(pk=report.merged_into_id)
    into.me_too_count = max(into.me_too_count - 1, 0)
    into.save(update_fields=["me_too_count"])


@dataclass(frozen=True)
class Correction:
    """What staff put right. None leaves a value as it is."""

    category: Category | None = None
    title: str | None = None
    description: str | None = None
    location: Location | None = None
    at_risk: bool | None = None
    legal_basis: str | None = None


@transaction.atomic
def correct(*, by: Actor, report: Report, correction: Correction, seen_version: int | None) -> Report:
    """Put right the kind, place or words of a report; refuse when someone else changed it meanwhile."""
    report = Report.objects.lock(report)
    rules.may_correct(by, report).require()
    report.require_version(seen_version, yours=correction)
    if correction.category is not None and correction.category.pk != report.category_id:
        rules.may_use_category(correction.category).require()
    if correction.legal_basis is not None and correction.legal_basis != report.legal_basis:
        rules.may_change_regime(by, report, correction.legal_basis).require()

    changed = _apply(report, correction)
    if not changed:
        return report
    report.save()

    journal.record(events.CORRECTED, by=by, about=report, fields=", ".join(changed))
    search.refresh("report", [report.pk])
    return report


def _apply(report: Report, correction: Correction) -> list[str]:
    values: dict[str, Any] = {
        name: getattr(correction, name)
        for name in ("category", "title", "description", "at_risk", "legal_basis")
        if getattr(correction, name) is not None
    }
    if correction.location is not None:
        place = correction.location
        values |= {"lat": place.lat, "lon": place.lon, "civic_number_id": place.civic_number_id}
        values |= {"address": place.address, "place_words": place.place_words, "area_id": place.area_id}
    changed = [name for name, value in values.items() if getattr(report, name) != value]
    for name in changed:
        setattr(report, name, values[name])
    if not rules.is_showable(report):
        report.is_published = False
    if "at_risk" in changed and report.at_risk:
        _hurry(report)
    labels = (journal.kept(label_of(Report, name)) for name in changed)
    return list(dict.fromkeys(labels))


def _hurry(report: Report) -> None:
    """Who turns out to be at risk is spoken to by the shorter term, unless it was done."""
    if report.first_contact_at is None and report.state in (ReportState.RECEIVED, ReportState.TAKEN):
        soon = clock.add_working_days(clock.today(), settings.FIRST_CONTACT_DAYS_AT_RISK)
        report.due_on = min(report.due_on or soon, soon)


@transaction.atomic
def publish(*, by: Actor, report: Report) -> Report:
    """Show a report on the public map: kind, street and date, nothing else."""
    report = Report.objects.lock(report)
    rules.may_publish(by, report).require()

    report.is_published = True
    report.save(update_fields=["is_published"])

    journal.record(events.PUBLISHED, by=by, about=report)
    return report


@transaction.atomic
def unpublish(*, by: Actor, report: Report) -> Report:
    """Take a report off the public map."""
    report = Report.objects.lock(report)
    rules.may_correct(by, report).require()

    report.is_published = False
    report.save(update_fields=["is_published"])

    journal.record(events.UNPUBLISHED, by=by, about=report)
    return report


@transaction.atomic
def note_first_contact(*, by: Actor, report: Report, at: dt.datetime) -> Report:
    """Note that the reporter has been spoken to: the first deadline is met, the next date follows."""
    report = Report.objects.lock(report)
    if report.first_contact_at is not None:
        return report
    report.first_contact_at = at
    if report.state in TRIAGE_STATES:
        report.due_on = clock.add_working_days(clock.today(), settings.CONTACT_RHYTHM_DAYS)
    report.save(update_fields=["first_contact_at", "due_on"])
    return report


@transaction.atomic
def enter_case(*, by: Actor, report: Report, case: str, owner_id: int | None) -> Report:
    """A report becomes part of a case, which from now on has its deadlines, and the report its person in charge."""
    report = Report.objects.lock(report)
    rules.may_triage(by, report).require()

    changes = {"owner_id": owner_id or report.owner_id, "days_left": None} | _shown_publicly(report)
    report.enter(ReportState.LINKED, by=by, reason=case, **changes)

    journal.record(events.LINKED, by=by, about=report, case=case)
    return report


@transaction.atomic
def follow_with_case(*, by: Actor, report: Report) -> Report:
    """Who takes a case in charge follows its reports too: what their writers say reaches who answers for it."""
    report = Report.objects.lock(report)
    report.owner_id = by.user_id
    report.save(update_fields=["owner"])
    key = f"case-taken:{report.reference}:{report.version}"
    tell_reporter(by=by, report=report, template="report_taken", key=key, operator=by.name)
    return report


@transaction.atomic
def leave_case(*, by: Actor, report: Report, case: str, reason: str) -> Report:
    """A report leaves a case and is back in triage."""
    report = Report.objects.lock(report)
    following = ReportState.TAKEN if report.owner_id else ReportState.RECEIVED
    due_on = clock.add_working_days(clock.today(), settings.FIRST_CONTACT_DAYS)

    report.enter(following, by=by, reason=reason, due_on=due_on)

    journal.record(events.UNLINKED, by=by, about=report, case=case, reason=reason)
    return report


@transaction.atomic
def end_with_case(*, by: Actor, report: Report, case: str, outcome: Sentence, words: str) -> Report:
    """The case of a report is closed: its reporter is told the outcome and asked whether it is so."""
    report = Report.objects.lock(report)

    _end(report, ReportState.ANSWERED, by, reason=case, answer=words)

    journal.record(events.ANSWERED, by=by, about=report, note=words)
    _tell_end(by, report, "case_closed", outcome=outcome, words=words)
    return report


@transaction.atomic
def return_to_case(*, by: Actor, report: Report, case: str) -> Report:
    """The case of a report is open again."""
    report = Report.objects.lock(report)

    report.enter(ReportState.LINKED, by=by, reason=case, ended_at=None)

    journal.record(events.UNDONE, by=by, about=report)
    tell_reporter(
        by=by, report=report, template="case_reopened", key=f"reopened:{report.reference}:{report.version}"
    )
    return report


def _end(report: Report, state: ReportState, by: Actor, reason: str = "", **changes: Any) -> None:
    # What is set aside is no problem of the town, and a double is there already: neither belongs on the public map.
    is_off_the_map = state in (ReportState.SET_ASIDE, ReportState.MERGED)
    shown = {"is_published": False} if is_off_the_map else _shown_publicly(report)
    owner_id = report.owner_id or by.user_id
    report.enter(state, by=by, reason=reason, ended_at=clock.now(), owner_id=owner_id, **shown, **changes)


def _tell_end(by: Actor, report: Report, template: str, outcome: Sentence = "", **words: str) -> None:
    key = f"{template}:{report.reference}:{report.version}"
    tell_reporter(by=by, report=report, template=template, key=key, outcome=outcome, **words)


def _shown_publicly(report: Report) -> dict[str, Any]:
    """A report of a public kind is shown once staff has looked at it; what they took off later stays off."""
    is_first_look = rules.is_showable(report) and not queries.has_moved(report)
    return {"is_published": True} if is_first_look else {}
