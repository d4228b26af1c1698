"""A disruption: what makes life harder, for whom, from when to when, and the notice that has to be out before."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.models import Notice
from vicinia.domain.outreach.states import NoticeState
from vicinia.domain.territory.models import Building, Stair
from vicinia.domain.worksites.models.works import Lot, Phase
from vicinia.domain.worksites.states import (
    DISRUPTION_MOVES,
    SHOWN_WORKSITES,
    DisruptionKind,
    DisruptionState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class DisruptionRows(Rows):
    def visible_to(self, by: Actor) -> DisruptionRows:
        return self if by.can(Capability.SEE_WORKSITES) else self.shown()

    def shown(self) -> DisruptionRows:
        """What stands on the page of the worksite; what was called off after it was told says so there."""
        return self.filter(lot__worksite__state__in=SHOWN_WORKSITES)

    def to_come(self) -> DisruptionRows:
        """Planned, and not over."""
        return self.filter(state=DisruptionState.PLANNED, to_day__gte=clock.today())

    def untold(self) -> DisruptionRows:
        """To come, and the notice is not out."""
        return self.to_come().filter(Q(notice=None) | ~Q(notice__state=NoticeState.PUBLISHED))

    def late(self) -> DisruptionRows:
        """The notice should be out by now."""
        return self.untold().filter(notice_due_on__lt=clock.today())

    def soonest_first(self) -> DisruptionRows:
        return self.order_by("from_day", "from_time", "id")

    def newest_first(self) -> DisruptionRows:
        return self.order_by("-from_day", "-id")


class Disruption(Versioned, Staged):
    """`remark` is what everybody reads beside the days. `stale_since` marks one that was told for days that have moved."""

    moves = DISRUPTION_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="disruptions")
    phase = models.ForeignKey(
        Phase, null=True, blank=True, on_delete=models.SET_NULL, related_name="disruptions"
    )
    kind = models.CharField(_("disagio"), max_length=10, choices=DisruptionKind.choices)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    buildings = models.ManyToManyField(Building, blank=True, related_name="+", verbose_name=_("edifici"))
    stairs = models.ManyToManyField(Stair, blank=True, related_name="+", verbose_name=_("scale"))
    remark = models.CharField(_("che cosa va saputo"), max_length=300, blank=True)
    notice = models.OneToOneField(
        Notice, null=True, blank=True, on_delete=models.PROTECT, related_name="disruption"
    )
    notice_due_on = models.DateField(_("avviso entro"))
    stale_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DisruptionState.choices, default=DisruptionState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = DisruptionRows.as_manager()

    class Meta:
        ordering = ("from_day", "from_time", "id")
        indexes = [models.Index(fields=["state", "notice_due_on", "id"], name="disruption_notice_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day__lt=F("to_day")) | Q(from_day=F("to_day"), from_time__lt=F("to_time")),
                name="disruption_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisruptionState.CANCELLED) | ~Q(end_reason=""),
                name="cancelled_disruption_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_told(self) -> bool:
        """Whether its notice is out."""
        return self.notice is not None and self.notice.state == NoticeState.PUBLISHED

    @property
    def is_over(self) -> bool:
        return self.to_day < clock.today()

    @property
    def is_late(self) -> bool:
        """Whether who lives there should know by now and does not."""
        waits = self.state == DisruptionState.PLANNED and not self.is_over and not self.is_told
        return waits and self.notice_due_on < clock.today()

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.from_day, self.from_time)

    @property
    def ends_at(self) -> dt.datetime:
        return dt.datetime.combine(self.to_day, self.to_time)


class DisruptionMove(Move):
    row = models.ForeignKey(Disruption, on_delete=models.CASCADE, related_name="state_moves")


Disruption.move_model = DisruptionMove
