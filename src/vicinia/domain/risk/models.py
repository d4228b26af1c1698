"""Versions of the questionnaire, and what was answered in a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.risk.states import Band, Questions, read_questions
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows


class Questionnaire(Dated):
    """One published version: it never changes, the next one takes its place."""

    version = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-version",)

    @property
    def questions(self) -> Questions:
        return read_questions(self.content)


class Assessment(Dated):
    """The answers of one day about a case: with their words and points, the band that follows and the one that was chosen."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    score = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    computed_band = models.CharField(max_length=10, choices=Band.choices)
    band = models.CharField(_("fascia"), max_length=10, choices=Band.choices)
    override_reason = models.TextField(blank=True)
    note = EncryptedTextField(blank=True, default="")
    review_on = models.DateField()
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(band=models.F("computed_band")) | ~models.Q(override_reason=""),
                name="another_band_has_a_reason",
            )
        ]
