"""The estate of Le Corti: the dwellings as the file of the body that manages them, and who lives behind the doors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from random import Random

from vicinia.demo import people
from vicinia.demo.seeded import stream
from vicinia.demo.town import Building, Town
from vicinia.domain.people import actions as households
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Household, Relation
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Of each court, the stairs that are still the housing company's: the other flats were bought by those who live there.
STAIRS = {"COR-A": "ABC", "COR-B": "ABC", "COR-C": "AB", "COR-D": "AB"}
GROUND_FLATS = {"COR-A": 4, "COR-B": 4, "COR-C": 2, "COR-D": 2}
FLATS_ON_A_FLOOR = 2
KNOWN_BY_NAME = 12  # households whose members have come to the help desk
COLUMNS = "edificio;nome;indirizzo;gestore;anno;scala;piani;ascensore;senza_gradini;piano;interno;mq;vani;accessibile"
MAPPING = """
[[dwellings]]
file = "alloggi.csv"
separator = ";"

[dwellings.columns]
building = "edificio"
building_name = "nome"
address = "indirizzo"
manager = "gestore"
built_year = "anno"
stair = "scala"
floors = "piani"
has_lift = "ascensore"
is_step_free = "senza_gradini"
floor = "piano"
door = "interno"
square_metres = "mq"
rooms = "vani"
is_accessible = "accessibile"
"""
# How many of a hundred households speak what; two codes are spoken in one home.
SPOKEN = {
    "it": 55,
    "ar": 11,
    "ur": 8,
    "ro": 6,
    "uk": 5,
    "sq": 4,
    "zh-hans": 3,
    "en": 3,
    "bn": 2,
    "ar it": 2,
    "it ro": 1,
}


def dwellings_csv(town: Town) -> str:
    """The flats as the housing company keeps them, one a line."""
    lines = [
        line for building in town.buildings if building.code in STAIRS for line in _flats(town, building)
    ]
    return "\n".join([COLUMNS, *lines]) + "\n"


def _flats(town: Town, building: Building) -> Iterator[str]:
    random = stream(town.seed, f"flats {building.code}")
    address = f"{building.civic.street} {building.civic.shown_number}"
    house = (
        f"{building.code};{building.name};{address};{building.manager};{1962 + ord(building.name[-1]) % 5}"
    )
    yes, no = "sì", "no"
    lift = yes if building.has_lift else no
    for stair in STAIRS[building.code]:
        door = 0
        for floor in range(building.floors + 1):
            for _flat in range(FLATS_ON_A_FLOOR if floor else GROUND_FLATS[building.code]):
                door += 1
                rooms = 2 if floor == 0 else random.choice((2, 3, 3, 4, 4, 5))
                flat = (
                    f"{floor};int. {door};{rooms * 17 + random.randrange(12)};{rooms};{no if floor else yes}"
                )
                yield f"{house};{stair};{building.floors};{lift};{lift};{flat}"


def move_people_in(*, by: Actor, town: Town) -> None:
    """Behind three doors of four somebody lives; some households are known by name, two have moved."""
    random = stream(town.seed, "households")
    estate = [row for row in territory.buildings(by) if row.code in STAIRS]
    stairs = territory.stairs_of(estate)
    doors = territory.doors_by_stair(stairs)
    flats = [flat for stair in stairs for flat in doors[stair.pk]]
    lived_in = [flat for number, flat in enumerate(flats) if number % 4 != 3]
    settled = [_settle(by, random, flat) for flat in lived_in]
    for household, family in zip(settled, _families(town), strict=False):
        for member in family:
            relation = Relation.REFERENCE if member is family[0] else Relation.OTHER
            households.add_newcomer(by=by, household=household, details=details_of(member), relation=relation)
    _some_move(by, settled, free=flats[3])


def _settle(by: Actor, random: Random, flat: Dwelling) -> Household:
    [languages] = random.choices(list(SPOKEN), weights=list(SPOKEN.values()))
    since = clock.today() - dt.timedelta(days=random.randrange(900, 14_000))
    stated = households.Stated(tuple(languages.split()), random.choice((1, 1, 2, 2, 3, 4, 4, 5, 6)))
    return households.make_household(by=by, dwelling=flat, since=since, stated=stated)


def details_of(resident: people.Resident) -> PersonDetails:
    """What a resident tells of themselves."""
    return PersonDetails(
        name=resident.name,
        phone=resident.phone,
        email=resident.email,
        address=resident.address,
        language=resident.language,
        needs=resident.needs,
    )


def _families(town: Town) -> list[list[people.Resident]]:
    """Some of those who live at Le Corti, home by home."""
    residents = people.settle_residents(town, seed=town.seed)
    here = sorted(
        (one for one in residents if one.civic.quarter == "Le Corti"),
        key=lambda one: (one.household, one.code),
    )
    homes = [list(family) for _household, family in groupby(here, key=lambda one: one.household)]
    return homes[:KNOWN_BY_NAME]


def _some_move(by: Actor, settled: list[Household], *, free: Dwelling) -> None:
    """One household has gone to a flat that was free, and another has come to live where it was."""
    today, leaving, coming = clock.today(), settled[40], settled[41]
    left = leaving.dwelling
    assert left is not None  # everybody was settled behind a door
    households.move_in(by=by, household=leaving, dwelling=free, since=today - dt.timedelta(days=400))
    households.move_in(by=by, household=coming, dwelling=left, since=today - dt.timedelta(days=370))
