"""Slow twins of the compiled loops: the same definitions in plain Python, without any of the tricks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log

import numpy as np

from vicinia_analytics.scan import Settings, Study
from vicinia_analytics.scan.inputs import Floats, Ints

_64 = (1 << 64) - 1
Score = Callable[[int, float], float]
Zone = tuple[int, ...]


class Random:
    """xoshiro256++ whose state comes from the seed and the number of the replicate."""

    def __init__(self, seed: int, replicate: int) -> None:
        golden = 0x9E3779B97F4A7C15
        x = self._mix((seed + golden) & _64) ^ (replicate * golden & _64)
        self.state = []
        for _ in range(4):
            x = (x + golden) & _64
            self.state.append(self._mix(x))

    @staticmethod
    def _mix(x: int) -> int:
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & _64
        x = (x ^ x >> 27) * 0x94D049BB133111EB & _64
        return x ^ x >> 31

    @staticmethod
    def _turn(x: int, by: int) -> int:
        return (x << by | x >> 64 - by) & _64

    def word(self) -> int:
        a, b, c, d = self.state
        out = (self._turn((a + d) & _64, 23) + a) & _64
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        self.state = [a, b, c ^ (self.state[1] << 17 & _64), self._turn(d, 45)]
        return out

    def below(self, n: int) -> int:
        """Each of 0 … n − 1 as likely: words that would favour some are thrown away."""
        while True:
            product = (self.word() >> 32) * n
            if product % 2**32 >= 2**32 % n:
                return product >> 32

    def unit(self) -> float:
        return (self.word() >> 11) / 2**53

    def shuffled(self, things: list[int], first: int) -> list[int]:
        """Fisher–Yates as far as the first so many."""
        out = list(things)
        for j in range(first):
            at = j + self.below(len(out) - j)
            out[j], out[at] = out[at], out[j]
        return out


def kulldorff(total: float) -> Score:
    """ln of the likelihood with its own rate inside and outside, over one rate everywhere (Kulldorff 1997)."""

    def score(c: int, mu: float) -> float:
        if c <= mu:
            return 0.0
        return c * log(c / mu) + ((total - c) * log((total - c) / (total - mu)) if c < total else 0.0)

    return score


def expectation(c: int, b: float) -> float:
    """ln of Poisson(c | c) over Poisson(c | b) (Neill 2009)."""
    return c * log(c / b) + b - c if c > b else 0.0


def bernoulli(total: int, everyone: int) -> Score:
    """The same for chances of being a case among cases and controls: three binomial likelihoods."""

    def likelihood(cases: float, of: float) -> float:
        return sum(part * log(part / of) for part in (cases, of - cases) if part > 0)

    def score(c: int, n: float) -> float:
        if c * (everyone - n) <= (total - c) * n:
            return 0.0
        return likelihood(c, n) + likelihood(total - c, everyone - n) - likelihood(total, everyone)

    return score


def zones(study: Study, measure: Floats | Ints, settings: Settings) -> list[list[Zone]]:
    """Zones of each centre: it and its nearest one by one, within radius, share and number."""
    places, out = study.places, []
    for centre in range(len(places)):
        km = places.distances_km(np.array([centre]))[0]
        # To the millimetre, as the engine compares them.
        order = sorted(range(len(places)), key=lambda place, km=km: (round(float(km[place]) * 1e6), place))  # type: ignore[misc]
        here: list[Zone] = []
        for size in range(1, len(order) + 1):
            zone = tuple(order[:size])
            far = settings.max_radius is not None and km[zone[-1]] > settings.max_radius + 1e-9
            many = settings.max_places is not None and size > settings.max_places
            if far or many or sum(measure[place] for place in zone) > settings.max_share * float(sum(measure)) * (1 + 1e-12):  # fmt: skip
                break
            here.append(zone)
        out.append(here)
    return out


def windows(periods: int, settings: Settings) -> Iterator[tuple[int, int]]:
    """First and last period of every window."""
    longest = min(settings.max_length or max(1, periods // 2), periods)
    for last in range(periods):
        if settings.prospective and last < periods - 1:
            continue
        for length in range(settings.min_length, longest + 1):
            if last - length + 1 >= 0:
                yield last - length + 1, last


def best(
    counts: Ints, base: Floats, around: list[list[Zone]], settings: Settings, score: Score
) -> tuple[float, Zone, tuple[int, int]]:
    """The best score of all zones and windows with two cases or more, its smallest zone and its window."""
    found: tuple[float, Zone, tuple[int, int]] = (0.0, (), (-1, -1))
    for here in around:
        for zone in here:
            for first, last in windows(counts.shape[1], settings):
                c = int(sum(counts[place, t] for place in zone for t in range(first, last + 1)))
                b = float(sum(base[place, t] for place in zone for t in range(first, last + 1)))
                if c < 2:
                    continue
                value = score(c, b)
                if value > found[0] + 1e-9 or (abs(value - found[0]) <= 1e-9 and value > 0 and len(zone) < len(found[1])):  # fmt: skip
                    found = value, zone, (first, last)
    return found


def latest_permuted(cases: Ints, settings: Settings, replicate: int, ages: list[int] | None = None) -> Ints:
    """Counts of the longest window if the dates went round: which cases the latest days, one after another, draw.

    ages: how many cases each of the latest days has, the last one first; those of the data unless told.
    """
    places, periods = cases.shape
    longest = min(settings.max_length or max(1, periods // 2), periods)
    of_cases = [place for t in reversed(range(periods)) for place in range(places) for _ in range(cases[place, t])]  # fmt: skip
    a_day = cases.sum(axis=0)[::-1].tolist() if ages is None else ages
    dates = [periods - 1 - age for age, number in enumerate(a_day) for _ in range(number)]
    inside = sum(1 for t in dates if t >= periods - longest)
    drawn = Random(settings.seed, replicate).shuffled(of_cases, inside)
    out = np.zeros((places, longest), dtype=np.int64)
    for place, t in zip(drawn[:inside], dates[:inside], strict=True):
        out[place, t - (periods - longest)] += 1
    return out


def permuted(cases: Ints, seed: int, replicate: int) -> Ints:
    """All dates go round among the cases."""
    where, when = np.nonzero(cases)
    of_cases = [int(place) for place, t in zip(where, when, strict=True) for _ in range(cases[place, t])]
    dates = [int(t) for place, t in zip(where, when, strict=True) for _ in range(cases[place, t])]
    out = np.zeros_like(cases)
    for place, t in zip(of_cases, Random(seed, replicate).shuffled(dates, len(dates)), strict=True):
        out[place, t] += 1
    return out


def chosen(everyone: Ints, cases: int, seed: int, replicate: int) -> Ints:
    """Which of all are the cases."""
    cells = [cell for cell, count in enumerate(everyone.ravel().tolist()) for _ in range(count)]
    out = np.zeros(everyone.size, dtype=np.int64)
    for cell in Random(seed, replicate).shuffled(cells, cases)[:cases]:
        out[cell] += 1
    return out.reshape(everyone.shape)


def scattered(shape: tuple[int, ...], alias: Ints, threshold: Floats, cases: int, seed: int, replicate: int) -> Ints:  # fmt: skip
    """Cases one by one in a cell, or in its alias."""
    random, out = Random(seed, replicate), np.zeros(int(np.prod(shape)), dtype=np.int64)
    for _ in range(cases):
        cell = random.below(len(threshold))
        out[cell if random.unit() < threshold[cell] else int(alias[cell])] += 1
    return out.reshape(shape)
