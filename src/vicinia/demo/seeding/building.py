"""The works at Le Corti: a lot that goes on, one whose contract was terminated, a water cut, complaints, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories.together import ELENA
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory import queries as territory
from vicinia.domain.worksites import actions
from vicinia.domain.worksites.models import Complaint, Disruption, Lot, Worksite
from vicinia.domain.worksites.states import LotState, WorksiteState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
UNTIL_WORKS = (LotState.TENDERED, LotState.CONTRACTED, LotState.HANDED_OVER, LotState.IN_PROGRESS)


class Building:
    """What is built, as happenings; days count back from today."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.sites: list[Worksite] = []
        self.lots: dict[str, Lot] = {}
        self.cuts: list[Disruption] = []
        self.said: dict[str, Complaint] = {}

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [
            self._at(200, 9, self._plan),
            self._at(120, 10, self._stop),
            self._at(40, 10, self._restart),
            self._at(9, 10, self._foresee),
            self._at(8, 9, self._tell),
            self._at(7, 18, self._complain),
            self._at(6, 11, self._answer),
            self._at(5, 10, self._walk),
        ]
        return [one for one in found if one.at < self.desk.now]

    @property
    def by(self) -> Actor:
        return self.desk.staff[ELENA].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    def _body(self, code: str, name: str) -> PartnerBody:
        chief = self.desk.staff["lucia.marchesi"].as_actor()
        card = network.BodyCard(code, name, f"cantieri@{code}.example", "0521 555 070")
        return network.write_body(by=chief, card=card)

    def _plan(self) -> None:
        builder = self._body("edil-padana", "Edil Padana")
        manager = self._body("studio-ferrari", "Studio Ferrari, direzione lavori")
        houses = list(territory.buildings(self.by, "Corte")[:2])
        plan = actions.WorksitePlan(
            "Le Corti: tetti, facciate e colonne dell'acqua",
            "Si rifanno i tetti e le facciate, e si cambiano le colonne dell'acqua scala per scala.",
            "Laboratorio di quartiere, in orario di sportello. Per le urgenze il numero sul cartello.",
            houses[0].area if houses else None,
        )
        site = actions.plan_worksite(by=self.by, new=plan)
        for key, house, first, last in (("a", houses[:1], 190, -60), ("b", houses[1:], 180, -90)):
            new = actions.LotPlan(
                f"Lotto {key.upper()}", self.day(first), self.day(last),
                contractor=builder, manager=manager, buildings=house,
            )  # fmt: skip
            self.lots[key] = actions.add_lot(by=self.by, worksite=site, new=new)
            phases = (
                ("Ponteggi", first, first - 30),
                ("Tetti e facciate", first - 30, 0),
                ("Colonne dell'acqua", 0, last),
            )
            for title, since, until in phases:
                phase = actions.NewPhase(title, self.day(since), self.day(until))
                actions.add_phase(by=self.by, lot=self.lots[key], new=phase)
        self.sites.append(actions.enter_worksite(by=self.by, worksite=site, state=WorksiteState.OPEN))
        for lot in self.lots.values():
            for state in UNTIL_WORKS:
                self._enter(lot, state)

    def _enter(self, lot: Lot, state: LotState, reason: str = "") -> None:
        actions.enter_lot(by=self.by, lot=lot, state=state, day=clock.today(), reason=reason)

    def _stop(self) -> None:
        """The second lot loses its contract: over a year goes by."""
        why = "L'impresa ha lasciato il cantiere. Il Comune ha risolto il contratto e ne cerca un'altra."
        self._enter(self.lots["b"], LotState.TERMINATED, why)
        days = actions.Days(self.day(180), self.day(-480), why, with_phases=True)
        actions.slip(by=self.by, row=self.lots["b"], new=days)

    def _restart(self) -> None:
        other = self._body("coop-muratori", "Cooperativa muratori")
        actions.enter_lot(
            by=self.by, lot=self.lots["b"], state=LotState.RESTARTED, day=clock.today(), contractor=other
        )

    def _foresee(self) -> None:
        """A water cut that is told in time, and noise of which nobody was told yet."""
        lot = self.lots["a"]
        houses = list(lot.buildings.all())
        for kind, days, remark in (("water", -5, "L'acqua c'è alla fontana del cortile."), ("noise", -4, "")):
            new = actions.NewDisruption(
                kind, self.day(days), self.day(days), dt.time(8), dt.time(13), buildings=houses, remark=remark
            )
            self.cuts.append(actions.plan_disruption(by=self.by, lot=lot, new=new))

    def _tell(self) -> None:
        row = actions.prepare_notice(by=self.by, disruption=self.cuts[0])
        if row.notice is not None:
            notice = outreach.approve_notice(by=self.by, notice=row.notice)
            outreach.publish_notice(by=self.by, notice=notice)

    def _complain(self) -> None:
        """One that is answered, one that nobody answers."""
        said = (
            ("dust", "C'è polvere su tutte le scale, e mio figlio ha l'asma.", "Rosa Pinelli"),
            ("noise", "Cominciano prima delle sette di mattina, anche il sabato.", ""),
        )
        for kind, words, name in said:
            new = actions.NewComplaint(
                kind, words, f"cantiere {kind}", details=PersonDetails(name=name) if name else None
            )
            self.said[kind] = actions.complain(by=VISITOR, lot=self._fresh("a"), new=new).complaint

    def _fresh(self, key: str) -> Lot:
        lot = self.lots[key]
        lot.refresh_from_db()
        return lot

    def _answer(self) -> None:
        words = "Laviamo le scale ogni sera e mettiamo i teli. Ci sentiamo se non basta."
        actions.answer(by=self.by, complaint=self.said["dust"], words=words, promised_on=self.day(-2))

    def _walk(self) -> None:
        plan = actions.WalkPlan(
            clock.today(), dt.time(9), "Cortile della corte A", "Direzione lavori, impresa, tre abitanti"
        )
        walk = actions.plan_walk(by=self.by, lot=self.lots["a"], new=plan)
        minutes = "I teli ci sono solo da un lato. Il passaggio per le carrozzine è stretto."
        walk = actions.hold_walk(by=self.by, walk=walk, minutes=minutes, participants=plan.participants)
        for words, who in (
            ("Teli su tutto il ponteggio", "Edil Padana"),
            ("Passaggio di un metro e mezzo", "Edil Padana"),
        ):
            actions.add_point(by=self.by, walk=walk, new=actions.NewPoint(words, self.day(-3), who=who))
