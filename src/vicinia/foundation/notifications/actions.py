"""Queueing messages, and deciding about those that did not arrive."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import models, transaction

from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications import events, queries, rules, wording
from vicinia.foundation.notifications.models import LEASE, OutboxMessage
from vicinia.foundation.notifications.states import PERMANENT, Channel, Failure, MessageState

# About two days in all: 1, 4, 16, 64 minutes, then every 4 hours.
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=4)
MAX_ATTEMPTS = 15
DEAD_KEPT = dt.timedelta(days=60)
TOO_OLD = "too old"
_ERASED = {"to": "", "subject": "", "body": "", "body_html": "", "unsubscribe_link": ""}


@transaction.atomic(savepoint=False)
def queue(
    *,
    by: Actor,
    to: str,
    template: str,
    context: Mapping[str, Sentence],
    language: str,
    about: str | models.Model,
    key: str,
    channel: Channel = Channel.EMAIL,
    unsubscribe_link: str = "",
) -> OutboxMessage:
    """Write a message now, to be delivered after this transaction commits.

    The same `key` queues once: a repeated act adds nothing (the message returned then has the first one's id).
    The values `link` and `…_link` must be pages of this town; links inside any other value are broken up, unless
    it is `wording.OurWords`. `unsubscribe_link` makes it a mail of a list, which ends at one touch (RFC 8058).
    """
    rules.may_leave(channel).require()
    words = wording.write(template, context, language)
    message = OutboxMessage(
        key=key,
        channel=channel,
        state=MessageState.TO_PRINT if channel is Channel.LETTER else MessageState.QUEUED,
        template=template,
        language=language,
        about=journal.about_ref(about),
        by_ref=by.ref,
        to=to if channel is Channel.LETTER else wording.one_line(to),
        to_masked=wording.mask(to),
        subject=words.subject,
        body=words.body,
        body_html=words.html,
        unsubscribe_link=wording.own_link("unsubscribe_link", unsubscribe_link),
    )
    # One statement, safe when two transactions queue the same key at once; it changes nothing of an earlier message.
    OutboxMessage.objects.bulk_create(
        [message], update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    return message


@transaction.atomic
def claim_due(*, by: Actor, limit: int) -> list[OutboxMessage]:
    """Take up to `limit` messages whose time has come, for this worker alone."""
    # SQLite, which has no row locks and ignores them here, holds the write lock of the whole database instead.
    due = OutboxMessage.objects.select_for_update(skip_locked=True).due()[:limit]
    until = clock.now() + LEASE
    return [
        message.enter(MessageState.SENDING, by=by, leased_until=until, attempts=message.attempts + 1)
        for message in due
    ]


@transaction.atomic
def recover_abandoned(*, by: Actor) -> int:
    """Bring back the messages of workers that died while delivering."""
    abandoned = list(OutboxMessage.objects.select_for_update(skip_locked=True).abandoned())
    for message in abandoned:
        _put_off(by, message, Failure.INTERRUPTED)
    return len(abandoned)


@transaction.atomic
def settle_sent(*, by: Actor, message: OutboxMessage) -> OutboxMessage:
    """Keep that a message was delivered, when and to which masked address; erase the rest."""
    if (held := _held(message)) is None:
        return message
    return held.enter(
        MessageState.SENT, by=by, sent_at=clock.now(), leased_until=None, last_error="", **_ERASED
    )


@transaction.atomic
def settle_failed(*, by: Actor, message: OutboxMessage, failure: Failure) -> OutboxMessage:
    """Try again later, or give up when it makes no sense."""
    held = _held(message)
    return message if held is None else _put_off(by, held, failure)


def _held(message: OutboxMessage) -> OutboxMessage | None:
    """The message, locked, if this worker still holds it: one that was too slow lost it to another."""
    held: OutboxMessage = OutboxMessage.objects.lock(message)
    mine = held.state == MessageState.SENDING and held.attempts == message.attempts
    return held if mine else None


def _put_off(by: Actor, message: OutboxMessage, failure: Failure) -> OutboxMessage:
    if failure in PERMANENT or message.attempts >= MAX_ATTEMPTS:
        journal.record(events.MESSAGE_DEAD, by=by, about=message.about, to=message.to_masked)
        return message.enter(MessageState.DEAD, by=by, leased_until=None, last_error=failure)
    next_try_at = clock.now() + wait_after(message.attempts)
    return message.enter(
        MessageState.RETRYING, by=by, leased_until=None, last_error=failure, next_try_at=next_try_at
    )


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many tries: four times longer each time, give or take a fifth.

    The jitter keeps a thousand messages that failed together from knocking together again.
    """
    longer: int = 4 ** min(attempts - 1, 6)
    return min(FIRST_WAIT * longer, LONGEST_WAIT) * (0.8 + 0.4 * secrets.randbelow(1000) / 1000)


@transaction.atomic
def retry(*, by: Actor, message: OutboxMessage) -> OutboxMessage:
    """Send again a message that had been given up."""
    message = OutboxMessage.objects.lock(message)
    rules.may_retry(by, message).require()
    message.enter(MessageState.QUEUED, by=by, attempts=0, next_try_at=clock.now())
    journal.record(events.MESSAGE_RETRIED, by=by, about=message.about, to=message.to_masked)
    return message


@transaction.atomic
def drop(*, by: Actor, message: OutboxMessage, reason: str) -> OutboxMessage:
    """Give up a message for a reason, and erase its words."""
    message = OutboxMessage.objects.lock(message)
    rules.may_drop(by, message, reason).require()
    message.enter(MessageState.DROPPED, by=by, reason=reason, **_ERASED)
    journal.record(events.MESSAGE_DROPPED, by=by, about=message.about, note=reason, to=message.to_masked)
    return message


@transaction.atomic
def take_letters(*, by: Actor) -> list[OutboxMessage]:
    """The letters to print, whose reading goes into the access log."""
    rules.may_print_letters(by).require()
    letters = list(queries.letters(by))
    for letter in letters:
        journal.seen(by=by, person=letter.about, purpose="stampa delle lettere", shown="nome e indirizzo")
    return letters


@transaction.atomic
def post_letter(*, by: Actor, message: OutboxMessage) -> OutboxMessage:
    """Keep that a letter was printed and posted."""
    message = OutboxMessage.objects.lock(message)
    rules.may_print_letters(by).require()
    message.enter(MessageState.SENT, by=by, sent_at=clock.now(), **_ERASED)
    journal.record(events.LETTER_POSTED, by=by, about=message.about)
    return message


@transaction.atomic
def drop_forgotten(*, by: Actor) -> int:
    """Give up the dead messages that nobody has decided about in `DEAD_KEPT`: their words must not stay for ever."""
    before = clock.now() - DEAD_KEPT
    forgotten = list(OutboxMessage.objects.select_for_update().dead().filter(updated_at__lt=before))
    for message in forgotten:
        message.enter(MessageState.DROPPED, by=by, reason=TOO_OLD, **_ERASED)
        journal.record(events.MESSAGE_DROPPED, by=by, about=message.about, to=message.to_masked)
    return len(forgotten)


@transaction.atomic
def forget(*, by: Actor, about: str | models.Model) -> int:
    """Erase the words of every message about something that has not arrived yet, as when a person is erased."""
    ref = journal.about_ref(about)
    skipped = (MessageState.SENDING, MessageState.SENT, MessageState.DROPPED)
    waiting = list(OutboxMessage.objects.select_for_update().filter(about=ref).exclude(state__in=skipped))
    for message in waiting:
        message.enter(MessageState.DROPPED, by=by, reason="", **_ERASED)
    if waiting:
        journal.record(events.MESSAGES_FORGOTTEN, by=by, about=ref)
    return len(waiting)
