"""From a point to its areas and its nearest address; from anything a form knows to a location."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from vicinia.domain.territory.models import Area, CivicNumber, Located, Place
from vicinia.domain.territory.queries import memory
from vicinia.domain.territory.queries.addresses import AddressHit, Precision, search_addresses
from vicinia.domain.territory.queries.base import BaseMap
from vicinia.foundation.kernel import clock
from vicinia_analytics.geometry import box_around, metres_between

# A point further than this from every number has no address worth telling.
_NEXT_TO_M = 80
# An area known by name only reaches as far as this around its numbers.
_REACH_M = 250
# An address is taken for the one meant when it scores this much, and any other this much less.
_SURE, _APART = 0.8, 0.03


@dataclass(frozen=True, slots=True)
class NearestNumber:
    """The civic number nearest to a point, and how far it is."""

    number: CivicNumber
    metres: float


@dataclass(frozen=True, slots=True)
class Location:
    """Where something happens, as far as it is known: what `Located` rows keep."""

    lat: float | None = None
    lon: float | None = None
    civic_number_id: int | None = None
    address: str = ""
    place_words: str = ""
    area_id: int | None = None

    @classmethod
    def of(cls, row: Located) -> Location:
        """Where a row is."""
        return cls(row.lat, row.lon, row.civic_number_id, row.address, row.place_words, row.area_id)


def areas_at(lat: float, lon: float, on: dt.date | None = None) -> list[Area]:
    """The areas of every kind whose boundary on that day (today) contains the point, the smallest first.

    One query once this process is warm. The rows are shared: read them, don't change them.
    """
    return memory.town().areas.at(lat, lon, on or clock.today())


def reference_area_at(lat: float, lon: float) -> Area | None:
    """The area of the kind that teams are made of that contains the point.

    Where such areas are known by name only, the one of the nearest civic number.
    """
    here = (area for area in areas_at(lat, lon) if area.kind == settings.AREA_KIND)
    return next(here, None) or _named_area_near(lat, lon)


def reference_areas_of(points: Sequence[tuple[float, float]]) -> list[int | None]:
    """The id of the reference area whose boundary contains each point, or None; for thousands of points at once."""
    return memory.town().areas.each(points, settings.AREA_KIND, clock.today())


def _named_area_near(lat: float, lon: float) -> Area | None:
    near = nearest_civic_number(lat, lon, within_m=_REACH_M)
    area = near.number.area if near else None
    known_by_name_only = area is not None and area.kind == settings.AREA_KIND and not area.boundary
    return area if known_by_name_only else None


def nearest_civic_number(lat: float, lon: float, *, within_m: float = _REACH_M) -> NearestNumber | None:
    """The civic number nearest to a point, with its street and area, or None when none is `within_m`. One query."""
    try:
        south, west, north, east = box_around(lat, lon, within_m)
    except ValueError:
        return None
    shrink = cos(radians(lat)) ** 2
    up, right = F("lat") - lat, F("lon") - lon
    inside = CivicNumber.objects.filter(lat__range=(south, north), lon__range=(west, east))
    nearest = inside.select_related("street", "area").order_by(up * up + right * right * shrink, "id").first()
    if nearest is None:
        return None
    metres = metres_between(lat, lon, nearest.lat, nearest.lon)
    return NearestNumber(nearest, metres) if metres <= within_m else None


def numbers_around(lat: float, lon: float, metres: float) -> int:
    """How many civic numbers lie within so many metres of a point. One query."""
    south, west, north, east = box_around(lat, lon, metres)
    inside = CivicNumber.objects.filter(lat__range=(south, north), lon__range=(west, east))
    points = inside.order_by().values_list("lat", "lon")
    return sum(metres_between(lat, lon, *point) <= metres for point in points)


def numbers_in_all() -> int:
    """How many civic numbers the town has. One query."""
    return CivicNumber.objects.count()


def name_near(lat: float, lon: float, *, within_m: float = _REACH_M) -> str:
    """How people call the place where a point is: the nearest named place, else the street; "" if none is `within_m`."""
    south, west, north, east = box_around(lat, lon, within_m)
    named = Place.objects.in_use().filter(lat__range=(south, north), lon__range=(west, east))
    around = sorted((metres_between(lat, lon, place.lat, place.lon), place.name) for place in named)
    if around and around[0][0] <= within_m:
        return around[0][1]
    near = nearest_civic_number(lat, lon, within_m=within_m)
    return str(near.number.street) if near else ""


def base_map() -> BaseMap:
    """The town's own background map: areas, streets, water and green. One query once this process is warm."""
    return memory.town().base


def locate(
    *,
    address_words: str = "",
    civic_number_id: int | None = None,
    lat: float | None = None,
    lon: float | None = None,
    place_words: str = "",
) -> Location:
    """All that is known of a place from what a form was given; what is not understood is kept in words.

    A chosen civic number wins over a point, a point over an address in words. Words become an address only when
    they can't well mean another one; staff place the rest later.
    """
    chosen = (
        CivicNumber.objects.select_related("street").filter(pk=civic_number_id) if civic_number_id else ()
    )
    for number in chosen:
        return _at_number(number, place_words)
    if lat is not None and lon is not None:
        return _at_point(lat, lon, address_words, place_words)
    return _at_words(address_words.strip(), place_words)


def _at_number(number: CivicNumber, place_words: str) -> Location:
    area_id = number.area_id or _area_id(reference_area_at(number.lat, number.lon))
    return Location(number.lat, number.lon, number.pk, str(number), place_words, area_id)


def _at_point(lat: float, lon: float, address_words: str, place_words: str) -> Location:
    address = address_words.strip() or _next_to(lat, lon)
    return Location(lat, lon, None, address, place_words, _area_id(reference_area_at(lat, lon)))


def _next_to(lat: float, lon: float) -> str:
    near = nearest_civic_number(lat, lon, within_m=_NEXT_TO_M)
    return _("vicino a %(address)s") % {"address": near.number} if near else ""


def _at_words(address_words: str, place_words: str) -> Location:
    sure = _the_one_meant(search_addresses(address_words)) if address_words else None
    if sure is None:
        return Location(address=address_words, place_words=place_words)
    if sure.precision is Precision.STREET:
        # Somewhere along a street is not a point: a pin in its middle would look exact.
        return Location(address=sure.label, place_words=place_words, area_id=sure.area_id)
    area_id = sure.area_id or _area_of(sure)
    return Location(sure.lat, sure.lon, sure.civic_number_id, sure.label, place_words, area_id)


def _the_one_meant(hits: list[AddressHit]) -> AddressHit | None:
    if not hits or hits[0].score < _SURE:
        return None
    best = hits[0]
    others = (hit for hit in hits[1:] if (hit.street_id, hit.place_id) != (best.street_id, best.place_id))
    rival = next(others, None)
    return None if rival and best.score - rival.score < _APART else best


def _area_of(hit: AddressHit) -> int | None:
    if hit.lat is None or hit.lon is None:
        return None
    return _area_id(reference_area_at(hit.lat, hit.lon))


def _area_id(area: Area | None) -> int | None:
    return area.pk if area else None
