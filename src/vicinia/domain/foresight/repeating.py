"""Where reports repeat, as a run keeps it and a page shows it: places with a name, pairs with a sentence. No person, no report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from vicinia.domain.foresight.engine import NearRepeat, Repeats
from vicinia.domain.territory import queries as territory


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A repeat place with how people call it, and the area that it is in."""

    lat: float
    lon: float
    reports: int
    expected: float
    relative: float
    low: float
    high: float
    name: str
    area_id: int | None
    area: str


@dataclass(frozen=True, slots=True)
class KeptRepeats:
    """What a run kept of a group; `share` is the part of all reports in the places shown, from 0 to 1."""

    places: list[NamedPlace]
    share: float
    near: list[NearRepeat]


def as_kept(found: Repeats | None) -> dict[str, Any]:
    """As JSON, named once: names and areas are those of the night on which it was found."""
    if found is None:
        return {}
    places = []
    for place in found.places:
        area = territory.reference_area_at(place.lat, place.lon)
        named = {"name": territory.name_near(place.lat, place.lon), "area_id": area.pk if area else None}
        places.append(asdict(place) | named | {"area": area.name if area else ""})
    return {"places": places, "share": found.share, "near": [asdict(one) for one in found.near]}


def from_kept(kept: dict[str, Any]) -> KeptRepeats | None:
    """Back from JSON; None if there was too little to say."""
    if not kept:
        return None
    places = [NamedPlace(**place) for place in kept["places"]]
    return KeptRepeats(places, kept["share"], [NearRepeat(**one) for one in kept["near"]])
