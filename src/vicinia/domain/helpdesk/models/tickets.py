"""Who waits without an appointment: numbers, never names."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.models.points import HelpPoint
from vicinia.domain.helpdesk.states import TICKET_MOVES, Kind, TicketState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows
from vicinia.foundation.kernel.moves import Move, Staged


class TicketRows(Rows):
    def visible_to(self, by: Actor) -> TicketRows:
        return self if by.can(Capability.SEE_HELPDESK) else self.none()

    def waiting(self) -> TicketRows:
        """Those to be called, in their order."""
        return self.filter(state=TicketState.WAITING).order_by("number")

    def called(self) -> TicketRows:
        return self.filter(state=TicketState.CALLED)


class Ticket(Staged, Dated):
    """A number of one day at one help desk."""

    moves = TICKET_MOVES
    state_field = "state"

    point = models.ForeignKey(HelpPoint, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    language = models.CharField(max_length=8, default="it")
    state = models.CharField(max_length=8, choices=TicketState.choices, default=TicketState.WAITING)
    table = models.CharField(_("tavolo"), max_length=20, blank=True)
    taken_at = models.DateTimeField(default=clock.now)
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)

    objects = TicketRows.as_manager()

    class Meta:
        ordering = ("-day", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=["point", "day", "number"], name="ticket_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[TicketState.CALLED, TicketState.SERVED]) | Q(called_at__isnull=False),
                name="called_ticket_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return str(self.pk)

    @property
    def waited_minutes(self) -> int:
        """How long they waited, or have been waiting."""
        until = self.called_at or self.ended_at or clock.now()
        return max(int((until - self.taken_at) / dt.timedelta(minutes=1)), 0)


class TicketMove(Move):
    row = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="state_moves")


Ticket.move_model = TicketMove
