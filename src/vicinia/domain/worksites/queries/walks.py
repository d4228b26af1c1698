"""Site walks and the points to be fixed."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from vicinia.domain.worksites.models import SiteWalk, WalkPoint, WalkRows
from vicinia.domain.worksites.states import WalkState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor


def walks(by: Actor) -> WalkRows:
    """The walks that `by` may see."""
    return SiteWalk.objects.visible_to(by)


def walk_named(by: Actor, reference: str) -> SiteWalk:
    """The visible walk of this reference (404 otherwise)."""
    row: SiteWalk = walks(by).select_related("lot__worksite").one(reference=reference)  # type: ignore[attr-defined]
    return row


def points_of(walk: SiteWalk) -> list[WalkPoint]:
    """What is to be fixed, soonest first."""
    return list(walk.points.select_related("body").order_by("due_on", "id"))


def point_of(walk: SiteWalk, pk: int) -> WalkPoint:
    """One point (404 otherwise)."""
    row: WalkPoint = walk.points.one(pk=pk)  # type: ignore[attr-defined]
    row.walk = walk
    return row


def locked_walk(walk: SiteWalk) -> SiteWalk:
    row: SiteWalk = SiteWalk.objects.select_for_update(of=("self",)).select_related("lot").get(pk=walk.pk)
    return row


def walks_due(by: Actor, until: dt.date) -> QuerySet[SiteWalk]:
    """Walks of today, and those of which nobody has written how they went; for who keeps worksites."""
    if not by.can(Capability.KEEP_WORKSITES):
        return SiteWalk.objects.none()
    rows = walks(by).filter(state=WalkState.PLANNED, day__lte=until)
    found: QuerySet[SiteWalk] = rows.select_related("lot").order_by("day", "at_time", "id")
    return found


def points_due(by: Actor, until: dt.date) -> QuerySet[WalkPoint]:
    """Points to be fixed whose day has come; for who keeps worksites."""
    if not by.can(Capability.KEEP_WORKSITES):
        return WalkPoint.objects.none()
    rows = WalkPoint.objects.filter(done_on__isnull=True, due_on__lte=until)
    return rows.select_related("walk__lot", "body").order_by("due_on", "id")
