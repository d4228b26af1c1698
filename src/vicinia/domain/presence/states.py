"""Kinds of key contacts, stops and observations, and the states of a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class KeyContactKind(models.TextChoices):
    """Who keeps an eye on a place, by trade."""

    SHOP = "shop", _("negozio")
    PARISH = "parish", _("parrocchia")
    CARETAKER = "caretaker", _("custode o portierato")
    SCHOOL = "school", _("scuola")
    ASSOCIATION = "association", _("associazione")
    BAR = "bar", _("bar")
    OTHER = "other", _("altro")


class TalkHow(models.TextChoices):
    CALL = "call", _("telefonata")
    VISIT = "visit", _("di persona")


class TalkBecame(models.TextChoices):
    """Where what a key contact said has gone."""

    NOTHING = "nothing", _("resta qui")
    CASE = "case", _("nel diario di un caso")
    REPORT = "report", _("una nuova segnalazione")


class RoundState(models.TextChoices):
    PLANNED = "planned", _("in programma")
    UNDER_WAY = "under_way", _("in corso")
    DONE = "done", _("concluso")
    CANCELLED = "cancelled", _("annullato")


ROUND_MOVES = Moves(
    "Round",
    RoundState,
    {
        RoundState.PLANNED: {RoundState.UNDER_WAY, RoundState.CANCELLED},
        # Begun and called off, as when an emergency calls everybody elsewhere.
        RoundState.UNDER_WAY: {RoundState.DONE, RoundState.CANCELLED},
        RoundState.DONE: set(),
        RoundState.CANCELLED: set(),
    },
)
OPEN_ROUNDS = (RoundState.PLANNED, RoundState.UNDER_WAY)


class StopWhy(models.TextChoices):
    """Why a round passes there. All but the last two lead to a row, which says where it is."""

    CASE = "case", _("caso da tenere d'occhio")
    CONTACT = "contact", _("testimone da sentire")
    PLACE = "place", _("luogo non visto da tempo")
    CLUSTER = "cluster", _("segnalazioni recenti vicine")
    WORDS = "words", _("altro")


class ObservationKind(models.TextChoices):
    """What was seen."""

    QUIET = "quiet", _("tutto tranquillo")
    POSITIVE = "positive", _("qualcosa di buono")
    DECAY = "decay", _("degrado")
    DAMAGE = "damage", _("danno")
    DISORDER = "disorder", _("disturbo")
    CONFLICT = "conflict", _("conflitto")


# Nothing follows from these: nobody has to decide about them.
SETTLED_AT_ONCE = (ObservationKind.QUIET, ObservationKind.POSITIVE)


class ObservationBecame(models.TextChoices):
    """What came of what was seen."""

    OPEN = "open", _("da decidere")
    NOTHING = "nothing", _("niente da fare")
    NOTE = "note", _("annotata in un caso")
    LINKED = "linked", _("collegata a un caso")
    REPORT = "report", _("una nuova segnalazione")


# The hours of the day as services live them: night, morning, lunch, afternoon, evening, late evening. From, to.
HOUR_BANDS = ((0, 7), (7, 10), (10, 14), (14, 18), (18, 21), (21, 24))
