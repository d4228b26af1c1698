"""Buildings, their stairs and the dwellings on them: the houses themselves. Who lives there is in `people`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory.models.places import CivicNumber, Located
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Rows, Versioned

_SEEING = (Capability.SEE_CASES, Capability.EDIT_BUILDINGS, Capability.EDIT_TERRITORY)
LOWEST_FLOOR, HIGHEST_FLOOR = -5, 60


class Standing(models.Model):
    """What goes out of use one day and is kept: earlier rows still point at it."""

    retired_on = models.DateField(_("non più in uso dal"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None and self.retired_on <= clock.today()


class StandingRows(Rows):
    def in_use(self) -> StandingRows:
        """What still stands and is used."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=clock.today()))


class BuildingRows(StandingRows):
    def visible_to(self, by: Actor) -> BuildingRows:
        """The whole town's for who works with houses or keeps the territory: a wall says nothing of who lives behind it."""
        return self.all() if any(map(by.can, _SEEING)) else self.none()


class Building(Located, Standing, Versioned):
    """A house with one or more stairs. `code` is its key in the source and in URLs, `source` the file it came from."""

    code = models.CharField(_("codice"), max_length=60, unique=True)
    name = models.CharField(_("nome"), max_length=160)
    manager = models.CharField(_("chi la gestisce"), max_length=120, blank=True)
    built_year = models.PositiveSmallIntegerField(_("anno di costruzione"), null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)

    objects = BuildingRows.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="building_has_code_and_name"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="building_has_whole_point",
            ),
        ]
        indexes = [models.Index(fields=["lat", "lon"], name="building_point")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the building is called in the journal and in URLs."""
        return self.code


class Stair(Standing, Versioned):
    """A stair of a building, "A". Its own civic number when it has a door of its own on the street.

    `has_lift` and `is_step_free` are None while nobody has looked: a stair that is not known is not one without steps.
    """

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="stairs")
    name = models.CharField(_("nome"), max_length=20)
    civic_number = models.ForeignKey(
        CivicNumber, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    floors = models.PositiveSmallIntegerField(_("piani"), null=True, blank=True)
    has_lift = models.BooleanField(_("ascensore"), null=True, blank=True)
    is_step_free = models.BooleanField(_("si entra senza gradini"), null=True, blank=True)

    objects = StandingRows.as_manager()

    class Meta:
        ordering = ("building", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=["building", "name"], name="stair_once_in_building"),
            models.CheckConstraint(condition=~Q(name=""), name="stair_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """The way to the stair in words."""
        return gettext("%(building)s, scala %(stair)s") % {"building": self.building.name, "stair": self.name}


class Dwelling(Standing, Versioned):
    """A dwelling behind a door of a stair. `code` is its key in the building, `door` what stands on the door ("int. 4").

    `building` is that of the stair, so that the database itself keeps the codes of a building apart.
    """

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="dwellings")
    stair = models.ForeignKey(Stair, on_delete=models.PROTECT, related_name="dwellings")
    code = models.CharField(_("codice"), max_length=60)
    floor = models.SmallIntegerField(_("piano"), null=True, blank=True)
    door = models.CharField(_("porta"), max_length=20)
    square_metres = models.PositiveSmallIntegerField(_("metri quadri"), null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(_("stanze"), null=True, blank=True)
    is_accessible = models.BooleanField(_("accessibile"), null=True, blank=True)

    objects = StandingRows.as_manager()

    class Meta:
        ordering = ("stair", "floor", "door", "id")
        constraints = [
            models.UniqueConstraint(fields=["building", "code"], name="dwelling_once_in_building"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(door=""), name="dwelling_has_code_and_door"),
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(floor__gte=LOWEST_FLOOR, floor__lte=HIGHEST_FLOOR),
                name="dwelling_floor_is_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.door

    @property
    def where(self) -> str:
        """The way to the door in words."""
        way = {"building": self.building.name, "stair": self.stair.name, "door": self.door}
        return gettext("%(building)s, scala %(stair)s, %(door)s") % way
