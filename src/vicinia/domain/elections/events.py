"""What the journal says of votes and draws. Never who votes or how: who is on a roll is called by a number."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLANNED = declare("poll.planned", _("Votazione messa in preparazione."), group="participation")
CHANGED = declare("poll.changed", _("Cambiata la votazione."), group="participation")
OPTIONS = declare("poll.options", _("Cambiate le voci della votazione."), group="participation")
ROLL = declare("poll.roll", _("Elenco di chi vota: %(count)s aventi diritto."), group="participation")
ADMITTED = declare("poll.admitted", _("Aggiunto all'elenco il numero %(number)s."), group="participation")
STRUCK = declare("poll.struck", _("Tolto dall'elenco il numero %(number)s."), group="participation")
CODES = declare("poll.codes", _("Dati %(count)s codici per votare."), group="participation")
CALLED = declare("poll.called", _("Votazione indetta: %(count)s aventi diritto."), group="participation")
VOTED = declare("poll.voted", _("Un voto in più, %(way)s."), group="participation")
CLOSED = declare("poll.closed", _("Votazione chiusa: hanno votato in %(count)s."), group="participation")
PAPER = declare("poll.paper", _("Contate le schede di carta: %(count)s."), group="participation")
COUNTED = declare("poll.counted", _("Scrutinio: impronta dell'urna %(seal)s."), group="participation")
ANNULLED = declare("poll.annulled", _("Votazione annullata."), group="participation")
ERASED = declare("poll.erased", _("Cancellati i dati di chi è in elenco."), group="participation")

DRAW_PLANNED = declare("draw.planned", _("Estrazione messa in preparazione."), group="participation")
DRAW_CHANGED = declare("draw.changed", _("Cambiata l'estrazione."), group="participation")
DRAW_POOL = declare("draw.pool", _("Elenco dell'estrazione: %(count)s numeri."), group="participation")
DRAW_PUBLISHED = declare(
    "draw.published", _("Pubblicato l'elenco: %(count)s numeri, impronta %(digest)s."), group="participation"
)
DRAWN = declare("draw.drawn", _("Estratti %(count)s numeri con «%(seed)s»."), group="participation")
DRAW_CANCELLED = declare("draw.cancelled", _("Estrazione annullata."), group="participation")
