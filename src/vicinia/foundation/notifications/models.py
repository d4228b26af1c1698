"""Messages on their way out."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows
from vicinia.foundation.kernel.moves import Move, Staged
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications.states import (
    FINISHED_STATES,
    MESSAGE_MOVES,
    WAITING_STATES,
    WHAT_TO_DO,
    Channel,
    Failure,
    MessageState,
)

LEASE = dt.timedelta(minutes=10)


class OutboxRows(Rows):
    def visible_to(self, by: Actor) -> OutboxRows:
        """Every message for who may see deliveries, none for anybody else."""
        return self if by.can(Capability.SEE_DELIVERIES) else self.none()

    def due(self) -> OutboxRows:
        """Messages whose time has come, oldest first."""
        return self.filter(state__in=WAITING_STATES, next_try_at__lte=clock.now()).order_by(
            "next_try_at", "id"
        )

    def abandoned(self) -> OutboxRows:
        """Messages that a worker took and did not finish in time: it must have died."""
        return self.filter(state=MessageState.SENDING, leased_until__lt=clock.now()).order_by("id")

    def dead(self) -> OutboxRows:
        return self.filter(state=MessageState.DEAD)

    def to_print(self) -> OutboxRows:
        return self.filter(state=MessageState.TO_PRINT)

    def unfinished(self) -> OutboxRows:
        return self.exclude(state__in=FINISHED_STATES)


class OutboxMove(Move):
    """One step of a message."""

    row = models.ForeignKey("OutboxMessage", on_delete=models.CASCADE, related_name="moves_made")


class OutboxMessage(Staged, Dated):
    """A message to one person, written when it is queued; once delivered, its words and its address are erased."""

    moves = MESSAGE_MOVES
    move_model = OutboxMove
    state_field = "state"

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("canale"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("stato"), max_length=10, choices=MessageState.choices)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    about = models.CharField(max_length=60)
    by_ref = models.CharField(max_length=60)
    to = EncryptedTextField(blank=True)
    to_masked = models.CharField(_("destinatario"), max_length=40)
    subject = EncryptedTextField(blank=True)
    body = EncryptedTextField(blank=True)
    body_html = EncryptedTextField(blank=True)
    # Whoever holds it may end a subscription: it is a credential, and is erased with the rest.
    unsubscribe_link = EncryptedTextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=20, choices=Failure.choices, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state__in=WAITING_STATES), name="outbox_due"
            ),
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["about"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=FINISHED_STATES)
                | Q(to="", subject="", body="", body_html="", unsubscribe_link=""),
                name="outbox_finished_is_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENDING) | Q(leased_until__isnull=False),
                name="outbox_sending_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} → {self.to_masked}"

    @property
    def reason(self) -> Sentence:
        """Why the last try failed, in a sentence."""
        return Failure(self.last_error).label if self.last_error else ""

    @property
    def advice(self) -> Sentence:
        """What a person can do about it."""
        return WHAT_TO_DO[Failure(self.last_error)] if self.last_error else ""
