"""Distances on the Earth taken as a sphere."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_M = 6_367_000.0
"""Radius of the sphere, in metres: the one of the SaTScan user guide, so that distances agree with it."""


def metres_between(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance between two points, in metres.

    Latitudes and longitudes in degrees. Haversine formula (R. W. Sinnott, "Virtues of the Haversine",
    Sky and Telescope 68(2), 1984, p. 159): exact on the sphere; against the ellipsoid within 0.6 %.
    """
    half_lat = sin(radians(lat_b - lat_a) / 2)
    half_lon = sin(radians(lon_b - lon_a) / 2)
    chord = half_lat**2 + cos(radians(lat_a)) * cos(radians(lat_b)) * half_lon**2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def box_around(lat: float, lon: float, metres: float) -> tuple[float, float, float, float]:
    """South, west, north and east (degrees) of a box that contains every point within `metres` of a point.

    Raises ValueError where such a box has no east and west: nearer than `metres` to a pole.
    """
    angle = metres / EARTH_RADIUS_M
    if abs(radians(lat)) + angle >= radians(90):
        raise ValueError(f"A box of {metres} m around latitude {lat} contains a pole.")
    half_height = degrees(angle)
    half_width = degrees(asin(sin(angle) / cos(radians(lat))))
    return lat - half_height, lon - half_width, lat + half_height, lon + half_width
