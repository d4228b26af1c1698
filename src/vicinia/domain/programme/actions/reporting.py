"""A report to the funder from its first words to its approval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from vicinia.domain.programme import events, papers, queries, rules
from vicinia.domain.programme.models import (
    ActionSheet,
    Edition,
    EditionFile,
    FunderQuery,
    FunderReport,
    Programme,
    SheetNote,
)
from vicinia.domain.programme.states import FileKind, ReportState
from vicinia.foundation.documents import actions as documents
from vicinia.foundation.documents.queries import Text
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class Period:
    """What a report is about, in which text, by when."""

    from_day: dt.date
    to_day: dt.date
    text: Text
    due_on: dt.date | None = None


@transaction.atomic
def begin_report(*, by: Actor, programme: Programme, new: Period) -> FunderReport:
    """Begin a report on a period. The text with which it is printed is kept from now on."""
    programme = queries.locked(programme)
    row = FunderReport(
        programme=programme,
        from_day=new.from_day,
        to_day=new.to_day,
        due_on=new.due_on,
        by_name=by.name,
    )
    rules.may_begin_report(by, row).require()

    row.reference = f"RE{next_reference('funder_report')}"
    row.text_digest = documents.keep_text(by=by, text=new.text)
    row.save(force_insert=True)

    journal.record(events.REPORTED, by=by, about=row)
    return row


@transaction.atomic
def write_report(
    *, by: Actor, report: FunderReport, words: str, due_on: dt.date | None, seen_version: int | None
) -> FunderReport:
    """Write what introduces the figures."""
    row: FunderReport = queries.locked(report, "programme").require_version(seen_version, yours=words)
    rules.may_write(by, row).require()

    row.words, row.due_on = words, due_on
    row.save()

    journal.record(events.WRITTEN, by=by, about=row)
    return row


@transaction.atomic
def write_note(
    *, by: Actor, report: FunderReport, sheet: ActionSheet, words: str, seen_version: int | None
) -> SheetNote:
    """Write what was done for one sheet in the period."""
    row: FunderReport = queries.locked(report, "programme")
    rules.may_write(by, row).require()
    note = queries.notes_of(row).get(sheet.pk)
    if note is None:
        note = SheetNote(report=row, sheet=sheet)
    else:
        note.require_version(seen_version, yours=words)

    note.words = words
    note.save()

    journal.record(events.WRITTEN, by=by, about=row)
    return note


def _note_state(by: Actor, row: FunderReport) -> None:
    label = journal.kept(ReportState(row.state).label)
    journal.record(events.REPORT_STATE, by=by, about=row, state=label)


@transaction.atomic
def check(
    *, by: Actor, report: FunderReport, note: str = "", seen_version: int | None = None
) -> FunderReport:
    """Declare that it has been read through: nothing that blocks is missing, and the rest is explained."""
    row: FunderReport = queries.locked(report, "programme").require_version(seen_version, yours=note)
    gaps = queries.gaps_in(by, row, queries.content_of(by, row))
    rules.may_check(by, row, gaps, note).require()

    row.enter(
        ReportState.CHECKED, by=by, checked_by=by.name, check_note=note.strip(), state_since=clock.now()
    )

    _note_state(by, row)
    return row


@transaction.atomic
def reopen(*, by: Actor, report: FunderReport, reason: str) -> FunderReport:
    """Go back to writing, before it is sent. Editions that were frozen stay."""
    row: FunderReport = queries.locked(report, "programme")
    rules.may_reopen(by, row, reason).require()

    row.enter(ReportState.DRAFT, by=by, reason=reason.strip(), state_since=clock.now())

    _note_state(by, row)
    return row


@transaction.atomic
def freeze(*, by: Actor, report: FunderReport, seen_version: int | None = None) -> Edition:
    """Keep all words and figures as they are now, with the records behind each, and the files made of them."""
    row: FunderReport = queries.locked(report, "programme").require_version(seen_version)
    rules.may_freeze(by, row).require()

    edition = _frozen(by, row)
    row.enter(ReportState.FROZEN, by=by, state_since=clock.now())

    _note_state(by, row)
    return edition


def _frozen(by: Actor, row: FunderReport) -> Edition:
    content = queries.content_of(by, row)
    words = queries.as_kept(content)
    last = row.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        report=row,
        number=last + 1,
        content=words,
        digest=queries.digest_of(words),
        text_digest=row.text_digest,
        frozen_at=clock.now(),
        by_name=by.name,
    )
    for kind in FileKind:
        made = papers.made(papers.frozen_of(edition), kind)
        EditionFile.objects.create(edition=edition, kind=kind, sha256=sha256(made).hexdigest(), content=made)

    journal.record(events.FROZEN, by=by, about=row, number=edition.number, digest=edition.digest)
    return edition


@transaction.atomic
def send(*, by: Actor, report: FunderReport, protocol: str, on: dt.date) -> FunderReport:
    """Note that the frozen report went to the funder, with its protocol number."""
    row: FunderReport = queries.locked(report, "programme")
    rules.may_send(by, row, protocol, on, clock.today()).require()

    row.enter(ReportState.SENT, by=by, protocol=protocol.strip(), sent_on=on, state_since=clock.now())

    _note_state(by, row)
    return row


@transaction.atomic
def ask(
    *, by: Actor, report: FunderReport, words: str, asked_on: dt.date, answer_by: dt.date | None = None
) -> FunderQuery:
    """Note what the funder asks; the report waits for answers."""
    row: FunderReport = queries.locked(report, "programme")
    rules.may_ask(by, row, words).require()

    query = FunderQuery.objects.create(report=row, words=words.strip(), asked_on=asked_on)
    if row.state != ReportState.QUERIED:
        row.enter(ReportState.QUERIED, by=by, due_on=answer_by, state_since=clock.now())

    journal.record(events.ASKED, by=by, about=row)
    return query


@transaction.atomic
def answer(*, by: Actor, query: FunderQuery, words: str, seen_version: int | None = None) -> FunderQuery:
    """Answer what the funder asked."""
    queries.locked(query.report)
    row: FunderQuery = queries.locked(query, "report").require_version(seen_version, yours=words)
    rules.may_answer(by, row, words).require()

    row.answer, row.answered_on = words.strip(), clock.today()
    row.save()

    journal.record(events.ANSWERED, by=by, about=row.report)
    return row


@transaction.atomic
def integrate(*, by: Actor, report: FunderReport, protocol: str, on: dt.date) -> Edition:
    """Freeze another edition with the answers, and note that it went to the funder."""
    row: FunderReport = queries.locked(report, "programme")
    unanswered = sum(1 for one in queries.questions_of(row) if not one.answer)
    rules.may_integrate(
        by, row, unanswered=unanswered, protocol=protocol, on=on, today=clock.today()
    ).require()

    edition = _frozen(by, row)
    row.enter(ReportState.INTEGRATED, by=by, protocol=protocol.strip(), sent_on=on, state_since=clock.now())

    _note_state(by, row)
    return edition


@transaction.atomic
def approve(*, by: Actor, report: FunderReport, on: dt.date) -> FunderReport:
    """Note that the funder approved it."""
    row: FunderReport = queries.locked(report, "programme")
    rules.may_approve(by, row, on, clock.today()).require()

    row.enter(ReportState.APPROVED, by=by, approved_on=on, state_since=clock.now())

    _note_state(by, row)
    return row


@transaction.atomic
def note_given(*, by: Actor, edition: Edition, kind: str) -> None:
    """Note that somebody took a file of an edition."""
    label = journal.kept(FileKind(kind).label)
    journal.record(events.GIVEN, by=by, about=edition.report, number=edition.number, kind=label)
