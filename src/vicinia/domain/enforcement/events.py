"""What the journal says of acts: about the act itself, so that a case's chronology is silent about them."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

REGISTERED = declare("act.registered", _("Registrato: %(kind)s, protocollo %(number)s."), group="acts")
MOVED = declare("act.moved", _("Ora è: %(state)s."), group="acts")
KIND_SAVED = declare("act.kind_saved", _("Salvato il tipo di atto %(kind)s."), group="acts")
TAKEN_OUT = declare("act.taken_out", _("Scaricato il registro degli atti: %(count)s righe."), group="acts")
