"""The page of a person: hidden, shown with a purpose, corrected, merged, copied, erased."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.people import actions
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.people.tests.conftest import Upstairs
from vicinia.domain.people.tests.factories import person
from vicinia.foundation.journal.models import Sight

pytestmark = pytest.mark.django_db

SECRETS = ("Giuseppina", "Bevilacqua", "234567", "234 567", "pina@", "via Roma", "sente poco")


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def pina(cast: Cast, upstairs: Upstairs) -> Person:
    row = person(
        "Giuseppina Bevilacqua",
        phone="0131 234567",
        email="pina@posta.example",
        address="via Roma 1",
        needs="sente poco",
    )
    upstairs.connect(row, cast.anna)
    return row


def url(name: str, row: Person) -> str:
    return reverse(name, args=[row.reference])


def test_the_page_hides_everything_but_the_initials(client: Client, cast: Cast, pina: Person) -> None:
    client.force_login(cast.anna)
    page = client.get(url("person", pina)).content.decode()
    assert "G. B." in page
    assert not [word for word in SECRETS if word in page]
    assert not Sight.objects.exists()


def test_a_purpose_shows_the_data_and_is_logged(client: Client, cast: Cast, pina: Person) -> None:
    client.force_login(cast.anna)
    page = client.post(url("person_reveal", pina), {"purpose": "", "words": "la richiamo stasera"})
    assert "Giuseppina Bevilacqua" in page.content.decode() and "0131 234567" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Sight.objects.get().purpose == "la richiamo stasera"


def test_without_a_purpose_nothing_is_shown_or_logged(client: Client, cast: Cast, pina: Person) -> None:
    client.force_login(cast.anna)
    response = client.post(url("person_reveal", pina), {"purpose": "", "words": " "})
    page = response.content.decode()
    assert response.status_code == 422 and "Scrivi perché" in page
    assert not [word for word in SECRETS if word in page] and not Sight.objects.exists()


@pytest.mark.parametrize("name", ["person", "person_correct", "person_reveal"])
def test_bruno_of_another_team_gets_no_page_of_annas_person(
    client: Client, cast: Cast, pina: Person, name: str
) -> None:
    client.force_login(cast.bruno)
    response = (
        client.post(url(name, pina), {"purpose": "contact"})
        if "reveal" in name
        else client.get(url(name, pina))
    )
    assert response.status_code == 404
    assert not [word for word in SECRETS if word in response.content.decode()]


@pytest.mark.parametrize("name", ["person_merge", "person_erase", "person_copy"])
def test_anna_may_see_her_but_not_manage_her(client: Client, cast: Cast, pina: Person, name: str) -> None:
    client.force_login(cast.anna)
    assert client.post(url(name, pina), {"q": "x"}).status_code == 403
    assert Person.objects.get(pk=pina.pk).erased_at is None


def test_data_are_corrected_and_bad_ones_kept_for_another_try(
    client: Client, cast: Cast, pina: Person
) -> None:
    client.force_login(cast.anna)
    typed = {"version": pina.version, "name": "Pina Bevilacqua", "phone": "12", "language": "it"}
    refused = client.post(url("person_correct", pina), typed)
    assert refused.status_code == 422 and "non sembra completo" in refused.content.decode()
    assert 'value="12"' in refused.content.decode()
    assert client.post(url("person_correct", pina), typed | {"phone": "0131 765432"}).status_code == 302
    assert Person.objects.get(pk=pina.pk).name == "Pina Bevilacqua"


def test_the_second_of_two_corrections_sees_both_versions(client: Client, cast: Cast, pina: Person) -> None:
    actions.correct(by=cast.actor(cast.carla), person=pina, details=PersonDetails(name="Pina Verdi"))
    client.force_login(cast.anna)
    typed = {"version": 1, "name": "Giusy Bevilacqua", "language": "it"}
    page = client.post(url("person_correct", pina), typed)
    assert page.status_code == 409
    assert "Pina Verdi" in page.content.decode() and "Giusy Bevilacqua" in page.content.decode()


def test_doubles_are_merged_and_parted(client: Client, cast: Cast, pina: Person) -> None:
    other = person("Pina B.", phone="0131 234567", email="altra@posta.example")
    client.force_login(cast.carla)
    assert other.reference in client.get(url("person_merge", pina)).content.decode()
    client.post(url("person_merge", pina), {"gone": other.reference})
    assert client.get(url("person", other)).url == url("person", pina)
    client.post(url("person_undo_merge", other))
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_the_copy_is_given_as_json_and_as_pdf(
    client: Client, cast: Cast, pina: Person, upstairs: Upstairs
) -> None:
    upstairs.words[pina.pk] = "il cortile"
    client.force_login(cast.carla)
    copy = json.loads(client.post(url("person_copy", pina), {"formato": "json"}).content)
    assert copy["people"][0]["nome"] == "Giuseppina Bevilacqua"
    assert copy["upstairs"] == [{"parole": "il cortile"}]
    printed = client.post(url("person_copy", pina), {"formato": "pdf"})
    assert printed.content.startswith(b"%PDF") and printed["Content-Type"] == "application/pdf"


def test_erasing_is_asked_once_more_and_leaves_an_empty_page(
    client: Client, cast: Cast, pina: Person
) -> None:
    client.force_login(cast.carla)
    assert "Non si può tornare indietro" in client.get(url("person_erase", pina)).content.decode()
    assert Person.objects.get(pk=pina.pk).erased_at is None
    page = client.post(url("person_erase", pina), follow=True).content.decode()
    assert "sono stati cancellati" in page
    assert not [word for word in SECRETS if word in page]
