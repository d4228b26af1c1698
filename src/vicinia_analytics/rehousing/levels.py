"""The levels of the objective, one after the other: each is minimised and proved, and what can't be in a best plan is taken out.

At each level the relaxation gives a bound and prices. An arc whose reduced cost is more than the gap is in no better plan; if the gap is nothing, only
arcs of reduced cost nothing are left, and rows with a price are tight (complementary slackness; R. E. Bixby et al. and G. Nemhauser, L. Wolsey,
"Integer and Combinatorial Optimization", II.2). So the network shrinks from level to level and needs no row that holds all together.
What is not whole is solved in whole numbers over the arcs that a target allows, with targets from the bound upwards: small problems that prove much.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from vicinia_analytics.rehousing.figures import arc_costs, constants
from vicinia_analytics.rehousing.network import Arcs, Network, pruned
from vicinia_analytics.rehousing.pairs import Pairs, pairs_of
from vicinia_analytics.rehousing.plans import LEVELS, Level
from vicinia_analytics.rehousing.programme import EPSILON, UNPLACED, Limits, Programme, Rows, Solved
from vicinia_analytics.rehousing.sifting import relax

Told = Callable[[str, int | None, int], None]
"""Told the level, its value so far (None without a plan), and its bound."""
# Of the time that is left, what one level may use: those after it need some, and they are easier.
SHARE = 0.75


@dataclass(slots=True)
class Search:
    """Where the search is. `flow`: households on each open arc in the best plan so far, None without one."""

    network: Network
    arcs: Arcs
    pairs: Pairs
    rows: Rows
    flow: np.ndarray | None
    limits: Limits
    tell: Told
    caps: tuple[str, ...] = ()

    def value(self, level: str, flow: np.ndarray) -> int:
        """What a flow costs at a level."""
        if level == UNPLACED:
            return 0
        value = float(arc_costs(self.network, level, self.arcs) @ flow) + constants(self.network, level)
        if level == "preferences":
            value += self.pairs.number - float(self.pairs.values(self.network, self.arcs, flow).sum())
        return round(value)

    def constant(self, level: str) -> int:
        """What the relaxation's objective leaves out."""
        pairs = self.pairs.number if level == "preferences" else 0
        return pairs + (0 if level == UNPLACED else constants(self.network, level))


def search_of(network: Network, limits: Limits, tell: Told) -> Search:
    """A search that begins, with all arcs that can be on a way."""
    hubs, places = len(network.supply), network.outside * network.periods
    most = network.instance.moves_per_period
    arrivals = np.full(network.periods, np.inf if most is None else float(most))
    arcs = network.arcs[pruned(network, network.arcs)]
    pairs = pairs_of(network, hubs + places + network.periods)
    upper = np.concatenate(
        [network.supply, network.capacity.ravel(), arrivals, np.full(pairs.rows, np.inf)]
    ).astype(float)
    lower = np.concatenate(
        [network.supply, np.full(places + network.periods, -np.inf), np.zeros(pairs.rows)]
    ).astype(float)
    return Search(network, arcs, pairs, Rows(lower, upper), None, limits, tell)


def run(search: Search, levels: tuple[str, ...]) -> tuple[Level, ...]:
    """The levels in order, of the flow that the search has at the end. Without a flow: one level, of which a bound above 0 says there is none."""
    if search.flow is None:
        level = minimise(search, UNPLACED)
        if search.flow is None:
            return (level,)
    return tuple(minimise(search, level) for level in levels)


def least(search: Search, level: str) -> int:
    """A bound of one level by its relaxation; the level is then held at the value of the flow, as after `minimise`."""
    programme = Programme(search.network, search.pairs, level, search.caps, search.rows)
    relaxed = relax(programme, search.arcs, search.flow, search.limits)
    _hold(search, level, relaxed)
    return 0 if relaxed.duals is None else math.ceil(relaxed.bound - EPSILON) + search.constant(level)


def minimise(search: Search, level: str) -> Level:
    """Make one level as small as it can be, or as time allows, and hold it there."""
    known = search.flow is not None
    value = search.value(level, search.flow) if search.flow is not None else None
    constant = search.constant(level)
    if known and value == constant and (level != "preferences" or not search.pairs.number):
        _hold(search, level, Solved(True, None, 0.0, 0.0, np.zeros(len(search.rows.lower))))
        return Level(level, constant, constant)
    limits = replace(search.limits, deadline=_share(search.limits, level))
    programme = Programme(search.network, search.pairs, level, search.caps, search.rows)
    relaxed = relax(programme, search.arcs, search.flow, limits)
    bound = 0 if relaxed.duals is None else math.ceil(relaxed.bound - EPSILON) + constant
    found = _Found(search, programme, relaxed, limits, bound, value)
    found.take(relaxed.flow)
    search.tell(level, found.value, found.bound)
    if relaxed.duals is not None:
        found.deepen()
    _hold(search, level, relaxed)
    search.tell(level, found.value, found.bound)
    if found.value is None:
        return Level(level, max(1, found.bound), found.bound)
    return Level(level, found.value, min(found.bound, found.value))


