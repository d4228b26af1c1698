"""What the journal says of the territory."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

IMPORTED = declare(
    "territory.imported",
    _("Territorio aggiornato da %(file)s: %(new)s nuovi, %(changed)s cambiati, %(refused)s scartati."),
    group="territory",
)
AREAS_SETTLED = declare(
    "territory.areas_settled",
    _("%(numbers)s numeri civici e %(places)s luoghi hanno cambiato zona."),
    group="territory",
)
PLACE_NAMED = declare("place.named", _("Luogo aggiunto: %(name)s."), group="territory")
PLACE_CHANGED = declare("place.changed", _("Luogo corretto: %(name)s."), group="territory")
PLACE_RETIRED = declare("place.retired", _("Luogo tolto dall'uso."), group="territory")
PLACE_RESTORED = declare("place.restored", _("Luogo rimesso in uso."), group="territory")
