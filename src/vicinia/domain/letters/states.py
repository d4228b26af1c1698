"""Kinds and states of letters, and what each kind asks to be filled in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class LetterKind(models.TextChoices):
    """What a letter is for: six to a resident, four to a body."""

    INVITATION = "invitation", _("Invito a un colloquio")
    NEWS = "news", _("Che cosa abbiamo fatto")
    ANSWER = "answer", _("Risposta")
    CLOSING = "closing", _("Chiusura del caso")
    INFORMATION = "information", _("Richiesta di informazioni")
    FREE = "free", _("Lettera libera")
    BODY_INFORMATION = "body_information", _("Richiesta di informazioni a un ente")
    BODY_SUMMARY = "body_summary", _("Riassunto di ciò che chiediamo a un ente")
    BODY_THANKS = "body_thanks", _("Ringraziamento e chiusura con un ente")
    BODY_FREE = "body_free", _("Lettera libera a un ente")


K = LetterKind
TO_BODY = frozenset({K.BODY_INFORMATION, K.BODY_SUMMARY, K.BODY_THANKS, K.BODY_FREE})

# The few words that each kind asks for; those of NEEDED must be there before it is issued.
WORDS: dict[str, tuple[str, ...]] = {
    K.INVITATION: ("meet_on", "meet_at", "place", "text", "answer_by"),
    K.NEWS: ("text", "answer_by"),
    K.ANSWER: ("text",),
    K.CLOSING: ("text",),
    K.INFORMATION: ("text", "answer_by"),
    K.FREE: ("subject", "text", "answer_by"),
    K.BODY_INFORMATION: ("text", "answer_by"),
    K.BODY_SUMMARY: ("text", "answer_by"),
    K.BODY_THANKS: ("text",),
    K.BODY_FREE: ("subject", "text", "answer_by"),
}
NEEDED: dict[str, tuple[str, ...]] = {
    K.INVITATION: ("meet_on", "meet_at", "place"),
    K.NEWS: ("text",),
    K.ANSWER: ("text",),
    K.CLOSING: ("text",),
    K.INFORMATION: ("text",),
    K.FREE: ("subject", "text"),
    K.BODY_INFORMATION: ("text",),
    K.BODY_SUMMARY: ("text",),
    K.BODY_THANKS: (),
    K.BODY_FREE: ("subject", "text"),
}


class Fact(models.TextChoices):
    """What a letter to a body may say of the case, chosen one by one. Data of people travel with a request, not here."""

    KIND = "kind", _("che problema è")
    PLACE = "place", _("dove")
    SUMMARY = "summary", _("che cosa succede")
    WORK = "work", _("che cosa è stato deciso finora")


class LetterState(models.TextChoices):
    DRAFT = "draft", _("da finire")
    ISSUED = "issued", _("da consegnare")
    HANDED = "handed", _("consegnata a mano")
    POSTED = "posted", _("spedita per posta")
    EMAILED = "emailed", _("mandata per e-mail")
    CALLED_BACK = "called_back", _("richiamata")
    DROPPED = "dropped", _("lasciata cadere")


S = LetterState
ON_ITS_WAY = (S.HANDED, S.POSTED, S.EMAILED)
WITH_A_NUMBER = (S.ISSUED, *ON_ITS_WAY, S.CALLED_BACK)

LETTER_MOVES = Moves(
    "Letter",
    LetterState,
    {
        S.DRAFT: {S.ISSUED, S.DROPPED},
        S.ISSUED: {S.HANDED, S.POSTED, S.EMAILED, S.CALLED_BACK},
        # What somebody has read can still be withdrawn: the letter stays, with the reason.
        S.HANDED: {S.CALLED_BACK},
        S.POSTED: {S.CALLED_BACK},
        S.EMAILED: {S.CALLED_BACK},
        S.CALLED_BACK: set(),
        S.DROPPED: set(),
    },
)


class Answer(models.TextChoices):
    """Whether an answer to a letter is awaited, and what became of it."""

    NONE = "none", _("nessuna risposta attesa")
    AWAITED = "awaited", _("in attesa di risposta")
    CAME = "came", _("hanno risposto")
    GIVEN_UP = "given_up", _("non si aspetta più")
