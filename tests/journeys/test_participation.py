"""Deciding together: an assembly from its call to a decision that is carried out; a proposal from the portal to its result."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import (
    looked_at,
    mailed_to,
    none_of,
    photo,
    press,
    signed_in,
    well_made,
    words_of_pdf,
)
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.participation.models import Idea
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.mark.parametrize("size", SIZES)
def test_an_assembly_from_its_call_to_a_decision_carried_out(
    place: Cast, open_page: Opener, travel: Travel, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/partecipazione")
    well_made(lucia, f"partecipazione-{size}")
    lucia.goto("/laboratorio/processi")
    well_made(lucia, f"processi-vuoti-{size}")
    press(lucia, "Prepara un processo")
    lucia.get_by_label("Titolo").fill("Il nuovo cortile")
    lucia.get_by_label("In breve").fill("Decidiamo insieme che cosa diventa il cortile.")
    well_made(lucia, f"processo-nuovo-{size}")
    press(lucia, "Vai alle fasi")
    press(lucia, "aggiungi una fase")
    lucia.get_by_label("Titolo").fill("Raccogliamo le idee")
    lucia.locator("#id_from_day").fill(str(clock.today()))
    lucia.locator("#id_to_day").fill(str(clock.today() + dt.timedelta(days=60)))
    lucia.get_by_text("In questa fase si raccolgono proposte").click()
    well_made(lucia, f"fase-{size}")
    press(lucia, "Salva")
    press(lucia, "Apri a tutti")
    well_made(lucia, f"processo-{size}")

    # The call: with too little notice it says which day is the first one possible.
    press(lucia, "Prepara un'assemblea")
    day = clock.today() + dt.timedelta(days=14)
    lucia.get_by_text("assemblea", exact=True).click()
    lucia.get_by_label("Titolo").fill("Assemblea del cortile")
    lucia.get_by_label("Perché ci si trova").fill("Scegliamo insieme dove mettere le panchine.")
    lucia.locator("#id_day").fill(str(clock.today() + dt.timedelta(days=5)))
    lucia.locator("#id_from_time").fill("18:00")
    lucia.locator("#id_to_time").fill("20:00")
    lucia.locator("#id_place").fill("Sala comune")
    lucia.get_by_label("Quanti sono gli aventi diritto").fill("10")
    lucia.get_by_label("Posti").fill("2")
    well_made(lucia, f"assemblea-nuova-{size}")
    press(lucia, "Vai all'ordine del giorno")
    press(lucia, "aggiungi un punto")
    lucia.get_by_label("Argomento").fill("Le panchine")
    lucia.get_by_label("Spiegalo in parole semplici").fill("Quante, e dove c'è ombra.")
    press(lucia, "Salva")
    expect(lucia.get_by_text("Servono almeno 10 giorni di avviso.").first).to_be_visible()
    press(lucia, "Cambia i dati")
    lucia.locator("#id_day").fill(str(day))
    press(lucia, "Salva")
    looked_at(lucia, f"assemblea-pronta-{size}")
    press(lucia, "Convoca")
    well_made(lucia, f"assemblea-convoca-{size}")
    press(lucia, "Convoca")
    expect(lucia.get_by_text("Convocata.").first).to_be_visible()
    row = Assembly.objects.latest("pk")
    desk = f"/laboratorio/assemblee/{row.reference}"
    assert "Le panchine" in words_of_pdf(lucia, f"{desk}/convocazione.pdf?lingua=ar")
    assert "Firma" in words_of_pdf(lucia, f"{desk}/foglio-presenze.pdf")

    # Sign-up from a phone, without account and without JavaScript; the waiting list moves up.
    quiet = {**SIZES[size], "java_script_enabled": False}
    first, second = open_page("/partecipa", **quiet), open_page("/partecipa", **quiet)
    well_made(first, f"partecipa-{size}")
    press(first, "Assemblea del cortile")
    well_made(first, f"assemblea-pubblica-{size}")
    assert "Sala comune" in words_of_pdf(first, f"/partecipa/assemblee/{row.reference}/convocazione.pdf")
    press(first, "Iscriviti")
    press(first, "Iscriviti")
    first.get_by_label("In quanti venite?").fill("2")
    first.get_by_label("Non serve").check()
    press(first, "Iscriviti")
    expect(first.get_by_text("Hai il posto")).to_be_visible()
    second.goto(f"/partecipa/assemblee/{row.reference}")
    press(second, "Iscriviti")
    press(second, "Mettiti in lista d'attesa")
    second.get_by_label("E-mail", exact=True).fill("luigi@posta.example")
    press(second, "Mettiti in lista d'attesa")
    expect(second.get_by_text("Sei in lista d'attesa")).to_be_visible()
    press(first, "Non posso venire")
    press(first, "Ritira l'iscrizione")
    second.goto(mailed_to("luigi@posta.example", "sign_up", r"http\S+/iscrizione/\S+"))
    code = second.locator(".big-code").inner_text()

    # The day: Luigi at the door, enough people, minutes and a decision.
    travel.to(day, 18)
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/oggi")
    expect(lucia.get_by_text("Assemblea delle 18:00: Assemblea del cortile").first).to_be_visible()
    lucia.goto(f"/laboratorio/eventi/{row.event.reference}/accoglienza")  # type: ignore[union-attr]
    lucia.get_by_label("Codice").fill(code)
    lucia.get_by_role("main").get_by_role("button", name="Cerca", exact=True).click()
    press(lucia, "Sono entrati")
    lucia.goto(desk)
    press(lucia, "Apri l'assemblea")
    lucia.get_by_label("Quanti sono i presenti che contano").fill("2")
    lucia.get_by_label("Chi presiede").fill("Ada Presidente")
    lucia.get_by_label("Chi scrive il verbale").fill("Leo Segretario")
    press(lucia, "Apri e comincia il verbale")
    expect(lucia.get_by_text("ne servono 3").first).to_be_visible()
    well_made(lucia, f"assemblea-senza-numero-{size}")
    lucia.get_by_label("Quanti sono i presenti che contano").fill("7")
    press(lucia, "Apri e comincia il verbale")
    press(lucia, "Scrivi")
    text = lucia.locator("#id_text")
    expect(text).to_have_value("## 1. Le panchine")
    text.fill("## 1. Le panchine\n\nTre panchine vicino alla scala C, **sotto il tiglio**.")
    well_made(lucia, f"verbale-scrivi-{size}")
    press(lucia, "Salva")
    press(lucia, "aggiungi una decisione")
    lucia.get_by_label("Che cosa si è deciso").fill("Si mettono tre panchine vicino alla scala C.")
    lucia.get_by_label("Chi la attua").select_option(label="Anna Ferri")
    for label, votes in (("Favorevoli", "6"), ("Contrari", "0"), ("Astenuti", "1")):
        lucia.get_by_label(label).fill(votes)
    lucia.get_by_label("Entro").fill(str(day + dt.timedelta(days=30)))
    well_made(lucia, f"decisione-nuova-{size}")
    press(lucia, "Salva")
    press(lucia, "Fanne la bozza ufficiale")
    press(lucia, "Apri le correzioni")
    lucia.get_by_label("Si possono chiedere correzioni fino al").fill(str(day + dt.timedelta(days=7)))
    press(lucia, "Salva")
    well_made(lucia, f"verbale-correzioni-{size}")
    press(lucia, "Crea il collegamento per chi c'era")
    well_made(lucia, f"verbale-collegamento-{size}")
    link = lucia.locator("main a[href*='/partecipa/bozza/']").inner_text()
    first.goto(link)
    well_made(first, f"bozza-{size}")
    first.get_by_label("Che cosa va corretto?").fill("Le panchine sono quattro.")
    press(first, "Invia")
    expect(first.get_by_text("la correzione è arrivata").first).to_be_visible()
    first.goto(f"/partecipa/assemblee/{row.reference}")
    none_of(first, "sotto il tiglio", "Si mettono tre panchine", "Ada Presidente")
    lucia.goto(f"{desk}/verbale")
    press(lucia, "Rispondi")
    lucia.get_by_text("Non la accolgo").click()
    lucia.get_by_label("Perché").fill("Ne abbiamo votate tre.")
    press(lucia, "Salva")

    travel.to(day + dt.timedelta(days=8))
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"{desk}/verbale")
    press(lucia, "Approva il verbale")
    press(lucia, "Approva il verbale")
    expect(lucia.get_by_text("Verbale approvato.").first).to_be_visible()
    well_made(lucia, f"verbale-approvato-{size}")
    assert "sotto il tiglio" in words_of_pdf(lucia, f"{desk}/verbale.pdf")
    first.reload()
    expect(first.get_by_text("sotto il tiglio")).to_be_visible()
    expect(first.get_by_text("6 favorevoli, 0 contrari, 1 astenuti")).to_be_visible()
    none_of(first, "Ada Presidente", "Leo Segretario", "Anna Ferri", "quattro")
    well_made(first, f"verbale-pubblico-{size}")

    # The decision comes up late in Anna's day, and is carried out.
    travel.to(day + dt.timedelta(days=31))
    anna = signed_in(open_page, place.anna, **SIZES[size])
    anna.goto("/oggi")
    anna.get_by_text("Decisione da attuare").first.click()
    well_made(anna, f"decisione-{size}")
    anna.get_by_text("attuata", exact=True).click()
    anna.get_by_label("Che cosa è successo").fill("Montate tre panchine.")
    press(anna, "Salva")
    expect(anna.get_by_text("Montate tre panchine.")).to_be_visible()
    anna.goto("/laboratorio/decisioni?vista=tutte")
    well_made(anna, f"decisioni-{size}")
    first.goto("/partecipa/risultati")
    expect(first.get_by_text("attuata").first).to_be_visible()
    well_made(first, f"risultati-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_a_proposal_from_the_portal_to_its_result(place: Cast, open_page: Opener, size: str) -> None:
    quiet = {**SIZES[size], "java_script_enabled": False}
    maria = open_page("/partecipa/proponi", **quiet)
    well_made(maria, f"proponi-{size}")
    maria.get_by_label("Titolo").fill("Panchine all'ombra")
    maria.get_by_label("Che cosa proponi?").fill("Mettiamo tre panchine all'ombra nel cortile della scala B.")
    press(maria, "Avanti")
    maria.get_by_label("Foto").set_input_files([photo()])  # type: ignore[list-item]
    maria.get_by_label("Nome e cognome").fill("Maria Bassi")
    maria.get_by_label("E-mail").fill("maria@posta.example")
    maria.get_by_label("Come vuoi comparire?").fill("Maria della scala B")
    maria.get_by_label("Ho letto e compreso").check()
    well_made(maria, f"proponi-invia-{size}")
    press(maria, "Invia la proposta")
    expect(maria.get_by_role("heading", name="Che cosa succede adesso")).to_be_visible()
    well_made(maria, f"proposta-mia-{size}")
    mine = mailed_to("maria@posta.example", "idea_received", r"http\S+/partecipa/mia/\S+")
    first = Idea.objects.get()

    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/proposte")
    well_made(lucia, f"proposte-{size}")
    press(lucia, "Panchine all'ombra")
    well_made(lucia, f"proposta-{size}")
    press(lucia, "Pubblica")
    well_made(lucia, f"proposta-pubblica-{size}")
    press(lucia, "Pubblica")

    # Somebody else would propose the same, and supports it; a paper note is merged with credit.
    ugo = open_page("/partecipa/proponi", **quiet)
    ugo.get_by_label("Titolo").fill("Panchine in cortile")
    ugo.get_by_label("Che cosa proponi?").fill("Vorrei delle panchine all'ombra nel cortile della scala B.")
    press(ugo, "Avanti")
    expect(ugo.get_by_role("heading", name="Qualcuno l'ha già proposto?")).to_be_visible()
    well_made(ugo, f"proponi-simili-{size}")
    ugo.get_by_role("link", name="Sostieni questa").first.click()
    well_made(ugo, f"sostieni-{size}")
    press(ugo, "Sostienila")
    expect(ugo.get_by_text("1 sostegno", exact=False).first).to_be_visible()
    well_made(ugo, f"proposta-portale-{size}")
    lucia.goto("/laboratorio/proposte/nuova")
    lucia.get_by_label("Titolo").fill("Un posto per sedersi")
    lucia.get_by_label("Che cosa propone").fill("Una panchina nel cortile, all'ombra, per chi è anziano.")
    lucia.get_by_label("Come vuole comparire").fill("Rosa")
    lucia.get_by_text("su carta", exact=True).click()
    well_made(lucia, f"proposta-sportello-{size}")
    press(lucia, "Salva")
    if lucia.get_by_role("button", name="Registra la proposta").count():
        well_made(lucia, f"proposta-simili-{size}")
        press(lucia, "Registra la proposta")
    press(lucia, "Unisci a un'altra")
    lucia.get_by_label("A quale proposta la unisci").select_option(
        label=f"{first.reference} Panchine all'ombra"
    )
    well_made(lucia, f"proposta-unisci-{size}")
    press(lucia, "Unisci")

    lucia.goto(f"/laboratorio/proposte/{first.reference}")
    press(lucia, "Comincia a valutarla")
    press(lucia, "Rispondi")
    lucia.get_by_text("La accogliamo", exact=True).click()
    lucia.get_by_label("Perché").fill("Costano poco e servono a molti.")
    press(lucia, "Salva")
    press(lucia, "Aggiungi una tappa")
    lucia.get_by_label("Tappa").fill("Ordine delle panchine")
    lucia.get_by_label("Entro").fill(str(clock.today() + dt.timedelta(days=9)))
    press(lucia, "Salva")
    press(lucia, "di' a che punto è")
    lucia.get_by_text("in corso", exact=True).click()
    lucia.get_by_label("Percentuale").fill("40")
    lucia.get_by_label("Che cosa è successo").fill("Ordinate tre panchine con lo schienale.")
    press(lucia, "Salva")
    well_made(lucia, f"proposta-risultato-{size}")

    maria.goto(mine)
    for words in (
        "Costano poco e servono a molti.",
        "Ordinate tre panchine",
        "Ordine delle panchine",
        "Rosa",
    ):
        expect(maria.get_by_text(words).first).to_be_visible()
    well_made(maria, f"proposta-mia-risultato-{size}")
    assert "/partecipa/mia/" in mailed_to("maria@posta.example", "idea_result", r"http\S+")
    ugo.goto("/partecipa/proposte")
    well_made(ugo, f"proposte-portale-{size}")
    press(ugo, "Panchine all'ombra")
    none_of(ugo, "Maria Bassi", "maria@posta.example")
    expect(ugo.get_by_text("Maria della scala B").first).to_be_visible()
    well_made(ugo, f"proposta-accolta-{size}")
