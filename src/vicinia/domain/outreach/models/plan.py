"""The communication plan: who is told what, by which channel, when, by whom, at which cost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.models.events import Event
from vicinia.domain.outreach.models.notices import Notice
from vicinia.domain.outreach.states import LINE_MOVES, LineState, PlanChannel
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class PlanLineRows(Rows):
    def visible_to(self, by: Actor) -> PlanLineRows:
        return self if by.can(Capability.SEE_OUTREACH) else self.none()

    def planned(self) -> PlanLineRows:
        return self.filter(state=LineState.PLANNED)

    def in_order(self) -> PlanLineRows:
        return self.order_by("day", "id")


class PlanLine(Versioned, Staged):
    """One thing to say: to whom, how, what, when, who sees to it, what it costs; then how many it reached."""

    moves = LINE_MOVES
    state_field = "state"

    audience = models.CharField(_("a chi"), max_length=140)
    channel = models.CharField(_("in che modo"), max_length=10, choices=PlanChannel.choices)
    message = models.CharField(_("che cosa diciamo"), max_length=300)
    day = models.DateField(_("giorno"))
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chi lo fa"),
    )
    cost = models.DecimalField(_("costo"), max_digits=9, decimal_places=2, null=True, blank=True)
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)
    done_on = models.DateField(_("fatta il"), null=True, blank=True)
    reach = models.PositiveIntegerField(_("persone raggiunte"), null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = PlanLineRows.as_manager()

    class Meta:
        ordering = ("day", "id")
        indexes = [models.Index(fields=["day", "id"], name="plan_line_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LineState.DONE, done_on__isnull=False)
                | (~Q(state=LineState.DONE) & Q(done_on__isnull=True)),
                name="done_line_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.DROPPED) | ~Q(end_reason=""), name="dropped_line_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return str(self.pk)

    @property
    def is_late(self) -> bool:
        return self.state == LineState.PLANNED and self.day < clock.today()


class PlanLineMove(Move):
    row = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="state_moves")


PlanLine.move_model = PlanLineMove
