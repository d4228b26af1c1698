"""Which numbers of a table are kept back, so that small ones can't be told nor worked out from the others.

A count from 1 to 4 is small. Hiding only the small ones is not enough: one gap in a line is the total less the rest. So each small
count gets companions, of 5 or more, that are hidden with it. Whoever knows every number that is shown, and that a hidden one is
at least 1, still finds that the small count may be larger by 4: `Protected.gap` is that promise, and the tests attack it.

- In a line with its total, the companion is the smallest count of 5 or more.
- In a table with margins, the companions close a rectangle: add 1 to the small count and to the corner in its own direction, take 1
  from the two others, and every line still adds up. With a margin the signs turn round, and the same holds.
- Hidden counts all look alike, so that nobody can tell the small ones from their companions.
- A table where no such companions exist is withheld as a whole.

Source of the method: Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

THRESHOLD = 5


def is_small(count: int) -> bool:
    """Whether a count would tell of too few."""
    return 0 < count < THRESHOLD


@dataclass(frozen=True, slots=True)
class Protected:
    """A line that may be shown: None stands for what is kept back. `is_withheld` means that nothing of it may be."""

    counts: tuple[int | None, ...]
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table that may be shown, with its margins: None stands for what is kept back."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    is_withheld: bool = False


def protect_line(counts: Sequence[int]) -> Protected:
    """The counts of a line whose total is known, with the small ones and one companion kept back."""
    if not any(is_small(count) for count in counts):
        return Protected(tuple(counts))
    companions = [count for count in counts if count >= THRESHOLD]
    if not companions:
        return Protected((None,) * len(counts), is_withheld=True)
    companion = counts.index(min(companions))
    shown = (None if is_small(count) or at == companion else count for at, count in enumerate(counts))
    return Protected(tuple(shown))


def protect_table(cells: Sequence[Sequence[int]]) -> ProtectedTable:
    """The cells and margins of a table whose grand total is known, with the small ones and their companions kept back."""
    grid = _with_margins(cells)
    hidden = _hidden_in(grid)
    if hidden is None:
        return _withheld(len(cells), len(grid[0]) - 1)
    shown = [
        tuple(None if (row, column) in hidden else count for column, count in enumerate(line))
        for row, line in enumerate(grid)
    ]
    body, foot = shown[:-1], shown[-1]
    return ProtectedTable(tuple(line[:-1] for line in body), tuple(line[-1] for line in body), foot[:-1])


def _with_margins(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    grid = [[*line, sum(line)] for line in cells]
    return [*grid, [sum(column) for column in zip(*grid, strict=True)]] if grid else [[0]]


def _withheld(rows: int, columns: int) -> ProtectedTable:
    line = (None,) * columns
    return ProtectedTable((line,) * rows, (None,) * rows, line, is_withheld=True)


Place = tuple[int, int]


def _hidden_in(grid: list[list[int]]) -> set[Place] | None:
    """Where the small counts and their companions lie, or None when some small count can have no companions."""
    small = [(row, at) for row, line in enumerate(grid) for at, count in enumerate(line) if is_small(count)]
    if (len(grid) - 1, len(grid[0]) - 1) in small:
        return None
    hidden = set(small)
    for place in small:
        companions = min(
            _companions(grid, place), key=lambda corners: _cost(grid, hidden, corners), default=None
        )
        if companions is None:
            return None
        hidden.update(companions)
    return hidden


def _cost(
    grid: list[list[int]], hidden: set[Place], corners: tuple[Place, ...]
) -> tuple[int, tuple[Place, ...]]:
    """What it costs to hide these too: the reports that would no longer be shown. Ties go to the first in order."""
    return sum(grid[row][at] for row, at in corners if (row, at) not in hidden), corners


def _companions(grid: list[list[int]], place: Place) -> Iterator[tuple[Place, ...]]:
    """The three other corners of every rectangle that leaves `place` room to be larger by THRESHOLD - 1."""
    row, at = place
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    for other_row, other_at in _elsewhere(grid, place):
        corners = ((row, other_at), (other_row, at), (other_row, other_at))
        if (last_row, last_column) in (place, *corners):
            continue
        if all(_leaves_room(grid, corner, place) for corner in corners):
            yield corners


def _elsewhere(grid: list[list[int]], place: Place) -> Iterator[Place]:
    rows = (row for row in range(len(grid)) if row != place[0])
    return chain.from_iterable(((row, at) for at in range(len(grid[0])) if at != place[1]) for row in rows)


def _leaves_room(grid: list[list[int]], corner: Place, place: Place) -> bool:
    """Whether a corner may be hidden with `place`: what has to fall when it rises must be able to fall by THRESHOLD - 1."""
    count = grid[corner[0]][corner[1]]
    return count >= (1 if _rises(grid, corner, place) else THRESHOLD)


def _rises(grid: list[list[int]], corner: Place, place: Place) -> bool:
    """Whether a corner grows with `place`. A margin is the sum of its line: it has the opposite sign in the line's equation."""
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    signs = 1
    if corner[0] != place[0]:
        signs = -signs if last_row not in (corner[0], place[0]) else signs
    if corner[1] != place[1]:
        signs = -signs if last_column not in (corner[1], place[1]) else signs
    return signs > 0
