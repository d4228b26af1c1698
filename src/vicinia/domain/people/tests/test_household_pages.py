"""Pages of households: numbers and languages in sight, names behind a purpose."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.people import actions, queries
from vicinia.domain.people.models import Household, HouseholdMember
from vicinia.domain.people.tests.factories import person
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.territory.tests.factories import BuildingFactory, DwellingFactory, StairFactory
from vicinia.foundation.journal.models import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lucia)
    return client


@pytest.fixture
def flat(cast: Cast) -> Dwelling:
    row: Dwelling = DwellingFactory(stair__building__area=cast.crocetta, door="int. 7")
    return row


def text(response: Any) -> str:
    return str(response.content.decode())


def at(name: str, household: Household, *more: int) -> str:
    return reverse(f"household{name}", args=[household.number, *more])


def test_a_household_comes_to_a_door_moves_on_and_leaves(lucia: Client, flat: Dwelling) -> None:
    settle = reverse("household_settle", args=[flat.pk])
    assert lucia.get(settle).status_code == 200
    assert lucia.post(settle, {"languages": ["ar"], "size": "4", "since": "2020-05-01"}).status_code == 303
    household = Household.objects.get()
    page = text(lucia.get(reverse("households_of_building", args=[flat.building.code])))
    assert household.label in page and "arabo" in page and "4 persone" in page and "int. 7" in page
    taken = lucia.post(settle, {"size": "1"})
    assert taken.status_code == 409 and "Qui abita già" in text(taken)
    other = DwellingFactory(stair=flat.stair, door="int. 8")
    move = reverse("household_settle", args=[other.pk])
    unknown = lucia.post(move, {"number": "999"})
    assert unknown.status_code == 422 and "Non troviamo un nucleo" in text(unknown)
    lucia.post(move, {"number": household.number})
    page = text(lucia.get(at("", household)))
    assert "int. 8" in page and "int. 7" in page and "Prima" in page
    door = text(lucia.get(reverse("households_at_door", args=[flat.pk])))
    assert household.label in door and "dal 1" in door
    leave = at("_leave", household)
    assert lucia.get(leave).status_code == 200
    slow = lucia.post(leave, {"until": "", "seen_version": "1"})
    assert slow.status_code == 409 and "int. 8" in text(slow)
    assert lucia.post(leave, {"until": "", "seen_version": "2"}).status_code == 303
    assert lucia.get(leave).status_code == 409
    assert "senza alloggio" in text(lucia.get(reverse("households"), {"alloggio": "no"}))


def test_names_are_hidden_until_a_purpose_is_given(lucia: Client, cast: Cast, flat: Dwelling) -> None:
    household = actions.make_household(by=cast.lucia.as_actor(), dwelling=flat)
    actions.add_member(
        by=cast.lucia.as_actor(),
        household=household,
        person=person("Giuseppina Bevilacqua", phone="0131234567"),
    )
    addresses = [
        at("", household),
        reverse("households"),
        reverse("households_of_building", args=[flat.building.code]),
        reverse("households_at_door", args=[flat.pk]),
        reverse("building", args=[flat.building.code]),
    ]
    for address in addresses:
        page = text(lucia.get(address))
        assert "Bevilacqua" not in page and "234567" not in page
    assert not Sight.objects.exists()
    assert lucia.post(at("_reveal", household), {"purpose": "", "words": ""}).status_code == 422
    shown = text(lucia.post(at("_reveal", household), {"purpose": "visit"}))
    assert "Giuseppina Bevilacqua" in shown and Sight.objects.count() == 1


def test_members_are_added_known_or_new_related_and_removed(
    lucia: Client, cast: Cast, flat: Dwelling
) -> None:
    household = actions.make_household(by=cast.lucia.as_actor(), dwelling=flat)
    add = at("_add", household)
    assert lucia.get(add).status_code == 200
    assert lucia.post(add, {"name": "a@b", "language": "it"}).status_code == 422
    lucia.post(add, {"name": "Maria Rossi", "language": "ro", "relation": "reference"})
    [first] = queries.members_of(household)
    asked = lucia.post(add, {"name": "Maria Rossi", "language": "it"})
    assert asked.status_code == 422 and "è la stessa persona?" in text(asked)
    same = lucia.post(add, {"name": "Maria Rossi", "language": "it", "known": first.person.reference})
    assert same.status_code == 409 and "già nel nucleo" in text(same)
    lucia.post(add, {"name": "Maria Rossi", "language": "it", "known": "new"})
    assert HouseholdMember.objects.filter(household=household).count() == 2
    second = queries.members_of(household)[1]
    lucia.post(at("_relate", household, second.pk), {"relation": "parent"})
    assert "madre o padre" in text(lucia.get(at("", household)))
    assert "madre o padre" in text(lucia.get(reverse("person", args=[second.person.reference])))
    assert "La sua scheda resta" in text(lucia.get(at("_remove", household, second.pk)))
    lucia.post(at("_remove", household, second.pk))
    assert len(queries.members_of(household)) == 1
    assert lucia.get(at("_relate", household, second.pk)).status_code == 404


def test_what_is_stated_is_put_right(lucia: Client, cast: Cast, flat: Dwelling) -> None:
    household = actions.make_household(by=cast.lucia.as_actor(), dwelling=flat)
    assert "Non sappiamo ancora chi è" in text(lucia.get(at("", household)))
    assert lucia.get(at("_state", household)).status_code == 200
    lucia.post(at("_state", household), {"languages": ["ur", "en"], "size": "3", "seen_version": "1"})
    slow = lucia.post(at("_state", household), {"languages": [], "size": "", "seen_version": "1"})
    assert slow.status_code == 409 and "urdu" in text(slow)


def test_bruno_of_another_team_sees_doors_and_no_household(
    client: Client, cast: Cast, flat: Dwelling
) -> None:
    household = actions.make_household(by=cast.lucia.as_actor(), dwelling=flat)
    client.force_login(cast.bruno)
    assert client.get(at("", household)).status_code == 404
    assert client.post(at("_reveal", household), {"purpose": "visit"}).status_code == 404
    page = text(client.get(reverse("households_of_building", args=[flat.building.code])))
    assert "int. 7" in page and household.label not in page
    assert client.get(reverse("household_settle", args=[flat.pk])).status_code == 403
    client.force_login(cast.ada)
    assert client.get(reverse("households")).status_code == 403


def test_empty_pages_say_what_will_appear(lucia: Client, cast: Cast) -> None:
    assert "Nessun nucleo" in text(lucia.get(reverse("households")))
    building = BuildingFactory(area=cast.crocetta)
    page = reverse("households_of_building", args=[building.code])
    assert "non ha ancora scale" in text(lucia.get(page))
    stair = StairFactory(building=building)
    assert "non ha ancora alloggi" in text(lucia.get(page, {"scala": stair.pk}))
    part = text(lucia.get(page, headers={"HX-Request": "true"}))
    assert "<html" not in part and "Vedi scala per scala" in part
    flat = DwellingFactory(stair=stair)
    assert "Nessun nucleo conosciuto" in text(lucia.get(reverse("households_at_door", args=[flat.pk])))


def test_lists_cost_the_same_with_one_and_with_many(lucia: Client, cast: Cast, flat: Dwelling) -> None:
    def add(dwelling: Dwelling) -> None:
        household = actions.make_household(by=cast.lucia.as_actor(), dwelling=dwelling)
        actions.add_member(by=cast.lucia.as_actor(), household=household, person=person("Maria"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            lucia.get(reverse("households"))
            lucia.get(reverse("households_of_building", args=[flat.building.code]))
        return len(asked)

    add(flat)
    one = cost()
    for _turn in range(20):
        add(DwellingFactory(stair=flat.stair))
    assert cost() == one
