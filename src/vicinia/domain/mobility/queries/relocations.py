"""Relocations: what they are, which dwellings they have and when one can live there."""

from __future__ import annotations

from vicinia.domain.mobility.models import Relocation, RelocationRows
from vicinia.domain.mobility.queries.availability import Closed, UnitFacts, availability, is_step_free
from vicinia.foundation.kernel.actor import Actor

__all__ = ["Closed", "UnitFacts", "availability", "is_step_free", "relocation_named", "relocations"]


def relocations(by: Actor) -> RelocationRows:
    """The relocations that `by` may see."""
    rows: RelocationRows = Relocation.objects.visible_to(by).select_related("adequacy", "category")
    return rows


def relocation_named(by: Actor, reference: str) -> Relocation:
    """The visible relocation of this reference (404 otherwise)."""
    row: Relocation = relocations(by).one(reference=reference)
    return row
