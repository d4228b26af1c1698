"""Taking in buildings, stairs and dwellings from a file. What a file does not say stays as it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory import queries, rules
from vicinia.domain.territory.actions.taking import BATCH, change, finish, in_batches, twice
from vicinia.domain.territory.incoming import BuildingRow, DwellingRow, Origin, Tally
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.search import actions as search

_DWELLING_FIELDS = [
    "stair",
    "floor",
    "door",
    "square_metres",
    "rooms",
    "is_accessible",
    "version",
    "updated_at",
]


@transaction.atomic
def take_in_buildings(*, by: Actor, file: str, rows: Iterable[BuildingRow]) -> Tally:
    """Take in buildings, known again by their code. A retired one stays retired."""
    rules.may_edit_buildings(by).require()
    tally, seen, touched = Tally(), dict[str, Origin](), list[int]()
    known: dict[str, Building] = {building.code: building for building in Building.objects.all()}
    for row in rows:
        if row.code in seen:
            tally.refuse(row.origin, twice(seen[row.code]))
            continue
        seen[row.code] = row.origin
        building = known.get(row.code) or Building(
            code=row.code, name=row.name or row.address or row.code, source=file[:60]
        )
        if change(building, **_said(row)) or building.pk is None:
            tally.changed += building.pk is not None
            tally.new += building.pk is None
            building.save()
            touched.append(building.pk)
        else:
            tally.same += 1
    search.refresh("building", touched)
    return finish(tally, by=by, about="buildings", file=file)


def _said(row: BuildingRow) -> dict[str, Any]:
    """What a row says of a building. An address or a point together say where it is."""
    said: dict[str, Any] = {"name": row.name, "manager": row.manager, "built_year": row.built_year}
    if row.address or row.lat is not None:
        at = queries.locate(address_words=row.address, lat=row.lat, lon=row.lon)
        number = queries.locate(address_words=row.address).civic_number_id if row.address else None
        said |= asdict(at) | {"civic_number_id": at.civic_number_id or number}
        if not row.address:
            said["address"] = (
                ""  # a door that happens to be near a point is not an address that somebody told
            )
    return _told(said)


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}


@transaction.atomic
def take_in_dwellings(*, by: Actor, file: str, rows: Iterable[DwellingRow]) -> Tally:
    """Take in dwellings with their stairs, known again by their building and code. A retired one stays retired."""
    rules.may_edit_buildings(by).require()
    taking = _DwellingTaking()
    for batch in in_batches(rows, BATCH):
        taking.take(batch)
    return finish(taking.tally, by=by, about="dwellings", file=file)


class _DwellingTaking:
    """What is known while a file of dwellings is taken in, batch after batch."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._buildings: dict[str, int] = dict(Building.objects.values_list("code", "pk"))
        self._stairs: dict[tuple[int, str], Stair] = {
            (stair.building_id, stair.name): stair for stair in Stair.objects.all()
        }
        self._known: dict[tuple[int, str], Dwelling] = {
            (row.building_id, row.code): row for row in Dwelling.objects.all()
        }
        self._seen: dict[tuple[int, str], Origin] = {}
        self._heard: set[int] = set()
        self._addresses: dict[str, int | None] = {}

    def take(self, rows: list[DwellingRow]) -> None:
        new, changed = list[Dwelling](), list[Dwelling]()
        for row in rows:
            building_id = self._buildings.get(row.building)
            if building_id is None:
                self.tally.refuse(row.origin, _("Questo edificio non c'è: prima importa gli edifici."))
                continue
            key = (building_id, row.code)
            if key in self._seen:
                self.tally.refuse(row.origin, twice(self._seen[key]))
                continue
            self._seen[key] = row.origin
            self._compare(key, row, self._stair(building_id, row), new, changed)
        Dwelling.objects.bulk_create(new, batch_size=BATCH)
        Dwelling.objects.bulk_update(changed, _DWELLING_FIELDS, batch_size=200)
        self.tally.new += len(new)
        self.tally.changed += len(changed)

    def _compare(
        self,
        key: tuple[int, str],
        row: DwellingRow,
        stair: Stair,
        new: list[Dwelling],
        changed: list[Dwelling],
    ) -> None:
        said = _told(asdict(row.dwelling)) | {"stair_id": stair.pk}
        dwelling = self._known.get(key)
        if dwelling is None:
            new.append(Dwelling(building_id=key[0], code=row.code, **said))
        elif change(dwelling, **said):
            dwelling.version += 1
            dwelling.updated_at = clock.now()
            changed.append(dwelling)
        else:
            self.tally.same += 1

    def _stair(self, building_id: int, row: DwellingRow) -> Stair:
        """The stair of a row, made if nobody knew it; the first row of the file that names a stair says how it is."""
        key = (building_id, row.stair.name)
        stair = self._stairs.setdefault(key, Stair(building_id=building_id, name=row.stair.name))
        if stair.pk is None or stair.pk not in self._heard:
            said = _told(asdict(row.stair) | {"civic_number_id": self._civic_number(row.address)})
            is_new = stair.pk is None
            if change(stair, **said) or is_new:
                stair.save()
                self.tally.changed += not is_new
            self._heard.add(stair.pk)
        return stair

    def _civic_number(self, address: str) -> int | None:
        if address not in self._addresses:
            found = queries.locate(address_words=address) if address else queries.Location()
            self._addresses[address] = found.civic_number_id
        return self._addresses[address]
