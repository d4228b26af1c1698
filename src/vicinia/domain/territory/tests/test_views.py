"""What the territory answers, to everybody and to those who keep it."""

import gzip
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.territory.models import BaseShape, Place
from vicinia.domain.territory.tests.factories import (
    AreaFactory,
    CivicNumberFactory,
    PlaceFactory,
    StreetFactory,
    square,
)
from vicinia.domain.territory.views import public
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.allowance import Allowance

pytestmark = pytest.mark.django_db
PAGES = ["territory", "territory_streets", "territory_places", "territory_quality", "name_place"]


@pytest.fixture(autouse=True)
def allowance(monkeypatch):
    """Each test with an allowance of its own, small enough to use up."""
    monkeypatch.setattr(public, "_ALLOWANCE", Allowance(count=5, seconds=60))


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """Signing in is tested with the accounts."""
    settings.SECOND_FACTOR = False


@pytest.fixture
def number():
    return CivicNumberFactory(street=StreetFactory(name="Roma"), number=12, area=AreaFactory(name="Centro"))


def test_everybody_gets_suggestions_as_the_field_wants_them(client, number):
    answer = client.get(reverse("address_suggestions"), {"q": "v. roma 12"})
    assert answer.json()[0] == {
        "value": number.pk,
        "label": "Via Roma, 12",
        "hint": "Centro",
        "lat": number.lat,
        "lon": number.lon,
        "precision": "number",
    }


@pytest.mark.parametrize("q", ["", "x" * 9000, "\x00", "%00"])
def test_strange_words_get_no_suggestions(client, number, q):
    assert client.get(reverse("address_suggestions"), {"q": q}).json() == []


def test_who_asks_too_often_is_told_to_wait_and_others_are_not(client, number):
    url = reverse("address_suggestions")
    answers = [client.get(url, {"q": "roma"}, REMOTE_ADDR="203.0.113.1") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert client.get(url, {"q": "roma"}, REMOTE_ADDR="203.0.113.2").status_code == 200


def test_a_point_has_its_areas_and_its_nearest_address(client, number):
    answer = client.get(reverse("here"), {"lat": number.lat, "lon": number.lon}).json()
    assert [area["name"] for area in answer["areas"]] == ["Centro"]
    assert (answer["address"], answer["metres"]) == ("Via Roma, 12", 0)


@pytest.mark.parametrize(
    "point", [{}, {"lat": "x", "lon": "1"}, {"lat": "nan", "lon": "1"}, {"lat": 91, "lon": 0}]
)
def test_a_point_that_is_none_is_refused_in_words(client, point):
    answer = client.get(reverse("here"), point)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_the_base_map_shows_areas_streets_doors_and_water(client, number):
    CivicNumberFactory(street=number.street, number=14, lat=number.lat + 0.001, lon=number.lon)
    BaseShape.objects.create(layer="water", code="1", name="Fiume", geometry=square(44.7, 10.6))
    answer = client.get(reverse("base_map"))
    kinds = [each["properties"]["kind"] for each in json.loads(answer.content)["features"]]
    assert (answer["Content-Type"], sorted(kinds)) == ("application/geo+json", ["area", "street", "water"])


def test_the_base_map_is_compressed_kept_and_asked_again_only_when_changed(client, number):
    url = reverse("base_map")
    first = client.get(url, headers={"accept-encoding": "gzip"})
    assert json.loads(gzip.decompress(first.content))["type"] == "FeatureCollection"
    assert "public" in first["Cache-Control"]
    with CaptureQueriesContext(connection) as asked:
        again = client.get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, len(asked)) == (304, 1)
    AreaFactory(boundary=square(44.9, 10.6))
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_coordinator_and_the_administrator_open_the_pages_and_nobody_else(client, cast, page):
    may = {cast.carla, cast.ada}
    for user in cast.everybody:
        client.force_login(user)
        assert client.get(reverse(page)).status_code == (200 if user in may else 403), user.name
    client.logout()
    assert client.get(reverse(page)).status_code == 302


