"""What `solve` promises besides the best plan: bounds, limits, progress, and the same again."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.made_up_estate import SIZES, estate, tiny
from vicinia_analytics.rehousing import Fixed, Instance, Progress, Status, check, searching, sifting, solve
from vicinia_analytics.rehousing.colouring import Coloured, colour, flow_of, ways
from vicinia_analytics.rehousing.figures import values
from vicinia_analytics.rehousing.greedy import greedy
from vicinia_analytics.rehousing.levels import search_of
from vicinia_analytics.rehousing.network import Arcs, network_of
from vicinia_analytics.rehousing.programme import UNPLACED, Limits, Programme, Solved
from vicinia_analytics.rehousing.reducing import kinds_of, types_of
from vicinia_analytics.rehousing.solving import full_bounds
from vicinia_analytics.tests.rehousing.estates import dwelling, household, instance
from vicinia_analytics.tests.rehousing.everything import best_values

BUILDING = estate(*SIZES["building"][:5], seed=1)
LIMITS = Limits(None, 1, 0, None)


def test_an_estate_is_proved_with_and_without_the_restriction() -> None:
    told: list[Progress] = []
    restricted = solve(BUILDING, restrict_early_moves=True, progress=told.append)
    free = solve(BUILDING)
    for plan in (restricted, free):
        assert plan.status is Status.OPTIMAL and check(BUILDING, plan).is_right
        assert [level.bound for level in plan.levels] == list(plan.values)
    assert free.values <= restricted.values <= values(BUILDING, greedy(BUILDING, restricted=True) or {})
    assert {one.level for one in told} <= {level.name for level in restricted.levels}
    assert all(one.value is not None and one.value >= one.bound and one.seconds > 0 for one in told)
    assert told[-1].gap == 0 and Progress("moves", None, 0, 0.0).gap == float("inf")


def test_the_same_inputs_give_the_same_values() -> None:
    first, second = (solve(BUILDING, seed=3) for _ in range(2))
    assert first.assignments == second.assignments and first.seed == 3
    assert solve(BUILDING, threads=2).values == first.values


@pytest.mark.parametrize("block", range(4))
def test_few_arcs_at_a_time_give_the_same(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sifting, with so few arcs at once that it has to come again."""
    monkeypatch.setattr(sifting, "DIRECT", 4)
    monkeypatch.setattr(sifting, "EACH", 1)
    for seed in range(block * 40, block * 40 + 40):
        of = tiny(seed)
        plan = solve(of)
        assert plan.values == (best_values(of) or ()), seed


def test_sifting_an_estate(monkeypatch: pytest.MonkeyPatch) -> None:
    best = solve(BUILDING).values
    monkeypatch.setattr(sifting, "DIRECT", 100)
    assert solve(BUILDING).values == best


def test_no_time_is_enough_for_the_first_plan() -> None:
    plan = solve(BUILDING, time_limit=0.0, restrict_early_moves=True)
    assert plan.status is Status.FEASIBLE and check(BUILDING, plan).is_right
    assert plan.values == values(BUILDING, greedy(BUILDING, restricted=True) or {})


def test_it_stops_when_asked() -> None:
    of = estate(*SIZES["estate"][:5], seed=1)
    asked = itertools.count()
    plan = solve(of, should_stop=lambda: next(asked) >= 1)
    assert plan.status is Status.FEASIBLE and check(of, plan).is_right


def test_an_error_in_the_question_comes_out() -> None:
    def fail() -> bool:
        raise LookupError("the connection is gone")

    with pytest.raises(LookupError, match="the connection is gone"):
        solve(BUILDING, should_stop=fail)


def test_nothing_is_known_without_time_or_a_first_plan() -> None:
    """Greedy finds no plan here: nobody may move twice, and whoever comes first takes the place of the one who claims it."""
    of = next(of for of in map(tiny, range(400)) if greedy(of) is None and best_values(of) is not None)
    assert solve(of).status is Status.OPTIMAL
    assert solve(of, should_stop=lambda: True).status in {Status.UNKNOWN, Status.OPTIMAL}


