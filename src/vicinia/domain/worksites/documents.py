"""The papers of worksites, whose text the town may edit: the notice of a disruption, the board, a walk's minutes, the survey."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
DISRUPTION = "worksites.disruption"
BOARD = "worksites.board"
WALK = "worksites.walk"
SURVEY = "worksites.survey"
# The language of the papers that stay among us.
LANGUAGE = "it"


def register_all() -> None:
    """Make the papers of worksites known to the documents."""
    disruption = (
        Word("kind", _("che cosa: noise, dust, water, lift, access, parking"), "water"),
        Word("from_day", _("il primo giorno"), dt.date(2026, 5, 6)),
        Word("to_day", _("l'ultimo giorno, se non è lo stesso"), dt.date(2026, 5, 7)),
        Word("from_hour", _("da che ora"), "08:00"),
        Word("to_hour", _("a che ora"), "13:00"),
        Word("places", _("edifici e scale"), ["Corte Nuova, A", "Corte Nuova, B"]),
        Word("worksite", _("il nome del cantiere"), "Corte Nuova: tetti e facciate"),
        Word("remark", _("che cosa va saputo, solo in italiano"), "L'acqua per i pasti c'è in cortile."),
        Word("phone", _("il telefono"), "0131 555 010"),
    )
    register(
        DocumentKind(DISRUPTION, _("Avviso di disagio"), Audience.RESIDENT, disruption, TEXTS / "disruption")
    )
    site = (
        Word("worksite", _("il nome del cantiere"), "Corte Nuova: tetti e facciate"),
        Word("lot", _("il nome del lotto"), "Lotto 1, scale A e B"),
        Word("who_to_call", _("chi chiamare"), "Direzione lavori, 0131 555 020"),
    )
    board = (
        *site,
        Word("contractor", _("l'impresa"), "Edil Bianchi"),
        Word("until", _("la fine stimata"), dt.date(2026, 12, 18)),
        Word("page", _("il codice QR e l'indirizzo"), is_part=True, is_required=True),
    )
    register(DocumentKind(BOARD, _("Cartello del cantiere"), Audience.RESIDENT, board, TEXTS / "board"))
    walk = (
        *site[:2],
        Word("reference", _("il numero del sopralluogo"), "SO2026-0004"),
        Word("day", _("il giorno"), dt.date(2026, 5, 12)),
        Word("hour", _("l'ora"), "10:00"),
        Word("place", _("dove ci si è trovati"), "Cortile, scala A"),
        Word("participants", _("chi c'era"), "Direzione lavori, impresa, due abitanti"),
        Word("minutes", _("che cosa si è visto"), "Il ponteggio copre l'entrata."),
        Word("points", _("la tabella di ciò che va sistemato"), is_part=True, is_required=True),
    )
    register(DocumentKind(WALK, _("Verbale di sopralluogo"), Audience.PARTNER, walk, TEXTS / "walk"))
    survey = (
        Word("worksite", _("il nome del cantiere"), "Corte Nuova: tetti e facciate"),
        Word("questions", _("le domande con le caselle"), is_part=True, is_required=True),
        Word("page", _("il codice QR e l'indirizzo"), is_part=True, is_required=True),
        Word("address", _("dove si riporta"), "Via Roma 1"),
    )
    register(
        DocumentKind(SURVEY, _("Questionario sul cantiere"), Audience.RESIDENT, survey, TEXTS / "survey")
    )
