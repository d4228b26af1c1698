"""What the journal says of worksites. No word of who complains or of who walked along."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

SITE_PLANNED = declare("worksite.planned", _("Cantiere messo in preparazione."), group="worksites")
SITE_CHANGED = declare("worksite.changed", _("Cambiati i testi del cantiere."), group="worksites")
SITE_ENTERED = declare("worksite.entered", _("Il cantiere è ora: %(state)s."), group="worksites")
LOT_ADDED = declare("worksite.lot", _("Aggiunto il lotto %(lot)s."), group="worksites")
LOT_MADE = declare("lot.made", _("Lotto messo in programma."), group="worksites")
LOT_CHANGED = declare("lot.changed", _("Cambiati i dati del lotto."), group="worksites")
LOT_ENTERED = declare("lot.entered", _("Il lotto è ora: %(state)s."), group="worksites")
LOT_STOPPED = declare("lot.stopped", _("Il lotto è ora: %(state)s. Motivo: %(reason)s"), group="worksites")
LOT_SLIPPED = declare(
    "lot.slipped", _("%(what)s: fine spostata dal %(was)s al %(is)s. Motivo: %(reason)s"), group="worksites"
)
TIMES_CHANGED = declare("lot.times", _("Cambiate le fasi o gli interventi del lotto."), group="worksites")
DISRUPTION_PLANNED = declare(
    "disruption.planned", _("Previsto un disagio: %(kind)s, dal %(day)s."), group="worksites"
)
DISRUPTION_CHANGED = declare("disruption.changed", _("Cambiato il disagio previsto."), group="worksites")
DISRUPTION_MOVED = declare(
    "disruption.moved", _("I lavori slittano: il disagio passa dal %(was)s al %(is)s."), group="worksites"
)
DISRUPTION_STALE = declare(
    "disruption.stale", _("I lavori slittano, ma l'avviso è già uscito: va ridetto."), group="worksites"
)
DISRUPTION_CHECKED = declare("disruption.checked", _("I giorni avvisati valgono ancora."), group="worksites")
DISRUPTION_CANCELLED = declare("disruption.cancelled", _("Disagio annullato: %(reason)s"), group="worksites")
DISRUPTION_NOTICE = declare("disruption.notice", _("Preparato l'avviso %(notice)s."), group="worksites")
COMPLAINT_RECEIVED = declare("complaint.received", _("Segnalazione arrivata %(channel)s."), group="worksites")
COMPLAINT_URGENT = declare("complaint.urgent", _("Segnalazione messa tra le urgenti."), group="worksites")
COMPLAINT_ANSWERED = declare("complaint.answered", _("Ha risposto %(who)s."), group="worksites")
COMPLAINT_WRITTEN = declare("complaint.written", _("Ha scritto chi ha segnalato."), group="worksites")
COMPLAINT_ENTERED = declare("complaint.entered", _("La segnalazione è ora: %(state)s."), group="worksites")
COMPLAINT_CHASED = declare("complaint.chased", _("La risposta non arriva: %(step)s."), group="worksites")
COMPLAINT_CASE = declare(
    "complaint.case", _("Dalla segnalazione è nato il caso %(case)s."), group="worksites"
)
COMPLAINT_LINK = declare("complaint.link", _("Dato un nuovo collegamento a chi segnala."), group="worksites")
COMPLAINT_ERASED = declare("complaint.erased", _("Cancellati i dati di chi ha segnalato."), group="worksites")
WALK_PLANNED = declare("walk.planned", _("Sopralluogo fissato per il %(day)s."), group="worksites")
WALK_CHANGED = declare("walk.changed", _("Cambiato il sopralluogo."), group="worksites")
WALK_HELD = declare("walk.held", _("Scritto il verbale del sopralluogo."), group="worksites")
WALK_CANCELLED = declare("walk.cancelled", _("Sopralluogo annullato: %(reason)s"), group="worksites")
WALK_POINT = declare("walk.point", _("Cambiati i punti da sistemare."), group="worksites")
WALK_PRINTED = declare("walk.printed", _("Stampato il verbale del sopralluogo."), group="worksites")
SURVEYED = declare("worksite.surveyed", _("Un'altra risposta al questionario."), group="worksites")
