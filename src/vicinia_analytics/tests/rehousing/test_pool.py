"""Spare flats: what each one saves, and that no smaller one would do."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.made_up_estate import estate, tiny
from vicinia_analytics.rehousing import (
    Dwelling,
    Instance,
    Level,
    Plan,
    PoolStep,
    RehousingInputError,
    Status,
    pool,
    size_pool,
    solve,
)
from vicinia_analytics.tests.rehousing.small import SMALL, SMALL_PLAN
from vicinia_analytics.tests.rehousing.test_plans import INFEASIBLE

# Six homes under works one after another in pairs, and nowhere to go.
NO_POOL = estate(6, 6, 3, 5, 0, seed=4)


def first_levels(instance: Instance) -> tuple[int, ...]:
    return solve(instance).values[:3]


def with_flat(instance: Instance, area: float, *, step_free: bool) -> Instance:
    flat = Dwelling("more", "more", "more", area, 1, step_free, (True,) * len(instance.periods))
    return replace(instance, dwellings=(*instance.dwellings, flat))


def test_each_step_is_the_plan_with_so_many_flats() -> None:
    told: list[PoolStep] = []
    steps = size_pool(NO_POOL, most=3, progress=told.append)
    assert list(steps) == told and [step.extra for step in steps] == list(range(len(steps)))
    assert len(steps) > 1 and all(step.proved for step in steps)
    instance = NO_POOL
    assert steps[0].value == first_levels(instance) and steps[0].dwelling is None
    for before, step in pairwise(steps):
        assert step.value < before.value and step.dwelling is not None
        instance = replace(instance, dwellings=(*instance.dwellings, step.dwelling))
        assert step.value == first_levels(instance)


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_no_smaller_flat_does_as_well_and_no_larger_one_better(seed: int) -> None:
    instance = estate(6, 6, 3, 5, 0, seed=seed)
    steps = size_pool(instance, most=1)
    everything = first_levels(with_flat(instance, 95.0, step_free=True))
    if len(steps) == 1:
        assert everything == steps[0].value
        return
    found = steps[1].dwelling
    assert found is not None and steps[1].value == everything
    smaller = [area for area in (28.0, 40.0, 60.0, 70.0, 80.0, 95.0) if area < found.area_m2]
    for area in smaller:
        assert first_levels(with_flat(instance, area, step_free=found.step_free)) > everything
    if found.step_free:
        assert first_levels(with_flat(instance, 95.0, step_free=False)) > everything


def test_flats_like_one_that_is_there() -> None:
    home = NO_POOL.dwellings[0]
    steps = size_pool(NO_POOL, most=1, like=home.id)
    assert len(steps) == 2 and steps[1].dwelling == replace(home, id="spare-1", available=(True,) * 5)
    with pytest.raises(KeyError):
        size_pool(NO_POOL, most=1, like="z9")


def test_names_that_are_taken_are_not_given_again() -> None:
    taken = replace(NO_POOL, dwellings=(*NO_POOL.dwellings, replace(NO_POOL.dwellings[0], id="spare-1")))
    steps = size_pool(taken, most=1, like=NO_POOL.dwellings[0].id)
    assert steps[-1].dwelling is not None and steps[-1].dwelling.id == "spare-2"


def test_where_all_is_well_no_flat_is_added() -> None:
    assert [step.extra for step in size_pool(SMALL, most=4)] == [0]


def test_without_a_plan_there_is_nothing_to_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "solve", lambda *_, **__: INFEASIBLE)
    with pytest.raises(RehousingInputError, match=r"no plan to begin with. h1 and h2 need 51 m²"):
        size_pool(SMALL, most=1)
    monkeypatch.setattr(pool, "solve", lambda *_, **__: replace(INFEASIBLE, conflict=None))
    with pytest.raises(RehousingInputError, match=r"no plan to begin with. None was found."):
        size_pool(SMALL, most=1)


def test_a_plan_that_is_not_found_is_no_better_than_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more flats the plan before is still one: what a time limit cuts short is never worse."""

    def answer(instance: Instance, **_: Any) -> Plan:
        if len(instance.dwellings) == len(SMALL.dwellings):
            return replace(SMALL_PLAN, status=Status.FEASIBLE, levels=(Level("outside", 2, 0), *SMALL_PLAN.levels[1:]))  # fmt: skip
        if instance.dwellings[-1].step_free:
            return replace(SMALL_PLAN, status=Status.FEASIBLE, levels=(Level("outside", 1, 0), *SMALL_PLAN.levels[1:]))  # fmt: skip
        return replace(SMALL_PLAN, status=Status.UNKNOWN, levels=(), assignments={})

    monkeypatch.setattr(pool, "solve", answer)
    before, after = size_pool(SMALL, most=1)
    assert (before.outside, after.outside) == (2, 1) and not before.proved and not after.proved
    assert after.dwelling is not None and after.dwelling.step_free


def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Instance] = []

    def answer(instance: Instance, **_: Any) -> Plan:
        asked.append(instance)
        return SMALL_PLAN

    monkeypatch.setattr(pool, "solve", answer)
    assert [step.extra for step in size_pool(SMALL, most=3, should_stop=lambda: len(asked) > 1)] == [0]
    assert len(asked) == 2


@pytest.mark.parametrize("seed", range(20))
def test_flats_never_make_it_worse(seed: int) -> None:
    instance = tiny(seed)
    if not solve(instance).levels:
        return
    values = [step.value for step in size_pool(instance, most=2)]
    assert values == sorted(values, reverse=True)
