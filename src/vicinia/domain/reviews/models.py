"""A review that a resident asked for, what it recommends, and whom we told that they may ask."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel, LegalBasis
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import Person
from vicinia.domain.reviews.states import (
    OPEN_STATES,
    RECOMMENDATION_MOVES,
    REVIEW_MOVES,
    RecommendationState,
    ReviewState,
    RightBasis,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

_IS_OPEN = Q(state__in=OPEN_STATES)


class ReviewRows(Rows):
    def visible_to(self, by: Actor) -> ReviewRows:
        """Reviews of the reports that `by` may see; where police reports count, only for who sees those."""
        if not by.can(Capability.SEE_CASES):
            return self.none()
        rows = self
        if not by.can(Capability.SEE_POLICE_CASES):
            # A report may have moved to the police side since: its review goes with it.
            rows = rows.filter(
                legal_basis=LegalBasis.ADMINISTRATIVE, report__legal_basis=LegalBasis.ADMINISTRATIVE
            )
        if by.everywhere:
            return rows
        reach = Q(report__area_id__in=by.area_ids) | Q(report__area_id__isnull=True)
        if by.user_id is not None:
            reach |= Q(report__owner_id=by.user_id) | Q(case__owner_id=by.user_id)
        return rows.filter(reach)

    def open(self) -> ReviewRows:
        return self.filter(_IS_OPEN)

    def decided(self) -> ReviewRows:
        return self.filter(state=ReviewState.DECIDED)

    def late(self) -> ReviewRows:
        return self.open().filter(due_on__lt=clock.today())

    def in_lines(self) -> ReviewRows:
        """With what a line of a list shows."""
        return self.joining(
            report=("reference", "title"), case=("reference", "title"), chair=("name",)
        ).defer("words", "threshold_reasons", "reasons", "end_words")

    def most_urgent_first(self) -> ReviewRows:
        return self.order_by(F("due_on").asc(nulls_last=True), "-id")


class Review(Versioned, Staged):
    """A request to have a case looked at again by somebody who had no part in it.

    `facts` is what the register said on the day of the asking: counts and dates, no person. `reports` are those that
    counted. `due_on` is the next of the three dates, none once it has ended. The chair is a colleague or, in words,
    somebody from another office.
    """

    moves = REVIEW_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviews")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    reports = models.ManyToManyField(Report, blank=True, related_name="+")
    facts = models.JSONField(default=dict)
    is_about_place = models.BooleanField(
        default=False
    )  # several people gave the right: what they told is looked at

    asked_on = models.DateField(_("chiesto il"))
    channel = models.CharField(_("come"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    words = EncryptedTextField(_("con quali parole"), blank=True)

    state = models.CharField(max_length=16, choices=ReviewState.choices, default=ReviewState.ASKED)
    state_since = models.DateTimeField(default=clock.now)
    acknowledge_by = models.DateField()
    threshold_by = models.DateField()
    meet_by = models.DateField()
    due_on = models.DateField(null=True, blank=True)

    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair_name = models.CharField(_("chi presiede"), max_length=120, blank=True)
    chair_office = models.CharField(_("di quale ufficio"), max_length=140, blank=True)

    threshold_reasons = EncryptedTextField(blank=True)
    meeting_at = models.DateTimeField(_("quando"), null=True, blank=True)
    meeting_place = models.CharField(_("dove"), max_length=200, blank=True)
    reasons = EncryptedTextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_words = EncryptedTextField(blank=True)

    objects = ReviewRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "due_on"], name="review_due"),
            models.Index(fields=["asked_on"], name="review_year"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person"],
                condition=_IS_OPEN & Q(person__isnull=False),
                name="one_open_review_per_person",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=_IS_OPEN & Q(person__isnull=True),
                name="one_open_review_per_nameless_report",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.ASKED, ReviewState.WITHDRAWN]) | ~Q(chair_name=""),
                name="acknowledged_review_has_a_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReviewState.MEETING_SET, ReviewState.DECIDED])
                | Q(meeting_at__isnull=False),
                name="held_review_has_met",
            ),
            models.CheckConstraint(
                condition=(_IS_OPEN & Q(ended_on__isnull=True, due_on__isnull=False))
                | (~_IS_OPEN & Q(ended_on__isnull=False, due_on__isnull=True)),
                name="review_is_due_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def has_outside_chair(self) -> bool:
        return bool(self.chair_name) and self.chair_id is None

    @property
    def chair_words(self) -> str:
        """The chair as the resident is told: the name, and the office of who is from elsewhere."""
        return ", ".join(part for part in (self.chair_name, self.chair_office) if part)

    def next_date(self) -> dt.date | None:
        """The date that the present state waits for: of the three clocks, or of the meeting itself."""
        if self.state == ReviewState.MEETING_SET and self.meeting_at is not None:
            return timezone.localdate(self.meeting_at)
        dates = {
            ReviewState.ASKED.value: self.acknowledge_by,
            ReviewState.ACKNOWLEDGED.value: self.threshold_by,
            ReviewState.THRESHOLD_MET.value: self.meet_by,
        }
        return dates.get(str(self.state))


class ReviewMove(Move):
    row = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="state_moves")


Review.move_model = ReviewMove


class Recommendation(Dated, Staged):
    """One thing that a review asks to be done: by a colleague, by a body or by the unit, by a day."""

    moves = RECOMMENDATION_MOVES
    state_field = "state"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="recommendations")
    what = models.CharField(_("che cosa"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("entro"))
    state = models.CharField(
        max_length=10, choices=RecommendationState.choices, default=RecommendationState.PROPOSED
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(_("perché no"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.REFUSED) | ~Q(refusal=""),
                name="refused_recommendation_says_why",
            )
        ]

    @property
    def who(self) -> str:
        """Whose it is, as the resident reads it."""
        if self.body is not None:
            return self.body.name
        return self.user.first_name if self.user is not None else str(settings.UNIT_NAME)


class RecommendationMove(Move):
    row = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="state_moves")


Recommendation.move_model = RecommendationMove


class RightTold(Dated):
    """That we wrote to somebody that they may ask for a review: once for their own reports, once for a place."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    basis = models.CharField(max_length=10, choices=RightBasis.choices)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["person", "report", "basis"], name="right_told_once_per_report")
        ]
