"""Reads about alerts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from vicinia.domain.casework.models import Case
from vicinia.domain.foresight.models import Alert, AlertMove, AlertRows, AlertSighting, KindGroup
from vicinia.domain.foresight.rules import Zone
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# How far back a rise may have been seen for tonight's to be the same one: windows are a few weeks at most.
REMEMBERED = dt.timedelta(days=60)


def alerts(by: Actor) -> AlertRows:
    """The alerts that `by` may see, as lines of a list, the latest first."""
    return Alert.objects.visible_to(by).in_lines().newest_first()


def alert_named(by: Actor, reference: str) -> Alert:
    """The visible alert of this reference, with what its page shows (404 otherwise)."""
    rows = Alert.objects.visible_to(by).select_related("group", "area", "run", "case", "follows")
    row: Alert = rows.defer("area__boundary").one(reference=reference)
    return row


def alert_to_change(by: Actor, alert: Alert) -> Alert:
    """The same alert, read again and locked, if `by` may see it (404 otherwise)."""
    rows = Alert.objects.visible_to(by).select_for_update(of=("self",)).select_related("group", "area")
    row: Alert = rows.defer("area__boundary").one(pk=alert.pk)
    return row


def new_alerts(by: Actor) -> AlertRows:
    """Alerts that nobody has decided about."""
    return Alert.objects.visible_to(by).new()


def alerts_of_case(by: Actor, case: Case) -> list[Alert]:
    """The visible alerts that a case follows, the latest first."""
    return list(
        Alert.objects.visible_to(by).filter(case=case).select_related("group", "area").defer("area__boundary")
    )


def sightings_of(alert: Alert) -> QuerySet[AlertSighting]:
    """When the same rise was seen again, the latest first."""
    return alert.sightings.order_by("-seen_on", "-id")


@dataclass(frozen=True)
class Story:
    """What was decided about an alert, the latest first, and when it was seen again."""

    moves: list[AlertMove]
    sightings: list[AlertSighting]


def story_of(alert: Alert) -> Story:
    """Verdicts and sightings. Two queries."""
    return Story(list(alert.state_moves.order_by("-at", "-id")), list(sightings_of(alert)))


@dataclass(frozen=True)
class KnownAlert:
    """An alert with the zone in which it was last seen, and how many reports it had then."""

    alert: Alert
    zone: Zone
    observed: int


def recent_alerts_of(group: KindGroup, today: dt.date | None = None) -> list[KnownAlert]:
    """The alerts of a group that tonight's signals may be, the latest first. Two queries."""
    since = (today or clock.today()) - REMEMBERED
    rows = Alert.objects.filter(group=group, found_on__gte=since) | Alert.objects.filter(
        group=group, sightings__seen_on__gte=since
    )
    return [
        _known(alert) for alert in rows.distinct().prefetch_related("sightings").order_by("-found_on", "-id")
    ]


def _known(alert: Alert) -> KnownAlert:
    last: Alert | AlertSighting = max(alert.sightings.all(), key=lambda seen: seen.pk, default=None) or alert
    zone = Zone(frozenset(last.cells), alert.area_id, last.first_day, last.last_day)
    return KnownAlert(alert, zone, last.observed)
