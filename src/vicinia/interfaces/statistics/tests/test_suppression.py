"""Nobody works a small count out of what is shown: by attack, not by faith."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from vicinia.interfaces.statistics.suppression import THRESHOLD, is_small, protect_line, protect_table

Grid = list[list[int | None]]


def with_total(cells, total) -> Grid:
    """What an attacker sees of a table: cells, margins and the grand total."""
    table = protect_table(cells)
    return [
        *([*line, row] for line, row in zip(table.cells, table.rows, strict=True)),
        [*table.columns, total],
    ]


def equations(seen: Grid) -> tuple[list[tuple[int, int]], list[tuple[dict[tuple[int, int], int], int]]]:
    """The hidden places, and one equation per line and column over them: the sum of a line is its margin."""
    rows, columns = len(seen), len(seen[0])
    hidden = [(r, c) for r, c in product(range(rows), range(columns)) if seen[r][c] is None]
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    found = []
    for line in lines:
        signs = {place: -1 if place == line[-1] else 1 for place in line}
        unknown = {place: sign for place, sign in signs.items() if place in set(hidden)}
        known = sum(sign * (seen[r][c] or 0) for (r, c), sign in signs.items() if (r, c) not in unknown)
        if unknown:
            found.append((unknown, -known))
    return hidden, found


def solved_by_algebra(seen: Grid) -> dict[tuple[int, int], int]:
    """Every hidden place that the equations alone give away (Gauss-Jordan over exact fractions)."""
    hidden, system = equations(seen)
    rows = [[Fraction(line.get(place, 0)) for place in hidden] + [Fraction(value)] for line, value in system]
    pivot = 0
    for column in range(len(hidden)):
        at = next((r for r in range(pivot, len(rows)) if rows[r][column]), None)
        if at is None:
            continue
        rows[pivot], rows[at] = rows[at], rows[pivot]
        rows[pivot] = [value / rows[pivot][column] for value in rows[pivot]]
        for r, row in enumerate(rows):
            if r != pivot and row[column]:
                rows[r] = [a - row[column] * b for a, b in zip(row, rows[pivot], strict=True)]
        pivot += 1
    single = [[at for at, value in enumerate(row[:-1]) if value] for row in rows]
    return {hidden[at[0]]: int(rows[r][-1]) for r, at in enumerate(single) if len(at) == 1}


def possible_values(seen: Grid, place, most: int = 60) -> set[int]:
    """What a hidden place may be for who tries every whole number from 1 up: an exhaustive search with bounds."""
    hidden, system = equations(seen)
    values: set[int] = set()
    order = [place, *(other for other in hidden if other != place)]

    def search(at: int, chosen: dict[tuple[int, int], int]) -> bool:
        for unknown, total in system:
            left = [other for other in unknown if other not in chosen]
            have = sum(sign * chosen[other] for other, sign in unknown.items() if other in chosen)
            if not left and have != total:
                return False
            if left and all(unknown[other] == 1 for other in left) and have + len(left) > total:
                return False
        if at == len(order):
            return True
        return any(search(at + 1, {**chosen, order[at]: value}) for value in range(1, most))

    for value in range(1, 15):
        if search(1, {place: value}):
            values.add(value)
    return values


def small_places(cells):
    grid = [[*line, sum(line)] for line in cells]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    return {(r, c): count for r, line in enumerate(grid) for c, count in enumerate(line) if is_small(count)}


def random_table(dice: random.Random) -> list[list[int]]:
    scale = dice.choice([4, 8, 15, 40, 200])
    shape = dice.randint(1, 9), dice.randint(1, 8)
    return [[int(dice.expovariate(1 / scale)) for _ in range(shape[1])] for _ in range(shape[0])]


@pytest.mark.parametrize("seed", range(300))
def test_algebra_gives_no_small_count_away(seed):
    cells = random_table(random.Random(seed))
    small = small_places(cells)
    seen = with_total(cells, sum(map(sum, cells)))
    assert all(seen[r][c] is None for r, c in small if (r, c) != (len(cells), len(cells[0])))
    if not protect_table(cells).is_withheld:
        assert not set(solved_by_algebra(seen)) & set(small)


@pytest.mark.parametrize("seed", range(40))
def test_whoever_tries_every_number_is_left_with_five_or_more(seed):
    dice = random.Random(1000 + seed)
    cells = [[dice.choice([0, 2, 3, 5, 6, 7, 8]) for _ in range(3)] for _ in range(2)]
    table = protect_table(cells)
    if table.is_withheld:
        assert {None} == {count for line in (*table.cells, table.rows, table.columns) for count in line}
        return
    seen = with_total(cells, sum(map(sum, cells)))
    for place, count in small_places(cells).items():
        assert set(range(count, count + THRESHOLD)) <= possible_values(seen, place, most=35)


def test_the_attack_works_on_a_table_that_only_hides_small_counts():
    cells = [[3, 20], [30, 40]]
    naive: Grid = [[None, 20, 23], [30, 40, 70], [33, 60, 93]]
    assert solved_by_algebra(naive) == {(0, 0): 3}
    assert not solved_by_algebra(with_total(cells, 93))


def test_the_search_works_on_a_line_whose_companion_is_small():
    naive: Grid = [[None, None, 20, 22], [5, 5, 5, 15], [None, None, 25, 37]]
    assert possible_values(naive, (0, 0)) == {1}


def test_most_tables_of_a_real_size_can_be_shown():
    dice = random.Random(7)
    tables = [[[int(dice.expovariate(1 / 40)) for _ in range(8)] for _ in range(6)] for _ in range(50)]
    protected = [protect_table(table) for table in tables]
    assert sum(table.is_withheld for table in protected) <= 2
    hidden = sum(line.count(None) for table in protected for line in table.cells)
    assert hidden / (50 * 48) < 0.4


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 9, 30], (12, 9, 30)),
        ([12, 3, 30], (None, None, 30)),
        ([12, 0, 30], (12, 0, 30)),
        ([6, 6, 1, 4, 50], (None, 6, None, None, 50)),
        ([], ()),
    ],
)
def test_a_line_hides_its_small_counts_with_one_companion(counts, shown):
    assert protect_line(counts).counts == shown


def test_a_line_of_small_counts_is_withheld():
    assert protect_line([1, 1, 1, 1, 1]).is_withheld
    assert protect_line([1, 0, 4]).counts == (None, None, None)


def test_a_table_too_small_is_withheld():
    assert protect_table([[1, 2], [0, 1]]).is_withheld
    assert protect_table([[3, 50]]).cells == ((None, None),)


def test_an_empty_table_is_empty():
    assert protect_table([]).cells == ()
