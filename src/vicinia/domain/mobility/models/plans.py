"""Plans: asked for, computed by the worker on a frozen instance, proposed, published, replaced. Locks that all of them keep."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.models.files import RehousingFile
from vicinia.domain.mobility.models.relocations import Relocation
from vicinia.domain.mobility.states import OPEN_PLANS, PLAN_MOVES, WITH_STAYS, PlanKind, PlanState
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class PlanRows(Rows):
    def visible_to(self, by: Actor) -> PlanRows:
        """Every plan for who makes them; for others who see the mobility those that are or were published."""
        if by.can(Capability.RUN_MOBILITY):
            return self
        if by.can(Capability.SEE_MOBILITY):
            return self.filter(state__in=(PlanState.PUBLISHED, PlanState.REPLACED))
        return self.none()

    def open(self) -> PlanRows:
        return self.filter(state__in=OPEN_PLANS)

    def newest_first(self) -> PlanRows:
        return self.order_by("-number", "-id")


class MobilityPlan(Versioned, Staged):
    """One computation of who lives where, with all that it takes to do it again.

    `instance` and `result` are the two JSON documents of docs/analytics/rehousing.md, encrypted; `facts` is what the page
    says of the result without naming anybody: levels with bounds, status, counts. `question` is what a what-if asked.
    `months` are the periods: the first day of each month in which something changes; the first is that of the plan.
    """

    moves = PLAN_MOVES
    state_field = "state"

    relocation = models.ForeignKey(Relocation, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=PlanKind.choices, default=PlanKind.PLAN)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="derived")
    question = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.QUEUED)
    state_since = models.DateTimeField(default=clock.now)
    # 1 while it waits or is computed, so that the database itself refuses a second one.
    slot = models.PositiveSmallIntegerField(null=True, default=1)
    first_day = models.DateField(_("dal"))
    months = models.JSONField(default=list)
    instance = EncryptedTextField(blank=True)
    instance_sha256 = models.CharField(max_length=64, blank=True)
    result = EncryptedTextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    time_limit = models.PositiveIntegerField(_("secondi di calcolo al massimo"), default=300)
    seed = models.PositiveIntegerField(default=0)
    restricted = models.BooleanField(_("nessuno si sposta prima del proprio lotto"), default=False)
    asked_by = models.CharField(max_length=120)
    progress = models.JSONField(default=dict, blank=True)
    cancel_asked = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)
    end_reason = models.TextField(_("perché"), blank=True)

    objects = PlanRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["relocation", "number"], name="plan_number_once"),
            models.UniqueConstraint(fields=["slot"], name="one_plan_is_computed"),
            models.UniqueConstraint(
                fields=["relocation"],
                condition=Q(state=PlanState.PUBLISHED),
                name="one_published_plan",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_PLANS, slot=1) | (~Q(state__in=OPEN_PLANS) & Q(slot__isnull=True)),
                name="plan_holds_the_slot_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_STAYS) | ~Q(instance_sha256=""), name="plan_has_an_instance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relocation.reference}/{self.number}"

    @property
    def reference(self) -> str:
        """How the plan is called in the journal."""
        return f"{self.relocation.reference}/{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PLANS

    @property
    def is_dead(self) -> bool:
        """It is computed by nobody any more: who did has said nothing for too long."""
        stale = self.leased_until is None or self.leased_until < clock.now()
        return self.state == PlanState.RUNNING and stale

    @property
    def days(self) -> list[dt.date]:
        """The first day of each period."""
        return [dt.date.fromisoformat(day) for day in self.months]


class PlanMove(Move):
    row = models.ForeignKey(MobilityPlan, on_delete=models.CASCADE, related_name="state_moves")


MobilityPlan.move_model = PlanMove


class Stay(models.Model):
    """A household in one dwelling (None: outside the estate) from one period to another of a plan, both included."""

    plan = models.ForeignKey(MobilityPlan, on_delete=models.CASCADE, related_name="stays")
    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="stays")
    dwelling = models.ForeignKey(Dwelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("plan", "file", "first")
        indexes = [models.Index(fields=["plan", "dwelling", "first"], name="stay_of_dwelling")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "file", "first"], name="one_stay_at_a_time"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="stay_lasts"),
        ]


class Why(Dated):
    """Where else a household could be in a plan, and what that would cost the others: asked by somebody, computed apart.

    `answer` is JSON in words of the exchange format. A why that died while it was computed waits again, `tries` times.
    """

    plan = models.ForeignKey(MobilityPlan, on_delete=models.CASCADE, related_name="whys")
    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="whys")
    asked_by = models.CharField(max_length=120)
    answer = EncryptedTextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("plan", "file")
        constraints = [models.UniqueConstraint(fields=["plan", "file"], name="why_of_file_once")]

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.ended_at is None


class Lock(Dated):
    """Somebody decided that a household lives in a dwelling (None: outside) from one month to another: every plan keeps it.

    `to_month` None: that month only. `source` says which accepted offer it comes from, if any.
    """

    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="locks")
    dwelling = models.ForeignKey(Dwelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_month = models.DateField(_("da"))
    to_month = models.DateField(_("a"), null=True, blank=True)
    reason = models.CharField(_("perché"), max_length=300)
    source = models.CharField(max_length=40, blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("file", "from_month", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="lock_says_why"),
            models.CheckConstraint(
                condition=Q(to_month__isnull=True) | Q(to_month__gte=F("from_month")),
                name="lock_ends_after_it_begins",
            ),
        ]
