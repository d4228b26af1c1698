"""Whether alerts keep what they promise: how many, how many useless, how soon; and where nobody has looked for long."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.db.models.functions import TruncDate
from django.utils import timezone

from vicinia.domain.foresight import rules
from vicinia.domain.foresight.models import Alert, Run
from vicinia.domain.foresight.queries.inputs import watch_settings
from vicinia.domain.foresight.states import USELESS, AlertState, RunKind
from vicinia.domain.listening import queries as listening
from vicinia.domain.presence import queries as presence
from vicinia.domain.presence.queries.coverage import coverage
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics.outcome import Interval, wilson

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Tally:
    """Alerts by what was decided about them."""

    useful: int
    undecided: int
    useless: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> Tally:
        """Of alerts as (state, reason of the dismissal)."""
        listed = list(rows)
        useless = sum(reason in USELESS for _state, reason in listed)
        undecided = sum(state == AlertState.NEW for state, _reason in listed)
        return cls(len(listed) - useless - undecided, undecided, useless)

    @property
    def found(self) -> int:
        return self.useful + self.undecided + self.useless


@dataclass(frozen=True)
class GroupQuality:
    """The alerts of one group of kinds; `label` "" for all of them. `delay` is the median in days, None without alerts."""

    label: str
    found: int
    undecided: int
    useful: int
    useless: int
    delay: float | None

    @property
    def decided(self) -> int:
        return self.useful + self.useless


@dataclass(frozen=True)
class Quality:
    """A year of alerts, or as long as the town has been watched.

    `promised` and `useless` are useless alerts a year: the budget, and what was observed with its 95 % interval.
    `share_useful` is among those that somebody has decided about, None if nobody has decided about any.
    """

    since: dt.date
    days: int
    runs: int
    a_week: float
    promised: int
    useless: Interval | None
    share_useful: Interval | None
    verdicts: list[tuple[str, int]]
    weeks: dict[dt.date, Tally]
    whole: GroupQuality
    groups: list[GroupQuality]

    @property
    def keeps_promise(self) -> bool | None:
        """Whether useless ones stay within the budget; None while nobody can tell."""
        return rules.keeps_promise(self.useless, self.promised)

    @property
    def useful_percents(self) -> tuple[int, int, int] | None:
        """The share of useful ones and its interval, in whole percents."""
        share = self.share_useful
        return (
            (round(100 * share.estimate), round(100 * share.low), round(100 * share.high)) if share else None
        )


def quality(by: Actor) -> Quality:
    """How alerts did in the last year, of those that one may see. Three queries."""
    today = clock.today()
    first_run = Run.objects.done().order_by("ended_at").values_list("ended_at", flat=True).first()
    began = max(today - YEAR, timezone.localdate(first_run)) if first_run else today
    days = (today - began).days + 1
    rows = list(Alert.objects.visible_to(by).filter(found_on__gte=began).in_lines())
    whole = _of("", rows)
    of_groups: dict[str, list[Alert]] = defaultdict(list)
    for alert in rows:
        of_groups[alert.group.label].append(alert)
    verdicts = Counter((alert.state, alert.dismissed_as) for alert in rows)
    return Quality(
        since=began,
        days=days,
        runs=Run.objects.done().filter(ended_at__gte=clock.start_of(began)).count(),
        a_week=7 * len(rows) / days,
        promised=watch_settings().budget,
        useless=rules.rate_a_year(whole.useless, days) if first_run else None,
        share_useful=wilson(successes=whole.useful, total=whole.decided) if whole.decided else None,
        verdicts=[(rules.verdict_words(*verdict), n) for verdict, n in verdicts.most_common()],
        weeks=_by_week(rows, began, today),
        whole=whole,
        groups=[_of(label, of) for label, of in sorted(of_groups.items())],
    )


def _of(label: str, rows: Iterable[Alert]) -> GroupQuality:
    listed = list(rows)
    tally = Tally.of((alert.state, alert.dismissed_as) for alert in listed)
    delays = [(alert.found_on - alert.first_day).days for alert in listed]
    delay = median(delays) if delays else None
    return GroupQuality(label, tally.found, tally.undecided, tally.useful, tally.useless, delay)


def _by_week(rows: Iterable[Alert], began: dt.date, today: dt.date) -> dict[dt.date, Tally]:
    """Every week by its Monday, also those without an alert."""
    found: dict[dt.date, list[tuple[str, str]]] = {}
    monday = _monday(began)
    while monday <= today:
        found[monday] = []
        monday += dt.timedelta(days=7)
    for alert in rows:
        found[_monday(alert.found_on)].append((alert.state, alert.dismissed_as))
    return {monday: Tally.of(alerts) for monday, alerts in found.items()}


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True)
class YearOfAlerts:
    """A year of the whole town, for everyone: `promised` is how many useless alerts its nights may have given, at most."""

    year: int
    nights: int
    promised: float
    tally: Tally


def years_of_alerts() -> list[YearOfAlerts]:
    """Every year in which the town was watched, the latest first; of no alert what or where. Two queries."""
    budgets: dict[int, list[int]] = defaultdict(list)
    nights = Run.objects.done().filter(kind=RunKind.NIGHT).order_by()
    for last_day, budget in nights.values_list("last_day", "settings__budget"):
        budgets[last_day.year].append(budget)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for found_on, state, reason in Alert.objects.order_by().values_list("found_on", "state", "dismissed_as"):
        found[found_on.year].append((state, reason))
    return [
        YearOfAlerts(
            year, len(budgets[year]), sum(budgets[year]) / rules.DAYS_OF_A_YEAR, Tally.of(found[year])
        )
        for year in sorted(budgets.keys() | found.keys(), reverse=True)
    ]


@dataclass(frozen=True)
class SilentArea:
    """An area where something is missing for longer than usual: silence is not calm.

    Days are None where nothing happened in the last year. `usual_gap` is the median number of days between two days with
    reports. `contacts_late` counts the key contacts who should have been heard.
    """

    area_id: int
    name: str
    days_without_reports: int | None
    usual_gap: float | None
    days_without_round: int | None
    contacts_late: int
    misses_reports: bool
    misses_rounds: bool

    @property
    def is_silent(self) -> bool:
        return self.misses_reports or self.misses_rounds or bool(self.contacts_late)


def silent_areas(by: Actor) -> list[SilentArea]:
    """The areas within reach where no report, no round or no key contact has been for longer than usual. Six queries."""
    today = clock.today()
    days = _days_with_reports(by, today - YEAR)
    walked = {line.label: line.last_on for line in coverage(by, today - YEAR, today).areas}
    late = presence.contacts_late_by_area(by, today)
    found = []
    for area_id, name in territory.reference_area_choices():
        if by.covers(area_id):
            found.append(
                _silence(area_id, name, today, days.get(area_id, []), walked.get(name), late.get(area_id, 0))
            )
    return [area for area in found if area.is_silent]


def _silence(
    area_id: int, name: str, today: dt.date, days: list[dt.date], walked: dt.date | None, late: int
) -> SilentArea:
    gaps = [(after - before).days for before, after in pairwise(days)]
    usual_gap = float(median(gaps)) if gaps else None
    without = (today - days[-1]).days if days else None
    no_round = (today - walked).days if walked else None
    return SilentArea(
        area_id=area_id,
        name=name,
        days_without_reports=without,
        usual_gap=usual_gap,
        days_without_round=no_round,
        contacts_late=late,
        misses_reports=rules.is_silence(without, usual_gap),
        misses_rounds=no_round is None or no_round > rules.LONGEST_WITHOUT_ROUND,
    )


def _days_with_reports(by: Actor, since: dt.date) -> dict[int, list[dt.date]]:
    rows = listening.reports(by).filter(received_at__gte=clock.start_of(since), area_id__isnull=False)
    days: dict[int, list[dt.date]] = defaultdict(list)
    found = rows.order_by().annotate(day=TruncDate("received_at")).values_list("area_id", "day").distinct()
    for area_id, day in found:
        days[area_id].append(day)
    return {area_id: sorted(of) for area_id, of in days.items()}
