"""Who opens which page of reviews, what the pages cost, and that they lead through the whole of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.casework.models import Task
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.tests.factories import police_kind
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.reviews import actions, urls
from vicinia.domain.reviews.actions import Chair, NewRecommendation
from vicinia.domain.reviews.models import Recommendation, Review
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
EVERYBODY = ("anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada")
C = Capability
SEES = {
    "own": {"anna", "carla", "lucia"},
    "other": {"bruno", "carla"},
    "police": {"anna", "carla"},
}
# name: (capability, method)
OF_REVIEW = {
    "review": (C.SEE_CASES, "get"),
    **{
        f"review_{name}": (C.CHAIR_REVIEWS, "get")
        for name in ("acknowledge", "chair", "settle", "meeting", "decide", "withdraw", "recommend")
    },
}
OF_RECOMMENDATION = {
    "review_unrecommend": (C.CHAIR_REVIEWS, "post"),
    "review_accept": (C.WORK_CASES, "post"),
    "review_refuse": (C.WORK_CASES, "get"),
}
OF_REPORT = {"reviews_on_report": (C.SEE_REPORTS, "get"), "review_from_report": (C.TRIAGE_REPORTS, "get")}
OF_CASE = {"reviews_on_case": (C.SEE_CASES, "get"), "review_from_case": (C.TRIAGE_REPORTS, "get")}


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(client: Client, method: str, name: str, *args: object) -> int:
    with transaction.atomic():
        status = getattr(client, method)(reverse(name, args=args)).status_code
        transaction.set_rollback(True)
    return int(status)


@pytest.fixture
def rows(told, cast: Cast) -> dict[str, Review]:
    """A review that waits to be acknowledged, of each sort."""
    made = {
        "own": told(0),
        "other": told(0, area=cast.stazione),
        "police": told(0, PersonDetails(name="Ugo Bini", phone="059 774411"), category=police_kind()),
    }
    return {name: actions.ask(by=Actor.resident(row.reference), report=row) for name, row in made.items()}


def everybody(cast: Cast) -> Iterator[tuple[str, User, Client]]:
    for who in EVERYBODY:
        yield who, getattr(cast, who), of(getattr(cast, who))


def expected(user: User, who: str, row: str, capability: Capability) -> tuple[int, ...]:
    if capability not in ROLE_CAPABILITIES[user.role]:
        return (403,)
    return (200, 303, 403, 409) if who in SEES[row] else (404,)


def test_every_address_has_an_expectation():
    names = {str(pattern.name) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert names == {"reviews", "review_letter", *OF_REVIEW, *OF_RECOMMENDATION, *OF_REPORT, *OF_CASE}


def test_pages_of_a_review_are_hidden_with_its_report(cast, rows):
    for row, review in rows.items():
        Recommendation.objects.create(review=review, what="x", due_on=clock.today())
        for who, user, client in everybody(cast):
            for name, (capability, method) in OF_REVIEW.items():
                status = ask(client, method, name, review.reference)
                assert status in expected(user, who, row, capability), (who, name, row, status)
            for name, (capability, method) in OF_RECOMMENDATION.items():
                status = ask(client, method, name, review.reference, review.recommendations.get().pk)
                assert status in expected(user, who, row, capability), (who, name, row, status)
            for name, (capability, method) in OF_REPORT.items():
                status = ask(client, method, name, review.report.reference)
                assert status in expected(user, who, row, capability), (who, name, row, status)


def test_a_panel_of_a_case_is_hidden_with_it(cast, case, asked):
    for who, user, client in everybody(cast):
        for name, (capability, method) in OF_CASE.items():
            status = ask(client, method, name, case.reference)
            assert status in expected(user, who, "own", capability), (who, name, status)


def test_the_list_shows_what_one_may_see_and_no_more(cast, rows):
    for who, user, client in everybody(cast):
        response = client.get(reverse("reviews"))
        if C.SEE_CASES not in ROLE_CAPABILITIES[user.role]:
            assert response.status_code == 403, who
            continue
        text = response.content.decode()
        for row, review in rows.items():
            assert (review.reference in text) is (who in SEES[row]), (who, row)
    assert Client().get(reverse("reviews"))["Location"].startswith("/accesso")


def test_the_list_is_filtered_and_the_late_come_first(cast, told, carla):
    with clock.at(clock.now() - dt.timedelta(days=30)):
        report = told(0)
        late = actions.ask(by=Actor.resident(report.reference), report=report)
    report = told(0)
    fresh = actions.ask(by=Actor.resident(report.reference), report=report)
    client = of(cast.carla)
    text = client.get(reverse("reviews")).content.decode()
    assert text.index(late.reference) < text.index(fresh.reference)
    actions.withdraw(by=carla, review=fresh)
    assert fresh.reference not in client.get(reverse("reviews"), {"stato": "asked"}).content.decode()
    text = client.get(reverse("reviews"), {"vista": "finiti", "stato": "withdrawn"}).content.decode()
    assert fresh.reference in text and late.reference not in text
    assert (
        "Nessun riesame qui"
        in client.get(reverse("reviews"), {"vista": "finiti", "stato": "decided"}).content.decode()
    )
    assert client.get(reverse("reviews"), {"vista": "x", "stato": "x"}).status_code == 200


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def test_a_list_costs_the_same_with_one_row_and_fifty(cast, told):
    report = told(0)
    actions.ask(by=Actor.resident(report.reference), report=report)
    client = of(cast.carla)
    cost(client, reverse("reviews"))
    one = cost(client, reverse("reviews"))
    for _n in range(49):
        row = told(0, None)
        actions.ask(by=Actor.resident(row.reference), report=row)
    assert Review.objects.count() == 50
    assert cost(client, reverse("reviews")) == one


def test_a_page_costs_the_same_whatever_lies_behind(cast, told, carla, report, presided, case):
    client = of(cast.carla)
    address = reverse("review", args=[presided.reference])
    cost(client, address)
    few = cost(client, address)
    for n in range(8):
        told(1, PersonDetails(name=f"Persona {'ABCDEFGH'[n]}lfa", email=f"p{n}@posta.example"))
        Recommendation.objects.create(review=presided, what=f"cosa {n}", due_on=clock.today())
    presided.reports.add(*Report.objects.all())
    assert cost(client, address) == few


def test_reports_of_other_areas_are_counted_and_not_shown(cast, told, lucia):
    far = told(3, area=cast.stazione, title="Titolo lontano")
    told(2)
    report = told(1)
    review = actions.ask(by=Actor.resident(report.reference), report=report)
    text = of(cast.lucia).get(reverse("review", args=[review.reference])).content.decode()
    assert "Titolo lontano" not in text and far.reference not in text
    assert "altra segnalazione è di una zona che non segui" in text
    assert "Titolo lontano" in of(cast.carla).get(reverse("review", args=[review.reference])).content.decode()


def test_staff_write_down_a_request_from_the_report_and_from_the_case(cast, case, report, told):
    joined = people.meet(by=Actor.visitor(), details=PersonDetails(name="Ugo Bini", phone="059 774411"))
    me_too = MeToo.objects.create(report=report, person=joined)
    client = of(cast.anna)
    today = clock.today().isoformat()
    form = {"channel": "phone", "asked_on": today, "words": "Vuole parlarne"}
    page = client.get(reverse("review_from_case", args=[case.reference])).content.decode()
    assert report.reference in page and "Chi si è unito" in page and "Bini" not in page
    answer = client.post(
        reverse("review_from_report", args=[report.reference]), form | {"asker": report.reference}
    )
    review = Review.objects.get()
    assert answer["Location"] == reverse("review", args=[review.reference]) and review.by_name == "Anna Ferri"
    asker = f"{report.reference}:{me_too.pk}"
    client.post(reverse("review_from_case", args=[case.reference]), form | {"asker": asker})
    assert Review.objects.filter(person=joined).count() == 1
    wrong = client.post(reverse("review_from_report", args=[report.reference]), form | {"asker": "altro"})
    assert wrong.status_code == 422
    again = client.post(
        reverse("review_from_report", args=[report.reference]), form | {"asker": report.reference}
    )
    assert again.status_code == 409


def test_who_writes_it_down_may_not_be_who_reads_it(cast, told):
    told(3, category=police_kind()), told(2)
    report = told(1)
    client = of(cast.lucia)
    form = {"channel": "desk", "asked_on": clock.today().isoformat(), "words": "x", "asker": report.reference}
    answer = client.post(reverse("review_from_report", args=[report.reference]), form)
    assert answer["Location"] == reverse("report", args=[report.reference])
    assert client.get(reverse("review", args=[Review.objects.get().reference])).status_code == 404


def test_the_whole_way_through_the_pages(cast, case, asked, anna):
    carla, lucia, worker = of(cast.carla), of(cast.lucia), of(cast.anna)
    page = carla.get(reverse("review", args=[asked.reference])).content.decode()
    assert "Nessuno mi richiama." in page and "Può presiedere." in page

    def go(client, name, data, *more):
        answer = client.post(reverse(name, args=[asked.reference, *more]), data)
        assert answer.status_code == 303, answer.content.decode()[:2000]

    assert (
        carla.post(reverse("review_acknowledge", args=[asked.reference]), {"chair": "outside"}).status_code
        == 422
    )
    go(carla, "review_acknowledge", {"chair": cast.lucia.pk})
    go(carla, "review_chair", {"chair": "outside", "name": "Sara Pini", "office": "Servizi sociali"})
    assert (
        "Sara Pini, Servizi sociali" in lucia.get(reverse("review", args=[asked.reference])).content.decode()
    )
    go(lucia, "review_chair", {"chair": cast.lucia.pk})
    assert "i requisiti c" in lucia.get(reverse("review_settle", args=[asked.reference])).content.decode()
    go(lucia, "review_settle", {"is_met": "1", "reasons": "Ci sono."})
    soon = clock.now() + dt.timedelta(minutes=2)
    go(lucia, "review_meeting", {"at": soon.astimezone().strftime("%Y-%m-%dT%H:%M"), "place": "al telefono"})
    Review.objects.update(meeting_at=clock.now())
    both = {"what": "x", "due_on": "2030-01-01", "user": cast.anna.pk}
    go(lucia, "review_recommend", both)
    go(lucia, "review_recommend", {"what": "Di troppo", "due_on": "2030-01-01"})
    go(lucia, "review_unrecommend", {}, Recommendation.objects.get(what="Di troppo").pk)
    go(lucia, "review_decide", {"reasons": "Va ascoltata."})
    row = Recommendation.objects.get()
    go(worker, "review_accept", {}, row.pk)
    assert Task.objects.get(case=case).assignee == cast.anna
    assert "Va ascoltata." in worker.get(reverse("review", args=[asked.reference])).content.decode()
    assert asked.reference in worker.get(reverse("reviews_on_case", args=[case.reference])).content.decode()


def test_nobody_left_is_said_in_a_sentence(cast, asked, carla, lucia, report):
    User.objects.filter(pk=cast.lucia.pk).update(is_active=False)
    listening.take(by=carla, report=report)
    page = of(cast.carla).get(reverse("review_acknowledge", args=[asked.reference])).content.decode()
    assert "Qui nessuno può presiedere" in page and "Una persona di un altro ufficio" in page


def test_a_letter_reveals_and_is_logged(cast, asked, presided, carla, lucia):
    address = reverse("review_letter", args=[asked.reference, "conferma"])
    assert of(cast.anna).get(address).status_code == 403
    assert of(cast.bruno).get(address).status_code == 403
    answer = of(cast.carla).get(address)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"
    assert Sight.objects.filter(purpose__contains=asked.reference).count() == 1
    assert Entry.objects.filter(event="review.letter").count() == 1
    for kind, status in (("decisione", 409), ("altro", 404)):
        assert (
            of(cast.carla).get(reverse("review_letter", args=[asked.reference, kind])).status_code == status
        )


def test_a_letter_with_the_decision(cast, meeting, lucia):
    actions.recommend(
        by=lucia, review=meeting, new=NewRecommendation(what="Ascoltarla", due_on=clock.today())
    )
    actions.decide(by=lucia, review=meeting, reasons="Va richiamata.")
    content = of(cast.lucia).get(reverse("review_letter", args=[meeting.reference, "decisione"])).content
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert (
        "Va richiamata." in text and "Ascoltarla" in text and "Maria Bassi" in text and "Lucia Sala" in text
    )


def test_a_report_tells_staff_of_the_right(cast, report, told):
    page = of(cast.anna).get(reverse("reviews_on_report", args=[report.reference])).content.decode()
    assert "può chiedere un riesame: diglielo" in page and "3 segnalazioni della stessa persona" in page
    other = told(0, None)
    page = of(cast.anna).get(reverse("reviews_on_report", args=[other.reference])).content.decode()
    assert "diglielo" not in page and "Nessuno ha chiesto un riesame." in page


def test_the_day_of_who_assigns_shows_a_review_without_a_case(cast, asked):
    assert asked.reference in of(cast.carla).get(reverse("day")).content.decode()
    assert asked.reference not in of(cast.lucia).get(reverse("day")).content.decode()


def test_an_external_chair_is_kept_with_name_and_office(asked, carla):
    review = actions.acknowledge(
        by=carla, review=asked, chair=Chair(name=" Sara Pini ", office=" Servizi sociali ")
    )
    assert (review.chair, review.chair_name, review.chair_office) == (None, "Sara Pini", "Servizi sociali")


def test_who_prints_reads_in_which_language_a_letter_comes_out(cast, asked, presided):
    page = lambda: of(cast.carla).get(reverse("review", args=[asked.reference])).content.decode()  # noqa: E731
    assert "Esce in" not in page()
    type(asked.report).objects.filter(pk=asked.report_id).update(language="fr")
    assert "Esce in francese. La traduzione non è ancora riletta." in page()
    content = of(cast.carla).get(reverse("review_letter", args=[asked.reference, "conferma"])).content
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "Nous te disons si les conditions" in words
