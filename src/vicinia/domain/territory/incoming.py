"""What an import brings, row by row, already clean: degrees, trimmed words, whole numbers. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from vicinia.foundation.kernel.verdict import Sentence

Geometry = dict[str, Any]
"""A GeoJSON geometry in WGS84 degrees."""

# Seven decimals of a degree are about a centimetre; more would only make the same point look changed.
DECIMALS = 7


@dataclass(frozen=True, slots=True)
class Origin:
    """The line of a file that a row comes from, with its words, so that a refused one can be found and mended."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be taken in, and why."""

    origin: Origin
    reason: Sentence


@dataclass(frozen=True, slots=True)
class StreetRow:
    origin: Origin
    code: str
    kind: str
    name: str
    line: Geometry | None = None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A civic number; its street is made when the register of streets does not have it."""

    origin: Origin
    street: StreetRow
    number: int
    exponent: str
    lat: float
    lon: float
    postal_code: str = ""
    area_name: str = ""


@dataclass(frozen=True, slots=True)
class AreaRow:
    origin: Origin
    kind: str
    code: str
    name: str
    boundary: Geometry
    box: tuple[float, float, float, float]
    """South, west, north, east."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    origin: Origin
    code: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A shape of the background map."""

    origin: Origin
    layer: str
    code: str
    name: str
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A building; what it does not say (None, "") stays as it is known."""

    origin: Origin
    code: str
    name: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    manager: str = ""
    built_year: int | None = None


@dataclass(frozen=True, slots=True)
class StairDetails:
    """What is said of a stair; None is not known."""

    name: str
    civic_number_id: int | None = None
    floors: int | None = None
    has_lift: bool | None = None
    is_step_free: bool | None = None


@dataclass(frozen=True, slots=True)
class DwellingDetails:
    """What is said of a dwelling; None is not known."""

    door: str
    floor: int | None = None
    square_metres: int | None = None
    rooms: int | None = None
    is_accessible: bool | None = None


@dataclass(frozen=True, slots=True)
class DwellingRow:
    """A dwelling of a building, with what its row says of the stair. `address` is that of the stair's own door."""

    origin: Origin
    building: str
    code: str
    stair: StairDetails
    dwelling: DwellingDetails
    address: str = ""


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def wrote(self) -> int:
        """How many rows of ours are not as they were."""
        return self.new + self.changed + self.gone

    def refuse(self, origin: Origin, reason: Sentence) -> None:
        self.refused.append(Refusal(origin, reason))


@dataclass(frozen=True, slots=True)
class PlaceDetails:
    """What staff say of a named place."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class BuildingDetails:
    """What staff say of a building, but for where it is."""

    name: str
    manager: str = ""
    built_year: int | None = None
