"""The hand-drawn part of the town: outline, walls, gates, roads to other towns, canal, railway, quarters."""

from itertools import pairwise

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, unary_union

from vicinia.demo.town.shapes import XY, Quarter

QUARTERS: dict[str, tuple[str, int, str]] = {
    # name: code, residents, character
    "Centro": ("CEN", 4900, "città murata, portici, mercato del mercoledì e del sabato"),
    "Crocetta": ("CRO", 7600, "condomini degli anni Sessanta, piazza Liberazione"),
    "Sant'Agnese": ("SAG", 6100, "villette e palazzine con giardino"),
    "Ponte Vecchio": ("PVE", 5300, "case lungo il canale, scuole"),
    "San Lazzaro": ("SLA", 6900, "vecchio borgo e nuovi condomini oltre il canale"),
    "Stazione": ("STA", 3700, "alberghi, negozi, case della prima cintura"),
    "Villaggio Artigiano": ("VAR", 1900, "capannoni, laboratori e case con bottega"),
    "Le Corti": ("COR", 4100, "case popolari a corte, degli anni Settanta"),
}

OUTLINE: tuple[XY, ...] = (
    (-1420, -330), (-1480, 240), (-1290, 760), (-900, 1130), (-420, 1290), (140, 1370), (640, 1290),
    (1060, 1090), (1380, 640), (1490, 120), (1430, -420), (1290, -860), (950, -1260), (440, -1420),
    (-90, -1470), (-560, -1380), (-1000, -1150), (-1290, -780),
)  # fmt: skip
BUILT_UP: tuple[XY, ...] = (
    (-960, -330), (-1060, -60), (-1010, 230), (-900, 430), (-690, 560), (-600, 760), (-330, 850), (-180, 960),
    (120, 880), (330, 960), (560, 860), (760, 760), (840, 600), (1010, 430), (960, 240), (1090, 60), (1110, -180),
    (960, -330), (1010, -520), (980, -700), (800, -960), (600, -1040), (330, -1020), (110, -1090), (-200, -1030),
    (-420, -1060), (-640, -900), (-820, -830), (-860, -640), (-1010, -560),
)  # fmt: skip
WALLS: tuple[XY, ...] = (
    (-330, 20), (-260, 200), (-60, 285), (190, 245), (325, 70), (295, -140), (120, -262), (-140, -258), (-295, -130),
)  # fmt: skip
MAIN_SQUARE: tuple[XY, ...] = ((-52, -24), (-40, 34), (46, 40), (56, -10), (20, -36))
CANAL: tuple[XY, ...] = (
    (780, 1700), (640, 1180), (545, 800), (600, 520), (520, 240), (555, -30), (660, -300), (800, -560), (850, -780),
    (960, -960), (930, -1250), (1050, -1750),
)  # fmt: skip
RAILWAY: tuple[XY, ...] = ((-1800, -800), (-900, -625), (0, -560), (900, -590), (1800, -720))

# Roads to other towns begin at a gate of the old walls; the names are those that every town of the plain has.
RADIALS: dict[str, tuple[XY, ...]] = {
    "Via Parma": ((-328, 30), (-520, 70), (-760, 60), (-1050, 110), (-1650, 150)),
    "Via Mantova": ((-120, 270), (-190, 470), (-180, 660), (-290, 900), (-440, 1600)),
    "Via Ferrara": ((240, 200), (390, 360), (580, 440), (760, 590), (980, 780), (1500, 1280)),
    "Via Bologna": ((322, 10), (480, -30), (660, -20), (880, -80), (1120, -90), (1700, -190)),
    "Via Modena": ((190, -215), (270, -400), (330, -600), (440, -800), (470, -1010), (640, -1700)),
    "Via Cremona": ((-215, -195), (-380, -380), (-480, -560), (-680, -760), (-860, -900), (-1350, -1450)),
}
STATION_AVENUE: tuple[XY, ...] = ((-25, -268), (-32, -400), (-40, -520))
CORE_STREETS: dict[str, tuple[XY, ...]] = {
    "Corso Garibaldi": ((-328, 30), (-200, 22), (-120, 2), (-48, 6)),
    "Corso Cavour": ((322, 10), (230, 8), (140, 22), (52, 6)),
    "Via Emilio Zola": ((-120, 270), (-88, 180), (-40, 110), (-22, 36)),
    "Via Mazzini": ((-25, -268), (-10, -180), (-16, -100), (-10, -30)),
    "Via Porta Ferrara": ((240, 200), (160, 130), (90, 90), (44, 38)),
    "Via dell'Ospedale Vecchio": ((190, -215), (130, -140), (70, -90), (36, -26)),
    "Contrada Maggiore": ((-215, -195), (-150, -110), (-90, -60), (-48, -20)),
}
BYPASS: tuple[XY, ...] = (
    (-1250, 128), (-1190, 420), (-940, 760), (-620, 990), (-300, 1060), (60, 1100), (420, 1080), (760, 960),
    (980, 780),
)  # fmt: skip
WALL_AVENUES = (
    "Viale Gramsci", "Viale dei Caduti", "Viale Trento e Trieste", "Viale della Resistenza", "Viale Risorgimento",
    "Viale della Repubblica", "Viale Martiri di Cefalonia",
)  # fmt: skip
COUNTRY_ROADS: dict[str, tuple[XY, ...]] = {
    "Strada della Fornace": ((-760, 60), (-1180, -210), (-1500, -260)),
    "Strada Bassa dei Prati": ((-180, 660), (-330, 1060), (-120, 1500)),
    "Strada Valle Nuova": ((880, -80), (1230, 260), (1600, 330)),
    "Strada del Dugale": ((440, -800), (300, -1150), (-60, -1600)),
}


