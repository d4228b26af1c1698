"""What those nearby say of a lot: complaints with their answers, and short answers to how they live with the works."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Stair
from vicinia.domain.worksites.models.works import Lot, Worksite
from vicinia.domain.worksites.states import (
    COMPLAINT_MOVES,
    OPEN_COMPLAINTS,
    ComplaintChannel,
    ComplaintKind,
    ComplaintState,
    Escalation,
    Side,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class ComplaintRows(Rows):
    def visible_to(self, by: Actor) -> ComplaintRows:
        """All for who keeps the worksites; for a body those of the lots that it builds or directs now."""
        if by.can(Capability.KEEP_WORKSITES):
            return self
        if not by.can(Capability.ANSWER_COMPLAINTS) or by.user_id is None:
            return self.none()
        there = PartnerBody.objects.active().filter(people__user_id=by.user_id, people__is_active=True)
        bodies = there.order_by().values("pk")
        return self.filter(Q(lot__contractor__in=bodies) | Q(lot__manager__in=bodies))

    def open(self) -> ComplaintRows:
        return self.filter(state__in=OPEN_COMPLAINTS)

    def waiting(self) -> ComplaintRows:
        """Nobody has answered."""
        return self.filter(state=ComplaintState.RECEIVED)

    def late(self) -> ComplaintRows:
        return self.waiting().filter(reply_due_on__lt=clock.today())

    def overdue_promises(self) -> ComplaintRows:
        """The day that the contractor promised is past."""
        return self.filter(state=ComplaintState.ANSWERED, promised_on__lt=clock.today())

    def due_first(self) -> ComplaintRows:
        return self.order_by("reply_due_on", "id")

    def newest_first(self) -> ComplaintRows:
        return self.order_by("-id")


class Complaint(Versioned, Staged):
    """What somebody says of a lot. Who builds reads the words and never who wrote them."""

    moves = COMPLAINT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(_("problema"), max_length=10, choices=ComplaintKind.choices)
    is_urgent = models.BooleanField(_("è urgente"), default=False)
    words = EncryptedTextField(_("che cosa succede"))
    place = EncryptedTextField(_("dove"), blank=True)
    stair = models.ForeignKey(Stair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(
        max_length=10, choices=ComplaintChannel.choices, default=ComplaintChannel.PORTAL
    )
    language = models.CharField(max_length=10, default="it")
    state = models.CharField(max_length=10, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    state_since = models.DateTimeField(default=clock.now)
    reply_due_on = models.DateField(_("risposta entro"))
    promised_on = models.DateField(_("promesso per il"), null=True, blank=True)
    escalation = models.PositiveSmallIntegerField(choices=Escalation.choices, default=Escalation.NONE)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=64, unique=True)

    objects = ComplaintRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "reply_due_on", "id"], name="complaint_due")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COMPLAINTS

    @property
    def is_late(self) -> bool:
        return self.state == ComplaintState.RECEIVED and self.reply_due_on < clock.today()

    @property
    def due_on(self) -> dt.date | None:
        """What is waited for next: an answer, or the day that was promised."""
        return self.reply_due_on if self.state == ComplaintState.RECEIVED else self.promised_on


class ComplaintMove(Move):
    row = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="state_moves")


Complaint.move_model = ComplaintMove


class Reply(Dated):
    """Something that was written on a complaint, which who complained reads too. `by_name` is a body or the unit, no person."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="replies")
    side = models.CharField(max_length=10, choices=Side.choices)
    words = EncryptedTextField(_("risposta"))
    promised_on = models.DateField(null=True, blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=160)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class SurveyAnswer(Dated):
    """One answer of somebody who lives nearby, without a name: from 1 (badly) to 5 (well)."""

    worksite = models.ForeignKey(Worksite, on_delete=models.CASCADE, related_name="survey_answers")
    informed = models.PositiveSmallIntegerField(_("mi avvisano in tempo"))
    bearable = models.PositiveSmallIntegerField(_("i disagi sono sopportabili"))
    heard = models.PositiveSmallIntegerField(_("se segnalo, mi rispondono"))
    words = EncryptedTextField(_("che cosa si può fare meglio"), blank=True)
    channel = models.CharField(
        max_length=10, choices=ComplaintChannel.choices, default=ComplaintChannel.PORTAL
    )
    once = models.CharField(max_length=64)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["worksite", "once"], name="one_survey_answer_of_a_browser"),
            models.CheckConstraint(
                condition=Q(informed__range=(1, 5), bearable__range=(1, 5), heard__range=(1, 5)),
                name="survey_from_one_to_five",
            ),
        ]
