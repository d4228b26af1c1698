"""Areas, streets, civic numbers and named places of the town. Coordinates are WGS84 degrees."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.models import Dated, Rows


class Area(Dated):
    """A part of the town with a dated boundary: a quarter, a statistical area, a beat, a housing estate.

    `boundary` is a GeoJSON geometry, or None for an area known by name only (from a column of the civic numbers).
    """

    kind = models.CharField(_("tipo"), max_length=30)
    code = models.CharField(_("codice"), max_length=60)
    name = models.CharField(_("nome"), max_length=120)
    boundary = models.JSONField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("kind", "name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], name="area_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class Street(Dated):
    """A street: its kind (via, corso, piazza) and its name."""

    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    line = models.JSONField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("name", "kind", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class CivicNumber(models.Model):
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
        exponent = f"/{self.exponent}" if self.exponent else ""
        return f"{self.street}, {self.number}{exponent}"


class Place(Dated):
    """A place that people call by name: a park, a school, the bar on the square."""

    kind = models.CharField(_("tipo"), max_length=40, blank=True)
    name = models.CharField(_("nome"), max_length=160)
    aliases = models.JSONField(default=list, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


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
