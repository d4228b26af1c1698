"""A quarrel between two neighbours, from the first report to the last look after closing, each person at their own screen.

Maria reports by telephone without scripts, Youssef by calling the office, Anna works on the street with a phone; Carla
coordinates, Paolo answers for the social services, Marco mediates, at their desks. At each step the others look too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, Opener, Travel
from tests.journeys.steps import (
    leave_contacts,
    looked_at,
    mailed_to,
    none_of,
    press,
    read_the_notice,
    signed_in,
    words_of_pdf,
)
from vicinia.config.work import run_due
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.network import actions as network

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOISE = "Musica di notte"
BLOWS = "Colpi sul soffitto"
AGAIN = "Di nuovo musica, di lunedì"
SECRET = "Mio marito è malato e non dorme."
FEAR = "I bambini hanno paura."


@dataclass
class Story:
    """Who is at which screen, and the numbers they talk about."""

    cast: Cast
    travel: Travel
    maria: Page
    anna: Page
    carla: Page
    open_page: Opener
    first_link: str = ""
    second_link: str = ""
    youssef: Page | None = None
    case: str = ""

    def report(self, title: str) -> str:
        return Report.objects.get(title=title).reference


@pytest.fixture
def story(place: Cast, open_page: Opener, travel: Travel, settings: object) -> Story:
    """Everybody at their screen on Monday morning; the social services are in the network, with Paolo's account."""
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    by = place.actor(place.carla)
    body = network.write_body(by=by, card=network.BodyCard(code="sociali", name="Servizi sociali"))
    network.write_person(by=by, body=body, card=network.PersonCard(name="Paolo Neri", user=place.paolo))
    return Story(
        cast=place,
        travel=travel,
        maria=open_page("/segnala", java_script_enabled=False),
        anna=signed_in(open_page, place.anna),
        carla=signed_in(open_page, place.carla, **DESKTOP),
        open_page=open_page,
    )


def test_two_neighbours_are_heard_brought_together_and_looked_after(story: Story) -> None:
    maria_segnala_il_rumore(story)
    anna_scrive_la_telefonata_di_youssef(story)
    maria_segnala_di_nuovo(story)
    anna_apre_il_caso_con_le_tre_segnalazioni(story)
    carla_lo_affida_ad_anna(story)


# What happens and who hears of it ------------------------------------------------------------------------------------


def _report(page: Page, title: str, words: str) -> str:
    read_the_notice(page)
    page.get_by_label("Cerca un luogo").fill("via dei mille 12")
    page.get_by_label("Tipo di disservizio").select_option(label="Rumori e schiamazzi")
    page.get_by_label("Titolo").fill(title)
    page.get_by_label("Dettagli").fill(words)
    leave_contacts(page)
    page.get_by_role("button", name="Avanti").last.click()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    return page.locator(".private-link a").get_attribute("href") or ""


def maria_segnala_il_rumore(story: Story) -> None:
    page = story.maria
    story.first_link = _report(page, NOISE, f"Dal piano di sopra, ogni sabato fino alle tre. {SECRET}")
    expect(page.get_by_text("ti cerca entro mercoledì 4 marzo")).to_be_visible()
    page.goto(story.first_link)
    expect(page.locator(".next-words")).to_contain_text("ti chiama entro mercoledì 4 marzo")
    story.carla.goto("/oggi")
    expect(story.carla.get_by_text("1 segnalazione nuova, Crocetta")).to_be_visible()


