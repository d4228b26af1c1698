"""How the outcome of a case is measured: where it is compared, and since when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.foundation.kernel.models import Rows, Versioned


class Measure(Versioned):
    """What is compared: a circle around the case and one around another place, each with a ring where it may have moved to.

    `radius` and `ring` are the inner and the outer circle, in metres, the same for both places. No person is in it.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="measure")
    began_on = models.DateField(_("da quando si interviene"))
    radius = models.PositiveSmallIntegerField(_("zona dell'intervento, in metri"), default=150)
    ring = models.PositiveSmallIntegerField(_("anello intorno, fino a metri"), default=300)
    control_lat = models.FloatField()
    control_lon = models.FloatField()
    control_words = models.CharField(max_length=300)
    why = models.TextField(_("perché quel luogo è simile"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(ring__gt=F("radius")), name="measure_ring_is_around"),
        ]
