"""A review on request: asked without JavaScript, worked by the coordinator, read again by who asked. In a browser, with axe."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import SIZES, Opener
from tests.journeys.steps import press, signed_in, well_made
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.actions import Received
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.reviews.models import Review
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]


@pytest.fixture
def mine(place: Cast) -> Received:
    """Maria's third report, about which Anna has called her, and Anna's case."""
    for days in (60, 30):
        with clock.at(clock.now() - dt.timedelta(days=days)):
            received_in(place.crocetta, title="Musica alta")
    received = received_in(place.crocetta, title="Ancora musica alta")
    anna = place.actor(place.anna)
    case = case_of(anna, received.report)
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="Non dorme."))
    return received


@pytest.mark.parametrize("size", SIZES)
def test_a_review_from_the_asking_to_the_answer(
    place: Cast, mine: Received, open_page: Opener, size: str
) -> None:
    maria = open_page(f"/segui/{mine.token}", **{**SIZES[size], "java_script_enabled": False})
    expect(maria.get_by_role("heading", name="Hai diritto a chiedere un riesame")).to_be_visible()
    press(maria, "Come funziona e come si chiede")
    expect(maria.get_by_text("Nel nostro registro i requisiti ci sono.")).to_be_visible()
    maria.get_by_label("Che cosa vorresti che fosse riguardato?").fill("Nessuno è mai passato di notte.")
    press(maria, "Chiedo il riesame")
    review = Review.objects.get()
    expect(maria.get_by_role("heading", name=f"Riesame {review.reference}")).to_be_visible()
    expect(maria.get_by_role("button", name="Chiedo il riesame")).to_have_count(0)
    with_scripts = open_page(f"/segui/{mine.token}/riesame", **SIZES[size])
    well_made(with_scripts, f"riesame-chiesto-{size}")
    with_scripts.goto(f"/segui/{mine.token}")
    well_made(with_scripts, f"segui-con-riesame-{size}")

    carla = signed_in(open_page, place.carla, **SIZES[size])
    carla.goto("/riesami")
    well_made(carla, f"riesami-{size}")
    carla.locator(".row-title").first.click()
    expect(carla.get_by_text("Nessuno è mai passato di notte.")).to_be_visible()
    well_made(carla, f"riesame-{size}")
    press(carla, "Conferma")
    well_made(carla, f"riesame-presidenza-{size}")
    carla.get_by_text("Una persona di un altro ufficio").click()
    carla.get_by_label("Nome e cognome di chi presiede").fill("Sara Pini")
    carla.get_by_label("Ufficio", exact=True).fill("direttrice dei Servizi sociali")
    press(carla, "Salva")
    press(carla, "Decidi se si fa")
    carla.get_by_text("Sì, i requisiti ci sono").click()
    carla.locator("[name=reasons]").fill("Tre segnalazioni in due mesi.")
    well_made(carla, f"riesame-requisiti-{size}")
    press(carla, "Salva")
    press(carla, "Fissa l'incontro")
    carla.get_by_label("Quando").fill(f"{clock.today() + dt.timedelta(days=3)}T10:00")
    carla.get_by_label("Dove").fill("in Comune")
    press(carla, "Salva")
    press(carla, "Raccomanda")
    carla.get_by_label("Che cosa si raccomanda").fill("Passare tre notti")
    carla.get_by_label("Di chi è").select_option(label="Anna Ferri")
    carla.get_by_label("Entro").fill("2030-05-10")
    well_made(carla, f"riesame-raccomanda-{size}")
    press(carla, "Salva")
    maria.goto(f"/segui/{mine.token}")
    expect(maria.get_by_text("Passare tre notti")).to_have_count(0)
    expect(maria.get_by_text("Lo presiede Sara Pini, direttrice dei Servizi sociali").first).to_be_visible()
    Review.objects.update(meeting_at=clock.now() - dt.timedelta(minutes=1))
    carla.reload()
    press(carla, "Scrivi la decisione")
    carla.get_by_label("Che cosa è stato deciso, e perché").fill("Serve andare a sentire di notte.")
    press(carla, "Salva")
    expect(carla.get_by_text("Serve andare a sentire di notte.").first).to_be_visible()
    well_made(carla, f"riesame-deciso-{size}")

    anna = signed_in(open_page, place.anna, **SIZES[size])
    anna.goto(f"/casi/{Case.objects.get().reference}")
    anna.get_by_role("link", name="rispondere alle raccomandazioni").click()
    press(anna, "Accettiamo")
    expect(anna.get_by_text("accettata", exact=True).first).to_be_visible()

    maria.goto(f"/segui/{mine.token}")
    expect(maria.get_by_text("Serve andare a sentire di notte.")).to_be_visible()
    expect(maria.get_by_text("Passare tre notti")).to_be_visible()
    with_scripts.goto(f"/segui/{mine.token}")
    well_made(with_scripts, f"segui-deciso-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_a_request_by_telephone_and_one_that_is_taken_back(
    place: Cast, mine: Received, open_page: Opener, size: str
) -> None:
    anna = signed_in(open_page, place.anna, **SIZES[size])
    anna.goto(f"/in-arrivo/{mine.report.reference}/riesami")
    expect(anna.get_by_text("può chiedere un riesame: diglielo")).to_be_visible()
    well_made(anna, f"riesami-della-segnalazione-{size}")
    press(anna, "registra una richiesta")
    anna.get_by_label("Che cosa chiede").fill("Vuole che si passi di notte")
    well_made(anna, f"riesame-registra-{size}")
    press(anna, "Registra")
    expect(anna.get_by_text("Vuole che si passi di notte")).to_be_visible()
    maria = open_page(f"/segui/{mine.token}", **{**SIZES[size], "java_script_enabled": False})
    press(maria, "Ritira la richiesta")
    press(maria, "Ritira la richiesta")
    expect(maria.get_by_text("Hai ritirato la richiesta.").first).to_be_visible()
    anna.goto(f"/casi/{Case.objects.get().reference}/riesami")
    expect(anna.get_by_text("ritirato", exact=True)).to_be_visible()
    well_made(anna, f"riesami-del-caso-{size}")
