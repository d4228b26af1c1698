"""What the journal says of assemblies. No word of what was said there."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLANNED = declare("assembly.planned", _("Messa in preparazione per il %(day)s."), group="assembly")
CHANGED = declare("assembly.changed", _("Cambiati i dati: ora è il %(day)s."), group="assembly")
AGENDA = declare("assembly.agenda", _("Cambiato l'ordine del giorno."), group="assembly")
SEATED = declare("assembly.seated", _("Cambiato l'elenco di chi è convocato per nome."), group="assembly")
CALLED = declare(
    "assembly.called", _("Convocata per il %(day)s, con %(days)s giorni di avviso."), group="assembly"
)
CANCELLED = declare("assembly.cancelled", _("Annullata: %(reason)s"), group="assembly")
FIRST_FAILED = declare(
    "assembly.first_failed",
    _("Prima convocazione senza numero legale. Presenti: %(present)s."),
    group="assembly",
)
DESERTED = declare("assembly.deserted", _("Andata deserta. Presenti: %(present)s."), group="assembly")
HELD = declare("assembly.held", _("Aperta. Presenti: %(present)s."), group="assembly")
MARKED = declare("assembly.marked", _("Segnate le presenze."), group="assembly")
WRITTEN = declare(
    "assembly.minutes_written", _("Scritta la versione %(number)s del verbale."), group="assembly"
)
STAGED = declare("assembly.minutes_staged", _("Il verbale è ora: %(stage)s."), group="assembly")
AMENDED = declare("assembly.amendment", _("Chiesta una correzione al verbale."), group="assembly")
SETTLED = declare("assembly.amendment_settled", _("Correzione valutata: %(state)s."), group="assembly")
DECIDED = declare("assembly.decided", _("Aggiunta la decisione %(number)s."), group="assembly")
UNDECIDED = declare("assembly.undecided", _("Tolta la decisione %(number)s."), group="assembly")
FOLLOWED = declare(
    "assembly.followed", _("Decisione %(number)s: %(state)s, entro il %(day)s."), group="assembly"
)
PRINTED = declare("assembly.printed", _("Stampato: %(paper)s."), group="assembly")
LINKED = declare(
    "assembly.linked", _("Creato il collegamento per leggere e correggere la bozza."), group="assembly"
)
RULED = declare("assembly.ruled", _("%(by)s ha cambiato le regole di convocazione: %(kind)s."))
