"""States of an act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class ActState(models.TextChoices):
    """Where an act stands."""

    ISSUED = "issued", _("emesso")
    COMPLIED = "complied", _("rispettato o pagato")
    BREACHED = "breached", _("non rispettato")
    APPEALED = "appealed", _("impugnato")
    ANNULLED = "annulled", _("annullato")


S = ActState

ACT_MOVES = Moves(
    "AdministrativeAct",
    ActState,
    {
        S.ISSUED: {S.COMPLIED, S.BREACHED, S.APPEALED, S.ANNULLED},
        S.BREACHED: {S.COMPLIED, S.APPEALED, S.ANNULLED},
        S.APPEALED: {S.COMPLIED, S.BREACHED, S.ANNULLED},
        S.COMPLIED: set(),
        S.ANNULLED: set(),
    },
)
