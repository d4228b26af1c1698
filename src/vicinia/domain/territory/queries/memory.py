"""What a process keeps in memory of the territory, until another edition is in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from vicinia.domain.territory.models import Area, CivicNumber, Edition, Place, Street
from vicinia.domain.territory.queries.address_index import PLACE, STREET, AddressIndex, Named
from vicinia.domain.territory.queries.area_index import AreaIndex, read_index
from vicinia.domain.territory.queries.base import BaseMap, draw_base


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the numbers of a street are: how many, about where, and in which areas (the commonest first)."""

    numbers: int
    lat: float
    lon: float
    area_ids: tuple[int, ...]


@dataclass
class Town:
    """One edition of the territory. Each part is read when it is first asked for."""

    edition: str

    @cached_property
    def areas(self) -> AreaIndex:
        return read_index()

    @cached_property
    def base(self) -> BaseMap:
        return draw_base()

    @cached_property
    def area_names(self) -> dict[int, str]:
        return dict(Area.objects.values_list("pk", "name"))

    @cached_property
    def streets(self) -> dict[int, str]:
        """The whole name of each street."""
        rows = Street.objects.order_by("pk").values_list("pk", "kind", "name")
        return {pk: f"{kind} {name}".strip() for pk, kind, name in rows}

    @cached_property
    def places(self) -> dict[int, Place]:
        """The named places in use."""
        return {place.pk: place for place in Place.objects.in_use()}

    @cached_property
    def spreads(self) -> dict[int, Spread]:
        """Where the numbers of each street are."""
        points: dict[int, list[tuple[float, float]]] = defaultdict(list)
        areas: dict[int, Counter[int]] = defaultdict(Counter)
        rows = CivicNumber.objects.order_by().values_list("street_id", "lat", "lon", "area_id")
        for street, lat, lon, area in rows.iterator(chunk_size=5000):
            points[street].append((lat, lon))
            if area is not None:
                areas[street][area] += 1
        return {street: _spread(found, areas[street]) for street, found in points.items()}

    @cached_property
    def addresses(self) -> AddressIndex:
        streets = Street.objects.order_by("pk").values_list("pk", "kind", "name")
        named = [Named(STREET, pk, kind, name, self._around(pk)) for pk, kind, name in streets]
        for place in self.places.values():
            around = self.area_names.get(place.area_id or 0, "")
            named += [Named(PLACE, place.pk, "", name, around) for name in [place.name, *place.aliases]]
        return AddressIndex(named)

    def _around(self, street_id: int) -> str:
        spread = self.spreads.get(street_id)
        return " ".join(self.area_names[area] for area in spread.area_ids) if spread else ""


def _spread(points: list[tuple[float, float]], areas: Counter[int]) -> Spread:
    """The point is that of the number nearest to the middle, so that it lies on the street."""
    count = len(points)
    mid_lat, mid_lon = sum(lat for lat, _ in points) / count, sum(lon for _, lon in points) / count
    lat, lon = min(points, key=lambda point: (point[0] - mid_lat) ** 2 + (point[1] - mid_lon) ** 2)
    return Spread(count, lat, lon, tuple(area for area, _ in areas.most_common()))


_kept: Town | None = None


def town() -> Town:
    """The territory in force, from memory when this process already has that edition. One query to know."""
    global _kept
    edition = Edition.current()
    kept = _kept
    if edition and kept is not None and kept.edition == edition:
        return kept
    fresh = Town(edition)
    _kept = fresh
    return fresh
