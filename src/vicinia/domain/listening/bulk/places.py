"""Where imported reports are: degrees, area, address; and which points can't be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vicinia.domain.listening.bulk.mapping import Mapping, MappingError
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.blind_index import fold

if TYPE_CHECKING:
    from vicinia.domain.listening.bulk.reading import Draft

# A point this near to the town may be a report about a road that leads out of it. About five kilometres.
MARGIN_DEGREES = 0.05
WGS84 = 4326
DECIMALS = 7
Place = dict[str, Any]
Point = tuple[float, float]


class Places:
    """Finds the place of many rows at once."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._box = self._box_in_force()
        self._transformer = None if mapping.epsg == WGS84 else _transformer(mapping.epsg)
        self._searched: dict[str, territory.Location] = {}
        self._near: dict[Point, int | None] = {}

    def of(self, drafts: Sequence[Draft]) -> Iterator[Place | str]:
        """What is known of the place of each draft, or the reason why its point can't be right."""
        points = self._degrees([draft.point for draft in drafts])
        areas = self._areas(points)
        for draft, point, area_id in zip(drafts, points, areas, strict=True):
            if draft.point is not None and (point is None or not self._is_inside(point)):
                yield _("Le coordinate sono fuori dal territorio: %(x)s %(y)s.") % {
                    "x": draft.point[0],
                    "y": draft.point[1],
                }
            else:
                yield self._place(draft, None if point in self._mapping.no_point else point, area_id)

    def _place(self, draft: Draft, point: Point | None, area_id: int | None) -> Place:
        report = draft.report
        if point is None:
            area_id = None
            if report.address and self._mapping.search_address:
                return self._at_address(report.address, report.place_words)
        words = report.place_words
        if area_id is None and draft.area:
            area_id = self._area_ids.get(fold(draft.area))
            if area_id is None and not words:
                words = draft.area[:300]  # an area that we do not have is still where it is
        lat, lon = point or (None, None)
        return {"lat": lat, "lon": lon, "area_id": area_id, "place_words": words}

    def _at_address(self, address: str, place_words: str) -> Place:
        if address not in self._searched:
            self._searched[address] = territory.locate(address_words=address)
        found = self._searched[address]
        return {
            "lat": found.lat,
            "lon": found.lon,
            "area_id": found.area_id,
            "civic_number_id": found.civic_number_id,
            "address": found.address or address,
            "place_words": place_words,
        }

    @cached_property
    def _area_ids(self) -> dict[str, int]:
        return {fold(name): pk for pk, name in territory.reference_areas().values_list("pk", "name")}

    @cached_property
    def _has_named_areas(self) -> bool:
        return territory.reference_areas().filter(boundary__isnull=True).exists()

    def _areas(self, points: list[Point | None]) -> list[int | None]:
        """The reference area of each point, also where areas are known by the names of their civic numbers only."""
        found = iter(territory.reference_areas_of([point for point in points if point is not None]))
        areas = [next(found) if point is not None else None for point in points]
        if not self._has_named_areas:
            return areas
        return [
            area if area is not None or point is None else self._area_near(point)
            for area, point in zip(areas, points, strict=True)
        ]

    def _area_near(self, point: Point) -> int | None:
        if point not in self._near:
            area = territory.reference_area_at(*point)
            self._near[point] = area.pk if area else None
        return self._near[point]

    def _degrees(self, points: Sequence[Point | None]) -> list[Point | None]:
        """Latitude and longitude of each point, None for what the reference system does not reach."""
        if self._transformer is None:
            return [
                (round(point[1], DECIMALS), round(point[0], DECIMALS))
                if point and _is_on_earth(point)
                else None
                for point in points
            ]
        given = [point for point in points if point is not None]
        lons, lats = self._transformer.transform([x for x, _y in given], [y for _x, y in given])
        turned = iter(zip(lats, lons, strict=True))
        placed = [next(turned) if point is not None else None for point in points]
        return [
            (round(point[0], DECIMALS), round(point[1], DECIMALS))
            if point and _is_on_earth((point[1], point[0]))
            else None
            for point in placed
        ]

    def _box_in_force(self) -> tuple[float, float, float, float] | None:
        box = self._mapping.box
        if isinstance(box, tuple):
            return box
        extent = territory.extent() if box == "town" else None
        if extent is None:
            return None
        south, west, north, east = extent
        return south - MARGIN_DEGREES, west - MARGIN_DEGREES, north + MARGIN_DEGREES, east + MARGIN_DEGREES

    def _is_inside(self, point: Point) -> bool:
        if self._box is None:
            return True
        south, west, north, east = self._box
        return south <= point[0] <= north and west <= point[1] <= east


def _is_on_earth(point: Point) -> bool:
    """Also false for infinity and NaN, which is what reference systems give for points they do not reach."""
    return -180 <= point[0] <= 180 and -90 <= point[1] <= 90


def _transformer(epsg: int) -> Any:
    """What turns coordinates of a reference system into degrees."""
    import pyproj

    try:
        return pyproj.Transformer.from_crs(epsg, WGS84, always_xy=True)
    except pyproj.exceptions.CRSError as error:
        raise MappingError("epsg: " + _("sistema di coordinate sconosciuto.")) from error
