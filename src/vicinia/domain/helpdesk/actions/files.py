"""A help file is opened, written in, waits, is answered and closed; it becomes a report or a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.helpdesk import events, queries, rules
from vicinia.domain.helpdesk.models import FileNote, HelpContact, HelpFile
from vicinia.domain.helpdesk.states import FileState, Kind, Topic
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference

FIRST_STEP_DAYS = 5  # working days until somebody looks again
KEPT_YEARS = 5  # how long the words of a closed file are kept
ERASED = "…"


@dataclass(frozen=True)
class NewFile:
    """What somebody needs, in short and in full."""

    title: str
    words: str = ""
    kind: str = Kind.ACCOMPANIMENT
    topic: str = Topic.OTHER
    language: str = "it"
    next_on: dt.date | None = None
    next_words: str = ""
    details: PersonDetails | None = None
    person: Person | None = None


@dataclass(frozen=True)
class Step:
    """Where a file goes: who is waited for or what was answered, and what comes next."""

    state: str
    words: str = ""
    next_on: dt.date | None = None
    next_words: str = ""


@transaction.atomic
def open_file(*, by: Actor, new: NewFile, owner: User, contact: HelpContact | None = None) -> HelpFile:
    """Follow what one conversation could not settle; the contact that it grew from belongs to it."""
    rules.may_keep(by).require()
    held = queries.locked_contact(contact) if contact else None
    if held is not None and held.file_id is not None:
        found: HelpFile = HelpFile.objects.get(pk=held.file_id)
        return found
    person = people.meet(by=by, details=new.details) if new.details else new.person
    if person is None and held is not None:
        person = held.person

    row = HelpFile.objects.create(
        reference=f"SP{next_reference('help_file')}",
        title=new.title.strip(),
        words=new.words.strip(),
        kind=new.kind,
        topic=new.topic,
        language=new.language,
        person=person,
        owner=owner,
        next_on=new.next_on or clock.add_working_days(clock.today(), FIRST_STEP_DAYS),
        next_words=new.next_words.strip(),
    )
    if held is not None:
        held.file = row
        held.save()

    journal.record(events.FILE_OPENED, by=by, about=row, operator=owner.name)
    return row


@transaction.atomic
def change_file(*, by: Actor, file: HelpFile, new: NewFile, seen_version: int | None) -> HelpFile:
    """Say better what is needed; who it is for stays, unless it was not known."""
    row = queries.locked_file(file).require_version(seen_version, yours=new)
    rules.may_change_file(by, row).require()

    row.title, row.words, row.kind = new.title.strip(), new.words.strip(), new.kind
    row.topic, row.language = new.topic, new.language
    row.next_on, row.next_words = new.next_on or row.next_on, new.next_words.strip()
    if new.details is not None and row.person is None:
        row.person = people.meet(by=by, details=new.details)
    row.save()

    journal.record(events.FILE_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def write_note(*, by: Actor, file: HelpFile, words: str, files: Sequence[UploadedFile[Any]] = ()) -> FileNote:
    """Write in the diary, with what was handed in."""
    row = queries.locked_file(file)
    rules.may_change_file(by, row).require()

    note = FileNote.objects.create(file=row, words=words.strip(), by_ref=by.ref, by_name=by.name)
    for one in files:
        attachments.attach(by=by, about=row, file=one)

    journal.record(events.FILE_NOTED, by=by, about=row)
    return note


@transaction.atomic
def enter_file(*, by: Actor, file: HelpFile, step: Step, seen_version: int | None = None) -> HelpFile:
    """Wait for somebody else, answer, close, or open it again."""
    row = queries.locked_file(file).require_version(seen_version, yours=step)
    rules.may_enter_file(
        by, row, step.state, words=step.words, next_on=step.next_on, today=clock.today()
    ).require()

    is_closed = step.state == FileState.CLOSED
    words = step.words.strip()
    row.enter(
        step.state,
        by=by,
        state_since=clock.now(),
        closed_at=clock.now() if is_closed else None,
        next_on=None if is_closed else step.next_on,
        next_words="" if is_closed else step.next_words.strip(),
        waits_for=words if step.state == FileState.WAITING else "",
        answer=words if step.state in (FileState.ANSWERED, FileState.CLOSED) else row.answer,
    )

    journal.record(events.FILE_ENTERED, by=by, about=row, state=journal.kept(FileState(row.state).label))
    return row


@transaction.atomic
def hand_over(*, by: Actor, file: HelpFile, owner: User) -> HelpFile:
    """Let a colleague follow it."""
    row = queries.locked_file(file)
    is_able = queries.able_to_follow().filter(pk=owner.pk).exists()
    rules.may_hand_over(by, row, is_able=is_able).require()

    row.owner = owner
    row.save()

    journal.record(events.FILE_HANDED, by=by, about=row, operator=owner.name)
    return row


@transaction.atomic
def to_report(*, by: Actor, file: HelpFile, category: Category, location: Location) -> Report:
    """Put what was told into the one register of reports, from who told it."""
    row = queries.locked_file(file)
    rules.may_become_report(by, row).require()

    report = _receive(by, row, category, location)

    journal.record(events.FILE_REPORT, by=by, about=row, report=report.reference)
    return report


@transaction.atomic
def to_case(*, by: Actor, file: HelpFile, category: Category, location: Location) -> Case:
    """Open a case on what was told, through a report as any other; nobody is in charge of it yet."""
    row = queries.locked_file(file)
    rules.may_become_case(by, row).require()

    report = _receive(by, row, category, location)
    new = casework.OpenCase(title=row.title, category=category, legal_basis=report.legal_basis)
    row.case = casework.open_case(by=by, new=new, reports=[report])
    row.save()

    journal.record(events.FILE_CASE, by=by, about=row, case=row.case.reference)
    return row.case


def _receive(by: Actor, row: HelpFile, category: Category, location: Location) -> Report:
    new = listening.NewReport(
        category=category,
        title=row.title,
        description=row.words,
        location=location,
        known_reporter=row.person,
        language=row.language,
        idempotency_key=f"help-file:{row.reference}",
    )
    row.report = listening.receive(by=by, new=new, channel=Channel.DESK).report
    row.save()
    return row.report


@transaction.atomic
def forget_files(*, by: Actor) -> int:
    """Erase the words of files that were closed long ago; that there was one, and of which kind, stays."""
    before = clock.start_of(clock.add_months(clock.today(), -12 * KEPT_YEARS))
    rows = list(queries.files_to_forget(before)[:200].select_for_update(of=("self",)))
    for row in rows:
        forget(by=by, row=row)
    if rows:
        journal.record(events.FILES_FORGOTTEN, by=by, about="helpdesk:files", count=len(rows))
    return len(rows)


def forget(*, by: Actor, row: HelpFile) -> None:
    """Empty one file of what was told; the act that asks for it records it."""
    if row.is_open:
        row.enter(
            FileState.CLOSED,
            by=by,
            closed_at=clock.now(),
            state_since=clock.now(),
            next_on=None,
            waits_for="",
        )
    row.title, row.words, row.waits_for, row.answer, row.next_words = ERASED, "", "", "", ""
    row.person, row.forgotten_at = None, clock.now()
    row.save()
    row.notes.all().delete()
    attachments.erase_of(by=by, about=row)
