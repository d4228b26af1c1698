"""Every level of the objective against all assignments there are, on tiny estates with every kind of rule."""

from __future__ import annotations

import pytest

from benchmarks.made_up_estate import tiny
from vicinia_analytics.rehousing import Status, check, solve
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
