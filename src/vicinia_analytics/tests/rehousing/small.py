"""A case small enough to follow by hand: two houses under works one after the other, a third one beside, three households.

`SMALL_PLAN` is the best plan. h1 lives in c1 while works go through a1, and comes back; h2 may move once, so that it stays in c2 although a2
was published for the end; h3 stays at home.
"""

from __future__ import annotations

from typing import Any

from vicinia_analytics.rehousing import Instance, Level, Plan, Status

SMALL_JSON: dict[str, Any] = {
    "format": "vicinia-rehousing/1",
    "periods": ["2027-01", "2027-04", "2027-07", "2027-10"],
    "dwellings": [
        {"id": "a1", "building": "A", "lot": "1", "area_m2": 50.0, "rooms": 2, "step_free": True, "available": [True, False, True, True]},
        {"id": "a2", "building": "A", "lot": "2", "area_m2": 50.0, "rooms": 2, "step_free": True, "available": [True, False, False, True]},
        {"id": "b1", "building": "B", "lot": "3", "area_m2": 62.0, "rooms": 3, "step_free": False, "available": [True, True, True, True]},
        {"id": "b2", "building": "B", "lot": "3", "area_m2": 36.0, "rooms": 1, "step_free": False, "available": [True, True, True, True]},
        {"id": "c1", "building": "C", "lot": "pool", "area_m2": 65.0, "rooms": 3, "step_free": True, "available": [True, True, True, True]},
        {"id": "c2", "building": "C", "lot": "pool", "area_m2": 66.0, "rooms": 3, "step_free": False, "available": [True, True, True, True]},
    ],
    "households": [
        {"id": "h1", "home": "a1", "size": 2, "needs_step_free": True, "fragile": True, "max_moves": 2, "claims_return": True, "near": ["h2"], "refuses": []},
        {"id": "h2", "home": "a2", "size": 3, "needs_step_free": False, "fragile": False, "max_moves": 1, "claims_return": False, "near": ["h1"], "refuses": []},
        {"id": "h3", "home": "b1", "size": 1, "needs_step_free": False, "fragile": False, "max_moves": 2, "claims_return": False, "near": [], "refuses": ["c1"]},
    ],
    "adequacy": {"min_area_m2": {"1": 28, "2": 40, "3": 60}, "tolerance": 0.15},
    "fixed": [{"household": "h3", "period": 2, "dwelling": "b1"}],
    "moves_per_period": 2,
    "published": {"h1": ["a1", "c1", "a1", "a1"], "h2": ["a2", "c2", "c2", "a2"], "h3": ["b1", "b1", "b1", "b1"]},
}  # fmt: skip

SMALL = Instance.from_json(SMALL_JSON)
SMALL_ROWS: dict[str, tuple[str | None, ...]] = {
    "h1": ("a1", "c1", "a1", "a1"),
    "h2": ("a2", "c2", "c2", "c2"),
    "h3": ("b1", "b1", "b1", "b1"),
}
SMALL_VALUES = {"outside": 0, "changed": 1, "moves": 8, "preferences": 2, "under_occupation": 1}
SMALL_PLAN = Plan(
    Status.OPTIMAL,
    restricted=True,
    levels=tuple(Level(name, value, value) for name, value in SMALL_VALUES.items()),
    assignments=SMALL_ROWS,
    seconds=0.5,
    solver="by hand",
    seed=0,
    instance_sha256=SMALL.sha256,
)
