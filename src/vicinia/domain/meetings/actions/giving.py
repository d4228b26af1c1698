"""What leaves the house: the printed minutes, and the part of them that a body gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.meetings import events, queries, rules
from vicinia.domain.meetings.documents import EXTRACT, LANGUAGE
from vicinia.domain.meetings.models import AgendaItem, Extract, Meeting
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.documents import actions as documents
from vicinia.foundation.documents.queries import text_of
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewExtract:
    """Which items a body gets, and whether also what was said about them."""

    body: PartnerBody
    items: Sequence[AgendaItem]
    with_said: bool = False


@transaction.atomic
def give_extract(*, by: Actor, meeting: Meeting, new: NewExtract) -> Extract:
    """Make the extract of closed minutes for one body; the meeting and each case say that it was given."""
    row = queries.locked(meeting)
    rules.may_give(
        by,
        row,
        items=len(new.items),
        has_police=queries.has_police(new.items),
        is_internal=new.body.is_internal,
    ).require()

    text = documents.keep_text(by=by, text=text_of(EXTRACT, LANGUAGE))
    extract = Extract.objects.create(
        meeting=row,
        body=new.body,
        with_said=new.with_said,
        text_digest=text,
        by_ref=by.ref,
        by_name=by.name,
    )
    extract.items.set(new.items)

    journal.record(events.GIVEN, by=by, about=row, body=new.body.name, count=len(new.items))
    for item in new.items:
        if item.case is not None:
            facts_of_case = {"body": new.body.name, "meeting": row.reference}
            journal.record(events.CASE_GIVEN, by=by, about=item.case, **facts_of_case)
    return extract


@transaction.atomic
def note_print(*, by: Actor, meeting: Meeting) -> None:
    """The minutes were printed: a paper leaves the house."""
    rules.may_print(by, meeting).require()
    journal.record(events.PRINTED, by=by, about=meeting)
