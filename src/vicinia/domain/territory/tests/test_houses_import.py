"""Files of buildings and dwellings: with a mapping file by the command, with columns chosen on the page."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.actors import ADMINISTRATOR, LABORATORY
from tests.cast import Cast
from vicinia.domain.territory import actions, bulk, queries
from vicinia.domain.territory.bulk import MappingError, import_territory
from vicinia.domain.territory.incoming import BuildingRow, Origin, StairDetails, Tally
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.territory.tests.factories import (
    AreaFactory,
    CivicNumberFactory,
    DwellingFactory,
    StreetFactory,
)
from vicinia.foundation.documents import csv_export
from vicinia.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
MAPPING = """[[dwellings]]
file = "alloggi.csv"
separator = ";"
columns = { building = "ed", building_name = "nome", address = "via", manager = "ente", built_year = "anno", stair = "sc", stair_address = "portone", floors = "piani", has_lift = "asc", is_step_free = "grad", floor = "piano", door = "int", square_metres = "mq", rooms = "vani", is_accessible = "acc", x = "lon", y = "lat" }
"""
HEADER = "ed;nome;via;ente;anno;sc;portone;piani;asc;grad;piano;int;mq;vani;acc;lon;lat\n"
ROWS = """12/A;Corte A;Via Roma 12;ALER;1962;A;;5;sì;no;T;1;54,4;3;x;;
12/A;Corte A;Via Roma 12;ALER;1962;A;;5;sì;no;1°;1;60;4;no;;
12/A;Corte A;Via Roma 12;ALER;1962;B;Via Roma 14;;;;S1;1;;;;;
9;;;;;A;;;;;;1;;;;10.605;44.805
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    AreaFactory()
    street = StreetFactory(name="Roma")
    for number in (12, 14):
        CivicNumberFactory(street=street, number=number)
    (tmp_path / "town.toml").write_text(MAPPING)
    write(tmp_path, ROWS)
    return tmp_path


def write(folder: Path, rows: str, header: str = HEADER) -> None:
    (folder / "alloggi.csv").write_text(header + rows)


def run(folder: Path, **options: Any) -> tuple[bulk.Outcome, dict[str, Tally]]:
    outcome = import_territory(by=ADMINISTRATOR, mapping=folder / "town.toml", **options)
    return outcome, {each.what: each.tally for each in outcome.done}


def test_dwellings_bring_their_stairs_and_buildings(folder: Path) -> None:
    _outcome, tallies = run(folder)
    assert (tallies["buildings"].new, tallies["dwellings"].new) == (2, 4)
    court, other = Building.objects.order_by("-code")[::-1]
    assert (court.code, court.name, court.manager, court.built_year) == ("12-A", "Corte A", "ALER", 1962)
    assert court.civic_number is not None and court.lat == court.civic_number.lat
    assert (other.code, other.name, other.lat, other.area is not None) == ("9", "9", 44.805, True)
    first, second = Stair.objects.filter(building=court).order_by("name")
    assert (first.floors, first.has_lift, first.is_step_free, first.civic_number) == (5, True, False, None)
    assert (second.floors, second.has_lift, str(second.civic_number)) == (None, None, "Via Roma, 14")
    doors = Dwelling.objects.filter(building=court).order_by("id")
    assert [(row.code, row.floor, row.square_metres, row.rooms, row.is_accessible) for row in doors] == [
        ("a-0-1", 0, 54, 3, True),
        ("a-1-1", 1, 60, 4, False),
        ("b-1-1", -1, None, None, None),
    ]


