"""Files of a scan: CSV with a header, and SaTScan's own .cas, .geo, .pop and .ctl.

A file is read whole or not at all: what is wrong with it is said together, with the row of each problem.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import TypeVar

from vicinia_analytics.scan.dates import When
from vicinia_analytics.scan.inputs import Places, ScanInputError
from vicinia_analytics.scan.population import Stratum

Read = TypeVar("Read")
_MOST_PROBLEMS = 20
_OF_SATSCAN = {".cas", ".geo", ".pop", ".ctl"}


class FileError(ScanInputError):
    """A file can't be used. `problems`: a sentence for each, with file and row; the message has the first twenty."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(problems) - _MOST_PROBLEMS
        shown = [*problems[:_MOST_PROBLEMS], *([f"… and {more} more."] if more > 0 else [])]
        super().__init__("\n".join(shown))


@dataclass(frozen=True)
class Event:
    """Cases (or controls) of one row: how many, where, when, of which stratum."""

    place: str
    when: When
    count: int
    stratum: Stratum = ()


@dataclass(frozen=True)
class PopulationTable:
    """Rows of a population file, as `Population.of` takes them, and the names of the covariates."""

    covariates: tuple[str, ...]
    rows: tuple[tuple[str, When | None, float, Stratum], ...]


def read_places(path: Path, *, geographic: bool = True) -> Places:
    """Places of a CSV with `location,x,y` (km) or `location,lat,lon`, or of a .geo file.

    geographic: what the numbers of a .geo file are, which does not say it; a CSV says it in its header. Raises FileError.
    """
    table = _Table.of(path, {".geo": ("location", "lat", "lon") if geographic else ("location", "x", "y")})
    in_degrees = table.has("lat") and table.has("lon")
    first, second = ("lat", "lon") if in_degrees else ("x", "y")
    table.require("location", first, second)
    rows_of: dict[str, int] = {}

    def read(row: int, cell: Callable[[str], str]) -> tuple[str, float, float]:
        name = _name(cell("location"))
        if name in rows_of:
            raise ScanInputError(f"place {name!r} was already in row {rows_of[name]}.")
        rows_of[name] = row
        a, b = table.number(cell(first), first), table.number(cell(second), second)
        if in_degrees and not (-90 <= a <= 90 and -180 <= b <= 180):
            raise ScanInputError(f"latitude {a:g}, longitude {b:g} are out of range.")
        return name, a, b

    return Places.of(table.read(read), geographic=in_degrees)


def read_events(path: Path, places: Places, *, covariates: Sequence[str] = ()) -> tuple[Event, ...]:
    """Cases of a CSV with `location,date[,count]` and covariates, or of a .cas or .ctl file; without `count`, a row is one case.

    covariates: names of the columns wanted; in a .cas file they come in this order after the date. Raises FileError.
    """
    of_satscan = ("location", "count", "date", *covariates)
    table = _Table.of(path, {".cas": of_satscan, ".ctl": of_satscan})
    table.require("location", "date", *covariates)
    known, counted = places.index(), table.has("count")

    def read(row: int, cell: Callable[[str], str]) -> Event:
        name = cell("location")
        if name not in known:
            raise ScanInputError(f"place {name!r} is not among the places.")
        return Event(
            name,
            When.parse(cell("date")),
            _count(cell("count")) if counted else 1,
            tuple(cell(covariate) for covariate in covariates),
        )

    return tuple(table.read(read))


def read_population(path: Path, places: Places) -> PopulationTable:
    """People of a CSV with `location,date,population` and covariates, or of a .pop file. Raises FileError.

    Without a `date` (or with "unspecified", as SaTScan writes) the population is always the same.
    """
    table = _Table.of(path, {".pop": ("location", "date", "population")}, rest="covariate")
    table.require("location", "population")
    covariates = tuple(name for name in table.columns if name not in {"location", "date", "population"})
    known, dated = places.index(), table.has("date")

    def read(row: int, cell: Callable[[str], str]) -> tuple[str, When | None, float, Stratum]:
        name = cell("location")
        if name not in known:
            raise ScanInputError(f"place {name!r} is not among the places.")
        date = cell("date") if dated else "unspecified"
        people = table.number(cell("population"), "population")
        if people < 0:
            raise ScanInputError(f"a population of {people:g}; it is 0 or more.")
        when = None if date in {"", "unspecified"} else When.parse(date)
        return name, when, people, tuple(cell(covariate) for covariate in covariates)

    return PopulationTable(covariates, tuple(table.read(read)))


