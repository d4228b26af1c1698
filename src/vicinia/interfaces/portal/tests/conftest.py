"""A town with a street and two kinds, and a form filled in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.territory.models import CivicNumber, Street
from vicinia.interfaces.portal.views import limits


@pytest.fixture(autouse=True)
def _fresh_allowances() -> None:
    for allowance in (limits.SENDING, limits.KEEPING, limits.WRITING, limits.LOST_LINKS, limits.WRONG_CODES):
        allowance._left.clear()


@pytest.fixture
def place(cast: Cast) -> CivicNumber:
    """Via dei Mille, 12, in Crocetta; kinds: noise (never public) and rubbish (public)."""
    kind("rumore", name="Rumori", keywords=["musica", "schiamazzi"])
    kind("rifiuti", name="Rifiuti abbandonati", name_en="Dumped rubbish", is_public=True)
    street = Street.objects.create(code="1", kind="Via", name="dei Mille")
    return CivicNumber.objects.create(street=street, number=12, lat=44.805, lon=10.605, area=cast.crocetta)


def answers(**changes: str) -> dict[str, str]:
    """The second step, filled in by Maria."""
    filled = {
        "address": "via dei Mille 12",
        "kind": "rumore",
        "title": "Rumore di notte",
        "description": "La musica continua fino alle tre.",
        "identity": "named",
        "name": "Maria Rossi",
        "phone": "333 1234567",
        "email": "maria@esempio.it",
        "contact_way": "phone",
        "language": "it",
        "next": "1",
    }
    return {name: value for name, value in (filled | changes).items() if value is not None}


Filler = Callable[..., Client]


@pytest.fixture
def filled(client: Client, place: CivicNumber) -> Filler:
    """A client that stands before the summary, with these changes to the answers."""

    def fill(**changes: str) -> Client:
        assert client.post("/segnala", {"privacy": "on"}).headers["Location"] == "/segnala/dati"
        answer = client.post("/segnala/dati", answers(**changes))
        assert answer.headers.get("Location") == "/segnala/riepilogo", answer.content.decode()[:4000]
        return client

    return fill
