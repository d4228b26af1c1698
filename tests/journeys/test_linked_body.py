"""A parish without accounts reads and answers one request, by a link and a code: in a browser, with axe, without scripts too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.network import actions as network
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def park(place: Cast) -> Case:
    """Anna's case of the park, and the parish with an e-mail only."""
    card = network.BodyCard(code="parrocchia", name="Parrocchia", email="parrocchia@ente.example")
    network.write_body(by=place.actor(place.carla), card=card)
    received = received_in(place.crocetta, title="Siringhe nel parco")
    return case_of(place.actor(place.anna), received.report, kind="place", summary="Ogni lunedì mattina.")


def mailed(template: str, pattern: str) -> str:
    message = OutboxMessage.objects.filter(template=template).order_by("-id").first()
    assert message is not None
    found = re.search(pattern, message.body, re.M)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_body_without_accounts_answers(
    place: Cast, park: Case, open_page: Opener, size: str, scripts: bool
) -> None:
    look = {**SIZES[size], "java_script_enabled": scripts}
    anna = signed_in(open_page, place.anna, **look)
    anna.goto(f"/casi/{park.reference}/rete/chiedi")
    anna.get_by_label("A chi").select_option(label="Parrocchia")
    anna.get_by_text("Invio: fanno qualcosa").click()
    anna.get_by_label("Con quali parole").fill("Aprire il cortile di mattina")
    anna.get_by_label("Consenso: quando e come").fill("a voce, ieri")
    press(anna, "Guarda l'anteprima")
    anna.get_by_role("button", name="Invia", exact=True).click()
    expect(anna.get_by_role("heading", name="Collegamento con codice")).to_be_visible()
    if scripts:
        well_made(anna, f"richiesta-con-collegamento-{size}")

    parish = open_page(mailed("referral_by_link", r"(/collegamento/\S+)"), **look)
    if scripts:
        well_made(parish, f"collegamento-{size}")
    press(parish, "Mandami il codice")
    parish.get_by_label("Codice di sei cifre").fill("12")
    press(parish, "Entra")
    expect(parish.get_by_text("Il codice ha sei cifre.").first).to_be_visible()
    if scripts:
        well_made(parish, f"codice-{size}")
    parish.get_by_label("Codice di sei cifre").fill(mailed("referral_code", r"^(\d{6})$"))
    press(parish, "Entra")
    expect(parish.get_by_text("Aprire il cortile di mattina")).to_be_visible()
    if scripts:
        well_made(parish, f"richiesta-senza-accesso-{size}")
    press(parish, "Accettiamo")
    parish.get_by_role("link", name="Abbiamo concluso").click()
    if scripts:
        well_made(parish, f"concludi-senza-accesso-{size}")
    parish.get_by_label("Che cosa vuoi dire").fill("Il cortile è aperto dalle 8.")
    press(parish, "Invia")
    expect(parish.get_by_text("concluso", exact=True).first).to_be_visible()
    press(parish, "Esci da questa richiesta")
    expect(parish.get_by_role("heading", name="Siete usciti")).to_be_visible()
    if scripts:
        well_made(parish, f"usciti-{size}")

    anna.goto("/oggi")
    expect(anna.get_by_text("Leggi com'è finita").first).to_be_visible()
