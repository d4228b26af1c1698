"""Rehousing as flows: a household goes from hub to hub in time, and each arc between two is a stay in a dwelling of a type, or a period outside.

A *stay* is a type and the periods [start, end) in which all its dwellings are available. A *hub* of a kind of households is where those are
who have made so many moves and go somewhere at the beginning of a period; a stay goes from a hub to the hub of one move more. So nobody
moves too often, in the linear relaxation too, which is much closer to the truth than that of a model with a sum of moves for each household.
Arcs are only listed here: an estate has millions of them, of which `sifting` asks for some thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from vicinia_analytics.rehousing.inputs import Instance
from vicinia_analytics.rehousing.reducing import OUTSIDE, Kind, Types, kinds_of, types_of

NOWHERE = -1
"""The row of an arc that comes from no hub, or goes to none: who is somewhere in the last period has arrived."""


@dataclass(frozen=True, slots=True)
class Stays:
    """All stays there can be: type, first period, and the period after the last. Periods outside come last, with a type of their own."""

    type: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True, slots=True)
class Arcs:
    """Some arcs: kind, stay, the rows of the hubs that each leaves and reaches, and whether it begins with a move."""

    kind: np.ndarray
    stay: np.ndarray
    leaves: np.ndarray
    reaches: np.ndarray
    moves: np.ndarray

    def __len__(self) -> int:
        return len(self.kind)

    def __getitem__(self, chosen: np.ndarray | slice) -> Arcs:
        return Arcs(*(getattr(self, name)[chosen] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Network:
    """An estate as a network. `arcs` are those that may be used; `first_row` of each kind is its source, then come its hubs.

    supply: households that enter at a row. capacity: dwellings free for whoever is an arc, by type and period. stuck: households for whom there
    is no way at all.
    """

    instance: Instance
    types: Types
    kinds: tuple[Kind, ...]
    restricted: bool
    stays: Stays
    arcs: Arcs
    first_row: np.ndarray
    supply: np.ndarray
    capacity: np.ndarray
    stuck: tuple[str, ...]

    @property
    def periods(self) -> int:
        """How many periods."""
        return len(self.instance.periods)

    @property
    def outside(self) -> int:
        """The type of those who are outside."""
        return len(self.types.members)


def network_of(
    instance: Instance, *, restricted: bool, nobody_outside: bool = False, alone: frozenset[str] = frozenset()
) -> Network:
    """The network of an estate."""
    types = types_of(instance, alone)
    kinds = kinds_of(instance, types, restricted=restricted)
    stays = _stays_of(types)
    periods = len(instance.periods)
    parts: list[Arcs] = []
    supply: list[np.ndarray] = []
    first_row, row = [], 0
    stuck: list[str] = []
    for at, kind in enumerate(kinds):
        ways = _Ways(at, kind, stays, row, periods, len(types.members), restricted, nobody_outside)
        first_row.append(row)
        parts += ways.arcs()
        supply.append(ways.supply())
        row += len(supply[-1])
        if ways.is_stuck():
            stuck += kind.households
    return Network(
        instance, types, kinds, restricted, stays, _joined(parts), np.array(first_row), np.concatenate(supply),
        _capacity(instance, types) if restricted else types.capacity.copy(), tuple(stuck),
    )  # fmt: skip


def _stays_of(types: Types) -> Stays:
    found = []
    for at, row in enumerate(types.capacity):
        for start in range(len(row)):
            for end in range(start + 1, len(row) + 1):
                if not row[end - 1]:
                    break
                found.append((at, start, end))
    periods = types.capacity.shape[1]
    found += [(len(types.members), start, start + 1) for start in range(periods)]
    table = np.array(found, dtype=np.int32)
    return Stays(*(column.copy() for column in table.T))


def _capacity(instance: Instance, types: Types) -> np.ndarray:
    """What is left when everybody stays at home until works begin there."""
    left = types.capacity.copy()
    for household in instance.households:
        available = instance.dwelling(household.home).available
        closed = available.index(False) if False in available else len(available)
        left[types.of[household.home], :closed] -= 1
    return left


def _joined(parts: list[Arcs]) -> Arcs:
    nothing = np.zeros(0, dtype=np.int32)
    parts = [Arcs(nothing, nothing, nothing, nothing, nothing.astype(bool)), *parts]
    return Arcs(*(np.concatenate([getattr(part, name) for part in parts]) for name in Arcs.__slots__))


class _Ways(NamedTuple):
    """The ways of one kind through time."""

    at: int
    kind: Kind
    stays: Stays
    row: int
    periods: int
    outside: int
    restricted: bool
    nobody_outside: bool

    @property
    def hubs(self) -> int:
        """Moves are counted by hubs; who may move in each period needs no counting."""
        return 1 if self.kind.max_moves >= self.periods - 1 else self.kind.max_moves + 1

    def hub(self, moves: int) -> int:
        """The row of a hub in period 0; those of the other periods follow."""
        return self.row + 1 + min(moves, self.hubs - 1) * self.periods

    def supply(self) -> np.ndarray:
        """Where the households enter: at the source, or, if they stay at home until works begin, where they leave it."""
        out = np.zeros(1 + self.hubs * self.periods, dtype=np.int64)
        leave = self.kind.leaves[0]
        if not self.restricted:
            out[0] = self.kind.number
        elif leave < self.periods:
            out[1 + leave] = self.kind.number
        return out

    def is_stuck(self) -> bool:
        """Whether a lock is elsewhere while one must be at home."""
        return any(
            period < self.kind.leaves[0] and place != self.kind.home
            for period, place in self.kind.locks
            if self.restricted or period == 0
        )

    def arcs(self) -> Iterator[Arcs]:
        stays = self.stays
        begins = self.kind.leaves[0]
        may = self.allowed()
        if self.restricted and begins == self.periods:
            return
        if not self.restricted:
            home = may & (stays.type == self.kind.home) & (stays.start == 0)
            home &= np.isin(stays.end, self.kind.leaves)
            yield self._arcs(np.flatnonzero(home), -1, 0, is_move=False)
        after = may & (stays.start >= max(1, begins if self.restricted else 1))
        inside = np.flatnonzero(after & (stays.type != self.outside))
        nowhere = np.flatnonzero(after & (stays.type == self.outside))
        if self.hubs == 1 and self.kind.max_moves:
            yield self._arcs(inside, 0, 0, is_move=True)
        for moves in range(self.hubs):
            if moves:
                yield self._arcs(inside, moves - 1, moves, is_move=True)
            yield self._arcs(nowhere, moves, moves, is_move=False)

    def allowed(self) -> np.ndarray:
        """Stays where the kind may be, whatever it does before and after."""
        kind, stays = self.kind, self.stays
        may = np.append(kind.admits, True)[stays.type]
        may &= (stays.end < self.periods) | np.append(kind.ends, kind.may_end_outside)[stays.type]
        agreed_outside = [period for period, place in kind.locks if place == OUTSIDE]
        if self.nobody_outside:
            may &= (stays.type != self.outside) | np.isin(stays.start, agreed_outside)
        for period, place in kind.locks:
            there = (stays.start <= period) & (period < stays.end)
            may &= ~there | (stays.type == (self.outside if place == OUTSIDE else place))
        return may

    def _arcs(self, stay: np.ndarray, before: int, after: int, *, is_move: bool) -> Arcs:
        start, end = self.stays.start[stay], self.stays.end[stay]
        leaves = np.full(len(stay), self.row) if before < 0 else self.hub(before) + start
        reaches = np.where(end < self.periods, self.hub(after) + end, NOWHERE)
        return Arcs(
            np.full(len(stay), self.at, dtype=np.int32),
            stay.astype(np.int32),
            leaves.astype(np.int32),
            reaches.astype(np.int32),
            np.full(len(stay), is_move),
        )


def pruned(network: Network, arcs: Arcs) -> np.ndarray:
    """Which arcs can be on a way: one can come to where they leave, and go on from where they arrive."""
    keep = np.ones(len(arcs), dtype=bool)
    while True:
        comes = np.append(network.supply > 0, True)
        comes[arcs.reaches[keep]] = True
        goes = np.zeros(len(network.supply) + 1, dtype=bool)
        goes[arcs.leaves[keep]] = True
        goes[NOWHERE] = True
        found = keep & comes[arcs.leaves] & goes[arcs.reaches]
        if found.sum() == keep.sum():
            return keep
        keep = found
