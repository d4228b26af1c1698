"""Where a behaviour agreement stands, what is in it, and how one answers when it is not kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class AgreementState(models.TextChoices):
    INVITED = "invited", _("proposto")
    SIGNED = "signed", _("firmato, non ancora in vigore")
    IN_FORCE = "in_force", _("in vigore")
    BREACHED = "breached", _("non rispettato, da decidere")
    COMPLETED = "completed", _("concluso")
    ESCALATED = "escalated", _("passato ad altri")
    WITHDRAWN = "withdrawn", _("ritirato")
    REFUSED = "refused", _("rifiutato")


S = AgreementState
OPEN_STATES = (S.INVITED, S.SIGNED, S.IN_FORCE, S.BREACHED)
# Where reviews are made and breaches written down.
RUNNING = (S.IN_FORCE, S.BREACHED)
# Where new terms may be signed: the first ones, or those that replace them.
SIGNING = (S.INVITED, S.IN_FORCE, S.BREACHED)
ENDED = tuple(state for state in S if state not in OPEN_STATES)
WAS_SIGNED = (S.SIGNED, S.IN_FORCE, S.BREACHED, S.COMPLETED, S.ESCALATED)

AGREEMENT_MOVES = Moves(
    "BehaviourAgreement",
    AgreementState,
    {
        S.INVITED: {S.SIGNED, S.REFUSED, S.WITHDRAWN},
        S.SIGNED: {S.IN_FORCE, S.WITHDRAWN},
        S.IN_FORCE: {S.BREACHED, S.COMPLETED, S.WITHDRAWN},
        # A talk, a warning or new terms put it in force again; it ends only by passing it on, or by giving it up.
        S.BREACHED: {S.IN_FORCE, S.ESCALATED, S.WITHDRAWN},
        S.COMPLETED: set(),
        S.ESCALATED: set(),
        S.WITHDRAWN: set(),
        S.REFUSED: set(),
    },
)


class Part(models.TextChoices):
    """What somebody is in an agreement."""

    COMMITS = "commits", _("chi si impegna")
    GUARDIAN = "guardian", _("genitore o tutore")
    BODY = "body", _("ente che sostiene")
    UNIT = "unit", _("noi")


class TermKind(models.TextChoices):
    """Nothing is only forbidden: it also says what one does, and what is done in return."""

    WILL_NOT = "will_not", _("che cosa non farò")
    WILL = "will", _("che cosa farò")
    SUPPORT = "support", _("che cosa facciamo per aiutarti")


class Way(models.TextChoices):
    """How somebody is invited."""

    IN_PERSON = "in_person", _("di persona")
    PHONE = "phone", _("per telefono")
    LETTER = "letter", _("con una lettera")


class Answer(models.TextChoices):
    """What is answered to an invitation."""

    YES = "yes", _("sì, ne parliamo")
    NO = "no", _("no")
    UNDECIDED = "undecided", _("non sa ancora")
    NONE = "none", _("nessuna risposta")


class Held(models.TextChoices):
    """How an agreement is kept, at a review and at its end."""

    YES = "yes", _("rispettato")
    PARTLY = "partly", _("in parte")
    NO = "no", _("non rispettato")


class Grade(models.TextChoices):
    """How one answers when it is not kept, from the mildest on."""

    TALK = "talk", _("richiamo a voce")
    WARNING = "warning", _("avviso scritto")
    REVISION = "revision", _("patti da rivedere insieme")
    ESCALATION = "escalation", _("si passa ad altri")


GRADE_ORDER = tuple(Grade)


class PassedTo(models.TextChoices):
    """Who goes on when an agreement is not enough."""

    NETWORK = "network", _("il tavolo di rete")
    SERVICES = "services", _("il servizio sociale o sanitario")
    LANDLORD = "landlord", _("il proprietario o gestore della casa")
    POLICE = "police", _("la polizia locale o un'altra autorità")


class GivenUp(models.TextChoices):
    """Why an agreement is withdrawn. Whoever signed may always give it up."""

    THEY = "they", _("chi l'ha firmato non vuole più")
    WE = "we", _("lo ritiriamo noi")
    MOVED = "moved", _("la situazione è cambiata, non serve più")
