"""A park thought about with the SARA sheet, and the housing company that is asked and answers: in a browser, with axe."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.network import actions as network
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.domain.risk.default import default_questions
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def park(place: Cast) -> Case:
    """Anna's case of the park, and the housing company with Paolo's account."""
    by = place.actor(place.carla)
    body = network.write_body(by=by, card=network.BodyCard(code="casa", name="Azienda casa"))
    network.write_person(by=by, body=body, card=network.PersonCard(name="Paolo Neri", user=place.paolo))
    maria = PersonDetails(name="Maria Bassi", phone="059 123456")
    received = received_in(place.crocetta, title="Siringhe nel parco", reporter=maria)
    return case_of(place.actor(place.anna), received.report, kind="place", summary="Ogni lunedì mattina.")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_body_is_asked_and_answers(
    place: Cast, park: Case, open_page: Opener, size: str, scripts: bool
) -> None:
    anna = signed_in(open_page, place.anna, **{**SIZES[size], "java_script_enabled": scripts})
    anna.goto(f"/casi/{park.reference}/rete")
    anna.get_by_role("link", name="chiedi a un ente").click()
    anna.get_by_label("A chi").select_option(label="Azienda casa")
    anna.get_by_text("Invio: fanno qualcosa").click()
    anna.get_by_label("Con quali parole").fill("Chiudere il cancello di notte")
    anna.get_by_label("Consenso: quando e come").fill("a voce, ieri")
    press(anna, "Guarda l'anteprima")
    expect(anna.get_by_role("heading", name="Ecco che cosa vedrà l'ente")).to_be_visible()
    if scripts:
        well_made(anna, f"anteprima-{size}")
    anna.get_by_role("button", name="Invia", exact=True).click()
    expect(anna.get_by_text("in attesa di risposta").first).to_be_visible()
    if scripts:
        well_made(anna, f"richiesta-{size}")

    paolo = signed_in(open_page, place.paolo, **{**SIZES[size], "java_script_enabled": scripts})
    paolo.goto("/rete")
    if scripts:
        well_made(paolo, f"richieste-per-voi-{size}")
    paolo.locator(".row-title").first.click()
    expect(paolo.get_by_text("Chiudere il cancello di notte")).to_be_visible()
    press(paolo, "Accettiamo")
    paolo.get_by_role("link", name="Abbiamo concluso").click()
    paolo.get_by_label("Che cosa vuoi dire").fill("Il cancello si chiude alle 22.")
    press(paolo, "Invia")
    expect(paolo.get_by_text("concluso", exact=True).first).to_be_visible()
    if scripts:
        well_made(paolo, f"conclusa-{size}")

    anna.goto("/oggi")
    expect(anna.get_by_text("Leggi com'è finita").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_sheet_of_a_park_is_thought_through(
    place: Cast, park: Case, open_page: Opener, size: str
) -> None:
    page = signed_in(open_page, place.anna, **SIZES[size])
    page.goto(f"/casi/{park.reference}/scheda-sara/riquadro")
    press(page, "Comincia la scheda")
    well_made(page, f"scheda-vuota-{size}")
    page.goto(f"/casi/{park.reference}")
    expect(page.get_by_text("Che cosa resta aperto")).to_be_visible()
    expect(page.get_by_role("link", name="Scheda SARA, emersione: da completare.")).to_be_visible()
    well_made(page, f"caso-con-scheda-{size}")
    page.goto(f"/casi/{park.reference}/scheda-sara/scanning/scrivi")
    for question in QUESTIONS[Part.SCANNING]:
        page.get_by_label(str(question.label)).fill(f"Risposta su {question.name}")
    well_made(page, f"scheda-scrivi-{size}")
    press(page, "Salva")
    page.get_by_role("link", name="aggiungi una causa").click()
    page.get_by_label("Che cosa lo rende possibile").fill("Il cancello resta aperto")
    press(page, "Salva")
    page.get_by_role("link", name="aggiungi una misura").click()
    page.get_by_label("Su quale causa agisce").select_option(label="Il cancello resta aperto")
    page.get_by_label("Che cosa si fa").fill("Chiuderlo alle 22")
    page.get_by_label("Perché dovrebbe funzionare").fill("Senza passaggio non ci si ferma")
    page.get_by_label("Di chi è").fill("Ufficio verde")
    page.get_by_label("Quando").fill("2030-05-10")
    well_made(page, f"misura-{size}")
    press(page, "Salva")
    expect(page.get_by_text("Senza passaggio non ci si ferma").first).to_be_visible()
    well_made(page, f"scheda-{size}")
    page.goto(f"/casi/{park.reference}")
    expect(page.get_by_role("link", name="Scheda SARA, emersione: da completare.")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_the_risk_is_assessed_with_one_thumb(place: Cast, park: Case, open_page: Opener, size: str) -> None:
    page = signed_in(open_page, place.anna, **SIZES[size])
    page.goto(f"/casi/{park.reference}/rischio/valuta")
    well_made(page, f"rischio-{size}")
    for question in default_questions().questions:
        group = page.get_by_role("group", name=str(question.words))
        group.get_by_text(str(question.answers[-1].words), exact=True).click()
    press(page, "Salva")
    page.goto(f"/casi/{park.reference}/rischio")
    expect(page.get_by_text("30 punti su 30")).to_be_visible()
    well_made(page, f"rischio-fatto-{size}")
    ada = signed_in(open_page, place.ada, **SIZES[size])
    ada.goto("/questionario-rischio")
    well_made(ada, f"questionario-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_a_body(place: Cast, park: Case, open_page: Opener, size: str) -> None:
    page = signed_in(open_page, place.carla, **SIZES[size])
    for address, name in (
        ("/enti", "enti"),
        ("/enti/casa", "ente"),
        ("/enti/casa/accordi/nuovo", "accordo"),
        ("/enti/casa/persone/nuova", "persona"),
        ("/enti/casa/correggi", "ente-correggi"),
    ):
        page.goto(address)
        well_made(page, f"{name}-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_anna_compares_the_park_with_another_place(
    park: Case, place: Cast, open_page: Opener, size: str
) -> None:
    page = signed_in(open_page, place.anna, **SIZES[size])
    page.goto(f"/casi/{park.reference}")
    page.get_by_role("link", name="Scegli come misurare").click()
    page.get_by_label("Da quando si interviene").fill(str(clock.today() - dt.timedelta(weeks=8)))
    page.locator("#id_address").fill("Un altro parco")
    page.locator("#id_lat").evaluate("(field, lat) => { field.value = lat }", str(park.lat + 0.02))
    page.locator("#id_lon").evaluate("(field, lon) => { field.value = lon }", str(park.lon))
    well_made(page, f"misura-scegli-{size}")
    press(page, "Salva")
    expect(page.get_by_text("Non si può dire se dipende dall'intervento.")).to_be_visible()
    page.locator(".map").scroll_into_view_if_needed()
    expect(page.locator(".map-circle")).to_have_count(4)
    well_made(page, f"ha-funzionato-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_the_coordinator_hands_cases_over_and_bruno_accepts_them_together(
    park: Case, place: Cast, open_page: Opener, size: str
) -> None:
    page = signed_in(open_page, place.carla, **SIZES[size])
    page.goto("/squadra")
    expect(page.get_by_role("row", name="Anna Ferri")).to_contain_text("1")
    well_made(page, f"squadra-{size}")
    page.get_by_role("link", name="passa casi di Anna Ferri").click()
    page.get_by_label(park.title).check()
    page.get_by_label("A chi lo proponi").select_option(label="Bruno Galli")
    page.get_by_label("Due parole").fill("Anna cambia ufficio.")
    well_made(page, f"passa-casi-{size}")
    press(page, "Proponi")
    expect(page.get_by_text("1 caso proposto").first).to_be_visible()

    page = signed_in(open_page, place.bruno, **SIZES[size])
    page.goto("/proposte")
    expect(page.get_by_text("Anna cambia ufficio.")).to_be_visible()
    well_made(page, f"proposte-{size}")
    press(page, "Li accetto tutti")
    expect(page.get_by_text("Ora segui 1 caso in più.").first).to_be_visible()
    park.refresh_from_db()
    assert park.owner == place.bruno
