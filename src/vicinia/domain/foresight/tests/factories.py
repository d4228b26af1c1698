"""Registers with and without a rise, and alerts, for tests."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from vicinia.domain.foresight import actions
from vicinia.domain.foresight.engine import Looked, Signal
from vicinia.domain.foresight.models import Alert, GroupKind, KindGroup, Run
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

JOB = Actor.job("foresight.watch")


def group(name: str = "Rumore", *kinds: Category) -> KindGroup:
    """A group of kinds, of noise unless said otherwise."""
    row, _made = KindGroup.objects.get_or_create(name=name)
    for one in kinds or (kind(),):
        GroupKind.objects.get_or_create(group=row, category=one)
    return row


def reports(
    area: Area | None, days: Sequence[dt.date], *, lat: float, lon: float, **fields: Any
) -> list[Report]:
    """Reports at a point, one for each day, as quickly as a thousand of them need."""
    first = Report.objects.count()
    rows = [
        Report(
            reference=f"t-{first + number}",
            channel="web",
            title="Musica alta",
            received_at=clock.start_of(day) + dt.timedelta(hours=10),
            lat=lat,
            lon=lon,
            area=area,
            **({"category": kind()} | fields),
        )
        for number, day in enumerate(days)
    ]
    return Report.objects.bulk_create(rows)


def background(
    area: Area, until: dt.date, *, days: int = 365, places: int = 25, each: int = 12, **fields: Any
) -> None:
    """Reports here and there in an area, as many everywhere and always: nothing rises."""
    chance = random.Random(7)
    side = int(places**0.5)
    assert area.south is not None and area.west is not None
    for place in range(places):
        lat = area.south + 0.0005 + 0.009 * (place // side) / side
        lon = area.west + 0.0005 + 0.009 * (place % side) / side
        # Nothing in the last days: what a test adds there stands out by itself.
        dates = [until - dt.timedelta(days=chance.randrange(0, days)) for _one in range(each)]
        reports(area, dates, lat=lat, lon=lon, **fields)


def burst(area: Area, last_day: dt.date, *, number: int = 9, days: int = 4, **fields: Any) -> list[Report]:
    """Reports on one spot of an area in a few days: what an alert is for."""
    assert area.south is not None and area.west is not None
    dates = [last_day - dt.timedelta(days=one % days) for one in range(number)]
    return reports(area, dates, lat=area.south + 0.0052, lon=area.west + 0.0052, **fields)


def signal(counts: Any, cells: Sequence[str], **fields: Any) -> Signal:
    """A signal that passes any threshold, over the last week of some counts."""
    values: dict[str, Any] = {
        "method": "permutation",
        "cells": tuple(cells),
        "area_id": None,
        "centre": counts.grid.centre(cells[0]) if cells else None,
        "radius_m": 150 if cells else 0,
        "first_day": counts.last_day - dt.timedelta(days=6),
        "last_day": counts.last_day,
        "observed": 9,
        "expected": 1.4,
        "statistic": 12.5,
        "p_value": 0.0001,
    } | fields
    return Signal(**values, recurrence_days=1 / values["p_value"])


def run_with(*signals_of: Any, by: Actor | None = None, last_day: dt.date | None = None) -> Run:
    """A nightly run in which the engine is said to find something: a function from counts to signals for each group in turn."""
    from vicinia.domain.foresight import queries

    night = last_day or clock.today() - dt.timedelta(days=1)
    run = actions.queue_night(by=JOB, last_day=night)
    assert run is not None
    run = actions.begin_run(by=JOB, run=run)
    found = []
    for row, make in zip(queries.inputs_of(run), signals_of, strict=True):
        made = tuple(make(queries.counts_of(row.counts)))
        found.append(actions.Found(row, Looked(made, 1, 0, "pretended 1")))
    return actions.finish_run(by=JOB, run=run, found=found)


def cell_of(report: Report, metres: int = 100) -> str:
    from vicinia.domain.foresight.counts import Grid

    assert report.lat is not None and report.lon is not None
    return Grid(metres).cell_of(report.lat, report.lon)


def alert_in(
    area: Area, *, last_day: dt.date | None = None, name: str = "Rumore", kind_: Category | None = None
) -> Alert:
    """An alert on nine reports of an area, found last night."""
    night = last_day or clock.today() - dt.timedelta(days=1)
    group(name, *([kind_] if kind_ else []))
    found = burst(area, night, **({"category": kind_} if kind_ else {}))
    wanted = group(name, *([kind_] if kind_ else []))
    makers = []
    for row in KindGroup.objects.order_by("position", "id"):
        is_it = row.pk == wanted.pk
        makers.append(
            (lambda counts: [signal(counts, [cell_of(found[0])])]) if is_it else (lambda counts: [])
        )
    run = run_with(*makers, last_day=night)
    alert: Alert = run.alerts.get()
    return alert
