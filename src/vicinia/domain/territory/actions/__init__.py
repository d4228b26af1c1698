"""What may be done to the territory: taking in files, and naming places."""

from vicinia.domain.territory.actions.areas import settle_areas, take_in_areas
from vicinia.domain.territory.actions.base import take_in_base
from vicinia.domain.territory.actions.places import (
    change_place,
    name_place,
    restore_place,
    retire_place,
    take_in_places,
)
from vicinia.domain.territory.actions.streets import take_in_numbers, take_in_streets

__all__ = [
    "change_place",
    "name_place",
    "restore_place",
    "retire_place",
    "settle_areas",
    "take_in_areas",
    "take_in_base",
    "take_in_numbers",
    "take_in_places",
    "take_in_streets",
]
