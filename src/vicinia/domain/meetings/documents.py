"""The minutes of a meeting and their extract for a body, whose text the town may edit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
MINUTES = "meetings.minutes"
EXTRACT = "meetings.extract"
# The language in which minutes leave the house.
LANGUAGE = "it"


def register_all() -> None:
    """Make the minutes and the extract known to the documents."""
    both = (
        Word("reference", _("il numero del tavolo"), "TAV-2026-0007"),
        Word("title", _("il titolo del tavolo"), "Tavolo del quartiere"),
        Word("day", _("il giorno"), dt.date(2026, 5, 4)),
        Word("place", _("dove"), "Sala civica"),
    )
    minutes = (
        Word("hours", _("da che ora a che ora"), "9:00–11:00"),
        Word("areas", _("le zone, se ci sono"), "Crocetta"),
        Word("is_draft", _("vero finché il verbale non è chiuso"), True),
        Word("convened_by", _("chi ha convocato"), "Anna Ferri"),
        Word("closed_on", _("il giorno in cui il verbale è stato chiuso, se lo è"), dt.date(2026, 5, 5)),
        Word("minutes", _("presenze, ordine del giorno, decisioni e note"), is_part=True, is_required=True),
    )
    register(DocumentKind(MINUTES, _("Verbale"), Audience.UNIT, both + minutes, TEXTS / "minutes"))
    extract = (
        Word("body", _("l'ente che lo riceve"), "Azienda casa"),
        Word("given_on", _("il giorno in cui è dato"), dt.date(2026, 5, 6)),
        Word("items", _("i punti che riguardano l'ente"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(EXTRACT, _("Estratto del verbale"), Audience.PARTNER, both + extract, TEXTS / "extract")
    )
