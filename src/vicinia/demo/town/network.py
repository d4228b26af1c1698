"""The streets between the main roads: blocks are cut again and again, bending the cuts a little."""

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from shapely import affinity
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.ops import polygonize, split, substring, unary_union

from vicinia.demo.seeded import stream
from vicinia.demo.town import plan
from vicinia.demo.town.names import LOCAL_NAMES
from vicinia.demo.town.shapes import Park, Quarter, Street


@dataclass(frozen=True)
class Weave:
    """How a quarter is cut: size of its blocks in square metres, bend and tilt of its cuts."""

    block: float
    bend: float
    tilt: float


WEAVES = {
    "Centro": Weave(9_800, 0.10, 13),
    "Crocetta": Weave(23_000, 0.02, 3),
    "Sant'Agnese": Weave(27_000, 0.07, 7),
    "Ponte Vecchio": Weave(25_000, 0.06, 7),
    "San Lazzaro": Weave(25_000, 0.035, 5),
    "Stazione": Weave(21_000, 0.025, 4),
    "Villaggio Artigiano": Weave(36_000, 0.0, 1),
    "Le Corti": Weave(17_000, 0.05, 4),
}
PARKS: dict[str, tuple[str, ...]] = {
    "Centro": ("Giardini della Rocca",),
    "Crocetta": ("Parco della Liberazione", "Giardino Norma Cossetti"),
    "Sant'Agnese": ("Parco delle Magnolie",),
    "Ponte Vecchio": ("Parco del Canale", "Giardino dei Salici"),
    "San Lazzaro": ("Parco XXII Aprile", "Campo sportivo San Lazzaro"),
    "Stazione": ("Giardini pubblici",),
    "Villaggio Artigiano": ("Area verde dei Fonditori",),
    "Le Corti": ("Parco delle Corti", "Orti dei Gelsi"),
}
SQUARES: dict[str, tuple[tuple[str, str], ...]] = {
    "Centro": (("Piazza", "delle Erbe"), ("Piazzetta", "San Rocco")),
    "Crocetta": (("Piazza", "Liberazione"),),
    "Sant'Agnese": (("Piazza", "Sant'Agnese"), ("Largo", "Toscanini")),
    "Ponte Vecchio": (("Piazzale", "delle Scuole"),),
    "San Lazzaro": (("Piazza", "San Lazzaro"), ("Largo", "Fratelli Cervi")),
    "Stazione": (("Piazzale", "della Stazione"),),
    "Villaggio Artigiano": (("Piazza", "del Lavoro"),),
    "Le Corti": (("Piazza", "delle Corti"),),
}
# Where a square or park is wanted: the block nearest to this point is taken.
ANCHORS = {
    "Liberazione": (-640, -140),
    "Parco della Liberazione": (-560, -170),
    "della Stazione": (-40, -500),
    "Parco del Canale": (470, 520),
    "Parco delle Corti": (620, -800),
    "delle Corti": (560, -760),
    "Sant'Agnese": (-480, 400),
    "San Lazzaro": (760, -100),
    "Giardini della Rocca": (-200, 130),
    "Giardini pubblici": (180, -380),
}


@dataclass(frozen=True)
class Network:
    """Streets, the blocks between them, and what was kept free of houses."""

    streets: tuple[Street, ...]
    blocks: tuple[tuple[str, Polygon], ...]
    parks: tuple[Park, ...]
    built_up: Polygon


def weave(seed: int, quarters: tuple[Quarter, ...]) -> Network:
    """Draw every street of the town."""
    built = plan.patch(plan.BUILT_UP)
    main = _main_roads(built)
    faces = _faces(built, [line for _, _, _, line in main])
    cuts: dict[str, list[LineString]] = {quarter.name: [] for quarter in quarters}
    blocks: list[tuple[str, Polygon]] = []
    for face in faces:
        quarter = _holder(quarters, face)
        rng = stream(seed, "weave", round(face.centroid.x), round(face.centroid.y))
        _cut(face, WEAVES[quarter.name], rng, cuts[quarter.name], blocks, quarter.name)
    blocks, parks = _take_parks(blocks)
    blocks, squares = _take_squares(blocks)
    return Network(_number(quarters, main, cuts, squares), tuple(blocks), parks, built)


