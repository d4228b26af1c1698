"""Importing the files of a municipality, made small here."""

import csv
import datetime as dt
import json
from io import StringIO

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command

from vicinia.domain.territory.bulk import MappingError, import_territory
from vicinia.domain.territory.models import Area, BaseShape, CivicNumber, EarlierBoundary, Place, Street
from vicinia.domain.territory.tests.factories import AreaFactory, square
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
JOB = Actor.job("import-territory", frozenset({Capability.EDIT_TERRITORY}))
NUMBERS = """[[numbers]]
file = "civici.csv"
separator = ";"
epsg = 3003
area_kind = "quarter"
columns = { street_code = "Via", street_kind = "DUG", street_name = "DUF", number = "Civico", exponent = "Esp", area = "Zona", x = "X", y = "Y" }
"""
CIVICS = """Via;DUG;DUF;Civico;Esp;Zona;X;Y
1;Via;Roma;12;;Centro;1468714.1;4972053.6
1;Via;Roma;12;a;Centro;1468720.1;4972053.6
2;Corso;Citta' Nuova;3;;Pista;1468800,5;4972100,5
"""
AREAS = '[[areas]]\nfile = "zone.geojson"\nkind = "quarter"\ncolumns = { code = "cod", name = "nome" }\n'


def feature(code, name, geometry):
    return {"type": "Feature", "properties": {"cod": code, "nome": name}, "geometry": geometry}


