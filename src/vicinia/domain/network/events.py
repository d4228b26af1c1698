"""What the journal says of partner bodies."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

WRITTEN = declare("body.written", _("Scheda dell'ente aggiornata."))
