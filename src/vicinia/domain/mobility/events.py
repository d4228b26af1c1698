"""What the journal says of mobility. No word of a household, no name, no wish, no reason."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

OFFER_PREPARED = declare("mobility.offer", _("Preparata un'offerta di alloggio."), group="mobility")
OFFER_CHANGED = declare("mobility.offer_changed", _("Cambiata l'offerta in preparazione."), group="mobility")
OFFER_ENTERED = declare("mobility.offer_entered", _("L'offerta è ora: %(state)s."), group="mobility")
LETTER_PRINTED = declare("mobility.letter", _("Stampata la lettera dell'offerta."), group="mobility")
ACCORD_WRITTEN = declare("mobility.accord_written", _("Cambiato il testo dell'accordo."), group="mobility")
ACCORD_ENTERED = declare("mobility.accord_entered", _("L'accordo è ora: %(state)s."), group="mobility")
ACCORD_PRINTED = declare("mobility.accord_printed", _("Stampato l'accordo."), group="mobility")
REMOVAL_ENTERED = declare("mobility.removal_entered", _("Il trasloco è ora: %(state)s."), group="mobility")
REMOVAL_FIXED = declare("mobility.removal_fixed", _("Trasloco fissato per il %(day)s."), group="mobility")
REMOVAL_STEP = declare("mobility.removal_step", _("Cambiato un passo del trasloco."), group="mobility")
DAY_SHEET = declare("mobility.day_sheet", _("Stampato il foglio dei traslochi del giorno."), group="mobility")
EXPENSE_CLAIMED = declare("mobility.expense", _("Registrata una spesa di trasferimento."), group="mobility")
EXPENSE_ENTERED = declare("mobility.expense_entered", _("La spesa è ora: %(state)s."), group="mobility")
RETURN_RENOUNCED = declare("mobility.renounced", _("Il nucleo ha rinunciato al rientro."), group="mobility")
RETURN_DONE = declare("mobility.return_done", _("Il diritto al rientro è concluso."), group="mobility")
FAMILY_LINK = declare("mobility.family_link", _("Dato al nucleo il collegamento privato."), group="mobility")
FAMILY_WROTE = declare("mobility.family_wrote", _("Il nucleo ha scritto dalla sua pagina."), group="mobility")
FAMILY_READ = declare("mobility.family_read", _("Letto il messaggio del nucleo."), group="mobility")
MOVING_ERASED = declare(
    "mobility.moving_erased", _("Cancellate le parole su offerte, traslochi e spese."), group="mobility"
)
