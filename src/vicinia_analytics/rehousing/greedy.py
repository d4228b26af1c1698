"""A plan at once, household after household: each takes the best way that those before left. The plan that all others must be better than.

The best way of one household is found period by period from the end (R. Bellman's dynamic programming), over dwellings and moves made. Fragile
households go first; before them go those who must end somewhere or have an agreement, whom nobody may be in the way of. Who fares badly goes first
in another attempt (D. E. Joslin, D. P. Clements, "Squeaky wheel optimization", J. Artificial Intelligence Research 10 (1999)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vicinia_analytics.rehousing import figures
from vicinia_analytics.rehousing.inputs import Household, Instance
from vicinia_analytics.rehousing.reducing import FRAGILE_WEIGHT, LARGE, WEIGHT, first_closed

Row = tuple[str | None, ...]
# What one unit of each level counts in the way of one household: more than all that the levels below it can come to.
OUTSIDE, CHANGED, MOVES, PREFERENCES = 2.0**40, 2.0**30, 2.0**16, 2.0**8
ATTEMPTS = 12
"""How often it is tried: whoever found no way, or was outside, goes first the next time."""


def greedy(
    instance: Instance,
    *,
    restricted: bool = False,
    nobody_outside: bool = False,
    kept: Mapping[str, Row] | None = None,
) -> dict[str, Row] | None:
    """A plan, or None if some household finds no way. `kept`: rows that stay as they are."""
    kept = kept or {}
    order = sorted(
        (one for one in instance.households if one.id not in kept), key=lambda one: _turn(instance, one)
    )
    agreed = {lock.household for lock in instance.fixed if lock.dwelling is None}
    best: tuple[tuple[int, ...], dict[str, Row]] | None = None
    for _ in range(ATTEMPTS):
        estate = _Estate.of(instance, kept, restricted=restricted, nobody_outside=nobody_outside)
        rows = dict(kept)
        unlucky: list[Household] = []
        for household in order:
            row = estate.settle(household)
            if row is None:
                unlucky = [household]
                break
            rows[household.id] = row
            if None in row and household.id not in agreed:
                unlucky.append(household)
        else:
            worth = figures.values(instance, rows)
            if best is None or worth < best[0]:
                best = worth, rows
        first = [*unlucky, *(one for one in order if one not in unlucky)]
        if first == order:
            break
        order = first
    return None if best is None else best[1]


def _turn(instance: Instance, household: Household) -> tuple[bool, bool, bool, bool, int, int, str]:
    """Who goes first."""
    locked = any(lock.household == household.id for lock in instance.fixed)
    closed = first_closed(instance.dwelling(household.home))
    return (
        not locked, not household.claims_return, not household.fragile, not household.needs_step_free,
        -household.size, closed, household.id,
    )  # fmt: skip


@dataclass(slots=True)
class _Estate:
    """What is still free and what somebody has: dwellings by period; and moves by period."""

    instance: Instance
    restricted: bool
    nobody_outside: bool
    free: np.ndarray
    taken: np.ndarray
    arrivals: np.ndarray
    number: Mapping[str, int]
    building: np.ndarray
    rooms: np.ndarray
    scarce: np.ndarray

    @classmethod
    def of(
        cls, instance: Instance, kept: Mapping[str, Row], *, restricted: bool, nobody_outside: bool
    ) -> _Estate:
        buildings = {
            name: at for at, name in enumerate(dict.fromkeys(one.building for one in instance.dwellings))
        }
        area = np.array([one.area_m2 for one in instance.dwellings])
        steps = np.array([one.step_free for one in instance.dwellings])
        most = instance.moves_per_period
        estate = cls(
            instance, restricted, nobody_outside,
            np.array([one.available for one in instance.dwellings]),
            np.zeros((len(instance.dwellings), len(instance.periods)), dtype=bool),
            np.full(len(instance.periods), len(instance.dwellings) * len(instance.periods) if most is None else most),
            {one.id: at for at, one in enumerate(instance.dwellings)},
            np.array([buildings[one.building] for one in instance.dwellings]),
            np.array([one.rooms for one in instance.dwellings]),
            (area / (area.max() + 1) + steps) / (3 * len(instance.periods)),
        )  # fmt: skip
        for household in instance.households:
            if household.id in kept:
                estate.take(kept[household.id])
            else:
                home = estate.number[household.home]
                estate.free[home, : first_closed(instance.dwelling(household.home))] = False
        return estate

    def take(self, row: Row) -> None:
        """A row becomes somebody's."""
        for period, name in enumerate(row):
            if name is not None:
                self.free[self.number[name], period] = False
                self.taken[self.number[name], period] = True
                self.arrivals[period] -= period > 0 and row[period - 1] != name

    def settle(self, household: Household) -> Row | None:
        """The best way of a household through what is free, taken; None if there is none."""
        home = self.number[household.home]
        closed = first_closed(self.instance.dwelling(household.home))
        # Its home was kept free for it, but for whoever is there already.
        self.free[home, :closed] = ~self.taken[home, :closed]
        row = _Way(self, household, home, closed).row()
        if row is not None:
            self.take(row)
        return row


