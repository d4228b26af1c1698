"""A worksite, its lots, their phases and the dwellings worked on: planned, forecast and actual days, and every slip."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.territory.models import Area, Building, Dwelling, Stair
from vicinia.domain.worksites.states import (
    LOT_MOVES,
    SHOWN_WORKSITES,
    WITH_CONTRACTOR,
    WITH_REASON,
    WORKSITE_MOVES,
    InterventionKind,
    LotState,
    WorksiteState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class WorksiteRows(Rows):
    def visible_to(self, by: Actor) -> WorksiteRows:
        """All of them for who works with them; everybody reads those that are open or closed."""
        return self if by.can(Capability.SEE_WORKSITES) else self.shown()

    def shown(self) -> WorksiteRows:
        """What everybody may read of."""
        return self.filter(state__in=SHOWN_WORKSITES)


class Worksite(Versioned, Staged):
    """Works in one part of the town. `who_to_call` is what everybody reads on its page and its board."""

    moves = WORKSITE_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    name = models.CharField(_("nome"), max_length=140)
    summary = models.TextField(_("che cosa si fa"))
    who_to_call = models.CharField(_("chi chiamare"), max_length=300)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=WorksiteState.choices, default=WorksiteState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)

    objects = WorksiteRows.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN_WORKSITES


class WorksiteMove(Move):
    row = models.ForeignKey(Worksite, on_delete=models.CASCADE, related_name="state_moves")


Worksite.move_model = WorksiteMove


class Timed(models.Model):
    """What has days: as planned, which stays; as it is now thought; as it went."""

    planned_from = models.DateField(_("inizio previsto"))
    planned_to = models.DateField(_("fine prevista"))
    forecast_from = models.DateField(_("inizio stimato oggi"))
    forecast_to = models.DateField(_("fine stimata oggi"))
    began_on = models.DateField(_("cominciato il"), null=True, blank=True)
    ended_on = models.DateField(_("finito il"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_from__lte=F("planned_to"), forecast_from__lte=F("forecast_to")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(began_on__isnull=False, began_on__lte=F("ended_on")),
                name="%(app_label)s_%(class)s_ended_after_it_began",
            ),
        ]

    @property
    def shown_from(self) -> dt.date:
        """The first day as far as it is known."""
        return self.began_on or self.forecast_from

    @property
    def shown_to(self) -> dt.date:
        """The last day as far as it is known."""
        return self.ended_on or self.forecast_to

    @property
    def slipped_by(self) -> int:
        """By how many days the end has moved from what was planned."""
        return (self.shown_to - self.planned_to).days

    @property
    def is_late(self) -> bool:
        """Whether the forecast itself is past."""
        return self.ended_on is None and self.forecast_to < clock.today()


class LotRows(Rows):
    def visible_to(self, by: Actor) -> LotRows:
        return self if by.can(Capability.SEE_WORKSITES) else self.shown()

    def shown(self) -> LotRows:
        return self.filter(worksite__state__in=SHOWN_WORKSITES)


class Lot(Versioned, Staged, Timed):
    """A part of the works with a contract of its own: who builds, who directs, whom it touches, how far it is."""

    moves = LOT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    worksite = models.ForeignKey(Worksite, on_delete=models.PROTECT, related_name="lots")
    name = models.CharField(_("nome"), max_length=140)
    summary = models.TextField(_("che cosa si fa"), blank=True)
    contractor = models.ForeignKey(
        PartnerBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("impresa"),
    )
    manager = models.ForeignKey(
        PartnerBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("direzione lavori"),
    )
    buildings = models.ManyToManyField(Building, blank=True, related_name="+", verbose_name=_("edifici"))
    stairs = models.ManyToManyField(Stair, blank=True, related_name="+", verbose_name=_("scale"))
    state = models.CharField(max_length=12, choices=LotState.choices, default=LotState.DESIGNED)
    state_since = models.DateField(default=clock.today)
    state_reason = models.TextField(blank=True)

    objects = LotRows.as_manager()

    class Meta(Timed.Meta):
        ordering = ("worksite", "planned_from", "id")
        constraints = [
            *Timed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=WITH_REASON) | ~Q(state_reason=""), name="stopped_lot_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_CONTRACTOR) | Q(contractor__isnull=False),
                name="contracted_lot_has_contractor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class LotMove(Move):
    row = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="state_moves")

    @property
    def to_words(self) -> str:
        """What it became, in words."""
        return str(LotState(self.to_state).label)


Lot.move_model = LotMove


class Phase(Versioned, Timed):
    """A part of the time of a lot, or a milestone: one day that everything waits for."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("titolo"), max_length=140)
    is_milestone = models.BooleanField(_("è una tappa"), default=False)

    objects = Rows.as_manager()

    class Meta(Timed.Meta):
        ordering = ("planned_from", "planned_to", "id")

    def __str__(self) -> str:
        return self.title


class Intervention(Versioned, Timed):
    """What is done to one dwelling of a lot. `must_be_empty` says that nobody can live there meanwhile."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="interventions")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("intervento"), max_length=10, choices=InterventionKind.choices)
    must_be_empty = models.BooleanField(_("l'alloggio dev'essere vuoto"), default=False)

    objects = Rows.as_manager()

    class Meta(Timed.Meta):
        ordering = ("planned_from", "id")
        constraints = [
            *Timed.Meta.constraints,
            models.UniqueConstraint(fields=["lot", "dwelling", "kind"], name="intervention_once_in_lot"),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling.where}: {self.get_kind_display()}"


class Slip(models.Model):
    """One change of the forecast of a lot, or of a phase or an intervention of it; never changed afterwards."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="slips")
    phase = models.ForeignKey(Phase, null=True, blank=True, on_delete=models.CASCADE, related_name="slips")
    intervention = models.ForeignKey(
        Intervention, null=True, blank=True, on_delete=models.CASCADE, related_name="slips"
    )
    was_from = models.DateField()
    was_to = models.DateField()
    is_from = models.DateField()
    is_to = models.DateField()
    reason = models.TextField(_("motivo"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="slip_says_why")]

    @property
    def days(self) -> int:
        """By how many days the end moved; less than nothing if it came nearer."""
        return (self.is_to - self.was_to).days

    @property
    def what(self) -> str:
        """What slipped, in words."""
        return str(self.phase or self.intervention or self.lot.name)
