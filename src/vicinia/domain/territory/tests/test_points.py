"""From points to areas and addresses, and from what a form knows to a location."""

import datetime as dt

import pytest

from vicinia.domain.territory.models import EarlierBoundary
from vicinia.domain.territory.queries import (
    areas_at,
    locate,
    nearest_civic_number,
    reference_area_at,
)
from vicinia.domain.territory.tests.factories import (
    AreaFactory,
    CivicNumberFactory,
    PlaceFactory,
    StreetFactory,
    square,
)

pytestmark = pytest.mark.django_db
LAT, LON = 44.805, 10.605


def test_a_point_is_in_every_area_around_it_the_smallest_first():
    quarter = AreaFactory(boundary=square(44.80, 10.60))
    estate = AreaFactory(kind="estate", boundary=square(44.804, 10.604, 0.002))
    AreaFactory(boundary=square(44.90, 10.60))
    assert areas_at(LAT, LON) == [estate, quarter]
    assert reference_area_at(LAT, LON) == quarter


def test_a_point_on_the_border_belongs_to_a_quarter_and_always_to_the_same():
    first = AreaFactory(boundary=square(44.80, 10.60))
    second = AreaFactory(boundary=square(44.80, 10.61))
    assert {area.pk for area in areas_at(44.805, 10.61)} == {first.pk, second.pk}
    assert reference_area_at(44.805, 10.61) == reference_area_at(44.805, 10.61)


def test_an_area_counts_only_on_the_days_of_its_boundary():
    area = AreaFactory(valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 30))
    assert areas_at(LAT, LON, on=dt.date(2026, 1, 1)) == [area]
    assert areas_at(LAT, LON, on=dt.date(2026, 6, 30)) == [area]
    assert areas_at(LAT, LON, on=dt.date(2025, 12, 31)) == []
    assert areas_at(LAT, LON, on=dt.date(2026, 7, 1)) == []


def test_an_earlier_boundary_answers_for_its_years():
    area = AreaFactory(boundary=square(44.80, 10.60), valid_from=dt.date(2026, 1, 1))
    EarlierBoundary.objects.create(area=area, boundary=square(44.90, 10.60), valid_to=dt.date(2025, 12, 31))
    assert areas_at(44.905, 10.605, on=dt.date(2024, 5, 5)) == [area]
    assert areas_at(44.905, 10.605, on=dt.date(2026, 5, 5)) == []


def test_an_area_known_by_name_reaches_as_far_as_its_numbers():
    area = AreaFactory(boundary=None)
    CivicNumberFactory(lat=LAT, lon=LON, area=area)
    assert reference_area_at(LAT + 0.001, LON) == area
    assert reference_area_at(LAT + 0.01, LON) is None


def test_a_point_outside_of_drawn_areas_is_not_lent_the_one_of_a_number_nearby():
    CivicNumberFactory(lat=44.8099, lon=LON, area=AreaFactory(boundary=square(44.80, 10.60)))
    assert reference_area_at(44.8105, LON) is None


def test_the_nearest_number_is_the_nearest_on_the_ground_and_not_in_degrees():
    CivicNumberFactory(lat=LAT + 0.0009, lon=LON, number=1)  # 100 m north
    near = CivicNumberFactory(lat=LAT, lon=LON + 0.0011, number=2)  # 87 m east
    found = nearest_civic_number(LAT, LON)
    assert found and found.number == near
    assert found.metres == pytest.approx(87, abs=1)


@pytest.mark.parametrize("point", [(0.0, 0.0), (90.0, 0.0), (LAT + 0.01, LON)])
def test_where_no_number_is_near_there_is_none(point):
    CivicNumberFactory(lat=LAT, lon=LON)
    assert nearest_civic_number(*point) is None


def test_a_chosen_number_gives_its_point_its_words_and_its_area(django_assert_num_queries):
    area = AreaFactory()
    number = CivicNumberFactory(street=StreetFactory(name="Roma"), number=12, exponent="A", area=area)
    with django_assert_num_queries(1):
        place = locate(civic_number_id=number.pk, address_words="via roma 12/a", place_words="al citofono")
    assert (place.address, place.civic_number_id, place.area_id) == ("Via Roma, 12/A", number.pk, area.pk)
    assert (place.lat, place.lon, place.place_words) == (number.lat, number.lon, "al citofono")


def test_a_tapped_point_stays_where_it_is_and_is_told_by_what_is_near():
    area = AreaFactory()
    CivicNumberFactory(street=StreetFactory(name="Roma"), number=12, lat=LAT, lon=LON)
    place = locate(lat=LAT + 0.0002, lon=LON)
    assert (place.lat, place.lon, place.civic_number_id) == (LAT + 0.0002, LON, None)
    assert (place.address, place.area_id) == ("vicino a Via Roma, 12", area.pk)


def test_words_that_mean_one_address_become_it():
    number = CivicNumberFactory(street=StreetFactory(name="Giuseppe Garibaldi"), number=5)
    assert locate(address_words="v. garibaldi 5").civic_number_id == number.pk


def test_words_that_may_mean_two_addresses_stay_words():
    for name in ("Roma Nuova", "Roma Vecchia"):
        CivicNumberFactory(street=StreetFactory(name=name), number=5)
    place = locate(address_words="via roma 5")
    assert (place.address, place.lat, place.civic_number_id) == ("via roma 5", None, None)


def test_a_street_without_number_gives_no_point_but_the_area_that_all_of_it_is_in():
    area = AreaFactory()
    street = StreetFactory(name="Roma")
    CivicNumberFactory(street=street, number=1, area=area)
    CivicNumberFactory(street=street, number=9, area=area)
    place = locate(address_words="via roma")
    assert (place.address, place.lat, place.area_id) == ("Via Roma", None, area.pk)


def test_a_place_called_by_name_gives_its_point():
    park = PlaceFactory(name="Parco Pertini", area=AreaFactory())
    place = locate(address_words="parco pertini")
    assert (place.lat, place.lon, place.area_id) == (park.lat, park.lon, park.area_id)


def test_nothing_known_is_nothing_invented():
    place = locate(place_words="dietro la scuola", civic_number_id=999_999)
    assert (place.lat, place.address, place.area_id, place.place_words) == (
        None,
        "",
        None,
        "dietro la scuola",
    )
