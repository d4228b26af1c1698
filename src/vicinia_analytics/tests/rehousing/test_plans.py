"""Plans: what is read comes out again; what has another shape is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia_analytics.rehousing import (
    LEVELS,
    Conflict,
    ConflictKind,
    Level,
    Need,
    Plan,
    RehousingInputError,
    Relaxation,
    RelaxationKind,
    Rule,
    RuleKind,
    Status,
    read_plan,
)
from vicinia_analytics.tests.rehousing.small import SMALL_PLAN

INFEASIBLE = replace(
    SMALL_PLAN,
    status=Status.INFEASIBLE,
    levels=(),
    assignments={},
    conflict=Conflict(
        ConflictKind.PLACES,
        ("h1", "h2"),
        (1, 2),
        Need(51.0, True),
        ("c1",),
        "h1 and h2 need 51 m² without steps; there is one such dwelling.",
        (Rule(RuleKind.NOBODY_OUTSIDE, "h1", None, 1), Rule(RuleKind.FIXED, "h2", "c1", 2)),
        True,
    ),
    relaxations=(
        Relaxation(RelaxationKind.SPARE_DWELLING, None, "c1", None, 1, 0, "One more flat as c1."),
        Relaxation(RelaxationKind.OUTSIDE, "h2", None, 1, 1, None, "h2 outside for a while."),
    ),
)

texts = st.text(min_size=1, max_size=5)
wholes = st.integers(-5, 100)
levels = st.builds(Level, texts, wholes, wholes)
rows = st.lists(st.none() | texts, max_size=4).map(tuple)
plans = st.builds(
    Plan,
    st.sampled_from([Status.OPTIMAL, Status.FEASIBLE, Status.UNKNOWN]),
    st.booleans(),
    st.lists(levels, max_size=6).map(tuple),
    st.dictionaries(texts, rows, max_size=3),
    st.floats(0, 1e6),
    texts,
    wholes,
    texts,
)


@settings(max_examples=200, deadline=None)
@given(plans)
def test_what_is_read_comes_out_again(plan: Plan) -> None:
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert "conflict" not in plan.to_json() and "relaxations" not in plan.to_json()


def test_where_there_is_no_plan_the_conflict_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(INFEASIBLE.to_json()), encoding="utf-8")
    assert read_plan(path) == INFEASIBLE
    bare = replace(INFEASIBLE, conflict=replace(INFEASIBLE.conflict, need=None), relaxations=())  # type: ignore[type-var]
    assert Plan.from_json(bare.to_json()) == bare
    nothing = replace(INFEASIBLE, conflict=None, relaxations=())
    assert nothing.to_json()["conflict"] is None and Plan.from_json(nothing.to_json()) == nothing


def test_values_and_gaps() -> None:
    assert SMALL_PLAN.values == (0, 1, 8, 2, 1)
    assert Level("moves", 50, 49).gap == 0.02
    assert Level("outside", 0, 0).gap == 0.0
    assert tuple(level.name for level in SMALL_PLAN.levels) == LEVELS


WRONG: list[tuple[tuple[Any, ...], Any, list[str]]] = [
    (("format",), "x", ["format: it is not vicinia-rehousing-plan/1"]),
    (("status",), "good", ['status: "good" is not one of optimal, feasible, infeasible, unknown']),
    (("status",), [], ["status: a list is not one of optimal, feasible, infeasible, unknown"]),
    (("restricted",), None, ["restricted: true or false is needed, not null"]),
    (("levels",), {}, ["levels: a list is needed, not an object"]),
    (("levels",), [{"name": "moves"}], ["levels[0].value: is missing", "levels[0].bound: is missing"]),
    (("levels",), [{"name": "", "value": 1.5, "bound": 1}], ["levels[0].name: a text is needed, not an empty text", "levels[0].value: a whole number is needed, not 1.5"]),
    (("assignments",), [], ["assignments: an object is needed, not a list"]),
    (("assignments",), {"h1": "d1"}, ['assignments.h1: a list is needed, not "d1"']),
    (("assignments",), {"h1": [1]}, ["assignments.h1[0]: a text is needed, not 1"]),
    (("seconds",), "1", ['seconds: a number is needed, not "1"']),
    (("seed",), True, ["seed: a whole number is needed, not true"]),
    (("colour",), "red", ["colour: there is no such key"]),
    (("conflict",), 3, ["conflict: an object is needed, not 3"]),
    (("conflict", "kind"), "bad", ['conflict.kind: "bad" is not one of places, rules']),
    (("conflict", "periods", 0), -1, ["conflict.periods[0]: -1 is below 0"]),
    (("conflict", "need"), {"step_free": True}, ["conflict.need.min_area_m2: is missing"]),
    (("conflict", "rules", 0, "colour"), "red", ["conflict.rules[0].colour: there is no such key"]),
    (("conflict", "rules", 0, "household"), "", ["conflict.rules[0].household: a text is needed, not an empty text"]),
    (("relaxations", 1, "colour"), "red", ["relaxations[1].colour: there is no such key"]),
    (("relaxations", 1, "amount"), None, ["relaxations[1].amount: a number is needed, not null"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentences"), WRONG)
def test_each_fault_is_said_with_its_path(path: tuple[Any, ...], value: Any, sentences: list[str]) -> None:
    whole = json.loads(json.dumps(INFEASIBLE.to_json()))
    at = whole
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(RehousingInputError) as refused:
        Plan.from_json(whole)
    assert list(refused.value.problems) == sentences
