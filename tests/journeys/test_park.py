"""A park that keeps coming back, thought through with the SARA sheet, from twenty reports to the report that asks to open it again.

Ada imports the old register, Elena and Omar report from their phones, Anna follows on the street, Carla coordinates at a
desk; the housing company has an account and declines, the parish has only an e-mail and accepts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, Opener, Travel
from tests.journeys.steps import (
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
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.network import actions as network
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.domain.territory.models import Place
from vicinia.foundation.kernel import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE, THERE = (44.802, 10.608), (44.808, 10.602)
PARK, OTHER_PARK = "Parco dei Tigli", "Parco delle Rose"
SYRINGES, BOTTLES = "Siringhe vicino ai giochi", "Vetri rotti sull'erba"
MAPPING = """source = "vecchio-programma"
title = "{titolo}"
box = "any"
columns = { id = "numero", opened = "aperta", kind = "tipo", state = "stato", x = "lon", y = "lat", place_words = "luogo" }
states = { open = ["aperta"], answered = ["risposta"] }
[kinds]
map = { "Parchi" = "parchi" }
"""


def register(rows: Iterator[tuple[dt.date, tuple[float, float], str, str]], series: str) -> bytes:
    """Rows of the old program: a day, a point, a place in words, a state."""
    lines = ["numero,aperta,tipo,titolo,stato,lat,lon,luogo"]
    for number, (day, (lat, lon), place, state) in enumerate(rows):
        title = f"Bottiglie e rumore nel parco {series}{number}"
        lines.append(f"{series}{number},{day.isoformat()},Parchi,{title},{state},{lat},{lon},{place}")
    return "\n".join(lines).encode()


def every_three_days(since: dt.date, count: int, point: tuple[float, float], place: str, state: str) -> Any:
    return ((since + dt.timedelta(days=3 * number), point, place, state) for number in range(count))


@dataclass
class Story:
    """Who is at which screen, and the numbers they talk about."""

    cast: Cast
    travel: Travel
    ada: Page
    anna: Page
    carla: Page
    open_page: Opener
    elena: Page | None = None
    omar: Page | None = None
    paolo: Page | None = None
    case: str = ""

    def go(self, page: Page, where: str = "") -> None:
        """To the page of the case, or of something in it."""
        page.goto(f"/casi/{self.case}{where}")


@pytest.fixture
def story(place: Cast, open_page: Opener, travel: Travel, settings: Any, tmp_path: Path) -> Story:
    """Two parks, two bodies, the description of the old program's file; everybody at their screen on Monday morning."""
    settings.SECOND_FACTOR = False
    settings.HOME = tmp_path
    (tmp_path / "importazioni").mkdir()
    (tmp_path / "importazioni" / "vecchio.toml").write_text(MAPPING)
    kind("parchi", name="Degrado nei parchi", is_public=True)
    for code, name, (lat, lon) in (("tigli", PARK, HERE), ("rose", OTHER_PARK, THERE)):
        Place.objects.create(code=code, name=name, lat=lat, lon=lon, area=place.crocetta)
    by = place.actor(place.carla)
    housing = network.write_body(by=by, card=network.BodyCard(code="casa", name="Azienda casa"))
    network.write_person(by=by, body=housing, card=network.PersonCard(name="Paolo Neri", user=place.paolo))
    card = network.BodyCard(code="parrocchia", name="Parrocchia", email="parrocchia@ente.example")
    network.write_body(by=by, card=card)
    return Story(
        cast=place,
        travel=travel,
        ada=signed_in(open_page, place.ada, **DESKTOP),
        anna=signed_in(open_page, place.anna),
        carla=signed_in(open_page, place.carla, **DESKTOP),
        open_page=open_page,
    )


