"""What many tests of the mobility begin from: a court with dwellings, worksites, households, a relocation."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import (
    Accord,
    AdequacyTable,
    Offer,
    RehousingFile,
    Relocation,
    Removal,
    Unit,
)
from vicinia.domain.people import actions as people
from vicinia.domain.people.actions import Stated
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites.models import Intervention, Lot, Worksite
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

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


def a_household(by: Actor, door: Dwelling, *languages: str, size: int = 2) -> Household:
    """Somebody who lives behind a door, known by a number only."""
    return people.make_household(by=by, dwelling=door, stated=Stated(languages or ("it",), size))


def a_file(by: Actor, relocation: Relocation, door: Dwelling, **numbers: Any) -> RehousingFile:
    """The file of a household that lives behind a door of a relocation; a household is made if nobody lives there."""
    household = Household.objects.filter(dwelling=door).first() or a_household(by, door)
    values = {"size": 2} | numbers
    return actions.open_file(
        by=by, relocation=relocation, household=household, numbers=actions.Numbers(**values)
    )


def an_own_file(by: Actor, relocation: Relocation, door: Dwelling, **numbers: Any) -> RehousingFile:
    """The same, accompanied by who made it."""
    file = a_file(by, relocation, door, **numbers)
    actions.take_file(by=by, file=file)
    return file


def interviewed(by: Actor, file: RehousingFile, words: str = "Abbiamo parlato.") -> RehousingFile:
    """After a talk at home today."""
    new = actions.NewInterview(clock.today(), "home", words, secrets.token_hex())
    actions.write_interview(by=by, file=file, new=new)
    file.refresh_from_db()
    return file


def has_moved(file: RehousingFile, to: Dwelling) -> Removal:
    """A move that was done today, with the offer and the accord that it came from."""
    today = clock.today()
    key = f"{file.pk}-{to.pk}"
    offer = Offer.objects.create(
        reference=f"OF{key}",
        file=file,
        dwelling=to,
        kind="temporary",
        from_month=today,
        due_on=today,
        sent_on=today,
        snapshot_sha256="x",
        state="accepted",
        once=key,
    )
    accord = Accord.objects.create(reference=f"AC{key}", file=file, offer=offer)
    values = {"from_dwelling": file.home, "to_dwelling": to, "state": "done", "done_on": today}
    return Removal.objects.create(reference=f"TR{key}", file=file, accord=accord, **values)
