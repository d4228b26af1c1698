"""Taking in the shapes of the background map."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from vicinia.domain.territory import rules
from vicinia.domain.territory.actions.taking import change, finish, in_batches, twice
from vicinia.domain.territory.incoming import Origin, ShapeRow, Tally
from vicinia.domain.territory.models import BaseShape
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def take_in_base(*, by: Actor, file: str, layer: str, rows: Iterable[ShapeRow]) -> Tally:
    """Make a layer of the background map say what a file says: shapes that the file no longer has are taken away."""
    rules.may_edit(by).require()
    tally, seen = Tally(), dict[str, Origin]()
    known: dict[str, BaseShape] = {shape.code: shape for shape in BaseShape.objects.filter(layer=layer)}
    new, changed = list[BaseShape](), list[BaseShape]()

    for row in rows:
        if row.code in seen:
            tally.refuse(row.origin, twice(seen[row.code]))
            continue
        seen[row.code] = row.origin
        shape = known.get(row.code)
        if shape is None:
            new.append(BaseShape(layer=layer, code=row.code, name=row.name, geometry=row.geometry))
        elif change(shape, name=row.name, geometry=row.geometry):
            changed.append(shape)
        else:
            tally.same += 1

    gone = [shape.pk for code, shape in known.items() if code not in seen]
    for some in in_batches(gone, 500):
        BaseShape.objects.filter(pk__in=some).delete()
    BaseShape.objects.bulk_create(new, batch_size=500)
    BaseShape.objects.bulk_update(changed, ["name", "geometry"], batch_size=200)
    tally.new, tally.changed, tally.gone = len(new), len(changed), len(gone)
    return finish(tally, by=by, about=f"base:{layer}", file=file)
