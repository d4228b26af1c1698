"""The day itself: who is there, whether they are enough, and the beginning."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from vicinia.domain.assemblies import events, queries, rules
from vicinia.domain.assemblies.models import Assembly, Minutes, MinutesVersion
from vicinia.domain.assemblies.states import AssemblyState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def mark_seats(
    *, by: Actor, assembly: Assembly, marks: Mapping[int, str], seen_version: int | None
) -> Assembly:
    """Who of those called by name is there, by the id of the seat."""
    row = queries.locked(assembly).require_version(seen_version, yours=marks)
    rules.may_mark(by, row).require()

    for seat in queries.seats_of(row):
        if seat.pk in marks and seat.mark != marks[seat.pk]:
            seat.mark = marks[seat.pk]
            seat.save()
    row.save()  # counts the version up: who was there is part of what was read

    journal.record(events.MARKED, by=by, about=row)
    return row


@transaction.atomic
def open_assembly(
    *,
    by: Actor,
    assembly: Assembly,
    present: int,
    chair: str = "",
    secretary: str = "",
    seen_version: int | None = None,
) -> Assembly:
    """Open it with so many present: the minutes begin, with the agenda as their headings."""
    row = queries.locked(assembly).require_version(seen_version)
    today = clock.today()
    rules.may_open(by, row, present=present, chair=chair, secretary=secretary, today=today).require()

    row.enter(
        AssemblyState.HELD,
        by=by,
        present=present,
        chair=chair.strip(),
        secretary=secretary.strip(),
        state_since=clock.now(),
    )
    minutes = Minutes.objects.create(assembly=row)
    MinutesVersion.objects.create(
        minutes=minutes,
        number=1,
        stage=minutes.stage,
        text="\n\n".join(
            f"## {place}. {point.title}" for place, point in enumerate(queries.points_of(row), 1)
        ),
        by_ref=by.ref,
        by_name=by.name,
    )

    journal.record(events.HELD, by=by, about=row, present=present)
    return row


@transaction.atomic
def no_quorum(*, by: Actor, assembly: Assembly, present: int, seen_version: int | None = None) -> Assembly:
    """Too few came: the second call is valid from now on, or the assembly is deserted if there is none left."""
    row = queries.locked(assembly).require_version(seen_version)
    rules.may_desert(by, row, present=present, today=clock.today()).require()

    if row.second_day is not None and not row.is_second_call:
        row.first_present, row.is_second_call = present, True
        row.save()
        journal.record(events.FIRST_FAILED, by=by, about=row, present=present)
        return row
    row.enter(AssemblyState.DESERTED, by=by, present=present, state_since=clock.now())

    journal.record(events.DESERTED, by=by, about=row, present=present)
    return row
