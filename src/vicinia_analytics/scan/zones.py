"""Zones: for each place as centre, the others in order of distance, up to a share of the cases or a radius."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from vicinia_analytics.scan.inputs import Floats, Ints, Places, ScanInputError, Settings

# Distances are compared to the millimetre: otherwise rounding, which differs with the origin, would decide who is nearer.
_PER_KM = 1e6
_INDEX_BITS = 20
_MOST_PLACES = 1 << _INDEX_BITS
_CHUNK = 256


@dataclass(frozen=True)
class Zones:
    """order[centre, position]: the place at that position, nearest first; reach[centre]: how many positions may be in a zone."""

    order: Ints
    reach: Ints


def orders(places: Places, centres: slice | Ints, *, radius: float | None = None) -> tuple[Ints, Ints]:
    """For some centres, the places nearest first (ties by input order), and how many are within the radius (km)."""
    kilometres = places.distances_km(centres)
    within = (
        np.full(len(kilometres), len(places))
        if radius is None
        else (kilometres * _PER_KM <= radius * _PER_KM + 0.5).sum(axis=1)
    )
    # One sort of whole numbers, distance above and index below, is many times faster than a stable sort of positions.
    keys = np.rint(kilometres * _PER_KM).astype(np.int64) << _INDEX_BITS
    keys |= np.arange(len(places))
    keys.sort(axis=1)
    return keys & (_MOST_PLACES - 1), within


def reach_of(order: Ints, within: Ints, *, measure: Floats | Ints, settings: Settings) -> Ints:
    """How many of the nearest places a zone may have: within the radius, the share of the measure and the number of places."""
    cumulative = measure[order].cumsum(axis=1)
    limit = settings.max_share * float(measure.sum())
    allowed = (cumulative <= limit * (1 + 1e-12)).sum(axis=1)
    most = settings.max_places if settings.max_places is not None else inf
    return np.asarray(np.minimum(np.minimum(allowed, within), most)).astype(np.int64)


def zones(places: Places, *, measure: Floats | Ints, settings: Settings) -> Zones:
    """Zones around every place. `measure`: what the share is of, one number a place (cases, population or expected).

    Raises ScanInputError for more places than can be ordered.
    """
    if len(places) >= _MOST_PLACES:
        raise ScanInputError(f"{len(places)} places; at most {_MOST_PLACES - 1}.")
    reach = np.empty(len(places), dtype=np.int64)
    rows = []
    for start in range(0, len(places), _CHUNK):
        here = slice(start, min(start + _CHUNK, len(places)))
        order, within = orders(places, here, radius=settings.max_radius)
        reach[here] = reach_of(order, within, measure=measure, settings=settings)
        rows.append(order[:, : max(1, int(reach[here].max()))].astype(np.int32))
    widest = max(row.shape[1] for row in rows)
    whole = np.zeros((len(places), widest), dtype=np.int32)
    for at, row in enumerate(rows):
        whole[at * _CHUNK : at * _CHUNK + len(row), : row.shape[1]] = row
    return Zones(whole, reach)
