"""Worksites, lots and their times."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling, Stair
from vicinia.domain.worksites.models import (
    Complaint,
    Disruption,
    Intervention,
    Lot,
    LotRows,
    Phase,
    Slip,
    Timed,
    WalkPoint,
    Worksite,
    WorksiteRows,
)
from vicinia.domain.worksites.states import OPEN_COMPLAINTS, WorksiteState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.paging import COUNTED_AT_MOST, counts_up_to


def worksites(by: Actor) -> WorksiteRows:
    """The worksites that `by` may see."""
    return Worksite.objects.visible_to(by)


def worksite_named(by: Actor, reference: str) -> Worksite:
    """The visible worksite of this reference (404 otherwise)."""
    row: Worksite = worksites(by).select_related("area").one(reference=reference)  # type: ignore[attr-defined]
    return row


def shown_worksites() -> QuerySet[Worksite]:
    """What everybody reads of, the open ones first. Two queries."""
    rows = Worksite.objects.shown().joining(area=("name", "code")).prefetch_related("lots")
    found: QuerySet[Worksite] = rows.order_by("-state", "-id")
    return found


def shown_worksite(reference: str) -> Worksite:
    """A worksite as everybody may read of it (404 otherwise)."""
    row: Worksite = Worksite.objects.shown().one(reference=reference)
    return row


def with_counts(rows: WorksiteRows) -> QuerySet[Worksite]:
    """With what a line of a list shows: how many lots, how many complaints are open. One query."""
    joined = rows.joining(area=("name", "code"))
    found: QuerySet[Worksite] = joined.annotate(
        lot_count=Count("lots", distinct=True),
        complaint_count=Count(
            "lots__complaints", filter=Q(lots__complaints__state__in=OPEN_COMPLAINTS), distinct=True
        ),
    ).order_by("-state", "-id")
    return found


def locked_worksite(worksite: Worksite) -> Worksite:
    row: Worksite = Worksite.objects.select_for_update(of=("self",)).get(pk=worksite.pk)
    return row


# Lots -------------------------------------------------------------------------------------------------------------


def lots(by: Actor) -> LotRows:
    """The lots that `by` may see."""
    rows: LotRows = Lot.objects.visible_to(by).select_related("worksite", "contractor", "manager")
    return rows


def lot_named(by: Actor, reference: str) -> Lot:
    """The visible lot of this reference (404 otherwise)."""
    row: Lot = lots(by).one(reference=reference)
    return row


def shown_lot(reference: str) -> Lot:
    """A lot as everybody may read of it (404 otherwise)."""
    row: Lot = (
        Lot.objects.shown().select_related("worksite", "contractor", "manager").one(reference=reference)
    )  # type: ignore[attr-defined]
    return row


def lots_of(worksite: Worksite) -> list[Lot]:
    """The lots of a worksite with their phases. Two queries."""
    rows = worksite.lots.select_related("contractor", "manager").prefetch_related(
        Prefetch("phases", Phase.objects.order_by("planned_from", "planned_to", "id"))
    )
    return list(rows.order_by("planned_from", "id"))


def locked_lot(lot: Lot) -> Lot:
    row: Lot = Lot.objects.select_for_update(of=("self",)).select_related("worksite").get(pk=lot.pk)
    return row


def phase_of(lot: Lot, pk: int) -> Phase:
    """A phase of a lot (404 otherwise)."""
    row: Phase = lot.phases.one(pk=pk)  # type: ignore[attr-defined]
    row.lot = lot
    return row


def intervention_of(lot: Lot, pk: int) -> Intervention:
    """An intervention of a lot (404 otherwise)."""
    rows = Intervention.objects.select_related("dwelling__stair", "dwelling__building").filter(lot=lot)
    row: Intervention = rows.one(pk=pk)  # type: ignore[attr-defined]
    row.lot = lot
    return row


def lines_of(lot: Lot) -> list[Timed]:
    """All that has days in a lot, in their order: phases, milestones, dwellings. Two queries."""
    interventions = Intervention.objects.filter(lot=lot).select_related(
        "dwelling__stair", "dwelling__building"
    )
    found: list[Timed] = [*lot.phases.all(), *interventions]
    return sorted(found, key=lambda row: (row.shown_from, row.shown_to))


def slips_of(lot: Lot) -> list[Slip]:
    """Every time that a forecast of it moved, newest first. One query."""
    rows = lot.slips.select_related("lot", "phase", "intervention__dwelling__stair__building")
    return list(rows.select_related("intervention__dwelling__building", "phase", "lot").order_by("-id"))


def dwelling_ids(lot: Lot, row: Timed) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The dwellings that a slip of the lot, or of one intervention, concerns; and those that must be empty."""
    rows = Intervention.objects.filter(lot=lot, ended_on__isnull=True)
    if isinstance(row, Intervention):
        rows = rows.filter(pk=row.pk)
    pairs = list(rows.order_by("id").values_list("dwelling_id", "must_be_empty"))
    return tuple(pk for pk, _empty in pairs), tuple(pk for pk, empty in pairs if empty)


def dwellings_to_choose(lot: Lot) -> QuerySet[Dwelling]:
    """The dwellings of the houses that a lot touches."""
    houses = Q(building__in=lot.buildings.order_by().values("pk"))
    houses |= Q(stair__in=lot.stairs.order_by().values("pk"))
    rows = Dwelling.objects.in_use().filter(houses)
    return rows.select_related("building", "stair").order_by("building__name", "stair__name", "floor", "id")


def stairs_to_choose(by: Actor) -> QuerySet[Stair]:
    """The stairs that a lot or a disruption may touch."""
    rows = Stair.objects.in_use().filter(building__in=territory.buildings(by).order_by().values("pk"))
    return rows.select_related("building").order_by("building__name", "name", "id")


def stairs_of_lot(lot: Lot) -> QuerySet[Stair]:
    """The stairs of the houses that a lot touches, for who complains."""
    here = Q(building__in=lot.buildings.order_by().values("pk")) | Q(
        pk__in=lot.stairs.order_by().values("pk")
    )
    rows = Stair.objects.in_use().filter(here).select_related("building")
    return rows.order_by("building__name", "name", "id")


# What waits -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """What of the worksites waits for somebody, for the laboratory's page."""

    worksites: int
    untold: int
    late_notices: int
    complaints: int
    late_complaints: int
    points: int


def waiting(by: Actor) -> Waiting:
    """How much waits, of what `by` may see. One query."""
    complaints = Complaint.objects.visible_to(by)
    disruptions = Disruption.objects.visible_to(by)
    points = WalkPoint.objects.filter(done_on__isnull=True, due_on__lt=clock.today())
    found = counts_up_to(
        COUNTED_AT_MOST,
        worksites=worksites(by).filter(state=WorksiteState.OPEN),
        untold=disruptions.untold(),
        late_notices=disruptions.late(),
        complaints=complaints.open(),
        late_complaints=complaints.late(),
        points=points if by.can(Capability.SEE_WORKSITES) else points.none(),
    )
    return Waiting(**found)