def write_geojson(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def write_square_in_metres(path, driver):
    """One area in EPSG:3003, as a GIS office exports it."""
    from pyogrio.raw import write

    shapes = shapely.to_wkb(np.array([shapely.box(1468000, 4972000, 1469000, 4973000)]))
    words = [np.array(["Q1"], dtype=object), np.array(["Centro"], dtype=object)]
    write(path, shapes, words, ["cod", "nome"], geometry_type="Polygon", crs="EPSG:3003", driver=driver)


@pytest.fixture
def town(tmp_path):
    """A folder with a mapping of civic numbers; `run()` imports it."""
    (tmp_path / "town.toml").write_text(NUMBERS)
    (tmp_path / "civici.csv").write_text(CIVICS)
    return tmp_path


def run(folder, **options):
    outcome = import_territory(by=JOB, mapping=folder / "town.toml", **options)
    return outcome, {each.what: each.tally for each in outcome.done}


def test_numbers_bring_their_streets_and_areas(town):
    _outcome, tallies = run(town)
    assert (tallies["streets"].new, tallies["numbers"].new) == (2, 3)
    number = CivicNumber.objects.select_related("street", "area").get(exponent="A")
    assert (str(number), number.area.name) == ("Via Roma, 12/A", "Centro")
    assert number.lat == pytest.approx(44.9, abs=0.05)
    assert number.lon == pytest.approx(8.6, abs=0.05)


def test_a_second_run_changes_nothing_and_records_nothing(town):
    run(town)
    lines = Entry.objects.count()
    outcome, tallies = run(town)
    assert outcome.changed_nothing
    assert (tallies["numbers"].same, tallies["streets"].same) == (3, 2)
    assert Entry.objects.count() == lines == 2


def test_a_changed_row_is_corrected_and_a_renamed_street_too(town):
    run(town)
    changed = CIVICS.replace("Roma;12;;Centro", "Roma Nuova;12;;Pista").replace(
        "Roma;12;a", "Roma Nuova;12;a"
    )
    (town / "civici.csv").write_text(changed)
    _outcome, tallies = run(town)
    assert (tallies["numbers"].changed, tallies["numbers"].same, tallies["streets"].changed) == (1, 2, 1)
    assert CivicNumber.objects.get(exponent="", number=12).area.name == "Pista"
    assert Street.objects.get(code="1").name == "Roma Nuova"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1;Via;Roma;dodici;;Centro;1468714;4972053", "numero civico"),
        ("1;Via;Roma;0;;Centro;1468714;4972053", "numero civico"),
        ("1;Via;Roma;13;;Centro;;4972053", "X è vuoto"),
        ("1;Via;Roma;13;;Centro;nan;4972053", "non è un numero"),
        ("1;Via;Roma;13;;Centro;44.9;8.6", "fuori dalla zona"),
        ("1;Via;Roma;13", "X è vuoto"),
        ("1;Via;;13;;Centro;1468714;4972053", "DUF è vuoto"),
        ("1;Via;Roma;12;A;Centro;1468714;4972053", "alla riga 3"),
        (f"1;Via;{'x' * 200};13;;Centro;1468714;4972053", "troppo lungo"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_line_and_reason(town, row, reason):
    (town / "civici.csv").write_text(f"{CIVICS}{row}\n")
    _outcome, tallies = run(town)
    assert tallies["numbers"].new == 3
    [refusal] = tallies["numbers"].refused
    assert (refusal.origin.line, refusal.origin.text) == (5, row)
    assert reason in str(refusal.reason)


@pytest.mark.parametrize(("encoding", "name"), [("latin-1", "Libertà"), ("utf-8-sig", "Libertà")])
def test_other_encodings_are_read(town, encoding, name):
    (town / "civici.csv").write_bytes(CIVICS.replace("Citta' Nuova", name).encode(encoding))
    told = "latin-1" if encoding == "latin-1" else "utf-8"
    (town / "town.toml").write_text(NUMBERS.replace("epsg", f'encoding = "{told}"\nepsg'))
    run(town)
    assert Street.objects.filter(name=name).exists()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (NUMBERS.replace("civici.csv", "niente.csv"), "numbers[1].file: non trovo"),
        (NUMBERS.replace("epsg = 3003", 'epsg = "3003"'), "numbers[1].epsg: serve un numero intero"),
        (NUMBERS.replace("3003", "1"), "numbers[1].epsg: sistema di coordinate sconosciuto"),
        (NUMBERS.replace("separator", "separatore"), "numbers[1].separatore: chiave sconosciuta"),
        (NUMBERS.replace('";"', '";;"'), "numbers[1].separator: serve un solo carattere"),
        (NUMBERS.replace('"X"', '"CoordX"'), "numbers[1].columns.x: il file non ha la colonna «CoordX»"),
        (NUMBERS.replace('x = "X", ', ""), "numbers[1].columns.x: manca"),
        (NUMBERS.replace("epsg", 'encoding = "ascii9"\nepsg'), "numbers[1].encoding: codifica sconosciuta"),
        (NUMBERS.replace("[[numbers]]", "[numbers]"), "numbers: scrivi [[numbers]]"),
        (NUMBERS.replace("numbers", "civici"), "civici: sezione sconosciuta"),
        ('[[areas]]\nfile = "civici.csv"\nkind = "q"\ncolumns = { name = "DUF" }', "areas[1].file: serve"),
        ('[[areas]]\nfile = "civici.csv"\ncolumns = { name = "DUF" }', "areas[1].kind: manca"),
        ("[[numbers", "town.toml"),
        ("", "nessuna sezione"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_key_and_nothing_is_written(town, broken, said):
    (town / "town.toml").write_text(broken)
    with pytest.raises(MappingError) as error:
        run(town)
    assert said in str(error.value)
    assert not Street.objects.exists()


def test_a_file_in_another_encoding_than_told_is_a_clear_error(town):
    (town / "civici.csv").write_bytes(CIVICS.replace("Citta'", "Città").encode("latin-1"))
    with pytest.raises(MappingError, match="encoding"):
        run(town)


def test_a_trial_says_what_would_change_and_changes_nothing(town):
    outcome, tallies = run(town, keep=False)
    assert tallies["numbers"].new == 3
    assert not outcome.changed_nothing
    assert not (CivicNumber.objects.exists() or Street.objects.exists() or Entry.objects.exists())


def test_only_who_keeps_the_territory_imports(town, cast):
    with pytest.raises(Refused):
        import_territory(by=cast.actor(cast.anna), mapping=town / "town.toml")


def test_the_command_tells_the_counts_and_writes_the_refused_rows(town):
    (town / "civici.csv").write_text(f"{CIVICS}1;Via;Roma;?;;Centro;1;1\n")
    said = StringIO()
    call_command("import_territory", str(town / "town.toml"), stdout=said)
    assert "nuovi 3" in said.getvalue()
    rows = list(csv.reader((town / "town.refused.csv").open(encoding="utf-8")))
    assert rows[1][:3] == ["numbers", "civici.csv", "5"]
    said = StringIO()
    call_command("import_territory", str(town / "town.toml"), "--dry-run", stdout=said)
    assert "Non cambia niente" in said.getvalue()


def test_the_command_ends_with_the_sentence_of_a_wrong_mapping(town):
    (town / "town.toml").write_text("[[base]]\n")
    with pytest.raises(CommandError, match=r"base\[1\]\.file: manca"):
        call_command("import_territory", str(town / "town.toml"))


def test_areas_in_pieces_are_one_and_take_in_numbers_and_places(tmp_path):
    west, east = square(44.80, 10.60), square(44.80, 10.62)
    write_geojson(tmp_path / "zone.geojson", feature("1", "Crocetta", west), feature("1", "Crocetta", east))
    (tmp_path / "town.toml").write_text(AREAS)
    street = Street.objects.create(code="1", kind="Via", name="Roma")
    CivicNumber.objects.create(street=street, number=1, lat=44.805, lon=10.625)
    Place.objects.create(code="p", name="Parco", lat=44.805, lon=10.605)
    outcome, tallies = run(tmp_path)
    area = Area.objects.get()
    assert (tallies["areas"].new, outcome.moved_numbers, outcome.moved_places) == (1, 1, 1)
    assert (area.boundary["type"], area.west, area.east) == ("MultiPolygon", 10.60, 10.63)
    assert CivicNumber.objects.get().area == Place.objects.get().area == area
    assert run(tmp_path)[0].changed_nothing


def test_a_boundary_completes_the_area_that_numbers_named(town):
    run(town)
    centro = Area.objects.get(name="Centro")
    write_geojson(town / "zone.geojson", feature("Q1", "CENTRO", square(44.85, 8.55, 0.1)))
    (town / "town.toml").write_text(NUMBERS + AREAS)
    run(town)
    centro.refresh_from_db()
    assert (centro.code, Area.objects.count(), CivicNumber.objects.filter(area=centro).count()) == (
        "Q1",
        2,
        3,
    )
    assert run(town)[0].changed_nothing


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile"])
def test_files_of_shapes_say_their_own_coordinates(tmp_path, driver):
    path = tmp_path / ("zone.gpkg" if driver == "GPKG" else "zone.shp")
    write_square_in_metres(path, driver)
    (tmp_path / "town.toml").write_text(AREAS.replace("zone.geojson", path.name))
    run(tmp_path)
    area = Area.objects.get()
    assert area.south == pytest.approx(44.9, abs=0.02)
    assert area.west == pytest.approx(8.6, abs=0.02)
    assert run(tmp_path)[0].changed_nothing


def test_shapes_that_are_no_surface_are_refused_and_crossed_rings_mended(tmp_path):
    bow = {
        "type": "Polygon",
        "coordinates": [[[10.6, 44.8], [10.7, 44.9], [10.7, 44.8], [10.6, 44.9], [10.6, 44.8]]],
    }
    line = {"type": "LineString", "coordinates": [[10.6, 44.8], [10.7, 44.8]]}
    far = square(2000.0, 10.0)
    features = [
        feature("1", "A", bow),
        feature("2", "B", line),
        feature("3", "C", None),
        feature("4", "D", far),
    ]
    write_geojson(tmp_path / "zone.geojson", *features)
    (tmp_path / "town.toml").write_text(AREAS)
    _outcome, tallies = run(tmp_path)
    assert tallies["areas"].new == 1
    assert [refusal.origin.line for refusal in tallies["areas"].refused] == [2, 3, 4]
    assert shapely.from_geojson(json.dumps(Area.objects.get().boundary)).is_valid


def test_a_boundary_of_a_later_day_keeps_the_earlier_one(tmp_path):
    def draw(since, west):
        write_geojson(tmp_path / "zone.geojson", feature("1", "Crocetta", square(44.80, west)))
        (tmp_path / "town.toml").write_text(AREAS.replace("columns", f"valid_from = {since}\ncolumns"))
        return run(tmp_path)[0]

    draw("2024-01-01", 10.60)
    area = Area.objects.get()
    draw("2026-01-01", 10.62)
    draw("2022-01-01", 10.64)
    area.refresh_from_db()
    assert (area.valid_from, area.west) == (dt.date(2026, 1, 1), 10.62)
    earlier = EarlierBoundary.objects.filter(area=area).values_list("valid_from", "valid_to")
    assert list(earlier) == [
        (dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
        (dt.date(2024, 1, 1), dt.date(2025, 12, 31)),
    ]
    assert draw("2022-01-01", 10.64).changed_nothing
    assert draw("2026-01-01", 10.62).changed_nothing


def test_places_streets_and_base_come_by_the_same_command(tmp_path):
    (tmp_path / "luoghi.csv").write_text(
        "nome,alias,lon,lat\nParco Pertini,i giardini|i cani,10.605,44.805\n"
    )
    line = {"type": "LineString", "coordinates": [[10.60, 44.80], [10.61, 44.80]]}
    write_geojson(tmp_path / "strade.geojson", feature("1", "Roma", line))
    write_geojson(
        tmp_path / "acqua.geojson", feature("f", "Fiume", square(44.8, 10.6)), feature("g", "", line)
    )
    (tmp_path / "town.toml").write_text(
        '[[places]]\nfile = "luoghi.csv"\nkind = "parco"\n'
        'columns = { name = "nome", aliases = "alias", x = "lon", y = "lat" }\n'
        '[[streets]]\nfile = "strade.geojson"\ncolumns = { code = "cod", name = "nome" }\n'
        '[[base]]\nfile = "acqua.geojson"\nshapes = "water"\ncolumns = { code = "cod", name = "nome" }\n'
    )
    AreaFactory(name="Crocetta")
    run(tmp_path)
    place = Place.objects.get()
    assert (place.aliases, place.code, place.area.name) == (
        ["i giardini", "i cani"],
        "parco-parco-pertini",
        "Crocetta",
    )
    assert Street.objects.get().line["type"] == "LineString"
    assert BaseShape.objects.filter(layer="water").count() == 2
    assert run(tmp_path)[0].changed_nothing
    write_geojson(tmp_path / "acqua.geojson", feature("f", "Fiume", square(44.8, 10.6)))
    assert run(tmp_path)[1]["base"].gone == 1