def _main_roads(built: Polygon) -> list[tuple[str, str, str, LineString]]:
    """Roads drawn by hand as (DUG, name, rank, line)."""
    roads = [(*label.split(" ", 1), "radial", plan.curve(points)) for label, points in plan.RADIALS.items()]
    roads.append(("Viale", "della Stazione", "main", plan.curve(plan.STATION_AVENUE)))
    roads += [(*label.split(" ", 1), "main", line) for label, line in _core_streets().items()]
    roads += [
        (*label.split(" ", 1), "rural", plan.curve(points)) for label, points in plan.COUNTRY_ROADS.items()
    ]
    roads.append(("Tangenziale", "Nord", "bypass", plan.curve(plan.BYPASS)))
    square = plan.patch(plan.MAIN_SQUARE)
    roads.append(("Piazza", "Maggiore", "square", LineString(square.exterior.coords)))
    gates = [points[0] for points in plan.RADIALS.values()] + [plan.STATION_AVENUE[0]]
    for name, arc in zip(plan.WALL_AVENUES, _arcs(plan.patch(plan.WALLS), gates), strict=True):
        roads.append(("Viale", name.removeprefix("Viale "), "ring", arc))
    roads.append(("Via", "Lungocanale Levante", "main", _along_canal(built, 26)))
    roads.append(("Via", "Lungocanale Ponente", "main", _along_canal(built, -26)))
    return roads


def _core_streets() -> dict[str, LineString]:
    square = plan.patch(plan.MAIN_SQUARE)
    return {label: line.difference(square) for label, line in _core_cuts().items()}


def _core_cuts() -> dict[str, LineString]:
    """The streets of the old town, prolonged to the middle of the square so that they cut blocks cleanly."""
    return {label: plan.curve((*points, (0, 0))) for label, points in plan.CORE_STREETS.items()}


def _along_canal(built: Polygon, offset: float) -> LineString:
    rail = plan.curve(plan.RAILWAY).buffer(30)
    bank = plan.curve(plan.CANAL).offset_curve(offset).intersection(built.buffer(-40)).difference(rail)
    parts = bank.geoms if isinstance(bank, MultiLineString) else [bank]
    return max(parts, key=lambda part: part.length)


def _arcs(walls: Polygon, gates: list[tuple[float, float]]) -> list[LineString]:
    ring = LineString(walls.exterior.coords)
    stops = sorted(ring.project(Point(gate)) for gate in gates)
    arcs = [substring(ring, a, b) for a, b in pairwise(stops)]
    last = [*substring(ring, stops[-1], ring.length).coords, *substring(ring, 0, stops[0]).coords[1:]]
    return [*arcs, LineString(last)]


def _faces(built: Polygon, roads: list[LineString]) -> list[Polygon]:
    barriers = plan.curve(plan.RAILWAY).buffer(24).union(plan.curve(plan.CANAL).buffer(24))
    square = plan.patch(plan.MAIN_SQUARE)
    cuts = [built.exterior, barriers.boundary, square.exterior, plan.patch(plan.WALLS).exterior, *roads]
    cuts += _core_cuts().values()
    faces = []
    for face in polygonize(unary_union(cuts)):
        point = face.representative_point()
        if (
            built.contains(point)
            and not barriers.contains(point)
            and not square.contains(point)
            and face.area > 2500
        ):
            faces.append(face)
    return sorted(faces, key=lambda face: (round(face.centroid.x), round(face.centroid.y)))


def _holder(quarters: tuple[Quarter, ...], face: Polygon) -> Quarter:
    return max(quarters, key=lambda quarter: quarter.outline.intersection(face).area)


def _cut(
    face: Polygon,
    weave: Weave,
    rng: Random,
    cuts: list[LineString],
    blocks: list[tuple[str, Polygon]],
    quarter: str,
) -> None:
    """Halve a face across its longer side until the blocks have the quarter's size."""
    if face.area < weave.block * rng.uniform(1.1, 1.7):
        blocks.append((quarter, face))
        return
    for _ in range(6):
        blade = _blade(face, weave, rng)
        parts = [part for part in split(face, blade).geoms if isinstance(part, Polygon)]
        lines = blade.intersection(face)
        if (
            len(parts) == 2
            and isinstance(lines, LineString)
            and min(part.area for part in parts) > weave.block * 0.3
        ):
            cuts.append(lines)
            for part in parts:
                _cut(part, weave, rng, cuts, blocks, quarter)
            return
    blocks.append((quarter, face))


def _blade(face: Polygon, weave: Weave, rng: Random) -> LineString:
    corners = list(face.minimum_rotated_rectangle.exterior.coords)
    a, b, c = corners[0], corners[1], corners[2]
    if math.dist(a, b) < math.dist(b, c):
        a, b, c = b, c, corners[3]
    share = rng.uniform(0.4, 0.6)
    reach = math.dist(b, c)
    start = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
    along = ((c[0] - b[0]) / reach, (c[1] - b[1]) / reach)
    sag = rng.uniform(-weave.bend, weave.bend) * reach
    points = []
    for step in range(9):
        t = -0.15 + 1.3 * step / 8
        side = sag * math.sin(math.pi * t)
        points.append(
            (
                start[0] + along[0] * reach * t - along[1] * side,
                start[1] + along[1] * reach * t + along[0] * side,
            )
        )
    return affinity.rotate(LineString(points), rng.uniform(-weave.tilt, weave.tilt))


