"""Civic numbers along the streets, the houses they stand on, and the buildings with stairs."""

import math
from functools import partial
from random import Random

from shapely import STRtree, affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import unary_union

from vicinia.demo.seeded import stream
from vicinia.demo.town import plan
from vicinia.demo.town.network import Network
from vicinia.demo.town.shapes import Building, Civic, Quarter, Street

# metres between two doors on one side, and from the middle of the street to the door
FRONTAGE = {
    "Centro": (13, 6),
    "Crocetta": (25, 11),
    "Sant'Agnese": (25, 11),
    "Ponte Vecchio": (25, 11),
    "San Lazzaro": (25, 11),
    "Stazione": (21, 9),
    "Villaggio Artigiano": (38, 15),
    "Le Corti": (26, 12),
}
NO_DOORS = {"bypass"}


def number_streets(seed: int, quarters: tuple[Quarter, ...], network: Network) -> tuple[Civic, ...]:
    """Give every door its number: odd on the left, even on the right, with a few exponents and gaps."""
    kept_free = _kept_free(network)
    lines = STRtree([street.line for street in network.streets])
    civics: list[Civic] = []
    for street in network.streets:
        if street.rank not in NO_DOORS:
            civics += _doors(
                street, quarters, kept_free, lines, network.streets, stream(seed, "doors", street.label)
            )
    return tuple(civics)


def _kept_free(network: Network) -> Polygon:
    railway = plan.curve(plan.RAILWAY).buffer(20)
    canal = plan.curve(plan.CANAL).buffer(16)
    squares = [
        Polygon(street.line.coords).buffer(-2) for street in network.streets if street.rank == "square"
    ]
    return unary_union([railway, canal, *[park.outline for park in network.parks], *squares])


def _doors(
    street: Street,
    quarters: tuple[Quarter, ...],
    kept_free: Polygon,
    lines: STRtree,
    streets: tuple[Street, ...],
    rng: Random,
) -> list[Civic]:
    step, setback = FRONTAGE[street.quarter]
    if street.rank == "rural":
        step = 90
    if street.rank == "radial":
        step += 4
    found: list[Civic] = []
    for side, first in ((1, 1), (-1, 2)):
        if street.rank == "square" and side == _inner_side(street.line):
            continue
        number, reach = first, step * rng.uniform(0.5, 0.9)
        while reach < street.line.length - step * 0.3:
            x, y, _ = beside(street.line, reach, side * (4 if street.rank == "square" else setback))
            point = Point(x, y)
            quarter = next((area for area in quarters if area.outline.contains(point)), None)
            near = [streets[i] for i in lines.query(point, predicate="dwithin", distance=5.0)]
            if quarter and not kept_free.contains(point) and all(other is street for other in near):
                found += _at_door(street, quarter, number, x, y, rng)
            number += 2 if rng.random() > 0.06 else 4
            reach += step * rng.uniform(0.75, 1.3) * (3 if math.hypot(x, y) > 1080 else 1)
            if street.rank == "square":
                number -= 1
    return found


