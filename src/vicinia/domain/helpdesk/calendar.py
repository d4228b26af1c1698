"""An appointment as an entry of one's own calendar."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.helpdesk.links import point_url
from vicinia.domain.helpdesk.models import Appointment
from vicinia.domain.helpdesk.states import AppointmentState
from vicinia.foundation.documents.calendars import Entry, calendar_of


def entry(row: Appointment) -> bytes:
    """The calendar file; an appointment that was called off says so. The private link stays out of shared calendars."""
    point = row.point
    return calendar_of(
        [
            Entry(
                uid=row.reference,
                sequence=row.edition,
                changed_at=row.edited_at,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                title=_("Appuntamento: %(point)s") % {"point": point.name},
                place=f"{point.name}, {point.address}",
                url=point_url(point),
                is_cancelled=row.state == AppointmentState.CANCELLED,
            )
        ]
    )
