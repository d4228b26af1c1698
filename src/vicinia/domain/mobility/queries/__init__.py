"""Relocations, dwellings with their states over time, files of households, plans and what becomes of them."""

from vicinia.domain.mobility.queries.availability import (
    Closed,
    UnitFacts,
    availability,
    is_step_free,
)
from vicinia.domain.mobility.queries.relocations import relocation_named, relocations

__all__ = [
    "Closed",
    "UnitFacts",
    "availability",
    "is_step_free",
    "relocation_named",
    "relocations",
]
