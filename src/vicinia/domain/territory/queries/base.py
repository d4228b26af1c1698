"""The background map of a town without a tile service: its own areas, streets and base shapes, small enough for a phone."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from shapely.geometry import shape

from vicinia.domain.territory.models import Area, BaseShape, CivicNumber, Street
from vicinia.foundation.kernel import clock

# Compressed bytes that a map may cost; shapes are simplified further until they fit.
_SMALL_ENOUGH = 150_000
_FIRST_TOLERANCE, _COARSEST = 0.00002, 0.0005
"""In degrees: about 2 and 50 metres."""
_LONGEST_GAP = 0.0015
"""Doors further apart than this (about 150 m) are not joined: they are on different stretches of the street."""

Drawn = tuple[str, str, Any]
"""Kind, name and shapely geometry."""


@dataclass(frozen=True, slots=True)
class BaseMap:
    """A GeoJSON FeatureCollection, compressed, and what it is recognised by."""

    compressed: bytes
    etag: str


def draw_base() -> BaseMap:
    """The background map from the database, simplified until it is small enough."""
    drawn = [*_areas(), *_shapes(), *_streets()]
    tolerance = _FIRST_TOLERANCE
    while True:
        compressed = gzip.compress(_geojson(drawn, tolerance), mtime=0)
        if len(compressed) <= _SMALL_ENOUGH or tolerance >= _COARSEST:
            return BaseMap(compressed, sha256(compressed).hexdigest()[:32])
        tolerance *= 2


def _geojson(drawn: Iterable[Drawn], tolerance: float) -> bytes:
    features = [
        {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}
        for kind, name, geometry in _simplified(drawn, tolerance)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _simplified(drawn: Iterable[Drawn], tolerance: float) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for kind, name, geometry in drawn:
        small = shapely.transform(geometry.simplify(tolerance), lambda points: np.round(points, 5))
        if not small.is_empty:
            yield kind, name, json.loads(shapely.to_geojson(small))


def _areas() -> Iterator[Drawn]:
    today = clock.today()
    for area in Area.objects.filter(kind=settings.AREA_KIND, boundary__isnull=False):
        if area.is_valid_on(today):
            yield "area", area.name, shape(area.boundary)


def _shapes() -> Iterator[Drawn]:
    for layer, name, geometry in BaseShape.objects.values_list("layer", "name", "geometry"):
        yield layer, name, shape(geometry)


def _streets() -> Iterator[Drawn]:
    """The lines of the streets; of those that have none, the rows of doors along both sides. Names take room unused."""
    without = set[int]()
    for pk, line in Street.objects.order_by("pk").values_list("pk", "line"):
        if line:
            yield "street", "", shape(line)
        else:
            without.add(pk)
    yield from (("street", "", row) for row in _rows_of_doors(without))


def _rows_of_doors(streets: set[int]) -> Iterator[Any]:
    sides: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    doors = CivicNumber.objects.order_by("street", "number", "exponent", "pk")
    for street, number, lat, lon in doors.values_list("street_id", "number", "lat", "lon"):
        if street in streets:
            sides[street, number % 2].append((lon, lat))
    for row in sides.values():
        stretches = [pair for pair in pairwise(row) if _are_next(*pair)]
        if stretches:
            yield shapely.line_merge(shapely.multilinestrings(stretches))


def _are_next(door: tuple[float, float], other: tuple[float, float]) -> bool:
    return door != other and max(abs(door[0] - other[0]), abs(door[1] - other[1])) <= _LONGEST_GAP
