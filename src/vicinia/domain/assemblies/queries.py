"""Assemblies, their minutes and decisions, as who asks may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from vicinia.domain.assemblies.models import (
    FIRST_RULES,
    Amendment,
    Assembly,
    AssemblyRows,
    CallRule,
    FollowUp,
    Minutes,
    MinutesVersion,
    Point,
    Resolution,
    ResolutionRows,
    Seat,
)
from vicinia.domain.assemblies.states import (
    COUNTED_MARKS,
    OPEN_RESOLUTIONS,
    AmendmentState,
    AssemblyKind,
    AssemblyState,
    MinutesStage,
)
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose, User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

# How far away a new assembly is proposed.
PROPOSED_DAYS = 21


def assemblies(by: Actor) -> AssemblyRows:
    """The assemblies that `by` may see."""
    return Assembly.objects.visible_to(by)


def assembly_named(by: Actor, reference: str) -> Assembly:
    """The visible assembly of this reference (404 otherwise)."""
    row: Assembly = assemblies(by).one(reference=reference)
    return row


def in_lines(rows: AssemblyRows) -> QuerySet[Assembly]:
    """With what a line of a list shows: areas, points, the stage of the minutes. Two queries."""
    areas = Prefetch("areas", Area.objects.defer("boundary"))
    counted = rows.select_related("minutes").annotate(point_count=Count("points"))
    found: QuerySet[Assembly] = counted.prefetch_related(areas)
    return found


def with_open_minutes(by: Actor) -> AssemblyRows:
    """Held, with minutes that are not approved yet."""
    rows: AssemblyRows = assemblies(by).filter(state=AssemblyState.HELD)
    return rows.exclude(minutes__stage=MinutesStage.VALIDATED)


def assemblies_due(by: Actor) -> AssemblyRows:
    """What of today is to be opened or counted, for who runs assemblies."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Assembly.objects.none()
    today = clock.today()
    first = Q(is_second_call=False, day__lte=today)
    second = Q(is_second_call=True, second_day__lte=today)
    rows: AssemblyRows = assemblies(by).filter(first | second, state=AssemblyState.CALLED)
    return rows.soonest_first()


def minutes_due(by: Actor) -> QuerySet[Minutes]:
    """Minutes that can go on: not yet official, or with the term for amendments over."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Minutes.objects.none()
    waiting = Q(stage=MinutesStage.AMENDING, amendments_until__gte=clock.today())
    rows = Minutes.objects.exclude(stage=MinutesStage.VALIDATED).exclude(waiting)
    return rows.filter(assembly__in=assemblies(by).order_by()).select_related("assembly").order_by("id")


# One assembly -----------------------------------------------------------------------------------------------------


def points_of(assembly: Assembly) -> list[Point]:
    """The agenda in its order."""
    return list(assembly.points.order_by("position", "id"))


def point_of(assembly: Assembly, pk: int) -> Point:
    """A point of the agenda (404 otherwise)."""
    row: Point = assembly.points.one(pk=pk)  # type: ignore[attr-defined]
    row.assembly = assembly
    return row


def seats_of(assembly: Assembly) -> list[Seat]:
    """Who is called by name, in the order of the list."""
    return list(assembly.seats.select_related("user", "body").order_by("id"))


def seat_of(assembly: Assembly, pk: int) -> Seat:
    """One who is called by name (404 otherwise)."""
    row: Seat = assembly.seats.select_related("user", "body").one(pk=pk)  # type: ignore[attr-defined]
    row.assembly = assembly
    return row


def seats_counted(seats: Sequence[Seat]) -> int:
    """How many of those called by name make up the quorum."""
    return sum(1 for seat in seats if seat.is_counted and seat.mark in COUNTED_MARKS)


def entitled_to(assembly: Assembly, seats: Sequence[Seat]) -> int:
    """How many may decide: as it was written, or those called by name who count."""
    return assembly.entitled or sum(1 for seat in seats if seat.is_counted)


def expected_present(assembly: Assembly) -> int:
    """How many are there as far as we know: those marked by name, or who came to the event."""
    seats = seats_counted(seats_of(assembly))
    if seats or assembly.event is None:
        return seats
    return outreach.seats_of(assembly.event).came


def is_validated(assembly: Assembly) -> bool:
    """Whether its minutes are approved."""
    return Minutes.objects.filter(assembly=assembly, stage=MinutesStage.VALIDATED).exists()


def proposed_plan(kind: str = AssemblyKind.ASSEMBLY) -> dict[str, Any]:
    """What the form of a new assembly begins with."""
    day = clock.add_working_days(clock.today() + dt.timedelta(days=PROPOSED_DAYS), 0)
    return {
        "kind": kind,
        "day": day,
        "from_time": dt.time(18),
        "to_time": dt.time(20),
        "is_public": kind != AssemblyKind.COMMITTEE,
        "with_sign_up": kind == AssemblyKind.WORKSHOP,
    }


def rule_for(kind: str) -> CallRule:
    """What the town asks of a call of this kind: its own rule, or the one that a town begins with."""
    own = CallRule.objects.filter(kind=kind).first()
    return own or CallRule(kind=kind, **FIRST_RULES[AssemblyKind(kind)])


def call_rules() -> list[CallRule]:
    """The rules in force, one a kind."""
    own = {row.kind: row for row in CallRule.objects.order_by("kind")}
    return [own.get(kind) or rule_for(kind) for kind in AssemblyKind.values]


def call_rule(kind: str) -> CallRule:
    """The rule of a kind (404 where there is no such kind)."""
    if kind not in AssemblyKind.values:
        raise NotVisible
    return rule_for(kind)


# Minutes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MinutesPage:
    """Minutes with their newest text, what was asked to be corrected, and who wrote each version."""

    minutes: Minutes
    text: str
    versions: list[MinutesVersion]
    amendments: list[Amendment]

    @property
    def unsettled(self) -> int:
        return sum(1 for one in self.amendments if one.state == AmendmentState.PROPOSED)


def minutes_of(assembly: Assembly) -> Minutes:
    """The minutes of an assembly that was held (404 otherwise)."""
    row = Minutes.objects.filter(assembly=assembly).first()
    if row is None:
        raise NotVisible
    row.assembly = assembly
    return row


def text_of(minutes: Minutes) -> str:
    """The newest text."""
    newest = minutes.versions.order_by("-number").first()
    return newest.text if newest else ""


def minutes_page(minutes: Minutes) -> MinutesPage:
    """Everything about minutes. Two queries."""
    versions = list(minutes.versions.order_by("-number"))
    text = versions[0].text if versions else ""
    return MinutesPage(minutes, text, versions, list(minutes.amendments.order_by("id")))


def version_of(minutes: Minutes, number: int) -> MinutesVersion:
    """One version (404 otherwise)."""
    row: MinutesVersion = minutes.versions.one(number=number)  # type: ignore[attr-defined]
    return row


def amendment_of(minutes: Minutes, pk: int) -> Amendment:
    """One amendment (404 otherwise)."""
    row: Amendment = minutes.amendments.one(pk=pk)  # type: ignore[attr-defined]
    row.minutes = minutes
    return row


def draft_of_link(token: str) -> Minutes:
    """The minutes that the holder of a private link may read and correct (404 otherwise)."""
    reference = accounts.link_is_about(token, LinkPurpose.MINUTES)
    rows = Minutes.objects.select_related("assembly").exclude(stage=MinutesStage.SHARED)
    row = rows.filter(assembly__reference=reference).first() if reference else None
    if row is None:
        raise NotVisible
    return row


# Decisions --------------------------------------------------------------------------------------------------------


def resolutions(by: Actor) -> ResolutionRows:
    """The decisions that `by` may see."""
    return Resolution.objects.visible_to(by)


def resolution_named(by: Actor, reference: str) -> Resolution:
    """The visible decision of this reference (404 otherwise)."""
    row: Resolution = resolutions(by).in_lines().one(reference=reference)
    return row


def resolutions_of(assembly: Assembly) -> list[Resolution]:
    """What an assembly decided, in the order of deciding. One query."""
    rows: ResolutionRows = Resolution.objects.filter(assembly=assembly).in_lines()
    return list(rows.select_related("point", "assembly", "owner_user", "owner_body").order_by("id"))


def resolutions_due(by: Actor, until: dt.date) -> QuerySet[Resolution]:
    """Open decisions that fall due: one's own, and for who runs assemblies those of bodies and people in words."""
    whose = Q(owner_user_id=by.user_id or 0)
    if by.can(Capability.RUN_PARTICIPATION):
        whose |= Q(owner_user__isnull=True)
    rows = resolutions(by).open().filter(whose, due_on__lte=until)
    return rows.in_lines().soonest_first()


