"""Counts, times and outcomes, added up in the database: as many rows come back as there are values, not reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Case as Choice
from django.db.models import Count, F, Q, Value, When

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CaseRows, OutcomeReply
from vicinia.domain.casework.states import Stage
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category, Report, ReportRows
from vicinia.domain.listening.states import ENDED_STATES, LegalBasis
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.statistics.expressions import DaysBetween, LocalDay, ReadThrough
from vicinia.interfaces.statistics.periods import Period

# Upper ends, in days, of the ages by which open reports are told apart; the last age has none.
AGES = (7, 30, 90, 365)


# Whose rows ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What is counted, beyond the period: everything when empty."""

    area_id: int | None = None
    group_id: int | None = None
    channel: str = ""

    @property
    def of_category(self) -> Q:
        return Q(category__parent_id=self.group_id) | Q(category_id=self.group_id) if self.group_id else Q()

    @property
    def of_place(self) -> Q:
        return Q(area_id=self.area_id) if self.area_id else Q()


def counted_reports(by: Actor | None, filters: Filters) -> ReportRows:
    """The reports that are counted for someone: the rows that they see, or those of administrative work for who sees none.

    None is the public. Reports of the police regime are in no table of who may not see them.
    """
    rows = listening.reports(by) if sees_rows(by) and by else _administrative_reports()
    rows = rows.filter(filters.of_category, filters.of_place)
    return rows.filter(channel=filters.channel) if filters.channel else rows


def counted_cases(by: Actor | None, filters: Filters) -> CaseRows:
    """The cases that are counted for someone, in the same way; a case has no channel."""
    rows = (
        casework.cases(by)
        if sees_rows(by) and by
        else Case.objects.filter(legal_basis=LegalBasis.ADMINISTRATIVE)
    )
    return rows.filter(filters.of_category, filters.of_place)


def _administrative_reports() -> ReportRows:
    return Report.objects.filter(legal_basis=LegalBasis.ADMINISTRATIVE)


def sees_rows(by: Actor | None) -> bool:
    """Whether counts lead to what they count."""
    return by is not None and by.can(Capability.SEE_REPORTS)


def sees_small_counts(by: Actor | None) -> bool:
    return by is not None and by.can(Capability.SEE_SMALL_COUNTS)


def police_reports(period: Period) -> int:
    """How many reports of the police regime came in the whole town: a number for a year's total and nothing else."""
    return _received(Report.objects.filter(legal_basis=LegalBasis.POLICE), period).count()


# What came in -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came in: by month (also a year earlier), channel and state."""

    total: int
    before: int
    by_month: Counter[str]
    by_month_before: Counter[str]
    by_channel: Counter[str]
    by_state: Counter[str]


def arrivals(rows: ReportRows, period: Period) -> Arrivals:
    """Count what came in. One query."""
    between = ("", period.before.ends_at)  # what came after the earlier span and before this one
    spans = [*period.before.month_starts(), between, *period.month_starts()]
    now_from = len(spans) - len(period.months)
    groups = (
        _between(rows, period.before.starts_at, period.ends_at)
        .order_by()
        .annotate(span=_span([start for _month, start in spans]), way=ReadThrough("channel"))
        .values_list("span", "way", "state")
        .annotate(n=Count("pk"))
    )
    now, before = Counter[str](), Counter[str]()
    channels, states = Counter[str](), Counter[str]()
    for span, channel, state, n in groups:
        (now if span >= now_from else before)[spans[span][0]] += n
        if span >= now_from:
            channels[channel] += n
            states[state] += n
    del before[""]
    return Arrivals(now.total(), before.total(), now, before, channels, states)


def _span(starts: list[dt.datetime]) -> Choice:
    """In which of some spans, by their starts, a report came: comparing is cheaper than asking for a row's month."""
    latest_first = reversed(list(enumerate(starts)))
    return Choice(
        *(When(received_at__gte=start, then=Value(at)) for at, start in latest_first), default=Value(0)
    )


