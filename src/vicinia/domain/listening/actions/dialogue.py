"""Words between the reporter and the unit, and the reporter's diary."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.listening import events, rules
from vicinia.domain.listening.actions.tell import tell_reporter
from vicinia.domain.listening.actions.triage import clock_stopped, resume
from vicinia.domain.listening.models import Episode, Message, Report
from vicinia.domain.listening.states import ReportState
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def write_to_unit(
    *,
    by: Actor,
    report: Report,
    text: str,
    files: Sequence[UploadedFile[Any]] = (),
    idempotency_key: str = "",
) -> Message:
    """The reporter writes back: it always reaches who follows the report, and the clock runs again.

    The same words under the same `idempotency_key` are a second tap: the first message is returned.
    """
    report = Report.objects.lock(report)
    rules.may_add_to(by, report).require()
    once = _once(idempotency_key, text)
    if once and (known := Message.objects.filter(report=report, once=once).first()):
        return known

    message = Message.objects.create(
        report=report, from_resident=True, by_ref=by.ref, by_name=by.name, text=text, once=once
    )
    for file in files:
        attachments.attach(by=by, about=report, file=file)

    journal.record(events.RESIDENT_WROTE, by=by, about=report, note=text)
    resume(by=by, report=report)
    return message


@transaction.atomic
def write_to_reporter(*, by: Actor, report: Report, text: str) -> Message:
    """Write to the reporter; they read it on their own page and are told by e-mail."""
    report = Report.objects.lock(report)
    rules.may_write(by, report).require()

    message = Message.objects.create(
        report=report, from_resident=False, by_ref=by.ref, by_name=by.name, text=text
    )

    journal.record(events.UNIT_WROTE, by=by, about=report, note=text)
    tell_reporter(by=by, report=report, template="message_from_unit", key=f"message:{message.pk}", words=text)
    return message


@transaction.atomic
def ask_reporter(*, by: Actor, report: Report, question: str) -> Report:
    """Ask the reporter something and stop the clock until they answer (or until the reminder date)."""
    report = Report.objects.lock(report)
    rules.may_ask_reporter(by, report).require()

    report.enter(ReportState.WAITING, by=by, **clock_stopped(report))

    journal.record(events.WAITING, by=by, about=report)
    write_to_reporter(by=by, report=report, text=question)
    return Report.objects.get(pk=report.pk)


@transaction.atomic
def mark_read(*, by: Actor, report: Report) -> int:
    """Note that the resident's messages about a report have been read."""
    unread = Message.objects.filter(report=report, from_resident=True, read_at__isnull=True)
    return unread.update(read_at=clock.now())


@transaction.atomic
def add_episode(
    *,
    by: Actor,
    report: Report,
    happened_at: dt.datetime,
    text: str,
    files: Sequence[UploadedFile[Any]] = (),
    idempotency_key: str = "",
) -> Episode:
    """Add one dated episode to the reporter's diary; a second tap, as in `write_to_unit`, returns the first."""
    report = Report.objects.lock(report)
    rules.may_add_to(by, report).require()
    once = _once(idempotency_key, happened_at.isoformat(), text)
    if once and (known := Episode.objects.filter(report=report, once=once).first()):
        return known

    episode = Episode.objects.create(
        report=report, happened_at=happened_at, text=text, by_ref=by.ref, once=once
    )
    for file in files:
        attachments.attach(by=by, about=report, file=file)

    journal.record(events.EPISODE, by=by, about=report, note=text)
    resume(by=by, report=report)
    return episode


def _once(key: str, *words: str) -> str:
    """What a repeated act is known by. The words count too: who goes back a page and writes something else is heard."""
    return hashlib.sha256("\n".join((key, *words)).encode()).hexdigest() if key else ""
