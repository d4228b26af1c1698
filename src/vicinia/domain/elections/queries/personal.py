"""What votes hold of a person: that they could vote and did, never how."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from vicinia.domain.elections.models import Poll, Voter
from vicinia.domain.elections.states import PollState
from vicinia.domain.people.models import HouseholdMember


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """In which votes a person or their household is on the roll, and whether that vote was used."""
    living = HouseholdMember.objects.filter(person_id=person_id).order_by().values("household_id")
    own = Q(person_id=person_id) | Q(person__isnull=True, household__in=living)
    rows = Voter.objects.filter(own).select_related("poll", "mark").order_by("poll_id", "number")
    return [
        {
            "votazione": str(row.poll),
            "numero in elenco": row.number,
            "dove": row.label,
            "ha votato il": row.mark.day.isoformat() if row.has_voted else "",
        }
        for row in rows
    ]


def voters_with(person_id: int) -> QuerySet[Voter]:
    """The lines of rolls that name a person."""
    return Voter.objects.filter(person_id=person_id).select_related("poll").order_by("id")


def over_since(day: dt.date) -> QuerySet[Poll]:
    """Votes that ended before that day and still say who was on the roll."""
    ended = Poll.objects.filter(state__in=(PollState.COUNTED, PollState.ANNULLED), closes_at__date__lt=day)
    named = Voter.objects.exclude(household=None, person=None, code_digest=None).order_by().values("poll_id")
    return ended.filter(pk__in=named).order_by("id")