def _between(rows: ReportRows, start: dt.datetime, end: dt.datetime) -> ReportRows:
    return rows.alias(came=ReadThrough("received_at")).filter(came__gte=start, came__lt=end)


def _received(rows: ReportRows, period: Period) -> ReportRows:
    return _between(rows, period.starts_at, period.ends_at)


def by_area_and_kind(rows: ReportRows, period: Period) -> Counter[tuple[int | None, int]]:
    """What came in by area and kind of problem. One query."""
    groups = (
        _received(rows, period)
        .order_by()
        .annotate(place=ReadThrough("area_id"))
        .values_list("place", "category_id")
    )
    return Counter({(area, kind): n for area, kind, n in groups.annotate(n=Count("pk"))})


# How long it took -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstContacts:
    """How soon reporters were contacted. `waited` counts contacts by working days; `due` are those whose deadline is over or kept."""

    waited: Counter[int]
    in_time: int
    due: int

    @property
    def made(self) -> int:
        return self.waited.total()


def first_contacts(rows: ReportRows, period: Period, names: Names) -> FirstContacts:
    """First contacts with who reported in a period and wished one, in working days. One query.

    The deadline is that of the kind today; days on which the clock stood still are not taken off.
    """
    groups = (
        _received(rows.filter(wants_contact=True), period)
        .order_by()
        .annotate(day=LocalDay("received_at"), met=LocalDay("first_contact_at"), allowed=_allowed_days(names))
        .values_list("day", "met", "allowed", "at_risk")
        .annotate(n=Count("pk"))
    )
    waited: Counter[int] = Counter()
    in_time = due = 0
    today = clock.today()
    for day, met, allowed, at_risk, n in groups:
        deadline = _deadline(day, min(allowed, settings.FIRST_CONTACT_DAYS_AT_RISK) if at_risk else allowed)
        if met is not None:
            waited[_working_days(day, met)] += n
            in_time += n if dt.date.fromordinal(met) <= deadline else 0
        due += n if met is not None or deadline < today else 0
    return FirstContacts(waited, in_time, due)


def _allowed_days(names: Names) -> Choice:
    """How many working days each kind has. A join would be read kind by kind."""
    kinds: dict[int, list[int]] = {}
    for kind in names.kinds.values():
        kinds.setdefault(kind.first_contact_days or settings.FIRST_CONTACT_DAYS, []).append(kind.pk)
    whens = (When(category_id__in=ids, then=Value(days)) for days, ids in kinds.items())
    return Choice(*whens, default=Value(settings.FIRST_CONTACT_DAYS))


@lru_cache(maxsize=20_000)
def _deadline(day: int, allowed: int) -> dt.date:
    return clock.add_working_days(dt.date.fromordinal(day), allowed)


@lru_cache(maxsize=50_000)
def _working_days(day: int, until: int) -> int:
    return max(clock.working_days_between(dt.date.fromordinal(day), dt.date.fromordinal(until)), 0)


def days_to_end(rows: ReportRows, period: Period) -> Counter[int]:
    """Days from arrival to end, of the reports that ended in a period. One query."""
    ended = rows.filter(
        state__in=ENDED_STATES, ended_at__gte=period.starts_at, ended_at__lt=period.ends_at
    ).order_by()
    groups = ended.annotate(days=DaysBetween("ended_at", "received_at")).values_list("days")
    return Counter({max(days, 0): n for days, n in groups.annotate(n=Count("pk"))})


@dataclass(frozen=True, slots=True)
class Owner:
    """How much someone has in hand. An empty name: nobody has it."""

    name: str
    reports: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class OpenReports:
    """Open reports by age, in the order of `AGES`, and how many of them each operator has to deal with."""

    by_age: tuple[int, ...]
    by_owner: Counter[str]


