"""What lies behind an alert for who reads it: its reports, and what was done here the last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CaseRows
from vicinia.domain.foresight.counts import Grid
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.queries.alerts import sightings_of
from vicinia.domain.foresight.queries.inputs import NOT_COUNTED, kinds_of
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.outcomes import queries as outcomes
from vicinia.domain.outcomes.queries import Outcome
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics.geometry import box_around, metres_between

SHOWN_AT_MOST = 200
# How much wider than the alert one looks for what was done the last time, in metres.
AROUND_M = 100
REMEMBERED_ALERTS, REMEMBERED_CASES = 5, 3


@dataclass(frozen=True)
class Behind:
    """The reports of an alert: those that one may see, newest first, and how many more there are.

    `places` is in how many different cells the visible ones lie.
    """

    reports: list[Report]
    hidden: int
    places: int


def reports_behind(by: Actor, alert: Alert) -> Behind:
    """The reports that were counted, as they stand today. Four queries."""
    ids = _ids_behind(alert)
    visible = list(listening.reports(by).filter(pk__in=ids).in_lines().newest_first()[:SHOWN_AT_MOST])
    grid = Grid(alert.run.settings["grid_m"])
    places = {
        grid.cell_of(row.lat, row.lon) for row in visible if row.lat is not None and row.lon is not None
    }
    return Behind(visible, len(ids) - len(visible), len(places))


def free_reports(by: Actor, alert: Alert) -> list[Report]:
    """Those that one may see and that are in no case yet, the nearest to the centre first."""
    rows = listening.reports(by).filter(pk__in=_ids_behind(alert), case_link__isnull=True)
    return sorted(rows.select_related("category"), key=lambda row: (_away(alert, row.lat, row.lon), row.pk))


def _away(alert: Alert, lat: float | None, lon: float | None) -> float:
    if None in (lat, lon, alert.lat, alert.lon):
        return 0.0
    return metres_between(alert.lat, alert.lon, lat, lon)  # type: ignore[arg-type]  # asked above


def _ids_behind(alert: Alert) -> list[int]:
    """Ids of every report in the zone and the days of an alert, whoever may see them: for counting only."""
    last_day = max([alert.last_day, *(seen.last_day for seen in sightings_of(alert)[:1])])
    rows = Report.objects.filter(
        legal_basis=LegalBasis.ADMINISTRATIVE,
        category__in=kinds_of(alert.group),
        received_at__gte=clock.start_of(alert.first_day),
        received_at__lt=clock.start_of(last_day + dt.timedelta(days=1)),
    ).exclude(state__in=NOT_COUNTED)
    if not alert.cells:
        return list(rows.filter(area_id=alert.area_id).order_by().values_list("pk", flat=True))
    grid, cells = Grid(alert.run.settings["grid_m"]), frozenset(alert.cells)
    points = rows.filter(_near(alert, grid.metres)).order_by().values_list("pk", "lat", "lon")
    return [pk for pk, lat, lon in points if grid.cell_of(lat, lon) in cells]


def _near(alert: Alert, metres: float) -> Q:
    """In the box around the circle of an alert, so many metres wider."""
    assert alert.lat is not None and alert.lon is not None  # the database asks it of an alert with cells
    south, west, north, east = box_around(alert.lat, alert.lon, alert.radius_m + metres)
    return Q(lat__range=(south, north), lon__range=(west, east))


@dataclass(frozen=True)
class HappenedHere:
    """A case that was worked on here, with what was measured of it."""

    case: Case
    outcome: Outcome | None


@dataclass(frozen=True)
class LastTime:
    """What was done here before: earlier alerts with their verdicts, cases with their outcomes."""

    alerts: list[Alert]
    cases: list[HappenedHere]

    @property
    def is_empty(self) -> bool:
        return not (self.alerts or self.cases)


def last_time(by: Actor, alert: Alert) -> LastTime:
    """Earlier alerts whose circles overlap and cases around, those that one may see. A fixed number of queries."""
    if alert.lat is None or alert.lon is None:
        earlier = _earlier(by, alert).filter(area=alert.area)[:REMEMBERED_ALERTS]
        return LastTime(list(earlier), [])
    far = alert.radius_m + AROUND_M
    # The widest circle of another alert is as wide as the settings let it be: the box takes all of them in.
    near = [
        row
        for row in _earlier(by, alert).filter(lat__isnull=False)[:500]
        if _away(alert, row.lat, row.lon) <= far + row.radius_m
    ]
    cases = (
        casework.cases(by).filter(_near(alert, AROUND_M)).exclude(pk=alert.case_id).in_lines().newest_first()
    )
    around = [case for case in cases[:200] if _away(alert, case.lat, case.lon) <= far][:REMEMBERED_CASES]
    if alert.case_id and (own := casework.cases(by).in_lines().filter(pk=alert.case_id).first()):
        around.insert(0, own)
    return LastTime(near[:REMEMBERED_ALERTS], list(_with_outcomes(around)))


def _earlier(by: Actor, alert: Alert) -> QuerySet[Alert]:
    rows = Alert.objects.visible_to(by).filter(found_on__lte=alert.found_on, pk__lt=alert.pk)
    return rows.in_lines().newest_first()


def _with_outcomes(cases: Iterable[Case]) -> Iterable[HappenedHere]:
    listed = list(cases)
    measures = outcomes.measures_of(listed)
    for case in listed:
        measure = measures.get(case.pk)
        yield HappenedHere(case, outcomes.outcome_of(case, measure) if measure else None)


def cases_to_link(by: Actor, alert: Alert) -> CaseRows:
    """Open cases of the administrative regime near an alert, for the choice of the one that follows it."""
    rows: Any = casework.cases(by).open().filter(legal_basis=LegalBasis.ADMINISTRATIVE)
    if alert.cells:
        rows = rows.filter(_near(alert, 500))
    elif alert.area_id:
        rows = rows.filter(area_id=alert.area_id)
    found: CaseRows = rows.in_lines().newest_first()[:30]
    return found
