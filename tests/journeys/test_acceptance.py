"""The whole job: a resident reports, an operator follows, closes, is contested and reopens. Nobody else sees any of it."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, Opener, check_accessible
from tests.journeys.steps import leave_contacts, photo, press, read_the_notice, sign_in, signed_in
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Stage
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, received_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "Rumore di notte"


@dataclass
class Story:
    """Who is at which screen, and the numbers they talk about."""

    resident: Page
    anna: Page
    report: str
    link: str
    case: str = ""


@pytest.fixture
def second_factor_off(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.mark.usefixtures("second_factor_off")
def test_from_a_report_to_a_case_solved_contested_and_reopened(place: Cast, open_page: Opener) -> None:
    neighbour = received_in(
        place.crocetta,
        title="Musica fino alle tre",
        category=kind("rumore"),
        reporter=PersonDetails(name="Ugo Neri", phone="059 765432"),
    )
    story = maria_segnala_dal_telefono(open_page)
    story.anna = signed_in(open_page, place.anna)
    anna_la_trova_nella_sua_giornata(story)
    anna_la_chiama_e_la_chiamata_resta_scritta(story, place)
    anna_registra_il_contatto(story)
    anna_apre_il_caso_e_lo_prende_in_carico(story)
    anna_scrive_gli_impegni_presi_insieme(story)
    anna_collega_la_segnalazione_del_vicino(story, neighbour.report.reference)
    anna_prevede_e_svolge_un_intervento(story)
    il_caso_non_si_chiude_con_un_impegno_aperto(story)
    anna_chiede_di_chiudere(story)
    carla_approva_la_chiusura(story, place, open_page)
    maria_legge_come_e_finita_e_contesta(story)
    anna_riapre_il_caso(story)
    maria_vede_che_il_caso_e_riaperto(story)
    nessun_altro_vede_niente(story, place, open_page, neighbour.token)


def maria_segnala_dal_telefono(open_page: Opener) -> Story:
    page = open_page("/segnala")
    read_the_notice(page)
    page.get_by_role("combobox", name="Cerca un luogo").press_sequentially("mille 12")
    page.get_by_role("option", name="Via dei Mille, 12").click()
    page.get_by_label("Tipo di disservizio").select_option(label="Rumori e schiamazzi")
    page.get_by_label("Titolo").fill(TITLE)
    page.get_by_label("Dettagli").fill("La musica continua fino alle tre, da tre settimane.")
    page.get_by_label("Immagini").set_input_files([photo()])
    leave_contacts(page)
    page.get_by_role("button", name="Avanti").last.click()
    expect(page.get_by_role("heading", name="Qualcuno l'ha già segnalato?")).to_be_visible()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    report = Report.objects.get(title=TITLE)
    expect(page.get_by_text(report.reference)).to_be_visible()
    assert attachments.of(report).count() == 1
    link = page.locator(".private-link a").get_attribute("href") or ""
    page.goto(link)
    expect(page.locator(".next-words")).to_contain_text("ti c")
    return Story(resident=page, anna=page, report=report.reference, link=link)


def anna_la_trova_nella_sua_giornata(story: Story) -> None:
    page = story.anna
    page.goto("/oggi")
    expect(page.get_by_role("heading", name="La mia giornata")).to_be_visible()
    expect(page.get_by_text("2 segnalazioni nuove, Crocetta")).to_be_visible()
    page.get_by_role("link", name="In arrivo").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("La musica continua fino alle tre")).to_be_visible()
    picture = page.locator(".photos img").first
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    expect(page.get_by_text("Maria Bassi")).to_have_count(0)
    expect(page.get_by_text("059 123456")).to_have_count(0)
    press(page, "Prendi in carico")
    expect(page.get_by_text("La segui tu.").first).to_be_visible()
    page.goto("/oggi")
    expect(page.locator(".rows > li", has_text=TITLE).get_by_role("link", name="Chiama")).to_be_visible()


def anna_la_chiama_e_la_chiamata_resta_scritta(story: Story, cast: Cast) -> None:
    page = story.anna
    assert not Sight.objects.filter(by_ref=cast.actor(cast.anna).ref).exists()
    page.locator(".rows > li", has_text=TITLE).get_by_role("link", name="Chiama").click()
    expect(page.get_by_role("heading", name="Maria Bassi")).to_be_visible()
    expect(page.locator('a[href^="tel:"]')).to_have_attribute("href", re.compile("059123456"))
    expect(page.get_by_text("La consultazione di questi dati è registrata")).to_be_visible()
    check_accessible(page, "390-chiama")
    seen = Sight.objects.filter(by_ref=cast.actor(cast.anna).ref)
    assert seen.count() == 1 and seen.get().purpose


def anna_registra_il_contatto(story: Story) -> None:
    page = story.anna
    press(page, "Registra il contatto")
    page.get_by_label("Che cosa è emerso").fill("La musica viene dal secondo piano, il sabato.")
    page.get_by_label("Che cosa avete deciso insieme").fill("Tiene un diario delle notti.")
    check_accessible(page, "390-contatto")
    press(page, "Salva")
    expect(page.get_by_text("Contatto registrato.").first).to_be_visible()


def anna_apre_il_caso_e_lo_prende_in_carico(story: Story) -> None:
    page = story.anna
    press(page, "Apri un caso")
    expect(page.get_by_label("Titolo")).to_have_value(TITLE)
    press(page, "Salva")
    expect(page.get_by_text("Referente: Anna Ferri")).to_be_visible()
    story.case = Case.objects.get().reference
    expect(page).to_have_url(re.compile(f"/casi/{story.case}$"))
    story.resident.reload()
    expect(story.resident.get_by_text("Anna").first).to_be_visible()


def anna_scrive_gli_impegni_presi_insieme(story: Story) -> None:
    page = story.anna
    for whose, what in (("chi segnala", "annota le notti"), ("noi", "parla con la famiglia")):
        press(page, "Impegno")
        page.get_by_label("Di chi è l'impegno").select_option(label=whose)
        page.locator("[name=what]").fill(what)
        page.get_by_label("Entro quando").fill((clock.today() + dt.timedelta(days=5)).isoformat())
        press(page, "Salva")
        expect(page.locator(".rows", has_text=what).first).to_be_visible()
    story.resident.reload()
    agreed = story.resident.locator(".agreed")
    expect(agreed.get_by_text("Tu: annota le notti")).to_be_visible()
    expect(agreed.get_by_text("parla con la famiglia")).to_be_visible()


def anna_collega_la_segnalazione_del_vicino(story: Story, reference: str) -> None:
    page = story.anna
    page.get_by_role("link", name="collega", exact=True).click()
    page.get_by_role("combobox", name="Quale segnalazione").press_sequentially("musica")
    page.get_by_role("option", name=re.compile(reference)).click()
    page.get_by_label("Perché è lo stesso problema").fill("stesso civico, stesse notti")
    press(page, "Salva")
    expect(page.get_by_role("link", name=re.compile(reference)).first).to_be_visible()
    story.resident.reload()
    expect(story.resident.get_by_text("Musica fino alle tre")).to_have_count(0)


def anna_prevede_e_svolge_un_intervento(story: Story) -> None:
    page = story.anna
    press(page, "Intervento")
    page.get_by_label("Che intervento").select_option(label="mediazione")
    page.get_by_label("Che cosa si fa").fill("Incontro tra i vicini")
    page.get_by_label("Quando").fill(clock.today().isoformat())
    press(page, "Salva")
    expect(page.get_by_text("Incontro tra i vicini").first).to_be_visible()
    page.goto("/oggi")
    deed = page.locator(".rows > li", has_text="Incontro tra i vicini")
    deed.get_by_role("link", name="Svolto").click()
    page.get_by_label("Com'è andata").fill("Si sono parlati: niente musica dopo le 22.")
    press(page, "Salva")
    expect(page.get_by_text("Intervento registrato.").first).to_be_visible()
    check_accessible(page, "390-caso")


def il_caso_non_si_chiude_con_un_impegno_aperto(story: Story) -> None:
    page = story.anna
    button = page.get_by_role("button", name=re.compile("^Chiedi la chiusura"))
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("Ci sono ancora 2 impegni aperti.").last).to_be_visible()
    page.goto(f"/casi/{story.case}/chiudi")
    expect(page.get_by_text("Ci sono ancora 2 impegni aperti.")).to_be_visible()
    page.goto(f"/casi/{story.case}")
    for what in ("annota le notti", "parla con la famiglia"):
        page.locator(".rows > li", has_text=what).get_by_role("link", name="com'è andata?").click()
        page.get_by_label("Com'è andata?").select_option(label="mantenuto")
        press(page, "Salva")
        expect(page.locator(".rows > li", has_text=what).get_by_text("mantenuto")).to_be_visible()


def anna_chiede_di_chiudere(story: Story) -> None:
    page = story.anna
    press(page, "Chiedi la chiusura")
    expect(page.locator("form .words", has_text="Il caso non è passato")).to_be_visible()
    page.get_by_label("Com'è finita").select_option(label="risolto")
    page.get_by_label("Che cosa è cambiato").fill("Di notte non c'è più musica.")
    page.get_by_label("Che cosa ne pensa chi ha segnalato").fill("Dice che dorme.")
    press(page, "Chiedi la chiusura")
    expect(page.get_by_text("Spiega perché si chiude lo stesso.").first).to_be_visible()
    page.get_by_label("Che cosa manca e perché").fill("Per due settimane nessuno ha sentito musica.")
    check_accessible(page, "390-chiudi")
    press(page, "Chiedi la chiusura")
    expect(page.get_by_text("Chiusura chiesta").first).to_be_visible()
    assert not OutboxMessage.objects.filter(template="case_closed").exists()


def carla_approva_la_chiusura(story: Story, cast: Cast, open_page: Opener) -> None:
    page = signed_in(open_page, cast.carla, **DESKTOP)
    page.get_by_text("Anna Ferri chiede di chiudere il caso.").first.click()
    expect(page.get_by_text("Per due settimane nessuno ha sentito musica.")).to_be_visible()
    check_accessible(page, "1366-chiusura")
    press(page, "Approva e chiudi")
    expect(page.get_by_text("Caso chiuso: chi ha segnalato riceve l'esito.").first).to_be_visible()
    assert Case.objects.get().stage == Stage.CLOSED
    told = OutboxMessage.objects.filter(template="case_closed").values_list("to", flat=True)
    assert "maria@posta.example" in told


def maria_legge_come_e_finita_e_contesta(story: Story) -> None:
    page = story.resident
    page.reload()
    expect(page.locator(".next-words")).to_have_text("Abbiamo chiuso il caso: risolto.")
    expect(page.get_by_text("Di notte non c'è più musica.").first).to_be_visible()
    expect(page.get_by_text("Dice che dorme.")).to_have_count(0)
    page.get_by_role("link", name="Dicci se è così").click()
    page.get_by_label("No, non è così").check()
    page.get_by_label("Vuoi dirci di più?").fill("Sabato era come prima.")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Anna riguarda il caso e ti risponde")).to_be_visible()


def anna_riapre_il_caso(story: Story) -> None:
    page = story.anna
    page.goto("/oggi")
    contested = page.locator(".rows > li", has_text="Esito contestato")
    expect(contested).to_contain_text("Sabato era come prima.")
    check_accessible(page, "390-giornata-contestata")
    contested.get_by_role("link", name=re.compile("^Apri")).click()
    expect(page.get_by_role("heading", name="Chi segnala contesta l'esito")).to_be_visible()
    page.get_by_role("link", name="Riapri il caso").click()
    page.get_by_label("Motivo").fill("Il rumore è ricominciato.")
    press(page, "Salva")
    expect(page.get_by_text("Caso riaperto.").first).to_be_visible()
    expect(page.locator(".step-now")).to_contain_text("Intervento")
    expect(page.get_by_role("heading", name="Chi segnala contesta l'esito")).to_have_count(0)


def maria_vede_che_il_caso_e_riaperto(story: Story) -> None:
    page = story.resident
    page.reload()
    expect(page.locator(".next-words")).not_to_contain_text("chiuso")
    expect(page.get_by_role("link", name="Scrivi ad Anna")).to_be_visible()
    check_accessible(page, "390-segui-riaperto")


def nessun_altro_vede_niente(story: Story, cast: Cast, open_page: Opener, other_token: str) -> None:
    pages = (f"/in-arrivo/{story.report}", f"/casi/{story.case}")
    bruno = signed_in(open_page, cast.bruno, **DESKTOP)
    for address in ("/oggi", "/in-arrivo?vista=tutte", "/casi?vista=aperti", "/cerca?q=rumore", "/mappa"):
        bruno.goto(address)
        expect(bruno.get_by_text(TITLE)).to_have_count(0)
    vera = signed_in(open_page, cast.vera, **DESKTOP)
    for page, status in ((bruno, 404), (vera, 403), (open_page("/"), 200)):
        for address in pages:
            answer = page.goto(address)
            assert answer is not None and answer.status == status, (address, answer and answer.status)
            expect(page.get_by_text(TITLE)).to_have_count(0)
    neighbour = open_page(f"/segui/{other_token}")
    expect(neighbour.get_by_role("heading", name="Musica fino alle tre")).to_be_visible()
    for words in (TITLE, "Maria", "059 123456", "La musica continua", "annota le notti"):
        expect(neighbour.get_by_text(words)).to_have_count(0)


def test_an_operator_signs_in_with_a_code_and_not_without(
    place: Cast, open_page: Opener, settings: object
) -> None:
    settings.SECOND_FACTOR = True  # type: ignore[attr-defined]
    page = open_page("/accesso", **DESKTOP)
    check_accessible(page, "1366-accesso")
    sign_in(page, place.anna)
    page.get_by_role("link", name="Aggiungi l'app").click()
    check_accessible(page, "1366-app")
    secret = (page.locator("code").first.text_content() or "").strip()
    page.locator("[name=code]").fill(_code(secret))
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="Aggiungi l'app con i codici")).to_have_count(0)
    assert Authenticator.objects.filter(user=place.anna, type="totp").exists()
    again = open_page("/accesso", **DESKTOP)
    sign_in(again, place.anna)
    expect(again.get_by_role("heading", name="Il secondo passo")).to_be_visible()
    check_accessible(again, "1366-codice")
    again.goto("/oggi")
    expect(again.get_by_role("heading", name="La mia giornata")).to_have_count(0)
    again.goto("/accesso/codice")
    again.locator("[name=code]").fill(_code(secret, 1))
    again.get_by_role("button", name="Entra", exact=True).click()
    expect(again.get_by_role("heading", name="La mia giornata")).to_be_visible()


def _code(secret: str, step: int = 0) -> str:
    """The code of this half minute, or of the next: both stay good when the half minute ends while they are typed."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))
