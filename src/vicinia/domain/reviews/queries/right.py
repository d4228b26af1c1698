"""Gathering what the rule of the right counts: of one report's page, and of the whole town each night."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from vicinia.domain.casework.models import Case, CaseReport
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.domain.reviews import rules
from vicinia.domain.reviews.models import Review, RightTold
from vicinia.domain.reviews.rules import Limits, Right, Told
from vicinia.domain.reviews.states import RightBasis
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_FIELDS = ("id", "legal_basis", "civic_number_id", "case_link__case_id", "lat", "lon")


def limits() -> Limits:
    """The numbers of this town."""
    return Limits(
        reports=settings.REVIEW_REPORTS,
        people=settings.REVIEW_PEOPLE,
        months=settings.REVIEW_MONTHS,
        incident_months=settings.REVIEW_INCIDENT_MONTHS,
        metres=settings.REVIEW_PLACE_METRES,
    )


def right_of(report: Report, person: Person | None, on: dt.date | None = None) -> Right:
    """The right of a person who told us of a report, as it is today or was `on` a day.

    A fixed number of queries. A report behind a review that was decided does not count again for the same right.
    """
    return _right(report, person, on or clock.today())


def is_right_shown(report: Report, case: Case | None) -> bool:
    """Whether the private page of a report, which is in `case`, says that there is a right (see `rules.is_shown`).

    Most pages have none, which few statements tell: only where there may be one is everything gathered.
    """
    is_met = rules.is_met(report.channel, report.first_contact_at)
    if not (_may_be_by_place(report, case) or (is_met and _may_be_by_person(report))):
        return False
    return rules.is_shown(right_of(report, report.reporter), is_met=is_met)


def _may_be_by_place(report: Report, case: Case | None) -> bool:
    town = limits()
    told = _told_of(_about(report, case.pk if case else None), clock.today(), town)
    return len({one.person_id for one in told}) >= town.people


def _may_be_by_person(report: Report) -> bool:
    if report.reporter is None:
        return False
    town, today = limits(), clock.today()
    told = _told_by(people.ids_of(people.root_of(report.reporter)), today, town)
    return len(rules.of_person(told, today, town)) >= town.reports


def right_for_staff(by: Actor, report: Report) -> Right:
    """The right of a report's reporter as `by` may read it: who sees no police report reads no count of them."""
    right = _right(report, report.reporter, clock.today())
    return right if by.can(Capability.SEE_POLICE_CASES) else right.without_police()


def right_now(by: Actor, review: Review) -> Right:
    """What the register says today of a review's person and place, as `by` may read it."""
    right = _right(review.report, review.person, clock.today())
    return right if by.can(Capability.SEE_POLICE_CASES) else right.without_police()


def _right(report: Report, person: Person | None, today: dt.date) -> Right:
    town = limits()
    ids = people.ids_of(people.root_of(person)) if person is not None else []
    case_id = CaseReport.objects.filter(report=report).values_list("case_id", flat=True).first()
    about = _about(report, case_id)
    own = _told_by(ids, today, town)
    place = _told_of(about, today, town)
    roots = people.roots_of({one.person_id for one in place if one.person_id is not None} | set(ids[:1]))
    place = [_with_root(one, roots) for one in place]
    settled = set(Review.objects.decided().filter(person_id__in=ids).values_list("reports", flat=True))
    own = [one for one in own if one.report_id not in settled]
    settled = _settled_at(place)
    counted = rules.of_place(about, (one for one in place if one.report_id not in settled), today, town)
    here = {one.person_id for one in counted if one.person_id is not None}
    return Right(
        limits=town,
        own=rules.of_person(own, today, town),
        place=counted,
        people=rules.people_apart(people.points_of(here)),
        is_among_them=bool(ids) and roots[ids[0]] in here,
    )


def _settled_at(place: Iterable[Told]) -> set[int]:
    """Reports of a place that a decided review has already looked at."""
    ids = {one.report_id for one in place}
    rows = Review.objects.decided().filter(is_about_place=True, reports__in=ids).order_by()
    return set(rows.values_list("reports", flat=True))


def _about(report: Report, case_id: int | None) -> Told:
    return Told(
        report_id=report.pk,
        said_on=timezone.localdate(report.received_at),
        legal_basis=report.legal_basis,
        civic_id=report.civic_number_id,
        case_id=case_id,
        lat=report.lat,
        lon=report.lon,
    )


def _since(today: dt.date, town: Limits) -> dt.datetime:
    return clock.start_of(rules.first_day(today, town))


