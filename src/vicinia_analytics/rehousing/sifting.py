"""The relaxation of a network with very many arcs: solved over some, priced over all, and again with those that are worth it.

Sifting (R. E. Bixby et al., "Very large-scale linear programming", Operations Research 40 (1992)): what comes out is the relaxation over all arcs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vicinia_analytics.rehousing.network import Arcs, pruned
from vicinia_analytics.rehousing.programme import EPSILON, Limits, Programme, Solved

DIRECT = 60_000
"""Up to so many arcs all are solved at once, which is faster."""
# More arcs of each kind at a time make fewer rounds, and each slower.
EACH = 150


def relax(programme: Programme, arcs: Arcs, flow: np.ndarray | None, limits: Limits) -> Solved:
    """The relaxation over all arcs. `flow`: a plan that is known, whose arcs are among the first."""
    if len(arcs) <= DIRECT:
        return programme.solve(arcs, limits, whole=False)
    chosen = _first(programme, arcs)
    if flow is not None:
        chosen |= flow > 0
    while True:
        at = np.flatnonzero(chosen)
        solved = programme.solve(arcs[at], limits, whole=False)
        if solved.duals is None or solved.flow is None:
            return solved
        costs = programme.reduced_costs(arcs, solved.duals)
        costs[chosen] = 0.0
        worth = np.flatnonzero(costs < -EPSILON)
        if not len(worth):
            whole = np.zeros(len(arcs))
            whole[at] = solved.flow
            return replace(solved, flow=whole, over=at)
        chosen[_best_of_each(arcs.kind[worth], costs[worth], worth)] = True


def _first(programme: Programme, arcs: Arcs) -> np.ndarray:
    """Arcs to begin with: ways as if nobody moved before works begin at home and nobody went outside; and the periods outside."""
    network = programme.network
    leaves = np.array([kind.leaves[-1] for kind in network.kinds])
    is_outside = network.stays.type[arcs.stay] == network.outside
    start, end = network.stays.start[arcs.stay], network.stays.end[arcs.stay]
    late = np.flatnonzero(~is_outside & ((start >= leaves[arcs.kind]) | (end == leaves[arcs.kind])))
    is_outside[late[pruned(network, arcs[late])]] = True
    return np.asarray(is_outside)


def _best_of_each(kind: np.ndarray, costs: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """The best arcs of each kind."""
    order = np.lexsort((costs, kind))
    sorted_kind = kind[order]
    begins = np.searchsorted(sorted_kind, sorted_kind, side="left")
    return worth[order[np.arange(len(order)) - begins < EACH]]
