"""Calls of the solver. Imports stay inside the functions: only the process that computes loads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]
# How long the reasons of a household, and the pool, may take in seconds: less than anybody waits for at a desk.
WHY_SECONDS, POOL_MOST = 60, 6


@dataclass(frozen=True, slots=True)
class Asked:
    """How a plan is computed."""

    time_limit: float
    seed: int = 0
    restricted: bool = False
    nobody_outside: bool = False


@dataclass(frozen=True, slots=True)
class Solved:
    """What came out: the plan in the exchange format, what the independent checker says of it, and who is outside and why."""

    result: Json
    sha256: str
    violations: Sequence[str]


@dataclass(frozen=True, slots=True)
class Watched:
    """Who watches a computation: told how far it is, asked whether to go on."""

    told: Callable[[Json], None]
    stop: Callable[[], bool]


def solve(instance: Json, asked: Asked, watched: Watched) -> Solved:
    """The best plan of an instance within the time. Raises RehousingInputError for an instance that can't be true."""
    from vicinia_analytics.rehousing import Instance, Status, check
    from vicinia_analytics.rehousing.explaining import explain
    from vicinia_analytics.rehousing.solving import solve as best

    given = Instance.from_json(instance)
    plan = best(
        given,
        time_limit=asked.time_limit,
        seed=asked.seed,
        restrict_early_moves=asked.restricted,
        nobody_outside=asked.nobody_outside,
        progress=lambda one: watched.told(asdict(one)),
        should_stop=watched.stop,
    )
    result = plan.to_json()
    if plan.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Solved(result, given.sha256, ())
    report = check(given, plan)
    if any(None in row for row in plan.assignments.values()):
        result["explained"] = [as_json(one) for one in explain(given, plan)]
    return Solved(result, given.sha256, [violation.sentence for violation in report.violations])


def alternatives(instance: Json, result: Json, household: str) -> list[Json]:
    """The other places of a household, each with what it would cost level by level."""
    from vicinia_analytics.rehousing import Instance, Plan
    from vicinia_analytics.rehousing.alternatives import alternatives as others

    given, plan = Instance.from_json(instance), Plan.from_json(plan_document(result))
    return [as_json(one) for one in others(given, plan, household, time_limit=WHY_SECONDS)]


def pool(instance: Json, asked: Asked, watched: Watched) -> list[Json]:
    """How many spare flats are worth it: what each next one saves."""
    from vicinia_analytics.rehousing import Instance
    from vicinia_analytics.rehousing.pool import size_pool

    steps = size_pool(
        Instance.from_json(instance),
        most=POOL_MOST,
        time_limit=asked.time_limit,
        seed=asked.seed,
        should_stop=watched.stop,
    )
    return [as_json(one) for one in steps]


def plan_document(result: Mapping[str, Any]) -> Json:
    """The plan of the exchange format alone, without what was worked out beside it."""
    return {key: value for key, value in result.items() if key not in ("explained", "pool")}


def as_json(one: Any) -> Json:
    """A dataclass of the analysis as JSON has it."""
    return {key: _plain(value) for key, value in asdict(one).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [_plain(one) for one in value]
    return value.value if hasattr(value, "value") else value
