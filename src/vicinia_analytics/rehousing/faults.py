"""What can't be true in an instance, each with its path: what a type can't say and a list of things can break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vicinia_analytics.rehousing.inputs import Assignments, Dwelling, Fixed, Household


def adequacy_faults(min_area_m2: Mapping[int, float], tolerance: float) -> Iterator[str]:
    """Faults of the table of smallest areas. A size in the middle may not be missing: nobody could say what it needs."""
    if not min_area_m2:
        yield "adequacy.min_area_m2: there are no sizes"
    for size in range(1, max(min_area_m2, default=0) + 1):
        if size not in min_area_m2:
            yield f"adequacy.min_area_m2.{size}: is missing"
    for size, area in min_area_m2.items():
        if size < 1:
            yield f"adequacy.min_area_m2.{size}: a household has one person or more"
        if not (isfinite(area) and area >= 0):
            yield f"adequacy.min_area_m2.{size}: {area:g} is not an area"
    if not 0 <= tolerance < 1:
        yield f"adequacy.tolerance: {tolerance:g} is not from 0 to below 1"


def instance_faults(
    periods: Sequence[str],
    dwellings: Sequence[Dwelling],
    households: Sequence[Household],
    fixed: Sequence[Fixed],
    moves_per_period: int | None,
    published: Assignments | None,
) -> Iterator[str]:
    """Faults of the parts of an instance, in the order of its keys."""
    homes = {dwelling.id: dwelling for dwelling in dwellings}
    names = {household.id: household for household in households}
    yield from _period_faults(periods)
    yield from _dwelling_faults(dwellings, len(periods))
    yield from _household_faults(households, homes, names)
    yield from _fixed_faults(fixed, homes, names, len(periods))
    if moves_per_period is not None and moves_per_period < 0:
        yield f"moves_per_period: {moves_per_period} is below 0"
    if published is not None:
        yield from _published_faults(published, homes, names, len(periods))


def _period_faults(periods: Sequence[str]) -> Iterator[str]:
    if not periods:
        yield "periods: there are none"
    for at, (before, after) in enumerate(pairwise(periods), 1):
        if after <= before:
            yield f"periods[{at}]: {after} is not after {before}"


def _dwelling_faults(dwellings: Sequence[Dwelling], periods: int) -> Iterator[str]:
    yield from _told_twice("dwellings", (dwelling.id for dwelling in dwellings))
    for at, dwelling in enumerate(dwellings):
        path = f"dwellings[{at}]"
        if not (isfinite(dwelling.area_m2) and dwelling.area_m2 > 0):
            yield f"{path}.area_m2: {dwelling.area_m2:g} is not an area"
        if dwelling.rooms < 1:
            yield f"{path}.rooms: {dwelling.rooms} is below 1"
        if len(dwelling.available) != periods:
            yield f"{path}.available: {_values(len(dwelling.available), periods)}"


def _household_faults(
    households: Sequence[Household], homes: Mapping[str, Dwelling], names: Mapping[str, Household]
) -> Iterator[str]:
    if not households:
        yield "households: there are none"
    yield from _told_twice("households", (household.id for household in households))
    living: dict[str, str] = {}
    for at, household in enumerate(households):
        path = f"households[{at}]"
        home = homes.get(household.home)
        if home is None:
            yield f"{path}.home: there is no dwelling {household.home}"
        elif home.available and not home.available[0]:
            yield f"{path}.home: {household.home} is not available in period 0, which is today"
        if household.home in living:
            yield f"{path}.home: {household.home} is the home of {living[household.home]} too"
        living.setdefault(household.home, household.id)
        if household.size < 1:
            yield f"{path}.size: {household.size} is below 1"
        if household.max_moves < 0:
            yield f"{path}.max_moves: {household.max_moves} is below 0"
        yield from _near_faults(path, household, names)
        for dwelling in sorted(household.refuses - homes.keys()):
            yield f"{path}.refuses: there is no dwelling {dwelling}"


def _near_faults(path: str, household: Household, names: Mapping[str, Household]) -> Iterator[str]:
    for place, other in enumerate(household.near):
        if other not in names:
            yield f"{path}.near[{place}]: there is no household {other}"
        elif other == household.id:
            yield f"{path}.near[{place}]: {other} is the household itself"
        elif other in household.near[:place]:
            yield f"{path}.near[{place}]: {other} is there twice"


def _fixed_faults(
    fixed: Sequence[Fixed], homes: Mapping[str, Dwelling], names: Mapping[str, Household], periods: int
) -> Iterator[str]:
    seen: set[tuple[str, int]] = set()
    for at, one in enumerate(fixed):
        path = f"fixed[{at}]"
        if one.household not in names:
            yield f"{path}.household: there is no household {one.household}"
        if not 0 <= one.period < periods:
            yield f"{path}.period: {one.period} is not from 0 to {periods - 1}"
        if one.dwelling is not None and one.dwelling not in homes:
            yield f"{path}.dwelling: there is no dwelling {one.dwelling}"
        elif one.period == 0 and one.household in names and one.dwelling != names[one.household].home:
            yield f"{path}.dwelling: in period 0, which is today, {one.household} is at home"
        if (one.household, one.period) in seen:
            yield f"{path}: {one.household} in period {one.period} is fixed twice"
        seen.add((one.household, one.period))


def _published_faults(
    published: Assignments, homes: Mapping[str, Dwelling], names: Mapping[str, Household], periods: int
) -> Iterator[str]:
    for name in names:
        if name not in published:
            yield f"published.{name}: is missing"
    for name, row in published.items():
        if name not in names:
            yield f"published.{name}: there is no household {name}"
        if len(row) != periods:
            yield f"published.{name}: {_values(len(row), periods)}"
        for at, dwelling in enumerate(row):
            if dwelling is not None and dwelling not in homes:
                yield f"published.{name}[{at}]: there is no dwelling {dwelling}"


def _told_twice(what: str, ids: Iterable[str]) -> Iterator[str]:
    rows: dict[str, int] = {}
    for at, name in enumerate(ids):
        if name in rows:
            yield f"{what}[{at}].id: {name} is that of {what}[{rows[name]}] too"
        rows.setdefault(name, at)


def _values(given: int, periods: int) -> str:
    return f"{given} value{'s' * (given != 1)} for {periods} period{'s' * (periods != 1)}"