def _told_by(ids: list[int], today: dt.date, town: Limits) -> list[Told]:
    """What a person told us: own reports, also those joined to others, and reports of others that they joined."""
    since = _since(today, town)
    reports = Report.objects.filter(reporter_id__in=ids, received_at__gte=since)
    joined = MeToo.objects.filter(person_id__in=ids, created_at__gte=since)
    return _as_reported(reports) + _as_joined(joined)


def _told_of(about: Told, today: dt.date, town: Limits) -> list[Told]:
    """What anybody with a name told us around a place, or in the same case."""
    since = _since(today, town)
    here = Report.objects.filter(_around(about, town)).filter(legal_basis=about.legal_basis)
    reports = here.filter(received_at__gte=since, reporter__isnull=False)
    joined = MeToo.objects.filter(
        report__in=here.order_by().values("pk"), created_at__gte=since, person__isnull=False
    )
    return _as_reported(reports) + _as_joined(joined)


def _around(about: Told, town: Limits) -> Q:
    here = Q(pk=about.report_id)
    if about.case_id is not None:
        here |= Q(case_link__case_id=about.case_id)
    if about.civic_id is not None:
        here |= Q(civic_number_id=about.civic_id)
    if about.lat is not None and about.lon is not None:
        box = listening.near(Report.objects.order_by(), about.lat, about.lon, float(town.metres))
        here |= Q(pk__in=box.values("pk"))
    return here


def _as_reported(rows: QuerySet[Any]) -> list[Told]:
    values = rows.order_by().values_list("reporter_id", "received_at", "happened_at", *_FIELDS)
    return [
        _told(person_id, received_at, happened_at, tuple(rest))
        for person_id, received_at, happened_at, *rest in values
    ]


def _as_joined(rows: QuerySet[Any]) -> list[Told]:
    fields = [f"report__{name}" for name in _FIELDS]
    values = rows.order_by().values_list("person_id", "created_at", *fields)
    return [_told(person_id, at, None, tuple(rest)) for person_id, at, *rest in values]


def _told(
    person_id: int | None, at: dt.datetime, happened_at: dt.datetime | None, rest: tuple[Any, ...]
) -> Told:
    report_id, legal_basis, civic_id, case_id, lat, lon = rest
    return Told(
        report_id=report_id,
        said_on=timezone.localdate(at),
        person_id=person_id,
        happened_on=timezone.localdate(happened_at) if happened_at else None,
        legal_basis=legal_basis,
        civic_id=civic_id,
        case_id=case_id,
        lat=lat,
        lon=lon,
    )


def _with_root(one: Told, roots: dict[int, int]) -> Told:
    person_id = roots[one.person_id] if one.person_id is not None else None
    return Told(
        one.report_id, one.said_on, person_id, one.happened_on, one.legal_basis, one.civic_id, one.case_id,
        one.lat, one.lon,
    )  # fmt: skip


# Every night ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewRight:
    """A right that its holder has not been told of: the report through whose page they can ask."""

    report: Report
    person_id: int
    basis: str


def rights_to_tell() -> list[NewRight]:
    """Whom to tell tonight: people who want to be contacted, each once for their own reports and once for a place.

    What comes out is only a guess made from all reports of the last months at once; `right_of` says whether it is so.
    """
    today, town = clock.today(), limits()
    since = _since(today, town)
    reports = Report.objects.filter(received_at__gte=since, reporter__isnull=False)
    joined = MeToo.objects.filter(created_at__gte=since, person__isnull=False)
    told = _as_reported(reports) + _as_joined(joined)
    roots = people.roots_of({one.person_id for one in told if one.person_id is not None})
    told = [_with_root(one, roots) for one in told]
    found = [(one, RightBasis.PERSON) for one in _of_persons(told, today, town)]
    found += [(one, RightBasis.PLACE) for one in _of_places(told, today, town)]
    return _not_told_yet(found, roots)


def _of_persons(told: list[Told], today: dt.date, town: Limits) -> list[Told]:
    """For each person with enough reports, the last thing that they told us."""
    by_person: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.person_id is not None:
            by_person[one.person_id].append(one)
    counted = (rules.of_person(rows, today, town) for rows in by_person.values())
    return [rows[-1] for rows in counted if len(rows) >= town.reports]


def _of_places(told: list[Told], today: dt.date, town: Limits) -> list[Told]:
    """For each person at a place of which enough people told us, the last thing that they told us of it."""
    cells = _Cells(told, town.metres)
    last: dict[tuple[int, frozenset[int]], Told] = {}
    for one in told:
        around = rules.of_place(one, cells.around(one), today, town)
        persons = {other.person_id for other in around}
        if len(persons) >= town.people and one.person_id in persons and one in around:
            last[one.person_id or 0, frozenset(other.report_id for other in around)] = one
    return list(last.values())


