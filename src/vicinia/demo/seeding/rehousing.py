"""The flats of courts C and D are done anew, one court after the other: who lives there moves meanwhile, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories.together import ELENA
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Dwelling
from vicinia.domain.worksites import actions as worksites
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import InterventionKind, LotState, WorksiteState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Of each court: in how many days its flats have to be empty, and until when.
WORKS = {"COR-C": (75, 230), "COR-D": (245, 400)}


class Rehousing:
    """What has to do with moving, as happenings; days count back from today, negative ones are to come."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lots: list[Lot] = []
        self.site: Worksite | None = None

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [self._at(60, 9, self._plan_works)]
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
        builder = PartnerBody.objects.filter(code="edil-padana").first()
        for court in courts:
            first, last = (self.day(-days) for days in WORKS[court.code])
            new = worksites.LotPlan(
                f"Alloggi della {court.name}", first, last, contractor=builder, buildings=[court]
            )
            lot = worksites.add_lot(by=self.by, worksite=self.site, new=new)
            for flat in self._flats(court):
                work = worksites.NewIntervention(
                    flat, InterventionKind.REFURBISH, first, last, must_be_empty=True
                )
                worksites.add_intervention(by=self.by, lot=lot, new=work)
            worksites.enter_lot(by=self.by, lot=lot, state=LotState.TENDERED, day=clock.today())
            self.lots.append(lot)
        self.site = worksites.enter_worksite(by=self.by, worksite=self.site, state=WorksiteState.OPEN)
