"""What the journal says of early warning."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

SETTINGS = declare("foresight.settings", _("Cambiato come si cercano le allerte: %(what)s."))
GROUP = declare("foresight.group", _("Cambiato il gruppo di tipi «%(group)s»: %(kinds)s."))
GROUPS_PROPOSED = declare(
    "foresight.groups_proposed", _("Fatti i gruppi di tipi, dai gruppi delle categorie.")
)
RUN_ASKED = declare("foresight.run_asked", _("Chiesta una ricerca di allerte fino al %(day)s."))
RUN_BEGUN = declare("foresight.run_begun", _("Cominciata la ricerca di allerte fino al %(day)s."))
RUN_DONE = declare(
    "foresight.run_done", _("Finita la ricerca di allerte: %(new)s nuove, %(again)s viste di nuovo.")
)
RUN_FAILED = declare("foresight.run_failed", _("Non è riuscita la ricerca di allerte fino al %(day)s."))
FOUND = declare("alert.found", _("Trovata un'allerta: %(group)s, %(place)s."))
SEEN_AGAIN = declare("alert.seen_again", _("Vista di nuovo: %(observed)s segnalazioni, %(new)s in più."))
WATCHED = declare("alert.watched", _("Da tenere d'occhio fino al %(day)s."))
DISMISSED = declare("alert.dismissed", _("Archiviata: %(reason)s."))
OPENED_CASE = declare("alert.opened_case", _("Aperto il caso %(case)s sul luogo."))
LINKED_CASE = declare("alert.linked_case", _("Collegata al caso %(case)s."))
TAKEN_BACK = declare("alert.taken_back", _("Rimessa tra le nuove."))
BORN_OF_ALERT = declare("case.born_of_alert", _("Collegato all'allerta %(alert)s."), group="case")
RECOMPUTE_ASKED = declare("alert.recompute_asked", _("Chiesto di ricalcolarla dai conteggi conservati."))
RECOMPUTED_SAME = declare("alert.recomputed_same", _("Ricalcolata: risulta identica."))
RECOMPUTED_OTHER = declare("alert.recomputed_other", _("Ricalcolata: il risultato è diverso."))
