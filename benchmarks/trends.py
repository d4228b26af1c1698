"""How soon a rise is found at the same number of false alarms: negative binomial CUSUM, Farrington flexible and EARS.

Made-up towns of kinds × areas: daily series of several sizes with quiet weekends and a yearly wave, five years behind them. Each
method's threshold is set on years in which nothing happens, so that all give as many false alarms a year; then a rise grows over
`RAMP` days to `RISE` times the usual in every series. A method that never finds it within `HORIZON` days counts with `HORIZON`.
The measure is that of Watkins et al. 2008, BMC Medical Informatics and Decision Making 8:37.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Callable

import numpy as np

from vicinia_analytics.trends import (
    CusumSettings,
    Ears,
    EarsSettings,
    FarringtonSettings,
    alarm_line,
    cusum,
    ears,
    farrington,
    seasonal_expectation,
)

SIZES = {"rare": 0.3, "usual": 1.0, "common": 3.0}
OVERDISPERSION = 0.2
PAST = 5 * 364
WATCHED = 364
HORIZON = 84
RISE, RAMP = 2.5, 42
RATE = 2.0
MONDAY = dt.date(2020, 1, 6)

Score = Callable[[np.ndarray], tuple[np.ndarray, int]]
"""A series → its scores over the watched time, and how many days each stands for."""


def means(size: float) -> np.ndarray:
    """Cases expected on each day: a yearly wave, and half as many at weekends."""
    day = np.arange(PAST + WATCHED)
    return size * np.exp(0.3 * np.sin(2 * np.pi * day / 365.25)) * np.array([1.2] * 5 + [0.6, 0.4])[day % 7]


def drawn(mean: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Counts that vary more than Poisson."""
    return random.negative_binomial(1 / OVERDISPERSION, 1 / (1 + OVERDISPERSION * mean))


def with_rise(mean: np.ndarray, start: int) -> np.ndarray:
    """A rise that grows evenly and stays."""
    grown = np.clip((np.arange(len(mean)) - start + 1) / RAMP, 0, 1)
    return mean * (1 + (RISE - 1) * grown)


def by_ears(method: Ears, baseline: int = 7) -> Score:
    """Scores of one of the EARS methods."""
    settings = EarsSettings(method=method, baseline=baseline)
    return lambda counts: (ears(counts, first=PAST, settings=settings).score, 1)


def by_farrington(counts: np.ndarray) -> tuple[np.ndarray, int]:
    """Weekly scores: how surprising the week's count is."""
    weekly = counts.reshape(-1, 7).sum(axis=1)
    found = farrington(
        weekly, first_day=MONDAY, first=PAST // 7, settings=FarringtonSettings(trend_p=0.05, least_cases=0)
    )
    return np.log(found.recurrence_days), 7


def alarm_days(scores: np.ndarray, threshold: float, step: int) -> np.ndarray:
    """Last days of the times whose score passes."""
    return np.flatnonzero(scores > threshold) * step + step - 1


def threshold_for(nulls: list[np.ndarray], step: int) -> float:
    """The score that quiet years pass as often as agreed."""
    pooled = np.sort(np.concatenate(nulls))[::-1]
    return float(pooled[round(RATE * len(nulls) * len(nulls[0]) * step / 365.25)])


def delay(days: np.ndarray, start: int) -> int:
    """Days from the start of the rise to the first alarm after it."""
    after = days[days >= start]
    return min(int(after[0]) - start + 1, HORIZON) if len(after) else HORIZON


def measure(size: float, runs: int, seed: int) -> dict[str, tuple[float, float, float]]:
    """False alarms a year, mean delay and share found in 28 days, of each method on series of one size."""
    random = np.random.default_rng(seed)
    mean = means(size)
    quiet = [drawn(mean, random) for _ in range(2 * runs)]
    starts = random.integers(0, WATCHED - HORIZON, runs)
    risen = [drawn(with_rise(mean, PAST + start), random) for start in starts]
    found = {}
    # Scores of small counts are often equal: a grain of chance lets any agreed rate be met.
    grain = np.random.default_rng([seed, 1])
    methods: dict[str, Score] = {"Farrington flexible": by_farrington}
    methods |= {f"EARS {method}": by_ears(method) for method in Ears} | {
        "EARS C2, 28 days": by_ears(Ears.C2, 28)
    }
    for name, score in methods.items():
        nulls = [_grained(score(counts), grain) for counts in quiet]
        # The first half sets the threshold, the second says whether it holds.
        threshold = threshold_for([one for one, _ in nulls[:runs]], nulls[0][1])
        alarms = [alarm_days(one, threshold, step) for one, step in nulls[runs:]]
        delays = [delay(alarm_days(*_passed(_grained(score(counts), grain), threshold)), start) for counts, start in zip(risen, starts, strict=True)]  # fmt: skip
        found[name] = _row(alarms, delays)
    settings = CusumSettings(most_a_year=RATE)
    alarms = [_sums(counts, settings) for counts in quiet[runs:]]
    delays = [delay(_sums(counts, settings), start) for counts, start in zip(risen, starts, strict=True)]
    return {"negative binomial CUSUM": _row(alarms, delays)} | found


def _grained(scored: tuple[np.ndarray, int], grain: np.random.Generator) -> tuple[np.ndarray, int]:
    return scored[0] + 1e-6 * grain.random(len(scored[0])), scored[1]


def _passed(scored: tuple[np.ndarray, int], threshold: float) -> tuple[np.ndarray, float, int]:
    return scored[0], threshold, scored[1]


def _sums(counts: np.ndarray, settings: CusumSettings) -> np.ndarray:
    known = seasonal_expectation(counts, first=PAST)
    watch = cusum(counts, known, settings=settings, line=alarm_line(known, settings=settings))
    return watch.alarms - PAST


def _row(alarms: list[np.ndarray], delays: list[int]) -> tuple[float, float, float]:
    rate = sum(len(days) for days in alarms) * 365.25 / (len(alarms) * WATCHED)
    return rate, float(np.mean(delays)), float(np.mean([days <= 28 for days in delays]))


def main() -> None:
    """Print a table for each size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=60, help="series a method watches, of each size")
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    print(
        f"A rise to {RISE} × over {RAMP} days, {RATE:g} false alarms a year and series, {options.runs} runs"
    )
    for name, size in SIZES.items():
        started = time.process_time()
        print(f"\n{name}: {size:g} a day | false alarms a year | days to find | found in 28 days")
        for method, (rate, days, soon) in measure(size, options.runs, options.seed).items():
            print(f"{method:25} | {rate:19.2f} | {days:12.1f} | {soon:16.0%}")
        print(f"({time.process_time() - started:.0f} s of CPU)")


if __name__ == "__main__":
    main()