def _take_parks(blocks: list[tuple[str, Polygon]]) -> tuple[list[tuple[str, Polygon]], tuple[Park, ...]]:
    left, parks = list(blocks), []
    for quarter, names in PARKS.items():
        for name in names:
            taken = _pick(left, quarter, name)
            left.remove(taken)
            parks.append(Park(name, quarter, taken[1].buffer(-9, join_style="mitre")))
    return left, tuple(parks)


def _take_squares(
    blocks: list[tuple[str, Polygon]],
) -> tuple[list[tuple[str, Polygon]], list[tuple[str, str, str, LineString]]]:
    """Open a square on the corner of a block: the rest of the block stays built."""
    left, squares = list(blocks), []
    for quarter, names in SQUARES.items():
        for dug, name in names:
            taken = _pick(left, quarter, name)
            block = taken[1].buffer(-4, join_style="mitre")
            size = 34 if quarter == "Centro" else 62
            anchor = ANCHORS.get(name, (block.centroid.x, block.centroid.y))
            corner = min(_corners(block), key=lambda point: math.dist(point, anchor))
            frame = affinity.rotate(Point(corner).buffer(size, cap_style="square"), _tilt(block))
            square = _largest(block.intersection(frame))
            left[left.index(taken)] = (quarter, _largest(taken[1].difference(square.buffer(6))))
            squares.append((quarter, dug, name, LineString(square.exterior.simplify(1).coords)))
    return left, squares


def _corners(block: Polygon) -> list[tuple[float, float]]:
    box = block.minimum_rotated_rectangle
    points = list(block.exterior.coords)
    return [
        min(points, key=lambda point: math.dist(point, corner)) for corner in list(box.exterior.coords)[:4]
    ]


def _tilt(block: Polygon) -> float:
    a, b = list(block.minimum_rotated_rectangle.exterior.coords)[:2]
    return math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))


def _pick(blocks: list[tuple[str, Polygon]], quarter: str, name: str) -> tuple[str, Polygon]:
    own = [block for block in blocks if block[0] == quarter]
    if name in ANCHORS:
        return min(
            own,
            key=lambda block: (
                block[1].distance(Point(ANCHORS[name]))
                + block[1].centroid.distance(Point(ANCHORS[name])) / 10
            ),
        )
    # The roundest block of middling size: a park that is a strip looks like a leftover.
    middle = sorted(own, key=lambda block: block[1].area)[len(own) // 3 :]
    return max(middle, key=lambda block: 4 * math.pi * block[1].area / block[1].length ** 2)


def _largest(shape: Polygon | MultiPolygon) -> Polygon:
    return max(shape.geoms, key=lambda part: part.area) if isinstance(shape, MultiPolygon) else shape


def _number(
    quarters: tuple[Quarter, ...],
    main: list[tuple[str, str, str, LineString]],
    cuts: dict[str, list[LineString]],
    squares: list[tuple[str, str, str, LineString]],
) -> tuple[Street, ...]:
    """Give every line its odonym and code; lines start at the end nearer to the main square."""
    named = [(dug, name, _quarter_name(quarters, line), rank, line) for dug, name, rank, line in main]
    named += [(dug, name, quarter, "square", line) for quarter, dug, name, line in squares]
    for quarter, lines in cuts.items():
        lines.sort(key=lambda line: -line.length)
        for (dug, name), line in zip(LOCAL_NAMES[quarter], lines, strict=False):
            named.append((dug, name, quarter, "lane" if dug == "Vicolo" else "local", line))
    named.sort(key=lambda row: (row[1], row[0]))
    return tuple(
        Street(1010 + 7 * place, dug, name, quarter, rank, _outward(line) if rank != "square" else line)
        for place, (dug, name, quarter, rank, line) in enumerate(named)
    )


def _quarter_name(quarters: tuple[Quarter, ...], line: LineString) -> str:
    return max(quarters, key=lambda quarter: quarter.outline.intersection(line).length).name


def _outward(line: LineString) -> LineString:
    ends = [math.hypot(*line.coords[0]), math.hypot(*line.coords[-1])]
    return line if ends[0] <= ends[1] else LineString(line.coords[::-1])
