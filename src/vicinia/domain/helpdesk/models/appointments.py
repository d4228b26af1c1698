"""Appointments: who comes when, and how to tell them what changes."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.models.points import HelpPoint
from vicinia.domain.helpdesk.states import (
    APPOINTMENT_MOVES,
    HOLDING,
    TO_COME,
    AppointmentState,
    BookedFrom,
    Kind,
    Reach,
    Told,
    Topic,
)
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: read aloud without mistakes
CODE_LENGTH = 6


def new_code() -> str:
    """What one says on arriving."""
    return "".join(secrets.choice(_ALPHABET) for _letter in range(CODE_LENGTH))


class AppointmentRows(Rows):
    def visible_to(self, by: Actor) -> AppointmentRows:
        """Who comes is for who keeps the help desk and may see people."""
        may = by.can(Capability.RUN_HELPDESK) and by.can(Capability.REVEAL_PEOPLE)
        return self if may else self.none()

    def holding(self) -> AppointmentRows:
        """Those that have a place at the desk."""
        return self.filter(state__in=HOLDING)

    def to_come(self) -> AppointmentRows:
        return self.filter(state__in=TO_COME)

    def soonest_first(self) -> AppointmentRows:
        return self.order_by("starts_at", "seat", "id")


class Appointment(Versioned, Staged):
    """Somebody comes at a time. No account: a private page, and a code for the day.

    `edition` counts what calendars must take over. `to_call` is what is still to be told by voice. Name, contact and
    words are erased some weeks afterwards (`forgotten_at`).
    """

    moves = APPOINTMENT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    point = models.ForeignKey(HelpPoint, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField(_("quando"))
    ends_at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("per che cosa"), max_length=16, choices=Kind.choices, default=Kind.INFORMATION)
    topic = models.CharField(_("argomento"), max_length=12, choices=Topic.choices, default=Topic.OTHER)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = EncryptedTextField(_("nome"), blank=True)
    words = EncryptedTextField(_("di che cosa si tratta"), blank=True)
    contact = models.CharField(_("come avvisare"), max_length=8, choices=Reach.choices, default=Reach.NONE)
    contact_value = EncryptedTextField(blank=True)
    contact_digest = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8, default="it")
    booked_from = models.CharField(max_length=8, choices=BookedFrom.choices, default=BookedFrom.PORTAL)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    code = models.CharField(max_length=CODE_LENGTH, default=new_code)
    edition = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    to_call = models.CharField(_("da dire a voce"), max_length=10, choices=Told.choices, blank=True)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)
    by_ref = models.CharField(max_length=60)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentRows.as_manager()

    class Meta:
        ordering = ("-starts_at", "-id")
        indexes = [
            models.Index(fields=["point", "starts_at", "seat", "id"], name="appointment_of_point"),
            models.Index(
                fields=["contact_digest"], condition=~Q(contact_digest=""), name="appointment_contact"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="appointment_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["point", "starts_at", "seat"],
                condition=Q(state__in=HOLDING),
                name="no_double_appointment",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(name="", words="", contact_value="", contact_digest="", person__isnull=True),
                name="forgotten_appointment_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_to_come(self) -> bool:
        return self.state in TO_COME

    @property
    def masked(self) -> str:
        """How lists call it without giving the name: the initials."""
        initials = [word[0].upper() + "." for word in self.name.split() if word[0].isalpha()]
        return " ".join(initials[:3]) or gettext("Senza nome")


class AppointmentMove(Move):
    row = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="state_moves")


Appointment.move_model = AppointmentMove
