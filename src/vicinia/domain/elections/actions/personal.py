"""What is forgotten of who was on a roll: on request, and a year after the vote."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from vicinia.domain.elections import events, queries
from vicinia.domain.elections.models import Poll, Voter
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

ERASED = "…"
ROLL_KEPT = dt.timedelta(days=365)


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Part a person from the rolls they are on. The line stays, with its number and its mark: the count stays right."""
    rows = list(queries.voters_with(person_id))
    Voter.objects.filter(pk__in=[row.pk for row in rows]).update(person=None, label=ERASED, note=ERASED)
    for poll in {row.poll_id: row.poll for row in rows}.values():
        journal.record(events.ERASED, by=by, about=poll)
    return len(rows)


@transaction.atomic
def forget_rolls(*, by: Actor) -> int:
    """Forget who was on the rolls of votes that are over for a year; how many votes."""
    polls: list[Poll] = list(queries.over_since(clock.today() - ROLL_KEPT))
    for poll in polls:
        Voter.objects.filter(poll=poll).update(
            household=None, person=None, code_digest=None, label=ERASED, note=ERASED
        )
        journal.record(events.ERASED, by=by, about=poll)
    return len(polls)
