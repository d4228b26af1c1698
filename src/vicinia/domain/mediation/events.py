"""What the journal says of mediations. On the case only what crosses the wall; inside, that something was written, not what."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

ASKED = declare("mediation.asked", _("Chiesta una mediazione a %(mediator)s."), group="mediation")
ACCEPTED = declare("mediation.accepted", _("%(mediator)s ha accettato la mediazione."), group="mediation")
MOVED = declare("mediation.moved", _("Mediazione: %(state)s."), group="mediation")
ENDED = declare("mediation.ended", _("Mediazione finita: %(state)s."), group="mediation")
PASSED = declare("mediation.passed", _("La mediazione passa a %(mediator)s."), group="mediation")
READ = declare("mediation.read", _("Letto com'è finita la mediazione."), group="mediation")

WRITTEN = declare("mediation.written", _("Scritto nel fascicolo."))
HANDED = declare(
    "mediation.handed", _("Gli appunti passano a un altro mediatore, con il consenso delle parti.")
)
PRINTED = declare("mediation.printed", _("Stampato un documento del fascicolo."))
ERASED = declare("mediation.erased", _("Cancellate le parole del fascicolo che parlavano di una persona."))

WAITING = matters.declare("mediation.waiting", _("Mediazione: %(mediator)s non ha ancora risposto."))
GOING_ON = matters.declare("mediation.going_on", _("Mediazione in corso con %(mediator)s."))
IN_CHECK = matters.declare("mediation.in_check", _("Mediazione: accordo firmato, %(mediator)s lo verifica."))
TO_READ = matters.declare("mediation.to_read", _("Mediazione finita: %(state)s. Guarda che cosa fare."))
