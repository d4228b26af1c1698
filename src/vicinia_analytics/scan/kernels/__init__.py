"""The loops of the scan statistics, compiled by numba.

One room, so that all that is compiled is in one place; the tests hold a slow twin of each loop in plain Python.
Nothing here checks its input: `engine` does.

How the permutation scan is fast
--------------------------------
Between replicates only the dates move, so the expected count of a zone and a window never changes. Of all cases only those
dated inside the longest window matter, and the best score of a growing zone is always reached where a place with such a
case joins it. The counts of a zone in all windows lie beside each other in 16 (or 32) bits each, so that one addition of
256 bits counts a case in sixteen windows, and one more, to what a table says that each window needs at this many cases to reach
a given score, tells whether any window does: logarithms are taken only then. Some replicates go together through the
places around a centre, so that order and table are read once for all of them.
"""

from __future__ import annotations

from vicinia_analytics.scan.kernels.anywhere import anywhere_maxima, required_anywhere
from vicinia_analytics.scan.kernels.general import best_by_centre, general_maxima
from vicinia_analytics.scan.kernels.latest import permutation_maxima, required_counts

__all__ = [
    "anywhere_maxima",
    "best_by_centre",
    "general_maxima",
    "permutation_maxima",
    "required_anywhere",
    "required_counts",
]
