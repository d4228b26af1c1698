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

BUILDING_ADDED = declare("building.added", _("Edificio aggiunto: %(name)s."), group="territory")
BUILDING_CHANGED = declare("building.changed", _("Edificio corretto: %(name)s."), group="territory")
BUILDING_RETIRED = declare("building.retired", _("Edificio tolto dall'uso."), group="territory")
BUILDING_RESTORED = declare("building.restored", _("Edificio rimesso in uso."), group="territory")
STAIR_ADDED = declare("stair.added", _("Scala aggiunta: %(name)s."), group="territory")
STAIR_CHANGED = declare("stair.changed", _("Scala corretta: %(name)s."), group="territory")
STAIR_RETIRED = declare("stair.retired", _("Scala tolta dall'uso: %(name)s."), group="territory")
STAIR_RESTORED = declare("stair.restored", _("Scala rimessa in uso: %(name)s."), group="territory")
DWELLINGS_ADDED = declare(
    "dwelling.added", _("Alloggi aggiunti alla scala %(stair)s: %(codes)s."), group="territory"
)
DWELLING_CHANGED = declare("dwelling.changed", _("Alloggio corretto: %(code)s."), group="territory")
DWELLING_RETIRED = declare("dwelling.retired", _("Alloggio tolto dall'uso: %(code)s."), group="territory")
DWELLING_RESTORED = declare("dwelling.restored", _("Alloggio rimesso in uso: %(code)s."), group="territory")
