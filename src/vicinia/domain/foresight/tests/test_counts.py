"""The counts that a run keeps: cells of a grid, days, nothing else."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia.domain.foresight.counts import Counts, Grid, usual
from vicinia_analytics.geometry import metres_between

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 1, 10)


def counts(*rows):
    return Counts.of(rows, grid=Grid(100), first_day=FIRST, last_day=LAST)


@given(st.floats(-60, 70), st.floats(-179, 179), st.sampled_from([50, 100, 250]))
def test_a_point_lies_in_its_cell(lat, lon, metres):
    grid = Grid(metres)
    cell = grid.cell_of(lat, lon)
    centre = grid.centre(cell)
    assert grid.cell_of(*centre) == cell
    assert metres_between(lat, lon, *centre) <= metres * 0.75


def test_a_cell_is_as_wide_as_it_says():
    grid = Grid(100)
    row, column = grid.cell_of(44.8, 10.6).split(":")
    east = grid.centre(f"{row}:{int(column) + 1}")
    north = grid.centre(f"{int(row) + 1}:{column}")
    here = grid.centre(f"{row}:{column}")
    assert metres_between(*here, *east) == pytest.approx(100, abs=0.1)
    assert abs(north[0] - here[0]) * 111_125 == pytest.approx(100, abs=0.1)


def test_what_is_counted():
    here, there = (44.8001, 10.6001), (44.81, 10.61)
    found = counts(
        (FIRST, *here, 7), (FIRST, *here, 7), (LAST, *there, 7), (LAST, None, None, 7), (LAST, None, None, None),
        (FIRST - dt.timedelta(days=1), *here, 7),
    )  # fmt: skip
    assert found.total == 3
    assert found.areas == ((0, 9, 1), (7, 0, 2), (7, 9, 2))
    cell = Grid(100).cell_of(*here)
    assert found.by_day([cell]) == [2] + [0] * 9
    assert found.by_day([], area_id=7) == [2] + [0] * 8 + [2]
    assert found.inside([cell], FIRST, FIRST) == 2
    assert found.inside([cell], FIRST + dt.timedelta(days=1), LAST) == 0
    assert found.inside([cell], FIRST - dt.timedelta(days=5), FIRST - dt.timedelta(days=1)) == 0
    assert found.inside([], FIRST, LAST, area_id=7) == 4


def test_the_order_of_the_rows_does_not_matter_and_every_count_does():
    rows = [(FIRST, 44.8, 10.6, 1), (LAST, 44.81, 10.61, 2), (LAST, None, None, 1)]
    assert counts(*rows).as_bytes() == counts(*reversed(rows)).as_bytes()
    assert counts(*rows).fingerprint != counts(*rows, rows[0]).fingerprint


def test_what_is_packed_comes_back():
    found = counts((FIRST, 44.8, 10.6, 1), (LAST, 44.81, 10.61, 2))
    assert Counts.unpacked(found.packed(), found.fingerprint) == found
    assert set(json.loads(found.as_bytes())) == {"format", "grid", "first_day", "last_day", "cells", "areas"}
    with pytest.raises(ValueError, match="not those"):
        Counts.unpacked(counts().packed(), found.fingerprint)


def test_the_curve_sums_to_what_the_scan_expects():
    here, there = (44.8001, 10.6001), (44.81, 10.61)
    rows = [(FIRST + dt.timedelta(days=day), *there, 1) for day in range(10) for _one in range(3)]
    rows += [(LAST, *here, 1)] * 6
    found = counts(*rows)
    curve = found.curve([Grid(100).cell_of(*here)], days=4)
    assert [day[0] for day in curve] == ["2026-01-07", "2026-01-08", "2026-01-09", "2026-01-10"]
    assert curve[-1][1] == 6
    assert curve[-1][2] == pytest.approx(6 * 9 / 36, abs=0.001)
    assert curve[-1][3] == usual(1.5) == 4
    assert counts().curve(["a"], days=2) == [["2026-01-09", 0, 0.0, 0], ["2026-01-10", 0, 0.0, 0]]
    assert found.curve([], days=1, area_id=1)[0][1] == 9


def test_what_is_usual_is_the_poisson_quantile():
    """Against scipy.stats.poisson.ppf(0.975, mean), written down: to load scipy takes longer than all these tests."""
    quantiles = {0.0: 0, 0.01: 0, 0.4: 2, 1.4: 4, 3.0: 7, 12.5: 20, 80.0: 98}
    assert {mean: usual(mean) for mean in quantiles} == quantiles
