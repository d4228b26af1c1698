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
