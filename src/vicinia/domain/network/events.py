"""What the journal says of partner bodies."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

WRITTEN = declare("body.written", _("Scheda dell'ente aggiornata."))
PERSON_WRITTEN = declare("body.person_written", _("Aggiornate le persone dell'ente."))
AGREEMENT = declare("body.agreement", _("Accordo registrato: %(title)s."))
AGREEMENT_ENDED = declare("body.agreement_ended", _("Accordo concluso: %(title)s. %(reason)s"))
