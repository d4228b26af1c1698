"""What can happen to what we keep of a person. No fact names the person."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PERSON_MET = declare("person.met", _("Abbiamo conosciuto questa persona."), group="people")
PERSON_CORRECTED = declare(
    "person.corrected", _("%(operator)s ha corretto i dati: %(fields)s."), group="people"
)
PERSON_NEEDS_NOTED = declare(
    "person.needs_noted", _("%(operator)s ha annotato che cosa sapere prima di contattarla."), group="people"
)
PERSON_MERGED = declare(
    "person.merged", _("%(operator)s ha unito qui la scheda doppia %(gone)s."), group="people"
)
PERSON_MERGE_UNDONE = declare(
    "person.merge_undone", _("%(operator)s ha separato di nuovo la scheda %(gone)s."), group="people"
)
PERSON_EXPORTED = declare(
    "person.exported", _("%(operator)s ha preparato la copia dei dati per la persona."), group="people"
)
PERSON_ERASED = declare(
    "person.erased",
    _("%(operator)s ha cancellato i dati della persona: %(rows)s righe ripulite."),
    group="people",
)
HOUSEHOLD_MADE = declare("household.made", _("%(operator)s ha aggiunto questo nucleo."), group="people")
HOUSEHOLD_MOVED_IN = declare(
    "household.moved_in", _("%(operator)s: il nucleo è entrato in un alloggio."), group="people"
)
HOUSEHOLD_MOVED_OUT = declare(
    "household.moved_out", _("%(operator)s: il nucleo ha lasciato l'alloggio."), group="people"
)
HOUSEHOLD_STATED = declare(
    "household.stated", _("%(operator)s ha corretto lingue e numero di persone."), group="people"
)
MEMBER_ADDED = declare("household.member_added", _("%(operator)s ha aggiunto una persona."), group="people")
MEMBER_RELATED = declare("household.member_related", _("%(operator)s ha corretto un legame."), group="people")
MEMBER_REMOVED = declare("household.member_removed", _("%(operator)s ha tolto una persona."), group="people")
MEMBER_ERASED = declare(
    "household.member_erased",
    _("Una persona non c'è più: i suoi dati sono stati cancellati."),
    group="people",
)
