"""How much presence each area has had, at which hours, and what was seen. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from vicinia.domain.presence.models import Observation
from vicinia.domain.presence.queries.rounds import observations, rounds
from vicinia.domain.presence.states import HOUR_BANDS, ObservationKind, RoundState
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates

POINTS_AT_MOST = 2000
MEANINGS = {
    ObservationKind.QUIET: "done",
    ObservationKind.POSITIVE: "done",
    ObservationKind.DECAY: "due",
    ObservationKind.DAMAGE: "due",
    ObservationKind.DISORDER: "late",
    ObservationKind.CONFLICT: "late",
}


@dataclass
class Cell:
    """Presence in an hour band: minutes on foot and how many things were seen."""

    minutes: float = 0.0
    seen: int = 0

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)

    @property
    def is_empty(self) -> bool:
        return not (self.minutes or self.seen)


@dataclass
class Line:
    """A row of a coverage table: an area or a weekday, its cells by hour band, its sum."""

    label: str
    cells: list[Cell] = field(default_factory=lambda: [Cell() for _band in HOUR_BANDS])
    total: Cell = field(default_factory=Cell)
    rounds: int = 0
    last_on: dt.date | None = None


@dataclass(frozen=True)
class Coverage:
    """Presence over a period, by area and by weekday."""

    bands: list[str]
    areas: list[Line]
    weekdays: list[Line]
    rounds: int
    total: Cell

    @property
    def is_empty(self) -> bool:
        return not (self.rounds or self.total.seen)


def coverage(by: Actor, since: dt.date, until: dt.date, area_id: int | None = None) -> Coverage:
    """Rounds that ended and what was seen from a day to a day, both included. Three queries.

    The time of a round through several areas is shared among them in equal parts.
    """
    areas = {pk: Line(name) for pk, name in territory.reference_area_choices() if by.covers(pk)}
    if area_id is not None:
        areas = {pk: line for pk, line in areas.items() if pk == area_id}
    weekdays = [Line(str(name)) for name in WEEKDAYS.values()]
    counted = set()
    for pk, started_at, ended_at, through in _rounds(by, since, until):
        here = [areas[one] for one in through if one in areas]
        if here:
            counted.add(pk)
        for line in here:
            line.rounds += 1
            line.last_on = max(line.last_on or dt.date.min, timezone.localdate(started_at))
        for weekday, band, minutes in pieces(started_at, ended_at):
            _spend(here, weekdays[weekday], band, minutes / len(through))
    for seen_area, at in _seen(by, since, until):
        if seen_area in areas:
            local = timezone.localtime(at)
            for line in (areas[seen_area], weekdays[local.weekday()]):
                line.cells[band_of(local.hour)].seen += 1
                line.total.seen += 1
    total = Cell(
        sum(line.total.minutes for line in areas.values()), sum(line.total.seen for line in areas.values())
    )
    return Coverage(band_names(), list(areas.values()), weekdays, len(counted), total)


def _spend(here: list[Line], weekday: Line, band: int, minutes: float) -> None:
    for line in here:
        for row in (line, weekday):
            row.cells[band].minutes += minutes
            row.total.minutes += minutes


def _rounds(
    by: Actor, since: dt.date, until: dt.date
) -> Iterator[tuple[int, dt.datetime, dt.datetime, list[int]]]:
    ended = rounds(by).filter(state=RoundState.DONE, **_within("started_at", since, until))
    rows = ended.order_by("pk").values_list("pk", "started_at", "ended_at", "areas")
    through: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for *row, area in rows:
        through[tuple(row)].append(area)
    for (pk, started_at, ended_at), area_ids in through.items():
        yield pk, started_at, ended_at, area_ids


def _seen(by: Actor, since: dt.date, until: dt.date) -> Iterator[tuple[int | None, dt.datetime]]:
    yield from observations(by).filter(**_within("at", since, until)).order_by().values_list("area_id", "at")


def _within(name: str, since: dt.date, until: dt.date) -> dict[str, dt.datetime]:
    after = clock.start_of(until + dt.timedelta(days=1))
    return {f"{name}__gte": clock.start_of(since), f"{name}__lt": after}


def pieces(started_at: dt.datetime, ended_at: dt.datetime) -> Iterator[tuple[int, int, float]]:
    """A stretch of time cut at the edges of the hour bands: weekday, band and minutes of each piece."""
    at = timezone.localtime(started_at)
    end = timezone.localtime(ended_at)
    while at < end:
        band = band_of(at.hour)
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        edge = midnight + dt.timedelta(hours=HOUR_BANDS[band][1])
        following = min(edge, end)
        yield at.weekday(), band, (following - at).total_seconds() / 60
        at = following


def band_of(hour: int) -> int:
    return next(place for place, (first, after) in enumerate(HOUR_BANDS) if first <= hour < after)


def band_names() -> list[str]:
    return [_("%(from)s–%(to)s") % {"from": first, "to": after} for first, after in HOUR_BANDS]


def points(by: Actor, since: dt.date, until: dt.date, area_id: int | None = None) -> list[dict[str, Any]]:
    """What was seen in a period, as GeoJSON features; nothing of what was written. One query."""
    rows = observations(by).filter(**_within("at", since, until))
    if area_id is not None:
        rows = rows.filter(area_id=area_id)
    rows = rows.select_related("stop__case", "stop__contact", "stop__place", "round").order_by("-at", "-id")
    rows = rows.defer("words", "round__notes", "stop__contact__reach_words").annotate(
        ref=F("round__reference")
    )
    return [_feature(row, row.point) for row in rows[:POINTS_AT_MOST] if row.point is not None]


def _feature(row: Observation, point: tuple[float, float]) -> dict[str, Any]:
    label = f"{row.get_kind_display()}, {dates.short_day_words(row.at)}"
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]},
        "properties": {
            "label": label,
            "url": f"/giri/{row.round.reference}",
            "meaning": MEANINGS[ObservationKind(row.kind)],
        },
    }
