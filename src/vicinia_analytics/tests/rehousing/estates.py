"""Small estates made by hand, for tests that say what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vicinia_analytics.rehousing import Adequacy, Dwelling, Household, Instance

ADEQUACY = Adequacy({1: 28.0, 2: 40.0, 3: 60.0}, 0.0)


def dwelling(name: str, available: str, *, building: str = "A", **about: Any) -> Dwelling:
    """A dwelling of 45 m² with two rooms and no steps; `available` has a 1 for each period in which it is open."""
    given = {"lot": building, "area_m2": 45.0, "rooms": 2, "step_free": True} | about
    return Dwelling(name, building, available=tuple(one == "1" for one in available), **given)


def household(name: str, home: str, **about: Any) -> Household:
    """A household of two."""
    return Household(name, home, **({"size": 2} | about))


def instance(dwellings: list[Dwelling], households: list[Household], **about: Any) -> Instance:
    """An estate with a period for each value of `available`."""
    periods = tuple(f"2027-{at + 1:02}" for at in range(len(dwellings[0].available)))
    given: Mapping[str, Any] = {"adequacy": ADEQUACY} | about
    return Instance(periods, tuple(dwellings), tuple(households), **given)
