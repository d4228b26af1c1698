"""Jobs of the scan statistics: seeded towns of the same size as those SaTScan was timed on, and the real public sets.

Used by the benchmark and by the tests of `vicinia_analytics.scan`. Functions of real sets take the folder of the data.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from math import cos, floor, radians
from pathlib import Path

import numpy as np

from vicinia_analytics.scan import Calendar, Places, Study, Unit
from vicinia_analytics.scan.inputs import Floats
from vicinia_analytics.scan.population import Population, cases_by_stratum, expected_cases
from vicinia_analytics.scan.readers import read_events, read_places, read_population

START = dt.date(2024, 1, 1)
DAYS = 365
# name: seed, places, cases, injected (nearest places, last days, cases) or None
TOWNS: dict[str, tuple[int, int, int, tuple[int, int, int] | None]] = {
    "s": (20240603, 100, 1_000, (4, 5, 8)),
    "b": (20240601, 1_000, 10_000, None),
    "c": (20240602, 5_000, 50_000, None),
}


def town(name: str) -> Study:
    """A seeded town: places of uneven size, a season, quiet weekends; in "s", an outbreak in the last days."""
    seed, places, cases, injected = TOWNS[name]
    random = np.random.default_rng(seed)
    at = np.round(random.uniform(0, 10.0 if places <= 1000 else 20.0, (places, 2)), 5)
    weight = random.lognormal(0.0, 0.8, places)
    days = np.arange(DAYS)
    busy = 1 + 0.25 * np.sin(2 * np.pi * days / 365.25) + np.where(days % 7 >= 5, -0.35, 0.14)
    place = random.choice(places, cases, p=weight / weight.sum())
    day = random.choice(DAYS, cases, p=busy / busy.sum())
    if injected:
        nearest, last, extra = injected
        centre = int(random.integers(places))
        near = np.argsort(((at - at[centre]) ** 2).sum(axis=1), kind="stable")[:nearest]
        there, then = random.choice(near, extra), random.integers(DAYS - last, DAYS, extra)
        keep = np.ones(cases, dtype=bool)
        keep[random.choice(cases, extra, replace=False)] = False
        place, day = np.concatenate([place[keep], there]), np.concatenate([day[keep], then])
    counts = np.zeros((places, DAYS), dtype=np.int64)
    np.add.at(counts, (place, day), 1)
    names = tuple(f"L{number}" for number in range(places))
    return Study(Places(names, at[:, 0], at[:, 1]), Calendar(START, START + dt.timedelta(DAYS - 1)), counts)


def on_a_grid(points: Iterable[tuple[dt.date, float, float]], start: dt.date, end: dt.date) -> Study:
    """Reports at (day, x, y) in km, snapped to cells of 100 m named by their corner in hundreds of metres."""
    counted = Counter((floor(x * 10), floor(y * 10), day) for day, x, y in points)
    cells = sorted({(x, y) for x, y, _ in counted})
    places = Places.of([(f"{x} {y}", x / 10 + 0.05, y / 10 + 0.05) for x, y in cells])
    rows = [(f"{x} {y}", day, count) for (x, y, day), count in counted.items()]
    return Study.of(rows, places=places, start=start, end=end)


def zurich(data: Path) -> Study:
    """Waste reports of Züri wie neu, the 365 days to 30 December 2025."""
    end = dt.date(2025, 12, 30)
    start = end - dt.timedelta(364)
    with (data / "zurich/reports_cleaned.csv").open(encoding="utf-8") as file:
        points = [
            (dt.date.fromisoformat(row["date"]), float(row["e"]) / 1000, float(row["n"]) / 1000)
            for row in csv.DictReader(file)
            if row["service_code"].startswith("Abfall")
        ]
    return on_a_grid([point for point in points if start <= point[0] <= end], start, end)


def boston(data: Path) -> Study:
    """Graffiti of Boston's 311 in 2015."""
    north, east = 111.32, 111.32 * cos(radians(42.33))  # km a degree
    with gzip.open(data / "boston311_2015.csv.gz", "rt", encoding="utf-8") as file:
        points = [
            (dt.date.fromisoformat(row["opened"][:10]), float(row["lon"]) * east, float(row["lat"]) * north)
            for row in csv.DictReader(file)
            if row["type"] in {"Graffiti Removal", "PWD Graffiti"}
        ]
    return on_a_grid(points, dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def nyc_fever(data: Path) -> Study:
    """Fever in New York's emergency departments, November 2001 (SaTScan user guide)."""
    places = read_places(data / "scan/NYCfever.geo")
    rows = [(event.place, event.when.first, event.count) for event in read_events(data / "scan/NYCfever.cas", places)]  # fmt: skip
    return Study.of(rows, places=places, start=dt.date(2001, 11, 1), end=dt.date(2001, 11, 24))


def new_mexico(data: Path) -> tuple[Study, Floats]:
    """Brain cancer in New Mexico 1973–1991 (SaTScan user guide), and what population, age and sex lead to expect."""
    places = read_places(data / "scan/nm.geo")
    table = read_population(data / "scan/nm.pop", places)
    events = read_events(data / "scan/nm.cas", places, covariates=table.covariates)
    study = Study.of(
        [(event.place, event.when.first, event.count) for event in events], places=places, start=dt.date(1973, 1, 1),
        end=dt.date(1991, 12, 31), unit=Unit.YEAR,
    )  # fmt: skip
    people = Population.of(table.rows, places=places)
    strata = cases_by_stratum([(event.when.first, event.count, event.stratum) for event in events], people, study.calendar)  # fmt: skip
    return study, expected_cases(people, strata, study.calendar)


def new_mexico_expected(data: Path) -> tuple[Study, Floats]:
    """New Mexico 1986–1989 by county seat, and the baseline that 1973–1985 give (as in the R package scanstatistics)."""
    from vicinia_analytics.regression import poisson_regression

    with (data / "scan/NM_geo.csv").open(encoding="utf-8") as file:
        seats = [row for row in csv.DictReader(file) if row["county"] != "cibola"]
    with (data / "scan/NM_popcas.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["county"] != "cibola"]
    places = Places.of([(row["county"], float(row["seat_lat"]), float(row["seat_long"])) for row in seats], geographic=True)  # fmt: skip
    year, count, people = (np.array([float(row[name]) for row in rows]) for name in ("year", "count", "population"))  # fmt: skip
    design, past = np.column_stack([np.ones(len(year)), year - 1980]), year <= 1985
    fit = poisson_regression(design[past], count[past], offset=np.log(people[past]))
    predicted = np.exp(fit.predict(design, np.log(people))[0])
    index, cases, baseline = places.index(), np.zeros((len(places), 4), np.int64), np.zeros((len(places), 4))
    for row, this_year, cases_here, expected in zip(rows, year, count, predicted, strict=True):
        if 1986 <= this_year < 1990:
            at = index[row["county"]], int(this_year) - 1986
            cases[at], baseline[at] = cases_here, expected
    return Study(places, Calendar(dt.date(1986, 1, 1), dt.date(1989, 12, 31), Unit.YEAR), cases), baseline


def sids(data: Path, years: tuple[str, ...]) -> tuple[Study, Floats]:
    """Sudden infant deaths in North Carolina (Cressie and Read 1985); years: "74", or "74" and "79", for 1974–78 and 1979–84."""
    with (data / "scan/sids.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    places = Places.of([(row["NAME"], float(row["lat"]), float(row["lon"])) for row in rows], geographic=True)
    sums: Callable[[str], list[list[int]]] = lambda name: [[sum(int(row[name + year]) for year in years)] for row in rows]  # noqa: E731  # fmt: skip
    calendar = Calendar(dt.date(1974, 1, 1), dt.date(1974, 1, 1))
    return Study(places, calendar, np.array(sums("SID"))), np.array(sums("BIR"), dtype=np.float64)
