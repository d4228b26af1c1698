"""A help desk: where it is, when it is open, what is different on some days."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.states import Takes, Weekday
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned


class PointRows(Rows):
    def visible_to(self, by: Actor) -> PointRows:
        """All of them for who sees the help desk, those in use for everybody."""
        return self if by.can(Capability.SEE_HELPDESK) else self.in_use()

    def in_use(self) -> PointRows:
        return self.filter(is_active=True)


class HelpPoint(Versioned):
    """A place where people come to be helped. `seats` are the appointments that can go on at the same time."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=120)
    address = models.CharField(_("indirizzo"), max_length=200)
    directions = models.CharField(_("come si arriva"), max_length=300, blank=True)
    access = models.CharField(_("accessibilità"), max_length=300, blank=True)
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    languages = models.JSONField(_("lingue parlate"), default=list, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    slot_minutes = models.PositiveSmallIntegerField(_("durata di un appuntamento, in minuti"), default=20)
    seats = models.PositiveSmallIntegerField(_("appuntamenti nello stesso momento"), default=1)
    days_ahead = models.PositiveSmallIntegerField(_("giorni prenotabili in anticipo"), default=30)
    notice_hours = models.PositiveSmallIntegerField(_("ore di preavviso per prenotare da soli"), default=2)
    is_active = models.BooleanField(_("in uso"), default=True)

    objects = PointRows.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(condition=Q(slot_minutes__gte=5), name="help_slot_has_minutes"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="help_point_has_seats"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return self.code


class Opening(Dated):
    """The hours of one weekday."""

    point = models.ForeignKey(HelpPoint, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField(_("giorno"), choices=Weekday.choices)
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    takes = models.CharField(_("chi può venire"), max_length=12, choices=Takes.choices, default=Takes.BOTH)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("weekday", "from_time", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="opening_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["point", "weekday", "from_time"], name="opening_once"),
        ]


class SpecialDay(Dated):
    """A day that is unlike others: closed, or open in hours of its own. It stands above the week and the holidays."""

    point = models.ForeignKey(HelpPoint, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField(_("giorno"))
    from_time = models.TimeField(_("dalle"), null=True, blank=True)
    to_time = models.TimeField(_("alle"), null=True, blank=True)
    takes = models.CharField(_("chi può venire"), max_length=12, choices=Takes.choices, default=Takes.BOTH)
    reason = models.CharField(_("perché"), max_length=160, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("day", "id")
        constraints = [
            models.UniqueConstraint(fields=["point", "day"], name="special_day_once"),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, to_time__isnull=True) | Q(from_time__lt=F("to_time")),
                name="special_day_is_closed_or_has_hours",
            ),
        ]

    @property
    def is_closed(self) -> bool:
        return self.from_time is None

    @property
    def hours(self) -> tuple[dt.time, dt.time] | None:
        """From when to when it is open, None if it is closed."""
        return None if self.from_time is None or self.to_time is None else (self.from_time, self.to_time)
