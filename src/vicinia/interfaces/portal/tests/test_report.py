"""The form, step by step, without a browser."""

from __future__ import annotations

import pytest
from django.test import Client

from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind as kind_of

pytestmark = pytest.mark.django_db


def answers(**changes: str) -> dict[str, str]:
    return {
        "address": "via dei Mille 12",
        "kind": "rumori",
        "title": "Rumore di notte",
        "description": "La musica continua fino alle tre.",
        "identity": "named",
        "name": "Maria Rossi",
        "phone": "333 1234567",
        "email": "maria@esempio.it",
        "contact_way": "phone",
        "language": "it",
        "next": "1",
    } | changes


@pytest.fixture
def kind() -> None:
    kind_of("rumori")


def start(client: Client) -> None:
    assert client.post("/segnala", {"privacy": "on"}).headers["Location"] == "/segnala/dati"


def test_report_goes_from_privacy_to_confirmation(client: Client, kind: None) -> None:
    start(client)
    assert client.post("/segnala/dati", answers()).headers["Location"] == "/segnala/riepilogo"
    page = client.get("/segnala/riepilogo")
    assert "La musica continua" in page.content.decode()
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala/conferma"
    page = client.get("/segnala/conferma").content.decode()
    report = Report.objects.get()
    assert report.reference in page
    token = page.split("/segui/")[1].split('"')[0]
    follow = client.get(f"/segui/{token}")
    assert "Rumore di notte" in follow.content.decode()
