"""What the journal says of the mobility plan. No word of a household."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLAN_ASKED = declare("mobility.plan_asked", _("Chiesto un piano: %(kind)s."), group="mobility")
PLAN_BEGUN = declare("mobility.plan_begun", _("Il calcolo del piano comincia."), group="mobility")
PLAN_STOP = declare("mobility.plan_stop", _("Chiesto di fermare il calcolo."), group="mobility")
PLAN_DONE = declare("mobility.plan_done", _("Calcolo finito: %(state)s."), group="mobility")
PLAN_WAITS = declare(
    "mobility.plan_waits", _("Il calcolo si è interrotto: aspetta di ricominciare."), group="mobility"
)
PLAN_FAILED = declare("mobility.plan_failed", _("Calcolo non riuscito: %(error)s."), group="mobility")
PLAN_PUBLISHED = declare("mobility.plan_published", _("Piano pubblicato."), group="mobility")
PLAN_REPLACED = declare("mobility.plan_replaced", _("Sostituito dal piano %(plan)s."), group="mobility")
PLAN_DISCARDED = declare("mobility.plan_discarded", _("Proposta scartata: %(reason)s"), group="mobility")
PLAN_STALE = declare(
    "mobility.plan_stale", _("Il lotto %(lot)s slitta: il piano va rifatto."), group="mobility"
)
WHY_ASKED = declare(
    "mobility.why_asked", _("Chieste le alternative del nucleo %(number)s."), group="mobility"
)
WHY_BEGUN = declare(
    "mobility.why_begun", _("Si calcolano le alternative del nucleo %(number)s."), group="mobility"
)
WHY_DONE = declare(
    "mobility.why_done", _("Calcolate le alternative del nucleo %(number)s."), group="mobility"
)
WHY_FAILED = declare(
    "mobility.why_failed", _("Non calcolate le alternative del nucleo %(number)s."), group="mobility"
)
LOCKED = declare(
    "mobility.locked", _("Nucleo %(number)s fissato in un alloggio da %(month)s."), group="mobility"
)
LOCK_LIFTED = declare("mobility.lock_lifted", _("Tolto il vincolo del nucleo %(number)s."), group="mobility")
