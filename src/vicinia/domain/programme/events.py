"""What the journal says of programmes. No word of who sits in a committee, and none that was written."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLANNED = declare("programme.planned", _("Programma messo in preparazione."), group="programme")
CHANGED = declare("programme.changed", _("Cambiati i dati del programma."), group="programme")
ENTERED = declare("programme.entered", _("Il programma è ora: %(state)s."), group="programme")
AXES = declare("programme.axes", _("Cambiati gli assi del programma."), group="programme")
SIGNED = declare("programme.signed", _("Registrata una firma o una convenzione."), group="programme")
SEATED = declare("programme.seated", _("Nuovo componente del comitato: %(kind)s."), group="programme")
LEFT = declare("programme.left", _("Finito il mandato di un componente del comitato."), group="programme")
CONVENED = declare(
    "programme.convened", _("Preparata la seduta %(assembly)s del comitato."), group="programme"
)

SHEET_ADDED = declare("sheet.added", _("Aggiunta la scheda %(code)s."), group="programme")
SHEET_CHANGED = declare("sheet.changed", _("Cambiati i testi della scheda %(code)s."), group="programme")
SHEET_ENTERED = declare("sheet.entered", _("La scheda %(code)s è ora: %(state)s."), group="programme")
MILESTONE = declare("sheet.milestone", _("Scheda %(code)s: aggiunta una tappa."), group="programme")
SLIPPED = declare(
    "sheet.slipped", _("Scheda %(code)s: una tappa passa dal %(before)s al %(day)s."), group="programme"
)
REACHED = declare("sheet.reached", _("Scheda %(code)s: una tappa è raggiunta."), group="programme")
UNREACHED = declare(
    "sheet.unreached", _("Scheda %(code)s: una tappa non è più raggiunta."), group="programme"
)
LOGGED = declare("sheet.logged", _("Scheda %(code)s: registrata un'attività."), group="programme")
RELOGGED = declare("sheet.relogged", _("Scheda %(code)s: corretta un'attività."), group="programme")
LINKED = declare(
    "sheet.linked", _("Scheda %(code)s: cambiate le registrazioni legate a un'attività."), group="programme"
)
VOIDED = declare("sheet.voided", _("Scheda %(code)s: annullata un'attività."), group="programme")
BUDGETED = declare("sheet.budgeted", _("Scheda %(code)s: cambiato il quadro economico."), group="programme")
SPENT = declare("sheet.spent", _("Scheda %(code)s: registrata una spesa."), group="programme")
UNSPENT = declare("sheet.unspent", _("Scheda %(code)s: annullata una spesa."), group="programme")
RECEIPT = declare("sheet.receipt", _("Scheda %(code)s: aggiunta una ricevuta."), group="programme")
MEASURED = declare("sheet.measured", _("Scheda %(code)s: cambiati gli indicatori."), group="programme")

REPORTED = declare("funder_report.begun", _("Rendiconto in preparazione."), group="programme")
WRITTEN = declare("funder_report.written", _("Scritti i testi del rendiconto."), group="programme")
REPORT_STATE = declare("funder_report.state", _("Il rendiconto è ora: %(state)s."), group="programme")
FROZEN = declare(
    "funder_report.frozen",
    _("Congelata l'edizione %(number)s del rendiconto, impronta %(digest)s."),
    group="programme",
)
ASKED = declare("funder_report.asked", _("Chi finanzia chiede un chiarimento."), group="programme")
ANSWERED = declare("funder_report.answered", _("Risposto a un chiarimento."), group="programme")
GIVEN = declare("funder_report.given", _("Scaricata l'edizione %(number)s: %(kind)s."), group="programme")
