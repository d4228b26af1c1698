"""A quarrel between two neighbours, from the first report to the last look after closing, each person at their own screen.

Maria reports by telephone without scripts, Youssef by calling the office, Anna works on the street with a phone; Carla
coordinates, Paolo answers for the social services, Marco mediates, at their desks. At each step the others look too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
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
from vicinia.domain.mediation.states import QUESTIONS, Answer
from vicinia.domain.network import actions as network
from vicinia.domain.risk.default import default_questions
from vicinia.foundation.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOISE = "Musica di notte"
BLOWS = "Colpi sul soffitto"
AGAIN = "Di nuovo musica, di lunedì"
SECRET = "Mio marito è malato e non dorme."
FEAR = "I bambini hanno paura."
# What is said at the mediator's table and stays there.
WALLED = ("esausta", "accusato", "ascoltati", "cuffie", "Prima di battere", "biblioteca")


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
    paolo: Page | None = None
    marco: Page | None = None
    file: str = ""
    case: str = ""

    def residents(self) -> Iterator[Page]:
        """The pages that Maria and Youssef follow, as they read them now."""
        for link in (self.first_link, self.second_link):
            self.maria.goto(link)
            yield self.maria
        assert self.youssef is not None
        self.youssef.reload()
        yield self.youssef

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
    anna_sente_maria_e_poi_youssef(story)
    anna_valuta_il_rischio_e_il_ritmo_si_stringe(story)
    anna_chiede_ai_servizi_sociali(story)
    paolo_accetta_e_riferisce(story)
    anna_chiede_una_mediazione(story)
    anna_richiama_tutti_e_due(story)
    marco_accetta_e_sente_le_parti_da_sole(story)
    si_incontrano_e_firmano(story)
    anna_tiene_il_filo_mentre_si_accordano(story)
    paolo_conclude(story)
    marco_verifica_dopo_uno_tre_e_sei_mesi(story)
    anna_chiede_di_chiudere(story)
    carla_approva(story)
    i_due_vicini_dicono_la_loro(story)
    si_guarda_ancora_dopo_trenta_novanta_e_centottanta_giorni(story)


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


def anna_sente_maria_e_poi_youssef(story: Story) -> None:
    page, maria, youssef = story.anna, story.maria, story.youssef
    assert youssef is not None
    page.goto("/oggi")
    row = page.locator(".day-rows > li", has_text="Primo contatto con chi segnala")
    row.get_by_role("link", name=re.compile("^Chiama")).click()
    expect(page.get_by_role("heading", name="Maria Bassi")).to_be_visible()
    none_of(page, "Youssef", "654321")
    looked_at(page, "390-lite-chiama")
    _write_contact(page, "Non dorme da un mese. Accetta di parlarne con la famiglia di sopra.")
    for link in (story.first_link, story.second_link):
        maria.goto(link)
        expect(maria.locator(".next-words")).to_contain_text("Anna ti richiama entro martedì 17 marzo")
        expect(maria.get_by_text("Abbiamo parlato con te.")).to_be_visible()
    youssef.reload()
    expect(youssef.locator(".next-words")).to_contain_text("Anna ti chiama entro domani")
    expect(youssef.get_by_text("Abbiamo parlato con te.")).to_have_count(0)

    page.goto("/oggi")
    row.get_by_role("link", name=re.compile("^Chiama")).click()
    expect(page.get_by_role("heading", name="Youssef Benali")).to_be_visible()
    _write_contact(page, "Lavora di notte, il sabato riposa con gli amici.")
    youssef.reload()
    expect(youssef.locator(".next-words")).to_contain_text("Anna ti richiama entro martedì 17 marzo")
    assert all(row.first_contact_at.date() <= row.due_on for row in Report.objects.all())
    for person in (maria, youssef):
        none_of(person, "Non dorme da un mese", "Lavora di notte")


def _write_contact(page: Page, words: str) -> None:
    press(page, "Registra il contatto")
    page.get_by_label("Che cosa è emerso").fill(words)
    press(page, "Salva")
    expect(page.get_by_text("Contatto registrato.").first).to_be_visible()


def anna_valuta_il_rischio_e_il_ritmo_si_stringe(story: Story) -> None:
    page = story.anna
    page.goto(f"/casi/{story.case}")
    page.get_by_role("link", name="valuta", exact=True).click()
    for question in default_questions().questions:
        group = page.get_by_role("group", name=str(question.words))
        group.get_by_text(str(question.answers[-1].words), exact=True).click()
    looked_at(page, "390-lite-rischio")
    press(page, "Salva")
    expect(page.get_by_text("Rischio valutato: alto (30 punti su 30).")).to_be_visible()
    rhythm = default_questions().bands[-1].rhythm_days
    assert Case.objects.get().next_contact_on == clock.add_working_days(clock.today(), rhythm)
    press(page, "Passa a: approfondimento")
    press(page, "Salva")
    expect(page.locator(".step-now")).to_contain_text("Approfondimento")
    for title, link in ((NOISE, story.first_link), (AGAIN, story.second_link)):
        story.maria.goto(link)
        expect(story.maria.get_by_role("heading", name=title)).to_be_visible()
        none_of(story.maria, "rischio", "punti su 30")


def anna_chiede_ai_servizi_sociali(story: Story) -> None:
    page = story.anna
    page.goto(f"/casi/{story.case}")
    page.get_by_role("link", name="chiedi a un ente").click()
    page.get_by_label("A chi").select_option(label="Servizi sociali")
    page.get_by_text("Invio: fanno qualcosa").click()
    page.get_by_label("Con quali parole").fill("Un sostegno a casa per chi assiste un malato")
    looked_at(page, "390-lite-chiedi")
    page.get_by_label("Consenso: quando e come").fill("a voce, al telefono, il 3 marzo")
    press(page, "Guarda l'anteprima")
    expect(page.get_by_role("heading", name="Ecco che cosa vedrà l'ente")).to_be_visible()
    looked_at(page, "390-lite-anteprima")
    page.get_by_role("button", name="Invia", exact=True).click()
    expect(page.get_by_text("in attesa di risposta").first).to_be_visible()


def paolo_accetta_e_riferisce(story: Story) -> None:
    paolo = story.paolo = signed_in(story.open_page, story.cast.paolo)
    paolo.locator(".row-title").first.click()
    expect(paolo.get_by_text("Un sostegno a casa per chi assiste un malato")).to_be_visible()
    expect(paolo.get_by_text("Via dei Mille, 12")).to_be_visible()
    none_of(paolo, "Maria", "Youssef", "059", SECRET, FEAR, NOISE, BLOWS, "/casi/", "rischio")
    looked_at(paolo, "390-lite-ente")
    press(paolo, "Accettiamo")
    paolo.get_by_role("link", name="scrivi", exact=True).click()
    paolo.get_by_label("Che cosa vuoi dire").fill("Un'assistente passa giovedì.")
    press(paolo, "Invia")
    for address in (f"/casi/{story.case}", f"/in-arrivo/{story.report(NOISE)}", "/oggi", "/cerca?q=musica"):
        paolo.goto(address)
        none_of(paolo, NOISE, BLOWS, "Maria", "Youssef")
    anna = story.anna
    anna.goto("/oggi")
    written = anna.locator(".day-rows > li", has_text="Servizi sociali ha scritto.")
    written.get_by_role("link", name=re.compile("^Apri")).click()
    expect(anna.get_by_text("Un'assistente passa giovedì.")).to_be_visible()
    looked_at(anna, "390-lite-ente-scrive")
    press(anna, "Ho letto")
    anna.goto("/oggi")
    expect(written).to_have_count(0)


def anna_chiede_una_mediazione(story: Story) -> None:
    page = story.anna
    page.goto(f"/casi/{story.case}")
    page.get_by_role("link", name="chiedi una mediazione").click()
    page.get_by_label("A quale mediatore").select_option(label="Marco Riva")
    page.get_by_label("Che cosa chiedi al mediatore").fill(
        "Rumori di notte e colpi di giorno: vorrebbero parlarne."
    )
    for party, title in (("Parte A", NOISE), ("Parte B", BLOWS)):
        chosen = page.get_by_label(party, exact=True).locator("option:checked")
        expect(chosen).to_contain_text(story.report(title))
    looked_at(page, "390-lite-mediazione-chiedi")
    press(page, "Invia")
    expect(page.get_by_text("in attesa del mediatore").first).to_be_visible()


def _hear_everybody(page: Page, case: str, until: str) -> None:
    """A word with all who reported, and the day of the next one."""
    page.goto(f"/casi/{case}/contatto")
    page.locator("[name=of]").select_option(label="tutti quelli che hanno segnalato")
    page.get_by_label("Prossimo contatto").fill(until)
    press(page, "Salva")
    expect(page.get_by_text("Contatto registrato.").first).to_be_visible()


def anna_richiama_tutti_e_due(story: Story) -> None:
    story.travel.to(dt.date(2026, 3, 4))
    _hear_everybody(story.anna, story.case, "2026-03-12")
    for page in story.residents():
        expect(page.locator(".next-words")).to_contain_text("Anna ti richiama entro giovedì 12 marzo")


def marco_accetta_e_sente_le_parti_da_sole(story: Story) -> None:
    marco = story.marco = signed_in(story.open_page, story.cast.marco, **DESKTOP)
    marco.goto("/mediazioni")
    marco.locator(".row-title").first.click()
    press(marco, "Accetto")
    story.file = marco.url
    for day, party, said in ((5, "parte A", "È esausta"), (6, "parte B", "Si sente accusato")):
        story.travel.to(dt.date(2026, 3, day))
        marco.goto(story.file)
        marco.get_by_role("link", name=f"scrivi un colloquio con la {party}").click()
        marco.get_by_label("Quando").fill(f"2026-03-0{day}")
        marco.get_by_label("Appunti").fill(said)
        press(marco, "Salva")
        marco.get_by_role("link", name=f"È adatta? Domande alla {party}").click()
        for question in QUESTIONS:
            group = marco.get_by_role("group", name=str(question.words))
            group.get_by_text(str(Answer(question.fits).label), exact=True).click()
        press(marco, "Salva")
        expect(marco.get_by_role("heading", name="Le parti")).to_be_visible()
    marco.get_by_role("button", name=re.compile("^Mostra i recapiti.*parte B")).click()
    expect(marco.get_by_text("Youssef Benali")).to_be_visible()
    marco.goto(story.file)
    looked_at(marco, "1366-lite-fascicolo")
    marco.goto(f"/casi/{story.case}")
    none_of(marco, NOISE)


def si_incontrano_e_firmano(story: Story) -> None:
    marco = story.marco
    assert marco is not None
    story.travel.to(dt.date(2026, 3, 12))
    marco.goto(story.file)
    press(marco, "È adatta: si incontrano")
    marco.get_by_role("link", name="scrivi un incontro").click()
    marco.get_by_label("Quando").fill("2026-03-12")
    marco.get_by_label("Appunti").fill("Si sono ascoltati.")
    press(marco, "Salva")
    for party, pact in (("parte A", "Prima di battere, telefono."), ("parte B", "Dopo le 22 uso le cuffie.")):
        marco.get_by_role("link", name="aggiungi un patto").click()
        marco.get_by_role("group", name="Chi").get_by_text(party, exact=True).click()
        marco.get_by_label("Che cosa fa").fill(pact)
        press(marco, "Salva")
    press(marco, "C'è un accordo")
    expect(marco.get_by_role("link", name="Stampa l'accordo")).to_be_visible()
    paper = words_of_pdf(marco, f"{story.file}/accordo.pdf")
    for words in ("Maria Bassi", "Youssef Benali", "Dopo le 22 uso le cuffie."):
        assert words in paper
    assert "ascoltati" not in paper and "esausta" not in paper
    press(marco, "È firmato")
    marco.get_by_label("Dove").fill("In biblioteca")
    press(marco, "Salva")
    looked_at(marco, "1366-lite-firmato")
    for page in (story.anna, story.carla):
        assert page.request.get(f"{story.file}/accordo.pdf").status in (403, 404)
        page.goto(f"/casi/{story.case}/mediazione")
        expect(page.get_by_text("Marco Riva").first).to_be_visible()
        none_of(page, *WALLED)
        page.goto(f"/casi/{story.case}")
        none_of(page, *WALLED)


def anna_tiene_il_filo_mentre_si_accordano(story: Story) -> None:
    page = story.anna
    page.goto(f"/casi/{story.case}")
    press(page, "Impegno")
    page.get_by_label("Di chi è l'impegno").select_option(label="noi")
    page.locator("[name=what]").fill("passa il sabato sera")
    page.get_by_label("Entro quando").fill("2026-03-21")
    press(page, "Salva")
    _hear_everybody(page, story.case, "2026-03-23")
    for resident in story.residents():
        expect(resident.locator(".agreed")).to_contain_text("passa il sabato sera")
        none_of(resident, *WALLED, "Servizi sociali", "assistente", "mediazione", "mediatore")
    none_of(story.maria, "Youssef", BLOWS)
    assert story.youssef is not None
    none_of(story.youssef, "Maria", NOISE, AGAIN)
    story.travel.to(dt.date(2026, 3, 23))
    page.goto("/oggi")
    looked_at(page, "390-lite-giornata")
    due = page.locator(".day-rows > li", has_text="passa il sabato sera")
    due.get_by_role("link", name=re.compile("^Mantenuto")).click()
    page.get_by_label("Com'è andata?").select_option(label="mantenuto")
    press(page, "Salva")


def paolo_conclude(story: Story) -> None:
    paolo = story.paolo
    assert paolo is not None
    paolo.goto("/rete")
    paolo.locator(".row-title").first.click()
    paolo.get_by_role("link", name="Abbiamo concluso").click()
    paolo.get_by_label("Che cosa vuoi dire").fill("Due mattine la settimana, fino a giugno.")
    press(paolo, "Invia")
    expect(paolo.get_by_text("concluso", exact=True).first).to_be_visible()
    for resident in story.residents():
        none_of(resident, "Servizi sociali", "Due mattine")
    page = story.anna
    page.goto("/oggi")
    page.locator(".day-rows > li", has_text="Leggi com'è finita").get_by_role(
        "link", name=re.compile("^Apri")
    ).click()
    expect(page.get_by_text("Due mattine la settimana, fino a giugno.").first).to_be_visible()
    looked_at(page, "390-lite-richiesta-conclusa")
    press(page, "Ho letto com'è finita")
    page.goto(f"/casi/{story.case}")
    for stage in ("intervento", "verifica", "monitoraggio"):
        press(page, f"Passa a: {stage}")
        press(page, "Salva")
        expect(page.locator(".step-now")).to_contain_text(stage.capitalize())
    _hear_everybody(page, story.case, "2026-09-22")
    looked_at(page, "390-lite-caso-avanti")


def marco_verifica_dopo_uno_tre_e_sei_mesi(story: Story) -> None:
    marco = story.marco
    assert marco is not None
    for month in (4, 6, 9):
        story.travel.to(dt.date(2026, month, 14))
        run_due()
        marco.goto("/mediazioni")
        marco.get_by_role("link", name="Chiedi alle parti come va l'accordo").click()
        marco.get_by_text("rispettato", exact=True).click()
        press(marco, "Salva")
        expect(marco.get_by_role("heading", name="Verifiche")).to_be_visible()
    press(marco, "Chiudi la mediazione")
    marco.get_by_text("accordo rispettato", exact=True).click()
    press(marco, "Salva")
    looked_at(marco, "1366-lite-mediazione-finita")
    page = story.anna
    page.goto("/oggi")
    ended = page.locator(".day-rows > li", has_text="Mediazione finita: accordo rispettato")
    ended.get_by_role("link", name=re.compile("^Apri")).click()
    none_of(page, *WALLED)
    press(page, "Ho letto com'è finita")


def anna_chiede_di_chiudere(story: Story) -> None:
    page = story.anna
    story.travel.to(dt.date(2026, 9, 22))
    page.goto("/oggi")
    page.locator(".day-rows > li", has_text="Richiamare chi segnala").get_by_role(
        "link", name=re.compile("^Fatto")
    ).click()
    page.locator("[name=of]").select_option(label="tutti quelli che hanno segnalato")
    page.get_by_label("Che cosa è emerso").fill("Si salutano sulle scale.")
    press(page, "Salva")
    page.goto(f"/casi/{story.case}")
    press(page, "Chiedi la chiusura")
    page.get_by_label("Com'è finita").select_option(label="risolto")
    page.get_by_label("Che cosa è cambiato").fill("Da aprile nessuno ha più sentito rumori di notte.")
    page.get_by_label("Che cosa ne pensa chi ha segnalato").fill("Maria dorme; Youssef non sente più colpi.")
    looked_at(page, "390-lite-chiudi")
    press(page, "Chiedi la chiusura")
    expect(page.get_by_text("Chiusura chiesta").first).to_be_visible()
    for resident in story.residents():
        none_of(resident, "chiusura", "Abbiamo chiuso")


def carla_approva(story: Story) -> None:
    page = story.carla
    page.goto("/oggi")
    page.get_by_text("Anna Ferri chiede di chiudere il caso.").first.click()
    expect(page.get_by_text("Maria dorme; Youssef non sente più colpi.")).to_be_visible()
    none_of(page, *WALLED)
    looked_at(page, "1366-lite-chiusura")
    press(page, "Approva e chiudi")
    expect(page.get_by_text("Caso chiuso: chi ha segnalato riceve l'esito.").first).to_be_visible()
    for email in ("maria@posta.example", "youssef@posta.example"):
        assert mailed_to(email, "case_closed", "risolto")


def i_due_vicini_dicono_la_loro(story: Story) -> None:
    asked = 0
    for page in story.residents():
        expect(page.locator(".next-words")).to_have_text("Abbiamo chiuso il caso: risolto.")
        expect(page.get_by_text("Da aprile nessuno ha più sentito rumori di notte.").first).to_be_visible()
        none_of(page, *WALLED, "Maria dorme", "Youssef non sente", "Servizi sociali", "Si salutano")
        page.get_by_role("link", name="Dicci se è così").click()
        page.get_by_label("Sì, confermo").check()
        press(page, "Invia")
        expect(page.get_by_text("La tua risposta è arrivata")).to_be_visible()
        if page.get_by_role("heading", name="Com'è andata con noi?").count():
            asked += 1
            for group in page.locator("main").get_by_role("group").all():
                group.get_by_label("molto", exact=True).check()
            press(page, "Invia")
            expect(page.get_by_text("ci aiuta a lavorare meglio")).to_be_visible()
        expect(page.get_by_text("Hai confermato.").first).to_be_visible()
        expect(page.get_by_role("link", name="Dicci com'è andata con noi")).to_have_count(0)
    # Maria has two pages and is one person.
    assert asked == 2
    assert story.youssef is not None
    looked_at(story.youssef, "390-lite-segui-chiuso")


def si_guarda_ancora_dopo_trenta_novanta_e_centottanta_giorni(story: Story) -> None:
    page = story.anna
    closed_on = clock.today()
    for days in (30, 90, 180):
        story.travel.to(closed_on + dt.timedelta(days=days))
        run_due()
        page.goto("/oggi")
        row = page.locator(".day-rows > li", has_text="Guardare com'è andata")
        row.get_by_role("link", name=re.compile("^Guarda")).last.click()
        expect(page.get_by_text("dopo la chiusura: 0.")).to_be_visible()
        page.get_by_label("Com'è la situazione").fill("Tutto tranquillo.")
        press(page, "Salva")
    page.goto(f"/casi/{story.case}")
    expect(page.locator(".rows").get_by_text("0 nuove segnalazioni")).to_have_count(3)
    looked_at(page, "390-lite-dopo")
    page.goto("/oggi")
    none_of(page, story.case)
