"""Who speaks for the stair: voted on a phone, at the desk and on paper, counted and counted again; a draw that anybody repeats."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import none_of, press, signed_in, well_made
from vicinia.domain.elections import actions, jobs, queries
from vicinia.domain.elections.models import Draw, Mark, Poll, Voter
from vicinia.domain.elections.states import DrawState, PollKind, PollState
from vicinia.domain.people import actions as people
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
LOT = "La prima estrazione del lotto dopo il voto"
CANDIDATES = ("Maria Bassi", "Ugo Neri", "Olena Koval")


def a_vote(place: Cast) -> Poll:
    """A vote of a stair with seven households, that opens now and closes in two hours."""
    by, now = place.actor(place.lucia), clock.now()
    building = Building.objects.create(code="corte-a", name="Corte A", area=place.crocetta)
    stair = Stair.objects.create(building=building, name="A")
    for number in range(1, 8):
        door = Dwelling.objects.create(
            building=building, stair=stair, code=f"A{number}", floor=number, door=str(number)
        )
        people.make_household(by=by, dwelling=door)
    new = actions.PollPlan(
        "Chi rappresenta la scala A",
        "Chi parla per la scala A?",
        now - dt.timedelta(minutes=5),
        now + dt.timedelta(hours=2),
        LOT,
        kind=PollKind.REPRESENTATIVES,
        place="Laboratorio di quartiere",
        stairs=[stair],
    )
    row = actions.plan_poll(by=by, new=new)
    for label in CANDIDATES:
        actions.add_option(by=by, poll=row, new=actions.NewOption(label, "Abita qui da anni."))
    actions.list_voters(by=by, poll=row)
    return actions.call(by=by, poll=row)


@pytest.fixture
def poll(place: Cast, travel: Travel) -> Poll:
    return a_vote(place)


def vote(page: Page, code: str, label: str, size: str = "") -> str:
    """Vote with a code, as the letter says; the receipt. With a size the pages are looked at."""
    page.goto("/vota")
    if size:
        well_made(page, f"vota-{size}")
    page.get_by_label("Il tuo codice").fill(code)
    press(page, "Vai alla scheda")
    page.get_by_label(label).check()
    if size:
        well_made(page, f"vota-scheda-{size}")
    press(page, "Vai avanti")
    if size:
        well_made(page, f"vota-conferma-{size}")
    press(page, "Vota")
    expect(page.get_by_role("heading", name="Hai votato")).to_be_visible()
    if size:
        well_made(page, f"vota-ricevuta-{size}")
    return page.locator(".receipt").inner_text()


@pytest.mark.parametrize("size", SIZES)
def test_a_stair_chooses_who_speaks_for_it(
    place: Cast, poll: Poll, open_page: Opener, travel: Travel, tmp_path: Path, size: str
) -> None:
    by, code = place.actor(place.lucia), poll.reference
    given = actions.give_codes(by=by, poll=poll, voters=Voter.objects.filter(poll=poll, number__lte=5))

    maria = open_page("/partecipa/votazioni", **{**SIZES[size], "java_script_enabled": False})
    well_made(maria, f"votazioni-pubbliche-{size}")
    maria.get_by_role("link", name="Chi rappresenta la scala A").click()
    well_made(maria, f"votazione-pubblica-{size}")
    receipt = vote(maria, given[0].code, "Maria Bassi", size)
    maria.goto("/vota")
    maria.get_by_label("Il tuo codice").fill(given[0].code)
    press(maria, "Vai alla scheda")
    expect(maria.get_by_text("Questo voto è già stato dato.")).to_be_visible()
    for one, label in zip(given[1:4], ("Maria Bassi", "Maria Bassi", "Ugo Neri"), strict=True):
        vote(maria, one.code, label)

    # At the desk: Lucia hands over a paper ballot, and marks it first.
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    for address in ("votazioni", f"votazioni/{code}", f"votazioni/{code}/elenco", f"votazioni/{code}/codici"):
        lucia.goto(f"/laboratorio/{address}")
        well_made(lucia, f"{address.replace('/', '-')}-{size}")
    for number in (6, 7):
        lucia.goto(f"/laboratorio/votazioni/{code}/elenco/{number}/carta")
        press(lucia, "Segna che vota su carta")
        expect(lucia.get_by_role("heading", name="Dagli la scheda e la ricevuta")).to_be_visible()
    well_made(lucia, f"votazioni-carta-{size}")
    # Who comes to the laboratory with the letter votes on its tablet, with the same pages.
    tablet = open_page("/vota", **SIZES[size])
    vote(tablet, given[4].code, "Scheda bianca")
    assert Mark.objects.count() == 7

    travel.to(clock.today(), hour=13)
    assert jobs.close() == 1
    for user in (place.lucia, place.carla):
        desk = lucia if user == place.lucia else signed_in(open_page, user, **SIZES[size])
        desk.goto(f"/laboratorio/votazioni/{code}/schede")
        desk.get_by_label("B. Ugo Neri").fill("2")
        press(desk, "Salva")
        expect(desk.get_by_text("Conteggio scritto.")).to_be_visible()
    lucia.goto(f"/laboratorio/votazioni/{code}/scrutinio")
    press(lucia, "Apri l'urna")
    expect(lucia.get_by_text("C'è un pareggio: decide il sorteggio.")).to_be_visible()
    well_made(lucia, f"votazioni-scrutinio-{size}")
    lucia.get_by_label("Numero estratto in pubblico").fill("12 45 7")
    press(lucia, "Apri l'urna")
    expect(lucia.get_by_text("Scrutinata: il risultato è pubblico.")).to_be_visible()
    well_made(lucia, f"votazioni-risultato-{size}")
    assert Poll.objects.get().state == PollState.COUNTED

    maria.goto(f"/partecipa/votazioni/{code}")
    expect(maria.get_by_text("Questa pagina ha rifatto il conto")).to_be_visible()
    well_made(maria, f"votazione-risultato-{size}")
    none_of(maria, "Nucleo 1", *(one.code for one in given))
    with maria.expect_download() as download:
        press(maria, "Scarica il file delle schede")
    kept = tmp_path / "conteggio.json"
    download.value.save_as(kept)
    assert json.loads(kept.read_text())["ballots"] == {"": 1, "A": 3, "B": 3}
    call_command("recount", str(kept))
    maria.goto("/partecipa/rifai-il-conto")
    maria.get_by_label("File pubblicato (JSON)").set_input_files(kept)
    maria.get_by_role("button", name="Rifai il conto").click()
    expect(maria.get_by_text("Torna.", exact=True)).to_be_visible()
    well_made(maria, f"rifai-il-conto-{size}")
    maria.goto(f"/partecipa/votazioni/{code}/ricevuta")
    maria.get_by_label("La tua ricevuta").fill(receipt)
    maria.get_by_role("button", name="Controlla").click()
    expect(maria.get_by_text("Il tuo voto è contato.")).to_be_visible()
    well_made(maria, f"ricevuta-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_a_draw_is_published_and_anybody_draws_again(
    place: Cast, travel: Travel, open_page: Opener, size: str
) -> None:
    by, day = place.actor(place.lucia), clock.today() + dt.timedelta(days=1)
    new = actions.DrawPlan("Tre per il tavolo del cortile", "Guardano lo scrutinio.", 3, LOT, day, reserves=2)
    row = actions.plan_draw(by=by, new=new)
    actions.fill_pool(by=by, draw=row, names=[f"Nome {n}" for n in range(20)])
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"/laboratorio/estrazioni/{row.reference}")
    lucia.get_by_role("button", name="Pubblica l'elenco").click()
    expect(lucia.get_by_text("Pubblicato: l'elenco non cambia più.")).to_be_visible()
    well_made(lucia, f"estrazione-desk-{size}")
    ugo = open_page(f"/partecipa/estrazioni/{row.reference}", **{**SIZES[size], "java_script_enabled": False})
    digest = Draw.objects.get().pool_digest
    expect(ugo.get_by_text(digest)).to_be_visible()
    well_made(ugo, f"estrazione-prima-{size}")

    travel.to(Travel.BEGINS + dt.timedelta(days=1))
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"/laboratorio/estrazioni/{row.reference}/estrai")
    lucia.get_by_label("Il numero uscito").fill("12 45 7 33 90")
    press(lucia, "Estrai")
    expect(lucia.get_by_text("Estratti: chiunque può rifare il conto.")).to_be_visible()
    well_made(lucia, f"estrazione-fatta-{size}")
    ugo.reload()
    expect(ugo.get_by_text("escono gli stessi numeri")).to_be_visible()
    well_made(ugo, f"estrazione-dopo-{size}")
    none_of(ugo, "Nome 1")
    drawn = Draw.objects.get()
    assert drawn.state == DrawState.DRAWN
    for ticket in queries.drawn_of(drawn)[0]:
        expect(ugo.locator("#estratti").get_by_text(ticket)).to_be_visible()
