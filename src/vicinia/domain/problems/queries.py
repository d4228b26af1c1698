"""Reads about SARA sheets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import InterventionState, Stage
from vicinia.domain.problems import rules
from vicinia.domain.problems.models import Cause, Measure, Sheet
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.verdict import Sentence


@dataclass(frozen=True)
class Answered:
    """A question of the sheet with what was answered."""

    label: Sentence
    answer: str


@dataclass(frozen=True)
class FilledPart:
    """A part of the sheet as a page or a paper shows it."""

    code: str
    title: Sentence
    answers: tuple[Answered, ...]
    missing: tuple[Sentence, ...]


def sheet_of(case: Case) -> Sheet | None:
    return Sheet.objects.filter(case=case).first()


def sheet_named(by: Actor, reference: str) -> Sheet:
    """The sheet of the visible case of this reference (404 otherwise)."""
    case = casework.case_named(by, reference)
    sheet = sheet_of(case)
    if sheet is None:
        raise NotVisible
    sheet.case = case  # joined already, with what its page shows
    return sheet


def causes(sheet: Sheet) -> QuerySet[Cause]:
    return sheet.causes.all()


def sheets_of_open_cases() -> QuerySet[Sheet]:
    """Every sheet that somebody still works on, for the nightly look."""
    return Sheet.objects.exclude(case__stage=Stage.CLOSED)


def cause_in(sheet: Sheet, pk: int) -> Cause:
    """A cause of this sheet (404 otherwise)."""
    row: Cause = sheet.causes.all().one(pk=pk)
    return row


def measures_of(sheet: Sheet) -> list[Measure]:
    """The measures that hold, with their interventions and causes."""
    rows = sheet.measures.exclude(intervention__state=InterventionState.CANCELLED)
    return list(rows.select_related("intervention__body", "cause"))


def measures_on(cause: Cause) -> int:
    return cause.measures.count()


def thought_of(sheet: Sheet) -> rules.Thought:
    measures = sheet.measures.exclude(intervention__state=InterventionState.CANCELLED).count()
    return rules.Thought(causes=sheet.causes.count(), measures=measures)


def filled(sheet: Sheet, thought: rules.Thought) -> list[FilledPart]:
    """The whole sheet, part by part, in its order."""
    return [
        FilledPart(
            code=part,
            title=Part(part).label,
            answers=tuple(
                Answered(question.label, getattr(sheet, question.name)) for question in QUESTIONS[part]
            ),
            missing=tuple(rules.missing(sheet, part, thought)),
        )
        for part in Part
    ]
