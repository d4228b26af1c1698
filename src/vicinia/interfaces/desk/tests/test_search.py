"""The search page: who finds what. Each test first makes what could leak."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import CivicNumber, Street
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.search.models import Document

pytestmark = pytest.mark.django_db

ACER = PersonDetails(name="Giuseppina Bevilacqua", phone="0131 234567", email="pina@posta.example")


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


def page(client: Client, user: User, words: str, **asked: object) -> str:
    client.force_login(user)
    response = client.get(reverse("search"), {"q": words, **asked})
    assert response.status_code == 200
    return str(response.content.decode())


def finders(client: Client, cast: Cast, words: str, shown: str) -> list[User]:
    staff = [
        user for user in cast.everybody if user != cast.paolo
    ]  # partners have no desk: see the last test
    return [user for user in staff if shown in page(client, user, words)]


def test_a_report_is_found_by_its_area_the_coordinator_and_the_laboratory(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, title="Lampioni spenti", description="Perché è buio in città")
    for words in ("lampione", "buio citta", report.reference, str(int(report.reference[5:]))):
        found = finders(client, cast, words, reverse("report", args=[report.reference]))
        assert found == [cast.anna, cast.carla, cast.lucia], words


def test_a_police_report_is_hidden_from_the_laboratory(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, category=police_kind(), title="Spaccio al parco")
    found = finders(client, cast, "spaccio parco", reverse("report", args=[report.reference]))
    assert found == [cast.anna, cast.carla]
    assert "Niente per" in page(client, cast.lucia, "spaccio parco")


def test_a_report_in_own_charge_elsewhere_is_found(client: Client, cast: Cast) -> None:
    report = report_in(cast.stazione, title="Lampioni spenti")
    assert report.reference not in page(client, cast.anna, "lampioni")
    listening.take(by=cast.actor(cast.bruno), report=report)
    type(report).objects.filter(pk=report.pk).update(owner=cast.anna)
    assert report.reference in page(client, cast.anna, "lampioni")


def test_a_report_without_a_place_is_found_by_who_may_place_it(client: Client, cast: Cast) -> None:
    report = report_in(None, title="Lampioni spenti")
    assert report.reference in page(client, cast.bruno, "lampioni")


def test_the_index_is_the_same_when_it_is_made_again(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, title="Lampioni spenti")
    case_of(cast.actor(cast.anna), report, title="Lampioni del viale")
    kept = set(Document.objects.values_list("kind", "row_id", "heading", "words"))
    call_command("rebuild_search")
    assert set(Document.objects.values_list("kind", "row_id", "heading", "words")) == kept
    assert any(f"s0area{cast.crocetta.pk}" in words for _kind, _row, _heading, words in kept)


def test_a_report_that_moves_to_another_area_is_found_there(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, title="Lampioni spenti")
    lat, lon = cast.stazione.south + 0.005, cast.stazione.west + 0.005
    client.force_login(cast.carla)
    url = reverse("report_correct", args=[report.reference])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"lat": lat, "lon": lon}
    client.post(url, typed | {"seen_version": report.version, "address": "", "place_words": "al binario"})
    report.refresh_from_db()
    assert report.area_id == cast.stazione.pk
    assert report.reference in page(client, cast.bruno, "lampioni")
    assert report.reference not in page(client, cast.anna, "lampioni")


def test_a_case_is_found_by_its_area_and_by_whom_it_is_proposed_to(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, title="Lite in cortile")
    case = case_of(cast.actor(cast.anna), report, title="Lite sul pianerottolo")
    url = reverse("case", args=[case.reference])
    assert finders(client, cast, "pianerottolo", url) == [cast.anna, cast.carla, cast.lucia]
    casework.propose(by=cast.actor(cast.carla), case=case, to=cast.bruno)
    assert url in page(client, cast.bruno, "pianerottolo")


@pytest.mark.parametrize(
    "words", ["bevilacqua", "Giusepina Bevilaqua", "0131/23 45 67", "pina@posta.example"]
)
def test_a_person_is_found_only_by_who_sees_a_report_of_hers(client: Client, cast: Cast, words: str) -> None:
    report_in(cast.crocetta, reporter=ACER)
    assert finders(client, cast, words, "Giuseppina Bevilacqua") == [cast.anna, cast.carla, cast.lucia]


def test_a_person_of_a_police_report_only_is_hidden_from_the_laboratory(client: Client, cast: Cast) -> None:
    report_in(cast.crocetta, category=police_kind(), reporter=ACER)
    assert finders(client, cast, "bevilacqua", "Giuseppina") == [cast.anna, cast.carla]


def test_a_near_name_is_offered_as_a_question(client: Client, cast: Cast) -> None:
    report_in(cast.crocetta, reporter=ACER)
    assert "Forse cercavi" in page(client, cast.anna, "bevilaqua")
    assert "Forse cercavi" not in page(client, cast.anna, "bevilacqua")


def test_searching_people_is_logged_and_searching_other_things_is_not(client: Client, cast: Cast) -> None:
    report_in(cast.crocetta, title="Lampioni spenti", reporter=ACER)
    page(client, cast.anna, "2026-0143")
    page(client, cast.vera, "bevilacqua")
    assert not Sight.objects.exists()
    page(client, cast.anna, "bevilacqua")
    assert Sight.objects.filter(by_ref=f"user:{cast.anna.pk}", about="people:search").count() == 1


def test_words_of_a_name_never_come_into_the_index(cast: Cast) -> None:
    report_in(cast.crocetta, reporter=ACER)
    assert Document.objects.exists()
    assert "bevilacqua" not in str(list(Document.objects.values_list("words", "heading")))


def test_an_erased_person_is_found_no_more(client: Client, cast: Cast) -> None:
    report = report_in(cast.crocetta, title="Lampioni", description="mi chiamo Bevilacqua", reporter=ACER)
    assert "Giuseppina" in page(client, cast.carla, "bevilacqua")
    people.erase(by=cast.actor(cast.carla), person=report.reporter)
    shown = page(client, cast.carla, "bevilacqua")
    assert "Giuseppina" not in shown and report.reference not in shown


def test_places_are_found_with_a_slip(client: Client, cast: Cast) -> None:
    street = Street.objects.create(code="1", kind="via", name="Garibaldi")
    CivicNumber.objects.create(street=street, number=12, lat=44.805, lon=10.605, area=cast.crocetta)
    assert "Garibaldi" in page(client, cast.anna, "via garibadi 12")


def test_filters_narrow_by_area_state_and_period(client: Client, cast: Cast) -> None:
    here = report_in(cast.crocetta, title="Lampioni spenti")
    there = report_in(cast.stazione, title="Lampioni spenti")
    shown = page(client, cast.carla, "lampioni", area=cast.crocetta.pk)
    assert here.reference in shown and there.reference not in shown
    assert "Niente per" in page(client, cast.carla, "lampioni", stato="chiuse")
    assert "Niente per" in page(client, cast.carla, "lampioni", al="2020-01-01")
    assert here.reference in page(client, cast.carla, "lampioni", dal="2020-01-01", stato="aperte")
    assert "Niente per" not in page(client, cast.carla, "lampioni", dal="ieri")


def test_one_kind_has_pages_and_counts_are_links(client: Client, cast: Cast) -> None:
    for number in range(25):
        report_in(cast.crocetta, title=f"Lampione {number}", reporter=None, category=kind())
    assert "tipo=report" in page(client, cast.anna, "lampione")
    assert "Da 21 a 25 di 25" in page(client, cast.anna, "lampione", tipo="report", pagina="2")


def test_htmx_gets_the_results_and_nothing_around(client: Client, cast: Cast) -> None:
    report_in(cast.crocetta, title="Lampioni spenti")
    client.force_login(cast.anna)
    part = client.get(reverse("search"), {"q": "lampi"}, headers={"HX-Request": "true"}).content.decode()
    assert "Lampioni spenti" in part and "<html" not in part


def test_visitors_are_led_to_sign_in_and_partners_are_refused(client: Client, cast: Cast) -> None:
    assert client.get(reverse("search")).status_code == 302
    client.force_login(cast.paolo)
    assert client.get(reverse("search"), {"q": "lampioni"}).status_code == 403


def test_the_page_costs_the_same_for_one_and_thirty(
    client: Client, cast: Cast, django_assert_num_queries
) -> None:
    counts = []
    for many in (1, 29):
        for _number in range(many):
            report_in(cast.crocetta, title="Lampione", reporter=None, category=kind())
        page(client, cast.anna, "fontana")  # the town's addresses come into memory
        with CaptureQueriesContext(connection) as captured:
            page(client, cast.anna, "lampione")
        counts.append(len(captured))
    assert counts[0] == counts[1]
