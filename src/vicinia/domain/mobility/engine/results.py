"""What a result says in figures that name nobody, and how it is read back. Pure: the solver is not needed for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Row = tuple[str | None, ...]


def moves_in(row: Row | list[str | None]) -> int:
    """How many times a household moves into another dwelling."""
    return sum(1 for before, after in pairwise(row) if after is not None and after != before)


def figures_of(result: Mapping[str, Any], instance: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of a plan says: how sure it is, levels with bounds, counts."""
    rows = list(result["assignments"].values())
    return {
        "status": result["status"],
        "seconds": result["seconds"],
        "solver": result["solver"],
        "levels": result["levels"],
        "households": len(instance["households"]),
        "dwellings": len(instance["dwellings"]),
        "moves": sum(moves_in(row) for row in rows),
        "movers": sum(1 for row in rows if moves_in(row) or None in row),
        "outside": sum(1 for row in rows if None in row),
    }


@dataclass(frozen=True)
class Documents:
    """The instance and the result of a plan, read from what is kept."""

    instance: Mapping[str, Any]
    result: Mapping[str, Any]

    @classmethod
    def of(cls, instance: str, result: str) -> Documents:
        """The two JSON documents; empty where there is none."""
        return cls(json.loads(instance or "{}"), json.loads(result or "{}"))

    @property
    def assignments(self) -> dict[int, Row]:
        """Where each household is, by its number and period; None outside."""
        rows = self.result.get("assignments", {})
        return {int(name[1:]): tuple(row) for name, row in rows.items()}

    @property
    def households(self) -> dict[int, Mapping[str, Any]]:
        """The households of the instance by number."""
        return {int(one["id"][1:]): one for one in self.instance.get("households", ())}

    @property
    def places(self) -> dict[str, Mapping[str, Any]]:
        """The dwellings of the instance by id."""
        return {one["id"]: one for one in self.instance.get("dwellings", ())}

    def admits(self, household: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
        """Whether a household may live in a place whenever it can be lived in."""
        if place["id"] == household["home"]:
            return True
        table = self.instance["adequacy"]["min_area_m2"]
        area = table[str(min(household["size"], len(table)))]
        steps = place["step_free"] or not household["needs_step_free"]
        return bool(place["id"] not in household["refuses"] and steps and place["area_m2"] >= area)
