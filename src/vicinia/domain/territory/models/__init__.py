"""Areas, streets, civic numbers, named places and buildings of the town."""

from vicinia.domain.territory.models.buildings import Building, Dwelling, Stair
from vicinia.domain.territory.models.places import (
    Area,
    BaseShape,
    CivicNumber,
    Drawn,
    EarlierBoundary,
    Edition,
    Located,
    Place,
    Street,
)

__all__ = [
    "Area",
    "BaseShape",
    "Building",
    "CivicNumber",
    "Drawn",
    "Dwelling",
    "EarlierBoundary",
    "Edition",
    "Located",
    "Place",
    "Stair",
    "Street",
]
