"""What the journal says of reports."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

RECEIVED = declare(
    "report.received",
    _("Segnalazione ricevuta (%(channel)s)."),
    told=_("Abbiamo ricevuto la segnalazione."),
    group="reports",
)
IMPORTED = declare("report.imported", _("Segnalazione importata da %(source)s."), group="reports")
IMPORT_BEGUN = declare(
    "import.begun", _("Importazione da %(source)s: comincia il file %(file)s."), group="reports"
)
IMPORT_ENDED = declare(
    "import.ended",
    _("Importazione da %(source)s finita: %(kept)s tenute, %(known)s già note, %(refused)s scartate."),
    group="reports",
)
UNIMPORTED = declare(
    "report.unimported",
    _("Importazione da %(source)s annullata: tolte %(count)s segnalazioni."),
    group="reports",
)
ME_TOO = declare(
    "report.me_too",
    _("Il problema riguarda anche un'altra persona."),
    told=_("Un'altra persona ha detto che il problema riguarda anche lei."),
    group="reports",
)
TAKEN = declare(
    "report.taken",
    _("%(operator)s segue la segnalazione."),
    told=_("%(first_name)s segue la tua segnalazione."),
    group="reports",
)
HANDED_BACK = declare(
    "report.handed_back", _("Rimessa tra le segnalazioni da prendere in carico."), group="reports"
)
WAITING = declare(
    "report.waiting",
    _("In attesa di una risposta di chi segnala: i termini sono fermi."),
    told=_("Ti abbiamo fatto una domanda: aspettiamo la tua risposta."),
    group="reports",
)
RESUMED = declare("report.resumed", _("I termini ripartono."), group="reports")
ANSWERED = declare("report.answered", _("Risposta data."), told=_("Ti abbiamo risposto."), group="reports")
REDIRECTED = declare(
    "report.redirected",
    _("Passata a %(body)s, con ricevuta."),
    told=_("Abbiamo passato la segnalazione a %(body)s, che se ne occupa."),
    group="network",
)
SET_ASIDE = declare(
    "report.set_aside",
    _("Messa da parte: %(reason)s"),
    told=_("La segnalazione è stata messa da parte: %(reason)s"),
    group="reports",
)
MERGED = declare(
    "report.merged",
    _("Unita a %(into)s."),
    told=_("La segnalazione è unita a un'altra sullo stesso problema."),
    group="reports",
)
ABSORBED = declare("report.absorbed", _("Unita qui %(other)s."), group="reports")
UNDONE = declare(
    "report.undone",
    _("Annullato: la segnalazione torna tra quelle da trattare."),
    told=_("La segnalazione è di nuovo aperta."),
    group="reports",
)
LINKED = declare(
    "report.linked",
    _("Entrata nel caso %(case)s."),
    told=_("La segnalazione è in un caso seguito da noi."),
    group="reports",
)
UNLINKED = declare("report.unlinked", _("Uscita dal caso %(case)s: %(reason)s"), group="reports")
CORRECTED = declare("report.corrected", _("Corretti: %(fields)s."), group="reports")
PUBLISHED = declare(
    "report.published", _("Mostrata sulla mappa pubblica, senza dati personali."), group="reports"
)
UNPUBLISHED = declare("report.unpublished", _("Tolta dalla mappa pubblica."), group="reports")
RESIDENT_WROTE = declare(
    "report.resident_wrote", _("Chi segnala ha scritto."), told=_("Ci hai scritto."), group="contacts"
)
UNIT_WROTE = declare(
    "report.unit_wrote", _("Abbiamo scritto a chi segnala."), told=_("Ti abbiamo scritto."), group="contacts"
)
EPISODE = declare(
    "report.episode",
    _("Nuovo episodio dal diario di chi segnala."),
    told=_("Hai aggiunto un episodio."),
    group="contacts",
)
CATEGORY_WRITTEN = declare("category.written", _("Tipo di problema aggiornato."))
LINK_RENEWED = declare(
    "report.link_renewed",
    _("Chi segnala ha chiuso i vecchi collegamenti privati e ne ha uno nuovo."),
    told=_("Hai chiuso i vecchi collegamenti e ne hai uno nuovo."),
    group="reports",
)
LINK_MAILED = declare(
    "report.link_mailed", _("Mandato un nuovo collegamento privato a chi segnala."), group="reports"
)
LINK_REVOKED = declare(
    "report.link_revoked", _("Chi segnala ha chiuso i suoi collegamenti privati."), group="reports"
)
DETAILS_LEFT = declare(
    "report.details_left",
    _("Chi segnala ha lasciato i suoi contatti."),
    told=_("Hai lasciato i tuoi contatti."),
    group="reports",
)
