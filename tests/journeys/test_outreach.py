"""The laboratory tells the neighbourhood: from the first words to the doors; an event from its announcement to its report."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import mailed_to, press, signed_in, well_made, words_of_pdf
from vicinia.domain.outreach import jobs
from vicinia.domain.outreach.models import Notice
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def house(place: Cast) -> Building:
    """A house with one stair and three doors."""
    building = Building.objects.create(code="roma1", name="Via Roma 1", area=place.crocetta)
    stair = Stair.objects.create(building=building, name="A")
    for number in range(1, 4):
        Dwelling.objects.create(
            building=building, stair=stair, code=str(number), floor=0, door=f"int. {number}"
        )
    return building


@pytest.mark.parametrize("size", SIZES)
def test_a_notice_reaches_screens_and_doors(
    place: Cast, house: Building, open_page: Opener, size: str
) -> None:
    # Somebody asks for the notices, without JavaScript, and confirms from their mailbox.
    maria = open_page("/newsletter", **{**SIZES[size], "java_script_enabled": False})
    well_made(maria, f"newsletter-{size}")
    maria.get_by_label("La tua e-mail").fill("maria@posta.example")
    press(maria, "Iscriviti")
    expect(maria.get_by_role("heading", name="Guarda la tua posta")).to_be_visible()
    maria.goto(mailed_to("maria@posta.example", "newsletter_confirm", r"http\S+conferma\S+"))
    press(maria, "Sì, conferma")
    expect(maria.get_by_role("heading", name="Iscrizione confermata")).to_be_visible()

    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio")
    well_made(lucia, f"laboratorio-vuoto-{size}")
    lucia.goto("/laboratorio/avvisi")
    well_made(lucia, f"avvisi-vuoti-{size}")
    press(lucia, "Prepara un avviso")
    lucia.get_by_label("Titolo").fill("Mercoledì manca l'acqua")
    lucia.get_by_role("textbox", name="Testo").fill("Dalle 9 alle 12.\n\n- Riempi **una bottiglia**.")
    lucia.get_by_label("In parole facili").fill("Mercoledì non c'è l'acqua.")
    lucia.get_by_text("Via Roma 1", exact=True).click()
    well_made(lucia, f"avviso-nuovo-{size}")
    press(lucia, "Salva la bozza")
    press(lucia, "arabo")
    lucia.get_by_label("Titolo").fill("لا ماء يوم الأربعاء")
    lucia.get_by_role("textbox", name="Testo").fill("من التاسعة إلى الثانية عشرة.")
    well_made(lucia, f"avviso-arabo-{size}")
    press(lucia, "Salva")
    press(lucia, "Approva")
    expect(lucia.get_by_text("ora si può pubblicare").first).to_be_visible()
    well_made(lucia, f"avviso-approvato-{size}")
    press(lucia, "Pubblica")
    lucia.get_by_label("e-mail").check()
    lucia.get_by_label("volantino").check()
    well_made(lucia, f"avviso-pubblica-{size}")
    press(lucia, "Pubblica")
    expect(lucia.get_by_text("Avviso pubblicato.").first).to_be_visible()

    row = Notice.objects.get()
    address = f"/laboratorio/avvisi/{row.reference}"
    lucia.goto(f"{address}/stampa")
    well_made(lucia, f"avviso-stampa-{size}")
    words = words_of_pdf(lucia, f"{address}/volantino.pdf?lingue=it&lingue=ar&facile=on")
    assert "Mercoledì manca l'acqua" in words and f"/avvisi/{row.reference}" in words
    assert "int. 3" in words_of_pdf(lucia, f"{address}/porte.pdf")
    lucia.goto(f"{address}/consegne")
    lucia.get_by_text("Via Roma 1, scala A").first.click()
    well_made(lucia, f"avviso-consegna-{size}")
    press(lucia, "Segna la consegna")
    expect(lucia.get_by_text("Consegna segnata.").first).to_be_visible()
    well_made(lucia, f"avviso-{size}")
    facts = lucia.locator("#raggiunti dd")
    assert facts.all_inner_texts() == ["4", "1", "0", "3", "0"]

    link = mailed_to("maria@posta.example", "notice", r"http\S+/avvisi/\S+")
    maria.goto(link)
    well_made(maria, f"avviso-pubblico-{size}")
    press(maria, "arabo")
    expect(maria.get_by_text("Traduzione non ancora riletta")).to_be_visible()
    well_made(maria, f"avviso-pubblico-arabo-{size}")
    maria.goto("/avvisi")
    well_made(maria, f"avvisi-pubblici-{size}")
    maria.goto(mailed_to("maria@posta.example", "notice", r"http\S+/newsletter/esci/\S+"))
    well_made(maria, f"newsletter-esci-{size}")
    press(maria, "Smetti di ricevere")
    expect(maria.get_by_role("heading", name="Non ti scriviamo più")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_an_event_from_its_announcement_to_its_report(
    place: Cast, open_page: Opener, travel: Travel, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    day = clock.today() + dt.timedelta(days=10)
    lucia.goto("/laboratorio/eventi/nuovo")
    lucia.get_by_label("Titolo").fill("Laboratorio di riparazioni")
    lucia.get_by_label("Di che cosa si tratta").fill("Si ripara insieme: lampade, sedie, biciclette.")
    lucia.get_by_label("Giorno").fill(str(day))
    lucia.get_by_label("Dove").fill("Sala comune")
    lucia.get_by_label("Posti").fill("2")
    well_made(lucia, f"evento-nuovo-{size}")
    press(lucia, "Salva")
    press(lucia, "Annuncia")
    expect(lucia.get_by_text("è sul sito e nei calendari").first).to_be_visible()
    event = lucia.url

    quiet = {**SIZES[size], "java_script_enabled": False}
    first, second = open_page("/eventi", **quiet), open_page("/eventi", **quiet)
    well_made(first, f"eventi-{size}")
    press(first, "Laboratorio di riparazioni")
    well_made(first, f"evento-pubblico-{size}")
    press(first, "Iscriviti")
    first.get_by_label("In quanti venite?").fill("2")
    first.get_by_label("Come ti chiami?").fill("Maria Rossi")
    first.get_by_label("Non serve").check()
    well_made(first, f"evento-iscriviti-{size}")
    press(first, "Iscriviti")
    expect(first.get_by_text("Hai il posto")).to_be_visible()
    well_made(first, f"iscrizione-{size}")
    press(second, "Laboratorio di riparazioni")
    press(second, "Mettiti in lista d'attesa")
    second.get_by_label("E-mail", exact=True).fill("luigi@posta.example")
    press(second, "Mettiti in lista d'attesa")
    expect(second.get_by_text("Sei in lista d'attesa")).to_be_visible()
    well_made(second, f"iscrizione-attesa-{size}")
    press(first, "Non posso venire")
    well_made(first, f"iscrizione-ritira-{size}")
    press(first, "Ritira l'iscrizione")
    expect(first.get_by_text("Hai ritirato l'iscrizione")).to_be_visible()
    second.goto(mailed_to("luigi@posta.example", "sign_up", r"http\S+/iscrizione/\S+"))
    expect(second.get_by_text("Hai il posto")).to_be_visible()
    code = second.locator(".big-code").inner_text()

    lucia.goto(f"{event}/iscritti")
    well_made(lucia, f"iscritti-{size}")
    press(lucia, "Mostra nomi e recapiti")
    expect(lucia.get_by_text("luigi@posta.example")).to_be_visible()
    assert "Foglio delle presenze" in words_of_pdf(lucia, f"{event}/foglio.pdf")

    travel.to(day, 18)
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"{event}/accoglienza")
    lucia.get_by_label("Codice").fill(code.lower())
    well_made(lucia, f"accoglienza-{size}")
    lucia.get_by_role("main").get_by_role("button", name="Cerca", exact=True).click()
    well_made(lucia, f"accoglienza-trovata-{size}")
    press(lucia, "Sono entrati")
    expect(lucia.get_by_text("Benvenuti").first).to_be_visible()
    lucia.goto(event)
    press(lucia, "Si è svolto")
    press(lucia, "Conta le presenze")
    lucia.get_by_label("Persone venute").fill("9")
    well_made(lucia, f"evento-presenze-{size}")
    press(lucia, "Salva")
    press(lucia, "Scrivi com'è andata")
    lucia.get_by_label("Com'è andata").fill("Sono venute famiglie nuove.")
    well_made(lucia, f"evento-relazione-{size}")
    press(lucia, "Salva")
    well_made(lucia, f"evento-concluso-{size}")
    assert "famiglie nuove" in words_of_pdf(lucia, f"{event}/relazione.pdf")
    travel.to(day + dt.timedelta(days=40))
    assert jobs.forget() >= 2
    second.reload()
    expect(second.get_by_role("heading", name="Questo collegamento non si apre")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_plan_is_a_table_a_calendar_and_a_paper(place: Cast, open_page: Opener, size: str) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/piano")
    well_made(lucia, f"piano-vuoto-{size}")
    press(lucia, "Aggiungi una riga")
    lucia.get_by_label("A chi").fill("Chi abita nelle corti")
    lucia.get_by_label("Che cosa diciamo").fill("Invito alla merenda")
    lucia.get_by_label("Costo, in euro").fill("38")
    well_made(lucia, f"piano-riga-{size}")
    press(lucia, "Salva")
    well_made(lucia, f"piano-{size}")
    lucia.get_by_role("link", name="Calendario").click()
    expect(lucia.get_by_text("Invito alla merenda").first).to_be_visible()
    well_made(lucia, f"piano-calendario-{size}")
    assert "Invito alla merenda" in words_of_pdf(lucia, "/laboratorio/piano/piano.pdf")
    lucia.goto("/laboratorio/piano")
    lucia.get_by_role("link", name=re.compile("^è fatta")).first.click()
    lucia.get_by_label("Persone raggiunte").fill("132")
    press(lucia, "È fatta")
    expect(lucia.get_by_text("132 persone").first).to_be_visible()
    lucia.goto("/laboratorio/newsletter")
    well_made(lucia, f"newsletter-sportello-{size}")
