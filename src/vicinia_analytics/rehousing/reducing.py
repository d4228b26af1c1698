"""Fewer things to decide about: dwellings that are alike are one type with a capacity, households that are alike one kind with a number.

Both are exact. A plan by types says how many of a kind are in a type in each period; `colouring` gives each household its dwelling again,
and where that can't be done the dwellings in question become types of their own (`alone`), until it can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from vicinia_analytics.rehousing.inputs import Dwelling, Household, Instance

OUTSIDE = -1
"""Where a type is expected: nowhere in the estate."""
LARGE = 4
"""People that rooms are counted for, at most (under-occupation)."""
WEIGHT, FRAGILE_WEIGHT = 2, 3
"""What an arrival counts."""


@dataclass(frozen=True, slots=True)
class Types:
    """Dwellings that no rule tells apart. `capacity`: how many of each are available, by type and period."""

    members: tuple[tuple[str, ...], ...]
    of: Mapping[str, int]
    capacity: np.ndarray
    building: np.ndarray
    rooms: np.ndarray


@dataclass(frozen=True, slots=True)
class Kind:
    """Households that no rule tells apart, and where they may be.

    leaves: periods in which home may be left (the number of periods: never). locks: type by period, OUTSIDE for outside. published: type by
    period, None if nothing was. ends: types for the last period.
    """

    households: tuple[str, ...]
    home: int
    building: int
    admits: np.ndarray
    ends: np.ndarray
    may_end_outside: bool
    leaves: tuple[int, ...]
    size: int
    weight: int
    max_moves: int
    locks: tuple[tuple[int, int], ...]
    published: tuple[int, ...] | None

    @property
    def number(self) -> int:
        """How many households."""
        return len(self.households)


def types_of(instance: Instance, alone: frozenset[str] = frozenset()) -> Types:
    """The types of an estate: same building, rooms, steps, availability, and suited to the same sizes of household.

    A dwelling that is agreed for somebody is a type of its own, and so is one that was published for somebody who has refused it since, and
    each of `alone`.
    """
    areas = sorted({instance.adequacy.required(one.size) for one in instance.households})
    tied = {one.dwelling for one in instance.fixed if one.dwelling is not None} | _unwanted(instance) | alone
    groups: dict[Hashable, list[Dwelling]] = defaultdict(list)
    for dwelling in instance.dwellings:
        suits = sum(dwelling.area_m2 >= area for area in areas)
        own = dwelling.id if dwelling.id in tied else None
        groups[dwelling.building, dwelling.rooms, dwelling.step_free, dwelling.available, suits, own].append(
            dwelling
        )
    buildings = {
        name: at for at, name in enumerate(dict.fromkeys(one.building for one in instance.dwellings))
    }
    alike = list(groups.values())
    return Types(
        tuple(tuple(one.id for one in group) for group in alike),
        {one.id: at for at, group in enumerate(alike) for one in group},
        np.array(
            [[len(group) * is_open for is_open in group[0].available] for group in alike], dtype=np.int64
        ),
        np.array([buildings[group[0].building] for group in alike], dtype=np.int64),
        np.array([group[0].rooms for group in alike], dtype=np.int64),
    )


def _unwanted(instance: Instance) -> set[str]:
    """Dwellings that were published for a household which may not live there any more: to stay among its likes is a change."""
    rows = instance.published or {}
    return {
        name
        for household in instance.households
        for name in rows.get(household.id, ())
        if name is not None and not instance.admits(household, instance.dwelling(name))
    }


def first_closed(dwelling: Dwelling) -> int:
    """The first period in which works go through a dwelling; the number of periods if none do."""
    return next((at for at, is_open in enumerate(dwelling.available) if not is_open), len(dwelling.available))


def kinds_of(instance: Instance, types: Types, *, restricted: bool) -> tuple[Kind, ...]:
    """The kinds of households. With the restriction nobody leaves home before works begin there, and who has none stays."""
    near = {name for one in instance.households for name in (one.id, *one.near) if one.near}
    locks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lock in instance.fixed:
        place = OUTSIDE if lock.dwelling is None else types.of[lock.dwelling]
        locks[lock.household].append((lock.period, place))
    groups: dict[Hashable, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for household in instance.households:
        about = _about(instance, types, household, restricted=restricted)
        about["locks"] = tuple(sorted(locks[household.id]))
        own = (
            household.id if household.id in near or about["locks"] or about["published"] is not None else None
        )
        home = about["home"] if not restricted else None
        alike = (
            own, home, about["building"], about["admits"].tobytes(), about["ends"].tobytes(), about["may_end_outside"],
            about["leaves"], about["size"], about["weight"], about["max_moves"],
        )  # fmt: skip
        groups[alike].append((household.id, about))
    return tuple(
        Kind(households=tuple(name for name, _ in group), **group[0][1]) for group in groups.values()
    )


def _about(instance: Instance, types: Types, household: Household, *, restricted: bool) -> dict[str, Any]:
    home = instance.dwelling(household.home)
    periods = len(instance.periods)
    admits = np.array(
        [
            any(instance.admits(household, instance.dwelling(name)) for name in members)
            for members in types.members
        ]
    )
    ends = admits.copy()
    if household.claims_return and home.available[-1]:
        ends[:] = np.arange(len(admits)) == types.of[home.id]
    elif household.claims_return:
        ends &= types.building == types.building[types.of[home.id]]
    closed = first_closed(home)
    published = None
    if instance.published is not None:
        row = instance.published[household.id]
        published = tuple(OUTSIDE if name is None else types.of[name] for name in row)
    return {
        "home": types.of[home.id],
        "building": int(types.building[types.of[home.id]]),
        "admits": admits,
        "ends": ends,
        "may_end_outside": not household.claims_return,
        "leaves": (closed,) if restricted else (*range(1, closed), closed),
        "size": min(household.size, LARGE),
        "weight": FRAGILE_WEIGHT if household.fragile else WEIGHT,
        "max_moves": min(household.max_moves, periods - 1),
        "published": published,
    }
