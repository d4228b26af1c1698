"""The table of the households and dwellings of a relocation: what goes out comes in again unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.models import NearWish, RehousingFile, Relocation
from vicinia.domain.mobility.queries.availability import walk_order
from vicinia.domain.mobility.queries.files import files
from vicinia.domain.mobility.queries.relocations import units
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel.actor import Actor

EXPORTED = {
    "building": _("Edificio"),
    "code": _("Alloggio"),
    "stair": _("Scala"),
    "door": _("Porta"),
    "is_spare": _("Alloggio volano"),
    "number": _("Numero del nucleo"),
    "people": _("Persone"),
    "needs_step_free": _("Serve senza barriere"),
    "fragile": _("Fragile"),
    "most_moves": _("Trasferimenti al massimo"),
    "claims_return": _("Chiede di rientrare"),
    "language": _("Lingua"),
    "near": _("Vicino a"),
}
"""The columns of the file, by the keys that an import knows them by."""


def export_rows(by: Actor, relocation: Relocation) -> Iterator[list[Any]]:
    """Every dwelling of a relocation with the household that comes from there, in the order of a walk. Three queries."""
    homes = {row.home_id: row for row in files(by).open().filter(relocation=relocation)}
    near = _near_numbers(relocation)
    for unit in sorted(units(relocation), key=lambda unit: walk_order(unit.dwelling)):
        door = unit.dwelling
        told = [door.building.code, door.code, door.stair.name, door.door, unit.is_spare]
        file = homes.get(door.pk)
        yield [*told, *(_numbers_of(file, near[file.pk]) if file else [None] * 8)]


def _numbers_of(file: RehousingFile, near: list[int]) -> list[Any]:
    return [
        file.household.number,
        file.size,
        file.needs_step_free,
        file.fragile,
        file.most_moves,
        file.claims_return,
        file.language,
        ", ".join(map(str, sorted(near))),
    ]


def _near_numbers(relocation: Relocation) -> dict[int, list[int]]:
    """Whom each file names as a neighbour to stay near, by number."""
    rows = NearWish.objects.filter(file__relocation=relocation).order_by("id")
    found: dict[int, list[int]] = defaultdict(list)
    for file_id, number in rows.values_list("file_id", "other__household__number"):
        found[file_id].append(number)
    return found


def dwellings_at(building: str, code: str, stair: str, door: str) -> list[Dwelling]:
    """The dwellings in use that a line of the table means: one by its code, or those of a stair with that door."""
    rows = Dwelling.objects.in_use().filter(building__code=building)
    rows = rows.filter(code=code) if code else rows.filter(stair__name__iexact=stair, door__iexact=door)
    return list(rows.select_related("stair", "building").order_by("id")[:2])


def known_household(by: Actor, number: int) -> Household | None:
    """The household of a number that `by` may see."""
    return Household.objects.visible_to(by).filter(number=number).first()


def household_in(dwelling: Dwelling) -> Household | None:
    """Who lives in a dwelling."""
    return Household.objects.filter(dwelling=dwelling).first()


def open_file_from(relocation: Relocation, dwelling: Dwelling) -> RehousingFile | None:
    """The open file of a household that comes from a dwelling, wherever it lives now."""
    row: RehousingFile | None = (
        RehousingFile.objects.open()
        .filter(relocation=relocation, home=dwelling)
        .select_related("household")
        .first()
    )
    return row


def open_file_of_number(relocation: Relocation, number: int) -> RehousingFile | None:
    row: RehousingFile | None = (
        RehousingFile.objects.open().filter(relocation=relocation, household__number=number).first()
    )
    return row
