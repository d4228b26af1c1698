"""A draw is prepared, its pool published, and when the public number is out it is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction

from vicinia.domain.elections import codes, events, queries, rules
from vicinia.domain.elections.models import Draw, Ticket
from vicinia.domain.elections.states import Basis, DrawState
from vicinia.domain.territory.models import Stair
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia_analytics import lots


@dataclass(frozen=True)
class DrawPlan:
    """What is drawn for, how many, and which public number of a day to come decides."""

    title: str
    why: str
    places: int
    source: str
    source_day: dt.date
    reserves: int = 0


@transaction.atomic
def plan_draw(*, by: Actor, new: DrawPlan) -> Draw:
    """Begin to prepare a draw."""
    rules.may_run(by).require()

    row = Draw.objects.create(
        reference=f"E{next_reference('draw')}",
        by_name=by.name,
        **{one.name: getattr(new, one.name) for one in fields(new)},
    )

    journal.record(events.DRAW_PLANNED, by=by, about=row)
    return row


@transaction.atomic
def change_draw(*, by: Actor, draw: Draw, new: DrawPlan, seen_version: int | None) -> Draw:
    """Change anything before the pool is published."""
    row = queries.locked_draw(draw).require_version(seen_version, yours=new)
    rules.may_change_draw(by, row).require()

    for one in fields(new):
        setattr(row, one.name, getattr(new, one.name))
    row.save()

    journal.record(events.DRAW_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def fill_pool(*, by: Actor, draw: Draw, stairs: Sequence[Stair] = (), names: Sequence[str] = ()) -> int:
    """Make the pool anew: the households of these stairs and these names, each with a random number. How many."""
    row = queries.locked_draw(draw)
    rules.may_change_draw(by, row).require()
    rules.covers(by, queries.areas_of(stairs)).require()
    housed = queries.voters_of_houses(stairs, Basis.HOUSEHOLDS)
    named = [queries.NewVoter(name.strip()) for name in names if name.strip()]
    rules.has_a_size(len(housed) + len(named)).require()

    Ticket.objects.filter(draw=row).delete()
    given: dict[str, queries.NewVoter] = {}
    for one in [*housed, *named]:
        code = codes.new_ticket()
        while code in given:
            code = codes.new_ticket()
        given[code] = one
    # In the order of their numbers, so that the table does not say in which order the names were written.
    Ticket.objects.bulk_create(
        Ticket(draw=row, code=code, household=given[code].household, label=given[code].label)
        for code in sorted(given)
    )

    journal.record(events.DRAW_POOL, by=by, about=row, count=len(given))
    return len(given)


@transaction.atomic
def publish_draw(*, by: Actor, draw: Draw, seen_version: int | None = None) -> Draw:
    """Publish the numbers of the pool and their fingerprint, before the number that decides exists."""
    row = queries.locked_draw(draw).require_version(seen_version)
    pool, today = queries.pool_of(row), clock.today()
    rules.may_publish(by, row, pool=len(pool), today=today).require()

    digest = lots.pool_fingerprint(pool)
    row.enter(
        DrawState.PUBLISHED,
        by=by,
        pool_digest=digest,
        pool_size=len(pool),
        published_on=today,
        state_since=clock.now(),
    )

    journal.record(events.DRAW_PUBLISHED, by=by, about=row, count=len(pool), digest=digest)
    return row


@transaction.atomic
def draw(*, by: Actor, draw: Draw, seed: str, seen_version: int | None = None) -> Draw:
    """Draw with the public number, once; everybody can draw again and gets the same."""
    row = queries.locked_draw(draw).require_version(seen_version, yours=seed)
    rules.may_draw(by, row, seed=seed, today=clock.today()).require()

    order = lots.in_drawn_order(queries.pool_of(row), seed=seed, pool=row.pool_digest)
    for place, code in enumerate(order[: row.places + row.reserves], start=1):
        Ticket.objects.filter(draw=row, code=code).update(place=place)
    clean = lots.clean_seed(seed)
    row.enter(DrawState.DRAWN, by=by, seed=clean, state_since=clock.now())

    journal.record(events.DRAWN, by=by, about=row, count=row.places, seed=clean)
    return row


@transaction.atomic
def cancel_draw(*, by: Actor, draw: Draw, reason: str, seen_version: int | None = None) -> Draw:
    """Call it off before it is drawn, with a reason that everybody reads."""
    row = queries.locked_draw(draw).require_version(seen_version, yours=reason)
    rules.may_cancel(by, row, reason).require()

    row.enter(DrawState.CANCELLED, by=by, end_reason=reason.strip(), state_since=clock.now())

    journal.record(events.DRAW_CANCELLED, by=by, about=row)
    return row
