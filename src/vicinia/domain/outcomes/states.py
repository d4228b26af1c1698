"""The questions of the survey at closing, and their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Satisfaction(models.IntegerChoices):
    """How satisfied someone is, on five steps (as in tenant satisfaction measures)."""

    VERY_BAD = 1, _("per niente")
    BAD = 2, _("poco")
    MIDDLING = 3, _("così così")
    GOOD = 4, _("abbastanza")
    VERY_GOOD = 5, _("molto")


# Answers that count as satisfied.
SATISFIED = (Satisfaction.GOOD, Satisfaction.VERY_GOOD)

QUESTIONS = {
    "satisfied": _("Sei soddisfatto di come ti abbiamo seguito?"),
    "serious": _("Ti abbiamo preso sul serio?"),
    "informed": _("Ti abbiamo tenuto informato?"),
    "known": _("Sapevi a chi rivolgerti?"),
    "again": _("Segnaleresti di nuovo?"),
}
