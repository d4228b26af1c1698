"""The papers of a vote, whose text the town may edit: the letter with the code, the ballot, the register, the report."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
LETTER = "elections.letter"
BALLOT = "elections.ballot"
REGISTER = "elections.register"
REPORT = "elections.report"
# The language in which the unit keeps its own papers.
LANGUAGE = "it"


def register_all() -> None:
    """Make the four papers known to the documents."""
    both = (
        Word("title", _("il titolo della votazione"), "Chi rappresenta la scala A"),
        Word("question", _("la domanda"), "Chi parla per la scala A?"),
    )
    dates = (
        Word("opens", _("da quando si vota"), "4 maggio 2026, 9:00"),
        Word("closes", _("fino a quando si vota"), "8 maggio 2026, 19:00"),
        Word("reference", _("il numero della votazione"), "V2026-0003"),
    )
    letter = (
        Word("to", _("a chi va"), "Nucleo 12, Corte B, scala A, piano 2, int. 4"),
        Word("number", _("il numero in elenco"), "12"),
        Word("place", _("dove si vota su carta, se si può"), "Laboratorio, ore 9–12"),
        Word("code", _("il codice, l'indirizzo e il riquadro da inquadrare"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(
            LETTER,
            _("Lettera con il codice per votare"),
            Audience.RESIDENT,
            both + dates + letter,
            TEXTS / "letter",
        )
    )
    ballot = (
        Word("most", _("quante voci si possono segnare"), "3"),
        Word("is_ranked", _("vero se si mettono in ordine"), False),
        Word("is_approval", _("vero se se ne segna più d'una"), False),
        Word("options", _("le voci con il riquadro da segnare"), is_part=True, is_required=True),
    )
    register(DocumentKind(BALLOT, _("Scheda per votare"), Audience.RESIDENT, both + ballot, TEXTS / "ballot"))
    lines = (
        both[0],
        dates[2],
        Word("day", _("il giorno in cui si stampa"), "4 maggio 2026"),
        Word("rows", _("le righe da firmare"), is_part=True, is_required=True),
    )
    register(DocumentKind(REGISTER, _("Registro di chi vota"), Audience.UNIT, lines, TEXTS / "register"))
    report = (
        Word("entitled", _("quanti potevano votare"), "40"),
        Word("voted", _("quanti hanno votato"), "31"),
        Word("online", _("quanti con il codice"), "20"),
        Word("paper", _("quanti su carta"), "11"),
        Word(
            "paper_note", _("perché le schede di carta non tornano, se è così"), "Una non è stata imbucata."
        ),
        Word("seed", _("il numero del sorteggio, se c'era un pareggio"), "12 45 7"),
        Word("source", _("da dove viene quel numero"), "lotto"),
        Word("seal", _("l'impronta dell'urna"), "3f5a…"),
        Word("link", _("l'indirizzo dove rifare il conto"), "https://…"),
        Word("result", _("chi è eletto, con i voti"), is_part=True, is_required=True),
    )
    register(
        DocumentKind(
            REPORT, _("Verbale di scrutinio"), Audience.UNIT, both + dates + report, TEXTS / "report"
        )
    )
