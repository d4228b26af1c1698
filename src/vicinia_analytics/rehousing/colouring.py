"""From flows to people: each household gets a way through time, and each stay a dwelling of its type.

Stays are intervals, and intervals of which never more than n overlap can be given n colours, the first that is free each time (interval graphs
are perfect: M. C. Golumbic, "Algorithmic Graph Theory and Perfect Graphs", ch. 8). A stay may be tied to one dwelling (the home in period 0, a
claimed home at the end, a lock, what is published), or kept from one that is refused; then it may not work out, and the dwellings that stand in
the way are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from vicinia_analytics.rehousing.inputs import Household, Instance
from vicinia_analytics.rehousing.network import Arcs, Network
from vicinia_analytics.rehousing.reducing import first_closed

Interval = tuple[int, int, int]
"""Type, first period, period after the last."""


@dataclass(frozen=True, slots=True)
class Coloured:
    """Rows of dwellings by household, those that could not be given (some stay has none), and dwellings that stood in the way."""

    rows: Mapping[str, tuple[str | None, ...]]
    left: tuple[str, ...]
    blocking: frozenset[str]


def ways(network: Network, arcs: Arcs, flow: np.ndarray) -> dict[str, list[Interval]]:
    """The stays of each household, in order; a flow of a kind is divided among its households (flow decomposition)."""
    leaving: dict[int, list[list[int]]] = defaultdict(list)
    for at in np.flatnonzero(flow > 0).tolist():
        leaving[int(arcs.leaves[at])].append([at, round(float(flow[at]))])
    out: dict[str, list[Interval]] = {}
    for number, kind in enumerate(network.kinds):
        row = int(network.first_row[number])
        for name in kind.households:
            home = network.instance.dwelling(network.instance.household(name).home)
            own = network.types.of[home.id]
            closed = first_closed(home)
            stays: list[Interval] = [(own, 0, closed)] if network.restricted else []
            hub: int = row + 1 + closed if network.restricted else row
            while not stays or stays[-1][2] < network.periods:
                arc = _next(leaving[hub])
                hub = int(arcs.reaches[arc])
                stays.append(_interval(network, int(arcs.stay[arc])))
            out[name] = _merged(stays, network.outside)
    return out


def _next(choices: list[list[int]]) -> int:
    arc, number = choices[-1]
    choices[-1][1] = number - 1
    if number == 1:
        choices.pop()
    return arc


def _interval(network: Network, stay: int) -> Interval:
    stays = network.stays
    return int(stays.type[stay]), int(stays.start[stay]), int(stays.end[stay])


def _merged(stays: list[Interval], outside: int) -> list[Interval]:
    """Stays in a dwelling; two in one type without a break are one."""
    out: list[Interval] = []
    for place, start, end in stays:
        if out and out[-1][0] == place and out[-1][2] == start:
            out[-1] = (place, out[-1][1], end)
        elif place != outside:
            out.append((place, start, end))
    return out


@dataclass(slots=True)
class _Stay:
    """One stay to be given a dwelling. `tied`: dwellings that it should be, more than one if they contradict."""

    household: Household
    place: int
    start: int
    end: int
    tied: frozenset[str]


@dataclass(slots=True)
class _Board:
    """Who is in which dwelling when."""

    busy: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    given: list[tuple[_Stay, str]] = field(default_factory=list)

    def is_free(self, name: str, start: int, end: int) -> bool:
        return all(end <= one or other <= start for one, other in self.busy[name])

    def give(self, stay: _Stay, name: str) -> None:
        self.busy[name].append((stay.start, stay.end))
        self.given.append((stay, name))

    def gap(self, name: str, start: int, end: int) -> tuple[int, int]:
        """How long the dwelling stands empty after and before a stay, until somebody else comes."""
        after = min((one for one, _ in self.busy[name] if one >= end), default=1 << 30) - end
        before = start - max((other for _, other in self.busy[name] if other <= start), default=-(1 << 30))
        return after, before


def colour(network: Network, found: Mapping[str, list[Interval]]) -> Coloured:
    """A dwelling for each stay, where one can be found."""
    instance, members = network.instance, network.types.members
    tied: list[_Stay] = []
    loose: list[_Stay] = []
    for name, intervals in found.items():
        household = instance.household(name)
        for place, start, end in intervals:
            ties = _ties(network, household, place, start, end)
            stay = _Stay(household, place, start, end, ties)
            (tied if ties else loose).append(stay)
    board = _Board()
    blocking: set[str] = set()
    left: set[str] = set()
    for stay in sorted(tied, key=lambda one: (one.start, one.household.id)):
        name = min(stay.tied)
        if len(stay.tied) == 1 and board.is_free(name, stay.start, stay.end):
            board.give(stay, name)
        else:
            blocking |= stay.tied
            loose.append(stay)
    for stay in sorted(loose, key=lambda one: (one.start, not one.household.refuses, one.household.id)):
        free = [
            name
            for name in members[stay.place]
            if _may(instance, stay.household, name) and board.is_free(name, stay.start, stay.end)
        ]
        if free:
            board.give(stay, min(free, key=lambda one: _merit(board, stay, one)))
        else:
            left.add(stay.household.id)
            blocking |= _in_the_way(members[stay.place], tied, stay)
    return Coloured(_rows(instance, board, found, left), tuple(sorted(left)), frozenset(blocking))


def _ties(network: Network, household: Household, place: int, start: int, end: int) -> frozenset[str]:
    instance, of = network.instance, network.types.of
    home = instance.dwelling(household.home)
    out = set()
    is_back = household.claims_return and end == network.periods and home.available[-1]
    if of[home.id] == place:
        adequate = instance.dwelling(network.types.members[place][0])
        only_home = not _is_adequate(instance, household, adequate.id)
        if start == 0 or is_back or only_home:
            out.add(home.id)
    for lock in instance.fixed:
        if lock.household == household.id and start <= lock.period < end and lock.dwelling is not None:
            out.add(lock.dwelling)
    if instance.published is not None:
        row = instance.published[household.id][start:end]
        out |= {name for name in row if name is not None and of[name] == place}
    return frozenset(out)


def _is_adequate(instance: Instance, household: Household, name: str) -> bool:
    dwelling = instance.dwelling(name)
    needed = instance.adequacy.required(household.size)
    return dwelling.area_m2 >= needed and (dwelling.step_free or not household.needs_step_free)


def _may(instance: Instance, household: Household, name: str) -> bool:
    return instance.admits(household, instance.dwelling(name))


def _merit(board: _Board, stay: _Stay, name: str) -> tuple[bool, int, int, str]:
    """Home first, then where the stay fits most closely between others."""
    return (name != stay.household.home, *board.gap(name, stay.start, stay.end), name)


def _in_the_way(members: tuple[str, ...], tied: list[_Stay], stay: _Stay) -> set[str]:
    """Dwellings to tell apart: those of ties later than the beginning; else those refused; else all of the type."""
    later = {name for one in tied if one.place == stay.place and one.start for name in one.tied}
    refused = stay.household.refuses & set(members)
    return later or set(refused) or set(members)


def _rows(
    instance: Instance, board: _Board, found: Mapping[str, list[Interval]], left: set[str]
) -> dict[str, tuple[str | None, ...]]:
    rows: dict[str, list[str | None]] = {
        name: [None] * len(instance.periods) for name in found if name not in left
    }
    for stay, name in board.given:
        if stay.household.id in rows:
            rows[stay.household.id][stay.start : stay.end] = [name] * (stay.end - stay.start)
    return {name: tuple(row) for name, row in rows.items()}


def flow_of(network: Network, arcs: Arcs, rows: Mapping[str, tuple[str | None, ...]]) -> np.ndarray | None:
    """Households on each arc in a plan; None if some arc is not among them."""
    stay_of = {
        key: at
        for at, key in enumerate(
            zip(*(column.tolist() for column in (network.stays.type, network.stays.start, network.stays.end)), strict=True)
        )
    }  # fmt: skip
    number = len(stay_of)
    keys = arcs.leaves.astype(np.int64) * number + arcs.stay
    order = np.argsort(keys)
    flow = np.zeros(len(arcs))
    for at, kind in enumerate(network.kinds):
        for name in kind.households:
            wanted = [row * number + stay_of[stay] for row, stay in _steps(network, at, rows[name])]
            place = np.searchsorted(keys[order], wanted)
            if np.any(place >= len(keys)) or np.any(keys[order[np.minimum(place, len(keys) - 1)]] != wanted):
                return None
            np.add.at(flow, order[place], 1.0)
    return flow


def _steps(network: Network, at: int, row: tuple[str | None, ...]) -> list[tuple[int, Interval]]:
    """The arcs of a row: from which hub, and which stay."""
    types = [network.outside if name is None else network.types.of[name] for name in row]
    edges = [
        0,
        *(p for p in range(1, len(row)) if types[p] != types[p - 1] or types[p] == network.outside),
        len(row),
    ]
    first, kind = int(network.first_row[at]), network.kinds[at]
    hubs = 1 if kind.max_moves >= network.periods - 1 else kind.max_moves + 1
    out, moves = [], 0
    for start, end in pairwise(edges):
        hub = first if start == 0 else first + 1 + min(moves, hubs - 1) * network.periods + start
        moves += start > 0 and types[start] != network.outside
        if start or not network.restricted:
            out.append((hub, (types[start], start, end)))
    return out
