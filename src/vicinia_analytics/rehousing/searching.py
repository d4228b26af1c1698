"""The search for a plan: greedy first, then level by level in flows, which are given to people; and again where they can't be."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from vicinia_analytics.rehousing import figures
from vicinia_analytics.rehousing.colouring import Coloured, colour, flow_of, ways
from vicinia_analytics.rehousing.greedy import Row, greedy
from vicinia_analytics.rehousing.inputs import Instance
from vicinia_analytics.rehousing.levels import Search, run, search_of
from vicinia_analytics.rehousing.network import Network, network_of
from vicinia_analytics.rehousing.plans import LEVELS, Level, Plan, Status
from vicinia_analytics.rehousing.programme import Limits


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is: the level, the plan's value at it (None without a plan), its bound, and seconds since the start."""

    level: str
    value: int | None
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a part of it; infinite without a plan."""
        if self.value is None:
            return float("inf")
        return (self.value - self.bound) / max(1, self.value)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a plan is sought. time_limit in seconds; levels: those that matter, the first ones or none (then any plan will do)."""

    time_limit: float | None = None
    threads: int = 1
    seed: int = 0
    restrict_early_moves: bool = False
    nobody_outside: bool = False
    progress: Callable[[Progress], None] | None = None
    should_stop: Callable[[], bool] | None = None
    levels: tuple[str, ...] = LEVELS


def solver_name() -> str:
    """The solver and its version."""
    import highspy

    version = (highspy.HIGHS_VERSION_MAJOR, highspy.HIGHS_VERSION_MINOR, highspy.HIGHS_VERSION_PATCH)
    return "HiGHS " + ".".join(map(str, version))


def solve_by(instance: Instance, settings: Settings, known: Mapping[str, Row] | None = None) -> Plan:
    """The best plan by settings; `known` is a plan to begin with. Where there is none, nothing is said of why."""
    return _Solving(instance, settings, known).plan()


class _Solving:
    """One search for a plan, made again with more types when a flow can't be given to people."""

    def __init__(self, instance: Instance, settings: Settings, known: Mapping[str, Row] | None) -> None:
        self.instance = instance
        self.settings = settings
        self.began = time.monotonic()
        deadline = None if settings.time_limit is None else self.began + settings.time_limit
        self.limits = Limits(deadline, settings.threads, settings.seed, settings.should_stop)
        self.rows: dict[str, Row] | None = None if known is None else dict(known)

    def plan(self) -> Plan:
        """The plan, or why there is none."""
        settings = self.settings
        self._take(self._greedy({}))
        alone: frozenset[str] = frozenset()
        while True:
            network = network_of(
                self.instance,
                restricted=settings.restrict_early_moves,
                nobody_outside=settings.nobody_outside or self._is_nobody_outside(),
                alone=alone,
            )
            if network.stuck:
                return self._none(Status.INFEASIBLE)
            search = search_of(network, self.limits, self._tell)
            if self.rows is not None:
                search.flow = flow_of(network, search.arcs, self.rows)
            levels = run(search, settings.levels)
            if search.flow is None:
                return self._none(Status.INFEASIBLE if levels[0].bound else Status.UNKNOWN)
            coloured = self._coloured(network, search)
            found = tuple(level.value for level in levels)
            is_same = self.rows is not None and self._worth(self.rows)[: len(found)] == found
            if is_same or self.limits.is_over() or coloured.blocking <= alone:
                return self._made(levels)
            alone |= coloured.blocking

    def _coloured(self, network: Network, search: Search) -> Coloured:
        """The flow given to people; it becomes the plan if it is better than the one before."""
        coloured = colour(network, ways(network, search.arcs, np.asarray(search.flow)))
        self._take(self._greedy(coloured.rows) if coloured.left else dict(coloured.rows))
        return coloured

    def _is_nobody_outside(self) -> bool:
        """Whether the plan so far has nobody outside but as agreed: then no better one has, and the network is much smaller."""
        agreed = sum(lock.dwelling is None for lock in self.instance.fixed)
        return self.rows is not None and self._worth(self.rows)[0] == agreed

    def _take(self, rows: dict[str, Row] | None) -> None:
        """Go on with a plan if it is better."""
        if rows is not None and (self.rows is None or self._worth(rows) < self._worth(self.rows)):
            self.rows = rows

    def _worth(self, rows: Mapping[str, Row]) -> tuple[int, ...]:
        return figures.values(self.instance, rows)

    def _greedy(self, kept: Mapping[str, Row]) -> dict[str, Row] | None:
        settings = self.settings
        return greedy(
            self.instance,
            restricted=settings.restrict_early_moves,
            nobody_outside=settings.nobody_outside,
            kept=kept,
        )

    def _tell(self, level: str, value: int | None, bound: int) -> None:
        if self.settings.progress is not None:
            self.settings.progress(Progress(level, value, bound, time.monotonic() - self.began))

    def _made(self, levels: tuple[Level, ...]) -> Plan:
        """The plan with its figures. A bound stands only while the levels before are as they were when it was found."""
        if self.rows is None:
            return self._none(Status.UNKNOWN)
        out, stands = [], True
        for level, value in zip(levels, self._worth(self.rows), strict=False):
            out.append(Level(level.name, value, level.bound if stands else 0))
            stands = stands and level.value == value
        is_proved = all(level.value == level.bound for level in out)
        rows = {one.id: self.rows[one.id] for one in self.instance.households}
        return self._result(Status.OPTIMAL if is_proved else Status.FEASIBLE, tuple(out), rows)

    def _none(self, status: Status) -> Plan:
        return self._result(status, (), {})

    def _result(self, status: Status, levels: tuple[Level, ...], rows: Mapping[str, Row]) -> Plan:
        return Plan(
            status, self.settings.restrict_early_moves, levels, rows, time.monotonic() - self.began,
            solver_name(), self.settings.seed, self.instance.sha256,
        )  # fmt: skip
