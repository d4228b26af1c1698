"""Which area a point is in: the boundaries of the town in a tree, in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from vicinia.domain.territory.models import Area, EarlierBoundary


@dataclass(frozen=True, slots=True)
class Bounded:
    """A boundary of an area and the days it holds for."""

    area: Area
    geometry: BaseGeometry
    valid_from: dt.date | None
    valid_to: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class AreaIndex:
    """Every boundary, present and earlier."""

    def __init__(self, bounded: Iterable[Bounded]) -> None:
        self._bounded = list(bounded)
        geometries = [each.geometry for each in self._bounded]
        shapely.prepare(geometries)
        self._tree = shapely.STRtree(geometries)

    def at(self, lat: float, lon: float, on: dt.date) -> list[Area]:
        """The areas whose boundary of that day contains the point, border included; the smallest first."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        holding = (self._bounded[index] for index in found)
        sized = sorted(
            ((each.geometry.area, each.area.pk, each.area) for each in holding if each.holds_on(on)),
            key=lambda item: item[:2],
        )
        return [area for _size, _pk, area in sized]

    def each(self, points: Sequence[tuple[float, float]], kind: str, on: dt.date) -> list[int | None]:
        """For each point (latitude, longitude) the smallest area of a kind that contains it, by its id. All at once."""
        found: list[int | None] = [None] * len(points)
        if not points or not self._bounded:
            return found
        spots = shapely.points([(lon, lat) for lat, lon in points])
        pairs = self._tree.query(spots, predicate="intersects").T.tolist()
        inside = ((point, self._bounded[at]) for point, at in pairs)
        sized = (
            (each.geometry.area, each.area.pk, point)
            for point, each in inside
            if each.area.kind == kind and each.holds_on(on)
        )
        for _size, pk, point in sorted(sized, reverse=True):
            found[point] = pk
        return found


def read_index() -> AreaIndex:
    """The index of all boundaries in the database. Two queries."""
    areas = {area.pk: area for area in Area.objects.filter(boundary__isnull=False)}
    earlier = EarlierBoundary.objects.values_list("area_id", "boundary", "valid_from", "valid_to")
    present = [Bounded(area, shape(area.boundary), area.valid_from, area.valid_to) for area in areas.values()]
    past = [
        Bounded(areas[pk], shape(boundary), start, end) for pk, boundary, start, end in earlier if pk in areas
    ]
    return AreaIndex(present + past)
