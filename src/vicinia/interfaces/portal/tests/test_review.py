"""Asking for a review behind a private link: what its holder reads and does, and nobody else."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.listening.actions import Received
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.tests.factories import received_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.reviews import actions as reviews
from vicinia.domain.reviews.models import Review
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.portal.tests.test_report import XSS

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
CARD = "Hai diritto a chiedere un riesame"


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def told(cast: Cast, days: int, **fields: object) -> Received:
    with clock.at(NOW - dt.timedelta(days=days)):
        return received_in(cast.crocetta, **fields)


@pytest.fixture
def mine(cast: Cast) -> Received:
    """Maria's third report."""
    told(cast, 40), told(cast, 20)
    return told(cast, 3)


def page(received: Received, tail: str = "") -> str:
    answer = Client().get(f"/segui/{received.token}{tail}")
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def ask(received: Received, words: str = "Nessuno mi richiama") -> Review:
    answer = Client().post(f"/segui/{received.token}/riesame", {"ask": "1", "words": words})
    assert (answer.status_code, answer["Location"]) == (302, f"/segui/{received.token}/riesame")
    return Review.objects.latest("id")


def met(cast: Cast, received: Received) -> None:
    new = casework.NewContact(summary="x")
    casework.contact_on_report(by=cast.actor(cast.anna), report=received.report, new=new)


def test_the_right_is_told_where_one_of_us_has_met_who_reports(mine: Received, cast: Cast) -> None:
    assert CARD not in page(mine) and "Chiedere un riesame: come funziona" in page(mine)
    met(cast, mine)
    assert CARD in page(mine) and "Chiedere un riesame: come funziona" not in page(mine)
    assert "Nel nostro registro i requisiti ci sono." in page(mine, "/riesame")


def test_who_reports_in_a_neighbours_name_learns_nothing(mine: Received, cast: Cast) -> None:
    met(cast, mine)
    false_maria = told(cast, 0)
    assert false_maria.report.reporter == mine.report.reporter, "the same name, number and address"
    for tail in ("", "/riesame"):
        shown = page(false_maria, tail)
        assert CARD not in shown and "i requisiti ci sono." not in shown.replace(
            "ti diciamo se i requisiti ci sono.", ""
        )
    asked = ask(mine)
    for tail in ("", "/riesame"):
        assert asked.reference not in page(false_maria, tail) and "richiama" not in page(false_maria, tail)
    ask(false_maria, words="altre parole")
    assert "altre parole" not in page(mine, "/riesame")


def test_five_people_on_a_place_are_told(cast: Cast) -> None:
    rows = [
        told(cast, n, reporter=PersonDetails(name=f"Persona {name}", email=f"{name}@posta.example"))
        for n, name in enumerate(("Alfa", "Beta", "Gamma", "Delta", "Zeta"))
    ]
    assert all(CARD in page(row) for row in rows)
    nameless = told(cast, 0, reporter=None)
    assert CARD not in page(nameless)


def test_it_is_asked_with_a_form_and_the_dates_are_read(mine: Received, cast: Cast) -> None:
    assert "entro 10 giorni lavorativi" in page(mine, "/riesame").lower()
    asked = ask(mine)
    for tail in ("", "/riesame"):
        shown = page(mine, tail)
        assert asked.reference in shown
        # Ten, fifteen and twenty working days from Wednesday 18 November, over 8 December.
        assert "2 dicembre 2026" in shown and "10 dicembre 2026" in shown and "17 dicembre 2026" in shown
    assert "Nessuno mi richiama" in page(mine, "/riesame") and "Chiedo il riesame" not in page(
        mine, "/riesame"
    )
    assert ask(mine) == asked and Review.objects.count() == 1
    assert "Hai chiesto un riesame" in page(mine)


def test_words_are_not_needed_and_are_shown_as_words(mine: Received) -> None:
    asked = ask(mine, words="")
    reviews.withdraw(by=Actor.resident(mine.report.reference), review=asked)
    ask(mine, words=XSS)
    assert XSS not in page(mine, "/riesame")


