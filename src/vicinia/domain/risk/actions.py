"""Assessing a case, publishing a questionnaire, and noticing that something has happened since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.risk import events, queries, rules
from vicinia.domain.risk.models import Assessment, Questionnaire
from vicinia.domain.risk.states import Band, Questions, read_questions
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Working days after which a review that is not made is the coordinator's too.
RAISED_AFTER_DAYS = 3


@transaction.atomic
def assess(
    *,
    by: Actor,
    case: Case,
    answers: Mapping[str, int],
    band: str = "",
    override_reason: str = "",
    note: str = "",
) -> Assessment:
    """Assess the situation of who suffers. The band sets how often we speak and when we look again."""
    case = Case.objects.lock(case)
    rules.may_assess(by, case).require()
    version, questions = queries.current()
    rules.may_answer(questions, answers).require()
    score = rules.score_of(questions, answers)
    computed = rules.band_of(questions, score).band
    rules.may_choose_band(computed, band or computed, override_reason).require()
    chosen = rules.rule_of(questions, band or computed)

    row = Assessment.objects.create(
        case=case,
        version=version,
        answers=_kept(questions, answers),
        score=score,
        most=questions.most_points,
        computed_band=computed,
        band=chosen.band,
        override_reason=override_reason if chosen.band != computed else "",
        note=note,
        review_on=clock.today() + dt.timedelta(days=chosen.review_days),
        by_ref=by.ref,
        by_name=by.name,
    )

    label = journal.kept(Band(chosen.band).label)
    journal.record(events.ASSESSED, by=by, about=case, band=label, score=score, most=questions.most_points)
    casework.set_rhythm(by=by, case=case, days=chosen.rhythm_days)
    _leave_open(by, row, events.TO_REVIEW, row.review_on)
    return row


@transaction.atomic
def publish_questionnaire(*, by: Actor, content: Any) -> Questionnaire:
    """Publish the next version. Raises `BadQuestionnaire` when the content is none."""
    rules.may_publish(by).require()
    read_questions(content)
    version = queries.current()[0] + 1
    row = Questionnaire.objects.create(version=version, content=content, by_name=by.name)
    journal.record(events.PUBLISHED, by=by, about="questionnaire:risk", version=version)
    return row


@transaction.atomic
def ask_again(*, by: Actor, assessment: Assessment) -> None:
    """Something has happened since: the assessment is to be made again today."""
    _leave_open(by, assessment, events.AFTER_INCIDENT, clock.today())


def _kept(questions: Questions, answers: Mapping[str, int]) -> list[dict[str, Any]]:
    """The words that were asked and answered, so that a later version changes nothing of what was said."""
    rows = []
    for question in questions.questions:
        answer = question.answers[answers[question.code]]
        rows.append(
            {
                "codice": question.code,
                "domanda": {"it": question.words.it, "en": question.words.en},
                "risposta": {"it": answer.words.it, "en": answer.words.en},
                "punti": answer.points,
            }
        )
    return rows


def _leave_open(by: Actor, row: Assessment, kind: str, due_on: dt.date) -> None:
    matter = casework.OpenMatter(
        key=f"risk:{row.case_id}",
        kind=kind,
        url=reverse("risk_assess", args=[row.case.reference]),
        due_on=due_on,
        raised_on=clock.add_working_days(due_on, RAISED_AFTER_DAYS),
    )
    casework.raise_matter(by=by, case=row.case, matter=matter)