def follow_ups_of(resolution: Resolution) -> QuerySet[FollowUp]:
    """What was said about how it goes, newest first."""
    return resolution.follow_ups.order_by("-id")


def progress_of(rows: ResolutionRows) -> dict[str, int]:
    """How many decisions there are, how many are open, and how many of these late. One query."""
    is_open = Q(state__in=OPEN_RESOLUTIONS)
    late = is_open & Q(due_on__lt=clock.today())
    counted: dict[str, int] = rows.order_by().aggregate(
        all=Count("pk"), open=Count("pk", filter=is_open), late=Count("pk", filter=late)
    )
    return counted


def owners() -> QuerySet[User]:
    """Colleagues who may be given a decision to carry out."""
    return accounts.users_who_can(Capability.WORK_CASES).order_by("name", "id")


# The portal -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PublicAssembly:
    """What everybody may read of an assembly: the call, and once the minutes are approved, they and what was decided."""

    assembly: Assembly
    points: list[Point]
    text: str
    minutes: Minutes | None
    resolutions: list[Resolution]


def shown_assemblies() -> AssemblyRows:
    """The assemblies that everybody may read of."""
    return Assembly.objects.shown()


def shown_assembly(reference: str) -> PublicAssembly:
    """A published assembly as everybody reads it (404 otherwise). At most five queries."""
    row: Assembly = Assembly.objects.shown().one(reference=reference)
    minutes = Minutes.objects.filter(assembly=row, stage=MinutesStage.VALIDATED).first()
    return PublicAssembly(
        assembly=row,
        points=points_of(row),
        text=text_of(minutes) if minutes else "",
        minutes=minutes,
        resolutions=resolutions_of(row) if minutes else [],
    )


def shown_resolutions() -> ResolutionRows:
    """Decisions that everybody may read and follow."""
    return Resolution.objects.shown()


# Locks ------------------------------------------------------------------------------------------------------------


def locked(assembly: Assembly) -> Assembly:
    """The assembly, read again and locked until the transaction ends."""
    row: Assembly = Assembly.objects.select_for_update(of=("self",)).get(pk=assembly.pk)
    return row


def locked_minutes(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("assembly")
    row: Minutes = rows.get(pk=minutes.pk)
    return row


def locked_resolution(resolution: Resolution) -> Resolution:
    rows = Resolution.objects.select_for_update(of=("self",)).select_related("assembly")
    row: Resolution = rows.get(pk=resolution.pk)
    return row


def locked_amendment(amendment: Amendment) -> Amendment:
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("minutes__assembly")
    row: Amendment = rows.get(pk=amendment.pk)
    return row
