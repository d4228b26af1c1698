"""Pages of buildings: looked at by who works with houses, corrected by who keeps them, at a fixed cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.territory.tests.factories import (
    BuildingFactory,
    CivicNumberFactory,
    DwellingFactory,
    StairFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lucia)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_building_is_made_with_its_stair_and_its_doors_from_the_pages(lucia: Client) -> None:
    number = CivicNumberFactory(street__name="Roma", number=12)
    typed = {"name": "Corte A", "address": "via Roma 12", "civic_number_id": number.pk, "manager": "ALER"}
    made = lucia.post(reverse("add_building"), typed)
    building = Building.objects.get()
    assert made.status_code == 303 and building.civic_number == number
    lost = lucia.post(reverse("add_stair", args=[building.code]), {"name": "A", "address": "chissà dove"})
    assert lost.status_code == 422 and "chissà dove" in text(lost)
    at = {"name": "A", "address": "via roma 12", "has_lift": "yes", "is_step_free": "no", "floors": "5"}
    lucia.post(reverse("add_stair", args=[building.code]), at)
    stair = Stair.objects.get()
    assert (stair.civic_number, stair.has_lift, stair.is_step_free) == (number, True, False)
    twice = lucia.post(reverse("add_stair", args=[building.code]), at)
    assert twice.status_code == 409 and "già una scala A" in text(twice)
    doors = reverse("add_dwellings", args=[building.code, stair.pk])
    assert lucia.post(doors, {"floor": "1", "doors": " , "}).status_code == 422
    assert lucia.post(doors, {"floor": "1", "doors": "x" * 21}).status_code == 422
    lucia.post(doors, {"floor": "1", "doors": "int. 1, int. 2", "is_accessible": "yes"})
    assert list(Dwelling.objects.values_list("door", "is_accessible")) == [("int. 1", True), ("int. 2", True)]
    page = text(lucia.get(reverse("stair", args=[building.code, stair.pk])))
    assert "int. 2" in page and "Via Roma, 12" in page and "accessibile in carrozzina" in page
    page = text(lucia.get(reverse("building", args=[building.code])))
    assert "2 alloggi" in page and "ALER" in page and "Chi ci abita" in page


def test_everything_is_put_right_and_the_slower_of_two_is_told(lucia: Client) -> None:
    door = DwellingFactory(stair__building__name="Corte A", stair__name="A")
    stair, building = door.stair, door.building
    own = CivicNumberFactory()
    Stair.objects.filter(pk=stair.pk).update(civic_number=own)
    pages: list[tuple[str, dict[str, Any], Any]] = [
        (reverse("change_building", args=[building.code]), {"name": "Corte B"}, building),
        (
            reverse("change_stair", args=[building.code, stair.pk]),
            {"name": "B", "address": str(own), "civic_number_id": own.pk},
            stair,
        ),
        (reverse("change_dwelling", args=[door.pk]), {"door": "int. 9"}, door),
    ]
    for url, typed, row in pages:
        assert lucia.get(url).status_code == 200
        assert lucia.post(url, typed | {"seen_version": "1"}).status_code == 303
        slow = lucia.post(url, typed | {"seen_version": "1"})
        assert slow.status_code == 409 and "Com'è adesso" in text(slow).replace("&#x27;", "'")
        row.refresh_from_db()
        assert row.version == 2
    stair.refresh_from_db()
    assert (stair.name, stair.civic_number) == ("B", own)


def test_what_is_gone_is_retired_and_put_back(lucia: Client) -> None:
    door = DwellingFactory()
    code, stair = door.building.code, door.stair_id
    for name, args, row in (
        ("building", [code], door.building),
        ("stair", [code, stair], door.stair),
        ("dwelling", [door.pk], door),
    ):
        assert "Non viene più proposto" in text(lucia.get(reverse(f"retire_{name}", args=args)))
        assert lucia.post(reverse(f"retire_{name}", args=args)).status_code == 303
        row.refresh_from_db()
        assert row.is_retired
        assert lucia.get(reverse(f"retire_{name}", args=args)).status_code == 409
        assert "fuori uso" in text(lucia.get(reverse("stair", args=[code, stair]))) or name == "building"
        lucia.get(reverse(f"restore_{name}", args=args))
        lucia.post(reverse(f"restore_{name}", args=args))
        row.refresh_from_db()
        assert not row.is_retired


def test_an_operator_looks_and_may_not_touch(cast: Cast, client: Client) -> None:
    door = DwellingFactory(stair__name="A")
    client.force_login(cast.anna)
    page = text(client.get(reverse("buildings")))
    assert door.building.name in page and "non corregge edifici" in page
    assert "Correggi<" not in text(client.get(reverse("stair", args=[door.building.code, door.stair_id])))
    assert client.post(reverse("change_dwelling", args=[door.pk]), {"door": "x"}).status_code == 403
    client.force_login(cast.vera)
    assert client.get(reverse("buildings")).status_code == 403


def test_lists_say_what_will_appear_and_what_was_not_found(lucia: Client) -> None:
    assert "Nessun edificio, per ora" in text(lucia.get(reverse("buildings")))
    assert "Nessun edificio così" in text(lucia.get(reverse("buildings"), {"q": "zzz", "area": "x"}))
    building = BuildingFactory()
    assert "Nessuna scala" in text(lucia.get(reverse("building", args=[building.code])))
    stair = StairFactory(building=building)
    assert "Nessun alloggio" in text(lucia.get(reverse("stair", args=[building.code, stair.pk])))
    assert lucia.get(reverse("building", args=["x"])).status_code == 404


def test_the_list_costs_the_same_with_one_and_with_fifty(lucia: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            lucia.get(reverse("buildings"))
            lucia.get(reverse("building", args=[first.building.code]))
            list(lucia.get(reverse("buildings_export")).streaming_content)
        return len(asked)

    first = DwellingFactory()
    one = cost()
    for _turn in range(49):
        DwellingFactory()
        DwellingFactory(stair__building=first.building)
    assert cost() == one
