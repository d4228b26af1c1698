"""An officer on foot with a phone, and who plans rounds and looks at the coverage: in a browser, with axe."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import PHONE, SIZES, Opener
from tests.journeys.steps import photo, press, signed_in, well_made
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import actions, queries
from vicinia.domain.presence.models import KeyContact, KeyContactTalk, Observation, Round
from vicinia.domain.territory.models import Place
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def bar(place: Cast) -> KeyContact:
    """A bar of Crocetta that is to be heard today."""
    location = Location(44.805, 10.605, address="Via dei Mille, 12", area_id=place.crocetta.pk)
    person = PersonDetails(name="Gino Paltrinieri", phone="059 222333")
    card = actions.ContactCard(kind="bar", body_name="Bar Sport", person=person, location=location)
    return actions.add_contact(by=place.actor(place.carla), card=card, next_on=clock.today())


@pytest.fixture
def planned(place: Cast, bar: KeyContact) -> Round:
    """Anna's round of today, past the bar and a square."""
    by = place.actor(place.carla)
    hours = (dt.time(9), dt.time(11))
    row = actions.plan_round(
        by=by, plan=actions.RoundPlan(clock.today(), *hours, [place.crocetta], [place.anna])
    )
    stops = [
        actions.NewStop("contact", "Sentire come va", contact=bar),
        actions.NewStop(
            look_at="le panchine", location=Location(place_words="piazza", area_id=place.crocetta.pk)
        ),
    ]
    return actions.change_stops(by=by, round_=row, keep=[], add=stops, seen_version=None)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_walks_a_round_and_hears_a_bar(
    place: Cast, planned: Round, open_page: Opener, scripts: bool
) -> None:
    page = signed_in(open_page, place.anna, **{**PHONE, "java_script_enabled": scripts})
    page.goto("/oggi")
    page.get_by_role("link", name="Giro a piedi").first.click()
    press(page, "Comincia il giro")
    expect(page.get_by_text("in corso").first).to_be_visible()
    if scripts:
        well_made(page, "giro-390")
    page.get_by_role("button", name=re.compile("Vista.*piazza")).click()
    expect(page.get_by_text("vista alle")).to_be_visible()
    page.get_by_role("link", name=re.compile("Rileva.*piazza")).click()
    page.get_by_text("danno", exact=True).click()
    page.get_by_label("In poche parole").fill("Panchina rotta")
    page.get_by_label("Foto").set_input_files(photo())  # type: ignore[arg-type]
    if scripts:
        well_made(page, "rileva-390")
    press(page, "Registra")
    expect(page.get_by_text("Panchina rotta")).to_be_visible()
    expect(page.get_by_role("img", name="Foto della rilevazione")).to_be_visible()

    page.get_by_role("link", name=re.compile("Sentito.*Bar Sport")).click()
    page.get_by_label("Che cosa ha detto").fill("Tutto bene")
    if scripts:
        well_made(page, "sentito-390")
    page.get_by_role("button", name="Registra").first.click()
    expect(page.get_by_role("heading", name="Tappe")).to_be_visible()

    page.get_by_role("link", name="Concludi").click()
    page.get_by_label("Com'è andato").fill("Bene")
    press(page, "Concludi")
    expect(page.get_by_text("concluso", exact=True)).to_be_visible()
    if scripts:
        well_made(page, "giro-concluso-390")
    page.get_by_role("link", name="Decidi").click()
    if scripts:
        well_made(page, "decidi-390")
    page.get_by_text("niente da fare", exact=True).click()
    press(page, "Salva")
    assert (Round.objects.get().state, Observation.objects.get().became) == ("done", "nothing")
    assert attachments.of(Observation.objects.get()).count() == 1
    assert KeyContactTalk.objects.get().words == "Tutto bene"


def test_a_talk_is_a_few_taps_from_the_day(place: Cast, bar: KeyContact, open_page: Opener) -> None:
    page = signed_in(open_page, place.anna, **PHONE)
    page.goto("/oggi")
    page.get_by_role("link", name="Sentito").first.click()
    page.get_by_label("Che cosa ha detto").fill("Niente di nuovo")
    page.get_by_role("button", name="Registra").first.click()
    expect(page.get_by_role("heading", name="La mia giornata")).to_be_visible()
    expect(page.get_by_text("Sentire Bar Sport")).to_have_count(0)
    page.goto(f"/testimoni/{bar.reference}")
    expect(page.get_by_text("Niente di nuovo")).to_be_visible()
    expect(page.get_by_text("Gino")).to_have_count(0)
    well_made(page, "testimone-390")


