"""What the worker does for the mobility."""

from vicinia.domain.mobility.jobs.computing import compute
from vicinia.domain.mobility.jobs.offers import chase

__all__ = ["chase", "compute"]
