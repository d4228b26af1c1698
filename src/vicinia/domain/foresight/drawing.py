"""The pictures of early warning: days as bars, a place as squares and a circle, weeks as bars. Numbers in, drawings out."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import atan2, cos, degrees, radians
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.foresight import sentences
from vicinia.domain.foresight.counts import Counts
from vicinia.domain.foresight.models import Alert, CurveDay
from vicinia.domain.foresight.queries import Tally
from vicinia.domain.listening.models import Report
from vicinia.foundation.look import dates
from vicinia.foundation.look.charts import Bar, BarSeries
from vicinia_analytics.geometry import metres_between

# How far around an alert its surroundings are shown: so many times its radius, and never less than so many metres.
SURROUNDINGS, LEAST_SURROUNDINGS_M = 3, 400
# From how many reports on a square is darker.
DARKER = (3, 10)


# ---------------------------------------------------------------- what has changed


def curve(alert: Alert) -> BarSeries:
    """The last days of the zone: what was observed, blue in the days of the alert; what was expected and usual."""
    days = alert.curve_days
    return BarSeries(
        title=_("Segnalazioni al giorno %(where)s") % {"where": sentences.where(alert)},
        sentence=_curve_sentence(alert, days),
        bars=tuple(_curve_bar(alert, day) for day in days),
        label_heading=_("Giorno"),
        value_heading=_("Segnalazioni"),
        note=_(
            "In blu i giorni dell'allerta. Tratteggio: quante se ne attendevano. Fascia: quante sono normali."
        ),
    )


def _curve_bar(alert: Alert, day: CurveDay) -> Bar:
    meaning = "" if alert.first_day <= day.day <= alert.last_day else "plain"
    label = dates.short_day_words(day.day)
    return Bar(label, day.observed, meaning=meaning, expected=day.expected, usual=day.usual)


def _curve_sentence(alert: Alert, days: list[CurveDay]) -> str:
    before = [day.observed for day in days if day.day < alert.first_day]
    now = ngettext(
        "Nel giorno dell'allerta: %(count)s.", "Nei %(n)s giorni dell'allerta: %(count)s.", alert.days
    )
    words = now % {"n": alert.days, "count": alert.observed}
    if before:
        earlier = ngettext("Nel giorno prima: %(count)s.", "Nei %(n)s giorni prima: %(count)s.", len(before))
        words += " " + earlier % {"n": len(before), "count": sum(before)}
    return words


# ---------------------------------------------------------------- where


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the map of an alert shows, each as JSON; and the same in words: how many reports, in which direction.

    `metres` is how far from its centre the zone reaches, half a cell included; `since` the first day that is counted.
    """

    lat: float
    lon: float
    metres: int
    since: dt.date
    circles: str
    cells: str
    points: str
    directions: list[tuple[str, int]]


def surroundings(alert: Alert, counts: Counts, reports: Iterable[Report]) -> Surroundings | None:
    """The zone, the reports of the alert that one may see, and in squares those before it. None without a zone."""
    if alert.lat is None or alert.lon is None:
        return None
    metres = alert.radius_m + counts.grid.metres // 2
    before = _before(alert, counts, max(SURROUNDINGS * metres, LEAST_SURROUNDINGS_M))
    return Surroundings(
        lat=alert.lat,
        lon=alert.lon,
        metres=metres,
        since=counts.first_day,
        circles=json.dumps(
            [{"lat": alert.lat, "lon": alert.lon, "metres": metres, "kind": "zone", "name": ""}]
        ),
        cells=json.dumps([_square(counts, cell, count) for cell, count in before.items()]),
        points=json.dumps(
            {"type": "FeatureCollection", "features": [_point(one) for one in reports if one.has_point]}
        ),
        directions=_directions(alert, counts, before),
    )


def _before(alert: Alert, counts: Counts, far: int) -> dict[str, int]:
    """How many reports each cell nearby had before the alert began."""
    assert alert.lat is not None and alert.lon is not None  # who calls has asked
    until = (alert.first_day - counts.first_day).days
    found: Counter[str] = Counter()
    for cell, day, count in counts.cells:
        if day < until and metres_between(alert.lat, alert.lon, *counts.grid.centre(cell)) <= far:
            found[cell] += count
    return dict(sorted(found.items()))


def _square(counts: Counts, cell: str, count: int) -> dict[str, Any]:
    south, west, north, east = counts.grid.box(cell)
    level = 1 + sum(count >= least for least in DARKER)
    return {
        "box": [[round(south, 6), round(west, 6)], [round(north, 6), round(east, 6)]],
        "count": count,
        "level": level,
    }


def _point(report: Report) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [report.lon, report.lat]},
        "properties": {
            "label": f"{report.reference} {report.title}",
            "url": reverse("report", args=[report.reference]),
        },
    }


def _directions(alert: Alert, counts: Counts, before: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many reports in the zone, then in each direction around it, for who does not see the map."""
    assert alert.lat is not None and alert.lon is not None  # who calls has asked
    around = [_("a nord"), _("a nord-est"), _("a est"), _("a sud-est"), _("a sud"), _("a sud-ovest"), _("a ovest"), _("a nord-ovest")]  # fmt: skip
    inside, found = 0, [0] * len(around)
    for cell, count in before.items():
        if cell in alert.cells:
            inside += count
            continue
        lat, lon = counts.grid.centre(cell)
        angle = degrees(atan2((lon - alert.lon) * cos(radians(lat)), lat - alert.lat)) % 360
        found[round(angle / 45) % len(around)] += count
    outside = [(words, count) for words, count in zip(around, found, strict=True) if count]
    return [(_("nel cerchio"), inside), *outside]


# ---------------------------------------------------------------- how well alerts do


def weeks(tallies: Mapping[dt.date, Tally]) -> BarSeries:
    """Alerts week by week, from its Monday, with what was decided about them."""
    bars = tuple(_week_bar(monday, tally) for monday, tally in tallies.items())
    return BarSeries(
        title=_("Allerte alla settimana"),
        sentence=_weeks_sentence(sum(tally.found for tally in tallies.values()), next(iter(tallies))),
        bars=bars,
        label_heading=_("Settimana dal"),
        value_heading=_("Allerte"),
        parts=(_("utili"), _("da decidere"), _("inutili")),
    )


def _week_bar(monday: dt.date, tally: Tally) -> Bar:
    parts = ((tally.useful, "done"), (tally.undecided, "due"), (tally.useless, "plain"))
    return Bar(dates.short_day_words(monday), tally.found, parts=parts)


def _weeks_sentence(total: int, first: dt.date) -> str:
    if not total:
        return _("Ancora nessuna allerta.")
    words = ngettext(
        "Dal %(first)s c'è stata %(n)s allerta.", "Dal %(first)s ci sono state %(n)s allerte.", total
    )
    return words % {"n": total, "first": dates.day_of_month_words(first)}
