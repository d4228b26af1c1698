"""Where nobody has passed for long: named places, places of problems, recent reports close to each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from math import floor

from django.conf import settings
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.presence.models import Observation, RoundStop
from vicinia.domain.presence.states import StopWhy
from vicinia.domain.territory.models import CivicNumber, Place
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.dates import local_day
from vicinia_analytics.geometry import box_around, metres_between

WITHIN_M = 100
"""Who passes this near has seen the place."""
LOOKED_BACK_DAYS = 730
CLUSTER_DAYS, CLUSTER_REPORTS = 60, 3
SPOTS_AT_MOST = 2000
CLUSTERS_NAMED, DOORS_AT_MOST = 30, 2000
# Cells of the grids, in degrees: higher and wider than WITHIN_M in Europe, so that neighbours suffice.
_CELL_LAT, _CELL_LON = 0.001, 0.002
_Cell = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """A place that rounds should see, and when somebody was last there."""

    why: str
    key: str
    title: str
    area_id: int | None
    lat: float
    lon: float
    count: int = 0
    last_on: dt.date | None = None
    place: Place | None = None
    case: Case | None = None

    @property
    def days(self) -> int | None:
        """How many days ago somebody was there; None for never, as far as we know."""
        return None if self.last_on is None else (clock.today() - self.last_on).days


class Visits:
    """Where rounds have been, by grid cell, so that each place is compared with its neighbours only."""

    def __init__(self, visits: Iterable[tuple[float, float, dt.datetime]]) -> None:
        self.cells: dict[_Cell, list[tuple[float, float, dt.datetime]]] = defaultdict(list)
        for lat, lon, at in visits:
            self.cells[_cell(lat, lon)].append((lat, lon, at))

    def last_near(self, lat: float, lon: float) -> dt.date | None:
        """The day of the last visit within `WITHIN_M`."""
        row, column = _cell(lat, lon)
        near = (
            at
            for up in (-1, 0, 1)
            for right in (-1, 0, 1)
            for here, there, at in self.cells.get((row + up, column + right), ())
            if metres_between(lat, lon, here, there) <= WITHIN_M
        )
        latest = max(near, default=None)
        return None if latest is None else local_day(latest)


def _cell(lat: float, lon: float) -> _Cell:
    return floor(lat / _CELL_LAT), floor(lon / _CELL_LON)


def visits() -> Visits:
    """Stops seen and observations of the last two years, whoever made them. Two queries."""
    since = clock.now() - dt.timedelta(days=LOOKED_BACK_DAYS)
    stops = RoundStop.objects.filter(seen_at__gte=since).order_by()
    at_stops = stops.values_list(
        Coalesce("lat", "case__lat", "contact__lat", "place__lat"),
        Coalesce("lon", "case__lon", "contact__lon", "place__lon"),
    ).annotate(last=Max("seen_at"))
    seen = Observation.objects.filter(at__gte=since, lat__isnull=False).order_by()
    points = [*at_stops, *seen.values_list("lat", "lon", "at")]
    return Visits((lat, lon, at) for lat, lon, at in points if lat is not None and lon is not None)


def unseen_spots(by: Actor, area_ids: Collection[int], *, days: int | None = None) -> list[Spot]:
    """The spots of some areas where nobody has passed for `days` (the town's setting), never seen ones first. At most six queries."""
    limit = clock.today() - dt.timedelta(days=settings.UNSEEN_DAYS if days is None else days)
    been = visits()
    found = []
    for spot in [*_named_places(area_ids), *_problem_places(by, area_ids), *_clusters(by, area_ids)]:
        last_on = been.last_near(spot.lat, spot.lon)
        if last_on is None or last_on <= limit:
            found.append(replace(spot, last_on=last_on))
    return _on_streets(
        sorted(found, key=lambda spot: (spot.last_on or dt.date.min, -spot.count, spot.title, spot.key))
    )


def _on_streets(spots: list[Spot]) -> list[Spot]:
    """Clusters called by the street of the nearest door: what reporters typed may be where they live."""
    clusters = [spot for spot in spots if spot.why == StopWhy.CLUSTER][:CLUSTERS_NAMED]
    doors = CivicNumber.objects.filter(_near(clusters)).select_related("street").defer("street__line")
    near = list(doors.order_by("id")[:DOORS_AT_MOST]) if clusters else []
    titles = {}
    for spot in clusters:
        metres = {door: metres_between(spot.lat, spot.lon, door.lat, door.lon) for door in near}
        closest = min(metres, key=lambda door: (metres[door], door.pk), default=None)
        if closest is not None and metres[closest] <= WITHIN_M:
            titles[spot.key] = f"{closest.street}, {spot.title}"
    return [replace(spot, title=titles.get(spot.key, spot.title)) for spot in spots]


def _near(spots: Iterable[Spot]) -> Q:
    boxes = Q(pk__in=[])
    for spot in spots:
        south, west, north, east = box_around(spot.lat, spot.lon, WITHIN_M)
        boxes |= Q(lat__range=(south, north), lon__range=(west, east))
    return boxes


def _named_places(area_ids: Collection[int]) -> Iterator[Spot]:
    rows = Place.objects.in_use().filter(area_id__in=area_ids).order_by("name", "id")
    for row in rows[:SPOTS_AT_MOST]:
        yield Spot(StopWhy.PLACE, f"place:{row.code}", row.name, row.area_id, row.lat, row.lon, place=row)


def _problem_places(by: Actor, area_ids: Collection[int]) -> Iterator[Spot]:
    rows = casework.cases(by).open().filter(kind=CaseKind.PLACE, area_id__in=area_ids, lat__isnull=False)
    for row in rows.in_lines().order_by("id")[:SPOTS_AT_MOST]:
        title = RoundStop(why=StopWhy.CASE, case=row).title
        yield Spot(StopWhy.CASE, f"case:{row.reference}", title, row.area_id, row.lat, row.lon, case=row)


def _clusters(by: Actor, area_ids: Collection[int]) -> Iterator[Spot]:
    """Cells with several recent reports. None of the police: a stop tells everybody on the round where it is."""
    since = clock.now() - dt.timedelta(days=CLUSTER_DAYS)
    rows = listening.reports(by).filter(
        area_id__in=area_ids, received_at__gte=since, lat__isnull=False, legal_basis=LegalBasis.ADMINISTRATIVE
    )
    cells: dict[tuple[int, _Cell], list[tuple[float, float, str]]] = defaultdict(list)
    named = rows.annotate(area_name=F("area__name")).order_by("id")
    for area_id, name, lat, lon in named.values_list("area_id", "area_name", "lat", "lon"):
        cells[area_id, _cell(lat, lon)].append((lat, lon, name))
    for (area_id, cell), points in cells.items():
        if len(points) < CLUSTER_REPORTS:
            continue
        lat, lon = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))  # type: ignore[misc]
        key = f"cluster:{cell[0]}:{cell[1]}"
        yield Spot(StopWhy.CLUSTER, key, points[0][2], area_id, round(lat, 5), round(lon, 5), len(points))
