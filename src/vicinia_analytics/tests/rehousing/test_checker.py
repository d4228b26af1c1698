"""The checker: a right plan passes, and every rule that is broken on purpose is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.made_up_estate import tiny
from vicinia_analytics.rehousing import (
    LEVELS,
    Conflict,
    ConflictKind,
    Fixed,
    Instance,
    Level,
    Need,
    Plan,
    Status,
    ViolationKind,
    check,
    solve,
)
from vicinia_analytics.tests.rehousing.small import SMALL, SMALL_JSON, SMALL_PLAN, SMALL_ROWS, SMALL_VALUES

Row = tuple[str | None, ...]


def told(instance: Instance, rows: Mapping[str, Row], **changes: Any) -> Plan:
    """A plan that says the truth about its figures, whatever its rows are."""
    figures = check(instance, replace(SMALL_PLAN, assignments=rows)).figures or SMALL_VALUES
    levels = tuple(Level(name, value, value) for name, value in figures.items())
    plan = replace(SMALL_PLAN, assignments=rows, levels=levels, restricted=False)
    return replace(plan, instance_sha256=instance.sha256, **changes)


def test_a_right_plan_passes() -> None:
    report = check(SMALL, SMALL_PLAN)
    assert report.is_right and report.violations == () and report.figures == SMALL_VALUES
    assert check(SMALL, told(SMALL, SMALL_ROWS)).is_right
    free = replace(SMALL, published=None, moves_per_period=None)
    assert check(free, told(free, SMALL_ROWS)).figures == SMALL_VALUES | {"changed": 0}


PLANTED_ROWS: list[tuple[ViolationKind, str, Row, int | None, str | None]] = [
    (ViolationKind.UNKNOWN_HOUSEHOLD, "h9", ("b2", "b2", "b2", "b2"), None, None),
    (ViolationKind.WRONG_PERIODS, "h2", ("a2", "c2", "c2"), None, None),
    (ViolationKind.WRONG_PERIODS, "h2", ("a2", "c2", "c2", "c2", "c2"), None, None),
    (ViolationKind.WRONG_PERIODS, "h2", (), None, None),
    (ViolationKind.UNKNOWN_DWELLING, "h2", ("a2", "z9", "c2", "c2"), 1, "z9"),
    (ViolationKind.NOT_AT_HOME, "h3", ("b2", "b2", "b1", "b1"), 0, "b2"),
    (ViolationKind.NOT_AT_HOME, "h3", (None, None, "b1", "b1"), 0, None),
    (ViolationKind.NOT_AVAILABLE, "h2", ("a2", "a2", "c2", "c2"), 1, "a2"),
    (ViolationKind.NOT_AVAILABLE, "h1", ("a1", "a1", "a1", "a1"), 1, "a1"),
    (ViolationKind.SHARED, "h3", ("b1", "b1", "b1", "c2"), 3, "c2"),
    (ViolationKind.REFUSED, "h3", ("b1", "b1", "b1", "c1"), 3, "c1"),
    (ViolationKind.STEPS, "h1", ("a1", "b2", "a1", "a1"), 1, "b2"),
    (ViolationKind.TOO_SMALL, "h2", ("a2", "b2", "b2", "b2"), 1, "b2"),
    (ViolationKind.TOO_MANY_MOVES, "h2", ("a2", "c2", "c2", "a2"), 3, None),
    # To come back into the same dwelling from outside is an arrival too.
    (ViolationKind.TOO_MANY_MOVES, "h2", ("a2", "c2", None, "c2"), 3, None),
    (ViolationKind.NOT_RETURNED, "h1", ("a1", "c1", "c1", "c1"), 3, "c1"),
    (ViolationKind.NOT_RETURNED, "h1", ("a1", "c1", "a1", None), 3, None),
    (ViolationKind.NOT_AS_FIXED, "h3", ("b1", "b1", "b2", "b1"), 2, "b2"),
    (ViolationKind.NOT_AS_FIXED, "h3", ("b1", "b1", None, "b1"), 2, None),
]


@pytest.mark.parametrize(("kind", "household", "row", "period", "dwelling"), PLANTED_ROWS)
def test_a_planted_row_is_named(
    kind: ViolationKind, household: str, row: Row, period: int | None, dwelling: str | None
) -> None:
    report = check(SMALL, told(SMALL, SMALL_ROWS | {household: row}))
    assert {violation.kind for violation in report.violations} == {kind}
    found = report.violations[0]
    assert (found.household, found.period, found.dwelling) == (household, period, dwelling)
    assert household in found.sentence and found.sentence.endswith(".")


def test_who_is_missing_is_named() -> None:
    rows = {name: row for name, row in SMALL_ROWS.items() if name != "h3"}
    report = check(SMALL, told(SMALL, rows))
    assert [(one.kind, one.household) for one in report.violations] == [(ViolationKind.MISSING_HOUSEHOLD, "h3")]  # fmt: skip
    assert report.figures == {}


def test_too_many_move_at_once() -> None:
    report = check(SMALL, told(SMALL, SMALL_ROWS | {"h3": ("b1", "b2", "b1", "b1")}))
    (found,) = report.violations
    assert (found.kind, found.period) == (ViolationKind.TOO_MANY_ARRIVALS, 1)
    assert found.sentence == "There are 3 moves in 2027-04; 2 is the most."


def test_who_leaves_before_the_works_breaks_the_restriction_only() -> None:
    for row in (("b1", "b1", "b1", "b2"), ("b1", "b1", "b1", None)):
        rows = SMALL_ROWS | {"h3": row}
        assert check(SMALL, told(SMALL, rows)).is_right
        (found,) = check(SMALL, replace(told(SMALL, rows), restricted=True)).violations
        assert (found.kind, found.household, found.period) == (ViolationKind.MOVED_EARLY, "h3", 3)


def test_where_the_home_is_gone_the_building_is_enough() -> None:
    data = SMALL_JSON | {"dwellings": [SMALL_JSON["dwellings"][0] | {"available": [True, False, False, False]}, *SMALL_JSON["dwellings"][1:]]}  # fmt: skip
    gone = Instance.from_json(data)
    back = SMALL_ROWS | {"h1": ("a1", "c1", "c1", "a2")}
    assert check(gone, told(gone, back)).is_right
    for end in ("c1", None):
        (found,) = check(gone, told(gone, SMALL_ROWS | {"h1": ("a1", "c1", "c1", end)})).violations
        assert found.kind is ViolationKind.NOT_RETURNED and "building A" in found.sentence


def test_no_rounding_decides_what_is_too_small() -> None:
    """100 m² less 41 % are 59 m²; in binary fractions they would be a little more."""
    data = SMALL_JSON | {"adequacy": {"min_area_m2": {"1": 28, "2": 40, "3": 100}, "tolerance": 0.41}}
    data["dwellings"] = [
        one | {"area_m2": 59.0} if one["id"] == "c2" else one for one in SMALL_JSON["dwellings"]
    ]
    assert 100 * (1 - 0.41) > 59
    exact = Instance.from_json(data)
    assert check(exact, told(exact, SMALL_ROWS)).is_right


def level(name: str, value: int, bound: int) -> tuple[Level, ...]:
    """The small plan's levels, one of them changed."""
    return tuple(
        Level(name, value, bound) if one.name == name else one for one in SMALL_PLAN.levels
    )  # fmt: skip


