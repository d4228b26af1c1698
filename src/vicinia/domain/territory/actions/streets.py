"""Taking in streets and civic numbers."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from vicinia.domain.territory import queries, rules
from vicinia.domain.territory.actions.taking import BATCH, change, finish, in_batches, twice
from vicinia.domain.territory.incoming import NumberRow, Origin, StreetRow, Tally
from vicinia.domain.territory.models import Area, CivicNumber, Street
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_NumberKey = tuple[int, int, str]
_NumberValues = tuple[float, float, str, int | None]


@transaction.atomic
def take_in_streets(*, by: Actor, file: str, rows: Iterable[StreetRow]) -> Tally:
    """Take in the register of streets: add the new ones, correct kind, name and line of the known ones."""
    rules.may_edit(by).require()
    tally, seen = Tally(), dict[str, StreetRow]()
    known: dict[str, Street] = {street.code: street for street in Street.objects.all()}
    new, changed = list[Street](), list[Street]()

    for row in rows:
        if row.code in seen:
            _hear_again(tally, seen[row.code], row)
            continue
        seen[row.code] = row
        street = known.get(row.code)
        if street is None:
            new.append(Street(code=row.code, kind=row.kind, name=row.name, line=row.line))
        elif change(street, kind=row.kind, name=row.name, line=row.line or street.line):
            street.updated_at = clock.now()
            changed.append(street)
        else:
            tally.same += 1

    Street.objects.bulk_create(new, batch_size=BATCH)
    Street.objects.bulk_update(changed, ["kind", "name", "line", "updated_at"], batch_size=200)
    tally.new, tally.changed = len(new), len(changed)
    return finish(tally, by=by, about="streets", file=file)


def _hear_again(tally: Tally, first: StreetRow, row: StreetRow) -> None:
    """Registers have a line for each quarter that a street crosses: only a line that says otherwise is refused."""
    if (row.kind, row.name, row.line) == (first.kind, first.name, first.line):
        tally.same += 1
    else:
        tally.refuse(row.origin, twice(first.origin))


@transaction.atomic
def take_in_numbers(*, by: Actor, file: str, rows: Iterable[NumberRow], area_kind: str) -> Tally:
    """Take in civic numbers, and the streets and areas that they name and nobody knew.

    A number lies in the reference area whose boundary contains it, else in the one that its row names.
    """
    rules.may_edit(by).require()
    taking = _NumberTaking(area_kind, file)
    for batch in in_batches(rows, 5 * BATCH):
        taking.take(batch)
    return finish(taking.tally, by=by, about="numbers", file=file)


class _NumberTaking:
    """What is known while a file of numbers is taken in, batch after batch."""

    def __init__(self, area_kind: str, file: str) -> None:
        self.tally = Tally()
        self._area_kind, self._file = area_kind, file
        self._seen: dict[_NumberKey, Origin] = {}
        self._streets: dict[str, int] = dict(Street.objects.values_list("code", "pk"))
        self._areas: dict[str, int] = {
            queries.same_name(name): pk
            for pk, name in Area.objects.filter(kind=area_kind).values_list("pk", "name")
        }
        self._known: dict[_NumberKey, tuple[int, _NumberValues]] = {
            (street, number, exponent): (pk, (lat, lon, postal_code, area))
            for pk, street, number, exponent, lat, lon, postal_code, area in CivicNumber.objects.values_list(
                "pk", "street_id", "number", "exponent", "lat", "lon", "postal_code", "area_id"
            ).order_by()
        }

    def take(self, rows: list[NumberRow]) -> None:
        self._add_streets(rows)
        self._add_areas(rows)
        inside = queries.reference_areas_of([(row.lat, row.lon) for row in rows])
        new, changed = list[CivicNumber](), list[CivicNumber]()
        for row, area_id in zip(rows, inside, strict=True):
            key = (self._streets[row.street.code], row.number, row.exponent)
            if key in self._seen:
                self.tally.refuse(row.origin, twice(self._seen[key]))
                continue
            self._seen[key] = row.origin
            self._compare(key, row, area_id or self._named_area(row), new, changed)
        CivicNumber.objects.bulk_create(new, batch_size=BATCH)
        CivicNumber.objects.bulk_update(changed, ["lat", "lon", "postal_code", "area"], batch_size=200)
        self.tally.new += len(new)
        self.tally.changed += len(changed)

    def _compare(
        self,
        key: _NumberKey,
        row: NumberRow,
        area_id: int | None,
        new: list[CivicNumber],
        changed: list[CivicNumber],
    ) -> None:
        pk, values = self._known.get(key, (None, None))
        if values == (row.lat, row.lon, row.postal_code, area_id):
            self.tally.same += 1
            return
        (changed if pk else new).append(
            CivicNumber(
                pk=pk,
                street_id=key[0],
                number=row.number,
                exponent=row.exponent,
                lat=row.lat,
                lon=row.lon,
                postal_code=row.postal_code,
                area_id=area_id,
            )
        )

    def _named_area(self, row: NumberRow) -> int | None:
        is_reference = self._area_kind == settings.AREA_KIND
        return self._areas.get(queries.same_name(row.area_name)) if is_reference and row.area_name else None

    def _add_streets(self, rows: list[NumberRow]) -> None:
        unknown = {row.street.code: row.street for row in rows if row.street.code not in self._streets}
        made = [Street(code=row.code, kind=row.kind, name=row.name) for row in unknown.values()]
        for street in Street.objects.bulk_create(made, batch_size=BATCH):
            self._streets[street.code] = street.pk

    def _add_areas(self, rows: list[NumberRow]) -> None:
        named = {queries.same_name(row.area_name): row.area_name for row in rows if row.area_name}
        for key, name in named.items():
            if key not in self._areas:
                area = Area(kind=self._area_kind, code=key[:60], name=name[:120], source=self._file[:60])
                area.save()
                self._areas[key] = area.pk
