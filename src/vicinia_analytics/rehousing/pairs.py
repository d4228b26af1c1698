"""Pairs of households that want to end in one building: rows and columns of the linear programme.

A pair is together in a building if both are there in the last period; one column a pair and building says so, and a row for each of the two
holds it down. Whoever never moves is in a known building.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vicinia_analytics.rehousing.network import Arcs, Network


@dataclass(frozen=True, slots=True)
class Pairs:
    """`kind`, `building` and `column` of each row. most: by column, 0 where being together there is in no best plan.

    number: pairs, but for those that are together in any case.
    """

    number: int
    most: np.ndarray
    kind: np.ndarray
    building: np.ndarray
    column: np.ndarray
    first_row: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.kind)

    def entries(self, network: Network, arcs: Arcs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Column, row and value of what the arcs have in the rows: who ends in a building lets its pairs be together there."""
        at, row = self._matches(network, arcs)
        return at, self.first_row + row, np.ones(len(at))

    def _matches(self, network: Network, arcs: Arcs) -> tuple[np.ndarray, np.ndarray]:
        last = np.flatnonzero(network.stays.end[arcs.stay] == network.periods)
        building = np.append(network.types.building, -1)[network.stays.type[arcs.stay[last]]]
        buildings = 1 + int(network.types.building.max())
        wanted = self.kind * buildings + self.building
        order = np.argsort(wanted, kind="stable")
        mine = arcs.kind[last].astype(np.int64) * buildings + building
        mine[building < 0] = -1
        begin = np.searchsorted(wanted[order], mine, side="left")
        number = np.searchsorted(wanted[order], mine, side="right") - begin
        since = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        return np.repeat(last, number), order[np.repeat(begin, number) + since]

    def own_entries(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Column, row and value of the columns of pairs."""
        return self.column, self.first_row + np.arange(self.rows), -np.ones(self.rows)

    def values(self, network: Network, arcs: Arcs, flow: np.ndarray) -> np.ndarray:
        """The columns of pairs in a solution."""
        at, row = self._matches(network, arcs)
        there = np.bincount(row, weights=flow[at], minlength=self.rows)
        out = self.most.copy()
        np.minimum.at(out, self.column, there)
        return out


def pairs_of(network: Network, first_row: int) -> Pairs:
    """The pairs of an estate, with rows from a number on. Who has no arcs stays at home."""
    wanted = sorted(
        {tuple(sorted((one.id, other))) for one in network.instance.households for other in one.near}
    )
    kind_of = {name: at for at, kind in enumerate(network.kinds) for name in kind.households}
    moving = set(np.unique(network.arcs.kind).tolist())
    every = range(1 + int(network.types.building.max()))
    kinds, buildings, columns = [], [], []
    number = together = 0
    for pair in wanted:
        both = [kind_of[name] for name in pair]
        staying = [network.kinds[one].building for one in both if one not in moving]
        number += len(staying) < 2 or len(set(staying)) == 2
        for building in every if not staying else staying[: 2 - len(staying)]:
            for one in both:
                if one in moving:
                    kinds.append(one)
                    buildings.append(building)
                    columns.append(together)
            together += 1
    return Pairs(
        number, np.ones(together), np.array(kinds, dtype=np.int64), np.array(buildings, dtype=np.int64),
        np.array(columns, dtype=np.int64), first_row,
    )  # fmt: skip
