"""What the journal says of network meetings. No word of what was said at the table."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLANNED = declare("meeting.planned", _("Tavolo di rete messo in programma per il %(day)s."), group="network")
CHANGED = declare("meeting.changed", _("Cambiati i dati del tavolo: ora è il %(day)s."), group="network")
CANCELLED = declare("meeting.cancelled", _("Tavolo annullato: %(reason)s"), group="network")
INVITED = declare("meeting.invited", _("Cambiato l'elenco degli invitati."), group="network")
TOLD = declare("meeting.told", _("Inviti spediti: %(count)s."), group="network")
AGENDA = declare("meeting.agenda", _("Cambiato l'ordine del giorno."), group="network")
HELD = declare("meeting.held", _("Tavolo cominciato: il verbale è aperto."), group="network")
ATTENDANCE = declare("meeting.attendance", _("Segnate le presenze."), group="network")
WRITTEN = declare("meeting.written", _("Scritto un punto del verbale."), group="network")
ACTED = declare("meeting.acted", _("Aggiunta un'azione al verbale."), group="network")
DROPPED = declare("meeting.dropped", _("Tolta un'azione dal verbale."), group="network")
DONE = declare("meeting.done", _("Un'azione del verbale è fatta."), group="network")
MINUTED = declare("meeting.minuted", _("Verbale chiuso."), group="network")
NOTED = declare("meeting.noted", _("Aggiunta una nota al verbale chiuso."), group="network")
PRINTED = declare("meeting.printed", _("Verbale stampato."), group="network")
GIVEN = declare(
    "meeting.given", _("Dato a %(body)s un estratto del verbale. Punti: %(count)s."), group="network"
)
ERASED = declare("meeting.erased", _("Cancellate dai verbali le parole su una persona."))

# On the case.
CASE_ON_AGENDA = declare(
    "case.on_agenda", _("All'ordine del giorno del tavolo %(meeting)s del %(day)s."), group="network"
)
CASE_OFF_AGENDA = declare(
    "case.off_agenda", _("Tolto dall'ordine del giorno del tavolo %(meeting)s."), group="network"
)
CASE_DISCUSSED = declare(
    "case.discussed",
    _("Discusso al tavolo %(meeting)s. Decisioni: %(decisions)s, azioni: %(actions)s."),
    group="network",
)
CASE_GIVEN = declare(
    "case.minutes_given",
    _("Dato a %(body)s ciò che dice di questo caso il verbale %(meeting)s."),
    group="network",
)
