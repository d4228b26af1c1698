"""The best plan of an estate, level by level, with what is proved; or why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from vicinia_analytics.rehousing.colouring import flow_of
from vicinia_analytics.rehousing.explaining import why_not
from vicinia_analytics.rehousing.inputs import Instance
from vicinia_analytics.rehousing.levels import least, search_of
from vicinia_analytics.rehousing.network import network_of
from vicinia_analytics.rehousing.plans import Plan, Status
from vicinia_analytics.rehousing.programme import Limits
from vicinia_analytics.rehousing.searching import Progress, Settings, solve_by

__all__ = ["Progress", "full_bounds", "solve"]


def solve(
    instance: Instance,
    *,
    time_limit: float | None = None,
    threads: int = 1,
    seed: int = 0,
    restrict_early_moves: bool = False,
    nobody_outside: bool = False,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan, lexicographic in the order of `LEVELS`, with a bound of each level given those before.

    time_limit: seconds, None to go on until all is proved. restrict_early_moves: nobody leaves home before works begin there, and who has no works
    at home stays; bounds are then those of that restriction. nobody_outside: outside the estate only where it is agreed. progress is told of each
    step; should_stop is asked now and then, and when it says so the best plan so far comes back. A plan is never worse than that of `greedy`. With
    one thread and no limit the same inputs give the same values. Where there is no plan, `conflict` and `relaxations` say why and what would help.
    """
    settings = Settings(
        time_limit, threads, seed, restrict_early_moves, nobody_outside, progress, should_stop
    )
    plan = solve_by(instance, settings)
    if plan.status is not Status.INFEASIBLE:
        return plan
    conflict, relaxations = why_not(instance, settings)
    return replace(plan, conflict=conflict, relaxations=relaxations)


def full_bounds(
    instance: Instance, plan: Plan, *, time_limit: float | None = None, threads: int = 1
) -> dict[str, int]:
    """What no plan is below, restricted or not: households outside, and, with no more of them outside than in `plan`, moves.

    Cheap bounds to tell beside a restricted plan: those of the linear relaxation, rounded up; 0 where time was not enough.
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    search = search_of(
        network_of(instance, restricted=False), Limits(deadline, threads, plan.seed, None), _nobody
    )
    search.flow = flow_of(search.network, search.arcs, plan.assignments)
    return {"outside": least(search, "outside"), "moves": least(search, "moves")}


def _nobody(level: str, value: int | None, bound: int) -> None:
    """Nobody is told."""
