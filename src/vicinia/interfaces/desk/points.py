"""What the map shows in a box, as GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import queries as listening
from vicinia.foundation.kernel.actor import Actor

POINTS_AT_MOST = 2000
WHOLE_WORLD = (-90.0, -180.0, 90.0, 180.0)


@dataclass(frozen=True)
class Box:
    """South, west, north, east in degrees."""

    south: float
    west: float
    north: float
    east: float


def box_of(parameters: Mapping[str, str]) -> Box:
    """The box of `?bbox=west,south,east,north`; anything unreadable is the whole map."""
    try:
        west, south, east, north = (float(part) for part in parameters.get("bbox", "").split(","))
    except ValueError:
        return Box(*WHOLE_WORLD)
    return Box(south, west, north, east)


def points(by: Actor, box: Box, *, kind: str = "") -> dict[str, Any]:
    """Open reports, and open cases for who may see them, in a box. Two queries, at most 2,000 points each."""
    box_sides = (box.south, box.west, box.north, box.east)
    reports = list(listening.points(by, *box_sides, kind=kind)[:POINTS_AT_MOST])
    cases = list(casework.points(by, *box_sides, kind=kind)[:POINTS_AT_MOST])
    features = [
        _feature(row, f"/in-arrivo/{row[0]}", "due" if row[4] == "received" else "calm") for row in reports
    ]
    features += [_feature(row, f"/casi/{row[0]}", "done") for row in cases]
    is_truncated = POINTS_AT_MOST in (len(reports), len(cases))
    return {"type": "FeatureCollection", "features": features, "truncated": is_truncated}


def _feature(row: tuple[str, str, float, float, str], url: str, meaning: str) -> dict[str, Any]:
    reference, title, lat, lon, _state = row
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"label": f"{reference} {title}", "url": url, "meaning": meaning},
    }
