"""Where things are: addresses, points and areas. Everything here is public, so nothing asks who reads."""

from __future__ import annotations

from vicinia.domain.territory.queries.addresses import AddressHit, Precision, search_addresses
from vicinia.domain.territory.queries.base import BaseMap
from vicinia.domain.territory.queries.lists import (
    AreaCount,
    QualityReport,
    area_counts,
    areas,
    extent,
    place,
    places,
    quality,
    reference_area_choices,
    reference_areas,
    streets,
)
from vicinia.domain.territory.queries.points import (
    Location,
    NearestNumber,
    areas_at,
    base_map,
    locate,
    name_near,
    nearest_civic_number,
    numbers_around,
    numbers_in_all,
    reference_area_at,
    reference_areas_of,
)
from vicinia.domain.territory.queries.words import clean_exponent, same_name

__all__ = [
    "AddressHit",
    "AreaCount",
    "BaseMap",
    "Location",
    "NearestNumber",
    "Precision",
    "QualityReport",
    "area_counts",
    "areas",
    "areas_at",
    "base_map",
    "clean_exponent",
    "extent",
    "locate",
    "name_near",
    "nearest_civic_number",
    "numbers_around",
    "numbers_in_all",
    "place",
    "places",
    "quality",
    "reference_area_at",
    "reference_area_choices",
    "reference_areas",
    "reference_areas_of",
    "same_name",
    "search_addresses",
    "streets",
]
