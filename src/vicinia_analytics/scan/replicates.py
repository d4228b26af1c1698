"""How replicates are made: each function gives one that makes the best scores of some of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from vicinia_analytics.scan.inputs import Floats, Ints, Settings
from vicinia_analytics.scan.packing import COARSE_LEVELS, LEVELS, pack, pack_anywhere
from vicinia_analytics.scan.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Iterator

KULLDORFF, BERNOULLI, EXPECTATION = 0, 1, 2
SHUFFLE, CHOOSE, SCATTER = 0, 1, 2
# Replicates that go through the places together. More read the tables less often; many more no longer fit in the cache.
BLOCK = 128
LANES = 32


def threads_of(settings: Settings) -> int:
    """How many threads a scan uses: as many as asked for or as there are."""
    import numba

    most: int = numba.config.NUMBA_NUM_THREADS  # type: ignore[attr-defined]
    return min(settings.threads or most, most)


@contextmanager
def threads(settings: Settings) -> Iterator[None]:
    """The threads that were asked for; the results do not depend on them."""
    import numba

    before = numba.get_num_threads()
    numba.set_num_threads(threads_of(settings))
    try:
        yield
    finally:
        numba.set_num_threads(before)


def latest_replicates(
    around: Zones,
    cases: Ints,
    lengths: tuple[int, int],
    settings: Settings,
    forecast: tuple[Floats, Ints] | None = None,
) -> Callable[[int, int], Floats]:
    """Permutation with windows that end with the data: see `kernels`."""
    from vicinia_analytics.scan import kernels

    packed = pack(around, cases, lengths, forecast)
    code = KULLDORFF if forecast is None else EXPECTATION
    block = min(BLOCK, -(-settings.replications // threads_of(settings)) or 1)
    required: list[Any] = []
    entry_kind = np.zeros(0, dtype=np.uint16 if lengths[1] <= 256 else np.uint32)

    def replicate(first: int, number: int) -> Floats:
        if not required:
            required.append(
                kernels.required_counts(
                    LEVELS, code, settings.min_cases, packed.rate, packed.in_window, len(packed.case_place), packed.largest, packed.lane_bits,
                    packed.words,
                )
            )  # fmt: skip
        return np.asarray(
            kernels.permutation_maxima(
                packed.order, packed.reach, packed.case_place, packed.weight, packed.starts, packed.increments, code,
                settings.min_cases, packed.rate, LEVELS, required[0], packed.lane_bits, settings.seed, first, number, block, entry_kind,
            )
        )  # fmt: skip

    return replicate


def anywhere_replicates(
    around: Zones, cases: Ints, base: Floats, lengths: tuple[int, int], settings: Settings
) -> Callable[[int, int], Floats]:
    """Permutation with windows anywhere."""
    from vicinia_analytics.scan import kernels

    packed = pack_anywhere(around, cases, lengths)
    if packed is None:
        return _shuffled_replicates(around, cases, base, lengths, settings)
    required: list[Any] = []

    def replicate(first: int, number: int) -> Floats:
        if not required:
            required.append(
                kernels.required_anywhere(COARSE_LEVELS, settings.min_cases, packed.in_window, len(packed.period_of), packed.strip_begins, lengths[0])
            )  # fmt: skip
        return np.asarray(
            kernels.anywhere_maxima(
                around.order, around.reach, packed.begins, packed.period_of, packed.in_window, lengths[0], settings.min_cases, COARSE_LEVELS,
                packed.strip_begins, packed.strip_of, required[0], settings.seed, first, number,
            )
        )  # fmt: skip

    return replicate


def _shuffled_replicates(
    around: Zones, cases: Ints, base: Floats, lengths: tuple[int, int], settings: Settings
) -> Callable[[int, int], Floats]:
    """Permutation with windows anywhere."""
    place, period = np.nonzero(cases)
    place_of, period_of = np.repeat(place, cases[place, period]), np.repeat(period, cases[place, period])
    how_many = np.full(settings.replications, len(place_of))

    def replicate(first: int, number: int) -> Floats:
        return general(around, base, lengths, settings, KULLDORFF, len(place_of), SHUFFLE, place_of, period_of.astype(float), how_many, first, number)  # fmt: skip

    return replicate


def general(
    around: Zones, base: Floats, lengths: tuple[int, int], settings: Settings, code: int, base_total: float,
    way: int, a: Ints, b: Floats, how_many: Ints, first: int, number: int,
) -> Floats:  # fmt: skip
    from vicinia_analytics.scan import kernels

    return np.asarray(
        kernels.general_maxima(
            around.order, around.reach, base, lengths, settings.prospective, code, settings.min_cases, float(base_total), way, a, b,
            how_many[first : first + number].astype(np.int64), settings.seed, first,
        )
    )  # fmt: skip
