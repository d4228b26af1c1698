"""Delivering: retries, dead letters, several workers, and nothing personal left behind."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection

from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications import actions, channels, jobs, queries
from vicinia.foundation.notifications.models import LEASE, OutboxMessage, OutboxMove
from vicinia.foundation.notifications.states import Channel, Failure, MessageState
from vicinia.foundation.notifications.tests.factories import queue_greeting
from vicinia.foundation.notifications.tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 16, 9, 0, tzinfo=dt.UTC)
WORKER = Actor.job("outbox")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 3
        yield server


def the_message() -> OutboxMessage:
    return OutboxMessage.objects.get()


def test_a_message_arrives_once_and_tells_robots_not_to_answer(server: MailServer) -> None:
    queue_greeting(template="greeting_rich")
    assert (jobs.deliver_due(), jobs.deliver_due()) == (1, 0)
    (arrived,) = server.received
    assert arrived["To"] == "giulia.rossi@posta.example"
    assert arrived["Subject"] == "Segnalazione 2026-00871: Buca"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Content-Language"] == "it"
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]


def test_after_delivery_only_what_was_sent_when_and_to_whom_masked_is_left(server: MailServer) -> None:
    queue_greeting()
    jobs.deliver_due()
    message = the_message()
    assert (message.state, message.template, message.to_masked) == ("sent", "greeting", "g…@p….example")
    assert message.sent_at is not None
    assert (message.to, message.subject, message.body, message.body_html) == ("", "", "", "")
    stored = " ".join(
        str(row) for table in (OutboxMessage, OutboxMove, Entry) for row in table.objects.values()
    )
    assert "greeting" in stored
    assert not any(word in stored for word in ("giulia", "Giulia", "rossi", "Buca"))


def test_a_second_try_has_the_same_message_id(server: MailServer) -> None:
    message = queue_greeting()
    first, second = channels.as_email(message), channels.as_email(message)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert (
        first.extra_headers["Message-ID"] != channels.as_email(queue_greeting()).extra_headers["Message-ID"]
    )


@pytest.mark.parametrize(
    ("command", "reply", "state", "failure"),
    [
        ("RCPT", "550 no giulia.rossi here", MessageState.DEAD, Failure.BAD_ADDRESS),
        ("RCPT", "451 giulia.rossi is full", MessageState.RETRYING, Failure.LATER),
        ("DATA", "554 looks like spam", MessageState.RETRYING, Failure.REFUSED),
        ("DATA", "452 too busy", MessageState.RETRYING, Failure.LATER),
        ("MAIL", "550 who are you", MessageState.RETRYING, Failure.REFUSED),
    ],
)
def test_a_refusal_is_kept_as_a_reason_without_the_words_of_the_server(
    server: MailServer, command: str, reply: str, state: str, failure: str
) -> None:
    server.answers[command] = reply
    queue_greeting()
    jobs.deliver_due()
    message = the_message()
    assert (message.state, message.last_error) == (state, failure)
    assert message.reason and message.advice
    assert "giulia" not in str(OutboxMessage.objects.values_list("last_error", flat=True).get())
    assert message.to and message.body, "it may still be sent"


def test_a_server_that_is_away_is_asked_again_later_and_later_then_given_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens here
    waits = []
    with time_machine.travel(START, tick=False) as clocks:
        queue_greeting()
        while the_message().state != MessageState.DEAD:
            assert jobs.deliver_due() == 1
            message = the_message()
            waits.append((message.next_try_at - clock.now()).total_seconds() / 60)
            clocks.move_to(message.next_try_at)
    assert len(waits) == actions.MAX_ATTEMPTS
    assert [wait * 60 for wait in waits[:3]] >= [48, 192, 768] and waits[4] <= 240 * 1.2
    assert message.reason == "Il server che spedisce non risponde."


def test_no_message_is_tried_before_its_time(server: MailServer) -> None:
    server.answers["DATA"] = "452 too busy"
    with time_machine.travel(START, tick=False) as clocks:
        queue_greeting()
        jobs.deliver_due()
        server.answers.clear()
        clocks.shift(dt.timedelta(seconds=40))
        assert jobs.deliver_due() == 0
        clocks.shift(dt.timedelta(seconds=40))
        assert jobs.deliver_due() == 1
    assert the_message().state == MessageState.SENT


def test_waits_differ_so_that_messages_do_not_knock_together() -> None:
    assert len({actions.wait_after(3) for _ in range(20)}) > 10


def test_a_dead_letter_is_told_in_the_timeline_and_can_be_sent_again(server: MailServer) -> None:
    server.answers["RCPT"] = "550 unknown"
    queue_greeting()
    jobs.deliver_due()
    assert Entry.objects.get().facts == {"to": "g…@p….example"}
    server.answers.clear()
    coordinator = Actor.job("carla", frozenset({"see_deliveries"}))
    actions.retry(by=coordinator, message=the_message())
    jobs.deliver_due()
    assert the_message().state == MessageState.SENT
    assert list(OutboxMove.objects.values_list("to_state", flat=True)) == [
        "sending",
        "dead",
        "queued",
        "sending",
        "sent",
    ]


def test_one_channel_that_breaks_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    queue_greeting(channel=Channel.CONSOLE)
    queue_greeting()

    def broken(message: OutboxMessage) -> None:
        raise KeyError(message.to)

    monkeypatch.setitem(channels.DELIVER, Channel.CONSOLE, broken)
    assert jobs.deliver_due() == 2
    assert OutboxMessage.objects.get(channel=Channel.CONSOLE).last_error == Failure.UNFORESEEN
    assert len(mail.outbox) == 1


def test_the_console_channel_prints(capsys: pytest.CaptureFixture[str]) -> None:
    queue_greeting(channel=Channel.CONSOLE)
    jobs.deliver_due()
    assert "Ciao Giulia," in capsys.readouterr().out


def test_what_a_dead_worker_held_comes_back_after_its_lease(server: MailServer) -> None:
    with time_machine.travel(START, tick=False) as clocks:
        queue_greeting()
        assert len(actions.claim_due(by=WORKER, limit=10)) == 1
        assert jobs.deliver_due() == 0
        clocks.shift(LEASE + dt.timedelta(seconds=1))
        jobs.deliver_due()
        assert the_message().last_error == Failure.INTERRUPTED
        clocks.shift(dt.timedelta(minutes=2))
        jobs.deliver_due()
    assert the_message().state == MessageState.SENT
    assert len(server.received) == 1


def test_a_worker_that_lost_its_lease_does_not_undo_what_another_did() -> None:
    with time_machine.travel(START, tick=False) as clocks:
        queue_greeting()
        (slow,) = actions.claim_due(by=WORKER, limit=10)
        clocks.shift(LEASE + dt.timedelta(seconds=1))
        actions.recover_abandoned(by=WORKER)
        clocks.shift(dt.timedelta(minutes=2))
        (again,) = actions.claim_due(by=WORKER, limit=10)
        actions.settle_failed(by=WORKER, message=slow, failure=Failure.LATER)
        assert the_message().state == MessageState.SENDING
        actions.settle_sent(by=WORKER, message=again)
        actions.settle_sent(by=WORKER, message=slow)
    assert OutboxMove.objects.filter(to_state="sent").count() == 1


def test_several_workers_deliver_each_message_once(shared_database: None, server: MailServer) -> None:
    for _ in range(30):
        queue_greeting()
    tried: list[int] = []

    def work() -> None:
        try:
            tried.append(jobs.deliver_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(tried) == 30
    assert len({str(arrived["Message-ID"]) for arrived in server.received}) == len(server.received) == 30
    assert OutboxMessage.objects.filter(state="sent").count() == 30


def test_forgotten_dead_letters_lose_their_words() -> None:
    with time_machine.travel(START, tick=False) as clocks:
        queue_greeting()
        (message,) = actions.claim_due(by=WORKER, limit=1)
        actions.settle_failed(by=WORKER, message=message, failure=Failure.BAD_ADDRESS)
        assert jobs.tidy() == 0
        clocks.shift(actions.DEAD_KEPT + dt.timedelta(days=1))
        assert jobs.tidy() == 1
    assert (the_message().state, the_message().body) == (MessageState.DROPPED, "")


def test_who_may_not_see_deliveries_sees_and_decides_nothing(cast: Any) -> None:
    queue_greeting()
    (message,) = actions.claim_due(by=WORKER, limit=1)
    actions.settle_failed(by=WORKER, message=message, failure=Failure.BAD_ADDRESS)
    assert queries.counts(cast.carla.as_actor()).dead == 1
    assert queries.counts(cast.anna.as_actor()).dead == 0
    assert not queries.messages(cast.anna.as_actor()).exists()
    with pytest.raises(Refused) as refused:
        actions.retry(by=cast.anna.as_actor(), message=the_message())
    assert refused.value.verdict.status == 403
    with pytest.raises(Refused, match="Scrivi perché"):
        actions.drop(by=cast.carla.as_actor(), message=the_message(), reason=" ")
