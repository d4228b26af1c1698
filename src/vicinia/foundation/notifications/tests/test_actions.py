"""Queueing, in the caller's transaction and once per key."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions, events
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Channel, MessageState
from vicinia.foundation.notifications.tests.factories import LINK, queue_greeting

pytestmark = pytest.mark.django_db


def test_a_message_is_written_when_it_is_queued() -> None:
    queue_greeting()
    message = OutboxMessage.objects.get()
    assert message.subject == "Segnalazione 2026-00871: Buca"
    assert message.body.startswith("Ciao Giulia,\nabbiamo ricevuto")
    assert LINK in message.body
    assert (message.state, message.about) == (MessageState.QUEUED, "report:2026-00871")


def test_a_rollback_leaves_no_message() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue_greeting()
        raise RuntimeError("the act fails after telling")
    assert not OutboxMessage.objects.exists()


def test_the_same_key_queues_once_and_keeps_the_first_words() -> None:
    first = queue_greeting(key="received:1", context={"words": "Prima."})
    second = queue_greeting(key="received:1", context={"words": "Seconda."})
    assert first.pk == second.pk
    assert "Prima." in OutboxMessage.objects.get().body


def test_queueing_costs_one_statement() -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        queue_greeting()
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1


def test_address_and_words_are_unreadable_in_the_database() -> None:
    message = queue_greeting()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_outboxmessage WHERE id = %s", [message.pk])
        stored = " ".join(str(value) for value in cursor.fetchone())
    assert "greeting" in stored
    assert not any(word in stored for word in ("giulia", "rossi", "Giulia", "Buca", "gettone"))


def test_the_database_refuses_a_finished_message_with_words() -> None:
    message = queue_greeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.SENT)


def test_a_letter_waits_to_be_printed() -> None:
    message = queue_greeting(channel=Channel.LETTER, to="Giulia Rossi\nVia Roma 1\n43121 Parma")
    assert message.state == MessageState.TO_PRINT
    assert OutboxMessage.objects.get().to == "Giulia Rossi\nVia Roma 1\n43121 Parma"
    assert "Rossi" not in message.to_masked


def test_forgetting_erases_what_has_not_left_yet() -> None:
    queue_greeting()
    other = queue_greeting(about="report:2026-00900")
    assert actions.forget(by=Actor.job("erase"), about="report:2026-00871") == 1
    message = OutboxMessage.objects.get(about="report:2026-00871")
    assert (message.state, message.to, message.body) == (MessageState.DROPPED, "", "")
    other.refresh_from_db()
    assert other.to


def test_forgetting_what_has_no_message_waiting_records_nothing() -> None:
    other = queue_greeting(about="report:2026-00900")
    assert actions.forget(by=Actor.job("erase"), about="report:2026-00871") == 0
    other.refresh_from_db()
    assert (other.state, bool(other.to)) == (MessageState.QUEUED, True)
    assert not Entry.objects.filter(event=events.MESSAGES_FORGOTTEN.name).exists()
