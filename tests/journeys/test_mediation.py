"""Two neighbours and a mediator: asked from the case, heard, brought together, agreed, signed, checked; and one that does not suit."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.mediation.states import QUESTIONS, Answer
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def quarrel(place: Cast) -> Case:
    """Maria cannot sleep, Youssef lives above her."""
    anna = place.actor(place.anna)
    maria = PersonDetails(name="Maria Bassi", phone="059 123456")
    case = case_of(anna, received_in(place.crocetta, title="Passi di notte", reporter=maria).report)
    youssef = people.meet(by=anna, details=PersonDetails(name="Youssef Benali", phone="059 654321"))
    casework.add_person(by=anna, case=case, person=youssef, role="neighbour", label="famiglia di sopra")
    return case


def seen(page: Page, name: str, size: str, scripts: bool = True) -> None:
    """As it should be; without scripts axe can't look."""
    if scripts:
        well_made(page, f"mediazione-{name}-{size}")


def asked_by_anna(place: Cast, quarrel: Case, open_page: Opener, size: str, scripts: bool = True) -> Page:
    anna = signed_in(open_page, place.anna, **{**SIZES[size], "java_script_enabled": scripts})
    anna.goto(f"/casi/{quarrel.reference}/mediazione")
    anna.get_by_role("link", name="chiedi una mediazione").click()
    anna.get_by_label("A quale mediatore").select_option(label="Marco Riva")
    anna.get_by_label("Che cosa chiedi al mediatore").fill("Vorrebbe parlare con la famiglia di sopra.")
    seen(anna, "chiedi", size, scripts)
    press(anna, "Invia")
    expect(anna.get_by_text("in attesa del mediatore").first).to_be_visible()
    seen(anna, "dal-caso", size, scripts)
    return anna


def heard_by_marco(marco: Page, size: str, scripts: bool = True, **unfit: str) -> None:
    """The request is accepted, each party is heard alone and answers the questions."""
    marco.locator(".row-title").first.click()
    expect(marco.get_by_text("Vorrebbe parlare con la famiglia di sopra.")).to_be_visible()
    press(marco, "Accetto")
    for party in ("parte A", "parte B"):
        marco.get_by_role("link", name=f"scrivi un colloquio con la {party}").click()
        marco.get_by_label("Quando").fill(clock.today().isoformat())
        marco.get_by_label("Appunti").fill(f"La {party} è stanca.")
        press(marco, "Salva")
        marco.get_by_role("link", name=f"È adatta? Domande alla {party}").click()
        for question in QUESTIONS:
            answer = Answer(unfit.get(question.code, question.fits))
            marco.get_by_role("group", name=str(question.words)).get_by_text(
                str(answer.label), exact=True
            ).click()
        seen(marco, "domande", size, scripts)
        press(marco, "Salva")
        expect(marco.get_by_role("heading", name="Le parti")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False])