CONFLICT = Conflict(ConflictKind.RULES, (), (), None, (), "Nothing goes.")
PLANTED_CLAIMS: list[tuple[ViolationKind, dict[str, Any]]] = [
    (ViolationKind.OTHER_INSTANCE, {"instance_sha256": "0" * 64}),
    (ViolationKind.WRONG_LEVELS, {"levels": SMALL_PLAN.levels[::-1]}),
    (ViolationKind.WRONG_LEVELS, {"levels": SMALL_PLAN.levels[1:]}),
    (ViolationKind.WRONG_LEVELS, {"levels": ()}),
    (ViolationKind.WRONG_LEVELS, {"levels": (*SMALL_PLAN.levels[:-1], Level("void", 0, 0))}),
    *((ViolationKind.WRONG_VALUE, {"levels": level(name, SMALL_VALUES[name] + 1, SMALL_VALUES[name] + 1)}) for name in LEVELS),
    (ViolationKind.WRONG_VALUE, {"levels": level("moves", 7, 7)}),
    (ViolationKind.BOUND_ABOVE_VALUE, {"levels": level("moves", 8, 9)}),
    (ViolationKind.BOUND_BELOW_ZERO, {"levels": level("moves", 8, -1), "status": Status.FEASIBLE}),
    (ViolationKind.NOT_PROVED, {"levels": level("moves", 8, 7)}),
    (ViolationKind.PROVED, {"status": Status.FEASIBLE}),
    (ViolationKind.PLAN_WITHOUT_STATUS, {"status": Status.UNKNOWN}),
    (ViolationKind.PLAN_WITHOUT_STATUS, {"status": Status.UNKNOWN, "levels": ()}),
    (ViolationKind.PLAN_WITHOUT_STATUS, {"status": Status.UNKNOWN, "assignments": {}}),
    (ViolationKind.PLAN_WITHOUT_STATUS, {"status": Status.INFEASIBLE, "conflict": CONFLICT}),
    (ViolationKind.NO_CONFLICT, {"status": Status.INFEASIBLE, "assignments": {}, "levels": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes"), PLANTED_CLAIMS)
def test_a_planted_claim_is_named(kind: ViolationKind, changes: dict[str, Any]) -> None:
    report = check(SMALL, replace(SMALL_PLAN, **changes))
    assert {violation.kind for violation in report.violations} == {kind}


def test_every_kind_of_violation_is_planted() -> None:
    elsewhere = {ViolationKind.MISSING_HOUSEHOLD, ViolationKind.TOO_MANY_ARRIVALS, ViolationKind.MOVED_EARLY, ViolationKind.WRONG_CONFLICT}  # fmt: skip
    planted = {row[0] for row in PLANTED_ROWS} | {kind for kind, _ in PLANTED_CLAIMS}
    assert planted | elsewhere == set(ViolationKind) and len(PLANTED_ROWS) + len(PLANTED_CLAIMS) >= 20


def test_what_is_no_plan_and_says_so_passes() -> None:
    nothing = replace(SMALL_PLAN, assignments={}, levels=())
    assert check(SMALL, replace(nothing, status=Status.UNKNOWN)).is_right
    assert check(SMALL, replace(nothing, status=Status.INFEASIBLE, conflict=CONFLICT)).is_right
    gap = replace(SMALL_PLAN, status=Status.FEASIBLE, levels=level("moves", 8, 7))
    assert check(SMALL, gap).is_right


def counted(instance: Instance, rows: Mapping[str, Row]) -> dict[str, int]:
    """The figures once more: period after period and pair after pair, with nothing of the checker."""
    out = dict.fromkeys(LEVELS, 0)
    for now in range(len(instance.periods)):
        for one in instance.households:
            here = rows[one.id][now]
            if here is None:
                out["outside"] += 1
            if instance.published and instance.published[one.id][now] != here:
                out["changed"] += 1
            if now > 0 and here is not None and rows[one.id][now - 1] != here:
                out["moves"] += 3 if one.fragile else 2
    ends = {}
    for one in instance.households:
        last = rows[one.id][-1]
        ends[one.id] = f"outside {one.id}" if last is None else instance.dwelling(last).building
        if ends[one.id] != instance.dwelling(one.home).building:
            out["preferences"] += 1
        if last is not None:
            out["under_occupation"] += max(0, instance.dwelling(last).rooms - min(one.size, 4) - 1)
    for at, one in enumerate(instance.households):
        for other in instance.households[at + 1 :]:
            if (other.id in one.near or one.id in other.near) and ends[one.id] != ends[other.id]:
                out["preferences"] += 1
    return out


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_figures_of_any_rows_are_those_of_a_second_count(seed: int, data: st.DataObject) -> None:
    instance = tiny(seed)
    places = st.sampled_from([*(dwelling.id for dwelling in instance.dwellings), None])
    row = st.lists(places, min_size=len(instance.periods), max_size=len(instance.periods)).map(tuple)
    rows = {household.id: data.draw(row) for household in instance.households}
    figures = counted(instance, rows)
    plan = told(instance, rows)
    assert check(instance, plan).figures == figures
    assert not {one.kind for one in check(instance, plan).violations} & {ViolationKind.WRONG_VALUE}


# Without the pool h2 has nowhere to go in 2027-04 and 2027-07, and h1 has no place without steps in 2027-04.
NO_POOL = replace(SMALL, dwellings=SMALL.dwellings[:4], households=(*SMALL.households[:2], replace(SMALL.households[2], refuses=frozenset())), published=None)  # fmt: skip
TOO_FEW = Conflict(
    ConflictKind.PLACES, ("h1", "h2"), (1,), Need(34.0, False), ("b1",), "Only b1 is large enough."
)


def against(
    conflict: Conflict, instance: Instance = NO_POOL, *, restricted: bool = False
) -> list[tuple[str | None, int | None, str | None]]:
    """Who, when and where a conflict is found wrong."""
    plan = replace(
        SMALL_PLAN, status=Status.INFEASIBLE, levels=(), assignments={}, conflict=conflict,
        restricted=restricted, instance_sha256=instance.sha256,
    )  # fmt: skip
    report = check(instance, plan)
    assert {violation.kind for violation in report.violations} <= {ViolationKind.WRONG_CONFLICT}
    return [(one.household, one.period, one.dwelling) for one in report.violations]


def test_too_few_places_are_counted_again() -> None:
    assert against(TOO_FEW) == []
    assert against(replace(TOO_FEW, households=("h2",), periods=(1, 2), available=())) == [
        ("h2", 1, "b1"),
        ("h2", 2, "b1"),
    ]
    assert against(replace(TOO_FEW, periods=(1, 3))) == [("h1", 3, "a1"), ("h2", 3, "a2")]
    nothing = [(None, None, None)]
    assert against(replace(TOO_FEW, available=("b1", "b2"))) == nothing
    assert against(replace(TOO_FEW, households=("h1", "h2", "h9"))) == nothing
    assert against(replace(TOO_FEW, households=("h1", "h2", "h2"))) == nothing
    assert against(replace(TOO_FEW, households=())) == nothing * 2
    for periods in ((), (4,)):
        assert against(replace(TOO_FEW, periods=periods)) == nothing


def test_places_of_a_conflict_follow_every_rule() -> None:
    """Who must be at home, has agreed or comes back has one place; who has agreed to be outside needs none."""
    alone = replace(TOO_FEW, households=("h3",), periods=(1,), available=())
    both = [("h3", 1, "b1"), ("h3", 1, "b2")]
    assert against(alone) == both
    assert against(alone, restricted=True) == both[:1]
    assert against(replace(alone, periods=(2,))) == [("h3", 2, "b1")], "agreed"
    assert against(replace(alone, periods=(0,))) == [("h3", 0, "b1")], "today"
    outside = replace(NO_POOL, fixed=(Fixed("h3", 1, None),))
    assert against(alone, outside) == [("h3", 1, None)]
    assert against(alone, outside, restricted=True) == [], "who must stay at home can't be outside"
    returning = replace(alone, households=("h1",), periods=(3,))
    assert against(returning) == [("h1", 3, "a1")]
    shut = replace(NO_POOL.dwellings[0], available=(True, False, False, False))
    gone = replace(NO_POOL, dwellings=(shut, *NO_POOL.dwellings[1:]))
    assert against(returning, gone) == [("h1", 3, "a2")]


@pytest.mark.parametrize("seed", range(60))
def test_conflicts_that_are_found_are_right(seed: int) -> None:
    for restricted in (False, True):
        plan = solve(tiny(seed), nobody_outside=True, restrict_early_moves=restricted)
        assert check(tiny(seed), plan).is_right