def smooth(points: tuple[XY, ...], *, closed: bool, rounds: int = 2) -> list[XY]:
    """Round the corners of a line (Chaikin's cutting), so that nothing looks ruled."""
    line = list(points)
    for _ in range(rounds):
        pairs = list(zip(line, line[1:] + line[:1], strict=True)) if closed else list(pairwise(line))
        cut = [point for a, b in pairs for point in (_between(a, b, 0.25), _between(a, b, 0.75))]
        line = cut if closed else [line[0], *cut[1:-1], line[-1]]
    return line


def _between(a: XY, b: XY, share: float) -> XY:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def curve(points: tuple[XY, ...]) -> LineString:
    """Draw a rounded open line."""
    return LineString(smooth(points, closed=False))


def patch(points: tuple[XY, ...]) -> Polygon:
    """Draw a rounded closed area."""
    return Polygon(smooth(points, closed=True))


def draw_quarters() -> tuple[Quarter, ...]:
    """Cut the town along walls, canal, railway and roads into quarters that tile it exactly."""
    town = patch(OUTLINE)
    walls = patch(WALLS)
    cuts = [town.exterior, walls.exterior, curve(RAILWAY)]
    for name in ("Via Parma", "Via Mantova", "Via Ferrara", "Via Bologna", "Via Cremona", "Via Modena"):
        cuts.append(LineString([(0, 0), *smooth(RADIALS[name], closed=False)]))
    cuts.append(curve(CANAL))
    pieces: dict[str, list[Polygon]] = {name: [] for name in QUARTERS}
    for face in polygonize(unary_union(cuts)):
        pieces[_quarter_of(face.representative_point(), walls)].append(face)
    return tuple(
        Quarter(code, name, residents, character, unary_union(pieces[name]))
        for name, (code, residents, character) in QUARTERS.items()
    )


def _quarter_of(point: Point, walls: Polygon) -> str:
    if walls.contains(point):
        return "Centro"
    south = point.y < _height(curve(RAILWAY), point.x)
    if south:
        west = point.x < _reach(curve(RADIALS["Via Modena"]), point.y)
        return "Villaggio Artigiano" if west else "Le Corti"
    for name, area in _wedges().items():
        if area.covers(point):
            return name
    raise ValueError(f"no quarter drawn at {point}")


def _wedges() -> dict[str, Polygon]:
    """The quarters north of the railway: what lies between two roads, seen from the main square."""

    def wedge(first: str, last: str, *far: XY) -> Polygon:
        return Polygon(
            [(0, 0), *smooth(RADIALS[first], closed=False), *far, *smooth(RADIALS[last], closed=False)[::-1]]
        )

    canal = smooth(CANAL, closed=False)
    east = Polygon([*canal, (2500, -1750), (2500, 1700)])
    return {
        "Sant'Agnese": wedge("Via Parma", "Via Mantova", (-1700, 1700)).buffer(0),
        "Crocetta": wedge("Via Cremona", "Via Parma", (-1900, -1450)).buffer(0),
        "San Lazzaro": wedge("Via Ferrara", "Via Modena", (3000, 1500), (3000, -2500))
        .buffer(0)
        .intersection(east),
        "Ponte Vecchio": wedge("Via Mantova", "Via Bologna", (0, 2200), (3000, 2200), (3000, 0)).buffer(0),
        "Stazione": Polygon([(-2500, -2500), (2500, -2500), (2500, 2500), (-2500, 2500)]),
    }


def _height(line: LineString, x: float) -> float:
    crossing = line.intersection(LineString([(x, -5000), (x, 5000)]))
    return float(crossing.centroid.y)


def _reach(line: LineString, y: float) -> float:
    crossing = line.intersection(LineString([(-5000, y), (5000, y)]))
    return float(crossing.centroid.x) if not crossing.is_empty else 0.0
