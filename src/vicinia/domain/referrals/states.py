"""Kinds and states of what is asked of a body."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class ReferralKind(models.TextChoices):
    """What is asked: three different acts."""

    REFERRAL = "referral", _("Invio: fanno qualcosa, il caso resta nostro")
    TRANSFER = "transfer", _("Trasferimento: se accettano, il caso passa a loro")
    CONSULTATION = "consultation", _("Parere: ci dicono che cosa ne pensano")


# The same, to the body that is asked.
ASKED_OF_YOU = {
    ReferralKind.REFERRAL: _("Vi chiediamo di fare qualcosa: il caso lo seguiamo noi"),
    ReferralKind.TRANSFER: _("Vi chiediamo di seguire voi il caso"),
    ReferralKind.CONSULTATION: _("Vi chiediamo un parere"),
}


class ReferralState(models.TextChoices):
    SENT = "sent", _("in attesa di risposta")
    ACCEPTED = "accepted", _("accettato")
    DECLINED = "declined", _("rifiutato")
    EXPIRED = "expired", _("senza risposta")
    IN_PROGRESS = "in_progress", _("in corso")
    DONE = "done", _("concluso")
    REVOKED = "revoked", _("revocato")


S = ReferralState
OPEN_STATES = (S.SENT, S.EXPIRED, S.ACCEPTED, S.IN_PROGRESS)
TO_ANSWER = (S.SENT, S.EXPIRED)

REFERRAL_MOVES = Moves(
    "Referral",
    ReferralState,
    {
        S.SENT: {S.ACCEPTED, S.DECLINED, S.EXPIRED, S.REVOKED},
        # A late answer is better than none.
        S.EXPIRED: {S.ACCEPTED, S.DECLINED, S.REVOKED},
        S.ACCEPTED: {S.IN_PROGRESS, S.DONE, S.REVOKED},
        S.IN_PROGRESS: {S.DONE, S.REVOKED},
        S.DECLINED: set(),
        S.DONE: set(),
        S.REVOKED: set(),
    },
)
