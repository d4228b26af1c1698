"""Taking in areas with dated boundaries, and putting numbers and places into them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from vicinia.domain.territory import events, queries, rules
from vicinia.domain.territory.actions.taking import BATCH, change, finish, in_batches, twice
from vicinia.domain.territory.incoming import AreaRow, Origin, Tally
from vicinia.domain.territory.models import Area, CivicNumber, EarlierBoundary, Edition, Place
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor

_DAY = dt.timedelta(days=1)


@transaction.atomic
def take_in_areas(*, by: Actor, file: str, rows: Iterable[AreaRow]) -> Tally:
    """Take in areas with their boundaries.

    A boundary that holds from a later day than the present one takes its place and the present one is kept as an
    earlier boundary; one from an earlier day goes among the earlier ones; one from the same day corrects it.
    """
    rules.may_edit(by).require()
    tally, seen = Tally(), dict[tuple[str, str], Origin]()
    known: dict[tuple[str, str], Area] = {(area.kind, area.code): area for area in Area.objects.all()}
    named = {
        (area.kind, queries.same_name(area.name)): area for area in known.values() if area.boundary is None
    }

    for row in rows:
        key = (row.kind, row.code)
        if key in seen:
            tally.refuse(row.origin, twice(seen[key]))
            continue
        seen[key] = row.origin
        area = known.get(key) or named.get((row.kind, queries.same_name(row.name)))
        if area is None:
            _present(Area(kind=row.kind), row).save()
            tally.new += 1
        elif _take_boundary(area, row):
            tally.changed += 1
        else:
            tally.same += 1
    return finish(tally, by=by, about="areas", file=file)


@transaction.atomic
def settle_areas(*, by: Actor) -> tuple[int, int]:
    """Put every civic number and place into the reference area whose boundary contains it; how many moved.

    What lies in no boundary stays in the area that its row named.
    """
    rules.may_edit(by).require()
    numbers, places = _settle(CivicNumber), _settle(Place)
    if numbers or places:
        Edition.renew()
        journal.record(events.AREAS_SETTLED, by=by, about="territory:areas", numbers=numbers, places=places)
    return numbers, places


def _settle(model: type[CivicNumber] | type[Place]) -> int:
    moved: dict[int, list[int]] = defaultdict(list)
    points = model.objects.order_by("pk").values_list("pk", "lat", "lon", "area_id")
    for batch in in_batches(points, 5 * BATCH):
        inside = queries.reference_areas_of([(lat, lon) for _pk, lat, lon, _area in batch])
        for (pk, _lat, _lon, area_id), found in zip(batch, inside, strict=True):
            if found is not None and found != area_id:
                moved[found].append(pk)
    for area_id, pks in moved.items():
        for some in in_batches(pks, 500):
            model.objects.filter(pk__in=some).update(area=area_id)
    return sum(len(pks) for pks in moved.values())


def _wanted(row: AreaRow) -> dict[str, Any]:
    south, west, north, east = row.box
    return {
        "code": row.code,
        "name": row.name,
        "boundary": row.boundary,
        "south": south,
        "west": west,
        "north": north,
        "east": east,
        "valid_to": row.valid_to,
        "source": row.source,
    }


def _present(area: Area, row: AreaRow) -> Area:
    """The area with the row's boundary as its present one. Not saved."""
    change(area, **_wanted(row), valid_from=row.valid_from)
    return area


def _take_boundary(area: Area, row: AreaRow) -> bool:
    start = row.valid_from or area.valid_from
    if area.boundary is not None and start and area.valid_from and start < area.valid_from:
        return _take_earlier(area, row, start)
    is_another = area.boundary is not None and area.boundary != row.boundary
    if start and start != area.valid_from and is_another:
        _keep_present(area, until=start - _DAY)
    if not change(area, **_wanted(row), valid_from=start):
        return False
    area.save()
    return True


def _keep_present(area: Area, *, until: dt.date) -> None:
    EarlierBoundary.objects.create(
        area=area, boundary=area.boundary, valid_from=area.valid_from, valid_to=until
    )


def _take_earlier(area: Area, row: AreaRow, start: dt.date) -> bool:
    """Put a boundary where it belongs among the earlier ones, each ending the day before the next begins."""
    earlier = list(EarlierBoundary.objects.filter(area=area))
    later_starts = [each.valid_from for each in earlier if each.valid_from and each.valid_from > start]
    following = min([*later_starts, area.valid_from or start])
    until = min(row.valid_to or following - _DAY, following - _DAY)
    mine = next((each for each in earlier if each.valid_from == start), None)
    if mine is None:
        for each in earlier:
            if (each.valid_from is None or each.valid_from < start) and each.valid_to >= start:
                each.valid_to = start - _DAY
                each.save()
        mine = EarlierBoundary(area=area)
    if not change(mine, boundary=row.boundary, valid_from=start, valid_to=until):
        return False
    mine.save()
    return True
