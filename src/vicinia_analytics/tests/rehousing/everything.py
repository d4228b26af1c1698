"""The best plan of a tiny estate by trying all assignments: nothing of the model, only the statement."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from vicinia_analytics.rehousing import Household, Instance

Row = tuple[str | None, ...]


def best_values(
    instance: Instance, *, restricted: bool = False, nobody_outside: bool = False
) -> tuple[int, ...] | None:
    """Values of the levels of the best plan, None if there is none."""
    households, periods = instance.households, len(instance.periods)
    rows = [list(rows_of(instance, one, restricted, nobody_outside)) for one in households]
    best: tuple[int, ...] | None = None

    def place(at: int, chosen: dict[str, Row], used: set[tuple[int, str]], arrived: tuple[int, ...]) -> None:
        nonlocal best
        if at == len(households):
            found = values(instance, chosen)
            best = found if best is None else min(best, found)
            return
        for row in rows[at]:
            mine = {(period, name) for period, name in enumerate(row) if name is not None}
            total = tuple(a + b for a, b in zip(arrived, arrivals(row), strict=True))
            if mine & used:
                continue
            if instance.moves_per_period is not None and max(total) > instance.moves_per_period:
                continue
            place(at + 1, {**chosen, households[at].id: row}, mine | used, total)

    place(0, {}, set(), (0,) * periods)
    return best


def arrivals(row: Row) -> tuple[int, ...]:
    """1 for each period in which somebody arrives."""
    return (0, *(int(now is not None and now != before) for before, now in itertools.pairwise(row)))


def rows_of(instance: Instance, one: Household, restricted: bool, nobody_outside: bool) -> Iterator[Row]:
    """Every row that a household alone may have."""
    home, periods = instance.dwelling(one.home), len(instance.periods)
    locks = {lock.period: lock.dwelling for lock in instance.fixed if lock.household == one.id}
    choices: list[list[str | None]] = [[one.home]]
    for period in range(1, periods):
        places: list[str | None] = [
            d.id for d in instance.dwellings if instance.admits(one, d) and d.available[period]
        ]
        if not nobody_outside or (period in locks and locks[period] is None):
            places.append(None)
        choices.append([place for place in places if place == locks.get(period, place)])
    closed = next((at for at in range(periods) if not home.available[at]), periods)
    for row in itertools.product(*choices):
        if sum(arrivals(row)) > one.max_moves:
            continue
        if one.claims_return and home.available[-1] and row[-1] != one.home:
            continue
        if one.claims_return and (row[-1] is None or instance.dwelling(row[-1]).building != home.building):
            continue
        if not restricted or all(place == one.home for place in row[:closed]):
            yield row


def values(instance: Instance, rows: dict[str, Row]) -> tuple[int, ...]:
    """The levels of a plan, from the statement."""
    ends = {
        name: None if row[-1] is None else instance.dwelling(row[-1]).building for name, row in rows.items()
    }
    outside = sum(row.count(None) for row in rows.values())
    changed = 0
    if instance.published is not None:
        changed = sum(
            a != b for name, row in rows.items() for a, b in zip(row, instance.published[name], strict=True)
        )
    moves = sum(sum(arrivals(rows[one.id])) * (3 if one.fragile else 2) for one in instance.households)
    elsewhere = sum(ends[one.id] != instance.dwelling(one.home).building for one in instance.households)
    pairs = {tuple(sorted((one.id, other))) for one in instance.households for other in one.near}
    parted = sum(ends[a] is None or ends[a] != ends[b] for a, b in pairs)
    rooms = sum(
        max(0, instance.dwelling(last).rooms - min(one.size, 4) - 1)
        for one in instance.households
        if (last := rows[one.id][-1]) is not None
    )
    return outside, changed, moves, elsewhere + parted, rooms
