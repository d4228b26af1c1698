"""A worksite: water is cut and everybody is told before, somebody complains, nobody answers in time, it goes up."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener, Travel
from tests.journeys.steps import looked_at, mailed_to, press, signed_in, well_made, words_of_pdf
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import actions as people
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites import actions, jobs
from vicinia.domain.worksites.models import Complaint, Disruption, Lot
from vicinia.domain.worksites.states import LotState, WorksiteState
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


def _body(place: Cast, code: str, name: str) -> PartnerBody:
    card = network.BodyCard(code=code, name=name, email=f"{code}@impresa.example")
    return network.write_body(by=place.actor(place.carla), card=card)


def a_lot(place: Cast) -> Lot:
    """A lot at work in a house where Arabic is spoken too. Paolo answers for those who build it."""
    by, today = place.actor(place.lucia), clock.today()
    builder, manager = _body(place, "edil", "Edil Bianchi"), _body(place, "direzione", "Studio Rossi")
    who = network.PersonCard(name="Paolo Neri", user=place.paolo)
    network.write_person(by=place.actor(place.carla), body=builder, card=who)
    house = Building.objects.create(
        code="roma1", name="Via Roma 1", area=place.crocetta, lat=44.805, lon=10.605
    )
    stair = Stair.objects.create(building=house, name="A")
    door = Dwelling.objects.create(building=house, stair=stair, code="A1", floor=0, door="int. 1")
    people.make_household(by=by, dwelling=door, stated=people.Stated(("ar",), 4))
    plan = actions.WorksitePlan("Tetti di via Roma", "Si rifanno i tetti.", "Ufficio, 059 1", place.crocetta)
    site = actions.plan_worksite(by=by, new=plan)
    days = today - dt.timedelta(days=30), today + dt.timedelta(days=90)
    row = actions.add_lot(
        by=by,
        worksite=site,
        new=actions.LotPlan("Lotto 1", *days, contractor=builder, manager=manager, buildings=[house]),
    )
    actions.enter_worksite(by=by, worksite=site, state=WorksiteState.OPEN)
    for state in (LotState.TENDERED, LotState.CONTRACTED, LotState.HANDED_OVER, LotState.IN_PROGRESS):
        row = actions.enter_lot(by=by, lot=row, state=state, day=today)
    return row


@pytest.fixture
def lot(travel: Travel, place: Cast) -> Lot:
    return a_lot(place)


@pytest.mark.parametrize("size", SIZES)
def test_who_lives_there_is_told_before_the_water_is_cut(
    place: Cast, lot: Lot, open_page: Opener, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/cantieri")
    looked_at(lucia, f"cantieri-desk-{size}")
    press(lucia, "Tetti di via Roma")
    looked_at(lucia, f"cantiere-desk-{size}")
    lucia.goto(f"/laboratorio/lotti/{lot.reference}")
    press(lucia, "Prevedi un disagio")
    well_made(lucia, f"disagio-nuovo-{size}")
    lucia.get_by_label("acqua", exact=False).first.check()
    lucia.get_by_label("Dal", exact=False).first.fill((clock.today() + dt.timedelta(days=20)).isoformat())
    # The house is a point of the map too: a touch there is the same as its box.
    house = lucia.get_by_role("button", name="Via Roma 1", exact=False)
    house.scroll_into_view_if_needed()
    expect(house).to_have_attribute("aria-pressed", "true")
    house.click()
    expect(lucia.get_by_role("checkbox", name="Via Roma 1", exact=False).first).not_to_be_checked()
    house.press("Enter")
    expect(lucia.get_by_role("checkbox", name="Via Roma 1", exact=False).first).to_be_checked()
    well_made(lucia, f"disagio-mappa-{size}")
    lucia.get_by_label("Che cosa va saputo").fill("L'acqua c'è alla fontana del cortile.")
    press(lucia, "Salva")
    press(lucia, "Prepara l'avviso")
    looked_at(lucia, f"disagio-{size}")
    notice = Disruption.objects.get().notice
    assert notice is not None and {"it", "ar"} <= set(notice.texts.values_list("language", flat=True))

    lucia.goto(f"/laboratorio/avvisi/{notice.reference}")
    press(lucia, "Approva")
    press(lucia, "Pubblica")
    press(lucia, "Pubblica")
    resident = open_page("/cantieri", **{**SIZES[size], "java_script_enabled": False})
    well_made(resident, f"cantieri-{size}")
    press(resident, "Tetti di via Roma")
    well_made(resident, f"cantiere-{size}")
    expect(resident.get_by_text("L'acqua c'è alla fontana del cortile.")).to_be_visible()
    resident.goto("/avvisi")
    expect(resident.get_by_role("link", name="acqua", exact=False).first).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_late_answer_goes_up_until_somebody_mends_it(
    place: Cast, lot: Lot, travel: Travel, open_page: Opener, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    assert "Lotto 1" in words_of_pdf(lucia, f"/laboratorio/lotti/{lot.reference}/cartello.pdf?lingua=it")
    maria = open_page(f"/cantieri/lotti/{lot.reference}", **{**SIZES[size], "java_script_enabled": False})
    well_made(maria, f"lotto-{size}")
    press(maria, "Qualcosa non va? Scrivilo qui")
    well_made(maria, f"lotto-segnala-{size}")
    maria.get_by_label("polvere", exact=False).check()
    press(maria, "Invia")
    well_made(maria, f"lotto-segnala-vuota-{size}")
    maria.get_by_label("Che cosa succede?").fill("C'è polvere ovunque sulle scale.")
    maria.get_by_label("E-mail", exact=False).fill("maria@posta.example")
    press(maria, "Invia")
    expect(maria.get_by_text("Grazie: la segnalazione è arrivata a chi lavora qui.")).to_be_visible()
    well_made(maria, f"lotto-mia-{size}")
    row = Complaint.objects.get()

    # Nobody answers: the contractor is reminded, then the site manager is told, then the coordinator.
    for _step in range(3):
        travel.to(clock.add_working_days(clock.today(), 3))
        jobs.chase()
    assert row.reference in mailed_to("direzione@impresa.example", "complaint_stuck", ".*SC.*")
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto("/laboratorio/segnalazioni-cantiere")
    looked_at(lucia, f"segnalazioni-cantiere-{size}")
    lucia.goto(f"/laboratorio/segnalazioni-cantiere/{row.reference}")
    looked_at(lucia, f"segnalazione-cantiere-{size}")

    paolo = signed_in(open_page, place.paolo, **SIZES[size])
    paolo.goto("/rete/cantieri")
    well_made(paolo, f"rete-cantieri-{size}")
    paolo.get_by_role("link", name="Polvere o sporco").click()
    expect(paolo.get_by_text("Bassi")).to_have_count(0)
    well_made(paolo, f"rete-segnalazione-{size}")
    press(paolo, "Rispondi")
    paolo.get_by_label("Che cosa scrivi").fill("Domani puliamo e mettiamo i teli.")
    press(paolo, "Salva")
    press(paolo, "È sistemata")
    paolo.get_by_label("Che cosa scrivi").fill("Pulito, i teli ci sono.")
    press(paolo, "Salva")

    maria.reload()
    expect(maria.get_by_text("Pulito, i teli ci sono.")).to_be_visible()
    well_made(maria, f"lotto-mia-risposta-{size}")
    press(maria, "Sì, è risolto")
    expect(maria.get_by_text("Grazie di avercelo detto.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_walk_has_minutes_and_those_nearby_say_how_it_is(
    place: Cast, lot: Lot, open_page: Opener, size: str
) -> None:
    lucia = signed_in(open_page, place.lucia, **SIZES[size])
    lucia.goto(f"/laboratorio/lotti/{lot.reference}")
    looked_at(lucia, f"lotto-desk-{size}")
    press(lucia, "Fissa un sopralluogo")
    well_made(lucia, f"sopralluogo-nuovo-{size}")
    lucia.get_by_label("Giorno", exact=False).fill(clock.today().isoformat())
    lucia.get_by_label("Ora", exact=False).fill("10:00")
    lucia.get_by_label("Dove ci si trova").fill("Al cancello")
    lucia.get_by_label("Chi viene").fill("Comune e impresa")
    press(lucia, "Salva")
    looked_at(lucia, f"sopralluogo-{size}")
    press(lucia, "Scrivi il verbale")
    lucia.get_by_label("Che cosa avete visto").fill("I teli della scala A sono strappati.")
    press(lucia, "Salva")
    expect(lucia.get_by_text("I teli della scala A sono strappati.")).to_be_visible()
    assert "I teli della scala A sono strappati." in words_of_pdf(lucia, f"{lucia.url}/verbale.pdf")

    lucia.goto(f"/laboratorio/lotti/{lot.reference}")
    press(lucia, "Registra una segnalazione")
    well_made(lucia, f"segnalazione-al-banco-{size}")
    lucia.get_by_label("polvere", exact=False).check()
    lucia.get_by_label("Che cosa succede?").fill("Una lite per il montacarichi.")
    press(lucia, "Salva")
    press(lucia, "Apri un caso")
    lucia.get_by_label("Titolo del caso").fill("Lite per il montacarichi")
    lucia.get_by_label("Tipo di problema").select_option(label="Rumori e schiamazzi")
    press(lucia, "Salva")
    expect(lucia.get_by_role("heading", name="Lite per il montacarichi")).to_be_visible()
    assert Complaint.objects.latest("pk").case is not None

    maria = open_page(f"/cantieri/{lot.worksite.reference}", **{**SIZES[size], "java_script_enabled": False})
    press(maria, "Come vivi questo cantiere? Tre domande")
    well_made(maria, f"cantiere-domande-{size}")
    for mark in maria.get_by_label("4", exact=True).all():
        mark.check()
    press(maria, "Invia")
    expect(maria.get_by_text("Grazie", exact=False).first).to_be_visible()
