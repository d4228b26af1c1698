"""What comes after the work: the days on which a closed case is looked at, and what reporters say of the outcome."""

from __future__ import annotations

from django.db import models

from vicinia.domain.casework.models.case import Case
from vicinia.domain.casework.states import OutcomeVerdict
from vicinia.domain.listening.models import Report
from vicinia.foundation.kernel.models import Dated


class WatchPoint(Dated):
    """A day after closing on which the evolution is looked at."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watch_points")
    due_on = models.DateField()
    new_reports = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")


class OutcomeReply(Dated):
    """What a reporter says of the outcome of a case: confirmed or contested, with their words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcome_replies")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="outcome_replies")
    verdict = models.CharField(max_length=10, choices=OutcomeVerdict.choices)
    words = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["report", "closed_at", "verdict"], name="one_reply_of_each_kind_per_closing"
            )
        ]
