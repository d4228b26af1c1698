"""Borgo Vicino, a town of the plain that does not exist: quarters, streets, civic numbers, buildings, places."""

from functools import lru_cache

from vicinia.demo.town import plan
from vicinia.demo.town.export import areas_geojson, base_map, civics_csv, to_text
from vicinia.demo.town.network import weave
from vicinia.demo.town.numbers import build_courts, build_houses, number_streets
from vicinia.demo.town.places import name_places
from vicinia.demo.town.shapes import Building, Civic, Park, Place, Quarter, Street, Town, to_wgs84

__all__ = [
    "Building", "Civic", "Park", "Place", "Quarter", "Street", "Town", "areas_geojson", "base_map", "build_town",
    "civics_csv", "to_text", "to_wgs84",
]  # fmt: skip


@lru_cache(maxsize=4)
def build_town(seed: int) -> Town:
    """Build the town of a seed; the same seed gives the same town to the last digit."""
    quarters = plan.draw_quarters()
    network = weave(seed, quarters)
    civics = number_streets(seed, quarters, network)
    buildings = build_courts(network, civics)
    return Town(
        name="Borgo Vicino",
        seed=seed,
        quarters=quarters,
        streets=network.streets,
        civics=civics,
        buildings=buildings,
        places=name_places(network, civics),
        parks=network.parks,
        canal=plan.curve(plan.CANAL),
        railway=plan.curve(plan.RAILWAY),
        built_up=network.built_up,
        footprints=build_houses(seed, network, civics, [building.outline for building in buildings]),
    )