@pytest.mark.parametrize("size", SIZES)
def test_a_coordinator_plans_a_round_and_looks_at_the_coverage(
    place: Cast, bar: KeyContact, open_page: Opener, size: str
) -> None:
    carla = place.actor(place.carla)
    report = received_in(place.crocetta, title="Vetri nel parco").report
    case_of(place.actor(place.anna), report, kind="place")
    Place.objects.create(code="parco", name="Parco dei tigli", lat=44.807, lon=10.607, area=place.crocetta)
    page = signed_in(open_page, place.carla, **SIZES[size])
    page.goto("/giri")
    well_made(page, f"giri-vuoti-{size}")
    page.get_by_role("link", name="Programma un giro").first.click()
    page.get_by_text("Crocetta", exact=True).click()
    page.get_by_text("Anna Ferri", exact=True).click()
    page.get_by_text("Carla Monti", exact=True).last.click()
    well_made(page, f"giro-nuovo-{size}")
    press(page, "Scegli le tappe")
    for words in ("Bar Sport, Via dei Mille, 12", "Parco dei tigli"):
        page.get_by_text(words).click()
    well_made(page, f"tappe-proposte-{size}")
    press(page, "Aggiungi le tappe scelte")
    page.get_by_label("Se l'indirizzo non basta").fill("dietro la scuola")
    page.get_by_label("Che cosa guardare").fill("il cancello")
    press(page, "Aggiungi questa tappa")
    page.get_by_role("button", name=re.compile("Su.*dietro la scuola")).click()
    expect(page.locator("ol.rows li").nth(1)).to_contain_text("dietro la scuola")
    well_made(page, f"tappe-{size}")
    row = Round.objects.get()
    assert [user.name for user in row.people.all()] == ["Anna Ferri"]

    anna = place.actor(place.anna)
    row = actions.start_round(by=anna, round_=row)
    where = Location(lat=44.805, lon=10.605, area_id=place.crocetta.pk)
    actions.observe(by=anna, round_=row, new=actions.NewObservation("decay", "Vetri", location=where))
    actions.finish_round(by=anna, round_=row)
    Round.objects.update(started_at=clock.now() - dt.timedelta(hours=2))
    page.goto("/copertura")
    expect(page.get_by_role("heading", name="Per zona e ora")).to_be_visible()
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator(".map-point").first).to_be_visible()
    well_made(page, f"copertura-{size}")
    for address, name in (
        ("/giri?vista=finiti", "giri"),
        ("/rilevazioni", "da-decidere"),
        ("/testimoni", "testimoni"),
        ("/testimoni/nuovo", "testimone-nuovo"),
        (f"/testimoni/{bar.reference}/ritmo", "ritmo"),
        (f"/giri/{row.reference}", "giro-fatto"),
    ):
        page.goto(address)
        well_made(page, f"{name}-{size}")
    assert queries.rounds(carla).count() == 1


def test_an_officer_says_where_with_the_phones_own_position(
    place: Cast, planned: Round, open_page: Opener
) -> None:
    row = actions.start_round(by=place.actor(place.anna), round_=planned)
    here = {"geolocation": {"latitude": 44.8061, "longitude": 10.6072}, "permissions": ["geolocation"]}
    page = signed_in(open_page, place.anna, **{**PHONE, **here})
    page.goto(f"/giri/{row.reference}/rileva")
    page.get_by_text("degrado", exact=True).click()
    page.get_by_text("Da un'altra parte: indirizzo o mappa").click()
    page.locator("[data-map]").scroll_into_view_if_needed()
    press(page, "Usa la mia posizione")
    expect(page.locator(".map-chosen")).to_be_visible()
    well_made(page, "posizione-390")
    press(page, "Registra")
    expect(page.get_by_role("heading", name="Tappe")).to_be_visible()
    found = Observation.objects.get()
    assert (found.lat, found.lon, found.area_id) == (44.8061, 10.6072, place.crocetta.pk)
