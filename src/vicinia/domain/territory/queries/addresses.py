"""From what someone types to an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from vicinia.domain.territory.models import CivicNumber
from vicinia.domain.territory.queries import memory
from vicinia.domain.territory.queries.address_index import PLACE, STREET, Match
from vicinia.domain.territory.queries.words import Civic

# Below this, a name has too little in common with what was typed to be shown.
_WORTH_SHOWING = 0.5
# How far along the street the nearest existing number is looked for, when the one asked for is not in the register.
_NEAR_NUMBERS = 24
_LIKELIEST = 3
_WRONG_EXPONENT, _NEAR_NUMBER, _NO_NUMBER = 0.02, 0.04, 0.06


class Precision(StrEnum):
    """How exact a hit is."""

    NUMBER = "number"
    NEAR_NUMBER = "near_number"
    STREET = "street"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class AddressHit:
    """An address or place that may be the one meant, best first. `score` runs from 0 to 1.

    The point of a STREET is one on it, for a map to look at; that of a NEAR_NUMBER is the nearest number in the
    register, while the label keeps the number that was asked for.
    """

    precision: Precision
    label: str
    detail: str
    lat: float | None
    lon: float | None
    area_id: int | None
    score: float
    street_id: int | None = None
    civic_number_id: int | None = None
    place_id: int | None = None


def search_addresses(words: str, limit: int = 8) -> list[AddressHit]:
    """The addresses and places that `words` may mean, best first. At most two queries once this process is warm."""
    town = memory.town()
    matches = town.addresses.matches(words, limit=3 * limit, worth=_WORTH_SHOWING)
    numbers = _numbers_near(match for match in matches if match.what == STREET)
    hits = [hit for match in matches for hit in _hits(town, match, numbers)]
    return _best_of_each(hits, limit)


def _hits(town: memory.Town, match: Match, numbers: dict[int, list[CivicNumber]]) -> list[AddressHit]:
    if match.what == PLACE:
        return [_place_hit(town, match)]
    if match.civic is None:
        return [_street_hit(town, match, match.score)]
    asked = [number for number in numbers[match.row_id] if number.number == match.civic.number]
    if asked:
        return [_number_hit(town, match, match.civic, number) for number in asked]
    near = _nearest(numbers[match.row_id], match.civic)
    if near is None:
        return [_street_hit(town, match, match.score - _NO_NUMBER)]
    return [_near_hit(town, match, match.civic, near)]


def _numbers_near(matches: Iterable[Match]) -> dict[int, list[CivicNumber]]:
    """The numbers asked for, by street, and on the likeliest streets those around. One query, or none without a number."""
    asked: dict[int, list[int]] = defaultdict(list)
    for match in matches:
        if match.civic:
            asked[match.civic.number].append(match.row_id)
    found: dict[int, list[CivicNumber]] = defaultdict(list)
    if not asked:
        return found
    wanted = Q()
    for number, streets in asked.items():
        around = (max(0, number - _NEAR_NUMBERS), number + _NEAR_NUMBERS)
        wanted |= Q(street_id__in=streets, number=number)
        wanted |= Q(street_id__in=streets[:_LIKELIEST], number__range=around)
    for row in CivicNumber.objects.filter(wanted).order_by("number", "exponent", "id"):
        found[row.street_id].append(row)
    return found


def _nearest(numbers: list[CivicNumber], civic: Civic) -> CivicNumber | None:
    """The number nearest to the one asked for, on the same side of the street when there is one."""

    def distance(row: CivicNumber) -> tuple[bool, int, str]:
        other_side = (row.number - civic.number) % 2 == 1
        return other_side, abs(row.number - civic.number), row.exponent

    within = [row for row in numbers if abs(row.number - civic.number) <= _NEAR_NUMBERS]
    return min(within, key=distance, default=None)


def _place_hit(town: memory.Town, match: Match) -> AddressHit:
    place = town.places[match.row_id]
    return AddressHit(
        precision=Precision.PLACE,
        label=place.name,
        detail=town.area_names.get(place.area_id or 0, ""),
        lat=place.lat,
        lon=place.lon,
        area_id=place.area_id,
        score=match.score,
        place_id=match.row_id,
    )


def _street_hit(town: memory.Town, match: Match, score: float) -> AddressHit:
    spread = town.spreads.get(match.row_id)
    areas = spread.area_ids if spread else ()
    return AddressHit(
        precision=Precision.STREET,
        label=town.streets[match.row_id],
        detail=", ".join(town.area_names[area] for area in areas[:3]),
        lat=spread.lat if spread else None,
        lon=spread.lon if spread else None,
        area_id=areas[0] if len(areas) == 1 else None,
        score=score,
        street_id=match.row_id,
    )


def _number_hit(town: memory.Town, match: Match, civic: Civic, number: CivicNumber) -> AddressHit:
    wrong = number.exponent != civic.exponent
    return AddressHit(
        precision=Precision.NUMBER,
        label=f"{town.streets[match.row_id]}, {number.label}",
        detail=town.area_names.get(number.area_id or 0, ""),
        lat=number.lat,
        lon=number.lon,
        area_id=number.area_id,
        score=match.score - wrong * (_WRONG_EXPONENT + bool(number.exponent) * 0.001),
        street_id=match.row_id,
        civic_number_id=number.pk,
    )


def _near_hit(town: memory.Town, match: Match, civic: Civic, near: CivicNumber) -> AddressHit:
    asked = f"{civic.number}/{civic.exponent}" if civic.exponent else str(civic.number)
    return AddressHit(
        precision=Precision.NEAR_NUMBER,
        label=f"{town.streets[match.row_id]}, {asked}",
        detail=_("numero non in elenco, vicino al %(near)s") % {"near": near.label},
        lat=near.lat,
        lon=near.lon,
        area_id=near.area_id,
        score=match.score - _NEAR_NUMBER,
        street_id=match.row_id,
    )


def _best_of_each(hits: list[AddressHit], limit: int) -> list[AddressHit]:
    """The best hits, each street and place read in one way only: "25 aprile" is not also number 25 of via Aprile."""
    ranked = sorted(hits, key=lambda hit: (-hit.score, hit.label, hit.civic_number_id or 0))
    reading: dict[tuple[int | None, int | None], Precision] = {}
    kept: dict[tuple[int | None, int | None, int | None], AddressHit] = {}
    for hit in ranked:
        row = (hit.street_id, hit.place_id)
        if reading.setdefault(row, hit.precision) is hit.precision:
            kept.setdefault((*row, hit.civic_number_id), hit)
    return list(kept.values())[:limit]
