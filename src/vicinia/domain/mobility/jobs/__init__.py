"""What the worker does for the mobility."""

from vicinia.domain.mobility.jobs.computing import carry_out, compute
from vicinia.domain.mobility.jobs.offers import chase

__all__ = ["carry_out", "chase", "compute"]