class _Way:
    """The best way of one household. `there[m, a, t]`: what is still to come for one who has moved m times and is in dwelling a in period t."""

    def __init__(self, estate: _Estate, household: Household, home: int, closed: int) -> None:
        self.estate, self.household = estate, household
        instance = estate.instance
        self.periods = len(instance.periods)
        self.home, self.closed = home, closed
        self.moves = min(household.max_moves, self.periods - 1)
        self.places = np.array(
            [at for at, one in enumerate(instance.dwellings) if instance.admits(household, one)]
        )
        self.costs, self.outside = self._costs()

    def _costs(self) -> tuple[np.ndarray, np.ndarray]:
        """What being in each admissible dwelling, or outside, costs in each period."""
        estate, household, instance = self.estate, self.household, self.estate.instance
        costs = np.where(estate.free[self.places], estate.scarce[self.places, None], np.inf)
        outside = np.full(self.periods, np.inf if estate.nobody_outside else OUTSIDE)
        own = estate.building[self.home]
        away = estate.building[self.places] != own
        spare = np.maximum(0, estate.rooms[self.places] - min(household.size, LARGE) - 1)
        costs[:, -1] += PREFERENCES * away + spare
        outside[-1] += PREFERENCES
        if instance.published is not None:
            for period, name in enumerate(instance.published[household.id]):
                same = (
                    np.zeros(len(self.places), dtype=bool)
                    if name is None
                    else self.places == estate.number[name]
                )
                costs[:, period] += CHANGED * ~same
                outside[period] += CHANGED * (name is not None)
        if household.claims_return:
            outside[-1] = np.inf
            back = self.places == self.home
            costs[~(back if instance.dwelling(household.home).available[-1] else ~away), -1] = np.inf
        for lock in instance.fixed:
            if lock.household == household.id and lock.dwelling is None:
                costs[:, lock.period] = np.inf
                outside[lock.period] = OUTSIDE
            elif lock.household == household.id:
                costs[self.places != estate.number[str(lock.dwelling)], lock.period] = np.inf
                outside[lock.period] = np.inf
        return costs, outside

    def row(self) -> Row | None:
        """Where the household is in each period."""
        there, hub = self._to_come()
        at_home = self._at_home(there, hub)
        if not np.isfinite(at_home[0]):
            return None
        row: list[int | None] = []
        place: int | None = int(np.flatnonzero(self.places == self.home)[0])
        moves = 0
        for period in range(self.periods):
            row.append(place)
            now = period + 1
            at_first_home = moves == 0 and place is not None
            if now == self.periods or (at_first_home and self.estate.restricted and now < self.closed):
                continue
            to_stay = np.inf if place is None else at_home[now] if moves == 0 else there[moves, place, now]
            if to_stay > hub[moves, now]:
                place, moves = self._next(there, hub, moves, now)
        names = [one.id for one in self.estate.instance.dwellings]
        return tuple(None if one is None else names[self.places[one]] for one in row)

    def _next(self, there: np.ndarray, hub: np.ndarray, moves: int, period: int) -> tuple[int | None, int]:
        """Where to go in a period: outside, or to the best dwelling."""
        if hub[moves, period] == self.outside[period] + hub[moves, period + 1]:
            return None, moves
        return int(np.argmin(there[moves + 1, :, period])), moves + 1

    def _to_come(self) -> tuple[np.ndarray, np.ndarray]:
        """Costs still to come by moves, dwelling and period; and for one who goes somewhere in that period."""
        there = np.full((self.moves + 1, len(self.places), self.periods + 1), np.inf)
        hub = np.full((self.moves + 1, self.periods + 1), np.inf)
        there[:, :, -1], hub[:, -1] = 0.0, 0.0
        weight = MOVES * (FRAGILE_WEIGHT if self.household.fragile else WEIGHT)
        for period in range(self.periods - 1, 0, -1):
            onward = np.minimum(there[:, :, period + 1], hub[:, None, period + 1])
            there[:, :, period] = self.costs[:, period] + onward
            hub[:, period] = self.outside[period] + hub[:, period + 1]
            if self.estate.arrivals[period] > 0 and self.moves:
                arriving = weight + there[1:, :, period].min(axis=1)
                hub[:-1, period] = np.minimum(hub[:-1, period], arriving)
        return there, hub

    def _at_home(self, there: np.ndarray, hub: np.ndarray) -> np.ndarray:
        """Costs still to come for one who has not moved yet, by period."""
        own = int(np.flatnonzero(self.places == self.home)[0])
        out = np.full(self.periods + 1, np.inf)
        out[self.closed] = 0.0 if self.closed == self.periods else np.inf
        for period in range(self.closed - 1, -1, -1):
            leave = hub[0, period + 1]
            if self.estate.restricted and period + 1 < self.closed:
                leave = np.inf
            if period + 1 == self.periods:
                leave = 0.0
            out[period] = self.costs[own, period] + min(out[period + 1], leave)
        return out
