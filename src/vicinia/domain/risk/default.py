"""The questionnaire that holds until the town publishes its own: about the situation of who suffers."""

from __future__ import annotations

from typing import Any

from vicinia.domain.risk.states import Questions, read_questions


def _asked(code: str, it: str, en: str, *answers: tuple[str, str, int]) -> dict[str, Any]:
    rows = [{"it": italian, "en": english, "punti": points} for italian, english, points in answers]
    return {"codice": code, "it": it, "en": en, "risposte": rows}


_NO, _PARTLY, _YES = ("No", "No", 0), ("In parte", "Partly", 1), ("Sì", "Yes", 3)

DEFAULT: dict[str, Any] = {
    "titolo": "Rischio e vulnerabilità, prima versione",
    "domande": [
        _asked("often", "Quanto spesso succede?", "How often does it happen?",
               ("Meno di una volta al mese", "Less than once a month", 0), ("Ogni settimana", "Every week", 2), ("Quasi ogni giorno", "Nearly every day", 3)),
        _asked("worse", "Sta peggiorando?", "Is it getting worse?", _NO, _PARTLY, _YES),
        _asked("targeted", "Chi ne soffre si sente preso di mira?", "Do they feel deliberately targeted?", _NO, _PARTLY, _YES),
        _asked("daily", "Cambia il sonno, il lavoro, la scuola o le uscite?", "Does it change sleep, work, school or going out?", _NO, _PARTLY, _YES),
        _asked("health", "Ha effetti sulla salute?", "Does it affect health?", _NO, _PARTLY, _YES),
        _asked("fear", "Ha paura?", "Are they afraid?", _NO, _PARTLY, _YES),
        _asked("alone", "È una persona sola, senza qualcuno su cui contare?", "Are they alone, with nobody to count on?", _NO, _PARTLY, _YES),
        _asked("household", "In casa c'è chi è fragile: bambini piccoli, anziani, malati?", "Is anybody in the home vulnerable: small children, old or ill people?", _NO, _PARTLY, _YES),
        _asked("earlier", "È già successo in passato, e non si è risolto?", "Has it happened before, and was not solved?", _NO, _PARTLY, _YES),
        _asked("help", "Ha difficoltà a chiedere aiuto: lingua, vista, udito, telefono?", "Is it hard for them to ask for help: language, sight, hearing, telephone?", _NO, _PARTLY, _YES),
    ],
    "fasce": [
        {"fascia": "standard", "da": 0, "ritmo": 10, "rivedere": 20},
        {"fascia": "medium", "da": 9, "ritmo": 5, "rivedere": 10},
        {"fascia": "high", "da": 18, "ritmo": 2, "rivedere": 5},
    ],
}  # fmt: skip


def default_questions() -> Questions:
    """The built-in questionnaire, checked like any other."""
    return read_questions(DEFAULT)
