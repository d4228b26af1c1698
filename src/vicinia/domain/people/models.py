"""People whom the unit meets. Everything personal is encrypted; blind indexes find it again."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory.models import Area, Dwelling
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned


class ContactWay(models.TextChoices):
    """How someone wants to be reached."""

    PHONE = "phone", _("telefono")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("messaggio sul telefono")
    LETTER = "letter", _("lettera")
    VISIT = "visit", _("di persona")


_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: read aloud without mistakes


def new_reference() -> str:
    """A public name for a person's page that says nothing and can't be guessed."""
    # One digit at least: of letters alone it could be a name, and a search for it would look at people.
    reference = ""
    while not any(letter.isdigit() for letter in reference):
        reference = "".join(secrets.choice(_ALPHABET) for _letter in range(12))
    return reference


_REACHING_PEOPLE = (Capability.REVEAL_PEOPLE, Capability.MANAGE_PEOPLE, Capability.MEDIATE)


class PersonRows(Rows):
    def visible_to(self, by: Actor, *, among: Any = None) -> PersonRows:
        """People connected to a row that `by` may see; everyone for who manages people in the whole town.

        `among` (ids, or a subquery of ids) narrows the question to some people, so that subjects answer by index.
        """
        if not any(map(by.can, _REACHING_PEOPLE)):
            return self.none()
        rows = self if among is None else self.filter(pk__in=among)
        if by.everywhere and by.can(Capability.MANAGE_PEOPLE):
            return rows
        connected = models.Q(pk__in=[])
        for subject in registries.personal_data:
            if subject.visible_people is not None:
                connected |= models.Q(pk__in=subject.visible_people(by, among))
        return rows.filter(connected)

    def present(self) -> PersonRows:
        """People neither merged into another nor erased."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)


class Person(Versioned):
    """A resident known to the unit. A person merged into another keeps its row and leads to the one kept."""

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
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

    @property
    def masked(self) -> str:
        """How lists call the person without giving the name: the initials."""
        initials = [word[0].upper() + "." for word in self.name.split() if word[0].isalpha()]
        return " ".join(initials[:3]) or gettext("Persona senza nome")

    @property
    def is_present(self) -> bool:
        return self.merged_into_id is None and self.erased_at is None


class NameKey(models.Model):
    """Blind index of one word of a name: `exact` for the word itself, else a form with one letter left out."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    digest = models.CharField(max_length=32)
    exact = models.BooleanField()

    class Meta:
        # The person is in the index too: a common name has thousands of keys, and none needs its row.
        indexes = [models.Index(fields=["digest", "exact", "person"], name="name_key_digest")]


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


_SEEING_HOUSEHOLDS = (Capability.REVEAL_PEOPLE, Capability.MANAGE_PEOPLE)


class HouseholdRows(Rows):
    def visible_to(self, by: Actor) -> HouseholdRows:
        """Households of own areas, or not placed in one yet, for who may see people there."""
        if not any(map(by.can, _SEEING_HOUSEHOLDS)):
            return self.none()
        if by.everywhere:
            return self.all()
        return self.filter(models.Q(area_id__in=by.area_ids) | models.Q(area_id__isnull=True))


class Household(Versioned):
    """Who lives together, known by a number that says nothing. The row lasts; `EarlierStay` keeps where it lived before.

    `area` is that of its dwelling, and stays that of the last one when it has left. What nobody knows of the members is
    told for all: `stated_languages`, `stated_size`.
    """

    number = models.PositiveIntegerField(unique=True)
    dwelling = models.OneToOneField(
        Dwelling, null=True, blank=True, on_delete=models.PROTECT, related_name="household"
    )
    since = models.DateField(_("dal"), null=True, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stated_languages = models.JSONField(_("lingue"), default=list, blank=True)
    stated_size = models.PositiveSmallIntegerField(_("quante persone"), null=True, blank=True)

    objects = HouseholdRows.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dwelling__isnull=False) | models.Q(since__isnull=True),
                name="household_since_in_a_dwelling",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How lists, papers and messages call the household: never by a name."""
        return gettext("Nucleo %(number)s") % {"number": self.number}

    @property
    def reference(self) -> str:
        """How the household is called in the journal and in URLs."""
        return str(self.number)


class EarlierStay(models.Model):
    """Where a household lived before, and until when."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="earlier")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="earlier_stays")
    since = models.DateField(null=True, blank=True)
    until = models.DateField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("household", "-until", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__isnull=True) | models.Q(until__gte=models.F("since")),
                name="stay_since_before_until",
            )
        ]


class Relation(models.TextChoices):
    """What somebody is to the reference person of the household."""

    REFERENCE = "reference", _("persona di riferimento")
    PARTNER = "partner", _("coniuge o convivente")
    CHILD = "child", _("figlia o figlio")
    PARENT = "parent", _("madre o padre")
    RELATIVE = "relative", _("altro parente")
    CARER = "carer", _("chi assiste")
    OTHER = "other", _("altra persona")


class HouseholdMember(Dated):
    """Somebody who lives in a household. One of them at most is the one to speak with."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="membership")
    relation = models.CharField(_("legame"), max_length=12, choices=Relation.choices, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("household", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(relation=Relation.REFERENCE),
                name="household_has_one_reference",
            )
        ]

    @property
    def is_reference(self) -> bool:
        return self.relation == Relation.REFERENCE
