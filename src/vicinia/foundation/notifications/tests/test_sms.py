"""Text messages through the town's gateway, and mail that ends at one touch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.db import transaction

from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications import channels, jobs
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Channel, Failure
from vicinia.foundation.notifications.tests.factories import queue_greeting

pytestmark = pytest.mark.django_db


class Gateway(BaseHTTPRequestHandler):
    """Answers as it is told, and keeps what it was sent."""

    status: ClassVar[int] = 200
    received: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Gateway]]:
    Gateway.status, Gateway.received = 200, []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/send", "a-key"
    yield Gateway
    server.shutdown()
    server.server_close()


def the_message() -> OutboxMessage:
    return OutboxMessage.objects.get()


def queued() -> OutboxMessage:
    return queue_greeting(to="+393331234567", channel=Channel.SMS)


def test_a_text_message_is_handed_over_with_the_key(gateway: type[Gateway]) -> None:
    queued()
    body = the_message().body.strip()
    assert jobs.deliver_due() == 1
    [(path, key, told)] = gateway.received
    assert (path, key, told["to"], told["text"]) == ("/send", "Bearer a-key", "+393331234567", body)
    assert len(told["id"]) == 32
    message = the_message()
    assert (message.state, message.to, message.body) == ("sent", "", "")


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, Failure.NOT_TRUSTED),
        (422, Failure.BAD_ADDRESS),
        (429, Failure.LATER),
        (503, Failure.LATER),
        (400, Failure.REFUSED),
        (302, Failure.REFUSED),  # our key goes nowhere else
    ],
)
def test_what_a_gateway_answers_means(gateway: type[Gateway], status: int, failure: Failure) -> None:
    gateway.status = status
    queued()
    jobs.deliver_due()
    assert the_message().last_error == failure
    assert len(gateway.received) == 1


def test_a_gateway_that_is_away_is_asked_again(settings: Any) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    queued()
    jobs.deliver_due()
    assert (the_message().state, the_message().last_error) == ("retrying", Failure.UNREACHABLE)
    settings.SMS_URL = ""
    with pytest.raises(channels.Failed):
        channels.by_sms(the_message())


def test_without_a_gateway_none_is_queued() -> None:
    with pytest.raises(Refused, match="SMS non partono"), transaction.atomic():
        queued()
    assert not OutboxMessage.objects.exists()


def test_mail_of_a_list_ends_at_one_touch_and_other_mail_has_no_such_header(settings: Any) -> None:
    link = settings.PUBLIC_URL + "/newsletter/esci/x"
    headers = channels.as_email(queue_greeting(unsubscribe_link=link)).extra_headers
    assert headers["List-Unsubscribe"] == f"<{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in channels.as_email(queue_greeting(key="another")).extra_headers
    with pytest.raises(ValueError, match="unsubscribe_link"), transaction.atomic():
        queue_greeting(unsubscribe_link="https://elsewhere.example/", key="third")
    jobs.deliver_due()
    assert not OutboxMessage.objects.exclude(unsubscribe_link="").exists()
