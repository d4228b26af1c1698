"""Where a vote and a draw stand, how votes are counted and who is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class PollState(models.TextChoices):
    """A vote is called when its roll is closed and its dates are published."""

    DRAFT = "draft", _("in preparazione")
    CALLED = "called", _("indetta")
    CLOSED = "closed", _("chiusa, da scrutinare")
    COUNTED = "counted", _("scrutinata")
    ANNULLED = "annulled", _("annullata")


P = PollState
SHOWN_POLLS = (P.CALLED, P.CLOSED, P.COUNTED, P.ANNULLED)
POLL_MOVES = Moves(
    "Poll",
    PollState,
    {
        P.DRAFT: {P.CALLED, P.ANNULLED},
        P.CALLED: {P.CLOSED, P.ANNULLED},
        P.CLOSED: {P.COUNTED, P.ANNULLED},
        P.COUNTED: {P.ANNULLED},
        P.ANNULLED: set(),
    },
)


class PollKind(models.TextChoices):
    REPRESENTATIVES = "stairs", _("rappresentanti di scala")
    COMMITTEE = "committee", _("comitato")
    CONSULTATION = "question", _("consultazione")


class Method(models.TextChoices):
    """How votes are counted; the values are those of `vicinia_analytics.voting`."""

    PLURALITY = "plurality", _("si sceglie una voce, vince chi ha più voti")
    APPROVAL = "approval", _("si scelgono tutte le voci che vanno bene")
    RANKED = "ranked", _("si mettono le voci in ordine di preferenza")


class Basis(models.TextChoices):
    """Who has a vote."""

    HOUSEHOLDS = "households", _("un voto per ogni nucleo")
    MEMBERS = "members", _("un voto per ogni persona dei nuclei")
    LIST = "list", _("un voto per ogni nome di un elenco")


class Way(models.TextChoices):
    """How a vote was given. Kept with the mark on the roll, never with a ballot."""

    ONLINE = "online", _("con il codice")
    PAPER = "paper", _("su carta")


class DrawState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    PUBLISHED = "published", _("elenco pubblicato")
    DRAWN = "drawn", _("estratta")
    CANCELLED = "cancelled", _("annullata")


D = DrawState
SHOWN_DRAWS = (D.PUBLISHED, D.DRAWN, D.CANCELLED)
DRAW_MOVES = Moves(
    "Draw",
    DrawState,
    {
        D.DRAFT: {D.PUBLISHED, D.CANCELLED},
        D.PUBLISHED: {D.DRAWN, D.CANCELLED},
        D.DRAWN: set(),
        D.CANCELLED: set(),
    },
)
