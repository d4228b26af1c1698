"""Why a household is where a plan puts it: what it needs, what was possible, which of its wishes are kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vicinia.domain.mobility.engine.results import Documents


@dataclass(frozen=True, slots=True)
class Reasons:
    """`away` are the periods in which its home can't be lived in; `fit` the places that suit, `free` those open in all of them."""

    household: Mapping[str, Any]
    row: Sequence[str | None]
    away: Sequence[int]
    fit: int
    free: int
    near_kept: Sequence[int]
    near_lost: Sequence[int]
    back_home: bool
    same_building: bool


def reasons(documents: Documents, number: int) -> Reasons | None:
    """The reasons of a household; None if the plan does not know it."""
    household = documents.households.get(number)
    row = documents.assignments.get(number)
    if household is None or row is None:
        return None
    places = documents.places
    home = places[household["home"]]
    away = [period for period, available in enumerate(home["available"]) if not available]
    others = [place for key, place in places.items() if key != home["id"] and not key.startswith("o")]
    fitting = [place for place in others if documents.admits(household, place)]
    free = [place for place in fitting if all(place["available"][period] for period in away)]
    kept, lost = _near(documents, household, number)
    return Reasons(
        household,
        row,
        away,
        len(fitting),
        len(free),
        kept,
        lost,
        back_home=row[-1] == home["id"],
        same_building=_building(documents, row[-1]) == home["building"],
    )


def _building(documents: Documents, key: str | None) -> str | None:
    return documents.places[key]["building"] if key else None


def _near(documents: Documents, household: Mapping[str, Any], number: int) -> tuple[list[int], list[int]]:
    """Those whom it wants near, or who want it near: in the same building at the end, or not."""
    wanted = {int(name[1:]) for name in household["near"]}
    wanted |= {other for other, one in documents.households.items() if household["id"] in one["near"]}
    mine = _building(documents, documents.assignments[number][-1])
    kept = [
        other
        for other in sorted(wanted)
        if mine is not None and _building(documents, documents.assignments[other][-1]) == mine
    ]
    return kept, sorted(wanted - set(kept))
