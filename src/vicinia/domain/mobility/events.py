"""What the journal says of the mobility. No word of a household, no name of who lives in it."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

TABLE_MADE = declare("mobility.table_made", _("Scritta la tabella di adeguatezza."), group="mobility")
TABLE_CHANGED = declare("mobility.table_changed", _("Cambiata la tabella di adeguatezza."), group="mobility")
TABLE_RETIRED = declare(
    "mobility.table_retired", _("Tabella di adeguatezza tolta da quelle in uso."), group="mobility"
)
RELOCATION_MADE = declare("mobility.made", _("Mobilità messa in preparazione."), group="mobility")
RELOCATION_CHANGED = declare("mobility.changed", _("Cambiati i dati della mobilità."), group="mobility")
RELOCATION_CLOSED = declare("mobility.closed", _("Mobilità chiusa."), group="mobility")
RELOCATION_REOPENED = declare("mobility.reopened", _("Mobilità riaperta."), group="mobility")
UNITS_ADDED = declare(
    "mobility.units_added", _("Alloggi aggiunti alla mobilità: %(count)s."), group="mobility"
)
UNIT_SPARE = declare("mobility.unit_spare", _("%(where)s è ora un alloggio volano."), group="mobility")
UNIT_NOT_SPARE = declare(
    "mobility.unit_not_spare", _("%(where)s non è più un alloggio volano."), group="mobility"
)
UNIT_REMOVED = declare("mobility.unit_removed", _("%(where)s tolto dalla mobilità."), group="mobility")
SPELL_ADDED = declare("mobility.spell_added", _("%(where)s: %(why)s dal %(day)s."), group="mobility")
SPELL_CHANGED = declare(
    "mobility.spell_changed", _("%(where)s: cambiato il periodo «%(why)s»."), group="mobility"
)
SPELL_ENDED = declare("mobility.spell_ended", _("%(where)s: «%(why)s» finisce il %(day)s."), group="mobility")
SPELL_REMOVED = declare(
    "mobility.spell_removed", _("%(where)s: tolto il periodo «%(why)s»."), group="mobility"
)
HOUSEHOLDS_TAKEN_IN = declare(
    "mobility.households_taken_in",
    _("File di nuclei importato: %(new)s nuovi, %(changed)s cambiati, %(refused)s righe scartate."),
    group="mobility",
)

FILE_OPENED = declare("mobility.file_opened", _("Nucleo censito per la mobilità."), group="mobility")
FILE_NUMBERS = declare(
    "mobility.file_numbers", _("Cambiati i dati del nucleo che contano per il piano."), group="mobility"
)
FILE_TAKEN = declare("mobility.file_taken", _("%(operator)s accompagna il nucleo."), group="mobility")
FILE_GIVEN = declare(
    "mobility.file_given", _("%(operator)s ha affidato l'accompagnamento a %(companion)s."), group="mobility"
)
FILE_LEFT = declare("mobility.file_left", _("%(companion)s non accompagna più il nucleo."), group="mobility")
FILE_INTERVIEW = declare("mobility.file_interview", _("Scritto un colloquio."), group="mobility")
FILE_INTERVIEW_CHANGED = declare(
    "mobility.file_interview_changed", _("Corretto un colloquio."), group="mobility"
)
FILE_CASE = declare("mobility.file_case", _("Aperto il caso %(case)s."), group="mobility")
FILE_NEEDS = declare("mobility.file_needs", _("Scritte le esigenze del nucleo."), group="mobility")
FILE_ASSESSED = declare("mobility.file_assessed", _("Esigenze confermate."), group="mobility")
FILE_NEAR = declare("mobility.file_near", _("Cambiato vicino a chi vuole restare."), group="mobility")
FILE_REFUSAL = declare("mobility.file_refusal", _("Segnato un alloggio che non va bene."), group="mobility")
FILE_REFUSAL_BACK = declare(
    "mobility.file_refusal_back", _("Un alloggio che non andava bene può andare."), group="mobility"
)
FILE_RETURN_ENDED = declare(
    "mobility.file_return_ended", _("Il nucleo rinuncia al rientro."), group="mobility"
)
FILE_CLOSED = declare("mobility.file_closed", _("Accompagnamento chiuso."), group="mobility")
FILE_REOPENED = declare("mobility.file_reopened", _("Accompagnamento riaperto."), group="mobility")
FILE_ERASED = declare("mobility.file_erased", _("Cancellate le parole del fascicolo."), group="mobility")

ACCOMPANIED = matters.declare(
    "mobility.accompanied", _("L'accompagnamento al trasferimento è ancora in corso.")
)
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
RETURN_DONE = declare("mobility.return_done", _("Il diritto al rientro è concluso."), group="mobility")
FAMILY_LINK = declare("mobility.family_link", _("Dato al nucleo il collegamento privato."), group="mobility")
FAMILY_WROTE = declare("mobility.family_wrote", _("Il nucleo ha scritto dalla sua pagina."), group="mobility")
FAMILY_READ = declare("mobility.family_read", _("Letto il messaggio del nucleo."), group="mobility")
MOVING_ERASED = declare(
    "mobility.moving_erased", _("Cancellate le parole su offerte, traslochi e spese."), group="mobility"
)