def test_a_park_is_thought_through_and_looked_after(story: Story) -> None:
    ada_importa_il_vecchio_registro(story)
    elena_e_omar_segnalano(story)
    anna_unisce_i_doppioni_e_apre_il_caso(story)
    anna_sente_elena(story)
    anna_comincia_la_scheda(story)
    anna_sceglie_due_misure(story)
    l_azienda_casa_non_puo(story)
    la_parrocchia_accetta_con_un_codice(story)
    il_tavolo_ne_decide_una_cosa(story)
    anna_passa_al_parco_in_un_giro(story)
    si_fa_quello_che_era_previsto(story)
    arrivano_i_numeri_della_primavera(story)
    anna_misura_se_ha_funzionato(story)
    anna_finisce_la_scheda_e_la_stampa(story)
    si_chiude(story)
    il_problema_torna(story)


# Twenty reports, one problem -----------------------------------------------------------------------------------------


def _import(page: Page, content: bytes, kept: int) -> None:
    file = {"name": "registro.csv", "mimeType": "text/csv", "buffer": content}
    page.goto("/importazioni")
    for label in ("Prova il file", "Importa"):
        page.locator("[name=file]").set_input_files([file])  # type: ignore[list-item]
        if label == "Importa":
            expect(page.get_by_text("non abbiamo ancora scritto niente")).to_be_visible()
            looked_at(page, "1366-parco-importa")
        press(page, label)
    expect(page.get_by_text(f"Importate {kept} segnalazioni.").first).to_be_visible()


def ada_importa_il_vecchio_registro(story: Story) -> None:
    """Last spring's reports, of the park and of another one: eighteen were never answered."""
    spring = dt.date(2025, 4, 22)
    rows = [
        *every_three_days(spring, 18, HERE, PARK, "aperta"),
        *every_three_days(spring, 18, THERE, OTHER_PARK, "risposta"),
    ]
    _import(story.ada, register(iter(rows), "a"), 36)
    story.ada.goto("/in-arrivo")
    none_of(story.ada, "Bottiglie e rumore")


def _report(page: Page, title: str, place: str) -> None:
    read_the_notice(page)
    page.get_by_role("combobox", name="Cerca un luogo").press_sequentially(place[:9].lower())
    page.get_by_role("option", name=place).click()
    page.get_by_label("Tipo di disservizio").select_option(label="Degrado nei parchi")
    page.get_by_label("Titolo").fill(title)
    page.get_by_label("Dettagli").fill("Ogni mattina, da mesi. I bambini giocano lì.")


def _send(page: Page) -> None:
    page.get_by_role("button", name="Avanti").last.click()
    looked_at(page, "390-parco-riepilogo")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("heading", name="Segnalazione inviata")).to_be_visible()
    page.goto(page.locator(".private-link a").get_attribute("href") or "")


def elena_e_omar_segnalano(story: Story) -> None:
    elena = story.elena = story.open_page("/segnala")
    _report(elena, SYRINGES, PARK)
    elena.get_by_label("Sì, così potete cercarmi").check()
    elena.get_by_label("Nome e cognome").fill("Elena Gatti")
    elena.get_by_label("E-mail", exact=True).fill("elena@posta.example")
    elena.get_by_label("Telefono", exact=True).fill("059 333444")
    _send(elena)
    omar = story.omar = story.open_page("/segnala")
    _report(omar, BOTTLES, PARK)
    omar.get_by_label("No, resto anonimo").check()
    _send(omar)
    expect(omar.get_by_text("Non hai lasciato contatti")).to_be_visible()
    none_of(omar, "Elena", SYRINGES)


