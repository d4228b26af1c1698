"""A solver that is quick and plain, so that what is around it is tested without the real one."""

from __future__ import annotations

from typing import Any

from vicinia.domain.mobility.engine.results import Documents, moves_in
from vicinia.domain.mobility.engine.solving import Asked, Solved, Watched

LEVELS = ("outside", "changed", "moves", "preferences", "under_occupation")


def plain(instance: dict[str, Any], asked: Asked, watched: Watched) -> Solved:
    """Everybody at home when they can, else in the first place that suits and is free, else outside."""
    documents = Documents(instance, {})
    fixed = {(one["household"], one["period"]): one["dwelling"] for one in instance["fixed"]}
    taken: set[tuple[str, int]] = {
        (place, period) for (_who, period), place in fixed.items() if place is not None
    }
    assignments: dict[str, list[str | None]] = {}
    for one in instance["households"]:
        assignments[one["id"]] = _row(documents, one, fixed, taken)
    watched.told({"level": "moves", "value": 9, "bound": 4, "gap": 0.5, "seconds": 0.1})
    outside = sum(row.count(None) for row in assignments.values())
    values = (outside, 0, sum(2 * moves_in(row) for row in assignments.values()), 0, 0)
    levels = [
        {"name": name, "value": value, "bound": value} for name, value in zip(LEVELS, values, strict=True)
    ]
    result = {
        "format": "vicinia-rehousing-plan/1",
        "status": "optimal",
        "restricted": asked.restricted,
        "levels": levels,
        "assignments": assignments,
        "seconds": 0.2,
        "solver": "plain 1",
        "seed": asked.seed,
        "instance_sha256": "0" * 64,
    }
    return Solved(result, "0" * 64, ())


def _row(
    documents: Documents,
    one: dict[str, Any],
    fixed: dict[tuple[str, int], str | None],
    taken: set[tuple[str, int]],
) -> list[str | None]:
    row: list[str | None] = []
    for period in range(len(documents.instance["periods"])):
        if (one["id"], period) in fixed:
            row.append(fixed[(one["id"], period)])
            continue
        wanted = [one["home"], *row[-1:], *documents.places]
        found = next((key for key in wanted if key and _may(documents, one, key, period, taken)), None)
        row.append(found)
        if found is not None:
            taken.add((found, period))
    return row


def _may(
    documents: Documents, one: dict[str, Any], key: str, period: int, taken: set[tuple[str, int]]
) -> bool:
    place = documents.places[key]
    homes = {other["home"] for other in documents.instance["households"] if other is not one}
    free = place["available"][period] and (key, period) not in taken and key not in homes
    return bool(free and documents.admits(one, place))


def impossible(instance: dict[str, Any], asked: Asked, watched: Watched) -> Solved:
    """Nobody can, and a spare flat, a refusal, a lock or some time outside would help."""
    solved = plain(instance, asked, watched)
    first = instance["households"][0]["id"]
    home = instance["households"][0]["home"]
    solved.result.update(
        status="infeasible",
        assignments={},
        levels=[],
        conflict={
            "kind": "places",
            "households": [one["id"] for one in instance["households"]],
            "periods": [1],
            "need": {"min_area_m2": 40.0, "step_free": True},
            "available": [],
            "sentence": "",
            "rules": [],
            "irreducible": True,
        },
        relaxations=[
            _relaxation("spare_dwelling", dwelling=home),
            _relaxation("outside", household=first),
            _relaxation("refusal", household=first, dwelling=home),
            _relaxation("tolerance", amount=0.05),
            _relaxation("moves_per_period"),
        ],
    )
    return solved


def _relaxation(kind: str, **values: Any) -> dict[str, Any]:
    nothing = {"household": None, "dwelling": None, "period": None, "amount": 1, "outside": 0, "sentence": ""}
    return {"kind": kind, **nothing, **values}
