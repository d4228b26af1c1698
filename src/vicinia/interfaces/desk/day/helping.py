"""What the help desk asks for today."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.helpdesk.models import Appointment, HelpFile
from vicinia.foundation.look import dates
from vicinia.interfaces.desk.day.item import Do, Item


def file(row: HelpFile) -> Item:
    """A help file whose next step falls due."""
    url = reverse("help_file", args=[row.reference])
    return Item(
        what=_("Pratica dello sportello: %(title)s") % {"title": row.title},
        why=row.next_words or row.reference,
        url=url,
        due_on=row.next_on,
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def appointment(row: Appointment) -> Item:
    """Somebody who comes today."""
    url = reverse("appointment", args=[row.reference])
    hour = f"{timezone.localtime(row.starts_at):%H:%M}"
    return Item(
        what=_("Appuntamento delle %(hour)s: %(who)s") % {"hour": hour, "who": row.masked},
        why=f"{row.point.name}, {row.get_topic_display()}",
        url=url,
        due_on=dates.local_day(row.starts_at),
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="deadline",
    )


def to_tell(row: Appointment) -> Item:
    """Somebody to be told by voice of what has changed."""
    url = reverse("appointment", args=[row.reference])
    return Item(
        what=_("Da avvisare a voce: %(who)s") % {"who": row.masked},
        why=str(row.get_to_call_display()),
        url=url,
        due_on=dates.local_day(row.starts_at),
        dos=(Do(_("Apri"), url, is_main=True),),
        kind="contact",
    )
