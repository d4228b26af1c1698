"""The receipt of a report, whose text the town may edit."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
RECEIPT = "portal.receipt"


def register_all() -> None:
    """Make the receipt known to the documents."""
    words = (
        Word("reference", _("il numero della segnalazione"), "2026-0871"),
        Word("title", _("il titolo della segnalazione"), "Il lampione è spento"),
        Word(
            "facts", _("la tabella con numero, giorno, tipo, titolo e luogo"), is_part=True, is_required=True
        ),
        Word(
            "address", _("l'indirizzo privato per seguirla, con il codice QR"), is_part=True, is_required=True
        ),
    )
    register(
        DocumentKind(RECEIPT, _("Ricevuta della segnalazione"), Audience.RESIDENT, words, TEXTS / "receipt")
    )
