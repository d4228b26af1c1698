"""What happens to the installation as a whole."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

KEYS_ROTATED = declare("town.keys_rotated", _("%(values)s dati cifrati sono passati alla chiave più nuova."))
