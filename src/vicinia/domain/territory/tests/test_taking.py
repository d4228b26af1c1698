"""Taking in rows one by one: said twice, said anew, said again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from vicinia.domain.territory import actions
from vicinia.domain.territory.incoming import (
    AreaRow,
    NumberRow,
    Origin,
    PlaceDetails,
    PlaceRow,
    ShapeRow,
    StreetRow,
    Tally,
)
from vicinia.domain.territory.models import Area, BaseShape, CivicNumber, EarlierBoundary, Place, Street
from vicinia.domain.territory.tests.factories import CENTRE_LAT, CENTRE_LON, square
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
JOB = Actor.job("import-territory", frozenset({Capability.EDIT_TERRITORY}))


def at(line: int) -> Origin:
    return Origin(line, "")


def street(line: int = 1, name: str = "Roma", code: str = "1") -> StreetRow:
    return StreetRow(at(line), code=code, kind="Via", name=name)


def place(line: int = 1, name: str = "Parco Pertini") -> PlaceRow:
    return PlaceRow(at(line), "pertini", "parco", name, (), CENTRE_LAT, CENTRE_LON)


def shape(line: int = 1, name: str = "Fiume") -> ShapeRow:
    return ShapeRow(at(line), "water", "f", name, square(CENTRE_LAT, CENTRE_LON))


def area(line: int = 1, west: float = CENTRE_LON, since: dt.date | None = None) -> AreaRow:
    box = (CENTRE_LAT, west, CENTRE_LAT + 0.01, west + 0.01)
    return AreaRow(at(line), "quarter", "1", "Crocetta", square(CENTRE_LAT, west), box, valid_from=since)


def taken(what: str, *rows: Any) -> Tally:
    acts: dict[str, Any] = {
        "areas": actions.take_in_areas,
        "places": actions.take_in_places,
        "streets": actions.take_in_streets,
    }
    if what == "base":
        return actions.take_in_base(by=JOB, file="file", layer="water", rows=rows)
    tally = acts[what](by=JOB, file="file", rows=rows)
    assert isinstance(tally, Tally)
    return tally


@pytest.mark.parametrize(
    ("what", "first", "second"),
    [
        ("areas", area(2), area(3, west=10.7)),
        ("base", shape(2), shape(3, "Po")),
        ("places", place(2), place(3, "Parco Po")),
        ("streets", street(2), street(3, "Po")),
    ],
)
def test_what_is_said_twice_holds_as_first_said(what: str, first: Any, second: Any) -> None:
    tally = taken(what, first, second)
    [refusal] = tally.refused
    assert (tally.new, refusal.origin.line) == (1, 3)
    assert "alla riga 2" in str(refusal.reason)
    assert taken(what, first).same == 1


def test_a_street_that_crosses_two_quarters_may_be_said_twice_alike() -> None:
    tally = taken("streets", street(2), street(3))
    assert (tally.new, tally.same, tally.refused) == (1, 1, [])


def test_shapes_and_places_said_anew_are_corrected() -> None:
    taken("base", shape())
    taken("places", place())
    assert taken("base", shape(name="Torrente")).changed == 1
    assert taken("places", place(name="Parco Nilde Iotti")).changed == 1
    assert BaseShape.objects.get().name == "Torrente"
    assert Place.objects.get().name == "Parco Nilde Iotti"


def test_a_number_brings_a_street_that_nobody_knew() -> None:
    taken("streets", street())
    row = NumberRow(at(1), street(name="Nuova", code="2"), 5, "", CENTRE_LAT, CENTRE_LON)
    tally = actions.take_in_numbers(by=JOB, file="file", rows=[row], area_kind="quarter")
    assert tally.new == 1
    assert CivicNumber.objects.get().street == Street.objects.get(code="2", name="Nuova")


def test_a_boundary_between_two_others_ends_the_one_before() -> None:
    for west, year in ((10.60, 2020), (10.62, 2026), (10.64, 2023)):
        taken("areas", area(west=west, since=dt.date(year, 1, 1)))
    assert Area.objects.get().valid_from == dt.date(2026, 1, 1)
    earlier = EarlierBoundary.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(earlier) == [
        (dt.date(2020, 1, 1), dt.date(2022, 12, 31)),
        (dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
    ]


def test_a_place_described_as_it_was_leaves_no_line() -> None:
    details = PlaceDetails("Parco Pertini", "parco", ("i giardini",), CENTRE_LAT, CENTRE_LON)
    named = actions.name_place(by=JOB, details=details)
    lines = Entry.objects.count()
    actions.change_place(by=JOB, place=named, details=details)
    assert Entry.objects.count() == lines
