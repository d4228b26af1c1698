"""The papers of a programme, whose text the town may edit: the report to the funder and the action sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
REPORT = "programme.report"
SHEET = "programme.sheet"
# The language in which both are written.
LANGUAGE = "it"


def register_all() -> None:
    """Make them known to the documents."""
    words = (
        Word("reference", _("il numero del rendiconto"), "RE2026-0001"),
        Word("edition", _("il numero dell'edizione"), "1"),
        Word("programme", _("il titolo del programma"), "Abitare il Borgo"),
        Word("funder", _("chi lo finanzia"), "Regione"),
        Word("act", _("con quale atto"), "Delibera n. 12"),
        Word("from_day", _("il primo giorno del periodo"), dt.date(2026, 1, 1)),
        Word("to_day", _("l'ultimo giorno del periodo"), dt.date(2026, 6, 30)),
        Word("words", _("la presentazione, scritta per questo periodo"), "In questi mesi…"),
        Word("frozen_on", _("il giorno in cui i numeri sono stati congelati"), dt.date(2026, 7, 10)),
        Word("fingerprint", _("l'impronta del contenuto"), "3f5a…"),
        Word("totals", _("i totali del periodo"), is_part=True, is_required=True),
        Word("timeline", _("il diagramma dei tempi"), is_part=True),
        Word(
            "sheets", _("le schede azione con attività, spese e indicatori"), is_part=True, is_required=True
        ),
        Word("committee", _("il comitato di attuazione e le sue decisioni"), is_part=True),
        Word("questions", _("le richieste di chi finanzia e le risposte"), is_part=True),
    )
    register(DocumentKind(REPORT, _("Rendiconto"), Audience.UNIT, words, TEXTS / "report"))
    of_sheet = (
        Word("code", _("il numero della scheda"), "2.1"),
        Word("title", _("il titolo della scheda"), "Sportello sociale"),
        Word("programme", _("il titolo del programma"), "Abitare il Borgo"),
        Word("axis", _("l'asse"), "Azioni sociali"),
        Word("state", _("a che punto è"), "in corso"),
        Word("headings", _("le voci della scheda"), is_part=True, is_required=True),
        Word("timeline", _("il diagramma dei tempi e le tappe"), is_part=True),
        Word("budget", _("il quadro economico"), is_part=True),
        Word("indicators", _("gli indicatori"), is_part=True),
    )
    register(DocumentKind(SHEET, _("Scheda azione"), Audience.UNIT, of_sheet, TEXTS / "sheet"))
