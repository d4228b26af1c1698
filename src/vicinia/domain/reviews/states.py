"""States of a review and of what it recommends, and the tables of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class ReviewState(models.TextChoices):
    """Where a review stands."""

    ASKED = "asked", _("chiesto")
    ACKNOWLEDGED = "acknowledged", _("confermato")
    BELOW_THRESHOLD = "below_threshold", _("requisiti non raggiunti")
    THRESHOLD_MET = "threshold_met", _("accolto")
    MEETING_SET = "meeting_set", _("incontro fissato")
    DECIDED = "decided", _("deciso")
    WITHDRAWN = "withdrawn", _("ritirato")


S = ReviewState
OPEN_STATES = (S.ASKED, S.ACKNOWLEDGED, S.THRESHOLD_MET, S.MEETING_SET)
ENDED_STATES = (S.BELOW_THRESHOLD, S.DECIDED, S.WITHDRAWN)

REVIEW_MOVES = Moves(
    "Review",
    ReviewState,
    {
        S.ASKED: {S.ACKNOWLEDGED, S.WITHDRAWN},
        S.ACKNOWLEDGED: {S.BELOW_THRESHOLD, S.THRESHOLD_MET, S.WITHDRAWN},
        S.THRESHOLD_MET: {S.MEETING_SET, S.WITHDRAWN},
        # A meeting can be put off: it is set again.
        S.MEETING_SET: {S.MEETING_SET, S.DECIDED, S.WITHDRAWN},
        S.BELOW_THRESHOLD: set(),
        S.DECIDED: set(),
        S.WITHDRAWN: set(),
    },
)


class RightBasis(models.TextChoices):
    """What gives the right to a review."""

    PERSON = "person", _("più segnalazioni di una persona")
    PLACE = "place", _("più persone sullo stesso luogo")


class LetterKind(models.TextChoices):
    """What a letter to who asked says."""

    ACKNOWLEDGMENT = "conferma", _("lettera di conferma")
    DECISION = "decisione", _("lettera con la decisione")


class RecommendationState(models.TextChoices):
    """What became of a recommendation."""

    PROPOSED = "proposed", _("in attesa di risposta")
    ACCEPTED = "accepted", _("accettata")
    REFUSED = "refused", _("non accettata")


R = RecommendationState
RECOMMENDATION_MOVES = Moves(
    "Recommendation",
    RecommendationState,
    {R.PROPOSED: {R.ACCEPTED, R.REFUSED}, R.ACCEPTED: set(), R.REFUSED: set()},
)
