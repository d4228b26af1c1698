"""The rules of adequacy of the Regions that we know, each a file of data beside this one, with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Size = tuple[int, float, float]
"""How many people, how many square metres they need, which share of them may be missing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A rule of adequacy as it is written down: see `models.AdequacyTable`."""

    code: str
    name: str
    source: str
    sizes: tuple[Size, ...]
    people_per_room: int | None = None
    rooms_at_most: int | None = None


@cache
def known_tables() -> tuple[Table, ...]:
    """Every table that comes with the program, in the order of their files."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Table:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    sizes = tuple((int(people), float(area), float(share)) for people, area, share in told.pop("sizes"))
    return Table(sizes=sizes, **told)
