"""Where a rehousing file, a plan, an offer, an accord, a move and an expense stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class SpellKind(models.TextChoices):
    """Why nobody can live in a dwelling for a while. Works that worksites keep are not written here."""

    UNFIT = "unfit", _("non abitabile")
    RESERVED = "reserved", _("tenuto per altri")
    NOT_YET = "not_yet", _("non ancora costruito")
    GONE = "gone", _("demolito o unito a un altro")
    WORKS = "works", _("lavori fuori dai cantieri registrati")


class FileState(models.TextChoices):
    """How far the accompaniment of a household is."""

    CENSUS = "census", _("censito")
    INTERVIEWED = "interviewed", _("intervistato")
    ASSESSED = "assessed", _("esigenze definite")
    OFFERED = "offered", _("offerta in corso")
    AGREED = "agreed", _("accordo firmato")
    SCHEDULED = "scheduled", _("trasloco fissato")
    AWAY = "away", _("trasferito per i lavori")
    RETURNED = "returned", _("rientrato")
    SETTLED = "settled", _("sistemato in modo definitivo")
    CLOSED = "closed", _("chiuso")


F = FileState
FILE_MOVES = Moves(
    "RehousingFile",
    FileState,
    {
        F.CENSUS: {F.INTERVIEWED, F.CLOSED},
        F.INTERVIEWED: {F.ASSESSED, F.CLOSED},
        F.ASSESSED: {F.OFFERED, F.CLOSED},
        # An offer that is refused, that nobody answers or that is taken back leads to the next one.
        F.OFFERED: {F.ASSESSED, F.AWAY, F.AGREED, F.CLOSED},
        F.AGREED: {F.SCHEDULED, F.ASSESSED, F.AWAY},
        F.SCHEDULED: {F.AGREED, F.AWAY, F.RETURNED, F.SETTLED},
        F.AWAY: {F.OFFERED},
        F.RETURNED: {F.OFFERED, F.CLOSED},
        F.SETTLED: {F.CLOSED},
        F.CLOSED: {F.CENSUS},
    },
)
# The household lives where it ended up, or the file is over.
ENDED_FILES = (F.RETURNED, F.SETTLED, F.CLOSED)


class InterviewPlace(models.TextChoices):
    HOME = "home", _("a casa")
    DESK = "desk", _("allo sportello")
    PHONE = "phone", _("al telefono")


class RefusalReason(models.TextChoices):
    """Why a household does not want a dwelling."""

    SIZE = "size", _("troppo piccolo o troppo grande")
    STEPS = "steps", _("scale o barriere")
    SCHOOL = "school", _("lontano dalla scuola")
    WORK = "work", _("lontano dal lavoro")
    CARE = "care", _("lontano da chi assiste")
    NEIGHBOURS = "neighbours", _("lontano dai vicini")
    CONDITION = "condition", _("stato dell'alloggio")
    FEAR = "fear", _("timore o conflitto con chi ci abita")
    OTHER = "other", _("altro")


class PlanKind(models.TextChoices):
    """What a plan was computed for."""

    PLAN = "plan", _("piano")
    REPLAN = "replan", _("nuovo piano con meno cambiamenti possibili")
    WHAT_IF = "what_if", _("e se…")


class PlanState(models.TextChoices):
    QUEUED = "queued", _("in attesa")
    RUNNING = "running", _("in calcolo")
    PROPOSED = "proposed", _("proposta")
    IMPOSSIBLE = "impossible", _("impossibile")
    PUBLISHED = "published", _("pubblicato")
    REPLACED = "replaced", _("sostituito")
    DISCARDED = "discarded", _("scartato")
    CANCELLED = "cancelled", _("calcolo fermato")
    FAILED = "failed", _("calcolo non riuscito")


P = PlanState
PLAN_MOVES = Moves(
    "MobilityPlan",
    PlanState,
    {
        P.QUEUED: {P.RUNNING, P.CANCELLED},
        # A worker that is killed says nothing more: what it computed waits again.
        P.RUNNING: {P.QUEUED, P.PROPOSED, P.IMPOSSIBLE, P.CANCELLED, P.FAILED},
        P.PROPOSED: {P.PUBLISHED, P.DISCARDED},
        P.IMPOSSIBLE: {P.DISCARDED},
        P.PUBLISHED: {P.REPLACED},
        P.REPLACED: set(),
        P.DISCARDED: set(),
        P.CANCELLED: {P.QUEUED},
        P.FAILED: {P.QUEUED},
    },
)
OPEN_PLANS = (P.QUEUED, P.RUNNING)
# Plans that say who lives where.
WITH_STAYS = (P.PROPOSED, P.PUBLISHED, P.REPLACED)


class Change(models.TextChoices):
    """What a what-if supposes, and what a question asks beside."""

    SPARE = "spare", _("un alloggio volano in più")
    LOT_LATER = "lot_later", _("un lotto che slitta")
    NOBODY_OUTSIDE = "nobody_outside", _("nessuno fuori dal quartiere")
    TOLERANCE = "tolerance", _("alloggi un po' più piccoli")
    REFUSAL = "refusal", _("un rifiuto ritirato")
    MOVE = "move", _("un trasferimento in più per un nucleo")
    RETURN = "return", _("un nucleo che non rientra")
    LOCK = "lock", _("un vincolo tolto")
    REMOVALS = "removals", _("un trasloco in più per fase")
    POOL = "pool", _("quanti alloggi volano servono")


class OfferKind(models.TextChoices):
    """What a dwelling is offered for."""

    TEMPORARY = "temporary", _("per il tempo dei lavori")
    RETURN = "return", _("per il rientro")
    FINAL = "final", _("in modo definitivo")


class OfferState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    SENT = "sent", _("inviata")
    ACCEPTED = "accepted", _("accettata")
    REFUSED = "refused", _("rifiutata")
    UNANSWERED = "unanswered", _("senza risposta")
    WITHDRAWN = "withdrawn", _("ritirata")


O = OfferState  # noqa: E741  read as a name of the table below
OFFER_MOVES = Moves(
    "Offer",
    OfferState,
    {
        O.DRAFT: {O.SENT, O.WITHDRAWN},
        O.SENT: {O.ACCEPTED, O.REFUSED, O.UNANSWERED, O.WITHDRAWN},
        # Who answers late has answered.
        O.UNANSWERED: {O.ACCEPTED, O.REFUSED, O.WITHDRAWN},
        O.ACCEPTED: {O.WITHDRAWN},
        O.REFUSED: set(),
        O.WITHDRAWN: set(),
    },
)
OPEN_OFFERS = (O.DRAFT, O.SENT, O.UNANSWERED)


class AccordState(models.TextChoices):
    PREPARED = "prepared", _("da firmare")
    SIGNED = "signed", _("firmato")
    CANCELLED = "cancelled", _("annullato")


ACCORD_MOVES = Moves(
    "Accord",
    AccordState,
    {
        AccordState.PREPARED: {AccordState.SIGNED, AccordState.CANCELLED},
        AccordState.SIGNED: {AccordState.CANCELLED},
        AccordState.CANCELLED: set(),
    },
)


class RelocationStep(models.TextChoices):
    """What has to be done for a household to move."""

    REMOVAL = "removal", _("traslocatori")
    STORAGE = "storage", _("deposito dei mobili")
    KEYS_OUT = "keys_out", _("chiavi del vecchio alloggio")
    KEYS_IN = "keys_in", _("chiavi del nuovo alloggio")
    METERS = "meters", _("letture e volture dei contatori")
    MAIL = "mail", _("posta inoltrata")
    REGISTRY = "registry", _("cambio di residenza")
    SCHOOL = "school", _("scuola avvisata")
    CARE = "care", _("medico e assistenza avvisati")
    ADAPTATIONS = "adaptations", _("ausili e adattamenti")
    CLEANING = "cleaning", _("alloggio pulito e controllato")


class RemovalState(models.TextChoices):
    """Where a move from one dwelling to another stands."""

    PLANNED = "planned", _("da fissare")
    SCHEDULED = "scheduled", _("fissato")
    DONE = "done", _("fatto")
    CANCELLED = "cancelled", _("annullato")


R = RemovalState
REMOVAL_MOVES = Moves(
    "Removal",
    RemovalState,
    {
        R.PLANNED: {R.SCHEDULED, R.CANCELLED},
        R.SCHEDULED: {R.DONE, R.PLANNED, R.CANCELLED},
        R.DONE: set(),
        R.CANCELLED: set(),
    },
)


class ExpenseKind(models.TextChoices):
    REMOVAL = "removal", _("trasloco")
    STORAGE = "storage", _("deposito")
    METERS = "meters", _("allacci e volture")
    ADAPTATIONS = "adaptations", _("adattamenti")
    RENT = "rent", _("differenza di canone")
    HOTEL = "hotel", _("sistemazione provvisoria")
    OTHER = "other", _("altro")


class ExpenseState(models.TextChoices):
    CLAIMED = "claimed", _("chiesta")
    APPROVED = "approved", _("approvata")
    REFUSED = "refused", _("respinta")
    PAID = "paid", _("pagata")


EXPENSE_MOVES = Moves(
    "Expense",
    ExpenseState,
    {
        ExpenseState.CLAIMED: {ExpenseState.APPROVED, ExpenseState.REFUSED},
        ExpenseState.APPROVED: {ExpenseState.PAID},
        # What was missing has come: the claim is looked at again.
        ExpenseState.REFUSED: {ExpenseState.CLAIMED},
        ExpenseState.PAID: set(),
    },
)
UNPAID = (ExpenseState.CLAIMED, ExpenseState.APPROVED)


class MessageKind(models.TextChoices):
    """What a household writes from its page."""

    QUESTION = "question", _("una domanda")
    OTHER_DAY = "other_day", _("non posso quel giorno")
