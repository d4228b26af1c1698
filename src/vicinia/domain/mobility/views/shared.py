"""What several pages of the mobility use: who may open them, and where they are."""

from __future__ import annotations

from django.urls import reverse

from vicinia.domain.mobility.models import RehousingFile, Relocation, Unit
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability

see = needs(Capability.SEE_MOBILITY)
run = needs(Capability.RUN_MOBILITY)


def to_relocation(row: Relocation) -> str:
    """The address of a relocation's page."""
    return reverse("relocation", args=[row.reference])


def to_units(row: Relocation) -> str:
    """The address of its dwellings."""
    return reverse("relocation_units", args=[row.reference])


def to_unit(row: Unit) -> str:
    """The address of one dwelling in it."""
    return reverse("relocation_unit", args=[row.relocation.reference, row.pk])


def to_files(row: Relocation) -> str:
    """The address of its households."""
    return reverse("rehousing_files", args=[row.reference])


def to_file(row: RehousingFile) -> str:
    """The address of a household's file."""
    return reverse("rehousing_file", args=[row.relocation.reference, row.household.number])
