"""Buildings, stairs and dwellings: kept in order one by one, found, listed from the ground up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.actors import ADMINISTRATOR, COUNCILLOR, LABORATORY, OPERATOR
from vicinia.domain.territory import actions, queries, rules
from vicinia.domain.territory.incoming import BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.territory.queries import Location
from vicinia.domain.territory.tests.factories import (
    CENTRE_LAT,
    CENTRE_LON,
    AreaFactory,
    BuildingFactory,
    CivicNumberFactory,
    DwellingFactory,
    StairFactory,
)
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.registries import SearchFilters, search_documents
from vicinia.foundation.search import queries as search

pytestmark = pytest.mark.django_db
HERE = Location(lat=CENTRE_LAT, lon=CENTRE_LON, address="Via Roma, 1")
COURT = BuildingDetails("Corte A", "ALER", 1962)


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


# Kept in order ------------------------------------------------------------------------------------------------------


def test_a_building_is_added_corrected_retired_and_put_back() -> None:
    building = actions.add_building(by=LABORATORY, details=COURT, location=HERE)
    again = actions.add_building(by=LABORATORY, details=COURT, location=HERE)
    assert (building.code, again.code, building.where) == ("corte-a", "corte-a-2", "Via Roma, 1")
    changed = replace(COURT, name="Corte Rossa")
    actions.change_building(by=LABORATORY, building=building, details=changed, location=HERE, seen_version=1)
    actions.change_building(by=LABORATORY, building=building, details=changed, location=HERE)
    with pytest.raises(Conflict):
        actions.change_building(
            by=LABORATORY, building=building, details=COURT, location=HERE, seen_version=1
        )
    assert actions.retire_building(by=LABORATORY, building=building).is_retired
    assert [row.code for row in queries.buildings(LABORATORY)] == ["corte-a-2"]
    assert [row.name for row in queries.buildings(LABORATORY, retired=True)] == ["Corte Rossa"]
    with pytest.raises(Refused, match="già fuori uso"):
        actions.retire_building(by=LABORATORY, building=building)
    assert not actions.restore_building(by=LABORATORY, building=building).is_retired
    with pytest.raises(Refused, match="già in uso"):
        actions.restore_building(by=LABORATORY, building=building)
    assert events() == [
        *["building.added"] * 2,
        "building.changed",
        "building.retired",
        "building.restored",
    ]


def test_a_building_takes_the_code_that_it_is_given() -> None:
    assert actions.add_building(by=LABORATORY, details=COURT, location=HERE, code="COR-A").code == "COR-A"


def test_a_stair_has_a_name_of_its_own_in_its_building() -> None:
    building = BuildingFactory()
    stair = actions.add_stair(
        by=LABORATORY, building=building, details=StairDetails("A", floors=5, has_lift=True)
    )
    actions.add_stair(by=LABORATORY, building=building, details=StairDetails("B"))
    with pytest.raises(Refused, match="già una scala A"):
        actions.add_stair(by=LABORATORY, building=building, details=StairDetails("A"))
    actions.add_stair(by=LABORATORY, building=BuildingFactory(), details=StairDetails("A"))
    with pytest.raises(Refused, match="già una scala B"):
        actions.change_stair(by=LABORATORY, stair=stair, details=StairDetails("B"))
    seen = actions.change_stair(by=LABORATORY, stair=stair, details=StairDetails("A", has_lift=False))
    actions.change_stair(by=LABORATORY, stair=stair, details=StairDetails("A", has_lift=False))
    assert (seen.has_lift, seen.is_step_free, seen.floors, seen.version) == (False, None, None, 2)
    assert actions.retire_stair(by=LABORATORY, stair=stair).is_retired
    assert [row.name for row in queries.stairs_of([building])] == ["B"]
    assert [row.name for row in queries.stairs_of([building], retired=True)] == ["A", "B"]
    actions.restore_stair(by=LABORATORY, stair=stair)
    assert events()[-3:] == ["stair.changed", "stair.retired", "stair.restored"]


def test_the_doors_of_a_floor_are_added_together_and_each_has_a_code() -> None:
    stair = StairFactory(name="A")
    floor = DwellingDetails("", floor=2, rooms=3, is_accessible=False)
    added = actions.add_dwellings(
        by=LABORATORY, stair=stair, doors=["int. 1", "int. 2", "int. 1"], details=floor
    )
    assert [(row.code, row.door, row.rooms, row.is_accessible) for row in added] == [
        ("a-2-int-1", "int. 1", 3, False),
        ("a-2-int-2", "int. 2", 3, False),
    ]
    with pytest.raises(Refused, match=r"c'è già: int\. 2"):
        actions.add_dwellings(by=LABORATORY, stair=stair, doors=["int. 2", "int. 3"], details=floor)
    above = actions.add_dwellings(
        by=LABORATORY, stair=stair, doors=["int. 2"], details=DwellingDetails("", floor=3)
    )
    nowhere = actions.add_dwellings(by=LABORATORY, stair=stair, doors=["x"], details=DwellingDetails(""))
    assert [row.code for row in (*above, *nowhere)] == ["a-3-int-2", "a-x"]
    actions.retire_stair(by=LABORATORY, stair=stair)
    stair.refresh_from_db()
    with pytest.raises(Refused, match="fuori uso"):
        actions.add_dwellings(by=LABORATORY, stair=stair, doors=["int. 9"], details=floor)


def test_a_dwelling_is_put_right_retired_and_put_back() -> None:
    dwelling = DwellingFactory(stair__name="A", code="1", door="int. 1", floor=None)
    right = DwellingDetails("int. 1", floor=0, square_metres=54, rooms=3, is_accessible=True)
    dwelling = actions.change_dwelling(by=LABORATORY, dwelling=dwelling, details=right, seen_version=1)
    actions.change_dwelling(by=LABORATORY, dwelling=dwelling, details=right)
    assert (dwelling.floor, dwelling.square_metres, dwelling.is_accessible, dwelling.version) == (
        0,
        54,
        True,
        2,
    )
    actions.retire_dwelling(by=LABORATORY, dwelling=dwelling)
    assert queries.doors_by_stair([dwelling.stair]) == {dwelling.stair_id: []}
    assert queries.doors_by_stair([dwelling.stair], retired=True)[dwelling.stair_id] == [dwelling]
    actions.restore_dwelling(by=LABORATORY, dwelling=dwelling)
    assert events() == ["dwelling.changed", "dwelling.retired", "dwelling.restored"]
    assert dwelling.where == f"{dwelling.building.name}, scala A, int. 1"


@pytest.mark.parametrize(
    "act",
    [
        lambda row: actions.add_building(by=OPERATOR, details=COURT, location=HERE),
        lambda row: actions.change_building(by=OPERATOR, building=row.building, details=COURT, location=HERE),
        lambda row: actions.retire_building(by=OPERATOR, building=row.building),
        lambda row: actions.add_stair(by=OPERATOR, building=row.building, details=StairDetails("Z")),
        lambda row: actions.change_stair(by=OPERATOR, stair=row.stair, details=StairDetails("Z")),
        lambda row: actions.add_dwellings(
            by=OPERATOR, stair=row.stair, doors=["z"], details=DwellingDetails("")
        ),
        lambda row: actions.change_dwelling(by=OPERATOR, dwelling=row, details=DwellingDetails("z")),
        lambda row: actions.take_in_buildings(by=OPERATOR, file="f", rows=[]),
        lambda row: actions.take_in_dwellings(by=OPERATOR, file="f", rows=[]),
    ],
)
def test_an_operator_looks_at_houses_and_changes_none(act: Callable[[Dwelling], Any]) -> None:
    with pytest.raises(Refused) as refused:
        act(DwellingFactory())
    assert refused.value.verdict.status == 403
    assert not rules.may_edit_buildings(OPERATOR).allowed


def test_the_database_keeps_codes_and_names_apart() -> None:
    row = DwellingFactory()
    wrong: list[Callable[[], Any]] = [
        lambda: BuildingFactory(code=""),
        lambda: BuildingFactory(lat=None),
        lambda: BuildingFactory(code=row.building.code),
        lambda: StairFactory(building=row.building, name=row.stair.name),
        lambda: StairFactory(name=""),
        lambda: DwellingFactory(stair=StairFactory(building=row.building), code=row.code),
        lambda: DwellingFactory(door=""),
        lambda: DwellingFactory(floor=99),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    DwellingFactory(code=row.code)


# Found and listed ---------------------------------------------------------------------------------------------------


def test_doors_are_listed_as_one_walks_up_the_stairs() -> None:
    building = BuildingFactory()
    second, first = StairFactory(building=building, name="10"), StairFactory(building=building, name="2")
    for code, (floor, door) in enumerate([(None, "x"), (1, "10"), (1, "9"), (0, "1"), (-1, "1")]):
        DwellingFactory(stair=first, floor=floor, door=door, code=str(code))
    stairs = queries.stairs_of([building])
    assert stairs == [first, second]
    doors = queries.doors_by_stair(stairs)
    assert [(row.floor, row.door) for row in doors[first.pk]] == [
        *[(-1, "1"), (0, "1"), (1, "9"), (1, "10"), (None, "x")]
    ]
    assert doors[second.pk] == []
    assert queries.stair_counts(stairs) == {first.pk: 5, second.pk: 0}
    size = queries.sizes_of([building])[building.pk]
    assert (size.stairs, size.dwellings) == (2, 5)
    actions.retire_stair(by=LABORATORY, stair=first)
    size = queries.sizes_of([building])[building.pk]
    assert (size.stairs, size.dwellings) == (1, 0)


def test_stairs_are_found_at_their_own_door_or_at_the_one_of_their_building() -> None:
    own, whole = CivicNumberFactory(), CivicNumberFactory()
    building = BuildingFactory(civic_number=whole)
    with_door = StairFactory(building=building, name="A", civic_number=own)
    without = StairFactory(building=building, name="B")
    assert queries.stairs_at(own) == [with_door]
    assert queries.stairs_at(whole) == [without]
    actions.retire_building(by=LABORATORY, building=building)
    assert queries.stairs_at(own) == queries.stairs_at(whole) == []


def test_buildings_in_a_box_are_those_whose_point_lies_in_it() -> None:
    inside = BuildingFactory(lat=44.5, lon=10.5)
    BuildingFactory(lat=44.7, lon=10.5)
    BuildingFactory(lat=None, lon=None)
    BuildingFactory(lat=44.5, lon=10.5, retired_on=dt.date(2020, 1, 1))
    assert list(queries.buildings_in((44.4, 10.4, 44.6, 10.6))) == [inside]


def test_buildings_are_found_by_name_code_and_by_an_address_spelled_about_so() -> None:
    number = CivicNumberFactory(street__name="Camillo Prampolini", number=12)
    own = CivicNumberFactory(street__name="dei Tigli", number=3)
    here = BuildingFactory(name="Case bianche", code="CB1", civic_number=number, address=str(number))
    at_stair = BuildingFactory(name="Corte Nord")
    StairFactory(building=at_stair, civic_number=own)
    BuildingFactory(name="Altrove", code="ALT")

    def found(words: str) -> list[str]:
        return [row.name for row in queries.buildings(OPERATOR, words)]

    assert (
        found("bianche")
        == found("cb1")
        == found("via prampolini 12")
        == found("campilo prampolini")
        == [here.name]
    )
    assert found("via dei tigli 3") == found("via dei tigli") == ["Corte Nord"]
    assert found("nessuno lo conosce") == []
    assert len(found("  ")) == 3


def test_buildings_of_one_area() -> None:
    area = AreaFactory()
    here = BuildingFactory(area=area)
    BuildingFactory()
    assert list(queries.buildings(OPERATOR, area_id=area.pk)) == [here]


def test_who_does_not_work_with_houses_finds_none() -> None:
    row = DwellingFactory()
    for nobody in (COUNCILLOR, Actor.visitor()):
        assert not queries.buildings(nobody).exists()
        with pytest.raises(NotVisible):
            queries.building_named(nobody, row.building.code)
        with pytest.raises(NotVisible):
            queries.dwelling_of(nobody, row.pk)
    assert queries.building_named(ADMINISTRATOR, row.building.code) == row.building
    assert queries.dwelling_of(OPERATOR, row.pk) == row
    with pytest.raises(NotVisible):
        queries.stair_of(BuildingFactory(), row.stair_id)


def test_buildings_are_found_by_the_search_of_the_desk() -> None:
    area = AreaFactory()
    building = actions.add_building(by=LABORATORY, details=COURT, location=replace(HERE, area_id=area.pk))
    [group] = search.search(OPERATOR, "corte aler", only=["building"])
    [hit] = group.hits
    assert (hit.title, hit.url) == ("Corte A", f"/edifici/{building.code}")
    subject = search_documents["building"]
    rows = subject.visible(OPERATOR)
    assert list(subject.all_ids()) == [building.pk]
    assert list(subject.narrow(rows, SearchFilters(area_id=area.pk))) == [building]
    assert not subject.narrow(rows, SearchFilters(area_id=0)).exists()
    assert not subject.narrow(rows, SearchFilters(is_open=True)).exists()
    assert not subject.visible(COUNCILLOR).exists()


def test_a_stair_that_goes_tomorrow_is_in_use_today() -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    stair = StairFactory(retired_on=tomorrow)
    assert not stair.is_retired and list(Stair.objects.in_use()) == [stair]
    assert Building.objects.in_use().count() == 1 and str(stair.building) and str(DwellingFactory())
