"""A boy of fifteen, his mother and a courtyard: invited twice, signed with the parent, reviewed, not kept, revised, completed."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, SIZES, Opener
from tests.journeys.steps import press, signed_in, tab_to, well_made
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import body, received_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
MADE = dt.timedelta(days=365 * 15 + 30)


@pytest.fixture
def courtyard(place: Cast) -> Case:
    """Luca lights firecrackers, his mother works until late."""
    anna = place.actor(place.anna)
    case = case_of(anna, received_in(place.crocetta, title="Petardi in cortile").report)
    for name, role, label in (
        ("Luca Serri", "neighbour", "ragazzo della scala A"),
        ("Marta Serri", "contact", "sua madre"),
    ):
        person = people.meet(by=anna, details=PersonDetails(name=name))
        casework.add_person(by=anna, case=case, person=person, role=role, label=label)
    body()
    return case


def seen(page: Page, name: str, size: str, scripts: bool = True) -> None:
    """As it should be; without scripts axe can't look."""
    if scripts:
        well_made(page, f"accordo-{name}-{size}")


def choose(page: Page, label: str) -> None:
    """One card among a few."""
    page.get_by_text(label, exact=True).first.click()


def proposed(anna: Page, courtyard: Case, size: str, scripts: bool) -> str:
    """From the case to the page of the agreement, whose address it gives."""
    anna.goto(f"/casi/{courtyard.reference}/accordi")
    seen(anna, "riquadro", size, scripts)
    anna.get_by_role("link", name="proponi un accordo").click()
    anna.get_by_label("altra parte, ragazzo della scala A").check()
    anna.get_by_label("Di quali fatti si tratta").fill("Petardi in cortile la sera del 3 marzo.")
    anna.get_by_label("Comincia il").fill(clock.today().isoformat())
    seen(anna, "proponi", size, scripts)
    press(anna, "Proponi")
    anna.get_by_role("link", name=re.compile("^AC")).click()
    expect(anna.get_by_text("È volontario", exact=False).first).to_be_visible()
    return anna.url


def invited_twice(anna: Page, size: str, scripts: bool) -> None:
    press(anna, "Che cosa ha risposto")
    choose(anna, "no")
    press(anna, "Salva")
    expect(anna.get_by_role("link", name="L'accordo è rifiutato")).to_have_count(0)
    seen(anna, "dopo-un-no", size, scripts)
    press(anna, "Fai il secondo invito")
    choose(anna, "con una lettera")
    seen(anna, "secondo-invito", size, scripts)
    press(anna, "Salva")
    press(anna, "Che cosa ha risposto")
    choose(anna, "sì, ne parliamo")
    seen(anna, "risposta", size, scripts)
    press(anna, "Salva")


def with_his_mother(anna: Page, size: str, scripts: bool) -> None:
    anna.get_by_role("link", name=re.compile("^Minorenne")).click()
    anna.get_by_label("Data di nascita, se ha meno di 18 anni").fill((clock.today() - MADE).isoformat())
    seen(anna, "eta", size, scripts)
    press(anna, "Salva")
    expect(anna.get_by_text("firma con un genitore o tutore: aggiungilo", exact=False)).to_have_count(0)
    anna.get_by_role("link", name=re.compile("^Aggiungi un genitore")).click()
    choose(anna, "persona di riferimento, sua madre")
    seen(anna, "genitore", size, scripts)
    press(anna, "Salva")
    expect(anna.get_by_text("Genitore o tutore di", exact=False).first).to_be_visible()
    anna.get_by_role("link", name="aggiungi un ente").click()
    anna.get_by_role("combobox", name="Ente").select_option(label="Azienda casa")
    anna.get_by_label("Chi firma per l'ente").fill("Gino Poli")
    seen(anna, "ente", size, scripts)
    press(anna, "Salva")


def written(anna: Page, size: str, scripts: bool) -> None:
    for kind, words in (
        ("che cosa non farò", "Non accendo petardi in cortile."),
        ("che cosa farò", "Il sabato aiuto il custode."),
        ("che cosa facciamo per aiutarti", "Il corso di fotografia al centro giovani."),
    ):
        anna.get_by_role("link", name="aggiungi un patto").click()
        choose(anna, kind)
        anna.get_by_label("Con quali parole").fill(words)
        seen(anna, "patto", size, scripts)
        press(anna, "Salva")


