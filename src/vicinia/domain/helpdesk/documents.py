"""The papers of the help desk, whose text the town may edit: the slip of an appointment and the hours on the door."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
SLIP = "helpdesk.slip"
HOURS = "helpdesk.hours"


def register_all() -> None:
    """Make both papers known to the documents."""
    where = (
        Word("point", _("il nome dello sportello"), "Sportello sociale"),
        Word("address", _("dove"), "Via Roma 1"),
        Word("directions", _("come si arriva, se è scritto"), "Citofono 3, piano terra"),
        Word("phone", _("il telefono, se c'è"), "0131 555 010"),
        Word("page", _("il codice QR e l'indirizzo della pagina"), is_part=True, is_required=True),
    )
    slip = (
        Word("day", _("il giorno"), dt.date(2026, 5, 4)),
        Word("hour", _("l'ora"), "9:20"),
        Word("code", _("il codice da dire quando si arriva"), "K7MQ2A"),
    )
    register(
        DocumentKind(SLIP, _("Promemoria dell'appuntamento"), Audience.RESIDENT, where + slip, TEXTS / "slip")
    )
    hours = (
        Word("week", _("gli orari della settimana"), is_part=True, is_required=True),
        Word("days", _("i giorni diversi dagli altri, se ci sono"), is_part=True),
    )
    register(
        DocumentKind(HOURS, _("Orari dello sportello"), Audience.RESIDENT, where + hours, TEXTS / "hours")
    )
