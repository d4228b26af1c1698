"""What many tests of the mobility begin from: a court with dwellings, worksites, households, a relocation."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import (
    Accord,
    AdequacyTable,
    Companion,
    Expense,
    Offer,
    RehousingFile,
    Relocation,
    Removal,
    Unit,
)
from vicinia.domain.mobility.rules import Terms
from vicinia.domain.mobility.states import OfferKind
from vicinia.domain.people import actions as people
from vicinia.domain.people.actions import Stated
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites.models import Intervention, Lot, Worksite
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DAY = dt.timedelta(days=1)
_once = count()


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


def a_household(relocation: Relocation, door: Dwelling, **needs: Any) -> RehousingFile:
    """A household with a file, that lives behind a door."""
    number = Household.objects.count() + 101
    household = Household.objects.create(number=number, dwelling=door)
    values = {"size": 2, "home": door} | needs
    return RehousingFile.objects.create(relocation=relocation, household=household, **values)


@dataclass(frozen=True)
class Estate:
    """Two courts of two doors: works empty the first in April, then the second; two spare doors in a third."""

    relocation: Relocation
    lots: tuple[Lot, Lot]
    doors: list[Dwelling]
    spare: list[Dwelling]
    files: list[RehousingFile]


def an_estate(category: Category, **more: Any) -> Estate:
    """The smallest estate in which everybody must move and all can come back. Days are those of 2027; it is January."""
    site = Worksite.objects.create(
        reference="CN1", name="Corti", summary="Si rifanno.", who_to_call="Ufficio"
    )
    first, second, third = court("A"), court("B", doors=2), court("V", doors=2, has_lift=True)
    doors = [*first[:2], *second]
    lots = (
        a_lot(site, dt.date(2027, 4, 10), dt.date(2027, 8, 20)),
        a_lot(site, dt.date(2027, 9, 5), dt.date(2027, 12, 20), "Lotto 2"),
    )
    for door, lot in zip(doors, (lots[0], lots[0], lots[1], lots[1]), strict=True):
        works(lot, door, lot.planned_from, lot.planned_to)
    relocation = a_relocation(category, *doors, *third, sites=(site,))
    relocation.units.filter(dwelling__in=third).update(is_spare=True)
    files = [a_household(relocation, door, claims_return=True, **more) for door in doors]
    return Estate(relocation, lots, doors, third, files)


def a_file(
    relocation: Relocation,
    door: Dwelling,
    number: int,
    *companions: User,
    state: str = "assessed",
    **more: Any,
) -> RehousingFile:
    """A household behind a door, with its file and who accompanies it, the first first."""
    area_id = door.building.area_id
    household = Household.objects.create(number=number, dwelling=door, area_id=area_id)
    values = {"size": 2, "state": state} | more
    row = RehousingFile.objects.create(relocation=relocation, household=household, home=door, **values)
    for user in companions:
        Companion.objects.create(file=row, user=user, is_first=user == companions[0])
    return row


def month(ahead: int = 0) -> dt.date:
    """The first day of this month or of one that comes."""
    return clock.add_months(clock.today().replace(day=1), ahead)


def terms(ahead: int = 1, lasts: int | None = 6, kind: str = OfferKind.TEMPORARY) -> Terms:
    """Months that an offer is for, from so many months from now on."""
    return Terms(kind, month(ahead), None if lasts is None else month(ahead + lasts - 1))


def an_offer(by: Actor, file: RehousingFile, door: Dwelling, *, sent: bool = True, **more: Any) -> Offer:
    """An offer of a dwelling to a household, sent unless said otherwise."""
    values = {"terms": terms(), "once": f"once-{next(_once)}", "words": "Restate vicino alla scuola."} | more
    row = actions.prepare_offer(by=by, file=file, new=actions.NewOffer(dwelling=door, **values))
    return actions.send_offer(by=by, offer=row) if sent else row


def a_removal(by: Actor, file: RehousingFile, door: Dwelling, **more: Any) -> Removal:
    """An offer that was accepted and an accord that was signed: the removal is to be fixed."""
    accord = actions.accept_offer(
        by=by, offer=an_offer(by, file, door, **more), answered_on=clock.today(), witness="La figlia"
    )
    return actions.sign_accord(by=by, accord=accord, signed_on=clock.today(), signed_by="Maria Bassi")


def an_expense(by: Actor, file: RehousingFile, **more: Any) -> Expense:
    """An expense that a household claims."""
    values = {"kind": "removal", "amount": Decimal("120.50"), "spent_on": clock.today()} | more
    new = actions.NewExpense(once=f"once-{next(_once)}", words="Furgone del cugino.", **values)
    return actions.claim_expense(by=by, file=file, new=new)


def somebody_at(by: Actor, door: Dwelling, *languages: str, size: int = 2) -> Household:
    """Somebody who lives behind a door, known by a number only."""
    return people.make_household(by=by, dwelling=door, stated=Stated(languages or ("it",), size))


def counted_file(by: Actor, relocation: Relocation, door: Dwelling, **numbers: Any) -> RehousingFile:
    """The file of a household that lives behind a door of a relocation; a household is made if nobody lives there."""
    household = Household.objects.filter(dwelling=door).first() or somebody_at(by, door)
    values = {"size": 2} | numbers
    return actions.open_file(
        by=by, relocation=relocation, household=household, numbers=actions.Numbers(**values)
    )


def an_own_file(by: Actor, relocation: Relocation, door: Dwelling, **numbers: Any) -> RehousingFile:
    """The same, accompanied by who made it."""
    file = counted_file(by, relocation, door, **numbers)
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
