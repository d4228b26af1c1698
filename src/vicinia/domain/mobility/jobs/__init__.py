"""What the worker does for the mobility."""

from vicinia.domain.mobility.jobs.computing import compute

__all__ = ["compute"]
