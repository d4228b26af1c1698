"""What is common: tenants who run their house themselves, a room that one family has at a time, a pact."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import looked_at, mailed_to, none_of, press, signed_in, well_made, words_of_pdf
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.models import Pact, Space, TenantsBody
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def house(place: Cast) -> Building:
    """A house with one stair and four doors."""
    building = Building.objects.create(code="corteb", name="Corte B", area=place.crocetta)
    stair = Stair.objects.create(building=building, name="A")
    for number in range(1, 5):
        Dwelling.objects.create(
            building=building, stair=stair, code=str(number), floor=0, door=f"int. {number}"
        )
    return building


def fill(page: Page, **values: object) -> None:
    """Type into the fields of these names."""
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(str(value))


def send(page: Page) -> None:
    """Send the form of the page, and wait for what comes back."""
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").last.click()


def signed_and_checked(page: Page, desk: str, kind: str, doors: int) -> None:
    """So many doors sign, and somebody checks each."""
    for number in range(1, doors + 1):
        page.goto(f"{desk}/firma/{kind}")
        page.locator("#id_dwelling").select_option(index=1)
        fill(page, name=f"Inquilina {number}", signed_on=clock.today())
        send(page)
        page.goto(desk)
        page.get_by_role("link", name=f"Inquilina {number}", exact=True).last.click()
        page.get_by_text("Sì, vale", exact=True).click()
        send(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_self_management_is_constituted(
    place: Cast, house: Building, open_page: Opener, travel: Travel, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/beni-comuni")
    well_made(lucia, f"beni-comuni-{size}")
    lucia.goto("/laboratorio/autogestioni")
    well_made(lucia, f"autogestioni-vuote-{size}")
    lucia.goto("/laboratorio/autogestioni/nuova")
    lucia.get_by_text("autogestione", exact=True).click()
    fill(lucia, name="Autogestione Corte B", manager="Azienda casa", purpose="Curare insieme il cortile.")
    lucia.locator("#id_building").select_option(label="Corte B")
    send(lucia)
    # An autogestione that looks after nothing is refused; what was typed stays.
    expect(lucia.get_by_text("Segna almeno una voce")).to_be_visible()
    expect(lucia.locator("#id_name")).to_have_value("Autogestione Corte B")
    lucia.get_by_text("verde", exact=True).click()
    well_made(lucia, f"autogestione-nuova-{size}")
    send(lucia)
    row = TenantsBody.objects.get()
    desk = f"/laboratorio/autogestioni/{row.reference}"
    expect(lucia.get_by_text("Per chiederla: 0 valide, ne servono 1.")).to_be_visible()
    signed_and_checked(lucia, desk, "request", 1)
    looked_at(lucia, f"autogestione-firme-{size}")
    press(lucia, "Le firme bastano")

    # The assembly is called ten days before, not three.
    press(lucia, "Prepara l'assemblea")
    day = clock.today() + dt.timedelta(days=10)
    fill(lucia, title="Assemblea costitutiva", day=day - dt.timedelta(days=7), place="Sala comune")
    fill(lucia, from_time="18:00", to_time="20:00")
    send(lucia)
    well_made(lucia, f"autogestione-assemblea-{size}")
    fill(lucia, day=day)
    send(lucia)
    row.refresh_from_db()
    called = assemblies.call(by=place.actor(place.lucia), assembly=row.assembly)
    travel.to(day, hour=19)
    assemblies.open_assembly(
        by=place.actor(place.lucia), assembly=called, present=4, chair="Ada", secretary="Leo"
    )
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    signed_and_checked(lucia, desk, "acceptance", 3)
    lucia.goto(f"{desk}/incarichi")
    lucia.get_by_text("rappresentante", exact=True).click()
    fill(lucia, name="Maria Bassi")
    lucia.locator("#id_is_shown").check()
    well_made(lucia, f"incarico-nuovo-{size}")
    send(lucia)
    lucia.goto(desk)
    press(lucia, "Costituisci")
    press(lucia, "Convenzione firmata")
    fill(lucia, signed_on=clock.today(), convention="## Il cortile\n\n- Si cura insieme.")
    well_made(lucia, f"autogestione-convenzione-{size}")
    send(lucia)
    expect(lucia.get_by_text("Si cura insieme.").first).to_be_visible()
    looked_at(lucia, f"autogestione-attiva-{size}")
    assert "Maria Bassi" in words_of_pdf(lucia, f"{desk}/incarichi.pdf")
    assert "Si cura insieme" in words_of_pdf(lucia, f"{desk}/convenzione.pdf")

    quiet = {**SIZES[size], "java_script_enabled": False}
    anybody = open_page("/partecipa/autogestioni", **quiet)
    well_made(anybody, f"autogestioni-pubbliche-{size}")
    press(anybody, "Autogestione Corte B")
    well_made(anybody, f"autogestione-pubblica-{size}")
    expect(anybody.get_by_text("Maria Bassi")).to_be_visible()
    none_of(anybody, "Inquilina 1")


@pytest.mark.parametrize("size", SIZES)
def test_a_room_is_had_by_one_family_at_a_time(place: Cast, open_page: Opener, size: str) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/spazi")
    well_made(lucia, f"spazi-vuoti-{size}")
    lucia.goto("/laboratorio/spazi/nuovo")
    fill(
        lucia, name="Sala comune", place="Corte B, piano terra", capacity=20, house_rules="Si lascia pulito."
    )
    well_made(lucia, f"spazio-nuovo-{size}")
    send(lucia)
    row = Space.objects.get()
    day = clock.today() + dt.timedelta(days=5)
    lucia.goto(f"/laboratorio/spazi/{row.code}/orari")
    lucia.locator(f"input[name=weekday][value='{day.weekday()}']").check(force=True)
    fill(lucia, from_time="09:00", to_time="22:00")
    well_made(lucia, f"spazio-orari-{size}")
    send(lucia)

    quiet = {**SIZES[size], "java_script_enabled": False}
    maria, ugo = open_page("/partecipa/spazi", **quiet), open_page("/partecipa/spazi", **quiet)
    well_made(maria, f"spazi-pubblici-{size}")
    for page in (maria, ugo):
        press(page, "Sala comune")
        press(page, "Prenota")
    for page, who, first in ((maria, "Maria Bassi", "15:00"), (ugo, "Ugo Neri", "16:00")):
        fill(page, day=day, from_time=first, to_time="17:00", purpose="Un compleanno", people=12, who=who)
        fill(page, email=f"{who.split()[0].lower()}@posta.example")
        page.locator("#id_accepts_rules").check()
        page.locator("#id_privacy").check()
        well_made(page, f"prenota-{who.split()[0].lower()}-{size}")
        send(page)
    expect(maria.get_by_text("È confermata")).to_be_visible()
    well_made(maria, f"prenotazione-{size}")
    # Who came second finds what was typed, and why not; the name of who came first is nobody's business.
    expect(ugo.locator("#id_purpose")).to_have_value("Un compleanno")
    none_of(ugo, "Maria Bassi")
    well_made(ugo, f"prenota-due-volte-{size}")
    ugo.goto(f"/partecipa/spazi/{row.code}")
    well_made(ugo, f"spazio-pubblico-{size}")
    none_of(ugo, "Maria Bassi", "compleanno")
    lucia.goto(f"/laboratorio/spazi/{row.code}")
    expect(lucia.get_by_text("Maria Bassi").first).to_be_visible()
    looked_at(lucia, f"spazio-{size}")

    maria.goto(mailed_to("maria@posta.example", "booking_made", r"http\S+/prenotazione/\S+"))
    press(maria, "Non mi serve più")
    well_made(maria, f"prenotazione-disdici-{size}")
    send(maria)
    expect(maria.get_by_text("È disdetta")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_pact_is_proposed_written_together_and_signed(place: Cast, open_page: Opener, size: str) -> None:
    anybody = open_page("/partecipa/patti", **{**SIZES[size], "java_script_enabled": False})
    well_made(anybody, f"patti-pubblici-vuoti-{size}")
    press(anybody, "Proponi un patto")
    fill(anybody, title="Il giardino di via Po", goals="Curarlo insieme.", shown="Gruppo via Po")
    anybody.locator("input[name=level]").first.check(force=True)
    anybody.locator("#id_privacy").check()
    well_made(anybody, f"patto-proponi-{size}")
    send(anybody)
    expect(anybody.get_by_text("la proposta è arrivata").first).to_be_visible()
    none_of(anybody, "via Po")
    row = Pact.objects.get()
    desk = f"/laboratorio/patti/{row.reference}"
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/oggi")
    looked_at(lucia, f"oggi-patto-{size}")
    expect(lucia.get_by_text("Patto proposto, da leggere").first).to_be_visible()
    lucia.goto("/laboratorio/patti")
    well_made(lucia, f"patti-{size}")
    lucia.goto(desk)
    looked_at(lucia, f"patto-{size}")
    press(lucia, "Pubblica")
    anybody.goto(f"/partecipa/patti/{row.reference}")
    well_made(anybody, f"patto-pubblico-{size}")
    expect(anybody.get_by_text("Gruppo via Po")).to_be_visible()

    press(lucia, "Valuta la proposta")
    fill(lucia, words="Si può fare: il giardino è del Comune.")
    send(lucia)
    press(lucia, "Scrivi il testo")
    fill(lucia, public_use="Aperto a tutti.", insurance="La paga il Comune.")
    fill(lucia, monitoring="Un incontro ogni tre mesi.", exclusion="Se nessuno se ne cura.")
    well_made(lucia, f"patto-testo-{size}")
    send(lucia)
    for side, words in (("gli abitanti", "Annaffiano le aiuole."), ("il Comune", "Porta l'acqua.")):
        press(lucia, "aggiungi un impegno")
        lucia.get_by_text(side, exact=True).click()
        fill(lucia, words=words)
        send(lucia)
    press(lucia, "È pronto da firmare")
    press(lucia, "È firmato")
    send(lucia)
    press(lucia, "Comincia")
    send(lucia)
    looked_at(lucia, f"patto-attivo-{size}")
    anybody.reload()
    well_made(anybody, f"patto-pubblico-attivo-{size}")
    expect(anybody.get_by_text("Annaffiano le aiuole.")).to_be_visible()
    for language, words in (("it", "Chi firma per gli abitanti"), ("fr", "Qui signe pour les habitants")):
        paper = words_of_pdf(anybody, f"/partecipa/patti/{row.reference}/patto.pdf?lingua={language}")
        assert words in paper and "Porta l'acqua" in paper
