"""/consegne: who sees it, what it says, what it does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import navigation
from vicinia.foundation.notifications import actions
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Channel, Failure
from vicinia.foundation.notifications.tests.factories import queue_greeting

pytestmark = pytest.mark.django_db
WORKER = Actor.job("outbox")
SECRETS = ("giulia", "Giulia", "rossi", "Buca", "gettone")


@pytest.fixture(autouse=True)
def _page_by_itself(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's bar belongs to a higher floor, with queries of its own."""
    settings.SECOND_FACTOR = False
    monkeypatch.setattr(navigation.desk, "entries", lambda request: ())


@pytest.fixture
def dead() -> OutboxMessage:
    queue_greeting()
    (message,) = actions.claim_due(by=WORKER, limit=1)
    return actions.settle_failed(by=WORKER, message=message, failure=Failure.BAD_ADDRESS)


@pytest.fixture
def signed_in(client: Client) -> Callable[[Any], Client]:
    def sign_in(user: Any) -> Client:
        client.force_login(user)
        return client

    return sign_in


def queue_letter(**changes: Any) -> OutboxMessage:
    return queue_greeting(channel=Channel.LETTER, to="Giulia Rossi\nVia Roma 1\n43121 Parma", **changes)


@pytest.mark.parametrize("address", ["/consegne", "/consegne/lettere.pdf", "/consegne/1/lascia"])
def test_only_coordinators_and_administrators_see_deliveries(
    cast: Cast, client: Client, address: str
) -> None:
    for user in (cast.anna, cast.lucia, cast.marco, cast.paolo, cast.vera, cast.dario):
        client.force_login(user)
        assert client.get(address).status_code == 403, user.name


def test_a_visitor_is_led_to_sign_in(client: Client) -> None:
    assert client.get("/consegne").status_code == 302


def test_a_dead_letter_is_shown_with_its_reason_and_what_to_do(
    cast: Cast, signed_in: Callable[[Any], Client], dead: OutboxMessage
) -> None:
    page = signed_in(cast.carla).get("/consegne").content.decode()
    assert "g…@p….example" in page
    assert "L&#x27;indirizzo o il numero non esiste o non riceve messaggi." in page
    assert "Chiedi alla persona un altro recapito" in page
    assert not any(secret in page for secret in SECRETS)


def test_an_administrator_sees_deliveries_but_no_letter(
    cast: Cast, signed_in: Callable[[Any], Client]
) -> None:
    queue_letter()
    client = signed_in(cast.ada)
    page = client.get("/consegne?vista=da-stampare").content.decode()
    assert not any(secret in page for secret in (*SECRETS, "Via Roma"))
    assert client.get("/consegne/lettere.pdf").status_code == 403
    client.post("/consegne/lettere/spedite", {"letters": [OutboxMessage.objects.get().pk]})
    assert OutboxMessage.objects.get().state == "to_print"


def test_a_coordinator_sends_a_dead_letter_again(
    cast: Cast, signed_in: Callable[[Any], Client], dead: OutboxMessage
) -> None:
    response = signed_in(cast.carla).post(f"/consegne/{dead.pk}/riprova")
    assert (response.status_code, OutboxMessage.objects.get().state) == (303, "queued")
    again = signed_in(cast.carla).post(f"/consegne/{dead.pk}/riprova")
    assert again.status_code == 409


def test_dropping_asks_for_a_reason_and_keeps_it(
    cast: Cast, signed_in: Callable[[Any], Client], dead: OutboxMessage
) -> None:
    client = signed_in(cast.carla)
    assert client.get(f"/consegne/{dead.pk}/lascia").status_code == 200
    assert client.post(f"/consegne/{dead.pk}/lascia", {"reason": " "}).status_code == 422
    assert client.post(f"/consegne/{dead.pk}/lascia", {"reason": "Sentita al telefono"}).status_code == 303
    message = OutboxMessage.objects.get()
    assert (message.state, message.body) == ("dropped", "")
    assert message.moves_made.last().reason == "Sentita al telefono"


def test_letters_are_printed_one_a_page_and_the_reading_is_logged(
    cast: Cast, signed_in: Callable[[Any], Client]
) -> None:
    queue_letter()
    queue_letter(about="report:2026-00900")
    response = signed_in(cast.carla).get("/consegne/lettere.pdf")
    pages = PdfReader(BytesIO(response.getvalue())).pages
    assert len(pages) == 2
    assert all("Via Roma 1" in page.extract_text() for page in pages)
    assert set(Sight.objects.values_list("about", flat=True)) == {"report:2026-00871", "report:2026-00900"}
    assert OutboxMessage.objects.filter(state="to_print").count() == 2, "reading changes nothing"


def test_only_the_letters_that_were_ticked_are_posted(cast: Cast, signed_in: Callable[[Any], Client]) -> None:
    first, second = queue_letter(), queue_letter()
    client = signed_in(cast.carla)
    client.post("/consegne/lettere/spedite", {"letters": [first.pk]})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.body, second.state) == ("sent", "", "to_print")
    page = client.post("/consegne/lettere/spedite", {"letters": [first.pk]}, follow=True).content.decode()
    assert "Scegli almeno una lettera" in page


@pytest.mark.parametrize("view", ["non-consegnati", "da-stampare", "in-attesa", "finiti"])
def test_a_longer_list_costs_no_more_queries(
    cast: Cast, signed_in: Callable[[Any], Client], view: str
) -> None:
    client = signed_in(cast.carla)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/consegne?vista={view}").status_code == 200
        return len(queries)

    def fill(count: int) -> None:
        letters = [queue_letter() for _ in range(count)]
        for letter in letters[: count // 2]:
            actions.post_letter(by=cast.carla.as_actor(), message=letter)
        for _ in range(count):
            queue_greeting()
        for message in actions.claim_due(by=WORKER, limit=count)[: count // 2]:
            actions.settle_failed(by=WORKER, message=message, failure=Failure.BAD_ADDRESS)

    fill(2)
    cost()
    few = cost()
    fill(48)
    assert cost() == few
