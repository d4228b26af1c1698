"""Distances on the sphere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia_analytics.geometry import EARTH_RADIUS_M, box_around, metres_between

lats = st.floats(-85, 85)
lons = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 1), EARTH_RADIUS_M * 0.0174532925),
        ((90, 0), (-90, 0), EARTH_RADIUS_M * 3.14159265),
        ((45.4642, 9.19), (41.9028, 12.4964), 477_000),  # Milan to Rome
    ],
)
def test_known_distances(a, b, metres):
    assert metres_between(*a, *b) == pytest.approx(metres, rel=0.002, abs=1e-6)


@given(lats, lons, lats, lons)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_way_around(lat_a, lon_a, lat_b, lon_b):
    there = metres_between(lat_a, lon_a, lat_b, lon_b)
    assert there == pytest.approx(metres_between(lat_b, lon_b, lat_a, lon_a), abs=1e-3)
    assert 0 <= there <= EARTH_RADIUS_M * 3.1415927


@given(lats, st.floats(-170, 170), st.floats(1, 50_000), st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_near_is_inside_the_box_around(lat, lon, metres, up, right):
    south, west, north, east = box_around(lat, lon, metres)
    other = lat + up * (north - lat) * 1.2, lon + right * (east - lon) * 1.2
    is_inside = south <= other[0] <= north and west <= other[1] <= east
    assert is_inside or metres_between(lat, lon, *other) > metres * 0.999


def test_around_a_pole_there_is_no_box():
    with pytest.raises(ValueError, match="pole"):
        box_around(89.9999, 0, 5_000)
