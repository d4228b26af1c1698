"""Reports that may be about the same thing, each with its reasons: for triage, for staff entry, for who is about to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.listening.models import Category, Report, ReportRows
from vicinia.domain.listening.queries import category_coded, followed_report, near, reports
from vicinia.domain.listening.queries.wording import word_counts
from vicinia.domain.listening.states import OPEN_STATES, LegalBasis
from vicinia.domain.people import queries as people
from vicinia.domain.territory.queries import Location, locate, memory
from vicinia.domain.territory.queries.words import words_of
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.search import queries as search
from vicinia_analytics import similarity
from vicinia_analytics.similarity import HashedWords, WordsCompared

# How far, and how long before or after, a report may be to be compared at all, and how many are compared at most.
COMPARED_METRES = 300.0
COMPARED_DAYS = 180
COMPARED_MOST = 200
SAME_PERSON_MOST = 50
# From which likeness on a report is shown (docs/analytics/similarity.md). Staff: half of it would find no more of the real doubles
# that were tried. Residents: nine tenths of them stay, and the first that is shown is the right one four times in five.
LIKE_FOR_STAFF = 0.1
LIKE_FOR_RESIDENTS = 0.5


@dataclass(frozen=True, slots=True)
class Sought:
    """What related reports are looked for by: a report, or one that is still being written."""

    category: Category
    location: Location
    words: str = ""
    person_id: int | None = None
    report_id: int | None = None
    received_at: dt.datetime | None = None  # None: it is being written now
    ended_at: dt.datetime | None = None


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
    """Reports that `by` may see and that may be about the same thing as this one, the likeliest first. Four queries."""
    return related_to(by, sought_by(report), limit)


def sought_by(report: Report) -> Sought:
    """What reports related to this one are looked for by."""
    place = Location(lat=report.lat, lon=report.lon, address=report.address, area_id=report.area_id)
    words = f"{report.title} {report.description}"
    return Sought(
        report.category, place, words, report.reporter_id, report.pk, report.received_at, report.ended_at
    )


def related_to(
    by: Actor, sought: Sought, limit: int = 8, *, among: ReportRows | None = None
) -> list[Related]:
    """The same for what is still being typed at the desk or on the telephone, or only `among` some visible rows."""
    visible = reports(by) if among is None else among
    compare = HashedWords(word_counts())
    found = _ranked(
        sought, _compared(visible, sought), compare, least=LIKE_FOR_STAFF, most=limit, with_person=True
    )
    if sought.person_id is not None:
        same_person = visible.filter(reporter_id=sought.person_id).exclude(pk=sought.report_id)
        found |= _ranked(sought, same_person.newest_first()[:SAME_PERSON_MOST], compare, with_person=True)
    return _read(found, limit)


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
    if sought.location.lat is None:
        return []  # without a point "nearby" would be a guess about somebody else's report
    shown = Q(category__is_public=True) | Q(category=sought.category)
    # Said in this way SQLite, which keeps no statistics, reads what is near and not every open report of the town.
    still_open = Case(When(state__in=OPEN_STATES, then=True), default=False)
    rows = Report.objects.alias(still_open=still_open).filter(
        shown, still_open=True, legal_basis=LegalBasis.ADMINISTRATIVE
    )
    compare = HashedWords(word_counts())
    found = _ranked(sought, _compared(rows, sought), compare, least=LIKE_FOR_RESIDENTS, most=limit)
    near_ones = _read(found, limit)
    streets = public_streets(one.report for one in near_ones)
    return [_shown(one, streets) for one in near_ones]


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


def _compared(rows: ReportRows, sought: Sought) -> ReportRows:
    """The rows worth comparing: those of the same address, then the nearest.

    Without a point those of the same address, and of the same kind in the same area.
    """
    at, reach = sought.received_at or clock.now(), dt.timedelta(days=COMPARED_DAYS)
    rows = rows.filter(received_at__range=(at - reach, at + reach)).exclude(pk=sought.report_id)
    place = sought.location
    if place.lat is not None and place.lon is not None:
        near_rows = near(rows, place.lat, place.lon, COMPARED_METRES)
        return near_rows.order_by(*_nearest_first(place), "-received_at", "-id")[:COMPARED_MOST]
    there = Q(area_id=place.area_id, category=sought.category) if place.area_id is not None else Q()
    if place.address:
        there |= Q(address=place.address)
    return rows.filter(there).newest_first()[:COMPARED_MOST] if there else rows.none()


def _nearest_first(place: Location) -> list[Any]:
    """An order by address, then by distance on a flat map: right within some hundred metres."""
    up, right = F("lat") - place.lat, (F("lon") - place.lon) * cos(radians(place.lat or 0))
    nearest: list[Any] = [up * up + right * right]
    if place.address:
        nearest.insert(0, Case(When(address=place.address, then=0), default=1))
    return nearest


def _ranked(
    sought: Sought,
    rows: ReportRows,
    compare: WordsCompared,
    *,
    least: float = 0.0,
    most: int | None = None,
    with_person: bool = False,
) -> dict[int, similarity.Likeness]:
    """How like each row is, by id. Without the person nobody learns that somebody reported twice. One query."""
    read = list(rows.values(*_READ))
    found = similarity.rank(
        _sighting_of(sought, with_person),
        [_sighting(row, with_person) for row in read],
        least=least,
        most=most,
        compare=compare,
    )
    return {read[at]["pk"]: likeness for at, likeness in found}


def _read(found: Mapping[int, similarity.Likeness], limit: int) -> list[Related]:
    """The likeliest with what a line shows of them. One query."""
    likely = sorted(found.items(), key=lambda pair: -pair[1].score)[:limit]
    rows = _with_kind(Report.objects.filter(pk__in=[pk for pk, _likeness in likely])).in_bulk()
    return [Related(rows[pk], each.score, each.reasons, each.metres) for pk, each in likely if pk in rows]


# What is read of a row to compare it: no more, for hundreds of rows are.
_READ = (
    "pk", "received_at", "ended_at", "state", "lat", "lon", "address", "title", "description", "reporter_id", "category__code",
    "category__parent_id",
)  # fmt: skip


def _sighting_of(sought: Sought, with_person: bool) -> similarity.Sighting:
    return similarity.Sighting(
        at=sought.received_at or clock.now(),
        ended=sought.ended_at,
        lat=sought.location.lat,
        lon=sought.location.lon,
        address=sought.location.address,
        kind=sought.category.code,
        group=str(sought.category.parent_id or ""),
        words=sought.words,
        person=str(sought.person_id or "") if with_person else "",
    )


def _sighting(row: Mapping[str, Any], with_person: bool) -> similarity.Sighting:
    # An import may know that a report has ended and not when.
    ended = None if row["state"] in OPEN_STATES else row["ended_at"] or row["received_at"]
    return similarity.Sighting(
        at=row["received_at"],
        ended=ended,
        lat=row["lat"],
        lon=row["lon"],
        address=row["address"],
        kind=row["category__code"],
        group=str(row["category__parent_id"] or ""),
        words=f"{row['title']} {row['description']}",
        person=str(row["reporter_id"] or "") if with_person else "",
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
