"""The SARA sheet of a case, its causes and its measures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case, Intervention
from vicinia.foundation.kernel.models import Dated, Rows, Versioned


def _answer() -> models.TextField[str, str]:
    return models.TextField(blank=True)


class Sheet(Versioned):
    """What is known and thought of a place problem. Each answer is a column of the name that `QUESTIONS` gives it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="sheet")
    community, harm, expectation = _answer(), _answer(), _answer()
    events, recurring, similarity = _answer(), _answer(), _answer()
    who, what, where = _answer(), _answer(), _answer()
    when, why, how = _answer(), _answer(), _answer()
    place_manager, target_guardian, source_handler = _answer(), _answer(), _answer()
    present_responses, hypothesis = _answer(), _answer()
    process, impact, attribution, side_effects = _answer(), _answer(), _answer(), _answer()
    maintenance = _answer()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class Cause(Dated):
    """Something that makes the problem possible, on which a measure can act."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="causes")
    what = models.CharField(_("causa"), max_length=300)
    evidence = models.TextField(_("che cosa lo mostra"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.what


class Measure(Dated):
    """An intervention of the case tied to the cause on which it acts, with how it should work and whose it is."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="measures")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="measures")
    intervention = models.OneToOneField(Intervention, on_delete=models.CASCADE, related_name="measure")
    mechanism = models.CharField(_("perché dovrebbe funzionare"), max_length=300)
    owner = models.CharField(_("di chi è"), max_length=140)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
