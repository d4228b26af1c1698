"""The promise of the budget: in a year in which nothing happens there are about as many useless alerts as were allowed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from scipy.stats import poisson

from vicinia.domain.foresight import engine, rules
from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.engine import Looked, Looking

pytestmark = pytest.mark.scale
BUDGET, GROUPS, YEAR = 12, 2, 365
FIRST = dt.date(2025, 1, 1)
GRID = Grid(100)


def year_of_nothing(seed: int) -> list[tuple[dt.date, float, float, int]]:
    """Two years of about three reports a day, busier on weekdays, from 150 spots in three areas, uneven ones; nothing ever rises."""
    chance = np.random.default_rng(seed)
    spots = [
        (45.0 + chance.uniform(0, 0.03), 9.0 + chance.uniform(0, 0.04), 1 + number % 6)
        for number in range(150)
    ]
    weight = chance.lognormal(0, 0.8, len(spots))
    rows = []
    for day in range(2 * YEAR):
        many = chance.poisson(3.4 if day % 7 < 5 else 2.0)
        for spot in chance.choice(len(spots), many, p=weight / weight.sum()).tolist():
            rows.append((FIRST + dt.timedelta(days=day), *spots[spot]))
    return rows


def looked_at(rows: list[tuple[dt.date, float, float, int]], last_day: dt.date) -> Looked:
    """What the engine finds on a night, without what the budget has nothing to do with."""
    first_day = last_day - dt.timedelta(days=YEAR - 1)
    counts = Counts.of(rows, grid=GRID, first_day=first_day, last_day=last_day)
    places = engine._places(counts, Looking(7, 750), last_day.toordinal(), None)
    areas, watched = engine._areas(counts)
    return Looked((places or ()) + areas, int(places is not None), watched, "watch")


def test_a_year_of_nothing_gives_the_useless_alerts_that_were_allowed() -> None:
    groups = [year_of_nothing(seed) for seed in range(GROUPS)]
    known: list[list[rules.Zone]] = [[] for _ in groups]
    alerts = 0
    for night in range(YEAR):
        last_day = FIRST + dt.timedelta(days=YEAR + night)
        looked = [looked_at(rows, last_day) for rows in groups]
        tests = rules.Tests(sum(one.scans for one in looked), sum(one.trends for one in looked))
        weighed = [tests.weighed(s.p_value, s.method) for one in looked for s in one.signals]
        cutoff = rules.cutoff(weighed, tests.all, BUDGET)
        for of_group, one in zip(known, looked, strict=True):
            for signal in one.signals:
                zone = rules.Zone(frozenset(signal.cells), signal.area_id, signal.first_day, signal.last_day)
                same = next((old for old in of_group if rules.is_same(old, zone)), None)
                if same is None and tests.weighed(signal.p_value, signal.method) <= cutoff:
                    alerts += 1
                    of_group.append(zone)
                elif same is not None and signal.p_value <= rules.STILL_THERE:
                    of_group.append(zone)  # the rise goes on: it is no second alert
    least, most = poisson.ppf([0.005, 0.995], BUDGET)
    print(
        f"{alerts} useless alerts in a year of nothing; {BUDGET} allowed, {least:.0f} to {most:.0f} expected"
    )
    assert alerts <= most
    assert alerts >= 1, "a watch that is never wrong is one that looks at nothing"
