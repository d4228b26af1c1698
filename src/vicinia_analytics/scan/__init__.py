"""Scan statistics: where and when there are more cases than chance explains. No person is ever an input.

    >>> from datetime import date
    >>> from vicinia_analytics.scan import Places, Settings, Study, permutation
    >>> places = Places.of([("piazza", 0.0, 0.0), ("parco", 1.0, 0.0)])
    >>> rows = [("piazza", date(2026, 3, day), 1) for day in range(1, 11)] + [("parco", date(2026, 3, 10), 4)]
    >>> permutation(Study.of(rows, places=places), Settings(max_length=3)).clusters[0].locations
    ('parco',)

Importing this module does not import numba: the compiled loops are loaded when a scan runs.
"""

from vicinia_analytics.scan.engine import bernoulli, expectation, forecast, permutation, poisson
from vicinia_analytics.scan.inputs import (
    Calendar,
    Counts,
    Forecast,
    Model,
    Places,
    PValue,
    ScanInputError,
    Settings,
    Study,
    Unit,
)
from vicinia_analytics.scan.results import Cluster, ScanResult

__all__ = [
    "Calendar",
    "Cluster",
    "Counts",
    "Forecast",
    "Model",
    "PValue",
    "Places",
    "ScanInputError",
    "ScanResult",
    "Settings",
    "Study",
    "Unit",
    "bernoulli",
    "expectation",
    "forecast",
    "permutation",
    "poisson",
]
