"""Zones: for each place as centre, the others in order of distance, up to a share of the cases or a radius."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vicinia_analytics.scan.inputs import Floats, Ints, Places, ScanInputError, Settings

# Distances are compared to the millimetre: otherwise rounding, which differs with the origin, would decide who is nearer.
_PER_KM = 1e6
_INDEX_BITS = 20
_MOST_PLACES = 1 << _INDEX_BITS
_CHUNK = 64
_MORE = 8


@dataclass(frozen=True)
class Zones:
    """order[centre, position]: the place at that position, nearest first; reach[centre]: how many positions may be in a zone."""

    order: Ints
    reach: Ints


def orders(places: Places, centres: slice, *, radius: float | None = None) -> tuple[Ints, Ints]:
    """For some centres, the places nearest first (ties by input order), and how many are within the radius (km)."""
    # One sort of whole numbers, distance above and index below, is many times faster than a stable sort of positions.
    keys = np.rint(places.distances_km(centres) * _PER_KM).astype(np.int64)
    within = (
        np.full(len(keys), len(places)) if radius is None else (keys <= np.rint(radius * _PER_KM)).sum(axis=1)
    )
    keys <<= _INDEX_BITS
    keys |= np.arange(len(places))
    keys.sort(axis=1)
    return keys[:, : int(within.max(initial=1))] & (_MOST_PLACES - 1), within


def reach_of(order: Ints, within: Ints, *, measure: Floats | Ints, settings: Settings) -> Ints:
    """How many of the nearest places a zone may have: within the radius, the share of the measure and the number of places."""
    cumulative = measure[order].cumsum(axis=1)
    limit = settings.max_share * float(measure.sum())
    allowed = (cumulative <= limit * (1 + 1e-12)).sum(axis=1)
    most = settings.max_places if settings.max_places is not None else len(measure)
    return np.asarray(np.minimum(np.minimum(allowed, within), most)).astype(np.int64)


def zones(places: Places, *, measure: Floats | Ints, settings: Settings) -> Zones:
    """Zones around every place. `measure`: what the share is of, one number a place (cases, population or expected).

    Raises ScanInputError for more places than can be ordered.
    """
    if len(places) >= _MOST_PLACES:
        raise ScanInputError(f"{len(places)} places; at most {_MOST_PLACES - 1}.")
    kind = np.int16 if len(places) <= np.iinfo(np.int16).max else np.int32
    reach = np.empty(len(places), dtype=np.int64)
    whole = np.zeros((len(places), 1), dtype=kind)
    for start in range(0, len(places), _CHUNK):
        here = slice(start, min(start + _CHUNK, len(places)))
        order, within = orders(places, here, radius=settings.max_radius)
        reach[here] = reach_of(order, within, measure=measure, settings=settings)
        width = int(reach[here].max())
        if width > whole.shape[1]:  # rows that nobody has written yet take no memory
            wider = np.zeros((len(places), width + width // _MORE), dtype=kind)
            wider[:start, : whole.shape[1]] = whole[:start]
            whole = wider
        whole[here, :width] = order[:, :width]
    return Zones(whole, reach)
