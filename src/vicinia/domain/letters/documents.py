"""The documents whose text the town may edit: each kind of letter, and the plan of a case. What each may ask for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from vicinia.domain.letters.states import TO_BODY, WORDS, LetterKind
from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word, register

TEXTS = Path(__file__).parent / "texts"
PLAN = "letters.case_plan"
PLAN_FOR_PERSON = "letters.case_plan_person"

_OURS = (
    Word("case", _("il numero del caso"), "2026-0143"),
    Word("operator", _("chi firma"), "Anna Ferri"),
    Word("unit", _("il nome del nostro ufficio"), "Nucleo di prossimità"),
    Word("town", _("il nome del Comune"), "Comune di Borgo Vicino"),
    Word("phone", _("il nostro telefono"), "059 000 000"),
    Word("hours", _("quando rispondiamo"), "dal lunedì al sabato, dalle 8 alle 19"),
)
_FILLED = {
    "meet_on": Word("meet_on", _("il giorno del colloquio"), dt.date(2026, 5, 4)),
    "meet_at": Word("meet_at", _("l'ora del colloquio"), "10:30"),
    "place": Word("place", _("dove ci si vede"), "Ufficio di prossimità, piazza Grande 1"),
    "subject": Word("subject", _("l'oggetto"), "Il cancello del cortile"),
    "text": Word("text", _("le parole di chi scrive"), "Il cancello è stato riparato."),
    "answer_by": Word("answer_by", _("il giorno entro cui rispondere, se c'è"), dt.date(2026, 5, 18)),
}
_FACTS = Word(
    "facts",
    _("ciò che si dice del caso: per ognuno «label» e «words»"),
    [{"label": "dove", "words": "Via dei Mille 12"}],
)
_PLAN = (
    *_OURS,
    Word("today", _("il giorno della stampa"), dt.date(2026, 5, 4)),
    Word("goal", _("che cosa si vuole ottenere"), "Dormire di notte, senza liti nel cortile."),
    Word("review_on", _("il giorno in cui si rivede il piano, se c'è"), dt.date(2026, 7, 3)),
    Word("contact_on", _("il giorno del prossimo contatto, se c'è"), dt.date(2026, 5, 11)),
)


def _row(**cells: object) -> list[dict[str, object]]:
    return [cells]


_UNIT_PLAN = (
    *_PLAN,
    Word("title", _("il titolo del caso"), "Rumori nel cortile"),
    Word("place", _("dove"), "Via dei Mille 12"),
    Word("stage", _("la fase"), "Intervento"),
    Word(
        "commitments",
        _("gli impegni: «who», «what», «due», «state», «note»"),
        _row(
            who="noi", what="parlare con l'amministratore", due=dt.date(2026, 5, 8), state="in corso", note=""
        ),
    ),
    Word(
        "interventions",
        _("gli interventi: «kind», «what», «who», «day», «state», «result»"),
        _row(
            kind="presidio",
            what="due passaggi la sera",
            who="",
            day=dt.date(2026, 5, 6),
            state="previsto",
            result="",
        ),
    ),
    Word(
        "tasks",
        _("le cose da fare: «who», «what», «due»"),
        _row(who="Anna Ferri", what="scrivere all'ente", due=dt.date(2026, 5, 7)),
    ),
)
_PERSON_PLAN = (
    *_PLAN,
    Word("name", _("il nome di chi lo riceve"), "Maria Bassi"),
    Word(
        "ours",
        _("i nostri impegni: «what», «due», «state» (open, kept, not_kept)"),
        _row(what="parlare con l'amministratore", due=dt.date(2026, 5, 8), state="open"),
    ),
    Word(
        "yours",
        _("gli impegni di chi lo riceve: «what», «due», «state»"),
        _row(what="segnare i giorni e le ore", due=dt.date(2026, 5, 15), state="open"),
    ),
    Word(
        "others",
        _("gli impegni di altri: «who», «what», «due», «state»"),
        _row(who="Azienda casa", what="riparare il cancello", due=dt.date(2026, 5, 20), state="open"),
    ),
    Word(
        "interventions",
        _("gli interventi: «what», «day», «state» (planned, done)"),
        _row(what="due passaggi la sera", day=dt.date(2026, 5, 6), state="planned"),
    ),
)


def key_of(kind: str) -> str:
    """The key of the document of a kind of letter."""
    return f"letters.{kind}"


def _letter(kind: LetterKind) -> DocumentKind:
    is_to_body = kind in TO_BODY
    sample = "Azienda casa" if is_to_body else "Maria Bassi"
    words = (
        Word("name", _("a chi si scrive"), sample),
        *(_FILLED[name] for name in WORDS[kind]),
        *((_FACTS,) if is_to_body else ()),
        *_OURS,
    )
    audience = Audience.PARTNER if is_to_body else Audience.RESIDENT
    return DocumentKind(key_of(kind), kind.label, audience, words, TEXTS / kind.value)


def register_all() -> None:
    """Make every kind of letter, and both plans, known to the documents."""
    for kind in LetterKind:
        register(_letter(kind))
    register(DocumentKind(PLAN, _("Piano del caso"), Audience.UNIT, _UNIT_PLAN, TEXTS / "case_plan"))
    name = _("Piano del caso, per la persona")
    register(DocumentKind(PLAN_FOR_PERSON, name, Audience.RESIDENT, _PERSON_PLAN, TEXTS / "case_plan_person"))
