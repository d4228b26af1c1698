"""Areas, streets, civic numbers and named places of the town. Coordinates are WGS84 degrees."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Dated, Rows


class Edition(models.Model):
    """Which edition of the territory is in force, so that each process knows when what it keeps in memory is stale.

    A random token and not a number or an instant: it differs after a rollback, with frozen time and between machines.
    """

    name = models.CharField(max_length=20, primary_key=True)
    token = models.CharField(max_length=32)

    NAME = "territory"

    def __str__(self) -> str:
        return self.token

    @classmethod
    def current(cls) -> str:
        """The token in force, or "" before anything was ever written. One query."""
        return cls._default_manager.filter(pk=cls.NAME).values_list("token", flat=True).first() or ""

    @classmethod
    def renew(cls) -> None:
        """Tell every process that the territory changed, once the transaction commits."""
        cls._default_manager.update_or_create(name=cls.NAME, defaults={"token": uuid4().hex})


class Drawn(models.Model):
    """A row that processes keep in memory for search and maps: writing it renews the edition.

    Bulk writes don't pass here: the action that makes them renews the edition once.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and renew the edition."""
        super().save(*args, **kwargs)
        Edition.renew()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and renew the edition."""
        deleted = super().delete(*args, **kwargs)
        Edition.renew()
        return deleted


class Area(Drawn, Dated):
    """A part of the town with a dated boundary: a quarter, a statistical area, a beat, a housing estate.

    The row is the area itself and lasts; `boundary` is its present one and `EarlierBoundary` keeps those before.
    `boundary` is a GeoJSON geometry, or None for an area known by name only (from a column of the civic numbers).
    `valid_from` and `valid_to` are the first and the last day of the boundary; None is open.
    """

    kind = models.CharField(_("tipo"), max_length=30)
    code = models.CharField(_("codice"), max_length=60)
    name = models.CharField(_("nome"), max_length=120)
    boundary = models.JSONField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(_("dal"), null=True, blank=True)
    valid_to = models.DateField(_("al"), null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("kind", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="area_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="area_valid_from_before_to",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, day: dt.date) -> bool:
        """Whether the present boundary holds on `day`."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to)


class EarlierBoundary(Drawn, Dated):
    """A boundary that an area had before the present one, for counts and reports of those years."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="earlier")
    boundary = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("area", "valid_to", "id")
        constraints = [models.UniqueConstraint(fields=["area", "valid_to"], name="earlier_boundary_once")]

    def __str__(self) -> str:
        return f"{self.area} → {self.valid_to}"


class Street(Drawn, Dated):
    """A street: its kind (via, corso, piazza) and its name. `line` is a GeoJSON geometry for the map."""

    code = models.CharField(_("codice"), max_length=30, unique=True)
    kind = models.CharField(_("tipo"), max_length=40)
    name = models.CharField(_("nome"), max_length=160)
    line = models.JSONField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("name", "kind", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class CivicNumber(Drawn):
    """A house number on a street, with its exponent ("12/A") and the reference area it lies in."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="numbers")
    number = models.PositiveIntegerField()
    exponent = models.CharField(max_length=12, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    postal_code = models.CharField(max_length=10, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("street", "number", "exponent")
        constraints = [
            models.UniqueConstraint(fields=["street", "number", "exponent"], name="civic_number_once")
        ]
        indexes = [models.Index(fields=["lat", "lon"])]

    def __str__(self) -> str:
        return f"{self.street}, {self.label}"

    @property
    def label(self) -> str:
        """The number as it stands on the door: "12" or "12/A"."""
        return f"{self.number}/{self.exponent}" if self.exponent else str(self.number)


class PlaceRows(Rows):
    def in_use(self) -> PlaceRows:
        """Places that people still go to."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=clock.today()))


class Place(Drawn, Dated):
    """A place that people call by name: a park, a school, the bar on the square. `code` is its key in the source and in URLs."""

    code = models.CharField(_("codice"), max_length=60, unique=True)
    kind = models.CharField(_("tipo"), max_length=40, blank=True)
    name = models.CharField(_("nome"), max_length=160)
    aliases = models.JSONField(_("altri nomi"), default=list, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    retired_on = models.DateField(_("non più in uso dal"), null=True, blank=True)

    objects = PlaceRows.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="place_has_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the place is called in the journal and in URLs."""
        return self.code

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None and self.retired_on <= clock.today()


class BaseShape(Drawn):
    """A shape of the background map that is not an area or a street: water, a park, a railway, the blocks of houses."""

    layer = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=160, blank=True)
    geometry = models.JSONField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("layer", "code")
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="base_shape_once")]

    def __str__(self) -> str:
        return self.name or f"{self.layer} {self.code}"


class Located(models.Model):
    """Mixin of a row that happens somewhere: a point, an address, free words, any of them or none yet."""

    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    civic_number = models.ForeignKey(
        CivicNumber, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(_("indirizzo"), max_length=200, blank=True)
    place_words = models.CharField(_("luogo a parole"), max_length=300, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    @property
    def has_point(self) -> bool:
        return self.lat is not None and self.lon is not None

    @property
    def where(self) -> str:
        """The place in words, as exact as it is known."""
        return self.address or self.place_words or (self.area.name if self.area else "")
