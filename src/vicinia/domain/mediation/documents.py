"""The papers of a mediation whose text the town may edit: the agreement to sign, and a party's own copy."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
AGREEMENT = "mediation.agreement"
COPY = "mediation.copy"


def register_all() -> None:
    """Make the papers of a mediation known to the documents."""
    reference = Word("reference", _("il numero della mediazione"), "MED-2026-0012")
    agreement = (
        reference,
        Word("mediator", _("il nome del mediatore"), "Marco Riva"),
        Word("parties", _("chi sono le parti e il mediatore"), is_part=True, is_required=True),
        Word("terms", _("la tabella dei patti"), is_part=True, is_required=True),
        Word("checks", _("i giorni in cui il mediatore si fa sentire di nuovo"), is_part=True),
        Word("signatures", _("luogo, data e righe per le firme"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(AGREEMENT, _("Accordo di mediazione"), Audience.RESIDENT, agreement, TEXTS / "agreement")
    )
    copy = (
        reference,
        Word("name", _("il nome della parte"), "Maria Bassi"),
        Word("state", _("a che punto è la mediazione"), "Colloqui"),
        Word("talks", _("i colloqui della parte"), is_part=True, is_required=True),
        Word("terms", _("i patti, se ci sono"), is_part=True, is_required=True),
    )
    register(DocumentKind(COPY, _("Copia per la parte"), Audience.RESIDENT, copy, TEXTS / "copy"))