def anna_unisce_i_doppioni_e_apre_il_caso(story: Story) -> None:
    page = story.anna
    page.goto("/in-arrivo?vista=tutte")
    page.get_by_role("link", name=BOTTLES).click()
    elenas = Report.objects.get(title=SYRINGES).reference
    page.locator("#simili").get_by_role("link", name=f"Unisci {elenas}").click()
    page.get_by_label("Perché sono la stessa cosa").fill("stesso prato, stessa mattina")
    press(page, "Unisci a un'altra")
    assert story.omar is not None
    story.omar.reload()
    expect(story.omar.locator(".next-words")).to_contain_text("unita a un'altra")
    none_of(story.omar, "Elena", SYRINGES, elenas)

    page.goto(f"/in-arrivo/{elenas}")
    press(page, "Apri un caso")
    page.get_by_label("Titolo").fill(PARK)
    page.get_by_label("Che caso è").select_option(label="Problema di un luogo")
    press(page, "Salva")
    expect(page.get_by_text("Referente: Anna Ferri")).to_be_visible()
    story.case = Case.objects.get().reference
    page.get_by_role("link", name="collega le segnalazioni vicine").click()
    looked_at(page, "390-parco-vicine")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Perché è lo stesso problema").fill("stesso parco")
    press(page, "Salva")
    expect(page.get_by_text("Segnalazioni collegate.")).to_be_visible()
    assert Case.objects.get().report_links.count() == 19
    looked_at(page, "390-parco-caso")


# SARA ----------------------------------------------------------------------------------------------------------------


def anna_sente_elena(story: Story) -> None:
    page = story.anna
    story.travel.to(dt.date(2026, 3, 3))
    page.goto("/oggi")
    row = page.locator(".day-rows > li", has_text="Primo contatto con chi segnala")
    row.get_by_role("link", name=re.compile("^Chiama")).click()
    expect(page.get_by_role("heading", name="Elena Gatti")).to_be_visible()
    press(page, "Registra il contatto")
    page.get_by_label("Che cosa è emerso").fill("Le trova la mattina presto, vicino allo scivolo.")
    page.get_by_label("Prossimo contatto").fill("2026-04-20")
    press(page, "Salva")
    assert story.elena is not None
    story.elena.reload()
    expect(story.elena.locator(".next-words")).to_contain_text("Anna ti richiama entro lunedì 20 aprile")


def _think(page: Page, case: str, part: str) -> None:
    """Every question of a part is answered, with words that the paper shows in its order."""
    page.goto(f"/casi/{case}/scheda-sara/{part}/scrivi")
    for question in QUESTIONS[part]:
        page.get_by_label(str(question.label)).fill(f"Risposta {question.name}")
    looked_at(page, f"390-parco-{part}")
    press(page, "Salva")
    expect(page.get_by_text(f"Risposta {QUESTIONS[part][-1].name}")).to_be_visible()


def anna_comincia_la_scheda(story: Story) -> None:
    page = story.anna
    story.go(page)
    press(page, "Comincia la scheda")
    story.go(page)
    expect(page.get_by_role("link", name="Scheda SARA, emersione: da completare.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Passa a: approfondimento"))).to_have_attribute(
        "aria-disabled", "true"
    )
    _think(page, story.case, Part.SCANNING)
    story.go(page)
    press(page, "Passa a: approfondimento")
    press(page, "Salva")
    _think(page, story.case, Part.ANALYSIS)
    for cause in ("Il cancello resta aperto la notte", "Lo scivolo non è illuminato"):
        page.get_by_role("link", name="aggiungi una causa").click()
        page.get_by_label("Che cosa lo rende possibile").fill(cause)
        press(page, "Salva")
    looked_at(page, "390-parco-scheda")


def anna_sceglie_due_misure(story: Story) -> None:
    page = story.anna
    for cause, what, why, owner in (
        (
            "Il cancello resta aperto la notte",
            "Chiudere il cancello alle 22",
            "Senza passaggio non ci si ferma",
            "Parrocchia",
        ),
        (
            "Lo scivolo non è illuminato",
            "Un lampione allo scivolo",
            "Chi è visto non si ferma",
            "Ufficio verde",
        ),
    ):
        page.goto(f"/casi/{story.case}/scheda-sara")
        page.get_by_role("link", name="aggiungi una misura").click()
        page.get_by_label("Su quale causa agisce").select_option(label=cause)
        page.get_by_label("Che cosa si fa").fill(what)
        page.get_by_label("Perché dovrebbe funzionare").fill(why)
        page.get_by_label("Di chi è").fill(owner)
        page.get_by_label("Quando").fill("2026-04-20")
        looked_at(page, "390-parco-misura")
        press(page, "Salva")
        expect(page.get_by_text(why).first).to_be_visible()
    looked_at(page, "390-parco-scheda-misure")
    story.go(page)
    press(page, "Passa a: intervento")
    press(page, "Salva")
    expect(page.locator(".step-now")).to_contain_text("Intervento")


