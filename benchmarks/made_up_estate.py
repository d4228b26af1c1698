"""Made-up estates to be renovated: always the same for a seed, of the sizes that such programmes have.

Buildings of staircases with two to four flats a landing, one above the other: flats of one stack are alike, as in real estates. One lot is
one building (or more stairs); lots are worked on one after the other, from period 1 until before the last, in which all is open again. The
pool is spare flats that are empty and never under works, in buildings of their own. `tiny` makes cases that can be solved by trying everything.

    python -m benchmarks.made_up_estate 132 99 6 14 --pool 12 > instance.json
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from vicinia_analytics.rehousing import Adequacy, Dwelling, Fixed, Household, Instance

ADEQUACY = Adequacy({1: 28.0, 2: 40.0, 3: 60.0, 4: 70.0, 5: 80.0, 6: 95.0}, 0.15)
# Rooms of a flat, m² from and to, and how many of a hundred are so.
FLATS = ((1, 28, 38, 15), (2, 42, 55, 35), (3, 58, 72, 30), (4, 74, 86, 15), (5, 88, 95, 5))
LANDING = 4
# Parts of a hundred households.
FRAGILE, STEP_FREE_NEEDS, CLAIMS, REFUSING, NEAR = 0.12, 0.10, 0.20, 0.06, 0.08
LIFTS = 0.55


class Size(NamedTuple):
    """How large an estate is; `dwellings` counts the pool."""

    dwellings: int
    households: int
    lots: int
    periods: int
    pool: int
    tight: float = 0.0


SIZES = {
    "building": Size(50, 34, 3, 8, 8),
    "estate": Size(132, 99, 6, 14, 12),
    "estate without pool": Size(120, 99, 6, 14, 0),
    "laboratory": Size(318, 237, 12, 14, 30),
    "very tight": Size(120, 99, 6, 9, 0, 0.5),
    "large laboratory": Size(520, 412, 20, 22, 40),
    "thousand": Size(1260, 1000, 24, 26, 84),
}
"""The sizes of the table in docs/analytics/rehousing.md, and one of a thousand households."""


def estate(
    dwellings: int, households: int, lots: int, periods: int, pool: int, seed: int, tight: float = 0.0
) -> Instance:
    """An estate of a size, the pool among the dwellings.

    tight (0 to 1): so many more households are one person larger and need a place without steps, and so many fewer houses have a
    lift. Raises ValueError for more households than dwellings outside the pool, or fewer than three periods.
    """
    if households > dwellings - pool or periods < 3 or lots < 1:
        raise ValueError("An estate needs a home for each household, a lot, and three periods.")
    random = np.random.default_rng(seed)
    built = _dwellings(random, dwellings - pool, lots, periods, tight)
    homes = sorted(random.choice(len(built), households, replace=False).tolist())
    spare = _building(random, "P", "pool", pool, (True,) * periods, LIFTS)
    everywhere = (*built, *spare)
    people = [
        _household(random, f"h{at + 1}", built[home], everywhere, tight) for at, home in enumerate(homes)
    ]
    return Instance(
        tuple(f"{2027 + at // 4}-{at % 4 * 3 + 1:02}" for at in range(periods)),
        everywhere,
        tuple(_with_near(random, people)),
        ADEQUACY,
    )


def works(lots: int, periods: int) -> list[range]:
    """When each lot is under works: one after the other, in period 1 at the earliest and never in the last.

    More lots than periods between: some are worked on together.
    """
    edges = [1 + at * (periods - 2) / lots for at in range(lots + 1)]
    return [range(int(begin), max(int(end), int(begin) + 1)) for begin, end in pairwise(edges)]


def _dwellings(
    random: np.random.Generator, number: int, lots: int, periods: int, tight: float
) -> tuple[Dwelling, ...]:
    out: list[Dwelling] = []
    for at, window in enumerate(works(lots, periods)):
        size = number * (at + 1) // lots - number * at // lots
        available = tuple(period not in window for period in range(periods))
        out += _building(random, f"B{at + 1}", f"{at + 1}", size, available, LIFTS * (1 - tight))
    return tuple(out)


def _building(
    random: np.random.Generator, name: str, lot: str, size: int, available: tuple[bool, ...], lifts: float
) -> list[Dwelling]:
    """Flats of a building, floor after floor; without a lift only the ground floor has no steps."""
    has_lift = bool(random.random() < lifts)
    shares = np.array([share for *_, share in FLATS]) / 100
    stacks = []
    for kind in random.choice(len(FLATS), LANDING, p=shares):
        rooms, least, most, _ = FLATS[kind]
        stacks.append((rooms, float(random.integers(least, most + 1))))
    return [
        Dwelling(
            f"{name}-{at + 1}",
            name,
            lot,
            area_m2=stacks[at % LANDING][1],
            rooms=stacks[at % LANDING][0],
            step_free=has_lift or at < LANDING,
            available=available,
        )
        for at in range(size)
    ]


def _household(
    random: np.random.Generator, name: str, home: Dwelling, everywhere: tuple[Dwelling, ...], tight: float
) -> Household:
    """A household that mostly fits its home: as many people as its area is enough for, or fewer, or one too many."""
    fitting = max(size for size in range(1, 7) if size == 1 or ADEQUACY.required(size) <= home.area_m2)
    size = fitting - int(random.choice(4, p=(0.3, 0.35, 0.2, 0.15))) + int(random.random() < 0.08 + tight / 2)
    size = min(6, max(1, size))
    fragile = bool(random.random() < FRAGILE)
    claims = bool(random.random() < CLAIMS)
    refused = 0 if random.random() >= REFUSING else int(random.integers(1, 4))
    others = [dwelling.id for dwelling in everywhere if dwelling.id != home.id]
    return Household(
        name,
        home.id,
        size,
        needs_step_free=bool(random.random() < (STEP_FREE_NEEDS + tight / 10) * (2 if fragile else 1)),
        fragile=fragile,
        max_moves=1 if fragile and not claims else 2,
        claims_return=claims,
        refuses=frozenset(
            str(one) for one in random.choice(others, min(refused, len(others)), replace=False)
        ),
    )


def _with_near(random: np.random.Generator, people: list[Household]) -> list[Household]:
    """The households, some of which want to stay near the next one."""
    out = []
    for at, one in enumerate(people):
        near = (people[at + 1].id,) if at + 1 < len(people) and random.random() < NEAR else ()
        out.append(replace(one, near=near))
    return out


def tiny(seed: int) -> Instance:
    """Two to four households, three to five dwellings, three or four periods, and every kind of rule somewhere.

    Nothing is as in a real estate: availability, locks and refusals are drawn, so that the rules meet each other. Some have no plan.
    """
    random = np.random.default_rng(seed)
    people = int(random.integers(2, 5))
    number = int(random.integers(max(3, people), 6))
    # Four households over four periods would be too many cases to try.
    periods = 3 if people == 4 else int(random.integers(3, 5))
    dwellings = tuple(_tiny_dwelling(random, at, periods, is_home=at < people) for at in range(number))
    households = tuple(_tiny_household(random, at, people, number) for at in range(people))
    names = [dwelling.id for dwelling in dwellings]
    return Instance(
        tuple(f"2027-{at + 1:02}" for at in range(periods)),
        dwellings,
        households,
        Adequacy({1: 28.0, 2: 40.0, 3: 60.0}, float(random.choice([0.0, 0.15]))),
        _tiny_locks(random, households, names, periods),
        moves_per_period=None if random.random() < 0.6 else int(random.choice(3, p=(0.1, 0.5, 0.4))),
        published=None
        if random.random() < 0.6
        else {one.id: _tiny_row(random, one.home, names, periods) for one in households},
    )


def _tiny_dwelling(random: np.random.Generator, at: int, periods: int, *, is_home: bool) -> Dwelling:
    building = str(random.choice(["A", "B"]))
    drawn = (random.random(periods) < 0.65).tolist()
    return Dwelling(
        f"d{at + 1}",
        building,
        building,
        area_m2=float(random.choice([30.0, 34.0, 45.0, 62.0])),
        rooms=int(random.integers(1, 5)),
        step_free=bool(random.random() < 0.6),
        available=(is_home or bool(drawn[0]), *(bool(one) for one in drawn[1:])),
    )


def _tiny_household(random: np.random.Generator, at: int, people: int, dwellings: int) -> Household:
    others = [f"h{other + 1}" for other in range(people) if other != at]
    refused = random.choice(dwellings, int(random.integers(0, 3)), replace=False)
    return Household(
        f"h{at + 1}",
        f"d{at + 1}",
        size=int(random.integers(1, 5)),
        needs_step_free=bool(random.random() < 0.25),
        fragile=bool(random.random() < 0.3),
        max_moves=int(random.choice(4, p=(0.1, 0.25, 0.4, 0.25))),
        claims_return=bool(random.random() < 0.2),
        near=(str(random.choice(others)),) if random.random() < 0.4 else (),
        refuses=frozenset(f"d{one + 1}" for one in refused) if random.random() < 0.4 else frozenset(),
    )


def _tiny_locks(
    random: np.random.Generator, households: tuple[Household, ...], names: list[str], periods: int
) -> tuple[Fixed, ...]:
    if random.random() < 0.7:
        return ()
    locked = random.choice(len(households), int(random.integers(1, 3)), replace=False)
    return tuple(
        Fixed(
            households[at].id,
            int(random.integers(1, periods)),
            None if random.random() < 0.2 else str(random.choice(names)),
        )
        for at in locked
    )


def _tiny_row(
    random: np.random.Generator, home: str, names: list[str], periods: int
) -> tuple[str | None, ...]:
    """What was published: mostly where one was before."""
    row: list[str | None] = [home]
    for _ in range(periods - 1):
        drawn = random.random()
        row.append(row[-1] if drawn < 0.5 else None if drawn < 0.6 else str(random.choice(names)))
    return tuple(row)


def main() -> None:
    """Write an estate as JSON."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("dwellings", "households", "lots", "periods"):
        asked.add_argument(name, type=int)
    asked.add_argument("--pool", type=int, default=0, help="spare flats, among the dwellings")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--tight", type=float, default=0.0, help="0 to 1: larger households, fewer lifts")
    json.dump(estate(**vars(asked.parse_args())).to_json(), sys.stdout)


if __name__ == "__main__":
    main()
