"""The papers of a case whose text the town may edit: the dossier and the handover sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
DOSSIER = "casework.dossier"
HANDOVER = "casework.handover"
# The language of papers for us.
LANGUAGE = "it"


def register_all() -> None:
    """Make the papers of a case known to the documents."""
    both = (
        Word("reference", _("il numero del caso"), "2026-0143"),
        Word("title", _("il titolo del caso"), "Rumori nel cortile"),
        Word("place", _("dove"), "Via dei Mille 12"),
    )
    dossier = (
        Word("kind", _("il tipo di disservizio"), "Rumori"),
        Word("area", _("la zona, se c'è"), "Crocetta"),
        Word("legal_basis", _("con quale compito si lavora sul caso"), "Amministrativo e sociale"),
        Word("is_redacted", _("vero se è senza dati personali"), True),
        Word("purpose", _("per che cosa si stampa la versione completa"), "incontro con l'avvocato"),
        Word("printed_by", _("chi stampa"), "Anna Ferri"),
        Word("printed_on", _("il giorno della stampa"), dt.date(2026, 5, 4)),
        Word(
            "dossier",
            _("tutto il fascicolo: fase, persone, segnalazioni, impegni, cronologia"),
            is_part=True,
            is_required=True,
        ),
    )
    register(DocumentKind(DOSSIER, _("Fascicolo"), Audience.UNIT, both + dossier, TEXTS / "dossier"))
    sheet = Word(
        "sheet", _("che cosa si è deciso, che cosa c'è da fare, con chi"), is_part=True, is_required=True
    )
    register(
        DocumentKind(HANDOVER, _("Foglio di consegne"), Audience.UNIT, (*both, sheet), TEXTS / "handover")
    )
