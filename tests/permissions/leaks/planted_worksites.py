"""What is built, what those nearby live through and what they say: by Lucia, with complaints from the portal."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.town import Town, again
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites import actions
from vicinia.domain.worksites.models import Lot, Worksite
from vicinia.domain.worksites.states import LotState, WorksiteState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DAY = dt.timedelta(days=1)


def plant_worksites(town: Town) -> None:
    """One worksite that everybody reads, with all that belongs to it; one that is only prepared."""
    contractor = _contractor(town)
    for part in ("town published", "town works"):
        _lot(town, part, contractor)
    lot = Lot.objects.select_related("worksite", "contractor", "manager").order_by("id")[0]
    _disruptions(town, lot)
    _complaint(town, lot)
    _walks(town, lot)
    _survey(town, lot.worksite)


def _contractor(town: Town) -> PartnerBody:
    """Who builds stands on the board; who directs, for which Paolo answers, does not."""
    return network.write_body(
        by=town.by("carla"), card=network.BodyCard(code="impresa", name=town.word("town published"))
    )


def _lot(town: Town, part: str, contractor: PartnerBody) -> None:
    by, w, today = town.by("lucia"), town.word, clock.today()
    site = actions.plan_worksite(by=by, new=actions.WorksitePlan(w(part), w(part), w(part)))
    plan = actions.LotPlan(
        w(part), today, today + 90 * DAY, w(part), contractor=contractor, manager=town.bodies["casa"]
    )
    lot = actions.add_lot(by=by, worksite=site, new=plan)
    actions.add_phase(by=by, lot=lot, new=actions.NewPhase(w(part), today, today + 30 * DAY))
    home = Dwelling.objects.order_by("id")[0]
    actions.add_intervention(
        by=by, lot=lot, new=actions.NewIntervention(home, "refurbish", today, today + 9 * DAY)
    )
    actions.slip(by=by, row=again(lot), new=actions.Days(today, today + 120 * DAY, w(part)))
    for state in (LotState.TENDERED, LotState.CONTRACTED, LotState.TERMINATED):
        lot = actions.enter_lot(by=by, lot=again(lot), state=state, day=today, reason=w(part))
    if part == "town published":
        actions.enter_worksite(by=by, worksite=site, state=WorksiteState.OPEN)


def _disruptions(town: Town, lot: Lot) -> None:
    """One to come, one that was called off."""
    by, w, day = town.by("lucia"), town.word, clock.today() + 30 * DAY
    # A house that a disruption touches is named where everybody reads of it.
    house = Building.objects.create(code="corte-nota", name="Corte nota", area=town.cast.crocetta)
    stair = Stair.objects.create(building=house, name="A")
    for ends in (False, True):
        new = actions.NewDisruption(
            "water", day, day, dt.time(8), dt.time(12), stairs=[stair], remark=w("town published")
        )
        row = actions.plan_disruption(by=by, lot=lot, new=new)
        if ends:
            actions.cancel_disruption(by=by, disruption=row, reason=w("town works"))


def _complaint(town: Town, lot: Lot) -> None:
    by, w = town.by("lucia"), town.word
    who = PersonDetails(
        name=w("town complainant"),
        phone=town.canaries.phone("town complainant"),
        email=town.canaries.email("town complainant"),
    )
    new = actions.NewComplaint(
        "dust", w("town complaint"), "by the board", place=w("town complaint"), details=who,
        files=[town.photo("town complaint")],
    )  # fmt: skip
    row = actions.complain(by=Actor.visitor(), lot=lot, new=new).complaint
    actions.answer(by=by, complaint=row, words=w("town complaint"))


def _walks(town: Town, lot: Lot) -> None:
    """One that was held, one that was called off."""
    by, w = town.by("lucia"), town.word

    def plan() -> actions.WalkPlan:
        return actions.WalkPlan(clock.today(), dt.time(10), w("town works"), w("town works"))

    held = actions.plan_walk(by=by, lot=lot, new=plan())
    actions.hold_walk(
        by=by,
        walk=held,
        minutes=w("town works"),
        participants=w("town works"),
        files=[town.photo("town works file")],
    )
    point = actions.NewPoint(w("town works"), clock.today(), who=w("town works"))
    actions.add_point(by=by, walk=held, new=point)
    off = actions.plan_walk(by=by, lot=lot, new=plan())
    actions.cancel_walk(by=by, walk=off, reason=w("town works"))


def _survey(town: Town, site: Worksite) -> None:
    """Enough answers to be shown."""
    for number in range(5):
        new = actions.NewAnswer(3, 3, 3, f"sheet {number}", town.word("town works"))
        actions.answer_survey(by=Actor.visitor(), worksite=site, new=new)
