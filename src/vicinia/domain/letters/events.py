"""What the journal says of letters, and what they leave open on a case. No word of what is written, no name of a person."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

DRAFTED = declare("letter.drafted", _("Cominciata una lettera (%(kind)s) a %(to)s."), group="documents")
CHANGED = declare(
    "letter.changed", _("Cambiata la bozza della lettera (%(kind)s) a %(to)s."), group="documents"
)
DROPPED = declare(
    "letter.dropped", _("Lasciata cadere la bozza della lettera (%(kind)s) a %(to)s."), group="documents"
)
ISSUED = declare("letter.issued", _("Firmata la lettera %(number)s (%(kind)s) a %(to)s."), group="documents")
SHARED = declare(
    "letter.shared",
    _("Con la lettera %(number)s %(to)s legge: %(facts)s. Persone nominate: %(people)s."),
    group="network",
)
DELIVERED = declare(
    "letter.delivered", _("Lettera %(number)s a %(to)s: %(how)s il %(day)s."), group="documents"
)
CALLED_BACK = declare(
    "letter.called_back", _("Richiamata la lettera %(number)s a %(to)s: %(reason)s"), group="documents"
)
PROTOCOL = declare(
    "letter.protocol", _("Lettera %(number)s: numero di protocollo %(protocol)s."), group="documents"
)
ANSWERED = declare("letter.answered", _("%(to)s ha risposto alla lettera %(number)s."), group="documents")
GIVEN_UP = declare(
    "letter.given_up",
    _("Non si aspetta più la risposta di %(to)s alla lettera %(number)s: %(reason)s"),
    group="documents",
)
PLAN_PRINTED = declare("letter.plan_printed", _("Stampato il piano del caso (%(form)s)."), group="documents")
ERASED = declare("letter.erased", _("Cancellate le parole della lettera %(number)s a una persona."))

TO_DELIVER = matters.declare("letter.to_deliver", _("Consegnare la lettera %(number)s a %(to)s."))
WAITING = matters.declare("letter.waiting", _("%(to)s non ha ancora risposto alla lettera %(number)s."))
