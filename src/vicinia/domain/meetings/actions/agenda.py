"""What a meeting talks about: cases and subjects in words, in an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from vicinia.domain.casework.models import Case
from vicinia.domain.meetings import events, queries, rules
from vicinia.domain.meetings.models import AgendaItem, Meeting
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewItem:
    """A case, or a subject in words; and what there is to decide."""

    case: Case | None = None
    subject: str = ""
    to_decide: str = ""


@transaction.atomic
def add_items(*, by: Actor, meeting: Meeting, new: Sequence[NewItem]) -> list[AgendaItem]:
    """Put these at the end of the agenda; a case that is on it already stays where it is."""
    row = queries.locked(meeting)
    rules.may_change(by, row).require()
    there = set(row.items.exclude(case=None).values_list("case_id", flat=True))
    wanted = [one for one in new if one.case is None or one.case.pk not in there]
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    items = [
        AgendaItem(meeting=row, position=place, case=one.case, subject=one.subject, to_decide=one.to_decide)
        for place, one in enumerate(wanted, start=last + 1)
    ]
    for item in items:
        rules.may_discuss(item).require()
    rules.may_have_items(row.items.count() + len(items)).require()
    rules.may_sit(by, queries.table_with(row, cases=[one.case for one in wanted if one.case])).require()

    for item in items:
        item.save(force_insert=True)
        item.people.set(queries.people_in(item))

    journal.record(events.AGENDA, by=by, about=row)
    for item in items:
        if item.case is not None:
            day = row.day.isoformat()
            journal.record(events.CASE_ON_AGENDA, by=by, about=item.case, meeting=row.reference, day=day)
    return items


@transaction.atomic
def change_item(
    *, by: Actor, item: AgendaItem, subject: str, to_decide: str, seen_version: int | None
) -> AgendaItem:
    """Say in other words what it is about and what there is to decide."""
    meeting = queries.locked(item.meeting)
    row = queries.locked_item(item).require_version(seen_version, yours=to_decide)
    rules.may_change(by, meeting).require()
    row.subject, row.to_decide = subject, to_decide
    rules.may_discuss(row).require()

    row.save()

    journal.record(events.AGENDA, by=by, about=meeting)
    return row


@transaction.atomic
def move_item(*, by: Actor, item: AgendaItem, step: int) -> None:
    """Move an item up (-1) or down (1) among those that `by` sees; the others stay where they are."""
    meeting = queries.locked(item.meeting)
    rules.may_change(by, meeting).require()
    everything = list(meeting.items.order_by("position", "id"))
    seen = {one.pk for one in queries.items_of(by, meeting)}
    order = [one for one in everything if one.pk in seen]
    place = [one.pk for one in order].index(item.pk)
    order.insert(max(place + step, 0), order.pop(place))

    following = iter(order)
    for position, one in enumerate(everything, start=1):
        moved = next(following) if one.pk in seen else one
        if moved.position != position:
            AgendaItem.objects.filter(pk=moved.pk).update(position=position)

    journal.record(events.AGENDA, by=by, about=meeting)


@transaction.atomic
def drop_item(*, by: Actor, item: AgendaItem) -> None:
    """Take an item off the agenda."""
    meeting = queries.locked(item.meeting)
    rules.may_change(by, meeting).require()
    case = item.case

    item.delete()

    journal.record(events.AGENDA, by=by, about=meeting)
    if case is not None:
        journal.record(events.CASE_OFF_AGENDA, by=by, about=case, meeting=meeting.reference)
