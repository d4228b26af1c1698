"""A notice is prepared, written in its languages, approved, published, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import override

from vicinia.domain.outreach import documents, events, queries, rules
from vicinia.domain.outreach.actions.sending import begin
from vicinia.domain.outreach.models import Event, Notice, NoticeText
from vicinia.domain.outreach.states import NoticeKind, NoticeState, Way
from vicinia.domain.territory.models import Area, Building, Stair
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications.rules import may_leave
from vicinia.foundation.notifications.states import Channel


@dataclass(frozen=True)
class NewText:
    """The notice in one language."""

    subject: str
    body: str
    language: str = "it"
    easy: str = ""


@dataclass(frozen=True)
class Audience:
    """For whom: areas, whole buildings, single stairs. None of them is all of the town."""

    areas: Sequence[Area] = ()
    buildings: Sequence[Building] = ()
    stairs: Sequence[Stair] = ()


@dataclass(frozen=True)
class NewNotice:
    """A notice to prepare. `about` is the row of a higher subject that it belongs to."""

    texts: Sequence[NewText]
    audience: Audience = field(default_factory=Audience)
    kind: str = NoticeKind.NOTICE
    until: dt.date | None = None
    event: Event | None = None
    about: Any = ""


@transaction.atomic
def prepare_notice(*, by: Actor, new: NewNotice) -> Notice:
    """Write a notice down; it goes out once it is approved."""
    rules.may_prepare(by, [text.language for text in new.texts]).require()
    for text in new.texts:
        _may_say(text).require()

    row = Notice.objects.create(
        reference=f"AV{next_reference('notice')}",
        kind=new.kind,
        until=new.until,
        event=new.event,
        about=journal.about_ref(new.about) if new.about else "",
        writer_id=by.user_id,
        by_name=by.name,
    )
    _aim(row, new.audience)
    NoticeText.objects.bulk_create([_text_row(row, text) for text in new.texts])

    journal.record(events.PREPARED, by=by, about=row)
    return row


@transaction.atomic
def correct_notice(
    *,
    by: Actor,
    notice: Notice,
    audience: Audience,
    until: dt.date | None,
    seen_version: int | None = None,
) -> Notice:
    """Change for whom it is and how long it holds; an approval is taken back."""
    row = queries.locked(notice).require_version(seen_version, yours=audience)
    rules.may_correct(by, row).require()

    row.until = until
    _unapprove(by, row)
    _aim(row, audience)

    journal.record(events.AIMED, by=by, about=row)
    return row


@transaction.atomic
def write_text(*, by: Actor, notice: Notice, text: NewText, seen_version: int | None = None) -> Notice:
    """Write the notice in one language, anew or for the first time; an approval of what was there is taken back."""
    row = queries.locked(notice).require_version(seen_version, yours=text)
    is_there = row.texts.filter(language=text.language).exists()
    rules.may_write(by, row, is_there=is_there).require()
    _may_say(text).require()

    row.texts.filter(language=text.language).delete()
    _text_row(row, text).save(force_insert=True)
    if row.is_public:
        row.save()  # counts the version up: a language more is part of what was read
    else:
        _unapprove(by, row)

    journal.record(events.WRITTEN, by=by, about=row, language=_language(text.language))
    return row


@transaction.atomic
def drop_text(*, by: Actor, notice: Notice, language: str) -> Notice:
    """Take one language out again."""
    row = queries.locked(notice)
    rules.may_drop_text(by, row, language).require()

    row.texts.filter(language=language).delete()
    _unapprove(by, row)

    journal.record(events.UNWRITTEN, by=by, about=row, language=_language(language))
    return row


@transaction.atomic
def mark_read_again(*, by: Actor, notice: Notice, language: str, reader: str) -> NoticeText:
    """Somebody who speaks the language has read the translation: it bears no warning any more."""
    row = queries.locked(notice)
    text = queries.text_in(row, language)
    rules.may_read_again(by, row, is_read=text.is_read_again).require()

    text.is_read_again, text.read_by = True, reader.strip() or by.name
    text.save()

    journal.record(events.READ_AGAIN, by=by, about=row, language=_language(language))
    return text


@transaction.atomic
def approve_notice(*, by: Actor, notice: Notice, seen_version: int | None = None) -> Notice:
    """Say that it may go out as it stands."""
    row = queries.locked(notice).require_version(seen_version)
    rules.may_approve(by, row).require()

    row.enter(NoticeState.APPROVED, by=by, approved_by=by.name, state_since=clock.now())

    journal.record(events.APPROVED, by=by, about=row, operator=by.name)
    return row


@transaction.atomic
def publish_notice(
    *, by: Actor, notice: Notice, ways: Collection[str] = (), seen_version: int | None = None
) -> Notice:
    """Put it on its page and send it by the other ways; of one that is out, by further ways."""
    row = queries.locked(notice).require_version(seen_version)
    gone = frozenset(one.way for one in queries.ways_of(row))
    asked = frozenset(ways) | {Way.WEB}
    sending = rules.Sending(asked, gone, may_leave(Channel.SMS))
    rules.may_publish(by, row, sending).require()

    now = clock.now()
    if not row.is_public:
        row.enter(NoticeState.PUBLISHED, by=by, published_at=now, state_since=now)
    else:
        row.save()
    new = [way for way in Way if way in asked - gone]
    said = ", ".join(journal.kept(way.label) for way in new)

    journal.record(events.PUBLISHED, by=by, about=row, ways=said)
    for way in new:
        begin(by=by, notice=row, way=way)
    return row


@transaction.atomic
def withdraw_notice(*, by: Actor, notice: Notice, reason: str, seen_version: int | None = None) -> Notice:
    """Take it off the page, or give up preparing it; what is still to be sent is not sent."""
    row = queries.locked(notice).require_version(seen_version, yours=reason)
    rules.may_withdraw_notice(by, row, reason).require()

    now = clock.now()
    row.enter(NoticeState.WITHDRAWN, by=by, reason=reason, end_reason=reason, state_since=now)
    row.publications.filter(finished_at__isnull=True).update(finished_at=now)

    journal.record(events.WITHDRAWN, by=by, about=row, reason=reason)
    return row


@transaction.atomic
def note_print(*, by: Actor, notice: Notice, paper: Sentence) -> None:
    """A paper of it was printed: a poster, leaflets, the list of doors."""
    rules.may_print(by, notice).require()
    journal.record(events.PRINTED, by=by, about=notice, paper=journal.kept(paper))


def _may_say(text: NewText) -> Any:
    return rules.may_say(text.subject, text.body, documents.faults_in(text.body, text.easy))


def _text_row(notice: Notice, text: NewText) -> NoticeText:
    return NoticeText(
        notice=notice, language=text.language, subject=text.subject, body=text.body, easy=text.easy
    )


def _aim(row: Notice, audience: Audience) -> None:
    row.areas.set(audience.areas)
    row.buildings.set(audience.buildings)
    row.stairs.set(audience.stairs)


def _unapprove(by: Actor, row: Notice) -> None:
    if row.state == NoticeState.APPROVED:
        row.enter(NoticeState.DRAFT, by=by, approved_by="", state_since=clock.now())
    else:
        row.save()


def _language(code: str) -> str:
    with override("it"):
        return str(dict(RESIDENT_LANGUAGES).get(code, code))
