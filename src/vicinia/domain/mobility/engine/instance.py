"""The instance of a plan in the exchange format, made of facts. Pure: nothing is asked, nothing is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vicinia.domain.mobility.engine.facts import Facts, Fix, HouseholdFacts, dwelling_key, household_key
from vicinia.domain.mobility.engine.periods import closed_in, period_of, periods

if TYPE_CHECKING:
    from vicinia.domain.mobility.queries.availability import UnitFacts

FORMAT = "vicinia-rehousing/1"
NO_LOT = "-"


@dataclass(frozen=True)
class Built:
    """The instance, the months of its periods, and why a dwelling is closed where it is not for works, by period."""

    instance: dict[str, Any]
    months: list[dt.date]
    closed: dict[str, list[str]]


def lacking(facts: Facts) -> list[UnitFacts]:
    """Dwellings of which nobody knows the square metres or the rooms: no plan can be made with them."""
    return [unit for unit in facts.units if not unit.is_known]


def build(facts: Facts) -> Built:
    """The instance of some facts, none of them lacking."""
    months = periods(facts)
    units = [unit for unit in facts.units if unit.dwelling_id not in facts.others]
    known = {unit.dwelling_id: unit for unit in units}
    lived_in = {one.lives_in for one in facts.households}
    places = [_dwelling(unit, months, facts.today, unit.dwelling_id in lived_in) for unit in units]
    places += [_outside(one, len(months)) for one in facts.households if one.lives_in not in known]
    places += [_spare(number, kind, len(months)) for number, kind in enumerate(facts.spare, 1)]
    fixed = _fixed(facts, months, known)
    instance = {
        "format": FORMAT,
        "periods": [f"{month:%Y-%m}" for month in months],
        "dwellings": places,
        "households": [_household(one, facts, months, known) for one in facts.households],
        "adequacy": {
            "min_area_m2": {str(size): float(area) for size, (area, _rooms) in enumerate(facts.sizes, 1)},
            "tolerance": 0.0,
        },
        "fixed": [
            {"household": household, "period": period, "dwelling": dwelling}
            for (household, period), dwelling in sorted(fixed.items())
        ],
        "moves_per_period": facts.removals,
        "published": _published(facts, months, {place["id"] for place in places}),
    }
    return Built(instance, months, dict(_closed(units, months, facts.today)))


def _dwelling(unit: UnitFacts, months: Sequence[dt.date], today: dt.date, lived_in: bool) -> dict[str, Any]:
    assert unit.area_m2 is not None and unit.rooms is not None  # who calls has asked
    now = lived_in or unit.closed_on(today) is None
    return {
        "id": dwelling_key(unit.dwelling_id),
        "building": f"b{unit.building_id}",
        "lot": unit.lot or NO_LOT,
        "area_m2": float(unit.area_m2),
        "rooms": unit.rooms,
        "step_free": unit.step_free,
        "available": [now, *(closed_in(unit, month) is None for month in months[1:])],
    }


def _outside(one: HouseholdFacts, count: int) -> dict[str, Any]:
    """A place that stands for where a household lives today that is not in the estate; nobody stays there."""
    name = f"o{one.number}"
    return {
        "id": name,
        "building": name,
        "lot": NO_LOT,
        "area_m2": 1.0,
        "rooms": 1,
        "step_free": False,
        "available": [True] + [False] * (count - 1),
    }


def _spare(number: int, kind: tuple[float, int, bool], count: int) -> dict[str, Any]:
    area, rooms, step_free = kind
    return {
        "id": f"s{number}",
        "building": "s",
        "lot": NO_LOT,
        "area_m2": area,
        "rooms": rooms,
        "step_free": step_free,
        "available": [True] * count,
    }


def _household(
    one: HouseholdFacts, facts: Facts, months: Sequence[dt.date], known: Mapping[int, UnitFacts]
) -> dict[str, Any]:
    numbers = {other.number for other in facts.households}
    comes_back = _comes_back_to(one, facts, months, known) is not None
    is_home = one.lives_in == one.home
    return {
        "id": household_key(one.number),
        "home": f"o{one.number}" if one.lives_in not in known else f"d{one.lives_in}",
        "size": one.size,
        "needs_step_free": one.needs_step_free,
        "fragile": one.fragile,
        # The way back is nobody's to refuse, however often the household has moved.
        "max_moves": max(one.moves_left, int(comes_back)),
        # Who lives elsewhere already comes back by what is fixed at the end.
        "claims_return": one.claims_return and is_home and one.home in known,
        "near": [household_key(number) for number in sorted(set(one.near)) if number in numbers],
        "refuses": sorted(dwelling_key(pk) for pk in _refused(one, facts, known)),
    }


def _refused(one: HouseholdFacts, facts: Facts, known: Mapping[int, UnitFacts]) -> set[int]:
    """What the household refused, and the dwellings with too few rooms: the format has no rule of rooms."""
    rooms = facts.least(one.size)[1]
    few = {pk for pk, unit in known.items() if (unit.rooms or 0) < rooms}
    return few | (set(one.refuses) & set(known))


def suits(one: HouseholdFacts, unit: UnitFacts, facts: Facts) -> bool:
    """Whether a dwelling is adequate for a household by the rules, and not refused."""
    area, rooms = facts.least(one.size)
    fits = (unit.area_m2 or 0) >= area and (unit.rooms or 0) >= rooms
    return fits and (unit.step_free or not one.needs_step_free) and unit.dwelling_id not in one.refuses


def _fixed(
    facts: Facts, months: Sequence[dt.date], known: Mapping[int, UnitFacts]
) -> dict[tuple[str, int], str | None]:
    """By household and period. What was said first in `fixes` holds: what is signed before what is only decided."""
    found: dict[tuple[str, int], str | None] = {}
    households = {one.number: one for one in facts.households}
    for fix in facts.fixes:
        one = households.get(fix.household)
        if one is None or (fix.dwelling is not None and fix.dwelling not in known):
            continue
        place = None if fix.dwelling is None else dwelling_key(fix.dwelling)
        home = known.get(one.home) if fix.while_away and one.claims_return else None
        for period in _covered(fix, months, home):
            found.setdefault((household_key(fix.household), period), place)
    for one in facts.households:
        back = _comes_back_to(one, facts, months, known)
        if back is not None and len(months) > 1:
            found.setdefault((household_key(one.number), len(months) - 1), back)
    return found


def _covered(fix: Fix, months: Sequence[dt.date], home: UnitFacts | None) -> Iterator[int]:
    """The periods after today that begin within what is fixed, and in which `home` is not ready if it is given."""
    for period, month in enumerate(months[1:], 1):
        if fix.from_month <= month and (fix.to_month is None or month <= fix.to_month):
            if home is not None and closed_in(home, month) is None:
                return
            yield period


def _comes_back_to(
    one: HouseholdFacts, facts: Facts, months: Sequence[dt.date], known: Mapping[int, UnitFacts]
) -> str | None:
    """The home of somebody who lives elsewhere and claims to come back, if it is ready and adequate at the end."""
    unit = known.get(one.home)
    if not one.claims_return or one.lives_in == one.home or unit is None:
        return None
    ready = closed_in(unit, months[-1]) is None and suits(one, unit, facts)
    return dwelling_key(unit.dwelling_id) if ready else None


def _published(
    facts: Facts, months: Sequence[dt.date], places: set[str]
) -> dict[str, list[str | None]] | None:
    if facts.published is None:
        return None
    known = {household_key(one.number): one for one in facts.households}
    return {name: _row(facts.published.get(one.number), one, months, places) for name, one in known.items()}


def _row(
    steps: Sequence[tuple[dt.date, int | None]] | None,
    one: HouseholdFacts,
    months: Sequence[dt.date],
    places: set[str],
) -> list[str | None]:
    """Where people think that a household is, by period; who is not in the plan is thought to stay where it lives."""
    said = steps or [(months[0], one.lives_in)]
    begins = [first for first, _dwelling in said]
    row = [said[period_of(begins, month)][1] for month in months]
    return [dwelling_key(pk) if pk is not None and dwelling_key(pk) in places else None for pk in row]


def _closed(
    units: Sequence[UnitFacts], months: Sequence[dt.date], today: dt.date
) -> Iterator[tuple[str, list[str]]]:
    for unit in units:
        found = [unit.closed_on(today), *(closed_in(unit, month) for month in months[1:])]
        kinds = [one.why if one and not one.is_works else "" for one in found]
        if any(kinds):
            yield dwelling_key(unit.dwelling_id), kinds