def open_reports(rows: ReportRows) -> OpenReports:
    """Count what is open now. One query."""
    groups = rows.open().order_by().values_list("owner__name").annotate(**_ages())
    ages = [0] * (len(AGES) + 1)
    owners: Counter[str] = Counter()
    for owner, *counts in groups:
        owners[owner or ""] += sum(counts)
        ages = [have + count for have, count in zip(ages, counts, strict=True)]
    return OpenReports(tuple(ages), owners)


def _ages() -> dict[str, Count]:
    now = clock.now()
    starts = [now - dt.timedelta(days=days) for days in AGES]
    newer = [Q(received_at__gte=start) for start in starts]
    older = [Q(), *(Q(received_at__lt=start) for start in starts)]
    bands = [end & start for end, start in zip(older, [*newer, Q()], strict=True)]
    return {f"age_{at}": Count("pk", filter=band) for at, band in enumerate(bands)}


# What came of it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases by stage now, opened and closed in a period; outcomes apart from stages."""

    opened: int
    by_stage: Counter[str]
    by_owner: Counter[str]
    by_outcome: Counter[str]
    days_to_close: Counter[int]
    replies: Counter[str]

    @property
    def closed(self) -> int:
        return self.by_outcome.total()

    @property
    def open(self) -> int:
        return self.by_stage.total() - self.by_stage[Stage.CLOSED]


def cases(rows: CaseRows, period: Period) -> Cases:
    """Count cases, how they ended and what reporters said of it. Three queries."""
    opened_now = Q(opened_at__gte=period.starts_at, opened_at__lt=period.ends_at)
    opened, stages, owners = 0, Counter[str](), Counter[str]()
    groups = rows.order_by().values_list("stage", "owner__name")
    for stage, owner, n, new in groups.annotate(n=Count("pk"), new=Count("pk", filter=opened_now)):
        opened += new
        stages[stage] += n
        if stage != Stage.CLOSED:
            owners[owner or ""] += n
    closed = rows.closed().filter(closed_at__gte=period.starts_at, closed_at__lt=period.ends_at).order_by()
    outcomes, days = Counter[str](), Counter[int]()
    endings = closed.annotate(days=DaysBetween("closed_at", "opened_at")).values_list("outcome", "days")
    for outcome, took, n in endings.annotate(n=Count("pk")):
        outcomes[outcome] += n
        days[max(took, 0)] += n
    replies = OutcomeReply.objects.filter(case__in=closed, closed_at=F("case__closed_at")).order_by()
    said = Counter(dict(replies.values_list("verdict").annotate(n=Count("pk"))))
    return Cases(opened, stages, owners, outcomes, days, said)


def workload(reports: OpenReports, cases_now: Cases) -> list[Owner]:
    """What each operator has in hand, most first."""
    names = set(reports.by_owner) | set(cases_now.by_owner)
    rows = [Owner(name, reports.by_owner[name], cases_now.by_owner[name]) for name in names]
    return sorted(rows, key=lambda row: (not row.name, -row.reports - row.cases, row.name))


# Names ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """Areas in order, and every category with its group. Two queries, whatever is counted."""

    areas: dict[int, str]
    kinds: dict[int, Category]

    @property
    def groups(self) -> list[Category]:
        return [kind for kind in self.kinds.values() if kind.parent_id is None]

    def group_of(self, kind_id: int) -> Category:
        kind = self.kinds[kind_id]
        return self.kinds[kind.parent_id] if kind.parent_id else kind


def names() -> Names:
    """The names of areas and categories, also of those no longer in use."""
    return Names(
        dict(Area.objects.order_by("name", "id").values_list("pk", "name")),
        {kind.pk: kind for kind in listening.categories().order_by("position", "name", "id")},
    )


def years_with_reports() -> list[int]:
    """Complete years with something that may be published, newest first. One query, on the index."""
    first = Report.objects.order_by("received_at", "id").values_list("received_at", flat=True).first()
    return list(range(clock.today().year - 1, first.year - 1, -1)) if first else []
