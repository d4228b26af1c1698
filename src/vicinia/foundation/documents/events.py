"""What the journal says of the texts of documents."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

DRAFTED = declare("text.drafted", _("Cambiata la bozza del testo «%(name)s» (%(language)s)."))
DROPPED = declare("text.dropped", _("Scartata la bozza del testo «%(name)s» (%(language)s)."))
PUBLISHED = declare(
    "text.published", _("Messa in uso la versione %(number)s del testo «%(name)s» (%(language)s).")
)
RESTORED = declare(
    "text.restored",
    _("Rimessa in uso la versione %(number)s del testo «%(name)s» (%(language)s), come %(new)s."),
)
WITHDRAWN = declare("text.withdrawn", _("Rimesso in uso il testo di partenza di «%(name)s» (%(language)s)."))
