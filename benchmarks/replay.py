"""How soon, and how exactly, a rise is seen at equal false alarms: python -m benchmarks.replay [--runs 40] [--years 4]

The replay of docs/analytics/scan.md: a made-up town of 1,000 places with 28 reports a day (a season, quiet weekends), looked at on the
evening of each day. Each method's own recurrence interval is held to what it gives on years in which nothing happens, so that all of
them are compared at the same useless alarms a year: one in 20, in 100 and in 365 days. Then come outbreaks of several kinds, and
changes that are no outbreak. A run is found on the first day on which an alarm touches the places where it is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from tqdm import tqdm

from vicinia_analytics.scan import (
    Calendar,
    Forecast,
    Places,
    PValue,
    ScanResult,
    Settings,
    Study,
    forecast,
    permutation,
)
from vicinia_analytics.scan.inputs import Floats, Ints
from vicinia_analytics.trends.cusum import CusumSettings, alarm_line, cusum
from vicinia_analytics.trends.seasonal import MovingSettings, moving_expectation
from vicinia_analytics.watch import WatchSettings, watch

HISTORY, PLACES, A_DAY, SIDE = 365, 1_000, 28.0, 10.0
EVERY = (20, 100, 365)
SHORT, LONG, NEAR, FEWEST = 7, 14, 0.75, 3
REPLICATIONS, BLOCKS = 299, 5
START = dt.date(2024, 1, 1)
Found = list[tuple[float, frozenset[int]]]
"""Alarms of one method on one evening: days between such alarms by chance, and where."""


# ---------------------------------------------------------------- towns and what happens in them


@dataclass(frozen=True)
class Town:
    """Where its places are, how much each reports, and reports by place and day."""

    at: Floats
    counts: Ints

    @property
    def region(self) -> Ints:
        """Which of the squares of 2 km each place is in."""
        cell = np.minimum((self.at / (SIDE / BLOCKS)).astype(int), BLOCKS - 1)
        return np.asarray(cell[:, 0] * BLOCKS + cell[:, 1])

    def study(self, evening: int) -> Study:
        """The year up to the evening of a day, counted from the end of the history."""
        names = tuple(str(number) for number in range(PLACES))
        counts = self.counts[:, evening : evening + HISTORY]
        days = Calendar(START, START + dt.timedelta(HISTORY - 1))
        return Study(Places(names, self.at[:, 0], self.at[:, 1]), days, np.ascontiguousarray(counts))


@dataclass(frozen=True)
class Scenario:
    """What happens in the days after the history: days looked at, and (random, town weights, positions) → rate more by place and day
    (or a factor on what there is), and the sets of places to be found."""

    days: int
    places: int = 0
    rate: Callable[[int], float] = lambda _: 0.0
    outbreaks: int = 1
    factor: Callable[[int], float] = lambda _: 1.0


WEEKEND, WEEKDAY = -0.35, 0.14
SCENARIOS = {
    "1 more a day": Scenario(7, 8, lambda _: 1.0),
    "2 more a day": Scenario(7, 8, lambda _: 2.0),
    "3 more a day": Scenario(7, 8, lambda _: 3.0),
    "wide: 40 places, 4 more": Scenario(7, 40, lambda _: 4.0),
    "slow: 0 to 3 in 3 weeks": Scenario(21, 8, lambda day: 3.0 * (day + 1) / 21),
    "two at once, 2 more": Scenario(7, 8, lambda _: 2.0, outbreaks=2),
    "weekends turn busy": Scenario(28, factor=lambda day: (1 + WEEKDAY) / (1 + WEEKEND) if day % 7 >= 5 else (1 + WEEKEND) / (1 + WEEKDAY)),
    "whole town, 4 in 10 more": Scenario(14, factor=lambda _: 1.4),
}  # fmt: skip


def make(seed: Sequence[int], scenario: Scenario) -> tuple[Town, list[frozenset[int]]]:
    """A town with its history and the days of the scenario, and the places of each outbreak."""
    random = np.random.default_rng(seed)
    at = random.uniform(0, SIDE, (PLACES, 2))
    weight = random.lognormal(0.0, 0.8, PLACES)
    days = np.arange(HISTORY + scenario.days)
    busy = 1 + 0.25 * np.sin(2 * np.pi * days / 365.25) + np.where(days % 7 >= 5, WEEKEND, WEEKDAY)
    busy[HISTORY:] *= [scenario.factor(day) for day in range(HISTORY, HISTORY + scenario.days)]
    counts = random.poisson(weight[:, None] / weight.sum() * A_DAY * busy[None, :])
    truth = []
    for _ in range(scenario.outbreaks if scenario.places else 0):
        centre = int(random.integers(PLACES))
        near = np.argsort(((at - at[centre]) ** 2).sum(axis=1), kind="stable")[: scenario.places]
        for day in range(scenario.days):
            there = random.choice(near, random.poisson(scenario.rate(day)))
            np.add.at(counts[:, HISTORY + day], there, 1)
        truth.append(frozenset(near.tolist()))
    return Town(at, counts), truth


# ---------------------------------------------------------------- methods


def _alarms(found: ScanResult) -> Found:
    return [(1 / max(c.gumbel_p_value or 1.0, 1e-12), frozenset(map(int, c.locations))) for c in found.clusters]  # fmt: skip


def _reference(study: Study) -> Found:
    return _alarms(permutation(study, _settings(max_length=LONG)))


def _permutation(study: Study) -> Found:
    return _alarms(permutation(study, _settings(max_length=SHORT, max_radius=NEAR, min_cases=FEWEST)))


def _expectation(study: Study) -> Found:
    """The days of the whole town are forecast from what was known before the window."""
    series = study.cases.sum(axis=0)
    known = moving_expectation(series, first=len(series) - SHORT, settings=MovingSettings(left_out=SHORT))
    expected = Forecast(known.mean, float(known.overdispersion[-1]))
    return _alarms(forecast(study, expected, _settings(max_length=SHORT, max_radius=NEAR, min_cases=FEWEST)))


def _combined(one: Found, other: Found) -> Found:
    """Geometric mean of the two chances of a cluster; of the other scan the best one that touches it."""
    return [
        ((every * max((there for there, where in other if where & places), default=1.0)) ** 0.5, places)
        for every, places in one
    ]


def _settings(**given: float) -> Settings:
    return Settings(p_value=PValue.GUMBEL, replications=REPLICATIONS, threads=1, **given)  # type: ignore[arg-type]


def _trends(town: Town, evenings: int) -> list[Found]:
    """Negative binomial CUSUM of each square of 2 km. A line for each rate of alarms, from 0 again after each alarm."""
    by_evening: list[Found] = [[] for _ in range(evenings)]
    region = town.region
    squares = np.unique(region).tolist()
    for number in squares:
        inside = region == number
        series = town.counts[inside].sum(axis=0)
        known = moving_expectation(series, first=HISTORY - 60, settings=MovingSettings(left_out=SHORT))
        where = frozenset(np.flatnonzero(inside).tolist())
        for days in (*EVERY, *(2 * every for every in EVERY)):
            # The squares are so many chances for the town to be alarmed.
            settings = CusumSettings(most_a_year=365.25 / days / len(squares))
            alarm = cusum(series, known, settings=settings, line=alarm_line(known, settings=settings)).alarm[
                -evenings:
            ]
            for evening in np.flatnonzero(alarm).tolist():
                by_evening[evening].append((float(days), where))
    return by_evening


def _either(one: Found, other: Found) -> Found:
    """Two ways to be alarmed: each is allowed half."""
    return [(every / 2, where) for every, where in one + other]


def look(town: Town, evenings: int) -> dict[str, list[Found]]:
    """What each method finds on the evening of each day after the history."""
    found: dict[str, list[Found]] = defaultdict(list)
    for evening in range(1, evenings + 1):
        study = town.study(evening)
        found["SaTScan's"].append(_reference(study))
        found["permutation"].append(_permutation(study))
        found["expectation"].append(_expectation(study))
        found["combined"].append(_combined(found["expectation"][-1], found["permutation"][-1]))
        found["two scales"].append(_either(found["permutation"][-1], found["SaTScan's"][-1]))
        shipped = watch(study, settings=WatchSettings(replications=REPLICATIONS, threads=1)).signals
        found["shipped"].append(
            [(signal.recurrence_days, frozenset(map(int, signal.core))) for signal in shipped]
        )
    found["trends"] = _trends(town, evenings)
    both = zip(found["permutation"], found["trends"], strict=True)
    found["permutation + trends"] = [_either(one, other) for one, other in both]
    return dict(found)


# ---------------------------------------------------------------- what comes of it


@dataclass
class Outcome:
    """Days until each run was found (None if it was not), and how well the places agree (Jaccard)."""

    days: list[int | None] = field(default_factory=list)
    overlap: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        found = [day for day in self.days if day is not None]
        mean = f"{np.mean(found):.2f}" if found else "-"
        overlap = f"{np.mean(self.overlap):.2f}" if self.overlap else "-"
        return f"{len(found):3}/{len(self.days)} {mean:>5} d {overlap:>4}"


def outcome(evenings: list[Found], truth: list[frozenset[int]], threshold: float, into: Outcome) -> None:
    """When all outbreaks of a run had been touched by an alarm."""
    left = list(truth)
    for day, found in enumerate(evenings):
        for places in list(left):
            touching = [where for every, where in found if every >= threshold and where & places]
            if touching:
                left.remove(places)
                into.overlap.append(max(len(where & places) / len(where | places) for where in touching))
        if not left:
            into.days.append(day)
            return
    into.days.append(None)


def _null(seed: int) -> dict[str, list[float]]:
    """The most surprising alarm of each evening of a year in which nothing happens."""
    town, _ = make([7, seed], Scenario(365))
    return {
        name: [max((every for every, _ in found), default=0.0) for found in evenings]
        for name, evenings in look(town, 365).items()
    }


def _run(task: tuple[str, int]) -> tuple[str, dict[str, list[Found]], list[frozenset[int]]]:
    name, number = task
    scenario = SCENARIOS[name]
    town, truth = make([11, list(SCENARIOS).index(name), number], scenario)
    return name, look(town, scenario.days), truth


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--runs", type=int, default=40)
    asked.add_argument("--years", type=int, default=4)
    given = asked.parse_args()
    os.environ.setdefault("NUMBA_NUM_THREADS", "1")
    with multiprocessing.Pool() as pool:
        years = list(tqdm(pool.imap_unordered(_null, range(given.years)), total=given.years, desc="years of nothing"))  # fmt: skip
        tasks = [(name, number) for name in SCENARIOS for number in range(given.runs)]
        runs = list(tqdm(pool.imap_unordered(_run, tasks, chunksize=4), total=len(tasks), desc="runs"))
    nights = 365 * given.years
    methods = list(years[0])
    calm = {name: np.array([every for year in years for every in year[name]]) for name in methods}
    print(f"\n{nights} evenings on which nothing happens: alarms by each method's own reckoning (expected)")
    print(f"{'':20}" + "".join(f"{f'1 in {days} d ({nights / days:.0f})':>18}" for days in EVERY))
    for name in methods:
        print(f"{name:20}" + "".join(f"{int((calm[name] >= days).sum()):18}" for days in EVERY))
    # A method whose alarms have only the rates of its own lines is taken at its word.
    own = {name for name in methods if len(np.unique(calm[name])) <= 2 * len(EVERY) + 1}
    line = {name: [days if name in own else float(np.quantile(calm[name], 1 - 1 / days)) for days in EVERY] for name in methods}  # fmt: skip
    for scenario, what in SCENARIOS.items():
        print(f"\n{scenario}: " + ("found within the days, mean delay, overlap" if what.places else "useless alarms, expected by chance"))  # fmt: skip
        mine = [(looks, truth) for name, looks, truth in runs if name == scenario]
        for name in methods:
            print(f"{name:20}" + "".join(f"{_cell(mine, name, what, line[name][at], days):>24}" for at, days in enumerate(EVERY)))  # fmt: skip


def _cell(mine: list[tuple[dict[str, list[Found]], list[frozenset[int]]]], name: str, what: Scenario, line: float, days: int) -> str:  # fmt: skip
    if what.places:
        into = Outcome()
        for looks, truth in mine:
            outcome(looks[name], truth, line, into)
        return str(into)
    alarms = sum(any(every >= line for every, _ in found) for looks, _ in mine for found in looks[name])
    return f"{alarms} ({len(mine) * what.days / days:.0f})"


if __name__ == "__main__":
    main()
