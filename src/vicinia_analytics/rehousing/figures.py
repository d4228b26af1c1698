"""What each level of the objective costs: by arc of a network, and of a whole plan."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vicinia_analytics.rehousing.inputs import Assignments, Instance
from vicinia_analytics.rehousing.network import Arcs, Network
from vicinia_analytics.rehousing.reducing import FRAGILE_WEIGHT, LARGE, OUTSIDE, WEIGHT, first_closed


def arc_costs(network: Network, level: str, arcs: Arcs) -> np.ndarray:
    """What each arc adds to a level, for one household on it. Pairs that are parted are not here: they take two (`model`)."""
    stays, kinds = network.stays, network.kinds
    kind, place = arcs.kind, stays.type[arcs.stay]
    is_last = stays.end[arcs.stay] == network.periods
    if level == "outside":
        return (place == network.outside).astype(np.int16)
    if level == "changed":
        return _changed(network, arcs).astype(np.int16)
    if level == "moves":
        return np.array([one.weight for one in kinds], dtype=np.int16)[kind] * arcs.moves
    if level == "preferences":
        building = np.append(network.types.building, OUTSIDE)[place]
        own = np.array([one.building for one in kinds])[kind]
        return (is_last & (building != own)).astype(np.int16)
    rooms = np.append(network.types.rooms, 0)[place]
    size = np.array([one.size for one in kinds])[kind]
    return (is_last * np.maximum(0, rooms - size - 1)).astype(np.int16)


def _changed(network: Network, arcs: Arcs) -> np.ndarray:
    """Periods of each stay in which something else is published."""
    start, end = network.stays.start[arcs.stay], network.stays.end[arcs.stay]
    if network.instance.published is None:
        return np.zeros(len(arcs), dtype=np.int16)
    rows = np.array([one.published for one in network.kinds])
    rows = np.where(rows == OUTSIDE, network.outside, rows)
    same = rows[:, None, :] == np.arange(network.outside + 1)[None, :, None]
    until = np.zeros((*same.shape[:2], network.periods + 1), dtype=np.int16)
    until[:, :, 1:] = np.cumsum(same, axis=2)
    place = network.stays.type[arcs.stay]
    return (end - start) - (until[arcs.kind, place, end] - until[arcs.kind, place, start])


def constants(network: Network, level: str) -> int:
    """What a level counts before anybody has left home, which no arc has when nobody moves before works begin there; the rest of it is in the arcs."""
    if not network.restricted or level not in {"changed", "under_occupation"}:
        return 0
    instance, total = network.instance, 0
    for household in instance.households:
        home = instance.dwelling(household.home)
        closed = first_closed(home)
        if level == "under_occupation":
            total += (closed == network.periods) * max(0, home.rooms - min(household.size, LARGE) - 1)
        elif instance.published is not None:
            places = instance.published[household.id][:closed]
            same = network.types.of[home.id]
            total += sum(place is None or network.types.of[place] != same for place in places)
    return total


def values(instance: Instance, rows: Assignments) -> tuple[int, ...]:
    """The value of each level of a plan."""
    outside = sum(place is None for row in rows.values() for place in row)
    changed = 0
    if instance.published is not None:
        published = instance.published
        changed = sum(a != b for name, row in rows.items() for a, b in zip(row, published[name], strict=True))
    moves = preferences = under_occupation = 0
    for household in instance.households:
        row = rows[household.id]
        arrivals = sum(now is not None and now != before for before, now in pairwise(row))
        moves += arrivals * (FRAGILE_WEIGHT if household.fragile else WEIGHT)
        preferences += _building(instance, row[-1]) != instance.dwelling(household.home).building
        if row[-1] is not None:
            rooms = instance.dwelling(row[-1]).rooms
            under_occupation += max(0, rooms - min(household.size, LARGE) - 1)
    pairs = {frozenset((one.id, other)) for one in instance.households for other in one.near}
    for pair in pairs:
        one, other = (_building(instance, rows[name][-1]) for name in pair)
        preferences += one is None or one != other
    return outside, changed, moves, preferences, under_occupation


def _building(instance: Instance, place: str | None) -> str | None:
    return None if place is None else instance.dwelling(place).building
