"""Two relocations: one with households that Lucia accompanies, one with households of Carla's. All that is said of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from unittest import mock

from tests.permissions.leaks.town import Town, again, corner
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import Accord, Offer, RehousingFile, Relocation
from vicinia.domain.mobility.queries import moving
from vicinia.domain.mobility.rules import Terms
from vicinia.domain.mobility.states import OfferKind
from vicinia.domain.mobility.tests import solvers
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import actions as territory
from vicinia.domain.territory.incoming import BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.territory.queries import Location
from vicinia.domain.worksites import actions as worksites
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter

DOORS = 8
# No other number of the town looks like those of the households that move: see `Town.numbers_in`.
FIRST_NUMBER = 9_870_001


@dataclass
class Here:
    """One relocation, as the planting goes through it: `who` accompanies its households."""

    town: Town
    who: str
    relocation: Relocation
    doors: list[Dwelling]

    @property
    def by(self) -> Actor:
        return self.town.by(self.who)

    def w(self, part: str = "moved") -> str:
        return self.town.word(f"{self.who} {part}")


def plant_mobility(town: Town) -> None:
    """Everything of the mobility, plans computed by a plain solver."""
    Counter.next("household", count=FIRST_NUMBER - Counter.next("household") - 1)
    with mock.patch.object(solving, "solve", solvers.plain):
        for who in ("lucia", "carla"):
            here = _relocation(town, who)
            first, second = (_file(here, door) for door in here.doors[:2])
            _talk(here, first, second)
            _talk(here, second, first)
            _plans(here, second)
            _offers(here, first)
            _leave(here, second)
            town.tokens[f"household of {who}"] = actions.give_link(by=here.by, file=first)


def _relocation(town: Town, who: str) -> Here:
    by, w, carla, today = town.by(who), town.word, town.by("carla"), clock.today()
    sizes = tuple((people, 20.0 * people, 0.0) for people in (1, 2, 3))
    card = actions.TableCard(w("town relocations"), w("town plan"), sizes)
    table = actions.make_table(by=carla, card=card)
    doors = _house(town, who)
    site = worksites.plan_worksite(
        by=by, new=worksites.WorksitePlan(w("town works"), w("town works"), w("town works"))
    )
    days = clock.add_months(today, 8), clock.add_months(today, 12)
    lot = worksites.add_lot(by=by, worksite=site, new=worksites.LotPlan(w("town works"), *days))
    for door in doors[:2]:
        works = worksites.NewIntervention(door, "refurbish", *days, must_be_empty=True)
        worksites.add_intervention(by=by, lot=lot, new=works)
    category = Category.objects.get(code="rumore")
    plan = actions.RelocationPlan(w("town relocations"), table, category, [site])
    row = actions.make_relocation(by=by, new=plan)
    actions.add_units(by=by, relocation=row, dwellings=doors)
    unit = row.units.get(dwelling=doors[-1])
    actions.add_spell(by=by, unit=unit, new=actions.NewSpell("unfit", today, None, w("town relocations")))
    return Here(town, who, row, doors)


def _house(town: Town, who: str) -> list[Dwelling]:
    by, w, area = town.by(who), town.word, corner(town, "own").area
    part = "town moved houses"
    at = Location(
        lat=area.south + 0.006, lon=area.west + 0.006, address=f"via {w('houses')} 5", area_id=area.pk
    )
    house = territory.add_building(
        by=by, details=BuildingDetails(name=w(part)), location=at, code=f"corte-di-{who}"
    )
    stair = territory.add_stair(by=by, building=house, details=StairDetails("A", has_lift=True))
    doors = [f"int. {number}" for number in range(1, DOORS + 1)]
    details = DwellingDetails("", floor=1, square_metres=60, rooms=2)
    territory.add_dwellings(by=by, stair=stair, doors=doors, details=details)
    return list(Dwelling.objects.filter(building=house).order_by("id"))


def _file(here: Here, door: Dwelling) -> RehousingFile:
    by = here.by
    household = people.make_household(by=by, dwelling=door, stated=people.Stated(("it",), 2))
    someone = PersonDetails(
        name=f"{here.w('tenant').capitalize()} {here.w('tenant').capitalize()}",
        phone=here.town.canaries.phone(f"{here.who} tenant"),
    )
    people.add_newcomer(by=by, household=household, details=someone, relation="reference")
    numbers = actions.Numbers(2, claims_return=True, most_moves=9)
    file = actions.open_file(by=by, relocation=here.relocation, household=household, numbers=numbers)
    actions.take_file(by=by, file=file)
    return file


def _talk(here: Here, file: RehousingFile, other: RehousingFile) -> None:
    by, w = here.by, here.w
    new = actions.NewInterview(clock.today(), "home", w(), f"talk {file.pk}")
    actions.write_interview(by=by, file=file, new=new)
    words = actions.Words(w(), w(), w(), w(), w(), w())
    numbers = actions.Numbers(2, claims_return=True, most_moves=9)
    actions.change_needs(by=by, file=again(file), numbers=numbers, words=words, seen_version=None)
    if other.pk > file.pk:
        actions.wish_near(by=by, file=file, other=other)
    refused = actions.NewRefusal(here.doors[6], "fear", w())
    actions.refuse_dwelling(by=by, file=file, new=refused)
    actions.confirm_needs(by=by, file=file)


def _plans(here: Here, locked: RehousingFile) -> None:
    """One that was discarded, one that is published, one that is proposed and asked why."""
    by, part = here.by, "town plan"
    month = clock.add_months(clock.today().replace(day=1), 9)
    lock = actions.NewLock(here.doors[5], month, month, here.town.word(part))
    actions.lock_household(by=by, file=locked, new=lock)
    plans = []
    for _turn in range(3):
        asked = actions.ask_plan(by=by, relocation=here.relocation, new=actions.NewPlan())
        plans.append(jobs.carry_out(asked, every=60))
    discarded, published, proposed = plans
    assert discarded is not None and published is not None and proposed is not None
    actions.discard_plan(by=by, plan=discarded, reason=here.town.word(part))
    actions.publish_plan(by=by, plan=published)
    why = actions.ask_why(by=by, plan=published, file=locked)
    actions.answer_why(by=jobs.JOB, why=why, answer=[])


def _offer(here: Here, file: RehousingFile, door: int) -> Offer:
    first = clock.add_months(clock.today().replace(day=1), 1)
    terms = Terms(OfferKind.TEMPORARY, first, clock.add_months(first, 3))
    new = actions.NewOffer(here.doors[door], terms, f"offer {file.pk} {file.offers.count()}", here.w())
    offer = actions.prepare_offer(by=here.by, file=again(file), new=new)
    return actions.send_offer(by=here.by, offer=offer)


def _accord(here: Here, file: RehousingFile, door: int) -> Accord:
    by, w = here.by, here.w
    accord = actions.accept_offer(
        by=by, offer=_offer(here, file, door), answered_on=clock.today(), witness=w()
    )
    return actions.write_accord(by=by, accord=accord, promises=w())


def _offers(here: Here, file: RehousingFile) -> None:
    """One refused, one taken back, one that fell with its removal, one by which the household is to move."""
    by, w, today = here.by, here.w, clock.today()
    said = actions.NotWanted("school", today, w(), w())
    actions.refuse_offer(by=by, offer=_offer(here, file, 2), said=said)
    actions.withdraw_offer(by=by, offer=_offer(here, file, 3), reason=w())
    for door in (3, 4):
        removal = actions.sign_accord(
            by=by,
            accord=_accord(here, file, door),
            signed_on=today,
            signed_by=w(),
            files=[here.town.photo(f"{here.who} moved file")],
        )
        day = today + dt.timedelta(days=3)
        removal = actions.schedule_removal(by=by, removal=removal, day=day)
        for step in moving.steps_of(removal)[:2]:
            actions.change_step(by=by, step=step, new=actions.StepPlan(True, today, w()))
            actions.finish_step(by=by, step=step)
        if door == 3:
            actions.cancel_removal(by=by, removal=removal, reason=w())
    _money(here, file)
    for turn in range(2):
        new = actions.NewMessage("question", w(), f"message {file.pk} {turn}")
        message = actions.write_message(by=Actor.resident(file.reference), file=file, new=new)
    actions.read_message(by=by, message=message)


def _money(here: Here, file: RehousingFile) -> None:
    """An expense that is refused, one that is approved, one that is paid."""
    by, today = here.by, clock.today()
    for turn in range(3):
        new = actions.NewExpense(
            "removal",
            Decimal(10),
            today,
            f"expense {file.pk} {turn}",
            here.w(),
            files=[here.town.photo(f"{here.who} moved file")],
        )
        row = actions.claim_expense(by=by, file=again(file), new=new)
        if turn == 0:
            actions.refuse_expense(by=by, expense=row, reason=here.w("told"))
            continue
        actions.approve_expense(by=by, expense=row)
        if turn == 1:
            actions.pay_expense(by=by, expense=row, paid_on=today)


def _leave(here: Here, file: RehousingFile) -> None:
    """A household that gives up coming back, and is accompanied no more."""
    by, w = here.by, here.w
    actions.end_return(by=by, file=again(file), reason=w(), seen_version=None)
    actions.close_file(by=by, file=again(file), reason=w(), seen_version=None)
