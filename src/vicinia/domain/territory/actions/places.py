"""Places that people call by name: taken in from a file, or kept by staff."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from django.db import transaction

from vicinia.domain.territory import events, queries, rules
from vicinia.domain.territory.actions.taking import BATCH, change, finish, in_batches, twice
from vicinia.domain.territory.incoming import Origin, PlaceDetails, PlaceRow, Tally
from vicinia.domain.territory.models import Place
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_FIELDS = ["kind", "name", "aliases", "lat", "lon", "area", "updated_at"]


@transaction.atomic
def name_place(*, by: Actor, details: PlaceDetails) -> Place:
    """Give a place a name, so that people can report and search by it."""
    rules.may_edit(by).require()
    place = Place(code=_free_code(details))
    _describe(place, details)
    place.save()
    journal.record(events.PLACE_NAMED, by=by, about=place, name=place.name)
    return place


@transaction.atomic
def change_place(*, by: Actor, place: Place, details: PlaceDetails) -> Place:
    """Correct what is said of a place."""
    rules.may_edit(by).require()
    place = Place.objects.lock(place)
    if _describe(place, details):
        place.save()
        journal.record(events.PLACE_CHANGED, by=by, about=place, name=place.name)
    return place


@transaction.atomic
def retire_place(*, by: Actor, place: Place) -> Place:
    """Take a place out of use from today: it is no longer offered, and earlier reports keep it."""
    place = Place.objects.lock(place)
    rules.may_retire(by, place).require()
    place.retired_on = clock.today()
    place.save()
    journal.record(events.PLACE_RETIRED, by=by, about=place)
    return place


@transaction.atomic
def restore_place(*, by: Actor, place: Place) -> Place:
    """Put a retired place back into use."""
    place = Place.objects.lock(place)
    rules.may_restore(by, place).require()
    place.retired_on = None
    place.save()
    journal.record(events.PLACE_RESTORED, by=by, about=place)
    return place


@transaction.atomic
def take_in_places(*, by: Actor, file: str, rows: Iterable[PlaceRow]) -> Tally:
    """Take in named places, known again by their code. A retired one stays retired."""
    rules.may_edit(by).require()
    tally, seen = Tally(), dict[str, Origin]()
    known: dict[str, Place] = {place.code: place for place in Place.objects.all()}
    new, changed = list[Place](), list[Place]()
    for batch in in_batches(rows, BATCH):
        inside = queries.reference_areas_of([(row.lat, row.lon) for row in batch])
        for row, area_id in zip(batch, inside, strict=True):
            if row.code in seen:
                tally.refuse(row.origin, twice(seen[row.code]))
                continue
            seen[row.code] = row.origin
            _compare(known.get(row.code), row, area_id, tally, new, changed)

    Place.objects.bulk_create(new, batch_size=BATCH)
    Place.objects.bulk_update(changed, _FIELDS, batch_size=200)
    tally.new, tally.changed = len(new), len(changed)
    return finish(tally, by=by, about="places", file=file)


def _free_code(details: PlaceDetails) -> str:
    """A code from the name, with a number when it is taken."""
    stem = queries.same_name(details.name)[:50] or "luogo"
    taken = set(Place.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in count(1) if (code := f"{stem}-{n}" if n > 1 else stem) not in taken)


def _compare(
    place: Place | None,
    row: PlaceRow,
    area_id: int | None,
    tally: Tally,
    new: list[Place],
    changed: list[Place],
) -> None:
    wanted = {
        "kind": row.kind,
        "name": row.name,
        "aliases": list(row.aliases),
        "lat": row.lat,
        "lon": row.lon,
    }
    if place is None:
        new.append(Place(code=row.code, area_id=area_id, **wanted))
    elif change(place, **wanted, area_id=area_id or place.area_id):
        place.updated_at = clock.now()
        changed.append(place)
    else:
        tally.same += 1


def _describe(place: Place, details: PlaceDetails) -> bool:
    area = queries.reference_area_at(details.lat, details.lon)
    return change(
        place,
        kind=details.kind,
        name=details.name,
        aliases=list(details.aliases),
        lat=details.lat,
        lon=details.lon,
        area_id=area.pk if area else None,
    )
