"""The papers of an assembly, whose text the town may edit: the call, the attendance sheet, the minutes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
CALL = "assemblies.call"
SHEET = "assemblies.sheet"
MINUTES = "assemblies.minutes"
# The language in which minutes are kept.
LANGUAGE = "it"


def register_all() -> None:
    """Make the call, the attendance sheet and the minutes known to the documents."""
    all_three = (
        Word("reference", _("il numero dell'assemblea"), "A2026-0007"),
        Word("kind", _("il tipo: assemblea, laboratorio, comitato"), "assemblea"),
        Word("title", _("il titolo"), "Assemblea del Borgo"),
        Word("day", _("il giorno"), dt.date(2026, 5, 4)),
        Word("hours", _("da che ora a che ora"), "18:00–20:00"),
        Word("place", _("dove"), "Sala civica"),
    )
    call = (
        Word("invitation", _("perché ci si trova, con le parole di chi convoca"), "Parliamo del cortile."),
        Word("agenda", _("l'ordine del giorno"), is_part=True, is_required=True),
        Word("second_day", _("il giorno della seconda convocazione, se c'è"), dt.date(2026, 5, 5)),
        Word("second_hour", _("l'ora della seconda convocazione, se c'è"), "18:30"),
        Word("quorum", _("quanti presenti servono, se servono"), "Servono almeno 12 presenti."),
        Word(
            "short_notice",
            _("perché la convocazione arriva con pochi giorni, se è così"),
            "Il cantiere parte prima.",
        ),
        Word("called_on", _("il giorno della convocazione"), dt.date(2026, 4, 20)),
        Word(
            "where_to_read",
            _("l'indirizzo della pagina e il codice da inquadrare, se è pubblica"),
            is_part=True,
        ),
    )
    register(DocumentKind(CALL, _("Convocazione"), Audience.RESIDENT, all_three + call, TEXTS / "call"))
    sheet = (
        Word("quorum", _("quanti presenti servono, se servono"), "Servono almeno 12 presenti."),
        Word("rows", _("le righe da firmare"), is_part=True, is_required=True),
    )
    register(DocumentKind(SHEET, _("Foglio presenze"), Audience.UNIT, all_three + sheet, TEXTS / "sheet"))
    minutes = (
        Word("is_draft", _("vero finché il verbale non è approvato"), True),
        Word("stage", _("a che passo è il verbale"), "bozza ufficiale"),
        Word("chair", _("chi presiede, se c'è"), "Anna Ferri"),
        Word("secretary", _("chi scrive, se c'è"), "Lucia Sala"),
        Word("present", _("quanti erano presenti"), "34"),
        Word("entitled", _("quanti sono gli aventi diritto, se conta"), "99"),
        Word("validated_on", _("il giorno dell'approvazione, se c'è"), dt.date(2026, 5, 20)),
        Word("fingerprint", _("l'impronta del testo approvato, se c'è"), "3f5a…"),
        Word("minutes", _("presenze per nome, testo e decisioni"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(MINUTES, _("Verbale d'assemblea"), Audience.UNIT, all_three + minutes, TEXTS / "minutes")
    )