def test_the_answers_are_read_on_the_page(mine: Received, cast: Cast) -> None:
    carla, lucia = cast.actor(cast.carla), cast.actor(cast.lucia)
    review = reviews.acknowledge(by=carla, review=ask(mine), chair=reviews.Chair(user=cast.lucia))
    assert "Lo presiede Lucia Sala, che non ha avuto parte nel caso." in page(mine)
    review = reviews.decide_threshold(by=lucia, review=review, is_met=True, reasons="Tre segnalazioni.")
    assert "Il riesame si fa: ci incontriamo entro il 17 dicembre 2026." in page(mine)
    assert "Tre segnalazioni." in page(mine)
    review = reviews.set_meeting(by=lucia, review=review, at=NOW + dt.timedelta(hours=1), place="in Comune")
    assert "Ci incontriamo il 18 novembre 2026 alle 12" in page(mine)
    row = reviews.recommend(
        by=lucia, review=review, new=reviews.NewRecommendation("Richiamarla ogni lunedì", clock.today())
    )
    assert "Richiamarla" not in page(mine)
    with time_machine.travel(NOW + dt.timedelta(hours=2), tick=False):
        review = reviews.decide(by=lucia, review=review, reasons="Va ascoltata.")
        reviews.refuse_recommendation(by=carla, recommendation=row, reason="Non serve.")
        shown = page(mine)
    for words in ("Va ascoltata.", "Richiamarla ogni lunedì", "non accettata", "Non serve."):
        assert words in shown
    answer = Client().get(f"/segui/{mine.token}/riesame/{review.reference}/decisione.pdf")
    text = " ".join(part.extract_text() for part in PdfReader(BytesIO(answer.content)).pages)
    assert answer["Cache-Control"] == "private, no-store" and "Va ascoltata." in text
    assert "Bassi" not in text, "a link does not prove whose name it is"


def test_a_no_gives_its_reason(mine: Received, cast: Cast) -> None:
    carla, lucia = cast.actor(cast.carla), cast.actor(cast.lucia)
    review = reviews.acknowledge(by=carla, review=ask(mine), chair=reviews.Chair(user=cast.lucia))
    reviews.decide_threshold(by=lucia, review=review, is_met=False, reasons="Ne manca una.")
    shown = page(mine, "/riesame")
    assert "Il riesame non si fa" in shown and "Ne manca una." in shown and "Chiedo il riesame" in shown


def test_it_is_taken_back(mine: Received) -> None:
    asked = ask(mine)
    address = f"/segui/{mine.token}/riesame/{asked.reference}/ritira"
    assert "Puoi chiedere un altro riesame" in page(mine, f"/riesame/{asked.reference}/ritira")
    assert Client().post(address, {"words": ""})["Location"] == f"/segui/{mine.token}/riesame"
    asked.refresh_from_db()
    assert asked.state == "withdrawn" and "Hai ritirato la richiesta." in page(mine)
    assert Client().post(address, {"words": ""}).status_code == 409


def test_another_links_review_does_not_exist(mine: Received, cast: Cast) -> None:
    asked = ask(mine)
    other = told(cast, 1, reporter=PersonDetails(name="Ugo Bini", phone="059 774411"))
    for token in (other.token, "inventato"):
        assert Client().get(f"/segui/{token}/riesame/{asked.reference}/ritira").status_code == 404
        assert Client().post(f"/segui/{token}/riesame/{asked.reference}/ritira", {}).status_code == 404
        assert Client().get(f"/segui/{token}/riesame/{asked.reference}/conferma.pdf").status_code == 404
    assert Client().get("/segui/inventato/riesame").status_code == 404
    assert Client().post("/segui/inventato/riesame", {"ask": "1"}).status_code == 404
    assert Client().get(f"/segui/{mine.token}/riesame/{asked.reference}/altro.pdf").status_code == 404
    assert Client().get(f"/segui/{mine.token}/riesame/{asked.reference}/conferma.pdf").status_code == 409
    assert asked.reference not in page(other) and Review.objects.get().state == "asked"


def test_what_who_joined_asked_by_telephone_is_not_the_reporters(mine: Received, cast: Cast) -> None:
    joined = people.meet(by=Actor.visitor(), details=PersonDetails(name="Ugo Bini", phone="059 774411"))
    MeToo.objects.create(report=mine.report, person=joined)
    entered = reviews.Entered(words="parole di Ugo", channel="phone", asked_on=clock.today())
    theirs = reviews.ask_for(by=cast.actor(cast.carla), report=mine.report, person=joined, new=entered)
    for tail in ("", "/riesame"):
        assert theirs.reference not in page(mine, tail) and "parole di Ugo" not in page(mine, tail)
    assert Client().get(f"/segui/{mine.token}/riesame/{theirs.reference}/ritira").status_code == 404
    assert ask(mine) != theirs


def test_where_to_complain_is_said(mine: Received, settings) -> None:
    settings.REVIEW_COMPLAINTS = "difensore civico, piazza Grande 2"
    assert "difensore civico, piazza Grande 2" in page(mine, "/riesame")
    settings.REVIEW_COMPLAINTS, settings.HELP_EMAIL, settings.HELP_PHONE = "", "", ""
    assert "ufficio relazioni con il pubblico" in page(mine, "/riesame")


def test_a_page_with_a_right_costs_a_bounded_number_of_statements(mine: Received, cast: Cast) -> None:
    met(cast, mine)

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            assert CARD in page(mine)
        return len(made)

    few = cost()
    for n in range(12):
        told(cast, n + 1)
    assert Report.objects.count() == 15
    assert cost() == few <= 32
