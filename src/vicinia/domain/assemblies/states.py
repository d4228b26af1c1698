"""Where an assembly stands, how far its minutes have come, and what becomes of what it decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class AssemblyKind(models.TextChoices):
    ASSEMBLY = "assembly", _("assemblea")
    WORKSHOP = "workshop", _("laboratorio di progettazione")
    COMMITTEE = "committee", _("comitato")


class QuorumRule(models.TextChoices):
    """How many must be there for what is decided to count."""

    NONE = "none", _("nessun numero minimo")
    NUMBER = "number", _("un numero di presenti")
    SHARE = "share", _("una percentuale degli aventi diritto")


class AssemblyState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    CALLED = "called", _("convocata")
    HELD = "held", _("svolta")
    DESERTED = "deserted", _("andata deserta")
    CANCELLED = "cancelled", _("annullata")


A = AssemblyState
# What everybody may read of at the portal, if it is public at all.
SHOWN_STATES = (A.CALLED, A.HELD, A.DESERTED, A.CANCELLED)

ASSEMBLY_MOVES = Moves(
    "Assembly",
    AssemblyState,
    {
        A.DRAFT: {A.CALLED, A.CANCELLED},
        A.CALLED: {A.HELD, A.DESERTED, A.CANCELLED},
        A.HELD: set(),
        A.DESERTED: set(),
        A.CANCELLED: set(),
    },
)


class MinutesStage(models.TextChoices):
    SHARED = "shared", _("scrittura condivisa")
    OFFICIAL = "official", _("bozza ufficiale")
    AMENDING = "amending", _("correzioni aperte")
    VALIDATED = "validated", _("verbale approvato")


M = MinutesStage
MINUTES_MOVES = Moves(
    "Minutes",
    MinutesStage,
    {
        M.SHARED: {M.OFFICIAL},
        M.OFFICIAL: {M.SHARED, M.AMENDING},
        M.AMENDING: {M.OFFICIAL, M.VALIDATED},
        # Approved minutes are what everybody was told: they never change.
        M.VALIDATED: set(),
    },
)


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("da valutare")
    ACCEPTED = "accepted", _("accolta")
    REJECTED = "rejected", _("non accolta")


AMENDMENT_MOVES = Moves(
    "Amendment",
    AmendmentState,
    {
        AmendmentState.PROPOSED: {AmendmentState.ACCEPTED, AmendmentState.REJECTED},
        AmendmentState.ACCEPTED: set(),
        AmendmentState.REJECTED: set(),
    },
)


class ResolutionState(models.TextChoices):
    OPEN = "open", _("da avviare")
    UNDER_WAY = "under_way", _("in corso")
    DONE = "done", _("attuata")
    DROPPED = "dropped", _("non si fa più")


R = ResolutionState
OPEN_RESOLUTIONS = (R.OPEN, R.UNDER_WAY)
RESOLUTION_MOVES = Moves(
    "Resolution",
    ResolutionState,
    {
        R.OPEN: {R.UNDER_WAY, R.DONE, R.DROPPED},
        R.UNDER_WAY: {R.DONE, R.DROPPED},
        R.DONE: {R.UNDER_WAY},
        R.DROPPED: {R.UNDER_WAY},
    },
)


class SeatMark(models.TextChoices):
    UNKNOWN = "unknown", _("da segnare")
    PRESENT = "present", _("presente")
    DELEGATED = "delegated", _("presente per delega")
    EXCUSED = "excused", _("assente giustificato")
    ABSENT = "absent", _("assente")


COUNTED_MARKS = (SeatMark.PRESENT, SeatMark.DELEGATED)