def test_from_asking_to_a_signed_agreement(
    place: Cast, quarrel: Case, open_page: Opener, size: str, scripts: bool
) -> None:
    anna = asked_by_anna(place, quarrel, open_page, size, scripts)

    marco = signed_in(open_page, place.marco, **{**SIZES[size], "java_script_enabled": scripts})
    expect(marco.get_by_role("heading", name="Le mie mediazioni")).to_be_visible()
    expect(marco.get_by_text("Una richiesta aspetta la tua risposta")).to_be_visible()
    seen(marco, "elenco", size, scripts)
    heard_by_marco(marco, size, scripts)
    page_of_file = marco.url
    marco.get_by_role("button", name=re.compile("^Mostra i recapiti.*parte B")).click()
    expect(marco.get_by_text("Youssef Benali")).to_be_visible()
    expect(marco.get_by_text("Maria Bassi")).to_have_count(0)
    seen(marco, "recapiti", size, scripts)
    marco.goto(page_of_file)
    seen(marco, "colloqui", size, scripts)
    press(marco, "È adatta: si incontrano")
    marco.get_by_role("link", name="scrivi un incontro").click()
    marco.get_by_label("Quando").fill(clock.today().isoformat())
    marco.get_by_label("Appunti").fill("Si sono ascoltati.")
    press(marco, "Salva")
    marco.get_by_role("link", name="aggiungi un patto").click()
    marco.get_by_role("group", name="Chi").get_by_text("parte B", exact=True).click()
    marco.get_by_label("Che cosa fa").fill("Metto il tappeto in corridoio.")
    seen(marco, "patto", size, scripts)
    press(marco, "Salva")
    press(marco, "C'è un accordo")
    expect(marco.get_by_role("link", name="Stampa l'accordo")).to_be_visible()
    paper = marco.request.get(f"{page_of_file}/accordo.pdf")
    words = " ".join(PdfReader(io.BytesIO(paper.body())).pages[0].extract_text().split())
    assert "Maria Bassi" in words and "Youssef Benali" in words and "Metto il tappeto" in words
    seen(marco, "accordo", size, scripts)
    press(marco, "È firmato")
    marco.get_by_label("Dove").fill("In biblioteca")
    press(marco, "Salva")
    for _check in range(3):
        marco.get_by_role("link", name=re.compile("^Com'è andata")).first.click()
        marco.get_by_text("rispettato", exact=True).click()
        press(marco, "Salva")
    seen(marco, "verifiche", size, scripts)
    press(marco, "Chiudi la mediazione")
    marco.get_by_text("accordo rispettato", exact=True).click()
    press(marco, "Salva")
    expect(marco.get_by_text("accordo rispettato").first).to_be_visible()
    seen(marco, "finita", size, scripts)

    anna.goto("/oggi")
    expect(anna.get_by_text("Mediazione finita: accordo rispettato").first).to_be_visible()
    anna.goto(f"/casi/{quarrel.reference}/mediazione")
    expect(anna.get_by_text("accordo rispettato").first).to_be_visible()
    for said in ("stanca", "ascoltati", "tappeto", "biblioteca"):
        expect(anna.get_by_text(said)).to_have_count(0)
    press(anna, "Ho letto com'è finita")
    expect(anna.get_by_role("heading", name=quarrel.title).first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_one_that_does_not_suit_goes_back_with_a_way_out(
    place: Cast, quarrel: Case, open_page: Opener, size: str
) -> None:
    anna = asked_by_anna(place, quarrel, open_page, size)
    marco = signed_in(open_page, place.marco, **SIZES[size])
    heard_by_marco(marco, size, fear="yes")
    expect(marco.get_by_text("violenza, minacce o paura").first).to_be_visible()
    expect(marco.get_by_role("button", name="È adatta: si incontrano")).to_have_attribute(
        "aria-disabled", "true"
    )
    seen(marco, "non-si-incontrano", size)
    press(marco, "Non è adatta")
    marco.get_by_text("violenza, minacce o paura", exact=True).click()
    marco.get_by_text("Lavora con ciascuna parte separatamente", exact=False).click()
    seen(marco, "non-adatta", size)
    press(marco, "Salva")
    expect(marco.get_by_text("non adatta alla mediazione").first).to_be_visible()

    anna.goto(f"/casi/{quarrel.reference}/mediazione")
    expect(anna.get_by_text("Lavora con ciascuna parte separatamente")).to_be_visible()
    expect(anna.get_by_text("paura")).to_have_count(0)
    seen(anna, "via-d-uscita", size)
    anna.goto(f"/casi/{quarrel.reference}")
    expect(anna.get_by_text("Mediazione finita: non adatta alla mediazione").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_small_pages_of_a_mediation_are_accessible(
    place: Cast, quarrel: Case, open_page: Opener, size: str
) -> None:
    anna = asked_by_anna(place, quarrel, open_page, size)
    marco = signed_in(open_page, place.marco, **SIZES[size])
    marco.locator(".row-title").first.click()
    file = marco.url
    marco.goto(f"{file}/non-posso")
    seen(marco, "non-posso", size)
    marco.goto(file)
    press(marco, "Accetto")
    for address in ("prossimo-passo", "passa", "ritira", "una-parte-non-vuole", "colloquio/a"):
        marco.goto(f"{file}/{address}")
        seen(marco, address.replace("/", "-"), size)
    anna.goto(f"/casi/{quarrel.reference}/mediazione")
    press(anna, "Ritira")
    seen(anna, "ritira-dal-caso", size)
    press(anna, "Ritira")
    expect(anna.get_by_text("ritirata", exact=True).first).to_be_visible()
