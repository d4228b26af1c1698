"""Erasing a person from the mobility: with the last member of a household go the words of its files."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.mobility import events, queries
from vicinia.domain.mobility.actions.files import Words, take_over
from vicinia.domain.mobility.actions.forgetting import ERASED, erase_moving
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """With the last member of a household go the words of its files; that there was a household stays counted."""
    rows = queries.erasable_files(person_id)
    for row in rows:
        take_over(row, Words())
        row.return_end_reason = ERASED if row.return_end_reason else ""
        row.save()
        row.state_moves.update(reason="")
        _blank(row.interviews.all())
        _blank(row.refusals.exclude(words=""))
        journal.record(events.FILE_ERASED, by=by, about=row)
    if rows:
        erase_moving(by=by, file_ids=[row.pk for row in rows])
    return len(rows)


def _blank(rows: Rows) -> None:
    for one in rows:
        one.words = ERASED
        one.save()
