"""People for tests."""

from __future__ import annotations

from typing import Any

from vicinia.domain.people import actions
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel.actor import Actor


def person(name: str = "Maria Rossi", **details: Any) -> Person:
    """Someone whom the unit has met."""
    return actions.meet(by=Actor.job("test"), details=PersonDetails(name=name, **details))
