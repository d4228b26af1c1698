"""Plans of estates too large to try everything: watched, stopped, short of time, sifted, explained."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.made_up_estate import SIZES, estate, tiny
from vicinia_analytics.rehousing import (
    Adequacy,
    ConflictKind,
    Dwelling,
    Fixed,
    Household,
    Instance,
    Plan,
    Progress,
    RehousingInputError,
    Status,
    alternatives,
    check,
    explain,
    figures,
    solve,
)
from vicinia_analytics.rehousing.colouring import Coloured
from vicinia_analytics.rehousing.explaining import conflict_of
from vicinia_analytics.rehousing.greedy import greedy
from vicinia_analytics.rehousing.levels import search_of
from vicinia_analytics.rehousing.network import network_of
from vicinia_analytics.rehousing.plans import Level
from vicinia_analytics.rehousing.programme import Limits, Programme, Rows
from vicinia_analytics.rehousing.relaxing import relaxations_of
from vicinia_analytics.rehousing.searching import Settings
from vicinia_analytics.tests.rehousing.everything import best_values

HOUSE = estate(50, 34, 3, 8, 8, seed=1)
# Nobody has a spare flat: somebody must go outside.
TIGHT = estate(24, 22, 3, 6, 0, seed=3, tight=0.6)


def test_a_house_is_planned_to_the_end_and_told_on_the_way() -> None:
    told: list[Progress] = []
    plan = solve(HOUSE, progress=told.append)
    assert plan.status is Status.OPTIMAL and check(HOUSE, plan).is_right
    assert {one.level for one in told} >= {"moves", "preferences", "under_occupation"}
    assert all(one.value is None or one.bound <= one.value for one in told)
    assert plan.values == solve(HOUSE).values, "the same inputs and seed give the same figures"


@pytest.mark.parametrize("instance", [HOUSE, TIGHT])
def test_no_plan_is_worse_than_the_greedy_one(instance: Instance) -> None:
    for restricted in (False, True):
        rows = greedy(instance, restricted=restricted)
        plan = solve(instance, restrict_early_moves=restricted)
        assert rows is None or plan.values <= figures.values(instance, rows)
        assert check(instance, plan).is_right
    assert solve(instance).values <= plan.values, "a restriction makes nothing better"


def test_who_is_kept_is_in_nobodys_home() -> None:
    """A household that stays until works begin does not stay where another one, whose place is kept, comes to live."""
    open_ = (True, True, True)
    homes = [Dwelling(f"a{at}", "A", "1", 60.0, 2, True, open_) for at in (1, 2, 3)]
    people = (Household("h1", "a1", 2), Household("h2", "a2", 2))
    instance = Instance(
        ("2027-01", "2027-04", "2027-07"), tuple(homes), people, Adequacy({1: 28.0, 2: 40.0}, 0.0)
    )
    rows = greedy(instance, kept={"h2": ("a2", "a1", "a1")})
    assert rows == {"h2": ("a2", "a1", "a1"), "h1": ("a1", "a2", "a2")} or (rows or {})["h1"][1:] == (
        "a3",
        "a3",
    )


def test_sifted_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for instance in (HOUSE, TIGHT):
        whole = solve(instance)
        with monkeypatch.context() as patch:
            patch.setattr("vicinia_analytics.rehousing.sifting.DIRECT", 20)
            sifted = solve(instance)
        assert (sifted.status, sifted.values) == (whole.status, whole.values)


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8])
@pytest.mark.parametrize("most", [20, 60_000])
def test_short_of_time_the_best_so_far_says_how_far_it_is(
    seconds: float, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vicinia_analytics.rehousing.sifting.DIRECT", most)
    for instance in (
        HOUSE,
        TIGHT,
        replace(TIGHT, published=solve(TIGHT, time_limit=0.0).assignments or None),
    ):
        plan = solve(instance, time_limit=seconds)
        assert plan.status is not Status.INFEASIBLE and check(instance, plan).is_right


def test_who_watches_may_stop_it() -> None:
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) > 2

    plan = solve(TIGHT, should_stop=enough)
    assert asked and plan.status in {Status.OPTIMAL, Status.FEASIBLE} and check(TIGHT, plan).is_right


def test_an_error_of_who_watches_comes_through() -> None:
    def broken() -> bool:
        raise LookupError("the database is away")

    with pytest.raises(LookupError):
        solve(HOUSE, should_stop=broken)


def test_a_gap_without_a_plan_is_infinite() -> None:
    assert Progress("moves", None, 3, 0.1).gap == float("inf")
    assert Progress("moves", 4, 3, 0.1).gap == 0.25


def test_why_somebody_is_outside() -> None:
    plan = solve(TIGHT)
    away = [name for name, row in plan.assignments.items() if None in row]
    assert away, "the estate is too tight"
    found = explain(TIGHT, plan)
    assert found and all(one.kind is ConflictKind.PLACES or one.rules for one in found)
    assert all(len(one.available) < len(one.households) for one in found if one.kind is ConflictKind.PLACES)
    nobody = solve(TIGHT, nobody_outside=True)
    assert nobody.status is Status.INFEASIBLE and nobody.conflict is not None
    assert explain(TIGHT, nobody) == (nobody.conflict,)
    assert any(one.outside is not None for one in nobody.relaxations)


def test_why_there_is_no_plan_of_tiny_estates() -> None:
    """Rules that stand against each other: each conflict, without its rules, lets a plan be."""
    seen = set()
    for seed in range(400):
        instance = tiny(seed)
        for nobody in (False, True):
            plan = solve(instance, nobody_outside=nobody)
            if plan.status is Status.INFEASIBLE:
                assert plan.conflict is not None
                seen.add(plan.conflict.kind)
                assert explain(instance, plan) == (plan.conflict,)
            else:
                for one in explain(instance, plan):
                    seen.add(one.kind)
                    assert one.sentence
    assert seen == set(ConflictKind)


def test_when_time_is_up_a_conflict_may_be_too_large() -> None:
    conflicts = [solve(tiny(seed), nobody_outside=True, time_limit=0.0).conflict for seed in range(80)]
    assert any(one is not None for one in conflicts)


def test_other_places_of_a_household_and_their_cost() -> None:
    plan = solve(HOUSE)
    name = next(name for name, row in plan.assignments.items() if len(set(row)) > 1)
    found = alternatives(HOUSE, plan, name, time_limit=3.0)
    assert found and all(one.differences is None or min(one.differences.values()) >= -99 for one in found)
    assert [one for one in found if one.proved and one.differences]
    hurried = alternatives(HOUSE, plan, name, time_limit=0.0)
    assert {one.dwelling for one in hurried} <= {one.id for one in HOUSE.dwellings}


def test_other_places_in_a_tight_and_a_restricted_estate() -> None:
    for restricted in (False, True):
        plan = solve(TIGHT, restrict_early_moves=restricted)
        for one in TIGHT.households[:6]:
            for other in alternatives(TIGHT, plan, one.id, time_limit=1.0):
                assert other.differences is None or set(other.differences) == {
                    one.name for one in plan.levels
                }


def test_without_a_plan_there_is_nothing_to_compare_with() -> None:
    empty = Plan(Status.UNKNOWN, False, tuple[Level, ...](), {}, 0.0, "", 0, HOUSE.sha256)
    with pytest.raises(RehousingInputError, match="no plan to compare"):
        alternatives(HOUSE, empty, HOUSE.households[0].id)


def test_sifted_without_a_plan_to_begin_with(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = range(120)
    whole = [solve(tiny(seed), nobody_outside=True) for seed in seeds]
    monkeypatch.setattr("vicinia_analytics.rehousing.sifting.DIRECT", 1)
    sifted = [solve(tiny(seed), nobody_outside=True) for seed in seeds]
    assert [(one.status, one.values) for one in sifted] == [(one.status, one.values) for one in whole]


def test_no_time_for_any_plan() -> None:
    plans = [solve(TIGHT, nobody_outside=True, time_limit=seconds) for seconds in (0.0, 0.001, 0.01)]
    assert {one.status for one in plans} <= {Status.UNKNOWN, Status.INFEASIBLE}
    assert not any(one.assignments for one in plans)


@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.3])
def test_an_estate_in_no_time_has_a_plan_with_its_gap(seconds: float) -> None:
    large = estate(*SIZES["estate"][:5], seed=1)
    plan = solve(large, time_limit=seconds)
    assert plan.status in {Status.OPTIMAL, Status.FEASIBLE} and check(large, plan).is_right


def test_one_who_is_agreed_in_two_dwellings_that_are_alike_moves_between_them() -> None:
    """Dwellings of one type are told apart where somebody is tied to one of them."""
    open_ = (True, True, True)
    alike = [Dwelling(f"c{at}", "C", "pool", 60.0, 2, True, open_) for at in (1, 2, 3)]
    homes = [Dwelling(f"a{at}", "A", "1", 60.0, 2, True, (True, False, False)) for at in (1, 2)]
    instance = Instance(
        ("2027-01", "2027-04", "2027-07"),
        (*homes, *alike),
        (Household("h1", "a1", 2, max_moves=2), Household("h2", "a2", 2, max_moves=2)),
        Adequacy({1: 28.0, 2: 40.0}, 0.0),
        fixed=(Fixed("h1", 1, "c1"), Fixed("h1", 2, "c2"), Fixed("h2", 2, "c1")),
    )
    plan = solve(instance)
    assert plan.status is Status.OPTIMAL and check(instance, plan).is_right
    assert plan.assignments["h1"] == ("a1", "c1", "c2")


def test_without_time_a_conflict_is_whole_and_nothing_helps() -> None:
    kinds = set()
    for seed in range(200):
        instance = tiny(seed)
        plan = solve(instance, nobody_outside=True)
        if plan.conflict is not None:
            settings = Settings(1e-9, nobody_outside=True)
            hurried = conflict_of(instance, settings)
            kinds.add((plan.conflict.kind, hurried.irreducible))
            relaxations_of(instance, plan.conflict, settings)
    assert (ConflictKind.RULES, False) in kinds


def test_other_places_of_tiny_estates() -> None:
    """Places with which there is no plan are left out, those that nobody had time for are said to be unknown."""
    shown = set()
    for seed in range(150):
        instance = tiny(seed)
        for nobody in (False, True):
            plan = solve(instance, nobody_outside=nobody)
            if plan.assignments:
                for one in instance.households:
                    for seconds in (0.0, 1.0):
                        found = alternatives(instance, plan, one.id, time_limit=seconds)
                        shown |= {(other.differences is None, other.proved) for other in found}
    assert (False, True) in shown and (True, True) not in shown


def test_a_flow_that_can_not_be_given_to_people_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vicinia_analytics.rehousing.searching.greedy", lambda *_, **__: None)
    nobody = Coloured({}, tuple(one.id for one in TIGHT.households), frozenset())
    monkeypatch.setattr("vicinia_analytics.rehousing.searching.colour", lambda *_: nobody)
    plan = solve(TIGHT)
    assert plan.status is Status.UNKNOWN and not plan.assignments and not plan.levels


@pytest.mark.parametrize("restricted", [False, True])
def test_two_who_are_tied_to_the_same_dwelling_are_told_apart(restricted: bool) -> None:
    """A stay that belongs to more than one dwelling of a type, or to one that somebody has, makes that type larger."""
    instance = tiny(1272)
    plan = solve(instance, restrict_early_moves=restricted)
    assert plan.values == best_values(instance, restricted=restricted) and check(instance, plan).is_right


def test_a_relaxation_that_has_no_time_says_nothing() -> None:
    network = network_of(TIGHT, restricted=False)
    over = Limits(time.monotonic() - 1.0, 1, 0, None)
    search = search_of(network, over, lambda *_: None)
    programme = Programme(network, search.pairs, "outside", search.caps, search.rows)
    solved = programme.solve(search.arcs, over, whole=False)
    assert (solved.proved, solved.flow, solved.duals) == (False, None, None)


def test_a_relaxation_that_can_not_be_is_said_to_be_proved() -> None:
    network = network_of(TIGHT, restricted=False)
    free = Limits(None, 1, 0, None)
    search = search_of(network, free, lambda *_: None)
    rows = Rows(np.full(len(search.rows.lower), 1e6), np.full(len(search.rows.upper), np.inf))
    solved = Programme(network, search.pairs, "outside", search.caps, rows).solve(
        search.arcs, free, whole=False
    )
    assert (solved.proved, solved.flow, solved.bound) == (True, None, float("inf"))
