"""Where a network meeting stands, who was there, and why a case is proposed for one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("in programma")
    HELD = "held", _("verbale aperto")
    MINUTED = "minuted", _("verbale chiuso")
    CANCELLED = "cancelled", _("annullato")


S = MeetingState
# Still to be held, or still to be written up.
OPEN_STATES = (S.PLANNED, S.HELD)

MEETING_MOVES = Moves(
    "Meeting",
    MeetingState,
    {
        S.PLANNED: {S.HELD, S.CANCELLED},
        S.HELD: {S.MINUTED},
        # Closed minutes are corrected by a note added beneath them, never changed.
        S.MINUTED: set(),
        S.CANCELLED: set(),
    },
)


class Attendance(models.TextChoices):
    UNKNOWN = "unknown", _("da segnare")
    YES = "yes", _("presente")
    NO = "no", _("assente")
    EXCUSED = "excused", _("assente giustificato")


class Reason(models.TextChoices):
    """Why an open case is proposed for a meeting."""

    REFERRAL = "referral", _("c'è una richiesta aperta a un ente")
    BLOCKED = "blocked", _("qualcosa lo tiene fermo")
    RISK = "risk", _("rischio alto")
    REPORTS = "reports", _("molte segnalazioni sullo stesso luogo")
    STALLED = "stalled", _("è fermo nella stessa fase da tempo")
