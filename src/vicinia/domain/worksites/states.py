"""Where a worksite, a lot, a disruption, a complaint and a site walk stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class WorksiteState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    OPEN = "open", _("aperto")
    CLOSED = "closed", _("chiuso")


SHOWN_WORKSITES = (WorksiteState.OPEN, WorksiteState.CLOSED)
WORKSITE_MOVES = Moves(
    "Worksite",
    WorksiteState,
    {
        WorksiteState.DRAFT: {WorksiteState.OPEN},
        WorksiteState.OPEN: {WorksiteState.CLOSED},
        WorksiteState.CLOSED: {WorksiteState.OPEN},
    },
)


class LotState(models.TextChoices):
    """From the drawing board to the keys. Works stop for a while (suspended) or lose their contractor (terminated)."""

    DESIGNED = "designed", _("progettato")
    TENDERED = "tendered", _("in gara")
    CONTRACTED = "contracted", _("contratto firmato")
    HANDED_OVER = "handed_over", _("consegnato all'impresa")
    IN_PROGRESS = "in_progress", _("lavori in corso")
    SUSPENDED = "suspended", _("lavori sospesi")
    TERMINATED = "terminated", _("contratto risolto")
    RESTARTED = "restarted", _("lavori ripresi con un nuovo contratto")
    COMPLETED = "completed", _("lavori finiti")
    TESTED = "tested", _("collaudato")
    HABITABLE = "habitable", _("abitabile")


L = LotState
LOT_MOVES = Moves(
    "Lot",
    LotState,
    {
        L.DESIGNED: {L.TENDERED},
        # A tender that nobody wins goes back to the drawing board.
        L.TENDERED: {L.CONTRACTED, L.DESIGNED},
        L.CONTRACTED: {L.HANDED_OVER, L.TERMINATED},
        L.HANDED_OVER: {L.IN_PROGRESS, L.TERMINATED},
        L.IN_PROGRESS: {L.SUSPENDED, L.TERMINATED, L.COMPLETED},
        L.SUSPENDED: {L.IN_PROGRESS, L.RESTARTED, L.TERMINATED},
        L.TERMINATED: {L.RESTARTED},
        L.RESTARTED: {L.SUSPENDED, L.TERMINATED, L.COMPLETED},
        # What the test finds is mended first.
        L.COMPLETED: {L.TESTED, L.IN_PROGRESS},
        L.TESTED: {L.HABITABLE},
        L.HABITABLE: set(),
    },
)
# States that are entered with a reason, which everybody reads.
WITH_REASON = (L.SUSPENDED, L.TERMINATED)
# In which a lot has a contractor who answers.
WITH_CONTRACTOR = (L.CONTRACTED, L.HANDED_OVER, L.IN_PROGRESS, L.RESTARTED)
AT_WORK = (L.IN_PROGRESS, L.RESTARTED)
BUILT = (L.COMPLETED, L.TESTED, L.HABITABLE)


class InterventionKind(models.TextChoices):
    """What is done to a dwelling."""

    REFURBISH = "refurbish", _("ristrutturazione")
    SYSTEMS = "systems", _("impianti")
    MERGE = "merge", _("accorpamento con un altro alloggio")
    SPLIT = "split", _("frazionamento")
    DEMOLISH = "demolish", _("demolizione")


class DisruptionKind(models.TextChoices):
    """What makes life harder for who lives beside the works."""

    NOISE = "noise", _("rumore")
    DUST = "dust", _("polvere")
    WATER = "water", _("manca l'acqua")
    LIFT = "lift", _("ascensore fermo")
    ACCESS = "access", _("accesso limitato")
    PARKING = "parking", _("divieto di sosta")


class DisruptionState(models.TextChoices):
    PLANNED = "planned", _("previsto")
    CANCELLED = "cancelled", _("annullato")


DISRUPTION_MOVES = Moves(
    "Disruption",
    DisruptionState,
    {DisruptionState.PLANNED: {DisruptionState.CANCELLED}, DisruptionState.CANCELLED: set()},
)


class ComplaintKind(models.TextChoices):
    """What is wrong, as who lives there would say it."""

    NOISE = "noise", _("rumore o orari")
    DUST = "dust", _("polvere o sporco")
    WATER = "water", _("acqua, luce o gas")
    LIFT = "lift", _("ascensore")
    ACCESS = "access", _("passaggi e accessi")
    DAMAGE = "damage", _("danni in casa o nelle parti comuni")
    SAFETY = "safety", _("pericolo")
    OTHER = "other", _("altro")


# What cannot wait until tomorrow, whatever who writes has ticked.
URGENT_KINDS = (ComplaintKind.SAFETY,)


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("da rispondere")
    ANSWERED = "answered", _("ha una risposta")
    DONE = "done", _("sistemata secondo l'impresa")
    CLOSED = "closed", _("chiusa")


C = ComplaintState
COMPLAINT_MOVES = Moves(
    "Complaint",
    ComplaintState,
    {
        C.RECEIVED: {C.ANSWERED, C.DONE, C.CLOSED},
        C.ANSWERED: {C.DONE, C.CLOSED, C.RECEIVED},
        C.DONE: {C.CLOSED, C.RECEIVED},
        C.CLOSED: {C.RECEIVED},
    },
)
OPEN_COMPLAINTS = (C.RECEIVED, C.ANSWERED, C.DONE)


class ComplaintChannel(models.TextChoices):
    PORTAL = "portal", _("dal portale")
    DESK = "desk", _("allo sportello")
    PHONE = "phone", _("al telefono")
    PAPER = "paper", _("su carta")


class Escalation(models.IntegerChoices):
    """How far a reply that does not come has gone up."""

    NONE = 0, _("nessun sollecito")
    REMINDED = 1, _("impresa sollecitata")
    MANAGER = 2, _("direzione lavori avvisata")
    COORDINATOR = 3, _("coordinatore avvisato")


class Side(models.TextChoices):
    """Who wrote on a complaint."""

    RESIDENT = "resident", _("chi ha segnalato")
    UNIT = "unit", _("il laboratorio")
    BODY = "body", _("impresa o direzione lavori")


class WalkState(models.TextChoices):
    PLANNED = "planned", _("in programma")
    HELD = "held", _("svolto")
    CANCELLED = "cancelled", _("annullato")


WALK_MOVES = Moves(
    "SiteWalk",
    WalkState,
    {
        WalkState.PLANNED: {WalkState.HELD, WalkState.CANCELLED},
        WalkState.HELD: set(),
        WalkState.CANCELLED: set(),
    },
)
