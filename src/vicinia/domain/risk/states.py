"""Questionnaires as checked data: what is asked, what each answer weighs, what follows from the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _


class Band(models.TextChoices):
    """How much is at risk, from the least."""

    STANDARD = "standard", gettext_lazy("ordinario")
    MEDIUM = "medium", gettext_lazy("medio")
    HIGH = "high", gettext_lazy("alto")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in the two languages of the desk."""

    it: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "it").startswith("en") else self.it


@dataclass(frozen=True, slots=True)
class Answer:
    words: Words
    points: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its possible answers."""

    code: str
    words: Words
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class BandRule:
    """From how many points the band holds, how often we speak (working days), after how many days we look again."""

    band: str
    from_points: int
    rhythm_days: int
    review_days: int


@dataclass(frozen=True, slots=True)
class Questions:
    """A whole questionnaire."""

    title: str
    questions: tuple[Question, ...]
    bands: tuple[BandRule, ...]

    @property
    def most_points(self) -> int:
        return sum(max(answer.points for answer in question.answers) for question in self.questions)


class BadQuestionnaire(ValueError):
    """A file that is no questionnaire: what is wrong and where, in words."""


def read_questions(data: Any) -> Questions:
    """Check what a file says, row by row. Raises `BadQuestionnaire` with the first fault."""
    try:
        questions = tuple(_question(number, row) for number, row in enumerate(data["domande"], 1))
        bands = tuple(_band(row) for row in data["fasce"])
        title = str(data["titolo"]).strip()
    except (KeyError, TypeError) as error:
        raise BadQuestionnaire(_("Manca %(name)s.") % {"name": error}) from error
    if not questions or not title:
        raise BadQuestionnaire(_("Servono un titolo e almeno una domanda."))
    if len({question.code for question in questions}) < len(questions):
        raise BadQuestionnaire(_("Due domande hanno lo stesso codice."))
    if [rule.band for rule in bands] != Band.values:
        raise BadQuestionnaire(_("Le fasce sono tre, in quest'ordine: standard, medium, high."))
    starts = [rule.from_points for rule in bands]
    if starts != sorted(set(starts)) or starts[0] != 0:
        raise BadQuestionnaire(_("I punti da cui parte ogni fascia crescono, a cominciare da 0."))
    return Questions(title, questions, bands)


def _question(number: int, row: Mapping[str, Any]) -> Question:
    answers = tuple(Answer(Words(answer["it"], answer["en"]), answer["punti"]) for answer in row["risposte"])
    if len(answers) < 2 or any(not isinstance(answer.points, int) or answer.points < 0 for answer in answers):
        raise BadQuestionnaire(
            _("Domanda %(number)s: servono almeno due risposte, con punti interi da 0.") % {"number": number}
        )
    return Question(str(row["codice"]), Words(row["it"], row["en"]), answers)


def _band(row: Mapping[str, Any]) -> BandRule:
    numbers = (row["da"], row["ritmo"], row["rivedere"])
    if any(not isinstance(number, int) or number < 0 for number in numbers) or not all(numbers[1:]):
        raise BadQuestionnaire(_("Fascia %(band)s: i giorni sono numeri interi.") % {"band": row["fascia"]})
    return BandRule(row["fascia"], *numbers)
