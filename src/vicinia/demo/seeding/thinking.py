"""A SARA sheet of the town, written by the real actions."""

from __future__ import annotations

import datetime as dt

from vicinia.demo.stories import Thinking
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.problems import actions as problems
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def think(*, by: Actor, case: Case, thinking: Thinking) -> None:
    """Begin the sheet of a case and write what is known so far."""
    sheet = problems.begin_sheet(by=by, case=case)
    for part in (Part.SCANNING, Part.ANALYSIS):
        names = [question.name for question in QUESTIONS[part]]
        answers = {name: thinking.answers[name] for name in names}
        problems.write_part(by=by, sheet=sheet, part=part, answers=answers, seen_version=None)
    causes = [
        problems.add_cause(by=by, sheet=sheet, what=what, evidence=shown) for what, shown in thinking.causes
    ]
    for cause, kind, what, mechanism, owner, days in thinking.measures:
        planned_on = clock.today() + dt.timedelta(days=days)
        new = casework.NewIntervention(kind=kind, what=what, cause=causes[cause].what, planned_on=planned_on)
        problems.add_measure(
            by=by, sheet=sheet, cause=causes[cause], mechanism=mechanism, owner=owner, new=new
        )