def test_a_second_run_changes_nothing_and_what_a_file_does_not_say_stays(folder: Path) -> None:
    run(folder)
    lines = Entry.objects.count()
    outcome, tallies = run(folder)
    assert outcome.changed_nothing and Entry.objects.count() == lines
    assert (tallies["buildings"].same, tallies["dwellings"].same) == (2, 4)
    write(folder, "12/A;;;;;A;;6;;;0;1;;5;;;\n")
    _outcome, tallies = run(folder)
    assert (tallies["buildings"].same, tallies["dwellings"].changed) == (1, 2)  # the stair and the dwelling
    dwelling = Dwelling.objects.get(code="a-0-1")
    assert (dwelling.rooms, dwelling.square_metres, dwelling.version) == (5, 54, 2)
    assert (dwelling.stair.floors, dwelling.stair.has_lift) == (6, True)
    assert Building.objects.get(code="12-A").manager == "ALER"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("12/A;;;;;A;;;;;3;;;;;;", "int è vuoto"),
        (";;;;;A;;;;;3;1;;;;;", "ed è vuoto"),
        ("///;;;;;A;;;;;3;1;;;;;", "codice dell'edificio"),
        ("12/A;;;;;A;;;forse;;3;1;;;;;", "né sì né no"),
        ("12/A;;;;;A;;;;;99;1;;;;;", "non può essere 99"),
        ("12/A;;;;;A;;;;;alto;1;;;;;", "non è un numero"),
        ("12/A;;;;;A;;;;;T;1;;;;;", "alla riga 2"),
        ("12/A;;;;;A;;;;;3;1;;;;999;999", "fuori dalla zona"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_the_others_kept_unless_wanted_whole(
    folder: Path, row: str, reason: str
) -> None:
    write(folder, f"{ROWS}{row}\n")
    outcome, tallies = run(folder, whole=True)
    assert not outcome.is_kept and not Building.objects.exists()
    outcome, tallies = run(folder)
    [refusal] = tallies["dwellings"].refused
    assert (refusal.origin.line, tallies["dwellings"].new) == (6, 4)
    assert reason in str(refusal.reason)
    assert outcome.is_kept and Dwelling.objects.count() == 4


def test_buildings_may_come_in_a_file_of_their_own_and_the_unknown_are_refused(folder: Path) -> None:
    (folder / "edifici.csv").write_text("cod,nome\n12/A,Corte Nord\n12/A,Due volte\n///,x\n")
    mapping = '[[buildings]]\nfile = "edifici.csv"\ncolumns = { code = "cod", name = "nome" }\n'
    (folder / "town.toml").write_text(mapping + MAPPING)
    _outcome, tallies = run(folder)
    assert (tallies["buildings"].new, len(tallies["buildings"].refused)) == (1, 2)
    assert Building.objects.get().name == "Corte Nord"
    [refusal] = tallies["dwellings"].refused
    assert "prima importa gli edifici" in str(refusal.reason)
    (folder / "town.toml").write_text(mapping.replace("edifici.csv", "x.geojson"))
    (folder / "x.geojson").write_text("{}")
    with pytest.raises(MappingError, match="tabella CSV"):
        run(folder)


def test_a_building_that_came_without_a_name_takes_its_address() -> None:
    row = BuildingRow(Origin(1, ""), "x", address="in fondo al viale")
    tally = actions.take_in_buildings(by=LABORATORY, file="f", rows=[row])
    building = Building.objects.get()
    assert (tally.new, building.name, building.address, building.lat) == (1, row.address, row.address, None)


def test_the_command_keeps_nothing_of_a_file_that_is_wanted_whole(folder: Path) -> None:
    write(folder, f"{ROWS}12/A;;;;;A;;;;;99;1;;;;;\n")
    told = StringIO()
    with pytest.raises(CommandError, match="non è stato tenuto niente"):
        call_command("import_territory", str(folder / "town.toml"), "--all-or-nothing", stdout=told)
    assert not Building.objects.exists() and "Non è stato cambiato niente." in told.getvalue()
    call_command("import_territory", str(folder / "town.toml"), stdout=told)
    assert Dwelling.objects.count() == 4


# The page -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lucia(cast: Cast, client: Client, settings: Any) -> Iterator[Client]:
    settings.SECOND_FACTOR = False
    client.force_login(cast.lucia)
    yield client


def posted(client: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("alloggi.csv", content, content_type="text/csv")
    return client.post(reverse("import_houses"), {"file": file, "whole": "rows"} | more)


def test_what_goes_out_comes_in_again_unchanged(lucia: Client, cast: Cast) -> None:
    DwellingFactory(
        stair__building__area=cast.crocetta, stair__has_lift=True, door="int. 1", floor=-1, rooms=3
    )
    for language in ("it", "en"):
        with translation.override(language):
            sent = lucia.get(reverse("buildings_export"), headers={"accept-language": language})
        content = b"".join(sent.streaming_content)
        page = posted(lucia, content)
        tallies = [tally for _label, tally in page.context["tried"].tallies]
        assert [tally.same for tally in tallies] == [1, 1]
        assert not any(tally.wrote or tally.refused for tally in tallies)


def test_a_file_is_tried_and_then_taken_in(lucia: Client) -> None:
    content = b"".join(
        line.encode()
        for line in csv_export.lines(
            queries.EXPORTED.values(),
            [["b", "Corte", "", "", "", "", "", "A", "", 5, "", "", "", 1, "int. 1"]],
        )
    )
    page = posted(lucia, content)
    assert page.status_code == 200 and not Building.objects.exists()
    form = page.context["form"]
    again = {f"column_{key}": str(form[f"column_{key}"].value() or "") for key in queries.EXPORTED}
    again["tried"] = form["tried"].value()
    other = posted(lucia, content + b";;", **again)
    assert other.status_code == 200 and not Building.objects.exists(), "another file is tried again"
    changed = posted(lucia, content, **again | {"whole": "whole"})
    assert changed.status_code == 200 and not Building.objects.exists(), "another choice is tried again"
    taken = posted(lucia, content, **again)
    assert taken.status_code == 303
    assert (Dwelling.objects.get().door, Stair.objects.get().floors) == ("int. 1", 5)


def test_columns_with_other_names_are_chosen(lucia: Client) -> None:
    content = "Fabbricato,Ingresso,Interno\nX1,A,4è\n".encode("cp1252")
    page = posted(lucia, content)
    assert page.status_code == 422 and "Scegli quale colonna ha" in page.content.decode()
    chosen = {"column_building": "Fabbricato", "column_stair": "Ingresso", "column_door": "Interno"}
    page = posted(lucia, content, **chosen)
    taken = posted(lucia, content, **chosen, tried=page.context["form"]["tried"].value())
    assert taken.status_code == 303 and Dwelling.objects.get().door == "4è"


def test_a_file_wanted_whole_is_not_kept_when_a_row_is_refused(lucia: Client) -> None:
    content = b"Edificio;Scala;Porta\nX1;A;1\nX1;A;1\n"
    page = posted(lucia, content, whole="whole")
    form = page.context["form"]
    again = {f"column_{key}": str(form[f"column_{key}"].value() or "") for key in queries.EXPORTED}
    page = posted(lucia, content, whole="whole", tried=form["tried"].value(), **again)
    assert page.status_code == 409 and not Building.objects.exists()
    assert "alla riga 2" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x1f\x8bzip", "compresso"), (b"x\n" * 5002, "troppo grande"), (b"", "vuoto")]
)
def test_what_is_no_small_table_is_refused(lucia: Client, content: bytes, words: str) -> None:
    page = posted(lucia, content)
    assert page.status_code == 422 and words in page.content.decode()


def test_stair_details_of_a_file_are_told_once(folder: Path) -> None:
    write(folder, "1;;;;;A;;4;;;0;1;;;;;\n1;;;;;A;;9;;;0;2;;;;;\n")
    run(folder)
    assert Stair.objects.get().floors == 4 and StairDetails("A").floors is None
