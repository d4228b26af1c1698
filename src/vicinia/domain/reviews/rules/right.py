"""Who has the right to a review, counted from what the register holds. Pure: facts in, counts out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vicinia.domain.listening.states import Channel, LegalBasis
from vicinia.domain.reviews.states import RightBasis
from vicinia.foundation.kernel import clock
from vicinia_analytics.geometry import metres_between

# Channels through which a member of staff meets who reports, so that it is known whose report it is.
MET_CHANNELS = frozenset({Channel.PHONE, Channel.DESK, Channel.STREET})


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the town: see the settings VICINIA_REVIEW_…"""

    reports: int
    people: int
    months: int
    incident_months: int
    metres: int


@dataclass(frozen=True, slots=True)
class Told:
    """One time that somebody told us of something: a report, or joining somebody else's.

    `person_id` is the row that stands for them after merges, None for who is anonymous. Of who joined, only the day
    is known: when it happened to them is not.
    """

    report_id: int
    said_on: dt.date
    person_id: int | None = None
    happened_on: dt.date | None = None
    legal_basis: str = LegalBasis.ADMINISTRATIVE
    civic_id: int | None = None
    case_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """What the register says on a day: which reports count, how many people, and whether that is enough."""

    limits: Limits
    own: tuple[Told, ...] = ()
    place: tuple[Told, ...] = ()
    people: int = 0
    is_among_them: bool = False

    @property
    def is_by_person(self) -> bool:
        return len(self.own) >= self.limits.reports

    @property
    def is_by_place(self) -> bool:
        """Enough people, of whom who asks is one."""
        return self.is_among_them and self.people >= self.limits.people

    @property
    def exists(self) -> bool:
        return self.is_by_person or self.is_by_place

    @property
    def bases(self) -> list[str]:
        """What gives it, as `RightBasis`."""
        met = {RightBasis.PERSON: self.is_by_person, RightBasis.PLACE: self.is_by_place}
        return [basis.value for basis, is_met in met.items() if is_met]

    @property
    def legal_basis(self) -> str:
        """Police as soon as one report that counts is."""
        regimes = {one.legal_basis for one in (*self.own, *self.place)}
        return LegalBasis.POLICE if LegalBasis.POLICE in regimes else LegalBasis.ADMINISTRATIVE

    @property
    def report_ids(self) -> set[int]:
        """The reports behind it: a person's own, and those of the place if it is the place that gives the right."""
        return {one.report_id for one in (*self.own, *(self.place if self.is_by_place else ()))}

    def without_police(self) -> Right:
        """The same without a person's police reports; a place's are of one regime."""
        own = tuple(one for one in self.own if one.legal_basis == LegalBasis.ADMINISTRATIVE)
        return replace(self, own=own)

    def least(self) -> Right:
        """What a review keeps: police reports only where they are what gives the right, so that no more people are shut out."""
        lighter = self.without_police()
        return lighter if lighter.bases == self.bases else self

    def frozen(self) -> dict[str, Any]:
        """Counts, dates and the limits of the day, to be kept with a review: nothing says who."""
        return {
            "reports": len(self.own),
            "report_days": [one.said_on.isoformat() for one in self.own],
            "people": self.people,
            "place_days": [one.said_on.isoformat() for one in self.place],
            "bases": self.bases,
            "least_reports": self.limits.reports,
            "least_people": self.limits.people,
            "months": self.limits.months,
        }


def first_day(today: dt.date, limits: Limits) -> dt.date:
    """From which day on reports count; the day itself does."""
    return clock.add_months(today, -limits.months)


def is_counted(one: Told, today: dt.date, limits: Limits) -> bool:
    """Made in the last months, and soon enough after what it tells of. Whoever did not say when it was is believed."""
    if not first_day(today, limits) <= one.said_on <= today:
        return False
    if one.happened_on is None:
        return True
    return one.said_on <= clock.add_months(one.happened_on, limits.incident_months)


def is_same_place(one: Told, other: Told, metres: int) -> bool:
    """The same case, the same house number, or near enough."""
    if one.case_id is not None and one.case_id == other.case_id:
        return True
    if one.civic_id is not None and one.civic_id == other.civic_id:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return metres_between(one.lat, one.lon, other.lat, other.lon) <= metres


def of_person(told: Iterable[Told], today: dt.date, limits: Limits) -> tuple[Told, ...]:
    """What one person told us and counts, oldest first, each report once."""
    counted = {one.report_id: one for one in told if is_counted(one, today, limits)}
    return tuple(sorted(counted.values(), key=lambda one: (one.said_on, one.report_id)))


def of_place(about: Told, told: Iterable[Told], today: dt.date, limits: Limits) -> tuple[Told, ...]:
    """What anybody with a name told us of the place and counts, oldest first. The two regimes do not mix."""
    here = (
        one
        for one in told
        if one.person_id is not None
        and one.legal_basis == about.legal_basis
        and is_same_place(about, one, limits.metres)
        and is_counted(one, today, limits)
    )
    return tuple(sorted(here, key=lambda one: (one.said_on, one.report_id)))


def people_apart(points: Mapping[int, Collection[str]]) -> int:
    """How many people have a telephone or an address of their own: each is given one, and none is given twice.

    A name alone makes nobody another person, nor do five names on one telephone.
    """
    given: dict[str, int] = {}
    return sum(_give(person, points, given, set()) for person in sorted(points))


def _give(person: int, points: Mapping[int, Collection[str]], given: dict[str, int], tried: set[str]) -> bool:
    """Find a point for a person, moving others to another point of theirs if need be (Kuhn's matching)."""
    for point in sorted(points[person]):
        if point in tried:
            continue
        tried.add(point)
        if point not in given or _give(given[point], points, given, tried):
            given[point] = person
            return True
    return False


def is_shown(right: Right, *, is_met: bool) -> bool:
    """Whether the page behind a private link says that there is a right.

    Who reports under a neighbour's name and e-mail must not learn how often the neighbour has reported: a person's own
    count is said only where one of us has met who reports. It can be asked for in any case.
    """
    return right.is_by_place or (right.is_by_person and is_met)


def is_met(channel: str, first_contact_at: dt.datetime | None) -> bool:
    """Whether one of us has spoken with who made a report."""
    return channel in MET_CHANNELS or first_contact_at is not None
