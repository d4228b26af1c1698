"""What many tests of the mobility begin from: a court with dwellings, worksites, households, a relocation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.models import AdequacyTable, Relocation, Unit
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites.models import Intervention, Lot, Worksite

DAY = dt.timedelta(days=1)


def court(code: str, *, doors: int = 4, area: Any = None, **stair: Any) -> list[Dwelling]:
    """A building with one stair and some doors on its floors: two rooms, 50 m²."""
    house = Building.objects.create(code=code, name=f"Corte {code}", area=area)
    way = Stair.objects.create(building=house, name="A", **stair)
    return [
        Dwelling.objects.create(
            building=house,
            stair=way,
            code=f"{code}-{number}",
            floor=(number - 1) // 2,
            door=f"int. {number}",
            square_metres=50,
            rooms=2,
        )
        for number in range(1, doors + 1)
    ]


def works(lot: Lot, door: Dwelling, first: dt.date, last: dt.date, **more: Any) -> Intervention:
    """An intervention that empties a dwelling from one day to another."""
    values = {"kind": "refurbish", "must_be_empty": True} | more
    return Intervention.objects.create(
        lot=lot,
        dwelling=door,
        planned_from=first,
        planned_to=last,
        forecast_from=first,
        forecast_to=last,
        **values,
    )


def a_lot(site: Worksite, first: dt.date, last: dt.date, name: str = "Lotto 1") -> Lot:
    return Lot.objects.create(
        reference=f"LT{site.pk}-{name[-1]}",
        worksite=site,
        name=name,
        planned_from=first,
        planned_to=last,
        forecast_from=first,
        forecast_to=last,
    )


def a_relocation(category: Category, *doors: Dwelling, sites: tuple[Worksite, ...] = ()) -> Relocation:
    """A relocation with a plain table of adequacy and these dwellings."""
    table, _made = AdequacyTable.objects.get_or_create(
        code="prova",
        defaults={"name": "Prova", "source": "una prova", "sizes": [[1, 28, 0], [2, 40, 0.1], [3, 60, 0.1]]},
    )
    row = Relocation.objects.create(reference="MB1", name="Corti", adequacy=table, category=category)
    row.worksites.set(sites)
    Unit.objects.bulk_create([Unit(relocation=row, dwelling=door) for door in doors])
    return row
