"""The real solver behind our pages: what it gives back is what pages read."""

from __future__ import annotations

from typing import Any

import pytest

from vicinia.domain.mobility import actions, engine, queries, sentences
from vicinia.domain.mobility.actions import NewPlan
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.engine.solving import Asked, Watched
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.states import PlanKind, PlanState
from vicinia.domain.mobility.views.picture import Picture
from vicinia_analytics.rehousing import RehousingInputError

pytestmark = pytest.mark.django_db
ALONE = Watched(lambda _one: None, bool)


def computed(estate, by, **new: Any):
    plan = actions.ask_plan(by=by, relocation=estate.relocation, new=NewPlan(time_limit=60, **new))
    return jobs.carry_out(plan, every=60)


def test_a_plan_is_proved_and_checked(estate, lucia):
    plan = computed(estate, lucia)
    assert (plan.state, plan.facts["status"], plan.facts["outside"]) == (PlanState.PROPOSED, "optimal", 0)
    assert plan.facts["moves"] == 8 and plan.facts["solver"].startswith("HiGHS")
    assert len(plan.instance_sha256) == 64
    assert sum(stay.last - stay.first + 1 for stay in plan.stays.all()) == 4 * 4


def test_what_goes_in_wrong_is_refused(estate):
    instance = engine.build(queries.facts_of(estate.relocation)).instance
    with pytest.raises(RehousingInputError):
        solving.solve(instance | {"periods": []}, Asked(1), ALONE)


def test_who_is_outside_is_explained_and_nobody_outside_may_be_impossible(estate, lucia):
    estate.relocation.units.filter(dwelling=estate.spare[1]).delete()
    for file in estate.files[2:]:
        estate.relocation.units.filter(dwelling=file.home).delete()
        file.delete()
    plan = computed(estate, lucia)
    assert plan.facts["outside"] == 1
    (conflict,) = queries.documents_of(plan).result["explained"]
    said = sentences.conflict_words(conflict, plan.days, {})
    assert said[0] == (
        "2 nuclei hanno bisogno di un alloggio di almeno 36 m². Nella fase di aprile 2027 ce n'è solo 1."
    )

    question = {"change": "nobody_outside", "nobody_outside": True}
    impossible = computed(estate, lucia, kind=PlanKind.WHAT_IF, base=plan, question=question)
    assert impossible.state == PlanState.IMPOSSIBLE
    picture = Picture(impossible, lucia)
    result = picture.documents.result
    assert sentences.conflict_words(result["conflict"], plan.days, picture.names)[0] == said[0]
    found = sentences.remedies(result["relaxations"], picture.documents.places, picture.names)
    assert "spare" in {one.question["change"] for one in found}
    spare = next(one for one in found if one.question["change"] == "spare")
    again = computed(estate, lucia, kind=PlanKind.WHAT_IF, base=impossible, question=dict(spare.question))
    assert (again.state, again.facts["outside"]) == (PlanState.PROPOSED, 0)
    assert "N. 102 fuori dal quartiere per 1 fase" in {one.words for one in found}


def test_alternatives_and_spare_flats_are_as_pages_read_them(estate, lucia):
    plan = computed(estate, lucia)
    documents = queries.documents_of(plan)
    found = solving.alternatives(dict(documents.instance), dict(documents.result), "h101")
    assert found and sentences.alternative_words(found, plan.days, {})
    steps = solving.pool(dict(documents.instance), Asked(20), ALONE)
    assert steps[0]["extra"] == 0 and steps[0]["moves"] == 16


def test_the_plan_document_has_only_what_the_format_has():
    assert solving.plan_document({"format": "x", "explained": [], "pool": []}) == {"format": "x"}