def _share(limits: Limits, level: str) -> float | None:
    if limits.deadline is None or level == LEVELS[-1]:
        return limits.deadline
    return limits.deadline - (1 - SHARE) * limits.left()


@dataclass(slots=True)
class _Found:
    """What is known of a level: the plan's value, and the bound."""

    search: Search
    programme: Programme
    relaxed: Solved
    limits: Limits
    bound: int
    value: int | None

    def take(self, flow: np.ndarray | None) -> None:
        """Go on with a flow if it is whole and better."""
        if flow is None or np.abs(flow - np.round(flow)).max(initial=0.0) > EPSILON:
            return
        whole = np.round(flow)
        value = self.search.value(self.programme.level, whole)
        if self.value is None and self.programme.level == UNPLACED and self._left_over(whole):
            return
        if self.value is None or value < self.value:
            self.value, self.search.flow = value, whole

    def _left_over(self, flow: np.ndarray) -> bool:
        """Whether households that enter don't go on."""
        network, arcs = self.search.network, self.search.arcs
        out = np.bincount(arcs.leaves, weights=flow, minlength=len(network.supply))
        back = arcs.reaches >= 0
        out -= np.bincount(arcs.reaches[back], weights=flow[back], minlength=len(network.supply))
        return bool(np.any(np.abs(out - network.supply) > EPSILON))

    def deepen(self) -> None:
        """Solve in whole numbers for a target at the bound, then for larger ones, until the plan is proved or time is up."""
        assert self.relaxed.duals is not None
        costs = self.programme.reduced_costs(self.search.arcs, self.relaxed.duals)
        most = self.search.constant(self.programme.level)
        target, step = self.bound, 1
        if self.relaxed.over is not None and (self.value is None or self.bound < self.value):
            over = self.relaxed.over
            # A plan at the bound among the sifted arcs is as good as any, and much sooner found.
            self._whole(over[costs[over] <= target - most - self.relaxed.bound + EPSILON])
        while self.value is None or self.bound < self.value:
            # Whoever has no way by the relaxation has none at all.
            if self.limits.is_over() or (self.programme.level == UNPLACED and self.bound):
                return
            if self.value is not None:
                target = min(target, self.value)
            keep = np.flatnonzero(costs <= target - most - self.relaxed.bound + EPSILON)
            solved = self._whole(keep)
            if self.value is not None and self.value <= target and solved.proved:
                self.bound = self.value
            elif solved.proved:
                self.bound = target + 1
            else:
                if math.isfinite(solved.bound):
                    least = math.ceil(solved.bound - EPSILON) + most
                    self.bound = max(self.bound, min(target + 1, least))
                return
            target, step = target + step, step * 2
            self.search.tell(self.programme.level, self.value, self.bound)

    def _whole(self, keep: np.ndarray) -> Solved:
        search = self.search
        start = None
        if search.flow is not None and search.flow.sum() == search.flow[keep].sum():
            start = search.flow[keep]
        solved = self.programme.solve(search.arcs[keep], self.limits, whole=True, start=start)
        if solved.flow is not None:
            flow = np.zeros(len(search.arcs))
            flow[keep] = np.round(solved.flow)
            self.take(flow)
        return solved


def _hold(search: Search, level: str, relaxed: Solved) -> None:
    """See to it that the level gets no worse, and take out what would make it so."""
    if search.flow is None or level == UNPLACED:
        return
    value = search.value(level, search.flow)
    most = float(value - search.constant(level))
    gap = np.inf
    if relaxed.duals is not None:
        programme = Programme(search.network, search.pairs, level, search.caps, search.rows)
        gap = most - relaxed.bound
        costs = programme.reduced_costs(search.arcs, relaxed.duals)
        _keep(search, costs <= gap + EPSILON)
        if programme.with_pairs:
            is_open = programme.pair_costs(relaxed.duals) <= gap + EPSILON
            search.pairs = replace(search.pairs, most=search.pairs.most * is_open)
    if gap <= EPSILON and relaxed.duals is not None:
        search.rows = search.rows.tightened(relaxed.duals)
    else:
        search.caps = (*search.caps, level)
        search.rows = Rows(np.append(search.rows.lower, -np.inf), np.append(search.rows.upper, most))
    _keep(search, pruned(search.network, search.arcs))


def _keep(search: Search, chosen: np.ndarray) -> None:
    assert search.flow is not None
    search.arcs, search.flow = search.arcs[chosen], search.flow[chosen]
