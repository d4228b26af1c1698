"""One line for each time somebody was helped."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.models.appointments import Appointment
from vicinia.domain.helpdesk.models.files import HelpFile
from vicinia.domain.helpdesk.models.points import HelpPoint
from vicinia.domain.helpdesk.models.tickets import Ticket
from vicinia.domain.helpdesk.states import Channel, Kind, Topic
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned


class ContactRows(Rows):
    def visible_to(self, by: Actor) -> ContactRows:
        """What was counted, for who sees the help desk; the words and the person only for who keeps it (see rules)."""
        return self if by.can(Capability.SEE_HELPDESK) else self.none()

    def counted(self) -> ContactRows:
        """Those that were not struck out as a mistake."""
        return self.filter(struck_at__isnull=True)

    def between(self, since: dt.date, until: dt.date) -> ContactRows:
        """From the first to the last day, both included."""
        return self.filter(day__gte=since, day__lte=until)

    def newest_first(self) -> ContactRows:
        return self.order_by("-day", "-id")


class HelpContact(Versioned):
    """A contact in one line. `once` comes from the page that sends it: sent twice it is one."""

    day = models.DateField(_("giorno"))
    kind = models.CharField(_("per che cosa"), max_length=16, choices=Kind.choices)
    topic = models.CharField(_("argomento"), max_length=12, choices=Topic.choices, default=Topic.OTHER)
    channel = models.CharField(_("come"), max_length=8, choices=Channel.choices, default=Channel.DESK)
    minutes = models.PositiveSmallIntegerField(_("minuti"), default=5)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    words = EncryptedTextField(_("in una riga"), blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    point = models.ForeignKey(
        HelpPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_contact"
    )
    ticket = models.OneToOneField(
        Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_contact"
    )
    file = models.ForeignKey(
        HelpFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    once = models.CharField(max_length=64, unique=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(_("perché è tolto"), max_length=160, blank=True)

    objects = ContactRows.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        indexes = [models.Index(fields=["day", "kind", "id"], name="help_contact_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_why=""), name="struck_contact_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return str(self.pk)

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None
