"""Minutes in four steps: written together, made an official draft, amended, approved. Every version stays."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from django.db import transaction

from vicinia.domain.assemblies import events, queries, rules
from vicinia.domain.assemblies.documents import LANGUAGE, MINUTES
from vicinia.domain.assemblies.models import Amendment, Assembly, Minutes, MinutesVersion
from vicinia.domain.assemblies.states import AmendmentState, MinutesStage
from vicinia.foundation.accounts.actions import give_link, revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.documents import actions as documents
from vicinia.foundation.documents.queries import text_of
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence

LINK_OUTLASTS = dt.timedelta(days=1)


@transaction.atomic
def write_minutes(*, by: Actor, minutes: Minutes, text: str, seen_version: int | None) -> Minutes:
    """Write the minutes on top of the version that was read; the same words make no new version."""
    row = queries.locked_minutes(minutes).require_version(seen_version, yours=text)
    rules.may_write(by, row, text).require()
    newest = row.versions.order_by("-number").first()
    if newest is not None and newest.text == text:
        return row

    number = newest.number + 1 if newest else 1
    MinutesVersion.objects.create(
        minutes=row, number=number, stage=row.stage, text=text, by_ref=by.ref, by_name=by.name
    )
    row.save()  # counts the version up

    journal.record(events.WRITTEN, by=by, about=row.assembly, number=number)
    return row


@transaction.atomic
def make_official(*, by: Actor, minutes: Minutes, seen_version: int | None = None) -> Minutes:
    """The text written together becomes the official draft."""
    row = queries.locked_minutes(minutes).require_version(seen_version)
    rules.may_stage(by, row, MinutesStage.OFFICIAL).require()

    row.enter(MinutesStage.OFFICIAL, by=by)

    _note_stage(by, row)
    return row


@transaction.atomic
def go_back(*, by: Actor, minutes: Minutes, seen_version: int | None = None) -> Minutes:
    """One step back: from the official draft to writing together, from amendments to the official draft."""
    row = queries.locked_minutes(minutes).require_version(seen_version)
    back = MinutesStage.OFFICIAL if row.stage == MinutesStage.AMENDING else MinutesStage.SHARED
    rules.may_stage(by, row, back).require()

    row.enter(back, by=by, amendments_until=None)
    revoke_links(by=by, purpose=LinkPurpose.MINUTES, about=row.assembly.reference)

    _note_stage(by, row)
    return row


@transaction.atomic
def open_amendments(
    *, by: Actor, minutes: Minutes, until: dt.date, seen_version: int | None = None
) -> Minutes:
    """From now until that day, whoever was given the draft may ask for corrections."""
    row = queries.locked_minutes(minutes).require_version(seen_version)
    rules.may_open_amendments(by, row, until, clock.today()).require()

    row.enter(MinutesStage.AMENDING, by=by, amendments_until=until)

    _note_stage(by, row)
    return row


@transaction.atomic
def give_draft_link(*, by: Actor, minutes: Minutes) -> str:
    """A private link to read the draft and ask for corrections, to be given to who was there; earlier ones close."""
    row = queries.locked_minutes(minutes)
    rules.may_run(by).require()
    rules.is_amending(row).require()

    about = row.assembly.reference
    revoke_links(by=by, purpose=LinkPurpose.MINUTES, about=about)
    assert row.amendments_until is not None  # the database says so of this stage
    lasts = clock.start_of(row.amendments_until + LINK_OUTLASTS) - clock.now()
    token = give_link(by=by, purpose=LinkPurpose.MINUTES, about=about, valid_for=lasts)

    journal.record(events.LINKED, by=by, about=row.assembly)
    return token


@transaction.atomic
def propose_amendment(*, by: Actor, minutes: Minutes, words: str, who: str = "") -> Amendment:
    """Ask for a correction to the draft: at the desk for somebody, or by the private link."""
    row = queries.locked_minutes(minutes)
    rules.may_amend(row, words, there=row.amendments.count(), today=clock.today()).require()

    amendment = Amendment.objects.create(minutes=row, words=words.strip(), who=who.strip(), by_ref=by.ref)

    journal.record(events.AMENDED, by=by, about=row.assembly)
    return amendment


@transaction.atomic
def settle_amendment(
    *, by: Actor, amendment: Amendment, state: AmendmentState, answer: str = ""
) -> Amendment:
    """Accept a correction, which is then written into the text, or say why not."""
    row = queries.locked_amendment(amendment)
    rules.may_settle(by, row, state, answer).require()

    row.enter(state, by=by, answer=answer.strip(), answered_by_name=by.name)

    label = journal.kept(AmendmentState(row.state).label)
    journal.record(events.SETTLED, by=by, about=row.minutes.assembly, state=label)
    return row


@transaction.atomic
def validate(*, by: Actor, minutes: Minutes, seen_version: int | None = None) -> Minutes:
    """Approve the minutes: the text never changes again, and its fingerprint is published with it."""
    row = queries.locked_minutes(minutes).require_version(seen_version)
    unsettled = row.amendments.filter(state=AmendmentState.PROPOSED).count()
    rules.may_validate(by, row, unsettled=unsettled, today=clock.today()).require()

    row.enter(
        MinutesStage.VALIDATED,
        by=by,
        validated_at=clock.now(),
        fingerprint=sha256(queries.text_of(row).encode()).hexdigest(),
        text_digest=documents.keep_text(by=by, text=text_of(MINUTES, LANGUAGE)),
    )
    revoke_links(by=by, purpose=LinkPurpose.MINUTES, about=row.assembly.reference)

    _note_stage(by, row)
    return row


@transaction.atomic
def note_print(*, by: Actor, assembly: Assembly, paper: Sentence) -> None:
    """A paper about people left the printer: who signed up, who was there, minutes that are not public yet."""
    rules.may_run(by).require()
    journal.record(events.PRINTED, by=by, about=assembly, paper=journal.kept(paper))


def _note_stage(by: Actor, row: Minutes) -> None:
    label = journal.kept(MinutesStage(row.stage).label)
    journal.record(events.STAGED, by=by, about=row.assembly, stage=label)
