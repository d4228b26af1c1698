"""People whom the unit meets. Everything personal is encrypted; blind indexes find it again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned


class ContactWay(models.TextChoices):
    """How someone wants to be reached."""

    PHONE = "phone", _("telefono")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("messaggio sul telefono")
    LETTER = "letter", _("lettera")
    VISIT = "visit", _("di persona")


class PersonRows(Rows):
    def present(self) -> PersonRows:
        """People neither merged into another nor erased."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)


class Person(Versioned):
    """A resident known to the unit."""

    name = EncryptedTextField(_("nome e cognome"), blank=True)
    address = EncryptedTextField(_("indirizzo"), blank=True)
    needs = EncryptedTextField(_("cose da sapere quando la si contatta"), blank=True)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    contact_way = models.CharField(
        _("come contattarla"), max_length=10, choices=ContactWay.choices, blank=True
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonRows.as_manager()

    class Meta:
        ordering = ("id",)


class NameKey(models.Model):
    """Blind index of one word of a name: `exact` for the word itself, else a form with one letter left out."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    digest = models.CharField(max_length=32)
    exact = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["digest", "exact"])]


class ContactKind(models.TextChoices):
    PHONE = "phone", _("telefono")
    EMAIL = "email", _("e-mail")


class ContactPoint(models.Model):
    """A telephone number (E.164) or e-mail address of a person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = EncryptedTextField()
    digest = models.CharField(max_length=32)

    class Meta:
        ordering = ("kind", "id")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "digest"], name="contact_point_once")
        ]
        indexes = [models.Index(fields=["digest"])]
