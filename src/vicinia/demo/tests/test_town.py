"""The town: quarters that tile it, doors where they belong, a map that stays light."""

import csv
import io
import itertools
import json

import pytest
from shapely.geometry import Point, shape

from vicinia.demo.town import areas_geojson, base_map, build_town, civics_csv, plan, to_text

SEED = 2026


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    first, again, other = (civics_csv(build_town.__wrapped__(seed)) for seed in (SEED, SEED, 7))
    assert first == again
    assert first != other


def test_quarters_tile_the_town() -> None:
    town = build_town(SEED)
    outline = plan.patch(plan.OUTLINE)
    assert len(town.quarters) == 8
    assert sum(quarter.outline.area for quarter in town.quarters) == pytest.approx(outline.area, rel=1e-6)
    for one, other in itertools.combinations(town.quarters, 2):
        assert one.outline.intersection(other.outline).area < 1
    assert 39_000 < sum(quarter.population for quarter in town.quarters) < 42_000


@pytest.mark.parametrize("seed", [SEED, 7, 99])
def test_every_seed_gives_streets_doors_and_places_enough(seed: int) -> None:
    town = build_town(seed)
    assert 110 <= len(town.streets) <= 200
    assert 2800 <= len(town.civics) <= 4200
    assert len(town.places) >= 60
    assert len({street.label for street in town.streets}) == len(town.streets)
    assert len({civic.label for civic in town.civics}) == len(town.civics)
    assert town.civic("Via dei Mille 12").quarter == "Crocetta"
    assert town.place("Piazza Liberazione").quarter == "Crocetta"


def test_doors_stand_inside_their_quarter_odd_and_even_on_their_own_side() -> None:
    town = build_town(SEED)
    outlines = {quarter.name: quarter.outline for quarter in town.quarters}
    assert all(outlines[civic.quarter].contains(Point(civic.x, civic.y)) for civic in town.civics)
    line = next(street.line for street in town.streets if street.label == "Via dei Mille")
    doors = town.civics_of("Via dei Mille")
    left = line.parallel_offset(11, "left")
    for civic in doors:
        if not civic.exponent:
            assert (left.distance(Point(civic.x, civic.y)) < 8) == (civic.number % 2 == 1)


def test_buildings_with_stairs_and_places_stand_in_their_quarter() -> None:
    town = build_town(SEED)
    assert {building.quarter for building in town.buildings} == {"Le Corti", "Crocetta"}
    assert "B" in next(building.stairs for building in town.buildings if building.name == "Via dei Mille 12")
    for place in town.places:
        assert place.civic is None or place.civic.quarter == place.quarter


def test_the_civic_numbers_have_the_columns_of_a_municipality() -> None:
    rows = list(csv.DictReader(io.StringIO(civics_csv(build_town(SEED))), delimiter=";"))
    assert list(rows[0]) == [
        "CodiceVia", "DUG", "DUF", "CAP", "QuartiereSobborgo", "Civico", "Esponente", "InizioValidita",
        "SezCensimento", "CoordX", "CoordY",
    ]  # fmt: skip
    assert all(10.5 < float(row["CoordX"]) < 10.8 and 44.7 < float(row["CoordY"]) < 44.9 for row in rows)
    assert any(row["Esponente"] for row in rows)


def test_the_base_map_is_valid_and_light() -> None:
    text = to_text(base_map(build_town(SEED)))
    assert len(text.encode()) <= 250_000
    layers = {feature["properties"]["layer"] for feature in json.loads(text)["features"]}
    assert layers == {"built", "quarter", "park", "water", "rail", "houses", "square", "street", "building"}


def test_areas_come_out_as_valid_polygons() -> None:
    features = areas_geojson(build_town(SEED))["features"]
    assert len(features) == 8
    assert all(shape(feature["geometry"]).is_valid for feature in features)
