"""How many reviews there were in some time, counted from the reviews themselves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from vicinia.domain.reviews.models import Review
from vicinia.domain.reviews.states import ReviewState


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Reviews asked for in a span of days, by what came of them, and how many days it took to decide.

    `days` counts calendar days from the asking to the decision.
    """

    received: int
    below: int
    held: int
    with_recommendations: int
    days: Counter[int]

    @property
    def others(self) -> int:
        """Still open, or taken back."""
        return self.received - self.below - self.held


def counted(first: dt.date, last: dt.date) -> ReviewCounts:
    """The reviews asked for from one day to another, both counted. One query."""
    rows = Review.objects.filter(asked_on__range=(first, last)).order_by()
    values = rows.annotate(n=Count("recommendations")).values_list("state", "n", "asked_on", "ended_on")
    states: Counter[str] = Counter()
    days: Counter[int] = Counter()
    recommending = 0
    for state, recommended, asked_on, ended_on in values:
        states[state] += 1
        if state == ReviewState.DECIDED:
            recommending += bool(recommended)
            days[(ended_on - asked_on).days] += 1
    return ReviewCounts(
        received=states.total(),
        below=states[ReviewState.BELOW_THRESHOLD],
        held=states[ReviewState.DECIDED],
        with_recommendations=recommending,
        days=days,
    )
