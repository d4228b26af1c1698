"""Lines of a CSV file, gzipped or not, with what is wrong with those that can't be read."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from vicinia.domain.listening.bulk.mapping import Mapping, MappingError
from vicinia.domain.listening.importing import Refusal

LONGEST_CELL = 200_000
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number in the file and its cells."""

    number: int
    cells: list[str]

    @property
    def text(self) -> str:
        return " | ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands."""

    names: list[str]

    def index(self, mapping: Mapping) -> dict[str, int]:
        """The position of each column of the mapping; raises MappingError for one that the file lacks."""
        places = {name: place for place, name in enumerate(self.names)}
        for key, name in mapping.columns.items():
            if name not in places:
                raise MappingError(
                    _("columns.%(key)s: nel file non c'è la colonna «%(name)s»; ci sono %(known)s.")
                    % {"key": key, "name": name, "known": ", ".join(self.names)}
                )
        return {key: places[name] for key, name in mapping.columns.items()}


def open_raw(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked when it is gzipped."""
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
    return cast(IO[bytes], gzip.open(path, "rb") if is_packed else path.open("rb"))


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it is."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_lines(path: Path) -> int:
    """About how many rows there are: what a progress bar runs to."""
    with open_raw(path) as raw:
        return max(sum(chunk.count(b"\n") for chunk in iter(lambda: raw.read(1 << 20), b"")) - 1, 0)


def read_lines(mapping: Mapping, raw: IO[bytes]) -> Iterator[Header | Line | Refusal]:
    """The header, then every row. A row that is broken is refused and does not stop the others."""
    encoding = (
        "utf-8-sig" if mapping.encoding.lower().replace("_", "-") in ("utf-8", "utf8") else mapping.encoding
    )
    text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, delimiter=mapping.separator)
    names = [name.strip() for name in next(reader, [])]
    if not names:
        raise MappingError(_("Il file è vuoto."))
    yield Header(names)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(reader.line_num, _("Riga non leggibile: %(why)s.") % {"why": error})
            continue
        if cells:
            yield _checked(Line(reader.line_num, cells), len(names), mapping.encoding)


def _checked(line: Line, columns: int, encoding: str) -> Line | Refusal:
    if len(line.cells) != columns:
        counts = {"found": len(line.cells), "wanted": columns}
        reason = _("La riga ha %(found)s colonne invece di %(wanted)s.") % counts
        return Refusal(line.number, reason, _printable(line.text))
    for cell in line.cells:
        if not cell.isascii() and any("\udc80" <= letter <= "\udcff" for letter in cell):
            reason = _("La riga non è scritta in %(encoding)s.") % {"encoding": encoding}
            return Refusal(line.number, reason, _printable(line.text))
        if "\x00" in cell:
            return Refusal(line.number, _("La riga contiene caratteri nulli."), line.text.replace("\x00", ""))
    return line


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


class RowIds:
    """Stable ids of rows that have none: what the row says, and which of the equal rows it is."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, cells: list[str]) -> str:
        """The same id for the same row at every import of the file, also when rows were added elsewhere in it."""
        digest = hashlib.blake2b("\x1f".join(cells).encode(), digest_size=16).digest()
        self._seen[digest] += 1
        return f"{digest.hex()}-{self._seen[digest]}"
