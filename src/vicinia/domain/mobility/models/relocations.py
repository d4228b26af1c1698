"""What a mobility plan is made for: the worksites, the dwellings with their states over time, the rule of adequacy."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.states import SpellKind
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites.models import Worksite
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows, Versioned


class AdequacyTable(Versioned):
    """How many square metres so many people need, by the rule of a Region: data, never code.

    `sizes` is a list of [people, m², tolerance], people from 1 on without a gap; more people than the last line use it.
    `people_per_room` (None: no such rule) asks for one room for so many people, up to `rooms_at_most`.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=140)
    source = models.CharField(_("da dove viene"), max_length=300)
    sizes = models.JSONField(_("metri quadri per numero di persone"))
    people_per_room = models.PositiveSmallIntegerField(_("persone per stanza"), null=True, blank=True)
    rooms_at_most = models.PositiveSmallIntegerField(_("stanze che bastano comunque"), null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def least_area(self, people: int) -> float:
        """The smallest dwelling for so many people, in m², its tolerance taken off."""
        _people, area, tolerance = self.sizes[min(people, len(self.sizes)) - 1]
        return round(float(area) * (1 - float(tolerance)), 2)

    def least_rooms(self, people: int) -> int:
        """How many rooms so many people need at least; 1 where the table has no such rule."""
        if self.people_per_room is None:
            return 1
        rooms = -(-people // self.people_per_room)
        return min(rooms, self.rooms_at_most or rooms)


class RelocationRows(Rows):
    def visible_to(self, by: Actor) -> RelocationRows:
        return self if by.can(Capability.SEE_MOBILITY) else self.none()

    def open(self) -> RelocationRows:
        return self.filter(closed_on__isnull=True)

    def newest_first(self) -> RelocationRows:
        return self.order_by("-id")


class Relocation(Versioned):
    """Who has to live elsewhere while some worksites are at work. `stale_since` says that works slipped after the plan."""

    reference = models.CharField(max_length=16, unique=True)
    name = models.CharField(_("nome"), max_length=140)
    worksites = models.ManyToManyField(
        Worksite, blank=True, related_name="relocations", verbose_name=_("cantieri")
    )
    adequacy = models.ForeignKey(
        AdequacyTable, on_delete=models.PROTECT, related_name="+", verbose_name=_("tabella di adeguatezza")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("tipo dei casi che si aprono")
    )
    most_moves = models.PositiveSmallIntegerField(_("trasferimenti al massimo per nucleo"), default=2)
    most_moves_fragile = models.PositiveSmallIntegerField(
        _("trasferimenti al massimo per un nucleo fragile"), default=2
    )
    removals_a_month = models.PositiveSmallIntegerField(
        _("traslochi al massimo per fase"), null=True, blank=True
    )
    answer_days = models.PositiveSmallIntegerField(_("giorni per rispondere a un'offerta"), default=15)
    payment_days = models.PositiveSmallIntegerField(_("giorni per pagare una spesa approvata"), default=28)
    stale_since = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = RelocationRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(most_moves__gte=1, most_moves_fragile__gte=1),
                name="relocation_lets_households_move",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class Unit(Versioned):
    """A dwelling that a relocation may use. A spare one (alloggio volano) is kept free for it."""

    relocation = models.ForeignKey(Relocation, on_delete=models.CASCADE, related_name="units")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    is_spare = models.BooleanField(_("alloggio volano"), default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("relocation", "dwelling__building", "dwelling__code", "id")
        constraints = [
            models.UniqueConstraint(fields=["relocation", "dwelling"], name="unit_in_relocation_once")
        ]

    def __str__(self) -> str:
        return self.dwelling.where


class Spell(Versioned):
    """From when to when (None: for good) nobody can live in a dwelling, and why. Both days are included."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="spells")
    kind = models.CharField(_("perché"), max_length=10, choices=SpellKind.choices)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"), null=True, blank=True)
    note = models.CharField(_("nota"), max_length=200, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("unit", "from_day", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="spell_ends_after_it_begins",
            )
        ]
