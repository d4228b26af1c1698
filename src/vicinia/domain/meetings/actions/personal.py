"""Erasing a person from minutes."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.meetings import events, queries
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Clear every word about the cases of a person, in frozen minutes too; that they were discussed stays."""
    found = queries.items_with(person_id)
    for item in found:
        row = queries.locked_item(item)
        row.to_decide = row.said = row.subject = ""
        row.called = row.case.reference if row.called and row.case else ""
        row.save()
        row.decisions.update(words="")
        row.actions.update(what="")
        row.notes.update(text="")
        row.people.remove(person_id)
        journal.record(events.ERASED, by=by, about=row.meeting)
    return len(found)
