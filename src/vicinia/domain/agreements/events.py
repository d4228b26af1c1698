"""What the journal says of behaviour agreements, and what they leave open on a case. No word about anybody."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

PROPOSED = declare(
    "agreement.proposed", _("Proposto l'accordo di comportamento %(reference)s."), group="agreements"
)
INVITED_AGAIN = declare(
    "agreement.invited_again", _("Accordo %(reference)s: secondo invito."), group="agreements"
)
ANSWERED = declare(
    "agreement.answered", _("Accordo %(reference)s, risposta all'invito: %(answer)s."), group="agreements"
)
MOVED = declare("agreement.moved", _("Accordo %(reference)s: %(state)s."), group="agreements")
REVISED = declare(
    "agreement.revised", _("Accordo %(reference)s: firmati nuovi patti (%(number)s)."), group="agreements"
)
REVIEWED = declare("agreement.reviewed", _("Accordo %(reference)s, riesame: %(held)s."), group="agreements")
NOT_KEPT = declare(
    "agreement.not_kept", _("Accordo %(reference)s: segnato un mancato rispetto."), group="agreements"
)
RESPONDED = declare(
    "agreement.responded", _("Accordo %(reference)s, come si risponde: %(grade)s."), group="agreements"
)
ERASED = declare(
    "agreement.erased", _("Accordo %(reference)s: cancellate le parole che parlavano di una persona.")
)

# Inside the agreement: that something was written, not what.
WRITTEN = declare("agreement.written", _("Cambiato l'accordo: %(what)s."))
SIGNED_BY = declare("agreement.signed_by", _("Firme registrate: %(count)s."))
PRINTED = declare("agreement.printed", _("Stampato l'accordo."))

WAITING = matters.declare(
    "agreement.waiting", _("Accordo %(reference)s: aspettiamo una risposta all'invito.")
)
INVITE_AGAIN = matters.declare("agreement.invite_again", _("Accordo %(reference)s: fai il secondo invito."))
CONCLUDE = matters.declare(
    "agreement.conclude", _("Accordo %(reference)s: dopo due inviti, scrivi com'è finita.")
)
TO_SIGN = matters.declare("agreement.to_sign", _("Accordo %(reference)s: da scrivere insieme e firmare."))
TO_BEGIN = matters.declare("agreement.to_begin", _("Accordo %(reference)s: firmato, sta per cominciare."))
REVIEW = matters.declare("agreement.review", _("Accordo %(reference)s: riesame con chi l'ha firmato."))
TO_END = matters.declare("agreement.to_end", _("Accordo %(reference)s: riesami fatti, concludilo."))
DECIDE = matters.declare(
    "agreement.decide", _("Accordo %(reference)s non rispettato: decidi come rispondere.")
)
REVISING = matters.declare("agreement.revising", _("Accordo %(reference)s: nuovi patti da firmare."))
