"""What the journal says of the help desk. No name, no word of who comes."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

POINT_ADDED = declare("help_point.added", _("Sportello aperto."), group="helpdesk")
POINT_CHANGED = declare("help_point.changed", _("Cambiati i dati dello sportello."), group="helpdesk")
HOURS_CHANGED = declare("help_point.hours", _("Cambiati gli orari dello sportello."), group="helpdesk")
DAY_SET = declare("help_point.day", _("Orario particolare per il %(day)s."), group="helpdesk")
DAY_DROPPED = declare(
    "help_point.day_dropped", _("Tolto l'orario particolare del %(day)s."), group="helpdesk"
)

BOOKED = declare("appointment.booked", _("Appuntamento preso %(channel)s per il %(day)s."), group="helpdesk")
MOVED = declare("appointment.moved", _("Appuntamento spostato al %(day)s."), group="helpdesk")
CHANGED = declare("appointment.changed", _("L'appuntamento ora è: %(state)s."), group="helpdesk")
CALLED = declare("appointment.called", _("Chi ha l'appuntamento è stato avvisato a voce."), group="helpdesk")
REMINDED = declare("appointment.reminded", _("Ricordato l'appuntamento."), group="helpdesk")
LINKED = declare(
    "appointment.link", _("Dato un nuovo collegamento a chi ha l'appuntamento."), group="helpdesk"
)
SLIP = declare("appointment.slip", _("Stampato il promemoria dell'appuntamento."), group="helpdesk")
FORGOTTEN = declare(
    "appointment.forgotten",
    _("Cancellati nomi e recapiti di appuntamenti passati: %(count)s."),
    group="helpdesk",
)

NUMBERED = declare("ticket.taken", _("Preso il numero %(number)s."), group="helpdesk")
TICKET = declare("ticket.changed", _("Il numero %(number)s ora è: %(state)s."), group="helpdesk")

NOTED = declare("help_contact.noted", _("Contatto segnato: %(kind)s, %(channel)s."), group="helpdesk")
CORRECTED = declare("help_contact.corrected", _("Corretto il contatto."), group="helpdesk")
STRUCK = declare("help_contact.struck", _("Contatto tolto dai conteggi."), group="helpdesk")
FORGOTTEN_CONTACTS = declare(
    "help_contact.forgotten", _("Cancellati nomi e parole di contatti passati: %(count)s."), group="helpdesk"
)

FILE_OPENED = declare("help_file.opened", _("Pratica aperta, la segue %(operator)s."), group="helpdesk")
FILE_CHANGED = declare("help_file.changed", _("Corretti i dati della pratica."), group="helpdesk")
FILE_NOTED = declare("help_file.noted", _("Scritto nel diario della pratica."), group="helpdesk")
FILE_ENTERED = declare("help_file.entered", _("La pratica ora è: %(state)s."), group="helpdesk")
FILE_HANDED = declare("help_file.handed", _("La pratica ora la segue %(operator)s."), group="helpdesk")
FILE_REPORT = declare("help_file.report", _("Ne è nata la segnalazione %(report)s."), group="helpdesk")
FILE_CASE = declare("help_file.case", _("Ne è nato il caso %(case)s."), group="helpdesk")
FILES_FORGOTTEN = declare(
    "help_file.forgotten", _("Cancellate le parole di pratiche chiuse da tempo: %(count)s."), group="helpdesk"
)
ERASED = declare("help_desk.erased", _("Cancellati i dati di una persona."), group="helpdesk")
