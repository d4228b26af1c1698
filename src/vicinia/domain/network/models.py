"""The bodies of the network, inside and outside the municipality."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.models import Dated, Rows


class BodyRows(Rows):
    def active(self) -> BodyRows:
        return self.filter(is_active=True)


class PartnerBody(Dated):
    """A body that may be competent for a problem: an office, the housing company, social services, an association."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    hours = models.CharField(_("orari"), max_length=200, blank=True)
    competences = models.TextField(_("di che cosa si occupa"), blank=True)
    is_active = models.BooleanField(default=True)

    objects = BodyRows.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
