"""Random draws: lists, pools, and what is published of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet

from vicinia.domain.elections.models import Draw, DrawRows, Ticket
from vicinia.domain.elections.states import DrawState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics import lots


def draws(by: Actor) -> DrawRows:
    """The draws that `by` may see."""
    return Draw.objects.visible_to(by)


def draw_named(by: Actor, reference: str) -> Draw:
    """The visible draw of this reference (404 otherwise)."""
    row: Draw = draws(by).one(reference=reference)
    return row


def shown_draws() -> DrawRows:
    """The draws that everybody may read of."""
    return Draw.objects.shown()


def shown_draw(reference: str) -> Draw:
    """A published draw (404 otherwise)."""
    row: Draw = shown_draws().one(reference=reference)
    return row


def pool_of(draw: Draw) -> list[str]:
    """The public numbers of the pool."""
    return list(draw.tickets.order_by("code").values_list("code", flat=True))


def tickets_of(by: Actor, draw: Draw) -> QuerySet[Ticket]:
    """Who is in the pool, for who runs it: drawn ones first."""
    rows = Ticket.objects.filter(draw=draw)
    if not by.can(Capability.RUN_PARTICIPATION):
        rows = rows.none()
    return rows.order_by(F("place").asc(nulls_last=True), "code")


def drawn_of(draw: Draw) -> tuple[list[str], list[str]]:
    """The numbers drawn and those in reserve, in their order."""
    rows = draw.tickets.filter(place__isnull=False).order_by("place")
    order = list(rows.values_list("code", flat=True))
    return order[: draw.places], order[draw.places :]


def published_draw(draw: Draw) -> dict[str, Any]:
    """The whole draw, so that anybody can draw again; the seed and who is drawn are empty until then."""
    drawn, reserve = drawn_of(draw)
    return {
        "format": lots.FORMAT,
        "draw": draw.reference,
        "title": draw.title,
        "pool": pool_of(draw),
        "pool_sha256": draw.pool_digest,
        "published_on": draw.published_on.isoformat() if draw.published_on else "",
        "source": draw.source,
        "source_day": draw.source_day.isoformat(),
        "seed": draw.seed,
        "places": draw.places,
        "reserves": draw.reserves,
        "drawn": drawn,
        "reserve": reserve,
    }


def draws_due(by: Actor, today: dt.date) -> QuerySet[Draw]:
    """Draws whose number is out, for who runs them."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Draw.objects.none()
    rows: QuerySet[Draw] = draws(by).filter(state=DrawState.PUBLISHED, source_day__lte=today)
    return rows.order_by("source_day", "id")


def locked_draw(draw: Draw) -> Draw:
    """The draw, read again and locked until the transaction ends."""
    row: Draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    return row
