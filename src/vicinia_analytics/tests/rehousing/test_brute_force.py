"""Every level of the objective against all assignments there are, on tiny estates with every kind of rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.made_up_estate import tiny
from vicinia_analytics.rehousing import Instance, Status, check, solve
from vicinia_analytics.tests.rehousing.everything import best_values


@pytest.mark.parametrize("block", range(8))
@pytest.mark.parametrize("nobody_outside", [False, True])
@pytest.mark.parametrize("restricted", [False, True])
def test_the_best_of_all_assignments(block: int, restricted: bool, nobody_outside: bool) -> None:
    for seed in range(block * 50, block * 50 + 50):
        instance = tiny(seed)
        best = best_values(instance, restricted=restricted, nobody_outside=nobody_outside)
        plan = solve(instance, restrict_early_moves=restricted, nobody_outside=nobody_outside)
        if best is None:
            assert plan.status is Status.INFEASIBLE, seed
        else:
            assert (plan.status, plan.values) == (Status.OPTIMAL, best), seed
            assert check(instance, plan).is_right, seed


def _refused_since(seed: int) -> Instance | None:
    """A tiny estate of dwellings that are alike, replanned after a household refused where it was published."""
    drawn = tiny(seed)
    alike = [replace(one, building="A", area_m2=60.0, rooms=2, step_free=True) for one in drawn.dwellings]
    estate = replace(drawn, dwellings=tuple(alike), published=None, fixed=(), moves_per_period=None)
    rows = solve(estate).assignments
    for one in estate.households:
        places = set(rows.get(one.id, ())) - {one.home, None}
        if places:
            says_no = replace(one, refuses=one.refuses | {min(map(str, places))})
            others = [says_no if other.id == one.id else other for other in estate.households]
            return replace(estate, households=tuple(others), published=rows)
    return None


def test_who_refuses_what_was_published_goes_elsewhere() -> None:
    cases = {seed: case for seed in range(120) if (case := _refused_since(seed)) is not None}
    assert len(cases) > 30
    for seed, instance in cases.items():
        plan = solve(instance)
        best = best_values(instance)
        if best is None:
            assert plan.status is Status.INFEASIBLE, seed
        else:
            assert (plan.status, plan.values) == (Status.OPTIMAL, best), seed
            assert check(instance, plan).is_right, seed