# The network ---------------------------------------------------------------------------------------------------------


def _ask(page: Page, case: str, body: str) -> None:
    page.goto(f"/casi/{case}/rete/chiedi")
    page.get_by_label("A chi").select_option(label=body)
    page.get_by_text("Invio: fanno qualcosa").click()
    page.get_by_label("Con quali parole").fill("Chiudere il cancello alle 22")
    page.get_by_label("Su quale base").select_option(label="compito di interesse pubblico")
    page.get_by_label("Consenso: quando e come").fill("Non servono dati di persone.")
    press(page, "Guarda l'anteprima")
    page.get_by_role("button", name="Invia", exact=True).click()
    expect(page.get_by_text("in attesa di risposta").first).to_be_visible()


def l_azienda_casa_non_puo(story: Story) -> None:
    _ask(story.anna, story.case, "Azienda casa")
    paolo = story.paolo = signed_in(story.open_page, story.cast.paolo, **DESKTOP)
    paolo.locator(".row-title").first.click()
    none_of(paolo, "Elena", "333444", SYRINGES, BOTTLES)
    press(paolo, "Non possiamo")
    paolo.get_by_label("Motivo").fill("Il cancello è della parrocchia.")
    press(paolo, "Invia")
    expect(paolo.get_by_text("rifiutato", exact=True).first).to_be_visible()
    looked_at(paolo, "1366-parco-rifiutata")
    page = story.anna
    page.goto("/oggi")
    declined = page.locator(".day-rows > li", has_text="Azienda casa: rifiutato")
    declined.get_by_role("link", name=re.compile("^Apri")).click()
    expect(page.get_by_text("Il cancello è della parrocchia.").first).to_be_visible()
    press(page, "Ho letto com'è finita")


def la_parrocchia_accetta_con_un_codice(story: Story) -> None:
    _ask(story.anna, story.case, "Parrocchia")
    link = mailed_to("parrocchia@ente.example", "referral_by_link", r"/collegamento/\S+")
    parish = story.open_page(link)
    press(parish, "Mandami il codice")
    code = mailed_to("parrocchia@ente.example", "referral_code", r"^\d{6}$")
    parish.get_by_label("Codice di sei cifre").fill(code)
    press(parish, "Entra")
    expect(parish.get_by_text("Chiudere il cancello alle 22")).to_be_visible()
    none_of(parish, "Elena", SYRINGES, BOTTLES)
    looked_at(parish, "390-parco-parrocchia")
    press(parish, "Accettiamo")
    parish.get_by_role("link", name="Abbiamo concluso").click()
    parish.get_by_label("Che cosa vuoi dire").fill("Chiudiamo noi, ogni sera.")
    press(parish, "Invia")
    expect(parish.get_by_text("concluso", exact=True).first).to_be_visible()
    page = story.anna
    page.goto("/oggi")
    ended = page.locator(".day-rows > li", has_text="Parrocchia: concluso")
    ended.get_by_role("link", name=re.compile("^Apri")).click()
    press(page, "Ho letto com'è finita")
    assert story.elena is not None
    story.elena.reload()
    expect(story.elena.get_by_text("Parrocchia ha accettato di occuparsene.")).to_be_visible()
    none_of(story.elena, "Azienda casa", "Omar", BOTTLES)


