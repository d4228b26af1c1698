"""Estates to be renovated, for the journeys of mobility: one as large as a real one, and the smallest with all that matters."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.made_up_estate import LANDING
from benchmarks.made_up_estate import estate as made_up_estate
from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.models import RehousingFile, Relocation
from vicinia.domain.mobility.tests import factories
from vicinia.domain.territory.models import Building, Dwelling
from vicinia.domain.worksites import actions as worksites
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import WorksiteState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock

ESTATE = made_up_estate(132, 99, 6, 14, 12, seed=1)
POOL = "pool"
LOTS, MONTHS_OF_A_LOT, MONTHS_BEFORE = 6, 4, 2
DAY = dt.timedelta(days=1)


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path


def table_of_dwellings(folder: Path) -> Path:
    """The dwellings as the landlord's office would give them."""
    header = [
        *("Edificio", "Nome", "Scala", "Porta", "Alloggio", "Piano"),
        *("Metri quadri", "Stanze", "Ascensore", "Accessibile"),
    ]
    rows = []
    for one in ESTATE.dwellings:
        number = int(one.id.rpartition("-")[2])
        lift = "sì" if one.step_free and number > LANDING else ""
        floor, free = (number - 1) // LANDING, "sì" if one.step_free else "no"
        facts = [floor, f"{one.area_m2:.0f}", one.rooms, lift, free]
        rows.append([one.building, f"Corte {one.building}", "A", f"int. {number}", one.id, *facts])
    return _table(folder / "alloggi.csv", header, rows)


def table_of_households(folder: Path, *wrong: Sequence[object]) -> Path:
    """Each dwelling with its household or without one, and lines that are wrong."""
    header = [
        *("Edificio", "Alloggio", "Alloggio volano", "Persone", "Serve senza barriere", "Fragile"),
        *("Trasferimenti al massimo", "Chiede di rientrare", "Lingua"),
    ]
    answers = {True: "sì", False: "no"}
    homes = {one.home: one for one in ESTATE.households}
    rows: list[Sequence[object]] = []
    for door in ESTATE.dwellings:
        place = [door.building, door.id, answers[door.lot == POOL]]
        one = homes.get(door.id)
        needs = [answers[one.needs_step_free], answers[one.fragile]] if one else ["", ""]
        says = [one.max_moves, answers[one.claims_return], "italiano"] if one else ["", "", ""]
        rows.append([*place, one.size if one else "", *needs, *says])
    return _table(folder / "nuclei.csv", header, [*rows, *wrong])


def works_in_the_estate(place: Cast) -> Worksite:
    """A worksite that empties one building after the other, four months each, from two months from now on."""
    by = place.actor(place.lucia)
    plan = worksites.WorksitePlan("Corti del Borgo", "Si rifanno sei corti.", "Ufficio, 059 1")
    site = worksites.plan_worksite(by=by, new=plan)
    first = clock.add_months(clock.today().replace(day=1), MONTHS_BEFORE)
    for at in range(LOTS):
        begins = clock.add_months(first, at * MONTHS_OF_A_LOT)
        ends = clock.add_months(begins, MONTHS_OF_A_LOT) - DAY
        houses = [Building.objects.get(code=f"B{at + 1}")]
        lot = worksites.add_lot(
            by=by, worksite=site, new=worksites.LotPlan(f"Lotto {at + 1}", begins, ends, buildings=houses)
        )
        for door in Dwelling.objects.filter(building=houses[0]).order_by("id"):
            new = worksites.NewIntervention(door, "refurbish", begins, ends, must_be_empty=True)
            worksites.add_intervention(by=by, lot=lot, new=new)
    worksites.enter_worksite(by=by, worksite=site, state=WorksiteState.OPEN)
    return site


@dataclass(frozen=True)
class Courts:
    """Two courts of two doors that are emptied one after the other, and two spare doors."""

    relocation: Relocation
    lot: Lot
    doors: list[Dwelling]
    spare: list[Dwelling]
    files: list[RehousingFile]

    @property
    def home(self) -> str:
        """The address of the relocation at the desk."""
        return f"/laboratorio/mobilita/{self.relocation.reference}"


def courts(*companions: User, **needs: object) -> Courts:
    """The smallest estate in which everybody must move and all can come back."""
    month, category = factories.month, Category.objects.get(code="rumore")
    site = Worksite.objects.create(reference="CA1", name="Corti", summary="Si rifanno.", who_to_call="059 1")
    first, second = factories.court("A", doors=2), factories.court("B", doors=2)
    spare = factories.court("V", doors=2, has_lift=True)
    days = [(month(2), month(5) - DAY), (month(5), month(8) - DAY)]
    lots = [factories.a_lot(site, *days[0]), factories.a_lot(site, *days[1], name="Lotto 2")]
    for lot, doors in zip(lots, (first, second), strict=True):
        for door in doors:
            factories.works(lot, door, lot.planned_from, lot.planned_to)
    relocation = factories.a_relocation(category, *first, *second, *spare, sites=(site,))
    relocation.units.filter(dwelling__in=spare).update(is_spare=True)
    files = [
        factories.a_file(relocation, door, 101 + at, *companions, claims_return=True, **needs)
        for at, door in enumerate([*first, *second])
    ]
    return Courts(relocation, lots[0], [*first, *second], spare, files)
