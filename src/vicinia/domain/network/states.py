"""On what basis data are shared with a body, and which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LawfulBasis(models.TextChoices):
    """Why data may be shared (GDPR, articles 6 and 9)."""

    CONSENT = "consent", _("consenso della persona")
    PUBLIC_TASK = "public_task", _("compito di interesse pubblico")
    LEGAL_OBLIGATION = "legal_obligation", _("obbligo di legge")
    VITAL_INTERESTS = "vital_interests", _("interessi vitali di qualcuno")


class DataCategory(models.TextChoices):
    """Kinds of data that an agreement lets us share."""

    PROBLEM = "problem", _("il problema e il luogo")
    CONTACTS = "contacts", _("nome e recapiti")
    NEEDS = "needs", _("bisogni e salute")
    WORK = "work", _("che cosa è stato fatto e deciso")
