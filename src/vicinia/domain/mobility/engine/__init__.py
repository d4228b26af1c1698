"""The one room that calls the analysis of rehousing: what goes in, the question asked of it, what came out.

The solver behind it takes long to load and all of a processor: a process of its own calls it, never a page.
"""

from vicinia.domain.mobility.engine.facts import (
    Facts,
    Fix,
    HouseholdFacts,
    Question,
    dwelling_key,
    household_key,
)
from vicinia.domain.mobility.engine.instance import Built, build, lacking
from vicinia.domain.mobility.engine.periods import first_of, period_of, periods

__all__ = [
    "Built",
    "Facts",
    "Fix",
    "HouseholdFacts",
    "Question",
    "build",
    "dwelling_key",
    "first_of",
    "household_key",
    "lacking",
    "period_of",
    "periods",
]
