"""Places that people call by name: where reports say that things happen."""

import math

from shapely.geometry import Point

from vicinia.demo.town.network import Network
from vicinia.demo.town.shapes import Civic, Place, Street

# kind, name, quarter, where it wants to be in metres (its door is the nearest free civic number)
WANTED: tuple[tuple[str, str, str, tuple[int, int]], ...] = (
    ("municipio", "Palazzo comunale", "Centro", (30, 50)),
    ("chiesa", "Chiesa di San Biagio", "Centro", (-60, 60)),
    ("biblioteca", "Biblioteca Cesare Zavattini", "Centro", (110, 120)),
    ("mercato", "Mercato coperto", "Centro", (90, -60)),
    ("teatro", "Teatro della Concordia", "Centro", (-150, 40)),
    ("bar", "Bar Sport", "Centro", (-30, -50)),
    ("bar", "Caffè dei Portici", "Centro", (60, 30)),
    ("negozio", "Alimentari Da Iole", "Centro", (-180, -60)),
    ("scuola", "Scuola primaria De Amicis", "Centro", (180, -120)),
    ("ufficio", "Nucleo di prossimità", "Centro", (150, 60)),
    ("bar", "Bar Liberazione", "Crocetta", (-640, -140)),
    ("bar", "Kebab Atlas", "Crocetta", (-600, -110)),
    ("chiesa", "Parrocchia di Cristo Lavoratore", "Crocetta", (-780, -200)),
    ("scuola", "Scuola media Don Milani", "Crocetta", (-720, -330)),
    ("supermercato", "Supermercato di via Montebello", "Crocetta", (-560, -300)),
    ("centro anziani", "Centro anziani Il Girasole", "Crocetta", (-850, -80)),
    ("farmacia", "Farmacia Crocetta", "Crocetta", (-520, -80)),
    ("negozio", "Minimarket Bengala", "Crocetta", (-680, -220)),
    ("associazione", "Circolo Arci Crocetta", "Crocetta", (-800, -400)),
    ("scuola", "Scuola dell'infanzia Rodari", "Sant'Agnese", (-560, 330)),
    ("chiesa", "Chiesa di Sant'Agnese", "Sant'Agnese", (-480, 420)),
    ("bar", "Gelateria Polo Sud", "Sant'Agnese", (-450, 380)),
    ("farmacia", "Farmacia Sant'Agnese", "Sant'Agnese", (-400, 300)),
    ("palestra", "Palestra comunale Verdi", "Sant'Agnese", (-700, 300)),
    ("casa di riposo", "Casa residenza Villa Serena", "Sant'Agnese", (-420, 620)),
    ("scuola", "Istituto tecnico Volta", "Ponte Vecchio", (120, 520)),
    ("scuola", "Scuola primaria Ponte Vecchio", "Ponte Vecchio", (260, 620)),
    ("bar", "Bar della Chiusa", "Ponte Vecchio", (480, 480)),
    ("chiesa", "Oratorio di San Giuseppe", "Ponte Vecchio", (60, 680)),
    ("piscina", "Piscina comunale", "Ponte Vecchio", (360, 780)),
    ("edicola", "Edicola Ponte Vecchio", "Ponte Vecchio", (150, 380)),
    ("casa della salute", "Casa della comunità", "San Lazzaro", (680, 60)),
    ("chiesa", "Chiesa di San Lazzaro", "San Lazzaro", (740, -90)),
    ("bar", "Bar Centrale di San Lazzaro", "San Lazzaro", (700, -60)),
    ("scuola", "Scuola primaria Calamandrei", "San Lazzaro", (860, 140)),
    ("supermercato", "Centro commerciale Il Mulino", "San Lazzaro", (900, -230)),
    ("circolo", "Centro sociale La Quercia", "San Lazzaro", (800, 320)),
    ("farmacia", "Farmacia San Lazzaro", "San Lazzaro", (640, -20)),
    ("panificio", "Forno Gualdi", "San Lazzaro", (780, -40)),
    ("stazione", "Stazione ferroviaria", "Stazione", (-40, -535)),
    ("autostazione", "Autostazione", "Stazione", (60, -510)),
    ("bar", "Bar Binario", "Stazione", (-80, -490)),
    ("albergo", "Albergo Italia", "Stazione", (-10, -420)),
    ("negozio", "Call center e money transfer Accra", "Stazione", (30, -450)),
    ("associazione", "Emporio solidale", "Stazione", (-220, -430)),
    ("parcheggio", "Parcheggio scambiatore Isonzo", "Stazione", (330, -360)),
    ("isola ecologica", "Centro di raccolta", "Villaggio Artigiano", (-650, -850)),
    ("mensa", "Mensa degli artigiani", "Villaggio Artigiano", (-220, -780)),
    ("circolo", "Sala prove comunale", "Villaggio Artigiano", (-60, -900)),
    ("laboratorio di quartiere", "Laboratorio di quartiere", "Le Corti", (540, -790)),
    ("portierato", "Portierato delle Corti", "Le Corti", (600, -760)),
    ("bar", "Bar dei Gelsi", "Le Corti", (500, -700)),
    ("negozio", "Alimentari Le Corti", "Le Corti", (640, -700)),
    ("scuola", "Scuola dell'infanzia I Gelsi", "Le Corti", (680, -860)),
    ("doposcuola", "Doposcuola Il Cortile", "Le Corti", (560, -880)),
)
STOPS = (
    ("Fermata Porta Parma", -350, 35), ("Fermata Porta Mantova", -140, 295), ("Fermata Porta Ferrara", 255, 225),
    ("Fermata piazza Liberazione", -610, -100), ("Fermata Sant'Agnese", -470, 370), ("Fermata Le Corti", 520, -730),
    ("Fermata San Lazzaro", 700, -40), ("Fermata Istituto Volta", 140, 500), ("Fermata via dell'Artigianato", -250, -820),
)  # fmt: skip


