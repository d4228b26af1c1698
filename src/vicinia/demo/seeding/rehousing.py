"""The flats of courts C and D are done anew, one court after the other: who lives there moves meanwhile, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from vicinia.demo.seeded import stream
from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories.together import ELENA
from vicinia.domain.listening import queries as listening
from vicinia.domain.mobility import actions, jobs
from vicinia.domain.mobility import queries as mobility
from vicinia.domain.mobility.models import Offer, RehousingFile, Relocation
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.states import ExpenseKind, FileState, InterviewPlace, PlanKind, RefusalReason
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Dwelling
from vicinia.domain.worksites import actions as worksites
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import InterventionKind, LotState, WorksiteState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Of each court: in how many days its flats have to be empty, and until when.
WORKS = {"COR-C": (75, 230), "COR-D": (245, 400)}
SPARE = 12  # flats of the other courts that nobody lives in
# What some households say: needs, school, wishes.
TOLD = (
    ("Cammina con il deambulatore: niente gradini.", "", "Vorrebbe restare vicino alla figlia, in corte A."),
    ("", "Due bambini alla scuola Rodari.", "Preferiscono cambiare casa d'estate, a scuola chiusa."),
    ("Ossigeno in casa: serve una presa vicino al letto.", "", "Un solo trasloco, se si può."),
    ("", "Il figlio alle medie.", "Il cane deve poter uscire in cortile."),
    ("", "", "Lavora di notte: chiede un alloggio lontano dal cantiere."),
    ("", "Una bambina all'asilo.", "Vicino alla famiglia del piano di sopra."),
)


class Rehousing:
    """What has to do with moving, as happenings; days count back from today, negative ones are to come."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lots: list[Lot] = []
        self.site: Worksite | None = None
        self.relocation: Relocation | None = None
        self.offers: list[Offer] = []

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [
            self._at(60, 9, self._plan_works),
            self._at(55, 10, self._prepare),
            *(self._at(50 - day, 11, partial(self._interview, day)) for day in range(len(TOLD))),
            self._at(30, 9, self._plan),
            self._at(28, 10, self._publish),
            self._at(20, 10, self._offer),
            self._at(12, 16, self._answer),
            self._at(6, 9, self._slip),
            self._at(4, 10, self._plan_anew),
            self._at(3, 12, self._spend),
        ]
        return [one for one in found if one.at < self.desk.now]

    @property
    def by(self) -> Actor:
        return self.desk.staff[ELENA].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    def _courts(self) -> list[Building]:
        return [row for row in territory.buildings(self.by) if row.code in WORKS]

    def _flats(self, court: Building) -> list[Dwelling]:
        stairs = territory.stairs_of([court])
        doors = territory.doors_by_stair(stairs)
        return [flat for stair in stairs for flat in doors[stair.pk]]

    def _plan_works(self) -> None:
        """A lot for each court, with every flat of it to be emptied."""
        courts = self._courts()
        if not courts:
            return
        plan = worksites.WorksitePlan(
            "Le Corti: alloggi delle corti C e D",
            "Si rifanno gli alloggi dentro: bagni, impianti, finestre. Una corte dopo l'altra.",
            "Laboratorio di quartiere, in orario di sportello.",
            courts[0].area,
        )
        self.site = worksites.plan_worksite(by=self.by, new=plan)
        for court in courts:
            first, last = (self.day(-days) for days in WORKS[court.code])
            new = worksites.LotPlan(f"Alloggi della {court.name}", first, last, buildings=[court])
            lot = worksites.add_lot(by=self.by, worksite=self.site, new=new)
            for flat in self._flats(court):
                work = worksites.NewIntervention(
                    flat, InterventionKind.REFURBISH, first, last, must_be_empty=True
                )
                worksites.add_intervention(by=self.by, lot=lot, new=work)
            worksites.enter_lot(by=self.by, lot=lot, state=LotState.TENDERED, day=clock.today())
            self.lots.append(lot)
        self.site = worksites.enter_worksite(by=self.by, worksite=self.site, state=WorksiteState.OPEN)

    def _prepare(self) -> None:
        """The relocation: every flat of the two courts, some free ones of the others, a file for each household."""
        if self.site is None:
            return
        actions.take_in_tables(by=self.chief)
        category = next(
            row for row in listening.kinds_in_use() if row.parent and row.parent.code == "case-cantieri"
        )
        new = actions.RelocationPlan(
            "Le Corti: chi abita dove", mobility.tables_to_choose()[0], category, [self.site],
            removals_a_month=20,
        )  # fmt: skip
        self.relocation = actions.make_relocation(by=self.by, new=new)
        flats = [flat for court in self._courts() for flat in self._flats(court)]
        others = [row for row in territory.buildings(self.by, "Corte") if row.code not in WORKS]
        doors = [flat for court in others for flat in self._flats(court)]
        taken = mobility.living_in([flat.pk for flat in doors])
        spare = [flat for flat in doors if flat.pk not in taken][:SPARE]
        actions.add_units(by=self.by, relocation=self.relocation, dwellings=flats)
        actions.add_units(by=self.by, relocation=self.relocation, dwellings=spare, is_spare=True)
        random = stream(self.desk.town.seed, "rehousing")
        for household in mobility.living_in([flat.pk for flat in flats]).values():
            people = household.stated_size or random.choice((1, 2, 3))
            numbers = actions.Numbers(
                size=min(people, 4),
                needs_step_free=random.random() < 0.1,
                fragile=random.random() < 0.15,
                claims_return=random.random() < 0.6,
                language=(household.stated_languages or ["it"])[0],
            )
            actions.open_file(by=self.by, relocation=self.relocation, household=household, numbers=numbers)

    def _files(self) -> list[RehousingFile]:
        """The files that Elena may open, by number."""
        return list(mobility.own_files(self.by).order_by("household__number"))

    def _interview(self, at: int) -> None:
        """Elena accompanies a household, speaks with it, and writes down what it needs."""
        lines = mobility.files(self.by).by_number()[at * 3 : at * 3 + 1]
        for file in lines:
            needs, school, wishes = TOLD[at]
            actions.take_file(by=self.by, file=file)
            talk = actions.NewInterview(clock.today(), InterviewPlace.HOME, wishes, f"colloquio {at}")
            actions.write_interview(by=self.by, file=file, new=talk)
            numbers = actions.Numbers(
                **{name: getattr(file, name) for name in actions.Numbers.__dataclass_fields__}
            )
            words = actions.Words(needs=needs, school=school, wishes=wishes)
            actions.change_needs(by=self.by, file=file, numbers=numbers, words=words, seen_version=None)
            actions.confirm_needs(by=self.by, file=file)

    def _compute(self, new: actions.NewPlan) -> None:
        if self.relocation is not None:
            plan = actions.ask_plan(by=self.by, relocation=self.relocation, new=new)
            # One transaction is open around the town: a heart that beats in a thread of its own would wait for it.
            jobs.carry_out(plan, every=3600)

    def _plan(self) -> None:
        self._compute(actions.NewPlan(time_limit=60))

    def _publish(self) -> None:
        if self.relocation is not None:
            plan = mobility.plans_of(self.by, self.relocation)[0]
            actions.publish_plan(by=self.chief, plan=plan)

    @property
    def chief(self) -> Actor:
        return self.desk.staff["lucia.marchesi"].as_actor()

    def _offer(self) -> None:
        """Three households are offered what the plan says."""
        for file in self._files():
            chances = offers.chances_of(file)
            if len(self.offers) < 3 and file.state == FileState.ASSESSED and chances:
                chance = chances[0]
                words = "È l'alloggio di cui abbiamo parlato. Passiamo a vederlo insieme?"
                once = f"offerta {file.pk}"
                new = actions.NewOffer(chance.dwelling, chance.terms, once, words, chance.plan)
                offer = actions.prepare_offer(by=self.by, file=file, new=new)
                self.offers.append(actions.send_offer(by=self.by, offer=offer))

    def _answer(self) -> None:
        """One says yes and signs, one says no; the third is thinking about it."""
        today = clock.today()
        for offer in self.offers[:1]:
            accord = actions.accept_offer(by=self.by, offer=offer, answered_on=today, witness="La figlia")
            removal = actions.sign_accord(by=self.by, accord=accord, signed_on=today, signed_by="Entrambi")
            day = max(offer.from_month, today) + dt.timedelta(days=3)
            actions.schedule_removal(by=self.by, removal=removal, day=day)
        for offer in self.offers[1:2]:
            why = "Da lì la scuola è troppo lontana."
            said = actions.NotWanted(RefusalReason.SCHOOL, today, why, "La madre")
            actions.refuse_offer(by=self.by, offer=offer, said=said)

    def _slip(self) -> None:
        """The second court begins two months later: the plan that people know holds no more."""
        for lot in self.lots[1:]:
            lot.refresh_from_db()
            first, last = (day + dt.timedelta(days=61) for day in (lot.forecast_from, lot.forecast_to))
            why = "La gara è andata deserta ed è stata ripetuta."
            worksites.slip(by=self.by, row=lot, new=worksites.Days(first, last, why, with_phases=True))

    def _plan_anew(self) -> None:
        self._compute(actions.NewPlan(PlanKind.REPLAN, time_limit=60))

    def _spend(self) -> None:
        """One has bought boxes, and has the receipt."""
        for file in self._files():
            if file.state == FileState.SCHEDULED:
                new = actions.NewExpense(ExpenseKind.REMOVAL, Decimal("86.40"), clock.today(), "scatole")
                actions.claim_expense(by=self.by, file=file, new=new)
