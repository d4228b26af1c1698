"""A report begun at the portal: kept until it is sent, sent once, dropped after some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.listening import rules
from vicinia.domain.listening.actions.receive import NewReport, receive, say_me_too
from vicinia.domain.listening.drafts import DraftContent, Sent, seal, unseal
from vicinia.domain.listening.models import Draft, Rating, Report
from vicinia.domain.listening.queries import drafts
from vicinia.domain.listening.states import Channel
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.tokens import token_digest
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DRAFT_LASTS = dt.timedelta(days=7)
# The confirmation can be opened again for a while; the private link itself lives in the message and on paper.
SENT_LASTS = dt.timedelta(hours=2)


@transaction.atomic
def keep_draft(
    *, by: Actor, token: str, answers: Mapping[str, str], files: Sequence[UploadedFile[Any]] = ()
) -> Draft:
    """Keep what was typed so far. What has been sent meanwhile stays sent."""
    digest = token_digest(token)
    draft = _locked(token)
    if draft is not None and unseal(draft.content).sent is not None:
        return draft
    draft = draft or Draft(token_digest=digest)
    draft.content = seal(DraftContent(answers=dict(answers)))
    draft.expires_at = clock.now() + DRAFT_LASTS
    draft.save()
    if files:
        rules.may_keep_files(len(files), kept=drafts.draft_files(token).count()).require()
    for file in files:
        attachments.attach(by=by, about=drafts.draft_ref(token), file=file)
    return draft


@transaction.atomic
def remove_draft_file(*, by: Actor, token: str, name: str) -> None:
    """Take a photo out of a draft."""
    file = drafts.draft_file(token, name)
    attachments.remove(by=by, attachment=file, reason="draft")


@transaction.atomic
def drop_draft(*, by: Actor, token: str) -> None:
    """Forget a draft and its photos."""
    draft = _locked(token)
    if draft is not None:
        _drop(by, draft)


@transaction.atomic
def sweep_drafts(*, by: Actor) -> int:
    """Forget the drafts whose days are over; how many they were."""
    over = list(Draft.objects.filter(expires_at__lte=clock.now()))
    for draft in over:
        _drop(by, draft)
    return len(over)


def _drop(by: Actor, draft: Draft) -> None:
    attachments.erase_of(by=by, about=drafts.ref_of_draft(draft))
    draft.delete()


@transaction.atomic
def send_draft(*, by: Actor, token: str, new: NewReport) -> Sent:
    """Send a draft as a report, with its photos. Sending it twice gives the same report."""
    draft, sent = _unsent(token)
    if sent is not None:
        return sent
    received = receive(by=by, new=replace(new, idempotency_key=draft.token_digest), channel=Channel.WEB)
    attachments.move_all(by=by, about=drafts.ref_of_draft(draft), to=received.report)
    return _mark_sent(draft, Sent(received.report.reference, received.token))


@transaction.atomic
def send_draft_as_me_too(
    *, by: Actor, token: str, report: Report, reporter: PersonDetails | None, words: str
) -> Sent:
    """Add the writer of a draft to an open report instead of a double of it. The photos go with the words."""
    draft, sent = _unsent(token)
    if sent is not None:
        return sent
    me_too = say_me_too(
        by=by, report=report, reporter=reporter, words=words, idempotency_key=draft.token_digest
    )
    attachments.move_all(by=by, about=drafts.ref_of_draft(draft), to=me_too)
    return _mark_sent(draft, Sent(report.reference, is_me_too=True))


@transaction.atomic
def rate_form(*, by: Actor, token: str, stars: int, liked: str = "", words: str = "") -> None:
    """Keep what someone thinks of the form. Nothing leads from the rating back to who gave it."""
    draft, sent = _unsent(token)
    rules.may_rate(sent).require()
    assert sent is not None
    Rating.objects.create(stars=stars, liked=liked, words=words, rated_on=clock.today())
    _mark_sent(draft, replace(sent, is_rated=True))


def _locked(token: str) -> Draft | None:
    return Draft.objects.select_for_update().filter(token_digest=token_digest(token)).first()


def _unsent(token: str) -> tuple[Draft, Sent | None]:
    draft = _locked(token)
    rules.may_send(draft).require()
    assert draft is not None
    return draft, unseal(draft.content).sent


def _mark_sent(draft: Draft, sent: Sent) -> Sent:
    draft.content = seal(DraftContent(sent=sent))
    draft.expires_at = clock.now() + SENT_LASTS
    draft.save()
    return sent