def name_places(network: Network, civics: tuple[Civic, ...]) -> tuple[Place, ...]:
    """Put every place on its door, every square and park on its middle, every stop on its road."""
    used: set[str] = set()
    places: list[Place] = []
    for kind, name, quarter, wish in WANTED:
        door = _door(civics, quarter, wish, used)
        used.add(door.label)
        places.append(Place(f"L{len(places) + 1:03}", name, kind, quarter, door.x, door.y, door))
    for park in network.parks:
        middle = park.outline.representative_point()
        places.append(_spot(places, park.name, "parco", park.quarter, middle))
    for street in network.streets:
        if street.rank == "square":
            middle = street.line.convex_hull.centroid
            places.append(_spot(places, street.label, "piazza", street.quarter, middle))
    for name, x, y in STOPS:
        places.append(_stop(places, name, Point(x, y), network.streets))
    return tuple(places)


def _door(civics: tuple[Civic, ...], quarter: str, wish: tuple[int, int], used: set[str]) -> Civic:
    free = (
        civic
        for civic in civics
        if civic.quarter == quarter and not civic.exponent and civic.label not in used
    )
    return min(free, key=lambda civic: (math.dist((civic.x, civic.y), wish), civic.label))


def _spot(places: list[Place], name: str, kind: str, quarter: str, middle: Point) -> Place:
    return Place(f"L{len(places) + 1:03}", name, kind, quarter, round(middle.x, 1), round(middle.y, 1))


def _stop(places: list[Place], name: str, wish: Point, streets: tuple[Street, ...]) -> Place:
    roads = [street for street in streets if street.rank in {"radial", "ring", "main", "local"}]
    road = min(roads, key=lambda street: (street.line.distance(wish), street.label))
    point = road.line.interpolate(road.line.project(wish))
    return _spot(places, name, "fermata", road.quarter, point)
