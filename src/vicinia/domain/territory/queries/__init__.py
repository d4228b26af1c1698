"""Where things are: addresses, points and areas. Everything here is public, so nothing asks who reads."""

from __future__ import annotations

from vicinia.domain.territory.queries.addresses import AddressHit, Precision, search_addresses
from vicinia.domain.territory.queries.lists import areas, reference_areas
from vicinia.domain.territory.queries.points import (
    Location,
    NearestNumber,
    areas_at,
    locate,
    nearest_civic_number,
    reference_area_at,
    reference_areas_of,
)
from vicinia.domain.territory.queries.words import clean_exponent, same_name

__all__ = [
    "AddressHit",
    "Location",
    "NearestNumber",
    "Precision",
    "areas",
    "areas_at",
    "clean_exponent",
    "locate",
    "nearest_civic_number",
    "reference_area_at",
    "reference_areas",
    "reference_areas_of",
    "same_name",
    "search_addresses",
]
