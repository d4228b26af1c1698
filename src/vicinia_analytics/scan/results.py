"""What a scan found."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any


@dataclass(frozen=True)
class Cluster:
    """More cases than expected in a zone and a window. Days are both included; `radius_km` reaches the farthest place."""

    rank: int
    locations: tuple[str, ...]
    centre: str
    radius_km: float
    start: dt.date
    end: dt.date
    observed: int
    expected: float
    relative_risk: float | None
    statistic: float
    p_value: float | None
    gumbel_p_value: float | None
    recurrence_interval_days: float | None


@dataclass(frozen=True)
class ScanResult:
    """Clusters, the strongest first, none sharing a place with a stronger one; and how they were looked for."""

    clusters: tuple[Cluster, ...]
    replications: int
    seconds: float
    settings: dict[str, Any]
    version: str

    def as_json(self) -> dict[str, Any]:
        """The result in plain values, days in ISO form."""
        whole = asdict(self)
        for cluster in whole["clusters"]:
            cluster["start"], cluster["end"] = cluster["start"].isoformat(), cluster["end"].isoformat()
            cluster["locations"] = list(cluster["locations"])
        whole["clusters"] = list(whole["clusters"])
        return whole


@cache
def own_version() -> str:
    """Version of the installed package."""
    try:
        return version("vicinia")
    except PackageNotFoundError:  # used from its sources
        return "unreleased"
