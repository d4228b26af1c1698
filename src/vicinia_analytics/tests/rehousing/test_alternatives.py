"""Other places for a household: what each would cost, against solving anew with that choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.made_up_estate import SIZES, estate, tiny
from vicinia_analytics.rehousing import Fixed, Instance, RehousingInputError, Status, alternatives, solve
from vicinia_analytics.rehousing.alternatives import Moment
from vicinia_analytics.rehousing.plans import LEVELS, Plan
from vicinia_analytics.tests.rehousing.estates import dwelling, household, instance
from vicinia_analytics.tests.rehousing.everything import best_values


def cost(of: Instance, plan: Plan, name: str, period: int, place: str) -> dict[str, int] | None:
    lock = Fixed(name, period, place)
    best = best_values(replace(of, fixed=(*of.fixed, lock)), restricted=plan.restricted)
    if best is None:
        return None
    return dict(
        zip(LEVELS, (now - before for now, before in zip(best, plan.values, strict=True)), strict=True)
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_what_each_place_costs(restricted: bool) -> None:
    number = 0
    for seed in range(40):
        of = tiny(seed)
        plan = solve(of, restrict_early_moves=restricted)
        if plan.status is not Status.OPTIMAL:
            continue
        for person in of.households:
            for one in alternatives(of, plan, person.id, time_limit=60.0):
                assert one.proved and one.differences == cost(of, plan, person.id, one.period, one.dwelling)
                number += 1
    assert number > 15


def test_the_first_move_and_the_end() -> None:
    of = instance(
        [
            dwelling("d1", "1011"),
            dwelling("d2", "1111"),
            dwelling("s1", "1111", building="P"),
            dwelling("s2", "1111", building="Q"),
            dwelling("s3", "1111", building="Q", rooms=3),
        ],
        [household("a", "d1"), household("b", "d2", claims_return=True)],
    )
    plan = solve(of, restrict_early_moves=True)
    assert plan.assignments["a"] == ("d1", "s1", "s1", "s1") or plan.assignments["a"][1] in {"s2"}
    found = alternatives(of, plan, "a", time_limit=30.0)
    assert {one.moment for one in found} == {Moment.FIRST, Moment.LAST}
    assert "d2" not in {one.dwelling for one in found}, "b claims it, or stays in it"
    home = next(one for one in found if one.dwelling == "d1")
    assert home.moment is Moment.LAST and home.proved
    assert home.differences == {
        "outside": 0,
        "changed": 0,
        "moves": 2,
        "preferences": -1,
        "under_occupation": 0,
    }
    keys = [tuple((one.differences or {}).values()) for one in found]
    assert keys == sorted(keys)
    locked = replace(of, fixed=(Fixed("a", 3, "s1"), Fixed("a", 1, "s1")))
    assert alternatives(locked, solve(locked, restrict_early_moves=True), "a") == ()


def test_without_time_nothing_is_proved_but_what_is_as_good() -> None:
    of = estate(*SIZES["building"][:5], seed=1)
    plan = solve(of, restrict_early_moves=True)
    name = next(name for name, row in plan.assignments.items() if len(set(row)) == 2)
    for one in alternatives(of, plan, name, time_limit=0.0):
        assert not one.proved or not any((one.differences or {"": 1}).values())


def test_what_is_asked_must_be_there() -> None:
    of = instance([dwelling("d1", "11")], [household("a", "d1")])
    plan = solve(of)
    with pytest.raises(KeyError):
        alternatives(of, plan, "z")
    with pytest.raises(RehousingInputError, match="no plan to compare with"):
        alternatives(of, replace(plan, assignments={}), "a")
    assert alternatives(of, plan, "a") == ()
