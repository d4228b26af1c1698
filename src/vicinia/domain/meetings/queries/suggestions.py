"""Which open cases a meeting might talk about, and why: as suggestions, chosen by a tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case, CaseRows, Matter
from vicinia.domain.casework.states import CaseKind, Stage
from vicinia.domain.meetings.models import Meeting
from vicinia.domain.meetings.states import Reason
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import OPEN_STATES
from vicinia.domain.risk.models import Assessment
from vicinia.domain.risk.states import Band
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MOST_OF_EACH = 15
MANY_REPORTS = 4
STALLED_AFTER_DAYS = 45


@dataclass(frozen=True)
class Suggestion:
    """An open case that is proposed, and the reasons, the weightiest first."""

    case: Case
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in words."""
        return " · ".join(str(Reason(reason).label) for reason in self.reasons)


def suggestions(by: Actor, meeting: Meeting) -> list[Suggestion]:
    """Cases that `by` may see, of the meeting's areas, not on its agenda yet. Seven queries; most reasons first."""
    area_ids = [area.pk for area in meeting.areas.all()]
    rows = casework.cases(by).open()
    if area_ids:
        rows = rows.filter(area_id__in=area_ids)
    rows = rows.exclude(pk__in=meeting.items.exclude(case=None).order_by().values("case_id"))
    reasons: dict[int, list[str]] = {}
    for reason, ids in _found(rows):
        for pk in ids:
            reasons.setdefault(pk, []).append(reason)
    cases = {case.pk: case for case in casework.cases(by).in_lines().filter(pk__in=reasons)}
    found = [Suggestion(cases[pk], tuple(why)) for pk, why in reasons.items() if pk in cases]
    return sorted(found, key=lambda one: (-len(one.reasons), -one.case.pk))


def _found(rows: CaseRows) -> Iterator[tuple[str, Collection[int]]]:
    """For each reason, the ids of the cases that it speaks for."""
    yield Reason.RISK, _ids(rows.annotate(band=_last_band()).filter(band=Band.HIGH))
    yield Reason.BLOCKED, _ids(rows.filter(pk__in=_of(Matter.objects.exclude(blocks=""))))
    yield Reason.REFERRAL, _ids(rows.filter(pk__in=_of(Referral.objects.filter(state__in=OPEN_STATES))))
    places = rows.filter(kind=CaseKind.PLACE).annotate(report_count=Count("report_links"))
    yield Reason.REPORTS, _ids(places.filter(report_count__gte=MANY_REPORTS))
    long_ago = clock.now() - dt.timedelta(days=STALLED_AFTER_DAYS)
    waiting = ~Q(stage=Stage.WATCHING)
    yield Reason.STALLED, _ids(rows.filter(waiting, stage_since__lt=long_ago).order_by("stage_since", "id"))


def _of(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values("case_id")


def _last_band() -> Subquery:
    last = Assessment.objects.filter(case=OuterRef("pk")).order_by("-id")
    return Subquery(last.values("band")[:1])


def _ids(rows: QuerySet[Any]) -> list[int]:
    return [row.pk for row in rows.only("pk")[:MOST_OF_EACH]]