def il_tavolo_ne_decide_una_cosa(story: Story) -> None:
    carla, anna = story.carla, story.anna
    carla.goto("/tavoli")
    carla.get_by_role("link", name="Convoca un tavolo").first.click()
    carla.get_by_label("Titolo").fill("Tavolo della Crocetta")
    carla.get_by_label("Giorno").fill("2026-03-10")
    carla.get_by_label("Dove").fill("Sala civica")
    press(carla, "Scegli gli invitati")
    carla.get_by_text("Parrocchia", exact=True).click()
    carla.get_by_text("Anna Ferri", exact=True).click()
    press(carla, "Aggiungi agli invitati")
    story.go(anna, "/tavoli")
    anna.get_by_role("link", name="porta a un tavolo").click()
    looked_at(anna, "390-parco-porta-al-tavolo")
    press(anna, "Salva")
    story.travel.to(dt.date(2026, 3, 10))
    carla.goto("/oggi")
    carla.locator(".day-rows > li", has_text="Tavolo di rete").get_by_role(
        "link", name=re.compile("^Apri")
    ).click()
    expect(carla.get_by_text(PARK).first).to_be_visible()
    looked_at(carla, "1366-parco-tavolo")
    press(carla, "Comincia e apri il verbale")
    carla.get_by_role("link", name=re.compile("^scrivi")).first.click()
    carla.get_by_label("Che cosa si è detto").fill("Il cancello si chiude; di notte non passa nessuno.")
    carla.get_by_label("Che cosa si è deciso").fill("Si passa a piedi la sera")
    press(carla, "Salva")
    carla.get_by_role("link", name=re.compile("^Aggiungi un.azione")).first.click()
    carla.locator("#id_what").fill("Passare a piedi nel parco la sera")
    carla.get_by_label("Chi lo fa").select_option(label="Anna Ferri")
    press(carla, "Salva")
    looked_at(carla, "1366-parco-verbale")
    story.go(anna)
    expect(anna.get_by_text("Passare a piedi nel parco la sera").first).to_be_visible()
    story.go(anna, "/tavoli")
    expect(anna.get_by_text("Si passa a piedi la sera")).to_be_visible()


def anna_passa_al_parco_in_un_giro(story: Story) -> None:
    carla, page = story.carla, story.anna
    carla.goto("/giri/nuovo")
    carla.get_by_text("Crocetta", exact=True).click()
    carla.get_by_text("Anna Ferri", exact=True).click()
    carla.get_by_text("Carla Monti", exact=True).last.click()
    press(carla, "Scegli le tappe")
    carla.locator("main").get_by_text(PARK).first.click()
    looked_at(carla, "1366-parco-tappe")
    press(carla, "Aggiungi le tappe scelte")
    page.goto("/oggi")
    page.get_by_role("link", name="Giro a piedi").first.click()
    press(page, "Comincia il giro")
    page.get_by_role("button", name=re.compile("^Vista")).first.click()
    page.get_by_role("link", name=re.compile("Rileva.*Tigli")).click()
    page.get_by_text("degrado", exact=True).click()
    page.get_by_label("In poche parole").fill("Bottiglie sotto lo scivolo")
    looked_at(page, "390-parco-rileva")
    press(page, "Registra")
    page.get_by_role("link", name="Concludi").click()
    press(page, "Concludi")
    expect(page.get_by_text("concluso", exact=True)).to_be_visible()
    page.get_by_role("link", name="Decidi").click()
    looked_at(page, "390-parco-decidi")
    page.get_by_role("radio", name=re.compile("^annotata in un caso")).check()
    expect(page.get_by_label("Quale caso").locator("option:checked")).to_contain_text(story.case)
    press(page, "Salva")
    story.go(page)
    expect(page.get_by_text("Bottiglie sotto lo scivolo").first).to_be_visible()
    assert story.elena is not None
    story.elena.reload()
    none_of(story.elena, "Bottiglie sotto lo scivolo", "Tavolo")


