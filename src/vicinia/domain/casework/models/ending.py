"""How a case ends: the request to close it, the days on which it is looked at again, what reporters say of the outcome."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from vicinia.domain.casework.models.case import Case
from vicinia.domain.casework.states import CLOSING_MOVES, ClosingState, Outcome, OutcomeVerdict
from vicinia.domain.listening.models import Report
from vicinia.foundation.kernel.models import Dated
from vicinia.foundation.kernel.moves import Move, Staged


class ClosingRequest(Dated, Staged):
    """How someone at work on a case would end it, until who assigns approves it or returns it with reasons."""

    moves = CLOSING_MOVES
    state_field = "state"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closing_requests")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    note = models.TextField()
    consultation = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ClosingState.choices, default=ClosingState.ASKED)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=ClosingState.ASKED), name="one_closing_asked_per_case"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.RETURNED) | ~Q(reason=""), name="closing_returned_says_why"
            ),
        ]


class ClosingMove(Move):
    row = models.ForeignKey(ClosingRequest, on_delete=models.CASCADE, related_name="state_moves")


ClosingRequest.move_model = ClosingMove


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