def test_bounds_of_the_full_problem() -> None:
    restricted = solve(BUILDING, restrict_early_moves=True)
    free = solve(BUILDING)
    bounds = full_bounds(BUILDING, restricted)
    assert bounds.keys() == {"outside", "moves"}
    assert bounds["outside"] <= free.values[0] and bounds["moves"] <= free.values[2]
    tight = estate(12, 12, 3, 6, 0, seed=1)
    assert full_bounds(tight, solve(tight, restrict_early_moves=True))["outside"] <= solve(tight).values[0]
    assert full_bounds(BUILDING, restricted, time_limit=0.0) == {"outside": 0, "moves": 0}


def test_a_flow_that_can_not_be_given_to_people_is_sought_again() -> None:
    """Two flats alike, of which a refuses one; b is in it now and never leaves: by types a has room there, by flats it has not."""
    of = instance(
        [dwelling("d1", "100"), dwelling("s1", "111", building="P"), dwelling("s2", "111", building="P")],
        [household("a", "d1", refuses=frozenset({"s2"})), household("b", "s1", max_moves=0)],
    )
    network = network_of(of, restricted=False)
    assert len(network.types.members) == 2
    plan = solve(of)
    assert plan.status is Status.OPTIMAL and plan.values[0] == 2 and check(of, plan).is_right


def test_what_is_left_over_is_told() -> None:
    of = instance(
        [dwelling("d1", "100"), dwelling("s1", "111", building="P"), dwelling("s2", "111", building="P")],
        [household("a", "d1", refuses=frozenset({"s2"})), household("b", "s1")],
    )
    network = network_of(of, restricted=False)
    home, spare = network.types.of["d1"], network.types.of["s1"]
    coloured = colour(network, {"a": [(home, 0, 1), (spare, 1, 3)], "b": [(spare, 0, 3)]})
    assert coloured.left == ("a",) and coloured.blocking == {"s2"}
    assert coloured.rows == {"b": ("s1", "s1", "s1")}


def test_households_that_are_alike_are_one_kind() -> None:
    flats = [dwelling(f"d{at}", "101") for at in range(3)] + [
        dwelling(f"s{at}", "111", building="P") for at in range(3)
    ]
    of = instance(flats, [household(f"h{at}", f"d{at}") for at in range(3)])
    types = types_of(of)
    assert types.members == (("d0", "d1", "d2"), ("s0", "s1", "s2"))
    assert [kind.number for kind in kinds_of(of, types, restricted=False)] == [3]
    assert len(types_of(of, frozenset({"d1"})).members) == 3
    plan = solve(of)
    assert plan.values == (0, 0, 12, 0, 0) or plan.values == (0, 0, 6, 3, 0)
    assert plan.values[2] == 6 and check(of, plan).is_right


def test_a_plan_is_a_flow_and_a_flow_is_a_plan() -> None:
    rows = greedy(BUILDING)
    assert rows is not None
    network = network_of(BUILDING, restricted=False)
    search = search_of(network, LIMITS, lambda *_: None)
    flow = flow_of(network, search.arcs, rows)
    assert flow is not None
    by_levels = tuple(search.value(name, flow) for name in ("outside", "moves", "preferences"))
    assert by_levels == tuple(values(BUILDING, rows)[at] for at in (0, 2, 3))
    coloured = colour(network, ways(network, search.arcs, flow))
    assert not coloured.left and values(BUILDING, coloured.rows) == values(BUILDING, rows)
    assert flow_of(network, search.arcs[flow == 0], rows) is None


def test_reduced_costs_are_those_of_the_solver() -> None:
    """A basic arc costs nothing more, and none less than nothing."""
    network = network_of(BUILDING, restricted=True)
    search = search_of(network, LIMITS, lambda *_: None)
    programme = Programme(network, search.pairs, "preferences", (), search.rows)
    solved = programme.solve(search.arcs, LIMITS, whole=False)
    assert solved.duals is not None and solved.flow is not None
    costs = programme.reduced_costs(search.arcs, solved.duals)
    assert costs.min() > -1e-6 and np.abs(costs[solved.flow > 1e-6]).max() < 1e-6


def test_locks_against_the_restriction() -> None:
    of = instance(
        [dwelling("d1", "110"), dwelling("d2", "111")],
        [household("a", "d1")],
        fixed=(Fixed("a", 1, "d2"),),
    )
    plan = solve(of, restrict_early_moves=True)
    assert plan.status is Status.INFEASIBLE and plan.conflict is not None and check(of, plan).is_right
    assert solve(of).status is Status.OPTIMAL


