"""Where a mediation stands, what is asked to find out whether it suits, and the answers that cross the wall as a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves
from vicinia.foundation.kernel.verdict import Sentence


class MediationState(models.TextChoices):
    """All that is told of a mediation outside its wall, besides its dates."""

    REQUESTED = "requested", _("in attesa del mediatore")
    FIRST_TALKS = "first_talks", _("primi colloqui")
    SESSIONS = "sessions", _("incontri tra le parti")
    AGREED = "agreed", _("accordo da firmare")
    CHECKING = "checking", _("accordo firmato, in verifica")
    KEPT = "kept", _("accordo rispettato")
    NOT_KEPT = "not_kept", _("accordo non rispettato")
    NO_AGREEMENT = "no_agreement", _("finita senza accordo")
    NOT_SUITABLE = "not_suitable", _("non adatta alla mediazione")
    REFUSED = "refused", _("una parte non vuole")
    DECLINED = "declined", _("rifiutata dal mediatore")
    WITHDRAWN = "withdrawn", _("ritirata")


S = MediationState
# Where the parties talk, or will: the case waits for it.
RUNNING = (S.REQUESTED, S.FIRST_TALKS, S.SESSIONS, S.AGREED)
OPEN_STATES = (*RUNNING, S.CHECKING)
# Where the mediator writes down talks and meetings.
TALKING = (S.FIRST_TALKS, S.SESSIONS, S.AGREED, S.CHECKING)
# Where the terms of the agreement are written; once it is signed they stay as they are.
WRITING_TERMS = (S.SESSIONS, S.AGREED)
# Where there is an agreement to print.
WITH_AGREEMENT = (S.AGREED, S.CHECKING, S.KEPT, S.NOT_KEPT)
ENDED = tuple(state for state in S if state not in OPEN_STATES)

MEDIATION_MOVES = Moves(
    "Mediation",
    MediationState,
    {
        S.REQUESTED: {S.FIRST_TALKS, S.DECLINED, S.WITHDRAWN},
        S.FIRST_TALKS: {S.SESSIONS, S.NOT_SUITABLE, S.REFUSED, S.WITHDRAWN},
        # Violence may come out late: a mediation stops at any meeting.
        S.SESSIONS: {S.AGREED, S.NO_AGREEMENT, S.NOT_SUITABLE, S.REFUSED, S.WITHDRAWN},
        # Who has agreed and then does not sign has not agreed.
        S.AGREED: {S.SESSIONS, S.CHECKING, S.NO_AGREEMENT, S.NOT_SUITABLE},
        S.CHECKING: {S.KEPT, S.NOT_KEPT},
        S.KEPT: set(),
        S.NOT_KEPT: set(),
        S.NO_AGREEMENT: set(),
        S.NOT_SUITABLE: set(),
        S.REFUSED: set(),
        S.DECLINED: set(),
        S.WITHDRAWN: set(),
    },
)


class Side(models.TextChoices):
    """The parties. Neither is the guilty one: A is only who asked."""

    A = "a", _("parte A")
    B = "b", _("parte B")


class Decline(models.TextChoices):
    """Why a mediator does not take it on: chosen, so that no word about the parties crosses."""

    NOT_NEUTRAL = "not_neutral", _("Conosce una delle parti e non sarebbe neutrale.")
    NO_TIME = "no_time", _("Adesso non ha tempo: chiedi a un altro mediatore.")
    NOT_A_CONFLICT = "not_a_conflict", _("Non è un conflitto tra due parti: la mediazione non serve.")
    TOO_LITTLE = "too_little", _("Dalla richiesta non si capisce: scrivila di nuovo.")


class Unsuitable(models.TextChoices):
    """Why it does not suit. It stays behind the wall: only the way out crosses."""

    VIOLENCE = "violence", _("violenza, minacce o paura")
    IMBALANCE = "imbalance", _("una parte dipende dall'altra")
    NOT_ABLE = "not_able", _("una parte non può parlare per sé")
    NOT_WILLING = "not_willing", _("una parte non è libera di scegliere")


class WayOut(models.TextChoices):
    """What the operator may do instead, in words that tell nothing of what was said."""

    PROTECT = "protect", _("Senti subito i servizi che proteggono chi rischia, e rivaluta il rischio.")
    APART = "apart", _("Lavora con ciascuna parte separatamente, senza farle incontrare.")
    SOCIAL = "social", _("Coinvolgi il servizio sociale prima di ogni altro passo.")
    RULES = "rules", _("Fai valere le regole: amministratore, proprietario o polizia locale.")
    LEGAL = "legal", _("Indica un consiglio legale: organismo di conciliazione o giudice di pace.")
    LATER = "later", _("Riprova fra qualche mese: adesso non è il momento.")


class Answer(models.TextChoices):
    YES = "yes", _("sì")
    NO = "no", _("no")
    UNSURE = "unsure", _("non lo so")


class Kept(models.TextChoices):
    """How an agreement holds, on one of its days."""

    YES = "yes", _("rispettato")
    PARTLY = "partly", _("in parte")
    NO = "no", _("non rispettato")


class TermBy(models.TextChoices):
    """Who undertakes a term of the agreement."""

    A = "a", _("parte A")
    B = "b", _("parte B")
    BOTH = "both", _("entrambe le parti")


@dataclass(frozen=True)
class Question:
    """One thing to find out from a party alone. Any answer but `fits` says that mediation does not suit, and why."""

    code: str
    words: Sentence
    fits: Answer
    because: Unsuitable


# Asked of each party alone, before they meet.
QUESTIONS = (
    Question(
        "violence",
        _("Ci sono state violenze o minacce tra le parti?"),
        Answer.NO,
        Unsuitable.VIOLENCE,
    ),
    Question("fear", _("Ha paura di incontrare l'altra parte?"), Answer.NO, Unsuitable.VIOLENCE),
    Question(
        "depends",
        _("Dipende dall'altra parte per la casa, i soldi, il lavoro o le cure?"),
        Answer.NO,
        Unsuitable.IMBALANCE,
    ),
    Question("able", _("Può parlare per sé, con un aiuto se serve?"), Answer.YES, Unsuitable.NOT_ABLE),
    Question(
        "willing", _("Vuole provare, senza che altri decidano per lei?"), Answer.YES, Unsuitable.NOT_WILLING
    ),
)


def reasons_against(answers: Mapping[str, str]) -> list[Unsuitable]:
    """Why the answers of a party, as far as they are given, say that mediation does not suit; each reason once."""
    found = [
        question.because
        for question in QUESTIONS
        if answers.get(question.code, question.fits) != question.fits
    ]
    return list(dict.fromkeys(found))


def is_whole(answers: Mapping[str, str]) -> bool:
    """Whether a party has answered everything."""
    return all(answers.get(question.code) for question in QUESTIONS)
