"""What the journal says of measuring an outcome."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

SET = declare(
    "outcome.set", _("Scelto come misurare l'esito: dal %(day)s, confronto con %(where)s."), group="case"
)
PRINTED = declare("outcome.printed", _("Stampata la misura dell'esito."), group="documents")
OPINION = declare("outcome.opinion", _("Chi ha segnalato ha detto com'è stato seguito."), group="contacts")
