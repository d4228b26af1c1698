"""A resident is written to in her language, a body in ours, and the plan of the case is printed: in a browser, with axe."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import body, received_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
SOON = (clock.today() + dt.timedelta(days=12)).isoformat()


@pytest.fixture
def courtyard(place: Cast) -> Case:
    """Anna's case of a courtyard, reported by Amina, who reads Arabic; and the housing company."""
    anna = place.actor(place.anna)
    amina = PersonDetails(name="Amina Haddad", phone="059 123456", address="Via dei Mille 12", language="ar")
    case = case_of(anna, received_in(place.crocetta, title="Rumori nel cortile", reporter=amina).report)
    promise = casework.NewCommitment(what="sentire l'amministratore", due_on=clock.today())
    casework.add_commitment(by=anna, case=case, new=promise)
    body("casa")
    return case


def opened(open_page: Opener, place: Cast, size: str, *, scripts: bool = True) -> Page:
    return signed_in(open_page, place.anna, **{**SIZES[size], "java_script_enabled": scripts})


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_a_resident_is_invited_in_her_language(
    place: Cast, courtyard: Case, open_page: Opener, size: str, scripts: bool
) -> None:
    page = opened(open_page, place, size, scripts=scripts)
    page.goto(f"/casi/{courtyard.reference}/lettere")
    page.get_by_role("link", name="scrivi una lettera").click()
    expect(page.get_by_role("heading", name="A una persona del caso")).to_be_visible()
    if scripts:
        well_made(page, f"che-lettera-{size}")
    page.get_by_role("link", name="Invito a un colloquio").click()
    page.get_by_label("A chi").select_option(index=1)
    page.get_by_label("Che giorno").fill(SOON)
    page.get_by_label("A che ora").fill("10:30")
    press(page, "Guarda la lettera")
    expect(page.get_by_label("Che giorno")).to_have_value(SOON)
    if scripts:
        well_made(page, f"lettera-manca-dove-{size}")
    page.locator("#id_place").fill("piazza Grande 1")
    page.get_by_label("Rispondere entro").fill(SOON)
    press(page, "Guarda la lettera")

    letter = page.locator(".letter")
    expect(letter).to_have_attribute("dir", "rtl")
    expect(letter.get_by_role("heading", name="دعوة إلى لقاء")).to_be_visible()
    expect(page.get_by_text("non è ancora stata riletta")).to_be_visible()
    if scripts:
        well_made(page, f"lettera-bozza-{size}")
    press(page, "Firma la lettera")
    expect(page.get_by_text("LET-").first).to_be_visible()
    if scripts:
        well_made(page, f"lettera-firmata-{size}")
    page.get_by_role("link", name="È partita").click()
    page.get_by_text("spedita per posta").click()
    if scripts:
        well_made(page, f"lettera-consegna-{size}")
    press(page, "Salva")
    expect(page.get_by_text("spedita per posta").first).to_be_visible()
    page.get_by_role("link", name="È arrivata la risposta").click()
    page.get_by_label("Che cosa hanno risposto").fill("Viene con la sorella.")
    press(page, "Salva")
    expect(page.get_by_text("Viene con la sorella.")).to_be_visible()
    page.goto("/lettere?vista=tutte")
    expect(page.get_by_role("link", name="Invito a un colloquio")).to_be_visible()
    if scripts:
        well_made(page, f"lettere-{size}")
        page.goto("/lettere")
        well_made(page, f"lettere-vuote-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_a_body_is_written_to_without_names(
    place: Cast, courtyard: Case, open_page: Opener, size: str
) -> None:
    page = opened(open_page, place, size)
    page.goto(f"/casi/{courtyard.reference}/lettere/nuova/body_summary")
    well_made(page, f"lettera-a-un-ente-{size}")
    page.get_by_label("A quale ente").select_option(label="Azienda casa")
    page.get_by_label("Le tue parole").fill("La signora Haddad chiede che il cancello si chiuda.")
    page.get_by_text("dove", exact=True).click()
    press(page, "Guarda la lettera")
    expect(page.get_by_text("ci sono nomi o recapiti")).to_be_visible()
    well_made(page, f"lettera-con-nomi-{size}")
    press(page, "Firma la lettera")
    expect(page.get_by_role("alert").get_by_text("ci sono nomi o recapiti")).to_be_visible()
    page.get_by_role("link", name="Cambia").click()
    page.get_by_label("Le tue parole").fill("Chi abita lì chiede che il cancello si chiuda.")
    well_made(page, f"lettera-cambia-{size}")
    press(page, "Guarda la lettera")
    press(page, "Firma la lettera")
    expect(page.get_by_text("Consegna").or_(page.get_by_role("link", name="È partita")).first).to_be_visible()
    page.goto(f"/casi/{courtyard.reference}")
    expect(page.get_by_text("a Azienda casa").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_plan_is_written_and_printed(place: Cast, courtyard: Case, open_page: Opener, size: str) -> None:
    page = opened(open_page, place, size)
    page.goto(f"/casi/{courtyard.reference}/piano")
    well_made(page, f"piano-vuoto-{size}")
    page.get_by_role("link", name="scrivi il piano").click()
    page.get_by_label("Che cosa vogliamo ottenere").fill("Dormire di notte, senza liti.")
    page.get_by_label("Quando lo rivediamo").fill(SOON)
    well_made(page, f"piano-scrivi-{size}")
    press(page, "Salva")
    expect(page.get_by_text("Dormire di notte, senza liti.")).to_be_visible()
    expect(page.get_by_label("in questa lingua")).to_have_value("ar")
    well_made(page, f"piano-{size}")
    for name in ("Il piano per noi",):
        address = page.get_by_role("link", name=name).get_attribute("href")
        assert page.request.get(str(address)).headers["content-type"] == "application/pdf"
    form = page.locator("form[action$='.pdf']").get_attribute("action")
    assert page.request.get(f"{form}?lingua=ar").headers["content-type"] == "application/pdf"
