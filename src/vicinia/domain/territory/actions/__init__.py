"""What may be done to the territory: taking in files, naming places, keeping houses in order."""

from vicinia.domain.territory.actions.areas import settle_areas, take_in_areas
from vicinia.domain.territory.actions.base import take_in_base
from vicinia.domain.territory.actions.buildings import (
    add_building,
    add_dwellings,
    add_stair,
    change_building,
    change_dwelling,
    change_stair,
    restore_building,
    restore_dwelling,
    restore_stair,
    retire_building,
    retire_dwelling,
    retire_stair,
)
from vicinia.domain.territory.actions.places import (
    change_place,
    name_place,
    restore_place,
    retire_place,
    take_in_places,
)
from vicinia.domain.territory.actions.streets import take_in_numbers, take_in_streets
from vicinia.domain.territory.actions.taking_buildings import take_in_buildings, take_in_dwellings

__all__ = [
    "add_building",
    "add_dwellings",
    "add_stair",
    "change_building",
    "change_dwelling",
    "change_place",
    "change_stair",
    "name_place",
    "restore_building",
    "restore_dwelling",
    "restore_place",
    "restore_stair",
    "retire_building",
    "retire_dwelling",
    "retire_place",
    "retire_stair",
    "settle_areas",
    "take_in_areas",
    "take_in_base",
    "take_in_buildings",
    "take_in_dwellings",
    "take_in_numbers",
    "take_in_places",
    "take_in_streets",
]
