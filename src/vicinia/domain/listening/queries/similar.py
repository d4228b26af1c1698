"""Reports that may be about the same thing, each with its reasons: for triage, for staff entry, for who is about to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.listening.models import Category, Report, ReportRows
from vicinia.domain.listening.queries import category_coded, followed_report, near, reports
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.people import queries as people
from vicinia.domain.territory.queries import Location, locate, memory
from vicinia.domain.territory.queries.words import words_of
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.search import queries as search
from vicinia_analytics import similarity

# How far and how long ago a report may be to be compared at all, and how many are compared at most.
COMPARED_METRES = 300.0
COMPARED_DAYS = 120
COMPARED_MOST = 300
# From which likeness on a report is shown: to residents only when it is very likely the same thing.
LIKE_FOR_RESIDENTS = 0.62
LIKE_FOR_STAFF = 0.5


@dataclass(frozen=True, slots=True)
class Sought:
    """What related reports are looked for by: a report, or one that is still being written."""

    category: Category
    location: Location
    words: str = ""
    person_id: int | None = None
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another report that may be about the same thing: how like, from 0 to 1, and why."""

    report: Report
    score: float
    reasons: tuple[similarity.Reason, ...]
    metres: float | None

    @property
    def why(self) -> str:
        """The reasons in words: "stesso posto (40 m), parole simili"."""
        place = _("stesso posto") if self.metres is None else _("a %(n)d m") % {"n": round(self.metres)}
        names = {
            similarity.Reason.PLACE: place,
            similarity.Reason.KIND: _("stesso tipo"),
            similarity.Reason.WORDS: _("parole simili"),
            similarity.Reason.PERSON: _("stessa persona"),
        }
        return ", ".join(names[reason] for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class SimilarOpen:
    """What a resident sees of an open report nearby: never its words, never who reported it."""

    reference: str
    kind: str
    street: str
    metres: int | None
    received_on: dt.date
    people: int


def related_reports(by: Actor, report: Report, limit: int = 8) -> list[Related]:
    """Reports that `by` may see and that may be about the same thing as this one, the likeliest first. Two queries."""
    return related_to(by, sought_by(report), limit)


def sought_by(report: Report) -> Sought:
    """What reports related to this one are looked for by."""
    place = Location(lat=report.lat, lon=report.lon, area_id=report.area_id)
    words = f"{report.title} {report.description}"
    return Sought(report.category, place, words, report.reporter_id, report.pk)


def related_to(
    by: Actor, sought: Sought, limit: int = 8, *, among: ReportRows | None = None
) -> list[Related]:
    """The same for what is still being typed at the desk or on the telephone, or only `among` some visible rows."""
    visible = reports(by) if among is None else among
    rows = _compared(visible, sought)
    if sought.person_id is not None:
        same_person = visible.filter(reporter_id=sought.person_id)
        rows = rows + list(_with_kind(same_person.exclude(pk=sought.report_id)).newest_first()[:50])
    unique = list({row.pk: row for row in rows}.values())
    related = _ranked(sought, unique, with_person=True)
    kept = [one for one in related if one.score >= LIKE_FOR_STAFF or similarity.Reason.PERSON in one.reasons]
    return kept[:limit]


def may_be_meant(
    by: Actor, sought: Sought, among: ReportRows, words: str = "", limit: int = 8
) -> list[Related]:
    """Which of some visible rows someone means to put together with what is sought: related ones first, with reasons.

    With words, only those that hold them, and after the related ones also those that nothing else speaks for.
    """
    related = related_to(by, sought, COMPARED_MOST if words else limit, among=among)
    if not words:
        return related
    ids = [one.report.pk for one in related]
    holding = set(search.among(among.filter(pk__in=ids), "report", words).values_list("pk", flat=True))
    likely = [one for one in related if one.report.pk in holding][:limit]
    others = search.among(_with_kind(among.exclude(pk__in=ids)), "report", words)
    return likely + [
        Related(row, 0.0, (), None) for row in others.order_by("-received_at", "-id")[: limit - len(likely)]
    ]


def similar_while_typing(by: Actor, typed: Mapping[str, Any], limit: int = 5) -> list[Related]:
    """What a half-filled staff form may be a double of; nothing until there is a kind, and a place or a person."""
    category = category_coded(str(typed.get("kind_code") or ""))
    if category is None:
        return []
    place = locate(
        address_words=str(typed.get("address") or ""),
        civic_number_id=_number(typed.get("civic_number_id"), int),
        lat=_number(typed.get("lat"), float),
        lon=_number(typed.get("lon"), float),
    )
    reference = str(typed.get("person") or "")
    person_id = people.person_of(by, reference).pk if reference else None
    words = f"{typed.get('title') or ''} {typed.get('description') or ''}"
    return related_to(by, Sought(category, place, words, person_id), limit)


def _number(text: Any, kind: type[int] | type[float]) -> Any:
    try:
        return kind(str(text))
    except ValueError:
        return None


def similar_open(sought: Sought, limit: int = 3) -> list[SimilarOpen]:
    """Open reports nearby that a resident is asked about before sending: of public kinds, or of the very same kind."""
    if not sought.location.lat:
        return []  # without a point "nearby" would be a guess about somebody else's report
    shown = Q(category__is_public=True) | Q(category=sought.category)
    rows = Report.objects.open().filter(shown, legal_basis=LegalBasis.ADMINISTRATIVE)
    near_ones = [one for one in _ranked(sought, _compared(rows, sought)) if one.score >= LIKE_FOR_RESIDENTS]
    streets = public_streets(one.report for one in near_ones[:limit])
    return [_shown(one, streets) for one in near_ones[:limit]]


def _shown(one: Related, streets: dict[int, str]) -> SimilarOpen:
    # To the next 50 metres: enough to recognise a place, too little to point at a door.
    metres = None if one.metres is None else max(50, round(one.metres / 50) * 50)
    received_on = timezone.localdate(one.report.received_at)
    people = 1 + one.report.me_too_count
    return SimilarOpen(
        one.report.reference, one.report.category.label, streets[one.report.pk], metres, received_on, people
    )


def similar_named(sought: Sought, reference: str) -> Report:
    """The open report that a resident was shown under this reference, and no other (404)."""
    if reference not in {one.reference for one in similar_open(sought)}:
        raise NotVisible
    return followed_report(reference)


def _with_kind(rows: ReportRows) -> ReportRows:
    return rows.select_related("category__parent", "area", "owner").defer("area__boundary")


def _compared(rows: ReportRows, sought: Sought) -> list[Report]:
    """The rows worth comparing: near the point, or of the same kind in the same area when there is none. One query."""
    since = clock.now() - dt.timedelta(days=COMPARED_DAYS)
    rows = _with_kind(rows.filter(received_at__gte=since).exclude(pk=sought.report_id))
    place = sought.location
    if place.lat is not None and place.lon is not None:
        rows = near(rows, place.lat, place.lon, COMPARED_METRES)
    elif place.area_id is not None:
        rows = rows.filter(area_id=place.area_id, category=sought.category)
    else:
        return []
    return list(rows.newest_first()[:COMPARED_MOST])


def _ranked(sought: Sought, rows: Sequence[Report], *, with_person: bool = False) -> list[Related]:
    one = similarity.Sighting(
        at=clock.now(),
        lat=sought.location.lat,
        lon=sought.location.lon,
        kind=sought.category.code,
        group=str(sought.category.parent_id or ""),
        words=sought.words,
        person=str(sought.person_id or "") if with_person else "",
    )
    others = [_sighting(row, with_person) for row in rows]
    ranked = similarity.rank(one, others)
    return [Related(rows[at], found.score, found.reasons, found.metres) for at, found in ranked]


def _sighting(row: Report, with_person: bool) -> similarity.Sighting:
    return similarity.Sighting(
        at=row.received_at,
        lat=row.lat,
        lon=row.lon,
        kind=row.category.code,
        group=str(row.category.parent_id or ""),
        words=f"{row.title} {row.description}",
        person=str(row.reporter_id or "") if with_person else "",
    )


def public_streets(rows: Iterable[Report]) -> dict[int, str]:
    """What anyone may read of where some reports are, by id: the street as the register spells it, else the area.

    Never what someone typed: an address field can hold a name. At most one query.
    """
    names = {" ".join(words_of(name)): name for name in memory.town().streets.values()}
    return {row.pk: _street_in(row.address, names) or (row.area.name if row.area else "") for row in rows}


def _street_in(address: str, names: dict[str, str]) -> str:
    """The street of "vicino a Via dei Mille, 12": the longest ending of the words before the number that is one."""
    words = words_of(address.split(",")[0])
    endings = (" ".join(words[start:]) for start in range(len(words)))
    return next((names[ending] for ending in endings if ending in names), "")