class _Cells:
    """Things told by square of the map, by house number and by case: each is compared with its neighbours only."""

    def __init__(self, told: list[Told], metres: int) -> None:
        self.size = (
            max(metres, 1) / 111_195.0 * 1.5
        )  # in Italy a degree of longitude is never shorter than this allows
        self.rows: dict[Any, list[Told]] = defaultdict(list)
        for one in told:
            for key in self._keys(one):
                self.rows[key].append(one)

    def _keys(self, one: Told) -> list[Any]:
        keys: list[Any] = [("civic", one.civic_id)] if one.civic_id is not None else []
        if one.case_id is not None:
            keys.append(("case", one.case_id))
        if one.lat is not None and one.lon is not None:
            keys.append((int(one.lat // self.size), int(one.lon // self.size)))
        return keys

    def around(self, one: Told) -> list[Told]:
        """Everything that may be at the same place, each once."""
        keys = self._keys(one)
        square = keys[-1] if keys and isinstance(keys[-1][0], int) else None
        if square is not None:
            row, column = square
            keys += [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        found = {
            (other.report_id, other.person_id): other for key in keys for other in self.rows.get(key, ())
        }
        return list(found.values())


def _not_told_yet(found: list[tuple[Told, RightBasis]], roots: dict[int, int]) -> list[NewRight]:
    """Those of whom has not been told, has no review open, and left us a report of their own to ask from."""
    persons = {one.person_id for one, _basis in found if one.person_id is not None}
    rows = [pk for pk, root in roots.items() if root in persons]
    asked = _roots(Review.objects.open().filter(person_id__in=rows), roots)
    known = _already_told(rows, roots)
    own: dict[int, list[Report]] = defaultdict(list)
    reports = Report.objects.filter(reporter_id__in=rows, wants_contact=True).select_related("reporter")
    for report in reports.defer("description").order_by("received_at", "id"):
        own[roots[report.reporter_id or 0]].append(report)
    new: dict[tuple[int, str, int], NewRight] = {}
    for one, basis in found:
        person_id = one.person_id or 0
        report = _to_ask_from(one, basis, own[person_id])
        if report is None or person_id in asked or _is_known(one, basis, known[person_id]):
            continue
        new[person_id, basis, report.pk] = NewRight(report, person_id, basis)
    return list(new.values())


def _roots(reviews: QuerySet[Any], roots: dict[int, int]) -> set[int]:
    return {roots[pk] for pk in reviews.order_by().values_list("person_id", flat=True)}


def _to_ask_from(one: Told, basis: str, own: list[Report]) -> Report | None:
    """For a place the report itself; for own reports the last by which one of us has met them, or the last at all."""
    if basis == RightBasis.PLACE:
        return next((report for report in own if report.pk == one.report_id), None)
    met = [report for report in own if rules.is_met(report.channel, report.first_contact_at)]
    candidates = met or own
    return candidates[-1] if candidates else None


def _already_told(rows: list[int], roots: dict[int, int]) -> dict[int, list[tuple[str, Told]]]:
    """What each person was told already, since the last review that was decided for them."""
    decided = defaultdict(lambda: dt.datetime.min.replace(tzinfo=dt.UTC))
    reviews = Review.objects.decided().filter(person_id__in=rows).order_by("state_since")
    for person_id, at in reviews.values_list("person_id", "state_since"):
        decided[roots[person_id or 0]] = at
    known: dict[int, list[tuple[str, Told]]] = defaultdict(list)
    told = RightTold.objects.filter(person_id__in=rows).annotate(case_id=F("report__case_link__case_id"))
    for row in told.select_related("report").defer("report__description"):
        if row.created_at > decided[roots[row.person_id]]:
            place = Told(
                report_id=row.report_id, said_on=clock.today(), civic_id=row.report.civic_number_id,
                case_id=row.case_id, lat=row.report.lat, lon=row.report.lon,
            )  # fmt: skip
            known[roots[row.person_id]].append((row.basis, place))
    return known


def _is_known(one: Told, basis: str, known: list[tuple[str, Told]]) -> bool:
    for told_basis, place in known:
        if told_basis != basis:
            continue
        is_here = place.report_id == one.report_id or rules.is_same_place(one, place, limits().metres)
        if basis == RightBasis.PERSON or is_here:
            return True
    return False