def si_fa_quello_che_era_previsto(story: Story) -> None:
    page = story.anna
    story.travel.to(dt.date(2026, 4, 20))
    run_due()
    page.goto("/oggi")
    looked_at(page, "390-parco-giornata")
    for what in ("Chiudere il cancello alle 22", "Un lampione allo scivolo"):
        page.goto("/oggi")
        row = page.locator(".day-rows > li", has_text=what)
        row.get_by_role("link", name=re.compile("^Svolto")).click()
        page.get_by_label("Com'è andata").fill("Fatto, come previsto.")
        press(page, "Salva")
        expect(page.get_by_text("Intervento registrato.").first).to_be_visible()
    page.goto("/oggi")
    row = page.locator(".day-rows > li", has_text="Richiamare chi segnala")
    row.get_by_role("link", name=re.compile("^Fatto")).click()
    page.get_by_label("Prossimo contatto").fill("2026-06-22")
    press(page, "Salva")
    assert story.elena is not None
    story.elena.reload()
    expect(story.elena.locator(".agreed")).to_contain_text("Chiudere il cancello alle 22")


# Whether it worked ---------------------------------------------------------------------------------------------------


def arrivano_i_numeri_della_primavera(story: Story) -> None:
    """After the gate is closed: two reports from the park, as many as ever from the other one."""
    story.travel.to(dt.date(2026, 6, 22))
    run_due()
    rows = [
        *every_three_days(dt.date(2026, 4, 25), 2, HERE, PARK, "risposta"),
        *every_three_days(dt.date(2026, 4, 22), 17, THERE, OTHER_PARK, "risposta"),
    ]
    _import(story.ada, register(iter(rows), "b"), 19)


