"""How the outcome of a case is measured: where it is compared, and what those who reported say of how they were followed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.outcomes.states import Satisfaction
from vicinia.foundation.kernel.models import Dated, Rows, Versioned


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


class Opinion(Dated):
    """What who reported says of how they were followed, once for each closing. No words: nothing of them is in it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="opinions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    closed_at = models.DateTimeField()
    by_staff = models.BooleanField(default=False)
    satisfied = models.PositiveSmallIntegerField(choices=Satisfaction.choices)
    serious = models.PositiveSmallIntegerField(choices=Satisfaction.choices)
    informed = models.PositiveSmallIntegerField(choices=Satisfaction.choices)
    known = models.PositiveSmallIntegerField(choices=Satisfaction.choices)
    again = models.PositiveSmallIntegerField(choices=Satisfaction.choices)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["report", "closed_at"], name="one_opinion_of_each_closing")
        ]
        indexes = [models.Index(fields=["closed_at"], name="opinion_closed")]
