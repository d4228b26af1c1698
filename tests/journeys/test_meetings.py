"""A network meeting from the call to the closed minutes, at the desk and at the table: in a browser, with axe."""

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
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def park(place: Cast) -> Case:
    """Anna's case of the park, and the housing company with Rita."""
    by = place.actor(place.carla)
    card = network.BodyCard(code="casa", name="Azienda casa", email="urp@casa.example")
    body = network.write_body(by=by, card=card)
    network.write_person(
        by=by, body=body, card=network.PersonCard(name="Rita Pini", email="rita@casa.example")
    )
    received = received_in(place.crocetta, title="Siringhe nel parco")
    return case_of(place.actor(place.anna), received.report, kind="place", summary="Ogni lunedì mattina.")


@pytest.mark.parametrize("size", SIZES)
def test_a_meeting_is_called_held_and_written_up(
    place: Cast, park: Case, open_page: Opener, size: str
) -> None:
    page = signed_in(open_page, place.anna, **SIZES[size])
    page.goto("/tavoli")
    well_made(page, f"tavoli-vuoti-{size}")
    page.get_by_role("link", name="Convoca un tavolo").first.click()
    page.get_by_label("Titolo").fill("Tavolo della Crocetta")
    page.get_by_label("Giorno").fill(str(clock.today()))
    page.get_by_label("Dove").fill("Sala civica")
    well_made(page, f"tavolo-nuovo-{size}")
    press(page, "Scegli gli invitati")
    page.get_by_text("Rita Pini, Azienda casa").click()
    page.get_by_label("Un altro ospite").fill("L'amministratrice del condominio")
    well_made(page, f"tavolo-invitati-{size}")
    press(page, "Aggiungi agli invitati")
    expect(page.get_by_text("Invito da spedire").first).to_be_visible()
    press(page, "Spedisci 2 inviti")
    expect(page.get_by_text("2 inviti spediti.").first).to_be_visible()
    page.get_by_role("link", name="scegli gli argomenti").click()
    page.get_by_label("Numero del caso").fill(park.reference)
    page.get_by_label("Che cosa c'è da decidere").fill("Chi chiude il cancello")
    press(page, "Aggiungi questo argomento")
    page.locator("#id_subject").fill("Orari del centro civico")
    press(page, "Aggiungi questo argomento")
    page.get_by_role("button", name=re.compile("^Su")).click()
    well_made(page, f"tavolo-ordine-del-giorno-{size}")
    press(page, "Vai al tavolo")
    well_made(page, f"tavolo-{size}")

    press(page, "Comincia e apri il verbale")
    page.get_by_role("link", name=re.compile("^scrivi")).nth(1).click()
    page.get_by_label("Che cosa si è detto").fill("Il cancello resta aperto la notte.")
    page.get_by_label("Che cosa si è deciso").fill("Si chiude alle 22")
    well_made(page, f"verbale-punto-{size}")
    press(page, "Salva")
    page.get_by_role("link", name=re.compile("^Aggiungi un.azione")).nth(1).click()
    page.locator("#id_what").fill("Chiudere il cancello")
    page.get_by_label("Chi lo fa").select_option(label="Azienda casa")
    well_made(page, f"verbale-azione-{size}")
    press(page, "Salva")
    expect(page.get_by_text("Chiudere il cancello").first).to_be_visible()
    page.get_by_role("link", name="segna le presenze").click()
    page.get_by_role("group", name="Chi c'è").get_by_text("Anna Ferri").click()
    page.get_by_role("group", name="Chi c'è").get_by_text("Rita Pini").click()
    page.get_by_role("group", name="Chi ha avvisato").get_by_text("L'amministratrice").click()
    well_made(page, f"verbale-presenze-{size}")
    press(page, "Salva")
    well_made(page, f"verbale-{size}")
    press(page, "Chiudi il verbale")
    well_made(page, f"verbale-chiudi-{size}")
    press(page, "Chiudi il verbale")
    expect(page.get_by_text("Verbale chiuso.").first).to_be_visible()
    page.get_by_role("link", name="Aggiungi una nota").click()
    page.get_by_label("Che cosa va corretto").fill("Il cancello è quello di via dei Mille.")
    well_made(page, f"verbale-nota-{size}")
    press(page, "Salva")
    expect(page.get_by_text("Il cancello è quello di via dei Mille.")).to_be_visible()
    well_made(page, f"verbale-chiuso-{size}")

    page.goto(f"/casi/{park.reference}")
    expect(page.get_by_text("Chiudere il cancello").first).to_be_visible()
    page.goto(f"/casi/{park.reference}/tavoli")
    expect(page.get_by_text("Si chiude alle 22")).to_be_visible()
    well_made(page, f"caso-tavoli-{size}")

    page.goto("/tavoli?vista=passati")
    well_made(page, f"tavoli-{size}")
    page.locator(".row-title").first.click()
    page.get_by_role("link", name="Estratto per un ente").click()
    page.get_by_label("A quale ente").select_option(label="Azienda casa")
    page.get_by_text("Siringhe nel parco").first.click()
    press(page, "Guarda l'anteprima")
    expect(page.get_by_role("heading", name="Ecco che cosa leggerà Azienda casa")).to_be_visible()
    well_made(page, f"estratto-{size}")
    press(page, "Prepara l'estratto")
    expect(page.get_by_role("heading", name="Che cosa abbiamo dato agli enti")).to_be_visible()
    well_made(page, f"tavolo-chiuso-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_who_is_slower_finds_what_they_typed(place: Cast, park: Case, open_page: Opener, size: str) -> None:
    anna = signed_in(open_page, place.anna, **SIZES[size])
    anna.goto("/tavoli/nuovo")
    anna.get_by_label("Titolo").fill("Tavolo della Crocetta")
    anna.get_by_label("Giorno").fill(str(clock.today()))
    anna.get_by_label("Dove").fill("Sala civica")
    press(anna, "Scegli gli invitati")
    anna.goto(f"/casi/{park.reference}/tavoli/metti")
    well_made(anna, f"caso-porta-al-tavolo-{size}")
    press(anna, "Salva")
    anna.goto("/oggi")
    expect(anna.get_by_text("Tavolo di rete, 10:00–11:30").first).to_be_visible()
    anna.goto("/tavoli")
    anna.locator(".row-title").first.click()
    press(anna, "Comincia e apri il verbale")
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(anna.url)
    for page in (anna, lucia):
        page.get_by_role("link", name=re.compile("^scrivi")).first.click()
    anna.get_by_label("Che cosa si è detto").fill("Detto da Anna")
    press(anna, "Salva")
    expect(anna.get_by_text("Detto da Anna")).to_be_visible()
    lucia.get_by_label("Che cosa si è detto").fill("Detto da Lucia")
    press(lucia, "Salva")
    expect(lucia.get_by_label("Che cosa si è detto")).to_have_value("Detto da Lucia")
    expect(lucia.get_by_text("Detto da Anna")).to_be_visible()
    well_made(lucia, f"verbale-due-versioni-{size}")
    lucia.get_by_label("Che cosa si è detto").fill("Detto da Anna, e da Lucia")
    press(lucia, "Salva")
    expect(lucia.get_by_text("Detto da Anna, e da Lucia")).to_be_visible()
