"""The bodies of the network, inside and outside the municipality."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel.models import Dated, Rows, Versioned


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
    is_internal = models.BooleanField(_("è un ufficio del Comune"), default=False)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("quali zone segue"))
    is_active = models.BooleanField(default=True)

    objects = BodyRows.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class BodyPerson(Versioned):
    """Someone of a body: whom we ring, and, with an account, who opens the partner's pages for it."""

    body = models.ForeignKey(PartnerBody, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("nome"), max_length=120)
    role = models.CharField(_("di che cosa si occupa"), max_length=160, blank=True)
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="body_person"
    )
    is_active = models.BooleanField(default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-is_active", "name", "id")

    def __str__(self) -> str:
        return self.name


class AgreementRows(Rows):
    def in_force(self, day: dt.date) -> AgreementRows:
        """Signed, not expired on that day and not ended before."""
        lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        return self.filter(lasting, signed_on__lte=day, ended_on__isnull=True)

    def expiring(self, by_day: dt.date, today: dt.date) -> AgreementRows:
        """Those in force today that expire by a day."""
        return self.in_force(today).filter(expires_on__lte=by_day)


class Agreement(Versioned):
    """A protocol with a body: on what basis data may be shared with it, which, and until when."""

    body = models.ForeignKey(PartnerBody, on_delete=models.CASCADE, related_name="agreements")
    title = models.CharField(_("titolo"), max_length=200)
    protocol = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    signed_on = models.DateField(_("firmato il"))
    expires_on = models.DateField(_("scade il"), null=True, blank=True)
    lawful_basis = models.CharField(_("su quale base"), max_length=20, choices=LawfulBasis.choices)
    data_categories = models.JSONField(_("quali dati si possono condividere"), default=list)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = AgreementRows.as_manager()

    class Meta:
        ordering = ("-signed_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("signed_on")),
                name="agreement_expires_after_signing",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def category_names(self) -> list[str]:
        """What may be shared, in words."""
        return [str(DataCategory(code).label) for code in self.data_categories]