def anna_misura_se_ha_funzionato(story: Story) -> None:
    page = story.anna
    story.go(page)
    page.get_by_role("link", name="Scegli come misurare").click()
    page.get_by_label("Da quando si interviene").fill("2026-04-20")
    page.get_by_label("Perché quel luogo è simile").fill("Stesso verde, stessi giochi, stessi orari.")
    press(page, "Salva")
    expect(
        page.get_by_text("Scegli sulla mappa, o con un indirizzo, il luogo di confronto.").first
    ).to_be_visible()
    # By words and the keyboard alone.
    box = page.get_by_role("combobox", name="Luogo di confronto")
    box.press_sequentially("parco delle rose")
    expect(page.get_by_role("option", name=OTHER_PARK)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    looked_at(page, "390-parco-misura-scegli")
    press(page, "Salva")
    expect(
        page.get_by_text("Nella zona dell'intervento le segnalazioni sono passate da 18 a 2.")
    ).to_be_visible()
    # Eighteen and two: so few that nobody may say why, and the page says so.
    expect(page.get_by_text("Non si può dire se dipende dall'intervento.")).to_be_visible()
    expect(page.get_by_text(re.compile("in almeno una zona sono meno di cinque"))).to_be_visible()
    expect(page.get_by_text(re.compile("Nell'anello intorno sono passate da 0 a 0"))).to_be_visible()
    page.locator(".map").scroll_into_view_if_needed()
    expect(page.locator(".map-circle")).to_have_count(4)
    looked_at(page, "390-parco-ha-funzionato")
    # And by the map, with a finger, which here would land too near.
    press(page, "Cambia")
    picker = page.locator("[data-map]")
    picker.scroll_into_view_if_needed()
    expect(page.locator(".map-chosen")).to_be_visible()
    before = page.locator("#id_lat").input_value()
    picker.click(position={"x": 60, "y": 60})
    expect(page.locator("#id_lat")).not_to_have_value(before)
    looked_at(page, "390-parco-misura-mappa")
    story.carla.goto(f"/casi/{story.case}/ha-funzionato")
    looked_at(story.carla, "1366-parco-ha-funzionato")
    paper = words_of_pdf(story.carla, f"/casi/{story.case}/ha-funzionato.pdf")
    assert "da 18 a 2" in paper and "Non si può dire" in paper


def anna_finisce_la_scheda_e_la_stampa(story: Story) -> None:
    page = story.anna
    story.go(page)
    press(page, "Passa a: verifica")
    press(page, "Salva")
    _think(page, story.case, Part.ASSESSMENT)
    story.go(page)
    press(page, "Passa a: monitoraggio")
    press(page, "Salva")
    _think(page, story.case, Part.MAINTENANCE)
    paper = words_of_pdf(page, f"/casi/{story.case}/scheda-sara/stampa.pdf")
    said = [f"Risposta {question.name}" for part in Part for question in QUESTIONS[part]]
    said.insert(said.index("Risposta process"), "Senza passaggio non ci si ferma")
    places = [paper.index(words) for words in said]
    assert places == sorted(places), "the parts are printed in the order in which they are thought"
    none_of(page, "Elena", "Omar")
    assert "Elena" not in paper and "333444" not in paper


def si_chiude(story: Story) -> None:
    page, carla = story.anna, story.carla
    page.goto("/oggi")
    row = page.locator(".day-rows > li", has_text="Passare a piedi nel parco la sera")
    row.get_by_role("button", name=re.compile("^Fatto")).click()
    expect(row).to_have_count(0)
    story.go(page)
    press(page, "Contatto")
    page.get_by_label("Che cosa è emerso").fill("Da maggio non trova più niente.")
    press(page, "Salva")
    press(page, "Chiedi la chiusura")
    page.get_by_label("Com'è finita").select_option(label="risolto")
    page.get_by_label("Che cosa è cambiato").fill("Il cancello si chiude e lo scivolo è illuminato.")
    page.get_by_label("Che cosa ne pensa chi ha segnalato").fill("È contenta.")
    press(page, "Chiedi la chiusura")
    carla.goto("/oggi")
    carla.get_by_text("Anna Ferri chiede di chiudere il caso.").first.click()
    looked_at(carla, "1366-parco-chiusura")
    press(carla, "Approva e chiudi")
    assert story.elena is not None
    story.elena.reload()
    expect(story.elena.locator(".next-words")).to_have_text("Abbiamo chiuso il caso: risolto.")
    none_of(story.elena, "È contenta", "Azienda casa")
    looked_at(story.elena, "390-parco-elena-chiuso")


def il_problema_torna(story: Story) -> None:
    """Thirty days of quiet, then two reports: whether to open again is asked, and the sheet is thought again."""
    page = story.anna
    story.travel.to(clock.today() + dt.timedelta(days=30))
    run_due()
    page.goto("/oggi")
    watch = page.locator(".day-rows > li", has_text="Guardare com'è andata")
    watch.get_by_role("link", name=re.compile("^Guarda")).last.click()
    expect(page.get_by_text("dopo la chiusura: 0.")).to_be_visible()
    page.get_by_label("Com'è la situazione").fill("Tranquillo.")
    press(page, "Salva")
    story.travel.to(clock.today() + dt.timedelta(days=20))
    for title in ("Di nuovo siringhe", "Il cancello era aperto"):
        resident = story.open_page("/segnala")
        _report(resident, title, PARK)
        resident.get_by_label("No, resto anonimo").check()
        _send(resident)
    run_due()
    page.goto("/oggi")
    back = page.locator(".day-rows > li", has_text="si riapre?")
    looked_at(page, "390-parco-torna")
    back.get_by_role("link", name=re.compile("^Apri")).click()
    expect(page.get_by_text("Di nuovo siringhe").first).to_be_visible()
    looked_at(page, "390-parco-tornate")
    page.get_by_role("link", name="Riapri il caso").click()
    page.get_by_label("Motivo").fill("Il cancello non si chiude più.")
    press(page, "Salva")
    expect(page.get_by_text("Caso riaperto.").first).to_be_visible()
    page.get_by_role("link", name="collega le segnalazioni vicine").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Salva")
    assert Case.objects.get().report_links.count() == 21
    assert story.elena is not None
    story.elena.reload()
    expect(story.elena.locator(".next-words")).not_to_contain_text("chiuso")
