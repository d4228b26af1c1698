"""The letters of a review, whose text the town may edit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.domain.reviews.states import LetterKind
from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"


ACKNOWLEDGMENT = "reviews.acknowledgement"
DECISION = "reviews.decision"


def key_of(kind: str) -> str:
    """The key of the document of a kind of letter."""
    return DECISION if kind == LetterKind.DECISION else ACKNOWLEDGMENT


def register_all() -> None:
    """Make both letters known to the documents."""
    both = (
        Word("reference", _("il numero del riesame"), "RIE-2026-0003"),
        Word("report", _("il numero della segnalazione"), "2026-0871"),
        Word("asked_on", _("il giorno della richiesta"), dt.date(2026, 5, 4)),
        Word("chair", _("chi presiede"), "Carla Neri"),
    )
    days = (
        Word(
            "threshold_by",
            _("entro quando si dice se i requisiti ci sono"),
            dt.date(2026, 5, 11),
            is_required=True,
        ),
        Word("meet_by", _("entro quando ci si incontra"), dt.date(2026, 6, 3), is_required=True),
    )
    decided = (
        Word("is_decided", _("vero se il riesame si è fatto"), True),
        Word(
            "threshold_reasons",
            _("perché si è fatto, o perché non si fa"),
            "I passi concordati non ci sono stati.",
        ),
        Word("reasons", _("la decisione, se c'è"), "Il caso va ripreso."),
        Word(
            "recommendations",
            _("le raccomandazioni: «what», «who», «due», «state», «refusal»"),
            [
                {
                    "what": "sentire chi abita sopra",
                    "who": "Nucleo",
                    "due": dt.date(2026, 5, 18),
                    "state": "accettata",
                    "refusal": "",
                }
            ],
        ),
    )
    confirmed = DocumentKind(
        ACKNOWLEDGMENT,
        _("Riesame: conferma della richiesta"),
        Audience.RESIDENT,
        both + days,
        TEXTS / "acknowledgement",
    )
    register(confirmed)
    register(
        DocumentKind(DECISION, _("Riesame: decisione"), Audience.RESIDENT, both + decided, TEXTS / "decision")
    )
