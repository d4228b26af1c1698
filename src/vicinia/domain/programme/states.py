"""Where a programme, an action sheet and a funder report stand; what an activity and an indicator can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    ACTIVE = "active", _("in corso")
    CLOSED = "closed", _("concluso")


P = ProgrammeState
PROGRAMME_MOVES = Moves(
    "Programme", ProgrammeState, {P.DRAFT: {P.ACTIVE}, P.ACTIVE: {P.CLOSED}, P.CLOSED: {P.ACTIVE}}
)


class AxisKind(models.TextChoices):
    HOUSING = "housing", _("abitare")
    SOCIAL = "social", _("azioni sociali")
    COMMUNICATION = "communication", _("comunicazione e animazione")
    OTHER = "other", _("altro")


class SheetState(models.TextChoices):
    PLANNED = "planned", _("da avviare")
    UNDER_WAY = "under_way", _("in corso")
    SUSPENDED = "suspended", _("sospesa")
    DONE = "done", _("conclusa")
    DROPPED = "dropped", _("non si fa più")


S = SheetState
SHEET_MOVES = Moves(
    "ActionSheet",
    SheetState,
    {
        S.PLANNED: {S.UNDER_WAY, S.DROPPED},
        S.UNDER_WAY: {S.SUSPENDED, S.DONE, S.DROPPED},
        S.SUSPENDED: {S.UNDER_WAY, S.DROPPED},
        S.DONE: {S.UNDER_WAY},
        S.DROPPED: {S.PLANNED},
    },
)
# What must be told of in a report.
LIVE_SHEETS = (S.UNDER_WAY, S.SUSPENDED)


class ActivityKind(models.TextChoices):
    DESK = "desk", _("sportello")
    MEETING = "meeting", _("incontro o assemblea")
    WORKSHOP = "workshop", _("laboratorio")
    VISIT = "visit", _("visita a casa o giro")
    MEDIATION = "mediation", _("mediazione")
    COMMUNICATION = "communication", _("comunicazione")
    EVENT = "event", _("festa o evento")
    NETWORK = "network", _("lavoro con altri enti")
    TRAINING = "training", _("formazione")
    OTHER = "other", _("altra attività")


class Measure(models.TextChoices):
    """What an indicator takes of the records that it counts."""

    RECORDS = "records", _("quante volte è successo")
    AMOUNT = "amount", _("la somma delle quantità")
    PEOPLE = "people", _("quante persone, ognuna una volta")


class Scope(models.TextChoices):
    """Which records an indicator counts: all of the town, or those that activities of the sheet name."""

    ALL = "all", _("tutto ciò che è registrato nel periodo")
    SHEET = "sheet", _("solo ciò che è collegato alle attività di questa scheda")


class MemberKind(models.TextChoices):
    INSTITUTION = "institution", _("istituzione")
    SIGNATORY = "signatory", _("firmatario")
    RESIDENT = "resident", _("rappresentante degli abitanti")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    CHECKED = "checked", _("controllato")
    FROZEN = "frozen", _("congelato")
    SENT = "sent", _("inviato")
    QUERIED = "queried", _("richieste da chiarire")
    INTEGRATED = "integrated", _("integrato")
    APPROVED = "approved", _("approvato")


R = ReportState
REPORT_MOVES = Moves(
    "FunderReport",
    ReportState,
    {
        R.DRAFT: {R.CHECKED},
        R.CHECKED: {R.DRAFT, R.FROZEN},
        # A slip found before sending: what was frozen stays, and is followed by another edition.
        R.FROZEN: {R.DRAFT, R.SENT},
        R.SENT: {R.QUERIED, R.APPROVED},
        R.QUERIED: {R.INTEGRATED},
        R.INTEGRATED: {R.QUERIED, R.APPROVED},
        R.APPROVED: set(),
    },
)
SENT_REPORTS = (R.SENT, R.QUERIED, R.INTEGRATED, R.APPROVED)
OPEN_REPORTS = (R.DRAFT, R.CHECKED, R.FROZEN, R.QUERIED)


class FileKind(models.TextChoices):
    """In which forms a report is given out."""

    PDF = "pdf", _("PDF")
    ODT = "odt", _("testo ODT")
    XLSX = "xlsx", _("foglio XLSX")
