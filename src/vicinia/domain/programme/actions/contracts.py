"""A programme is prepared, signed and carried on; its committee is seated and convened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.programme import events, queries, rules
from vicinia.domain.programme.models import Axis, Convention, Member, Programme, Sitting
from vicinia.domain.programme.states import AxisKind, MemberKind, ProgrammeState
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class ProgrammePlan:
    """What is to be done in which years, with whose money."""

    title: str
    funder: str
    from_day: dt.date
    to_day: dt.date
    aim: str = ""
    act: str = ""
    manager: User | None = None
    resident_seats: int = 2
    areas: Sequence[Area] = ()

    def columns(self) -> dict[str, object]:
        """The values by column of the row."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "areas"}


@dataclass(frozen=True)
class NewConvention:
    """What was signed, by whom, for how long."""

    title: str
    signed_on: dt.date
    bodies: Sequence[PartnerBody] = ()
    others: str = ""
    until: dt.date | None = None
    protocol: str = ""
    is_contract: bool = False
    files: Sequence[UploadedFile[Any]] = ()


@dataclass(frozen=True)
class NewMember:
    """Who sits in the committee, for whom, from when."""

    kind: MemberKind
    from_day: dt.date
    user: User | None = None
    body: PartnerBody | None = None
    words: str = ""
    role: str = ""
    is_counted: bool = True
    to_day: dt.date | None = None


@transaction.atomic
def plan_programme(*, by: Actor, new: ProgrammePlan) -> Programme:
    """Begin to prepare a programme."""
    row = Programme(by_name=by.name, **new.columns())
    rules.may_plan(by, row).require()

    row.reference = f"PR{next_reference('programme')}"
    row.save(force_insert=True)
    row.areas.set(new.areas)

    journal.record(events.PLANNED, by=by, about=row)
    return row


@transaction.atomic
def change_programme(
    *, by: Actor, programme: Programme, new: ProgrammePlan, seen_version: int | None
) -> Programme:
    """Say in other words what it is, or for how long it lasts."""
    row: Programme = queries.locked(programme).require_version(seen_version, yours=new)
    rules.may_change(by, row).require()
    for name, value in new.columns().items():
        setattr(row, name, value)
    rules.may_plan(by, row).require()

    row.save()
    row.areas.set(new.areas)

    journal.record(events.CHANGED, by=by, about=row)
    return row


@transaction.atomic
def enter_programme(*, by: Actor, programme: Programme, state: ProgrammeState) -> Programme:
    """Begin it, conclude it, reopen it."""
    row: Programme = queries.locked(programme)
    rules.may_enter(by, row, state, sheets=row.sheets.count()).require()

    row.enter(state, by=by, state_since=clock.now())

    journal.record(events.ENTERED, by=by, about=row, state=journal.kept(ProgrammeState(state).label))
    return row


@transaction.atomic
def add_axis(*, by: Actor, programme: Programme, kind: AxisKind, title: str) -> Axis:
    """Add a front at the end."""
    row: Programme = queries.locked(programme)
    rules.may_change(by, row).require()
    last = row.axes.aggregate(last=Max("position"))["last"] or 0
    rules.may_have(last + 1, rules.MOST_AXES).require()

    axis = Axis.objects.create(programme=row, kind=kind, title=title, position=last + 1)

    journal.record(events.AXES, by=by, about=row)
    return axis


@transaction.atomic
def change_axis(*, by: Actor, axis: Axis, kind: AxisKind, title: str, seen_version: int | None) -> Axis:
    """Call a front in another way."""
    row: Axis = queries.locked(axis, "programme").require_version(seen_version, yours=title)
    rules.may_change(by, row.programme).require()

    row.kind, row.title = kind, title
    row.save()

    journal.record(events.AXES, by=by, about=row.programme)
    return row


@transaction.atomic
def sign_convention(*, by: Actor, programme: Programme, new: NewConvention) -> Convention:
    """Note that the contract or an agreement was signed, with its text as a file."""
    row: Programme = queries.locked(programme)
    rules.may_change(by, row).require()
    convention = Convention(
        programme=row,
        title=new.title,
        others=new.others.strip(),
        signed_on=new.signed_on,
        until=new.until,
        protocol=new.protocol.strip(),
        is_contract=new.is_contract,
    )
    rules.may_sign_convention(convention, bodies=len(new.bodies)).require()

    convention.save(force_insert=True)
    convention.bodies.set(new.bodies)
    for file in new.files:
        attachments.attach(by=by, about=convention, file=file)

    journal.record(events.SIGNED, by=by, about=row)
    return convention


# The committee ----------------------------------------------------------------------------------------------------


@transaction.atomic
def seat_member(*, by: Actor, programme: Programme, new: NewMember) -> Member:
    """Give somebody a seat in the committee."""
    row: Programme = queries.locked(programme)
    rules.may_change(by, row).require()
    values = {one.name: getattr(new, one.name) for one in fields(new)}
    member = Member(programme=row, **values | {"words": new.words.strip()})
    rules.may_seat(member).require()

    member.save(force_insert=True)

    journal.record(events.SEATED, by=by, about=row, kind=journal.kept(MemberKind(new.kind).label))
    return member


@transaction.atomic
def end_mandate(*, by: Actor, member: Member, on: dt.date, reason: str) -> Member:
    """Somebody sits in the committee until this day."""
    row: Member = queries.locked(member, "programme")
    rules.may_end_mandate(by, row, on, reason).require()

    row.to_day, row.end_reason = on, reason.strip()
    row.save()

    journal.record(events.LEFT, by=by, about=row.programme)
    return row


@transaction.atomic
def convene(*, by: Actor, programme: Programme, new: assemblies.AssemblyPlan) -> Assembly:
    """Prepare a meeting of the committee: everybody whose mandate runs that day is called by name.

    Notice, agenda, quorum, minutes and decisions are those of any assembly.
    """
    row: Programme = queries.locked(programme)
    members = queries.sitting_on(row, new.day)
    rules.may_convene(by, row, members=len(members)).require()

    assembly = assemblies.plan(by=by, kind=AssemblyKind.COMMITTEE, new=new)
    seats = [
        assemblies.NewSeat(
            user=one.user,
            body=one.body,
            words=one.words,
            role=one.role or str(one.get_kind_display()),
            is_counted=one.is_counted,
        )
        for one in members
    ]
    assemblies.add_seats(by=by, assembly=assembly, new=seats)
    Sitting.objects.create(programme=row, assembly=assembly)

    journal.record(events.CONVENED, by=by, about=row, assembly=assembly.reference)
    return assembly
