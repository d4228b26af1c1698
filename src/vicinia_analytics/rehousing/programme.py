"""The linear programme of a network at one level of the objective, and HiGHS, which solves it (relaxed, or in whole numbers).

Rows are always numbered alike, whatever arcs are in: hubs (what goes out less what comes in), dwellings of each type in each period, moves in
each period, pairs that want to end in one building, and earlier levels that must not get worse. Q. Huangfu, J. A. J. Hall, "Parallelizing the
dual revised simplex method", Math. Prog. Comp. 10 (2018), is the solver's source.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vicinia_analytics.rehousing.figures import arc_costs
from vicinia_analytics.rehousing.network import Arcs, Network
from vicinia_analytics.rehousing.pairs import Pairs

UNPLACED = "unplaced"
"""The level before the first, where no plan is known yet: households that have no way, at all or in whole numbers."""
INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Rows:
    """Bounds of all rows of a network and the level's caps, by number."""

    lower: np.ndarray
    upper: np.ndarray

    def tightened(self, duals: np.ndarray) -> Rows:
        """Rows that are tight in every best solution, by complementary slackness, made equations."""
        return Rows(
            np.where(duals < -EPSILON, self.upper, self.lower),
            np.where(duals > EPSILON, self.lower, self.upper),
        )


EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """When the solver must come back: at a time of `time.monotonic`, or as soon as somebody asks it to."""

    deadline: float | None
    threads: int
    seed: int
    should_stop: Callable[[], bool] | None

    def left(self) -> float:
        """Seconds until the deadline."""
        return INFINITE if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def is_over(self) -> bool:
        """Whether to come back now."""
        return self.left() <= 0 or (self.should_stop is not None and self.should_stop())


