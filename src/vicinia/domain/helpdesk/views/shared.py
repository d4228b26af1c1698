"""What the pages of the help desk share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpFile, HelpPoint
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.components import Tab


def tabs(by: Actor, chosen: str) -> list[Tab]:
    """The parts of the help desk that `by` may open."""
    parts = [("helpdesk", _("Adesso"))]
    if by.can(Capability.RUN_HELPDESK):
        parts.append(("help_contacts", _("Contatti")))
    parts.append(("help_files", _("Pratiche")))
    parts.append(("help_counts", _("Conteggi")))
    parts.append(("help_points", _("Orari")))
    return [Tab(label, reverse(name), name == chosen) for name, label in parts]


def to_file(row: HelpFile) -> str:
    return reverse("help_file", args=[row.reference])


def to_contact(row: HelpContact) -> str:
    return reverse("help_contact", args=[row.pk])


def to_point(row: HelpPoint) -> str:
    return reverse("help_point", args=[row.code])


def to_queue(row: HelpPoint) -> str:
    return reverse("help_queue", args=[row.code])


def to_agenda(row: HelpPoint) -> str:
    return reverse("help_agenda", args=[row.code])


def to_appointment(row: Appointment) -> str:
    return reverse("appointment", args=[row.reference])