@dataclass
class _Table:
    """A file as rows of cells under names; it gathers what is wrong."""

    path: Path
    columns: dict[str, int]
    rows: list[tuple[int, list[str]]]
    decimal_comma: bool = False
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, of_satscan: dict[str, tuple[str, ...]], *, rest: str = "") -> _Table:
        """of_satscan: the columns of a SaTScan file by the ending of its name; `rest`: how its further columns are called."""
        lines = _lines(path)
        ending = path.suffix.lower()
        if ending in _OF_SATSCAN:
            if ending not in of_satscan:
                raise FileError([f"{path.name}: a {ending} file is not what is read here."])
            # Blanks and tabs separate, quotes hold a name with blanks together.
            rows = list(_cells((line.replace("\t", " ") for line in lines), " "))
            names = list(of_satscan[ending])
            if rest and rows:
                names += [f"{rest} {n}" for n in range(1, len(rows[0][1]) - len(names) + 1)]
            return cls(path, {name: at for at, name in enumerate(names)}, rows)
        delimiter = max(",;\t", key=lines[0].count) if lines else ","
        rows = list(_cells(iter(lines), delimiter))
        if not rows:
            raise FileError([f"{path.name}: the file is empty; its first row is a header."])
        header = [cell.lower() for cell in rows[0][1]]
        twice = sorted({name for name in header if header.count(name) > 1})
        if twice:
            raise FileError([f"{path.name}: the header has {', '.join(twice)} twice."])
        return cls(path, {name: at for at, name in enumerate(header)}, rows[1:], delimiter != ",")

    def has(self, name: str) -> bool:
        return name in self.columns

    def require(self, *names: str) -> None:
        missing = [name for name in names if name not in self.columns]
        if missing:
            raise FileError([f"{self.path.name}: the header has no {', '.join(missing)}."])

    def number(self, text: str, what: str) -> float:
        """A number; where a semicolon or a tab separates, the comma may be its decimal mark."""
        try:
            value = float(text.replace(",", ".") if self.decimal_comma else text)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise ScanInputError(f"{what} {text!r} is not a number.")
        return value

    def read(self, one: Callable[[int, Callable[[str], str]], Read]) -> list[Read]:
        """Every row through `one`. Raises FileError with all that is wrong."""
        out = []
        for row, cells in self.rows:
            try:
                if len(cells) < len(self.columns):
                    raise ScanInputError(f"{len(cells)} values, {len(self.columns)} are needed.")
                out.append(one(row, lambda name, cells=cells: cells[self.columns[name]]))  # type: ignore[misc]
            except ScanInputError as problem:
                self.problems.append(f"{self.path.name}, row {row}: {problem}")
        if not self.rows:
            self.problems.append(f"{self.path.name}: there are no rows.")
        if self.problems:
            raise FileError(self.problems)
        return out


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as problem:
        raise FileError([f"{path}: {problem.strerror or problem}."]) from None
    except UnicodeDecodeError as problem:
        row = problem.object[: problem.start].count(b"\n") + 1
        raise FileError([f"{path.name}, row {row}: the text is not UTF-8."]) from None


def _cells(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the number of their line."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        while delimiter == " " and stripped and not stripped[-1]:
            stripped.pop()
        if any(stripped):
            yield reader.line_num, stripped


def _name(text: str) -> str:
    if not text:
        raise ScanInputError("the place has no name.")
    return text


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        raise ScanInputError(f"count {text!r} is not a whole number.") from None
    if count < 0:
        raise ScanInputError(f"a count of {count}; it is 0 or more.")
    return count
