"""The social help desk: where and when, who comes, what for, and what is followed afterwards."""

from vicinia.domain.helpdesk.models.appointments import Appointment, AppointmentMove, AppointmentRows
from vicinia.domain.helpdesk.models.contacts import ContactRows, HelpContact
from vicinia.domain.helpdesk.models.files import FileNote, FileRows, HelpFile, HelpFileMove
from vicinia.domain.helpdesk.models.points import HelpPoint, Opening, PointRows, SpecialDay
from vicinia.domain.helpdesk.models.tickets import Ticket, TicketMove, TicketRows

__all__ = [
    "Appointment",
    "AppointmentMove",
    "AppointmentRows",
    "ContactRows",
    "FileNote",
    "FileRows",
    "HelpContact",
    "HelpFile",
    "HelpFileMove",
    "HelpPoint",
    "Opening",
    "PointRows",
    "SpecialDay",
    "Ticket",
    "TicketMove",
    "TicketRows",
]
