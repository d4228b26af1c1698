"""What the journal says of notices, events, sign-ups, the newsletter and the plan. No name, no address."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

# Notices
PREPARED = declare("notice.prepared", _("Avviso preparato."), group="outreach")
AIMED = declare("notice.aimed", _("Cambiato a chi è rivolto l'avviso."), group="outreach")
WRITTEN = declare("notice.written", _("Scritto il testo in %(language)s."), group="outreach")
UNWRITTEN = declare("notice.unwritten", _("Tolto il testo in %(language)s."), group="outreach")
READ_AGAIN = declare("notice.read_again", _("Riletto il testo in %(language)s."), group="outreach")
APPROVED = declare("notice.approved", _("%(operator)s ha approvato l'avviso."), group="outreach")
PUBLISHED = declare("notice.published", _("Avviso pubblicato: %(ways)s."), group="outreach")
SENT = declare("notice.sent", _("Avviso spedito: %(way)s, %(count)s persone."), group="outreach")
WITHDRAWN = declare("notice.withdrawn", _("Avviso ritirato: %(reason)s"), group="outreach")
DELIVERED = declare("notice.delivered", _("Segnata una consegna: %(doors)s porte."), group="outreach")
UNDELIVERED = declare("notice.undelivered", _("Tolta una consegna segnata per sbaglio."), group="outreach")
PRINTED = declare("notice.printed", _("Stampato: %(paper)s."), group="outreach")

# Events
REQUESTED = declare("event.requested", _("Evento chiesto per il %(day)s."), group="outreach")
CHANGED = declare("event.changed", _("Cambiato l'evento: ora è il %(day)s."), group="outreach")
ANNOUNCED = declare("event.announced", _("Evento annunciato."), group="outreach")
CANCELLED = declare("event.cancelled", _("Evento annullato: %(reason)s"), group="outreach")
HELD = declare("event.held", _("L'evento si è svolto."), group="outreach")
COUNTED = declare("event.counted", _("Presenze contate: %(people)s."), group="outreach")
REPORTED = declare("event.reported", _("Scritto com'è andato l'evento."), group="outreach")
SIGNED_UP = declare("event.signed_up", _("Nuova iscrizione per %(people)s: %(state)s."), group="outreach")
PLACE_FREED = declare(
    "event.place_freed", _("Dalla lista d'attesa: confermati %(people)s."), group="outreach"
)
SIGN_UP_WITHDRAWN = declare(
    "event.sign_up_withdrawn", _("Ritirata un'iscrizione per %(people)s."), group="outreach"
)
CALLED = declare("event.called", _("Un iscritto è stato avvisato a voce."), group="outreach")
CAME = declare("event.came", _("Arrivati con un'iscrizione: %(people)s."), group="outreach")
SHEET = declare("event.sheet", _("Stampato il foglio delle presenze."), group="outreach")
FORGOTTEN = declare(
    "event.forgotten", _("Cancellati nomi e recapiti degli iscritti: %(count)s."), group="outreach"
)
ERASED = declare("event.person_erased", _("Cancellata una persona dalle iscrizioni."), group="outreach")

# Newsletter
ASKED = declare("subscription.asked", _("Chiesta un'iscrizione alle comunicazioni."), group="outreach")
CONFIRMED = declare(
    "subscription.confirmed", _("Iscrizione alle comunicazioni confermata."), group="outreach"
)
AT_DESK = declare(
    "subscription.at_desk", _("Iscrizione alle comunicazioni con un modulo firmato."), group="outreach"
)
ENDED = declare("subscription.ended", _("Iscrizione alle comunicazioni cessata."), group="outreach")

# Plan
LINE_ADDED = declare("plan.added", _("Aggiunta una riga al piano della comunicazione."), group="outreach")
LINE_CHANGED = declare(
    "plan.changed", _("Cambiata una riga del piano della comunicazione."), group="outreach"
)
LINE_DONE = declare("plan.done", _("Fatto ciò che diceva il piano."), group="outreach")
LINE_DROPPED = declare("plan.dropped", _("Lasciata cadere una riga del piano: %(reason)s"), group="outreach")
LINE_RESUMED = declare("plan.resumed", _("Ripresa una riga del piano."), group="outreach")
