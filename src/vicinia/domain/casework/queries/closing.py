"""What comes after a closing: days to look at, new reports, what reporters say."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet

from vicinia.domain.casework.models import Case, ClosingRequest, OutcomeReply, WatchPoint
from vicinia.domain.casework.queries.cases import NEAR_METRES, cases, row_of
from vicinia.domain.casework.states import OutcomeVerdict
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible


def watch_points_due(by: Actor) -> QuerySet[WatchPoint]:
    """Closed cases of mine whose evolution is to be looked at; for who assigns, also of who has left."""
    whose = Q(owner_id=by.user_id)
    if by.can(Capability.ASSIGN):
        whose |= Q(owner__is_active=False)
    mine = cases(by).closed().filter(whose)
    rows = WatchPoint.objects.filter(
        case__in=mine, done_at__isnull=True, cancelled_at__isnull=True, due_on__lte=clock.today()
    )
    return rows.select_related("case").order_by("due_on", "id")


def contested(by: Actor) -> QuerySet[OutcomeReply]:
    """Outcomes that reporters contest and nobody has dealt with, on my cases (or all, for who assigns)."""
    rows = OutcomeReply.objects.filter(
        verdict=OutcomeVerdict.CONTESTED, handled_at__isnull=True, case__in=cases(by).closed()
    )
    if not by.everywhere:
        rows = rows.filter(case__owner_id=by.user_id)
    return rows.select_related("case", "report").order_by("created_at", "id")


def reply_to_closing(report: Report, case: Case) -> OutcomeReply | None:
    """What the reporter last said of this closing."""
    if case.closed_at is None:
        return None
    return OutcomeReply.objects.filter(report=report, case=case, closed_at=case.closed_at).last()


def new_reports_since_closing(case: Case) -> int:
    """How many reports of the same kind came from within 150 m (or the same area, without a point) after closing."""
    return _since_closing(case).count()


def reports_since_closing(by: Actor, case: Case) -> ReportRows:
    """The same reports, those that `by` may see, newest first."""
    visible = listening.reports(by).order_by().values("pk")
    return _since_closing(case).filter(pk__in=visible).in_lines().order_by("-received_at", "-id")


def _since_closing(case: Case) -> ReportRows:
    if case.closed_at is None:
        return Report.objects.none()
    rows = Report.objects.filter(category_id=case.category_id, received_at__gt=case.closed_at)
    rows = rows.exclude(case_link__case=case)
    if case.lat is not None and case.lon is not None:
        return listening.near(rows, case.lat, case.lon, NEAR_METRES)
    return rows.filter(area_id=case.area_id) if case.area_id else rows.none()


def watched() -> QuerySet[Case]:
    """Closed cases whose days of watching are not over."""
    since = clock.now() - dt.timedelta(days=max(watch_days(), default=0))
    return Case.objects.closed().filter(closed_at__gte=since).order_by("id")


def closing_of(case: Case) -> ClosingRequest:
    """The last request to close a case (404 when nobody has ever asked)."""
    found = case.closing_requests.select_related("case__owner", "asked_by").first()
    if found is None:
        raise NotVisible
    return found


def watch_days() -> list[int]:
    return [int(day) for day in settings.WATCH_DAYS]


def open_contests(case: Case) -> QuerySet[OutcomeReply]:
    """Contests of this closing that wait for an answer."""
    rows = case.outcome_replies.filter(verdict=OutcomeVerdict.CONTESTED, handled_at__isnull=True)
    return rows.select_related("report")


def watch_points_of(case: Case) -> QuerySet[WatchPoint]:
    return case.watch_points.filter(cancelled_at__isnull=True)


def watch_point_of(case: Case, pk: int) -> WatchPoint:
    row: WatchPoint = row_of(watch_points_of(case).select_related("case"), pk)
    return row


def contest_of(case: Case, pk: int) -> OutcomeReply:
    row: OutcomeReply = row_of(open_contests(case).select_related("case"), pk)
    return row
