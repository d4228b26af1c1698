"""From any reference system to degrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vicinia.domain.territory.bulk.mapping import Section
from vicinia.domain.territory.incoming import DECIMALS

WGS84 = 4326


@dataclass(frozen=True, slots=True)
class ToDegrees:
    """Turns coordinates of one reference system into WGS84 degrees, and knows where that system is used."""

    transformer: Any
    west: float
    south: float
    east: float
    north: float

    def points(self, xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float] | None]:
        """Latitude and longitude of each point; None for what is outside of where the system is used."""
        lons, lats = self.transformer.transform(xs, ys)
        return [
            (round(lat, DECIMALS), round(lon, DECIMALS)) if self.is_used_at(lat, lon) else None
            for lat, lon in zip(lats, lons, strict=True)
        ]

    def is_used_at(self, lat: float, lon: float) -> bool:
        """Whether the system is used there; never for infinity and NaN.

        The edge is a degree wider: a town at the border of a zone keeps using it.
        """
        return self.south - 1 <= lat <= self.north + 1 and self.west - 1 <= lon <= self.east + 1

    def geometry(self, geometry: Any) -> Any:
        """A shapely geometry in degrees, rounded."""
        import numpy as np
        import shapely

        def turn(points: Any) -> Any:
            lons, lats = self.transformer.transform(points[:, 0], points[:, 1])
            return np.round(np.column_stack([lons, lats]), DECIMALS)

        return shapely.transform(shapely.force_2d(geometry), turn)


def to_degrees(section: Section, found: str | None = None) -> ToDegrees:
    """What turns the coordinates of a section's file into degrees.

    They are in its `epsg`, else in what the file itself says, else in WGS84.
    """
    import pyproj

    try:
        crs = pyproj.CRS.from_user_input(section.epsg or found or WGS84)
    except pyproj.exceptions.CRSError as error:
        raise section.wrong("epsg", _("sistema di coordinate sconosciuto.")) from error
    used = crs.area_of_use
    bounds = (used.west, used.south, used.east, used.north) if used else (-180.0, -90.0, 180.0, 90.0)
    return ToDegrees(pyproj.Transformer.from_crs(crs, WGS84, always_xy=True), *bounds)