def signed(anna: Page, size: str, scripts: bool) -> None:
    paper = anna.request.get(f"{anna.url}/accordo.pdf")
    words = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(paper.body())).pages).split())
    for found in (
        "Luca Serri",
        "Marta Serri (genitore o tutore di Luca Serri)",
        "Gino Poli",
        "una tua scelta",
    ):
        assert found in words, found
    for some in (1, None):  # the first alone, then all the others
        press(anna, "Registra le firme")
        expect(anna.get_by_role("heading", name="Chi ha firmato")).to_be_visible()
        boxes = anna.get_by_role("checkbox")
        for number in range(some or boxes.count()):
            boxes.nth(number).check()
        seen(anna, "firme", size, scripts)
        press(anna, "Salva")
    expect(anna.get_by_text("in vigore", exact=True).first).to_be_visible()
    seen(anna, "in-vigore", size, scripts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_invitation_to_a_good_end(
    place: Cast, courtyard: Case, open_page: Opener, size: str, scripts: bool
) -> None:
    anna = signed_in(open_page, place.anna, **{**SIZES[size], "java_script_enabled": scripts})
    address = proposed(anna, courtyard, size, scripts)
    invited_twice(anna, size, scripts)
    with_his_mother(anna, size, scripts)
    written(anna, size, scripts)
    seen(anna, "scritto", size, scripts)
    signed(anna, size, scripts)

    press(anna, "Mostra i nomi")
    expect(anna.get_by_text("Luca Serri")).to_be_visible()
    seen(anna, "nomi", size, scripts)
    anna.goto(address)
    expect(anna.get_by_text("Luca Serri")).to_have_count(0)
    anna.get_by_role("link", name=re.compile("^Com'è andata")).first.click()
    choose(anna, "in parte")
    anna.get_by_label("Che cosa vi siete detti").fill("Due sabati su quattro.")
    seen(anna, "riesame", size, scripts)
    press(anna, "Salva")

    anna.get_by_role("link", name="segna che cosa non va").click()
    anna.get_by_label("Che cosa è successo").fill("Un petardo alle 22.")
    seen(anna, "mancato-rispetto", size, scripts)
    press(anna, "Salva")
    press(anna, "Decidi come rispondere")
    anna.get_by_text("patti da rivedere insieme").first.click()
    anna.get_by_label("Che cosa vi siete detti").fill("Il sabato gioca a calcio.")
    press(anna, "Salva")
    expect(anna.get_by_text("Se ne salti uno, scrivi perché.", exact=False)).to_be_visible()
    anna.get_by_label("Se salti un passo, perché").fill("Lo ha chiesto lui.")
    seen(anna, "come-rispondi", size, scripts)
    press(anna, "Salva")
    expect(anna.get_by_role("heading", name="Nuovi patti da firmare")).to_be_visible()
    anna.get_by_role("link", name=re.compile("^Correggi.*sabato")).click()
    anna.get_by_label("Con quali parole").fill("La domenica aiuto il custode.")
    press(anna, "Salva")
    seen(anna, "nuovi-patti", size, scripts)
    signed(anna, size, scripts)
    expect(anna.get_by_text("Patti di prima (1)", exact=False)).to_be_visible()

    press(anna, "Concludi l'accordo")
    choose(anna, "rispettato")
    anna.get_by_label("Che cosa è cambiato").fill("La famiglia trasloca: si chiude qui, bene.")
    seen(anna, "concludi", size, scripts)
    press(anna, "Salva")
    expect(anna.get_by_text("concluso", exact=True).first).to_be_visible()
    seen(anna, "concluso", size, scripts)
    anna.goto("/accordi?vista=finiti")
    expect(anna.get_by_role("link", name="Petardi in cortile")).to_be_visible()
    seen(anna, "elenco", size, scripts)


def test_by_keyboard_alone_one_answers_an_invitation(place: Cast, courtyard: Case, open_page: Opener) -> None:
    anna = signed_in(open_page, place.anna, **DESKTOP)
    proposed(anna, courtyard, "tastiera", False)
    tab_to(anna, "Che cosa ha risposto")
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("heading", name="Risposta all'invito")).to_be_visible()
    tab_to(anna, "sì, ne parliamo")
    anna.keyboard.press("Space")
    tab_to(anna, "Appunti")
    anna.keyboard.type("Viene martedì.")
    tab_to(anna, "Salva")
    anna.keyboard.press("Enter")
    expect(anna.get_by_text("Viene martedì.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_small_pages_are_accessible_and_two_refusals_end_it(
    place: Cast, courtyard: Case, open_page: Opener, size: str
) -> None:
    anna = signed_in(open_page, place.anna, **SIZES[size])
    address = proposed(anna, courtyard, size, True)
    for page in ("date", "ritira"):
        anna.goto(f"{address}/{page}")
        seen(anna, page, size)
    anna.goto(address)
    for _number in range(2):
        press(anna, "Che cosa ha risposto")
        choose(anna, "no")
        press(anna, "Salva")
        if anna.get_by_role("link", name="Fai il secondo invito").count():
            press(anna, "Fai il secondo invito")
            press(anna, "Salva")
    press(anna, "L'accordo è rifiutato")
    seen(anna, "rifiutato", size)
    press(anna, "Salva")
    expect(anna.get_by_text("rifiutato", exact=True).first).to_be_visible()
    anna.goto(f"/casi/{courtyard.reference}")
    expect(anna.get_by_text("secondo invito", exact=False)).to_have_count(
        1
    )  # in the chronology: nothing stands open