def _at_door(street: Street, quarter: Quarter, number: int, x: float, y: float, rng: Random) -> list[Civic]:
    year = 1971 if quarter.name == "Centro" else rng.choice((1971, 1971, 1981, 1991, 2004))
    exponents = [""]
    if rng.random() < 0.08:
        exponents += ["A", "B", "C"][: rng.choice((1, 1, 1, 2, 3))]
    section = (
        sum(map(ord, quarter.code)) % 40 * 10 + int((x + 2000) // 500) % 4 + int((y + 2000) // 500) % 4 * 2
    )
    return [
        Civic(
            street.code, street.dug, street.name, number, exponent, quarter.name,
            round(x + 1.6 * place, 1), round(y + 1.1 * place, 1), section, f"{year}-10-25",
        )
        for place, exponent in enumerate(exponents)
        if quarter.outline.contains(Point(x + 1.6 * place, y + 1.1 * place))
    ]  # fmt: skip


def _inner_side(ring: LineString) -> int:
    return 1 if Polygon(ring.coords).exterior.is_ccw else -1


def beside(line: LineString, reach: float, offset: float) -> tuple[float, float, float]:
    """Give the point that far along the line and that far to its left, with the line's direction in degrees."""
    here = line.interpolate(reach)
    ahead, behind = line.interpolate(min(reach + 3, line.length)), line.interpolate(max(reach - 3, 0))
    angle = math.atan2(ahead.y - behind.y, ahead.x - behind.x)
    return here.x - math.sin(angle) * offset, here.y + math.cos(angle) * offset, math.degrees(angle)


def build_houses(
    seed: int, network: Network, civics: tuple[Civic, ...], taken: list[Polygon]
) -> tuple[Polygon, ...]:
    """Draw what stands in the blocks: curtains in the old town, sheds in the workshops' quarter, houses elsewhere."""
    rng = stream(seed, "houses")
    streets = unary_union([street.line.buffer(5.5) for street in network.streets if street.rank != "square"])
    houses = [house for quarter, block in network.blocks if quarter == "Centro" for house in _curtain(block)]
    houses += _row(civics, network, streets, [*houses, *taken], rng)
    return tuple(houses)


def _curtain(block: Polygon) -> list[Polygon]:
    outer = block.buffer(-4.2, join_style="mitre").simplify(1.5)
    ring = outer.difference(outer.buffer(-13, join_style="mitre"))
    parts = getattr(ring, "geoms", [ring])
    return [part for part in parts if isinstance(part, Polygon) and part.area > 60]


def _row(
    civics: tuple[Civic, ...], network: Network, streets: Polygon, taken: list[Polygon], rng: Random
) -> list[Polygon]:
    lines = {street.code: street.line for street in network.streets}
    free = _kept_free(network).union(streets)
    built, houses = STRtree(taken), []
    grid: dict[tuple[int, int], list[Polygon]] = {}
    for civic in civics:
        if civic.quarter == "Centro" or civic.exponent or rng.random() < 0.12:
            continue
        house = _house(civic, lines[civic.street_code], rng)
        cell = (int(civic.x // 40), int(civic.y // 40))
        near = [
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in grid.get((cell[0] + i, cell[1] + j), [])
        ]
        if (
            house.intersects(free)
            or any(house.intersects(other) for other in near)
            or len(built.query(house))
        ):
            continue
        grid.setdefault(cell, []).append(house)
        houses.append(house)
    return houses


def _house(civic: Civic, line: LineString, rng: Random) -> Polygon:
    width, depth = {
        "Villaggio Artigiano": (rng.uniform(20, 32), rng.uniform(28, 46)),
        "Crocetta": (rng.uniform(15, 24), rng.uniform(11, 14)),
        "Stazione": (rng.uniform(13, 20), rng.uniform(11, 14)),
        "Le Corti": (rng.uniform(16, 26), 11),
    }.get(civic.quarter, (rng.uniform(10, 15), rng.uniform(9, 13)))
    reach = line.project(Point(civic.x, civic.y))
    x, y, angle = beside(line, reach, 0)
    away = math.atan2(civic.y - y, civic.x - x)
    middle = (civic.x + math.cos(away) * depth / 2, civic.y + math.sin(away) * depth / 2)
    house = box(middle[0] - width / 2, middle[1] - depth / 2, middle[0] + width / 2, middle[1] + depth / 2)
    return affinity.rotate(house, angle)


def build_courts(network: Network, civics: tuple[Civic, ...]) -> tuple[Building, ...]:
    """Raise the public housing: the courts of Le Corti, and the block of Via dei Mille 12 in Crocetta."""
    blocks = sorted(
        (block for quarter, block in network.blocks if quarter == "Le Corti"),
        key=lambda block: (-block.area, block.centroid.x),
    )
    courts: list[Building] = []
    used: set[Civic] = set()
    for block in blocks[:7]:
        outline = _court(block)
        around = [
            civic for civic in civics
            if civic.quarter == "Le Corti" and not civic.exponent and civic.name != "Modena" and block.contains(Point(civic.x, civic.y)) and civic not in used
        ]  # fmt: skip
        if outline is None or not around:
            continue
        door = min(around, key=partial(_reach, outline))
        used.add(door)
        letter = "ABCDEFGH"[len(courts)]
        stairs = tuple("ABCDEF"[: max(3, min(6, int(outline.area // 420)))])
        courts.append(
            Building(
                f"COR-{letter}",
                f"Corte {letter}",
                door,
                "Le Corti",
                "ACER",
                stairs,
                5,
                letter in "ABD",
                outline,
            )
        )
    mille = next(civic for civic in civics if civic.label == "Via dei Mille 12")
    line = next(street.line for street in network.streets if street.code == mille.street_code)
    x, y, angle = beside(line, line.project(Point(mille.x, mille.y)), 0)
    away = math.atan2(mille.y - y, mille.x - x)
    slab = box(mille.x - 24, mille.y - 6, mille.x + 24, mille.y + 6)
    outline = affinity.translate(affinity.rotate(slab, angle), 7 * math.cos(away), 7 * math.sin(away))
    courts.append(
        Building("MIL-12", "Via dei Mille 12", mille, "Crocetta", "ACER", ("A", "B", "C"), 6, True, outline)
    )
    return tuple(courts)


def _reach(outline: Polygon, civic: Civic) -> float:
    return float(outline.distance(Point(civic.x, civic.y)))


def _court(block: Polygon) -> Polygon | None:
    """A building around a courtyard, open on one corner."""
    outer = block.buffer(-15, join_style="mitre").simplify(2)
    inner = outer.buffer(-12, join_style="mitre")
    if not isinstance(outer, Polygon) or not isinstance(inner, Polygon) or inner.area < 500:
        return None
    gap = Point(outer.exterior.coords[0]).buffer(20)
    ring = outer.difference(inner).difference(gap)
    return max(getattr(ring, "geoms", [ring]), key=lambda part: part.area)
