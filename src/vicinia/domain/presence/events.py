"""What the journal says of key contacts and rounds. No word of what was said or seen."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

CONTACT_ADDED = declare("key_contact.added", _("Aggiunto tra i testimoni privilegiati."), group="presence")
CONTACT_CHANGED = declare("key_contact.changed", _("Corretti i dati del testimone."), group="presence")
CONTACT_RHYTHM = declare(
    "key_contact.rhythm", _("Da sentire ogni %(days)s giorni lavorativi."), group="presence"
)
CONTACT_RETIRED = declare("key_contact.retired", _("Non si sente più: %(reason)s"), group="presence")
CONTACT_RESUMED = declare("key_contact.resumed", _("Si torna a sentirlo."), group="presence")
CONTACT_ERASED = declare("key_contact.erased", _("Cancellati i dati di una persona."))
TALKED = declare("key_contact.talked", _("Sentito (%(how)s): %(became)s."), group="presence")
NOT_REACHED = declare("key_contact.not_reached", _("Cercato senza trovarlo (%(how)s)."), group="presence")

ROUND_PLANNED = declare("round.planned", _("Giro messo in programma per il %(day)s."), group="presence")
ROUND_CHANGED = declare(
    "round.changed", _("Cambiati giorno, ore, zone o persone del giro."), group="presence"
)
ROUND_STOPS = declare("round.stops", _("Cambiate le tappe del giro: ora %(count)s."), group="presence")
ROUND_STARTED = declare("round.started", _("Giro cominciato."), group="presence")
ROUND_SEEN = declare("round.seen", _("Tappa %(place)s vista."), group="presence")
ROUND_UNSEEN = declare("round.unseen", _("Tappa %(place)s non ancora vista."), group="presence")
ROUND_OBSERVED = declare("round.observed", _("Rilevazione: %(kind)s."), group="presence")
ROUND_DONE = declare("round.done", _("Giro concluso."), group="presence")
ROUND_CANCELLED = declare("round.cancelled", _("Giro annullato: %(reason)s"), group="presence")
ROUND_PRINTED = declare("round.printed", _("Foglio del giro stampato."), group="presence")
OBSERVATION_SETTLED = declare(
    "round.observation_settled", _("Rilevazione (%(kind)s): %(became)s."), group="presence"
)
CASE_SEEN = declare("case.seen_on_round", _("Visto durante il giro %(round)s."), group="presence")
