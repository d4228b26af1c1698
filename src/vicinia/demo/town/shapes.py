"""What Borgo Vicino is made of: frozen things with their geometry in metres around the main square."""

import math
from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import LineString, Point, Polygon

# Fields between two drains of the plain: nothing is built there, so no real street is ever pointed at.
ORIGIN_LON, ORIGIN_LAT = 10.6400, 44.8150
METRES_PER_DEGREE_LAT = 111_132.0
METRES_PER_DEGREE_LON = 111_320.0 * math.cos(math.radians(ORIGIN_LAT))

XY = tuple[float, float]


def to_wgs84(x: float, y: float) -> XY:
    """Turn metres east and north of the main square into longitude and latitude."""
    return (
        round(ORIGIN_LON + x / METRES_PER_DEGREE_LON, 6),
        round(ORIGIN_LAT + y / METRES_PER_DEGREE_LAT, 6),
    )


@dataclass(frozen=True)
class Quarter:
    """One of the quarters that tile the town."""

    code: str
    name: str
    population: int
    character: str
    outline: Polygon


@dataclass(frozen=True)
class Street:
    """A street with its kind of way (DUG) and its line; a square's line is its closed edge."""

    code: int
    dug: str
    name: str
    quarter: str
    rank: str  # radial, ring, main, local, lane, square, rural
    line: LineString

    @property
    def label(self) -> str:
        """The name as people write it, such as "Via dei Mille"."""
        return f"{self.dug} {self.name}"


@dataclass(frozen=True)
class Civic:
    """A civic number, odd on the left and even on the right walking away from the centre."""

    street_code: int
    dug: str
    name: str
    number: int
    exponent: str
    quarter: str
    x: float
    y: float
    census_section: int
    valid_from: str

    @property
    def street(self) -> str:
        """The street as people write it."""
        return f"{self.dug} {self.name}"

    @property
    def shown_number(self) -> str:
        """Number and exponent, such as "12/A"."""
        return f"{self.number}/{self.exponent}" if self.exponent else str(self.number)

    @property
    def label(self) -> str:
        """The whole address, such as "Via dei Mille 12/A"."""
        return f"{self.street} {self.shown_number}"

    @property
    def lonlat(self) -> XY:
        """Longitude and latitude."""
        return to_wgs84(self.x, self.y)


@dataclass(frozen=True)
class Building:
    """A building with stairs, owned or managed by one body."""

    code: str
    name: str
    civic: Civic
    quarter: str
    manager: str
    stairs: tuple[str, ...]
    floors: int
    has_lift: bool
    outline: Polygon


@dataclass(frozen=True)
class Place:
    """A place that people call by name."""

    code: str
    name: str
    kind: str
    quarter: str
    x: float
    y: float
    civic: Civic | None = None

    @property
    def lonlat(self) -> XY:
        """Longitude and latitude."""
        return to_wgs84(self.x, self.y)


@dataclass(frozen=True)
class Park:
    """A green area, with its outline."""

    name: str
    quarter: str
    outline: Polygon


@dataclass(frozen=True)
class Town:
    """The whole town; immutable, built once for a seed."""

    name: str
    seed: int
    quarters: tuple[Quarter, ...]
    streets: tuple[Street, ...]
    civics: tuple[Civic, ...]
    buildings: tuple[Building, ...]
    places: tuple[Place, ...]
    parks: tuple[Park, ...]
    canal: LineString
    railway: LineString
    built_up: Polygon
    footprints: tuple[Polygon, ...]

    @cached_property
    def _civics_by_label(self) -> dict[str, Civic]:
        return {civic.label: civic for civic in self.civics}

    @cached_property
    def _places_by_name(self) -> dict[str, Place]:
        return {place.name: place for place in self.places}

    def civic(self, label: str) -> Civic:
        """Give the civic number called so, such as "Via dei Mille 12"; KeyError if there is none."""
        return self._civics_by_label[label]

    def place(self, name: str) -> Place:
        """Give the place called so; KeyError if there is none."""
        return self._places_by_name[name]

    def civics_of(self, street: str) -> tuple[Civic, ...]:
        """Give the civic numbers of a street, by its label, in numeric order."""
        found = [civic for civic in self.civics if civic.street == street]
        return tuple(sorted(found, key=lambda civic: (civic.number, civic.exponent)))

    def civics_near(self, x: float, y: float, metres: float) -> tuple[Civic, ...]:
        """Give the civic numbers within a distance of a point, nearest first."""
        near = [(math.hypot(civic.x - x, civic.y - y), civic) for civic in self.civics]
        near.sort(key=lambda pair: (pair[0], pair[1].label))
        return tuple(civic for distance, civic in near if distance <= metres)

    def quarter_at(self, x: float, y: float) -> Quarter | None:
        """Give the quarter that holds a point."""
        point = Point(x, y)
        return next((quarter for quarter in self.quarters if quarter.outline.covers(point)), None)
