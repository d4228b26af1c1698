"""What the journal says of cases."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

OPENED = declare("case.opened", _("Caso aperto."), told=_("Abbiamo aperto un caso."), group="case")
PROPOSED = declare("case.proposed", _("Proposto a %(operator)s."), group="case")
TAKEN = declare(
    "case.taken",
    _("Preso in carico da %(operator)s."),
    told=_("%(first_name)s segue il tuo caso."),
    group="case",
)
DECLINED = declare("case.declined", _("%(operator)s non può seguirlo: %(reason)s"), group="case")
REPORT_LINKED = declare("case.report_linked", _("Unita la segnalazione %(report)s."), group="reports")
REPORT_UNLINKED = declare(
    "case.report_unlinked", _("Tolta la segnalazione %(report)s: %(reason)s"), group="reports"
)
CONTACT = declare(
    "case.contact", _("Contatto (%(how)s)."), told=_("Abbiamo parlato con te."), group="contacts"
)
CONTACT_OTHER = declare("case.contact_other", _("Contatto (%(how)s) con %(who)s."), group="contacts")
CONTACT_OTHER_MISSED = declare(
    "case.contact_other_missed", _("%(who)s: contatto cercato senza risposta (%(how)s)."), group="contacts"
)
CONTACT_MISSED = declare(
    "case.contact_missed",
    _("Cercato senza risposta (%(how)s)."),
    told=_("Ti abbiamo cercato senza trovarti."),
    group="contacts",
)
COMMITMENT = declare(
    "case.commitment", _("Impegno (%(who)s): %(what)s, entro il %(due)s."), group="commitments"
)
COMMITMENT_TOLD = declare(
    "case.commitment_told",
    _("Impegno (%(who)s): %(what)s, entro il %(due)s."),
    told=_("Impegno (%(who)s): %(what)s, entro il %(due)s."),
    group="commitments",
)
COMMITMENT_ENDED = declare(
    "case.commitment_ended", _("Impegno %(state)s (%(who)s): %(what)s."), group="commitments"
)
INTERVENTION_PLANNED = declare(
    "case.intervention_planned",
    _("Previsto un intervento (%(kind)s): %(what)s, il %(day)s."),
    group="interventions",
)
INTERVENTION_DONE = declare(
    "case.intervention_done", _("Intervento svolto (%(kind)s): %(what)s."), group="interventions"
)
INTERVENTION_DONE_TOLD = declare(
    "case.intervention_done_told",
    _("Intervento svolto (%(kind)s): %(what)s."),
    told=_("Abbiamo fatto un intervento: %(what)s."),
    group="interventions",
)
INTERVENTION_CANCELLED = declare(
    "case.intervention_cancelled", _("Intervento annullato: %(what)s. %(reason)s"), group="interventions"
)
TASK_ADDED = declare("case.task_added", _("Da fare per %(who)s: %(what)s, entro il %(due)s."), group="case")
TASK_ENDED = declare("case.task_ended", _("%(state)s: %(what)s."), group="case")
STAGE = declare("case.stage", _("Passato a %(stage)s."), group="case")
CORRECTED = declare("case.corrected", _("Corretti: %(fields)s."), group="case")
PERSON_ADDED = declare("case.person_added", _("Aggiunta una persona (%(role)s)."), group="case")
PERSON_REMOVED = declare("case.person_removed", _("Tolta una persona (%(role)s): %(reason)s"), group="case")
CLOSED = declare(
    "case.closed", _("Chiuso: %(outcome)s."), told=_("Abbiamo chiuso il caso: %(outcome)s."), group="case"
)
REOPENED = declare(
    "case.reopened", _("Riaperto: %(reason)s"), told=_("Abbiamo riaperto il caso."), group="case"
)
CONFIRMED = declare(
    "case.confirmed", _("Chi segnala conferma l'esito."), told=_("Hai confermato l'esito."), group="case"
)
CONTESTED = declare(
    "case.contested",
    _("Chi segnala contesta l'esito: il caso va riguardato."),
    told=_("Hai contestato l'esito."),
    group="case",
)
WATCHED = declare("case.watched", _("Guardato dopo la chiusura: %(count)s nuove segnalazioni."), group="case")
HANDED_OVER = declare("case.handed_over", _("Il referente passa da %(old)s a %(operator)s."), group="case")
DOSSIER = declare("case.dossier", _("Stampato il fascicolo %(form)s."), group="documents")
PLAN = declare("case.plan", _("Scritto il piano del caso, da rivedere il %(day)s."), group="case")
RHYTHM = declare("case.rhythm", _("Ci sentiamo almeno ogni %(days)s giorni lavorativi."), group="contacts")
CLOSING_ASKED = declare("case.closing_asked", _("Chiesta la chiusura: %(outcome)s."), group="case")
CLOSING_RETURNED = declare("case.closing_returned", _("Chiusura restituita: %(reason)s"), group="case")
CLOSING_WITHDRAWN = declare("case.closing_withdrawn", _("Richiesta di chiusura ritirata."), group="case")
CLOSING_READ = declare("case.closing_read", _("Letto perché la chiusura è stata restituita."), group="case")
KEPT_CLOSED = declare(
    "case.kept_closed", _("Resta chiuso dopo %(count)s nuove segnalazioni: %(reason)s"), group="case"
)
CAME_BACK = declare("case.came_back", _("Dopo la chiusura: %(count)s nuove segnalazioni."), group="case")

TO_APPROVE = matters.declare("closing.asked", _("%(name)s chiede di chiudere il caso."))
RETURNED = matters.declare("closing.returned", _("La chiusura è stata restituita: leggi perché."))
TO_REOPEN = matters.declare(
    "case.came_back", _("Dopo la chiusura sono arrivate %(count)s nuove segnalazioni: si riapre?")
)
TO_REVIEW = matters.declare("case.plan", _("Rivedere il piano del caso."))
