"""What a round may look at: cases to keep an eye on, key contacts due, places that nobody has seen for long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind, Stage
from vicinia.domain.presence.models import KeyContact, RoundStop
from vicinia.domain.presence.queries.contacts import key_contacts
from vicinia.domain.presence.queries.eyes import Spot, unseen_spots
from vicinia.domain.presence.states import StopWhy
from vicinia.domain.territory.models import Place
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates

MOST_OF_EACH = 15
DUE_WITHIN_DAYS = 3


@dataclass(frozen=True)
class Proposal:
    """A stop that is proposed: what it leads to, what to look at, and why now. None of it names a person."""

    key: str
    why: str
    title: str
    note: str
    look_at: str
    case: Case | None = None
    contact: KeyContact | None = None
    place: Place | None = None
    point: tuple[float, float] | None = None
    area_id: int | None = None


def proposals(by: Actor, area_ids: Collection[int], taken: Collection[RoundStop] = ()) -> list[Proposal]:
    """What `by` may put on a round through some areas and is not on it yet. A fixed number of queries."""
    cases = list(_cases(by, area_ids))
    seen_cases = {one.key for one in cases}
    others = [one for one in _places(by, area_ids) if one.key not in seen_cases]
    on_it = {_key_of(stop) for stop in taken}
    return [one for one in [*cases, *_contacts(by, area_ids), *others] if one.key not in on_it]


def _key_of(stop: RoundStop) -> str:
    if stop.case:
        return f"case:{stop.case.reference}"
    if stop.contact:
        return f"contact:{stop.contact.reference}"
    return f"place:{stop.place.code}" if stop.place else ""


def _cases(by: Actor, area_ids: Collection[int]) -> Iterator[Proposal]:
    """Cases that are watched, and problems of a place that are open."""
    rows = casework.cases(by).open().filter(area_id__in=area_ids)
    rows = rows.filter(Q(stage=Stage.WATCHING) | Q(kind=CaseKind.PLACE)).in_lines()
    for row in rows.order_by("stage_since", "id")[:MOST_OF_EACH]:
        yield _case(row)


def _case(row: Case) -> Proposal:
    return Proposal(
        key=f"case:{row.reference}",
        why=StopWhy.CASE,
        title=RoundStop(why=StopWhy.CASE, case=row).title,
        note=f"{row.reference} · {row.get_stage_display()}",
        look_at=row.category.label,
        case=row,
        area_id=row.area_id,
    )


def _contacts(by: Actor, area_ids: Collection[int]) -> Iterator[Proposal]:
    soon = clock.today() + dt.timedelta(days=DUE_WITHIN_DAYS)
    rows = key_contacts(by).filter(area_id__in=area_ids).due_by(soon).in_lines()
    for row in rows.most_urgent_first()[:MOST_OF_EACH]:
        yield Proposal(
            key=f"contact:{row.reference}",
            why=StopWhy.CONTACT,
            title=RoundStop(why=StopWhy.CONTACT, contact=row).title,
            note=dates.due_words(row.next_on).words,
            look_at=_("Sentire come va"),
            contact=row,
            area_id=row.area_id,
        )


def _places(by: Actor, area_ids: Collection[int]) -> Iterator[Proposal]:
    for spot in unseen_spots(by, area_ids)[:MOST_OF_EACH]:
        yield _case(spot.case) if spot.case else _spot(spot)


def _spot(spot: Spot) -> Proposal:
    told = ngettext("%(n)s segnalazione recente", "%(n)s segnalazioni recenti", spot.count) % {
        "n": spot.count
    }
    return Proposal(
        key=spot.key,
        why=spot.why,
        title=spot.title,
        note=last_seen_words(spot),
        look_at=told if spot.why == StopWhy.CLUSTER else "",
        place=spot.place,
        point=(spot.lat, spot.lon),
        area_id=spot.area_id,
    )


def last_seen_words(spot: Spot) -> str:
    """When somebody was last there, in words."""
    if spot.days is None:
        return _("mai visto da un giro")
    return ngettext("visto %(n)s giorno fa", "visto %(n)s giorni fa", spot.days) % {"n": spot.days}