def anna_scrive_la_telefonata_di_youssef(story: Story) -> None:
    page = story.anna
    page.goto("/segnalazione-nuova")
    page.get_by_role("combobox", name="Chi segnala").fill("Youssef Benali")
    page.get_by_role("combobox", name="Indirizzo o luogo").press_sequentially("mille 12")
    page.get_by_role("option", name="Via dei Mille, 12").click()
    page.get_by_role("combobox", name="Tipo di problema").press_sequentially("schiamazzi")
    page.get_by_role("option", name="Rumori e schiamazzi").click()
    page.get_by_label("In poche parole").fill(BLOWS)
    page.get_by_label("Che cosa racconta").fill(f"Da sotto battono con la scopa anche di giorno. {FEAR}")
    page.get_by_text("Altro: telefono, e-mail").click()
    page.get_by_label("Telefono", exact=True).fill("059 654321")
    page.get_by_label("E-mail", exact=True).fill("youssef@posta.example")
    expect(page.locator("#similar").get_by_role("link", name=NOISE)).to_be_visible()
    looked_at(page, "390-lite-telefonata")
    press(page, "Registra")
    expect(page.get_by_role("heading", name=BLOWS)).to_be_visible()
    link = mailed_to("youssef@posta.example", "report_received", r"http\S+/segui/\S+")
    story.youssef = story.open_page(link)
    expect(story.youssef.locator(".next-words")).to_contain_text("ti chiama entro mercoledì 4 marzo")
    looked_at(story.youssef, "390-lite-segui")
    none_of(story.youssef, NOISE, SECRET, "Maria", "059 123456")


def maria_segnala_di_nuovo(story: Story) -> None:
    story.travel.to(dt.date(2026, 3, 3), 8)
    story.maria.goto("/segnala")
    story.second_link = _report(story.maria, AGAIN, "Anche ieri fino all'una, e oggi mi ha insultata.")
    story.maria.goto(story.second_link)
    none_of(story.maria, BLOWS, FEAR, "Youssef")


def anna_apre_il_caso_con_le_tre_segnalazioni(story: Story) -> None:
    page = story.anna
    page.goto("/in-arrivo")
    page.get_by_role("link", name=NOISE).click()
    related = page.locator("#simili > ul > li")
    expect(related.filter(has_text=AGAIN)).to_contain_text("a 0 m, stesso tipo, stessa persona")
    expect(related.filter(has_text=BLOWS)).to_contain_text("a 0 m, stesso tipo")
    expect(related.filter(has_text=BLOWS)).not_to_contain_text("stessa persona")
    looked_at(page, "390-lite-simili")
    related.filter(has_text=AGAIN).get_by_role("link", name="Collega").click()
    page.get_by_label("Che cosa succede, in breve").fill("Musica di sopra, colpi di sotto.")
    page.get_by_label("Lo prendo in carico io").uncheck()
    looked_at(page, "390-lite-apri")
    press(page, "Salva")
    story.case = Case.objects.get().reference
    page.goto(f"/in-arrivo/{story.report(BLOWS)}")
    page.locator("#case_on_report").get_by_role("link", name=f"Collega {story.case}").click()
    page.get_by_label("Perché è lo stesso problema").fill("stesso civico, una famiglia sopra l'altra")
    press(page, "Salva")
    for title in (NOISE, BLOWS, AGAIN):
        expect(page.locator("#segnalazioni")).to_contain_text(title)
    assert Case.objects.get().case_people.count() == 2


def carla_lo_affida_ad_anna(story: Story) -> None:
    carla, anna = story.carla, story.anna
    carla.goto("/oggi")
    looked_at(carla, "1366-lite-senza-referente")
    carla.get_by_role("link", name="1 caso senza referente, Crocetta").click()
    carla.get_by_role("link", name=NOISE).click()
    press(carla, "Proponi a un collega")
    carla.get_by_label("A chi lo proponi").select_option(label="Anna Ferri")
    carla.get_by_label("Due parole").fill("Conosci la scala.")
    press(carla, "Salva")
    expect(carla.get_by_text("che non ha ancora risposto")).to_be_visible()
    anna.goto("/oggi")
    proposed = anna.locator(".day-rows > li", has_text="Carla Monti ti propone un caso")
    proposed.get_by_role("button", name=re.compile("^Accetto")).click()
    expect(anna.get_by_text("Referente: Anna Ferri")).to_be_visible()
    looked_at(anna, "390-lite-caso")
    for page, link in ((story.maria, story.first_link), (story.maria, story.second_link)):
        page.goto(link)
        expect(page.locator(".next-words")).to_contain_text("Anna ti chiama entro domani")
        none_of(page, BLOWS, FEAR, "Youssef", "scopa")
    assert story.youssef is not None
    story.youssef.reload()
    expect(story.youssef.locator(".next-words")).to_contain_text("Anna ti chiama entro domani")
    none_of(story.youssef, NOISE, SECRET, AGAIN, "Maria")
