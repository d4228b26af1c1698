"""The sheet is filled in part by part, and the case waits for each."""

import pytest

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework import rules as case_rules
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Stage
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.people.models import Person
from vicinia.domain.problems import actions, jobs, models, queries, rules
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, Refused

pytestmark = pytest.mark.django_db


def written(by, sheet, part, **answers):
    said = {question.name: f"Parola di {question.name}" for question in QUESTIONS[part]} | answers
    return actions.write_part(by=by, sheet=sheet, part=part, answers=said, seen_version=None)


def measured(by, sheet, cause, what="chiudere il cancello alle 22"):
    new = casework.NewIntervention(kind="works", what=what, planned_on=clock.today(), cause=cause.what)
    values = {"mechanism": "senza passaggio non si fermano", "owner": "ufficio verde", "new": new}
    return actions.add_measure(by=by, sheet=sheet, cause=cause, **values)


def blocked(case):
    return {matter.blocks for matter in case.matters.all()}


def missing(sheet):
    filled = queries.filled(sheet, queries.thought_of(sheet))
    return {part.code: len(part.missing) for part in filled}


def test_a_new_sheet_holds_every_stage_back(anna, case, sheet):
    assert blocked(case) == {"analysis", "response", "assessment", "watching", "closed"}
    verdict = case_rules.may_enter_stage(anna, case, Stage.ANALYSIS, cases.progress(case))
    assert not verdict.allowed
    assert missing(sheet) == {"scanning": 6, "analysis": 12, "response": 1, "assessment": 4, "maintenance": 1}


def test_each_part_frees_the_stage_that_waits_for_it(anna, case, sheet):
    written(anna, sheet, Part.SCANNING)
    assert "analysis" not in blocked(case)
    written(anna, sheet, Part.ANALYSIS)
    assert "response" in blocked(case), "there is no cause yet"
    cause = actions.add_cause(by=anna, sheet=sheet, what="il cancello resta aperto", evidence="visto da noi")
    assert "response" not in blocked(case)
    measure = measured(anna, sheet, cause)
    assert measure.intervention.cause == "il cancello resta aperto"
    assert "assessment" not in blocked(case)
    written(anna, sheet, Part.ASSESSMENT)
    written(anna, sheet, Part.MAINTENANCE)
    assert blocked(case) == set()
    written(anna, sheet, Part.SCANNING, harm=" ")
    assert blocked(case) == {"analysis"}


def test_a_measure_cancelled_among_the_interventions_is_missed_at_night(anna, case, sheet):
    cause = actions.add_cause(by=anna, sheet=sheet, what="buio")
    measure = measured(anna, sheet, cause)
    casework.cancel_intervention(by=anna, intervention=measure.intervention, reason="costa troppo")
    assert "assessment" not in blocked(case)
    assert jobs.look_again() == 1
    assert "assessment" in blocked(case)
    assert queries.measures_of(sheet) == []


def test_only_a_place_problem_has_a_sheet_and_only_one(cast, anna, case, sheet):
    with pytest.raises(Refused, match="già"):
        actions.begin_sheet(by=anna, case=case)
    person = case_of(anna, report_in(cast.crocetta))
    with pytest.raises(Refused, match="problemi di un luogo"):
        actions.begin_sheet(by=anna, case=person)
    with pytest.raises(Refused):
        actions.begin_sheet(
            by=cast.actor(cast.vera), case=case_of(anna, report_in(cast.crocetta), kind="place")
        )


def test_nothing_is_overwritten_in_silence(anna, sheet):
    written(anna, sheet, Part.SCANNING)
    answers = {"harm": "altro"}
    with pytest.raises(Conflict):
        actions.write_part(by=anna, sheet=sheet, part=Part.SCANNING, answers=answers, seen_version=1)
    sheet.refresh_from_db()
    assert sheet.harm == "Parola di harm"


def test_a_measure_needs_a_cause_of_its_own_sheet(cast, anna, sheet):
    other = actions.begin_sheet(by=anna, case=case_of(anna, report_in(cast.crocetta), kind="place"))
    cause = actions.add_cause(by=anna, sheet=other, what="altrove")
    with pytest.raises(Refused, match="quale causa"):
        measured(anna, sheet, cause)


def test_a_cause_on_which_nothing_acts_can_go(anna, sheet):
    cause = actions.add_cause(by=anna, sheet=sheet, what="errore")
    actions.drop_cause(by=anna, cause=cause)
    assert not sheet.causes.exists()
    kept = actions.add_cause(by=anna, sheet=sheet, what="buio")
    measured(anna, sheet, kept)
    with pytest.raises(Refused, match="agisce già una misura"):
        actions.drop_cause(by=anna, cause=kept)


def test_who_does_not_work_the_case_writes_nothing(cast, anna, sheet):
    for by in (cast.actor(cast.vera), cast.actor(cast.bruno)):
        with pytest.raises(Refused):
            written(by, sheet, Part.SCANNING)
        with pytest.raises(Refused):
            actions.add_cause(by=by, sheet=sheet, what="x")


def test_printing_is_for_who_sees_cases(cast, anna, sheet):
    actions.note_print(by=anna, sheet=sheet)
    assert Entry.objects.filter(event="problem.printed").count() == 1
    with pytest.raises(Refused):
        actions.note_print(by=cast.actor(cast.vera), sheet=sheet)


def test_every_question_is_a_column_and_no_table_knows_a_person():
    asked = [question.name for questions in QUESTIONS.values() for question in questions]
    columns = {field.name for field in models.Sheet._meta.get_fields()}
    assert len(asked) == len(set(asked)) == 22
    assert set(asked) <= columns
    for table in (models.Sheet, models.Cause, models.Measure):
        keys = {field.related_model for field in table._meta.get_fields() if field.is_relation}
        assert Person not in keys


def test_a_closed_case_is_not_looked_at(anna, case, sheet):
    Case.objects.filter(pk=case.pk).update(stage="closed", outcome="solved", closed_at=clock.now())
    assert jobs.look_again() == 0
    assert not rules.may_write(anna, Case.objects.get(pk=case.pk)).allowed