def test_an_operator_changes_no_place_even_by_its_address(client, cast):
    place = PlaceFactory()
    client.force_login(cast.anna)
    for act in ("change_place", "retire_place", "restore_place"):
        assert client.post(reverse(act, args=[place.code])).status_code == 403
    place.refresh_from_db()
    assert place.retired_on is None


def test_a_place_is_named_corrected_retired_and_put_back(client, cast, number):
    client.force_login(cast.carla)
    typed = {"name": "Bar Sport", "kind": "bar", "aliases": "da Gino\n", "address": "via roma 12"}
    assert client.post(reverse("name_place"), typed).status_code == 303
    place = Place.objects.get(name="Bar Sport")
    assert (place.code, place.aliases, place.lat) == ("bar-sport", ["da Gino"], number.lat)
    changed = {"name": "Bar Sport", "kind": "bar", "aliases": "", "lat": 44.806, "lon": 10.606}
    client.post(reverse("change_place", args=[place.code]), changed)
    assert client.get(reverse("retire_place", args=[place.code])).status_code == 200
    client.post(reverse("retire_place", args=[place.code]))
    place.refresh_from_db()
    assert (place.aliases, place.lat, place.is_retired) == ([], 44.806, True)
    assert client.post(reverse("retire_place", args=[place.code])).status_code == 409
    client.post(reverse("restore_place", args=[place.code]))
    events = Entry.objects.filter(about="place:bar-sport").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["place.named", "place.changed", "place.retired", "place.restored"]


def test_an_address_typed_anew_moves_the_place(client, cast, number):
    place = PlaceFactory(lat=44.801, lon=10.601)
    client.force_login(cast.carla)
    typed = {"name": place.name, "address": "via roma 12", "lat": 44.801, "lon": 10.601}
    client.post(reverse("change_place", args=[place.code]), typed)
    place.refresh_from_db()
    assert (place.lat, place.lon) == (number.lat, number.lon)


def test_two_places_of_one_name_have_codes_of_their_own(client, cast):
    client.force_login(cast.carla)
    for _ in range(2):
        client.post(reverse("name_place"), {"name": "Parco", "lat": 44.806, "lon": 10.606})
    assert sorted(Place.objects.values_list("code", flat=True)) == ["parco", "parco-2"]


def test_a_place_without_a_point_is_asked_for_one_and_what_was_typed_is_kept(client, cast):
    client.force_login(cast.carla)
    answer = client.post(reverse("name_place"), {"name": "Bar Sport", "address": "chissà dove"})
    assert answer.status_code == 422
    assert "Indica il posto" in answer.content.decode()
    assert "chissà dove" in answer.content.decode()


def test_an_unknown_place_is_not_found(client, cast):
    client.force_login(cast.carla)
    assert client.get(reverse("change_place", args=["niente"])).status_code == 404


def test_streets_are_found_by_near_words(client, cast, number):
    StreetFactory(name="Dante")
    client.force_login(cast.carla)
    page = client.get(reverse("territory_streets"), {"q": "rmoa"}).content.decode()
    assert ("Via Roma" in page, "Via Dante" in page) == (True, False)


def test_what_is_to_mend_is_told(client, cast, number):
    CivicNumberFactory(street=StreetFactory(name="Fuori"), area=None)
    StreetFactory(name="Vuota")
    client.force_login(cast.carla)
    page = client.get(reverse("territory_quality")).content.decode()
    for words in ("Numeri civici fuori da ogni zona", "Via Fuori", "Strade senza numeri civici", "Via Vuota"):
        assert words in page


@pytest.mark.parametrize("page", PAGES[:4])
def test_pages_cost_the_same_queries_with_one_row_and_with_fifty(client, cast, page):
    client.force_login(cast.carla)

    def cost():
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(page)).status_code == 200
        return len(asked)

    def add(count):
        for _ in range(count):
            area = AreaFactory()
            CivicNumberFactory(area=area)
            CivicNumberFactory(area=None)
            StreetFactory()
            PlaceFactory(area=area)

    add(1)
    one = cost()
    add(49)
    assert cost() == one
