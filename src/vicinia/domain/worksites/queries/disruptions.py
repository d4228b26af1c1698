"""Disruptions: which ones, for whom, whether they were told, and to which doors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from vicinia.domain.outreach import queries as outreach
from vicinia.domain.people import queries as people
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Stair
from vicinia.domain.worksites.models import Disruption, DisruptionRows, Lot, Phase, Timed
from vicinia.domain.worksites.states import DisruptionState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Proof:
    """To how many of the stairs the notice of a disruption was carried, and how many people were written to."""

    stairs: int
    told_stairs: int
    reached: int

    @property
    def is_whole(self) -> bool:
        return self.told_stairs >= self.stairs


def disruptions(by: Actor) -> DisruptionRows:
    """The disruptions that `by` may see."""
    return Disruption.objects.visible_to(by)


def in_disruption_lines(rows: DisruptionRows) -> QuerySet[Disruption]:
    """With what a line of a list shows: lot, worksite, notice, places. Three queries, however many rows."""
    joined = rows.select_related("lot__worksite", "notice")
    found: QuerySet[Disruption] = joined.prefetch_related(
        Prefetch("buildings", Building.objects.only("name")),
        Prefetch("stairs", Stair.objects.select_related("building").only("name", "building__name")),
    )
    return found


def disruption_named(by: Actor, reference: str) -> Disruption:
    """The visible disruption of this reference (404 otherwise)."""
    row: Disruption = in_disruption_lines(disruptions(by)).one(reference=reference)  # type: ignore[attr-defined]
    return row


def shown_disruptions(*, lot: Lot | None = None, worksite: Any = None) -> QuerySet[Disruption]:
    """What everybody reads on the page of a worksite or of a lot, soonest first; what is over is left out."""
    rows = Disruption.objects.shown().filter(to_day__gte=clock.today())
    rows = rows.filter(Q(state=DisruptionState.PLANNED) | Q(notice__published_at__isnull=False))
    if lot is not None:
        rows = rows.filter(lot=lot)
    if worksite is not None:
        rows = rows.filter(lot__worksite=worksite)
    return in_disruption_lines(rows.soonest_first())


def names_of_places(disruption: Disruption) -> list[str]:
    """Whom it touches, in words: whole buildings, then stairs."""
    names = [building.name for building in disruption.buildings.all()]
    return names + [f"{stair.building.name}, {stair.name}" for stair in disruption.stairs.all()]


def stairs_there(buildings: Iterable[Building], stairs: Iterable[Stair]) -> list[Stair]:
    """Every stair that some places mean: those of whole buildings, and those named."""
    found = {stair.pk: stair for stair in territory.stairs_of(buildings)}
    return list((found | {stair.pk: stair for stair in stairs}).values())


def languages_there(disruption: Disruption) -> list[str]:
    """The languages that are spoken on the stairs it touches, the most spoken first."""
    stairs = stairs_there(disruption.buildings.all(), disruption.stairs.all())
    spoken = outreach.summed(people.languages_by_stair(stairs).values())
    return [code for code, _count in sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0]))]


def proof_of(by: Actor, disruption: Disruption) -> Proof | None:
    """How far its notice went; None while there is none."""
    if disruption.notice is None or not by.can(Capability.SEE_OUTREACH):
        return None
    to_do = outreach.stairs_to_do(by, disruption.notice)
    told = sum(1 for one in to_do if one.deliveries)
    reach = outreach.reach_of(disruption.notice)
    return Proof(len(to_do), told, reach.emails + reach.sms)


def disruptions_due(by: Actor, until: dt.date) -> QuerySet[Disruption]:
    """Those whose notice has to be out by that day, or whose days have moved since; for who keeps worksites."""
    if not by.can(Capability.KEEP_WORKSITES):
        return Disruption.objects.none()
    untold = disruptions(by).untold().filter(notice_due_on__lte=until).order_by().values("pk")
    stale = disruptions(by).to_come().filter(stale_since__isnull=False).order_by().values("pk")
    rows = disruptions(by).filter(Q(pk__in=untold) | Q(pk__in=stale))
    found: QuerySet[Disruption] = rows.select_related("lot", "notice").order_by("notice_due_on", "id")
    return found


def to_move(lot: Lot, row: Timed) -> list[Disruption]:
    """The disruptions that a slip of a lot or of a phase moves: not begun, not called off; locked."""
    rows = Disruption.objects.filter(lot=lot, state=DisruptionState.PLANNED, from_day__gt=clock.today())
    rows = rows.filter(phase=row) if isinstance(row, Phase) else rows.filter(phase=None)
    found = rows.select_for_update(of=("self",)).select_related("lot", "notice")
    return list(found.order_by("id"))


def locked_disruption(disruption: Disruption) -> Disruption:
    rows = Disruption.objects.select_for_update(of=("self",)).select_related("lot", "notice", "phase")
    row: Disruption = rows.get(pk=disruption.pk)
    return row