@dataclass(frozen=True, slots=True)
class Solved:
    """What came out. `flow`: households on each arc, None if nothing was found. `bound`: no solution is below it.

    proved: it is the best one, or there is none. duals: by row, of a relaxation. over: the arcs that it was sifted to, None for all.
    """

    proved: bool
    flow: np.ndarray | None
    value: float
    bound: float
    duals: np.ndarray | None = None
    over: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What is minimised over which arcs. `rows`: bounds of all rows; `caps`: levels that have a row at the end, in order."""

    network: Network
    pairs: Pairs
    level: str
    caps: tuple[str, ...]
    rows: Rows

    def costs(self, arcs: Arcs) -> np.ndarray:
        """What each arc adds to the level."""
        if self.level == UNPLACED:
            return np.zeros(len(arcs))
        return arc_costs(self.network, self.level, arcs).astype(float)

    def reduced_costs(self, arcs: Arcs, duals: np.ndarray) -> np.ndarray:
        """What one more household on each arc costs at least, at the prices of the rows."""
        network = self.network
        hubs, places = len(network.supply), network.outside * network.periods
        price = np.append(duals[:hubs], 0.0)
        table = np.zeros((network.outside + 1, network.periods + 1))
        table[:-1, 1:] = np.cumsum(duals[hubs : hubs + places].reshape(network.outside, -1), axis=1)
        stays = network.stays
        living = table[stays.type, stays.end] - table[stays.type, stays.start]
        out = self.costs(arcs) - price[arcs.leaves] + price[arcs.reaches] - living[arcs.stay]
        arrivals = duals[hubs + places : hubs + places + network.periods]
        out -= arcs.moves * arrivals[stays.start[arcs.stay]]
        if self.with_pairs:
            column, row, value = self.pairs.entries(network, arcs)
            np.subtract.at(out, column, value * duals[row])
        for cap, dual in zip(self.caps, duals[len(duals) - len(self.caps) :], strict=True):
            if dual:
                out -= dual * arc_costs(network, cap, arcs)
        return out

    def pair_costs(self, duals: np.ndarray) -> np.ndarray:
        """The same for each column of pairs."""
        column, row, value = self.pairs.own_entries()
        out = np.full(len(self.pairs.most), -1.0 if self.level == "preferences" else 0.0)
        np.subtract.at(out, column, value * duals[row])
        for cap, dual in zip(self.caps, duals[len(duals) - len(self.caps) :], strict=True):
            out += dual * (cap == "preferences")
        return out

    @property
    def with_pairs(self) -> bool:
        """Whether pairs matter, at this level or in a cap."""
        return self.level in {"preferences", "under_occupation"} and bool(self.pairs.number)

    def solve(self, arcs: Arcs, limits: Limits, *, whole: bool, start: np.ndarray | None = None) -> Solved:
        """The best solution over some arcs, relaxed or in whole numbers. `start`: a solution that is known."""
        run = _Run(self, arcs)
        if not len(run.cost):
            return Solved(True, np.zeros(0), 0.0, 0.0, np.zeros(len(self.rows.lower)))
        return run.solve(limits, whole=whole, start=start)


@dataclass(slots=True)
class _Used:
    threads: int = 1


_used = _Used()


class _Run:
    """One run of HiGHS."""

    def __init__(self, programme: Programme, arcs: Arcs) -> None:
        self.programme = programme
        self.arcs = arcs
        self.network = programme.network
        network = self.network
        column, row, value = self._entries()
        supplied = np.flatnonzero(network.supply)
        extra = self._extra(len(arcs), supplied)
        column, row, value = (
            np.concatenate([a, b]) for a, b in zip((column, row, value), extra[0], strict=True)
        )
        self.cost = np.concatenate([programme.costs(arcs), extra[1]])
        # The supply holds every arc down. A bound of its own could have a price, which would be in no row.
        self.upper = np.concatenate([np.full(len(arcs), INFINITE), extra[2]])
        # Rows without an entry say nothing, unless they ask for something.
        self.used = np.union1d(np.unique(row), np.flatnonzero(programme.rows.lower > 0))
        order = np.argsort(column, kind="stable")
        self.index = np.searchsorted(self.used, row[order])
        self.value = value[order]
        self.start = np.searchsorted(column[order], np.arange(len(self.cost) + 1))

    def _entries(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Column, row and value of what the arcs have in the rows."""
        network, arcs = self.network, self.arcs
        stays, every = network.stays, np.arange(len(arcs))
        start, place = stays.start[arcs.stay].astype(np.int64), stays.type[arcs.stay].astype(np.int64)
        length = np.where(place < network.outside, stays.end[arcs.stay] - start, 0)
        inside = np.repeat(every, length)
        since = np.arange(len(inside)) - np.repeat(np.cumsum(length) - length, length)
        hubs = len(network.supply)
        arrived = arcs.reaches >= 0
        moving = np.flatnonzero(arcs.moves)
        first_moves = hubs + network.outside * network.periods
        parts = [
            (every, arcs.leaves, np.ones(len(arcs))),
            (every[arrived], arcs.reaches[arrived], -np.ones(arrived.sum())),
            (inside, hubs + (place * network.periods + start)[inside] + since, np.ones(len(inside))),
        ]
        if network.instance.moves_per_period is not None:
            parts.append((moving, first_moves + start[moving], np.ones(len(moving))))
        if self.programme.with_pairs:
            parts.append(self.programme.pairs.entries(network, arcs))
        last = len(self.programme.rows.lower) - len(self.programme.caps)
        for at, cap in enumerate(self.programme.caps):
            costs = arc_costs(network, cap, arcs)
            some = np.flatnonzero(costs)
            parts.append((some, np.full(len(some), last + at), costs[some].astype(float)))
        column, row, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        return column, row, value

    def _extra(self, first: int, supplied: np.ndarray) -> tuple[Any, np.ndarray, np.ndarray]:
        """Columns that are no arcs: households without a way, while a plan is sought, and pairs that end together."""
        programme = self.programme
        nothing = np.zeros(0, dtype=np.int64)
        if programme.level == UNPLACED:
            every = first + np.arange(len(supplied))
            many = np.full(len(supplied), float(self.network.supply.max(initial=0)))
            return (every, supplied, np.ones(len(supplied))), np.ones(len(supplied)), many
        if not programme.with_pairs:
            return (nothing, nothing, np.zeros(0)), np.zeros(0), np.zeros(0)
        number = len(programme.pairs.most)
        column, row, value = programme.pairs.own_entries()
        last = len(programme.rows.lower) - len(programme.caps)
        capped = [last + at for at, cap in enumerate(programme.caps) if cap == "preferences"]
        every = np.arange(number)
        columns = [column, *(every for _ in capped)]
        rows = [row, *(np.full(number, one) for one in capped)]
        values = [value, *(-np.ones(number) for _ in capped)]
        cost = np.full(number, -1.0 if programme.level == "preferences" else 0.0)
        entries = (first + np.concatenate(columns), np.concatenate(rows), np.concatenate(values))
        return entries, cost, np.where(programme.pairs.most > 0, INFINITE, 0.0)

    def solve(self, limits: Limits, *, whole: bool, start: np.ndarray | None) -> Solved:
        import highspy as typed

        highspy: Any = typed
        if _used.threads != limits.threads:
            # HiGHS keeps its threads for the process, and refuses to run with another number until they are gone.
            highspy.Highs.resetGlobalScheduler(True)
            _used.threads = limits.threads
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", limits.threads)
        solver.setOptionValue("random_seed", limits.seed)
        if limits.deadline is not None:
            solver.setOptionValue("time_limit", limits.left())
        # Every value is a whole number: less than one from the best is the best.
        solver.setOptionValue("mip_abs_gap", 1 - EPSILON)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.passModel(self._model(highspy, whole=whole))
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = self._with_extra(start)
            solver.setSolution(known)
        watch = _Watch(limits.should_stop)
        if limits.should_stop is not None:
            solver.setCallback(watch, None)
            for kind in ("kCallbackMipInterrupt", "kCallbackSimplexInterrupt", "kCallbackIpmInterrupt"):
                solver.startCallback(getattr(highspy.cb.HighsCallbackType, kind))
        solver.run()
        watch.raise_again()
        return self._solved(highspy, solver, whole=whole)

    def _with_extra(self, start: np.ndarray) -> list[float]:
        """A known solution, with pairs as they come out."""
        more = np.zeros(len(self.cost) - len(start))
        if self.programme.with_pairs:
            more = self.programme.pairs.values(self.network, self.arcs, start)
        return [*start.tolist(), *more.tolist()]

    def _model(self, highspy: Any, *, whole: bool) -> Any:
        rows = self.programme.rows
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.used)
        upper = self.upper.copy()
        if whole:
            numbers = np.array([kind.number for kind in self.network.kinds], dtype=float)
            upper[: len(self.arcs)] = numbers[self.arcs.kind]
        model.col_cost_, model.col_lower_, model.col_upper_ = self.cost, np.zeros(len(self.cost)), upper
        model.row_lower_, model.row_upper_ = rows.lower[self.used], rows.upper[self.used]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = self.start.astype(np.int32)
        model.a_matrix_.index_ = self.index.astype(np.int32)
        model.a_matrix_.value_ = self.value
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.cost)
        return model

    def _solved(self, highspy: Any, solver: Any, *, whole: bool) -> Solved:
        status, info = solver.getModelStatus(), solver.getInfo()
        states = highspy.HighsModelStatus
        if status in {states.kInfeasible, states.kUnboundedOrInfeasible}:
            return Solved(True, None, INFINITE, INFINITE)
        is_best = status in {states.kOptimal, states.kModelEmpty}
        if not whole and not is_best:
            return Solved(False, None, INFINITE, -INFINITE)
        found = info.primal_solution_status == 2
        solution = solver.getSolution()
        flow = np.array(solution.col_value)[: len(self.arcs)] if found else None
        if whole:
            value = info.objective_function_value if found else INFINITE
            return Solved(is_best, flow, value, info.mip_dual_bound)
        duals = np.zeros(len(self.programme.rows.lower))
        duals[self.used] = solution.row_dual
        value = info.objective_function_value
        return Solved(True, flow, value, value, duals)


class _Watch:
    """Asks now and then whether to stop; an error in the question is raised when the solver has come back."""

    def __init__(self, should_stop: Callable[[], bool] | None) -> None:
        self.should_stop = should_stop
        self.next = 0.0
        self.error: BaseException | None = None

    def __call__(self, kind: int, message: str, output: Any, answer: Any, user: object) -> None:
        if self.should_stop is None or time.monotonic() < self.next:
            return
        self.next = time.monotonic() + 0.1
        try:
            answer.user_interrupt = self.should_stop()
        except BaseException as error:
            self.error = error
            answer.user_interrupt = True

    def raise_again(self) -> None:
        if self.error is not None:
            raise self.error
