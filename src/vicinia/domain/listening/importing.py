"""What an import of reports brings, row by row, already clean; and what became of it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from vicinia.foundation.kernel.verdict import Sentence

KEPT_REFUSALS = (
    2000  # how many reasons stay with the batch; a file where more rows are wrong has one thing wrong
)


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """A row of a file as a report. `kind` is the code of a kind of problem, or the name of one to be made."""

    line: int
    source_id: str
    kind: str
    opened_at: dt.datetime
    state: str
    channel: str
    title: str
    closed_at: dt.datetime | None = None
    description: str = ""
    answer: str = ""
    reason: str = ""
    address: str = ""
    place_words: str = ""
    lat: float | None = None
    lon: float | None = None
    area_id: int | None = None
    civic_number_id: int | None = None
    warning: Sentence = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be taken in, why, and its words, so that it can be found and mended."""

    line: int
    reason: Sentence
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewKinds:
    """Kinds that an import may make, by code, and the group that they go under."""

    group_code: str
    group_name: str
    names: Mapping[str, str] = field(default_factory=dict)
    in_use: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file: kept, known from an earlier import, refused."""

    read: int = 0
    kept: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warned: list[Refusal] = field(default_factory=list)

    def add(self, *, kept: int, known: int) -> None:
        self.kept += kept
        self.known += known
