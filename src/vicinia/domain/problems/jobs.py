"""What the night does for SARA sheets."""

from __future__ import annotations

from vicinia.domain.problems import actions, queries
from vicinia.foundation.kernel.actor import Actor


def look_again() -> int:
    """What each sheet in work lacks, told to its case again; returns how many were looked at."""
    sheets = list(queries.sheets_of_open_cases())
    for sheet in sheets:
        actions.look_again(by=Actor.job("problems.look_again"), sheet=sheet)
    return len(sheets)