def test_near_ones_who_stay_count_too() -> None:
    """a and b stay, in one building; c must go, and ends where they are if it can."""
    of = instance(
        [dwelling("d1", "111"), dwelling("d2", "111"), dwelling("d3", "100", building="B"), dwelling("d4", "111", building="B"), dwelling("d5", "111")],
        [household("a", "d1", near=("b", "c")), household("b", "d2"), household("c", "d3", near=("d",)), household("d", "d4")],
    )  # fmt: skip
    for restricted in (False, True):
        plan = solve(of, restrict_early_moves=restricted)
        assert plan.values[3] == 2 and check(of, plan).is_right


def test_time_is_shared_among_levels() -> None:
    of: Instance = replace(BUILDING)
    before = time.monotonic()
    plan = solve(of, time_limit=60.0)
    assert plan.status is Status.OPTIMAL and time.monotonic() > before


@pytest.mark.parametrize("weaker", [0.0, 0.5, 2.5])
@pytest.mark.parametrize("few", [False, True])
def test_relaxations_that_say_little(weaker: float, few: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither whole nor close: everything must be found in whole numbers, and rows hold the levels instead of prices."""
    if few:
        monkeypatch.setattr(sifting, "DIRECT", 4)
    monkeypatch.setattr(Programme, "solve", worse(weaker))
    for seed in range(60):
        of = tiny(seed)
        plan = solve(of)
        assert plan.values == (best_values(of) or ()), seed
        assert plan.status is (Status.OPTIMAL if plan.values else Status.INFEASIBLE)


def worse(weaker: float, whole_numbers: Solved | None = None) -> Callable[..., Solved]:
    """`Programme.solve` with flows that are not whole and bounds that are lower; `whole_numbers` is given instead of what would be found."""
    truly = Programme.solve

    def solve_worse(
        self: Programme, arcs: Arcs, limits: Limits, *, whole: bool, start: object = None
    ) -> Solved:
        if whole:
            return whole_numbers or truly(self, arcs, limits, whole=True, start=start)  # type: ignore[arg-type]
        found = truly(self, arcs, limits, whole=False)
        less = 0.0 if self.level == UNPLACED else weaker
        assert found.flow is not None
        return replace(found, flow=found.flow + 0.25, bound=found.bound - less)

    return solve_worse


@pytest.mark.parametrize("bound", [-float("inf"), -100.0])
def test_when_nothing_whole_is_found(bound: float, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Solved(False, None, float("inf"), bound)
    monkeypatch.setattr(Programme, "solve", worse(0.5, nothing))
    plan = solve(BUILDING)
    assert plan.status is Status.FEASIBLE and check(BUILDING, plan).is_right
    assert plan.values == values(BUILDING, greedy(BUILDING) or {})


def test_when_people_can_not_be_given_dwellings_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flow is all that there is, and no household can have a way of its own: nothing is known."""
    monkeypatch.setattr(searching, "greedy", lambda *_, **__: None)
    monkeypatch.setattr(searching, "colour", lambda *_: Coloured({}, ("a",), frozenset()))
    of = instance([dwelling("d1", "11")], [household("a", "d1")])
    assert solve(of).status is Status.UNKNOWN


def test_a_solver_that_is_stopped_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sifting, "DIRECT", 4)
    plan = solve(BUILDING, time_limit=0.0)
    assert plan.status is Status.FEASIBLE and not any(level.bound for level in plan.levels)


def test_a_known_plan_is_where_the_solver_begins() -> None:
    """With pairs, whose columns follow from the plan."""
    network = network_of(BUILDING, restricted=True)
    search = search_of(network, LIMITS, lambda *_: None)
    start = flow_of(network, search.arcs, greedy(BUILDING, restricted=True) or {})
    programme = Programme(network, search.pairs, "preferences", (), search.rows)
    solved = programme.solve(search.arcs, LIMITS, whole=True, start=start)
    assert solved.proved and solved.value == solved.bound
    assert start is not None and solved.value + search.pairs.number <= search.value("preferences", start)


def test_what_can_not_be_is_said() -> None:
    network = network_of(BUILDING, restricted=True)
    search = search_of(network, LIMITS, lambda *_: None)
    programme = Programme(network, search.pairs, "moves", (), search.rows)
    none = search.arcs[search.arcs.kind != search.arcs.kind[0]]
    assert programme.solve(none, LIMITS, whole=True) == Solved(True, None, float("inf"), float("inf"))
