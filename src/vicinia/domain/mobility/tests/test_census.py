"""A table of dwellings and households: every line is taken in or refused by its number."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vicinia.domain.mobility import actions, bulk, queries
from vicinia.domain.mobility.models import NearWish, RehousingFile, Unit
from vicinia.domain.mobility.tests.factories import a_relocation, counted_file, court, somebody_at
from vicinia.domain.people import actions as people
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
HEADER = "Edificio;Alloggio;Scala;Porta;Alloggio volano;Numero del nucleo;Persone;Serve senza barriere;Fragile;Trasferimenti al massimo;Chiede di rientrare;Lingua;Vicino a\n"
KEYS = (
    *("building", "code", "stair", "door", "is_spare", "number", "people"),
    *("needs_step_free", "fragile", "most_moves", "claims_return", "language", "near"),
)
COLUMNS = dict(zip(KEYS, HEADER.strip().split(";"), strict=True))


@pytest.fixture
def empty(category, doors):
    """A relocation without dwellings."""
    return a_relocation(category)


@pytest.fixture
def take(tmp_path, lucia, empty):
    """Takes in some rows; gives the tally of dwellings, that of households, and whether they were kept."""

    def run(*rows: str, by=lucia, whole=False, keep=True):
        file = tmp_path / "nuclei.csv"
        file.write_text(HEADER + "\n".join(rows) + "\n")
        census, is_kept = bulk.import_households(
            by=by, relocation=empty, file=file, columns=COLUMNS, keep=keep, whole=whole
        )
        return census.units, census.files, is_kept

    return run


def told(tally) -> list[tuple[int, str]]:
    return [(one.origin.line, str(one.reason)) for one in tally.refused]


def test_dwellings_and_households_come_together(take, doors):
    units, files, is_kept = take(
        "corteA;corteA-1;;;;;3;sì;no;1;sì;arabo;",
        "corteA;;A;int. 2;;;1;;;;;;",
        "corteA;corteA-3;;;sì;;;;;;;;",
    )
    assert (units.new, files.new, files.refused, is_kept) == (3, 2, [], True)
    first, second = RehousingFile.objects.order_by("home__code")
    assert (first.size, first.needs_step_free, first.most_moves, first.claims_return, first.language) == (
        *(3, True, 1, True),
        "ar",
    )
    assert (second.size, second.home, second.household.stated_size) == (1, doors[1], 1)
    assert first.household.stated_languages == ["ar"]
    assert Unit.objects.get(is_spare=True).dwelling == doors[2]
    assert not Household.objects.filter(dwelling=doors[2]).exists()
    assert Entry.objects.filter(event="mobility.households_taken_in").count() == 1


def test_a_second_run_changes_only_what_it_says(take, doors):
    rows = "corteA;corteA-1;;;;;3;sì;;;;;", "corteA;corteA-2;;;;;;;;;;;"
    take(*rows)
    units, files, _kept = take(*rows)
    assert (units.same, files.same, files.changed, files.refused) == (2, 1, 0, [])
    units, files, _kept = take("corteA;corteA-1;;;sì;;4;;;;;;", "corteA;corteA-2;;;no;;;;;;;;")
    assert (units.changed, units.same, files.changed) == (1, 1, 1)
    file = RehousingFile.objects.get()
    assert (file.size, file.needs_step_free) == (4, True)


def test_a_known_household_is_taken_by_its_door_or_by_its_number(take, lucia, doors, cast):
    here = somebody_at(lucia, doors[0], size=2)
    nowhere = people.make_household(by=lucia, area_id=cast.crocetta.pk)
    _units, files, _kept = take(
        f"corteA;corteA-1;;;;{here.number};;;;;;;", f"corteA;corteA-2;;;;{nowhere.number};5;;;;;;"
    )
    assert (files.new, told(files)) == (2, [])
    assert {(one.household, one.size) for one in RehousingFile.objects.all()} == {(here, 2), (nowhere, 5)}
    nowhere.refresh_from_db()
    assert nowhere.dwelling == doors[1]
    third = somebody_at(lucia, doors[2])
    _units, files, _kept = take("corteA;corteA-3;;;;;2;;;;;;")
    assert RehousingFile.objects.get(household=third).size == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";corteA-1;;;;;1;;;;;;", "Edificio è vuoto"),
        ("corteA;;A;;;;1;;;;;;", "Serve il codice"),
        ("corteA;boh;;;;;1;;;;;;", "prima importa edifici"),
        ("corteA;;a;int. 4;;;1;;;;;;", "Più porte"),
        ("corteA;corteA-2;;;;;0;;;;;;", "non può essere 0"),
        ("corteA;corteA-2;;;;;2;forse;;;;;", "né sì né no"),
        ("corteA;corteA-2;;;;;2;;;;;marziano;", "la lingua «marziano»"),
        ("corteA;corteA-2;;;;;2;;;;;;Rossi", "solo numeri"),
        ("corteA;corteA-2;;;;9999;2;;;;;;", "con il numero 9999"),
        ("corteA;corteA-1;;;;;;;;;;;", "scrivi quante persone"),
        ("corteA;corteA-1;;;;{other};2;;;;;;", "Qui abita il nucleo"),
        ("corteA;corteA-2;;;;{other};2;;;;;;", "abita altrove"),
        ("corteA;corteA-2;;;;{nowhere};;;;;;;", "quante persone sono"),
    ],
)
def test_a_line_that_may_not_be_is_refused_with_its_reason_and_the_others_stay(
    take, lucia, doors, cast, row, reason
):
    somebody_at(lucia, doors[0])
    other = somebody_at(lucia, court("corteB", doors=1, area=cast.crocetta)[0])
    nowhere = people.make_household(by=lucia, area_id=cast.crocetta.pk)
    Dwelling.objects.create(
        building=doors[0].building, stair=doors[0].stair, code="doppio", floor=7, door="int. 4"
    )
    before = Household.objects.count()
    row = row.format(other=other.number, nowhere=nowhere.number)
    units, files, is_kept = take("corteA;corteA-3;;;;;2;;;;;;", row)
    [(line, why)] = told(files)
    assert (line, files.new, units.new, is_kept) == (3, 1, 1, True)
    assert reason in why
    assert Household.objects.count() == before + 1 and Unit.objects.count() == 1


def test_the_same_dwelling_twice_is_said(take):
    _units, files, _kept = take("corteA;corteA-1;;;;;1;;;;;;", "corteA;corteA-1;;;;;2;;;;;;")
    assert told(files) == [(3, "Questo alloggio è già alla riga 2.")]


def test_nothing_is_kept_of_a_trial_or_of_a_file_wanted_whole(take):
    _units, files, is_kept = take("corteA;corteA-1;;;;;1;;;;;;", keep=False)
    assert (files.new, is_kept, Unit.objects.count()) == (1, False, 0)
    _units, files, is_kept = take("corteA;corteA-1;;;;;1;;;;;;", "corteA;boh;;;;;1;;;;;;", whole=True)
    assert (is_kept, Unit.objects.count(), Household.objects.count()) == (False, 0, 0)


def test_neighbours_are_known_by_their_numbers(take, lucia, doors):
    first, second = (somebody_at(lucia, door) for door in doors[:2])
    _units, files, _kept = take(
        f"corteA;corteA-1;;;;;;;;;;;{second.number}, 9999",
        f"corteA;corteA-2;;;;{second.number};2;;;;;;{first.number}",
    )
    assert (files.new, [line for line, _why in told(files)]) == (1, [2, 3])
    _units, files, _kept = take(
        f"corteA;corteA-1;;;;{first.number};2;;;;;;{second.number}, 9999 {first.number}",
        f"corteA;corteA-2;;;;{second.number};2;;;;;;{first.number}",
    )
    assert [line for line, _why in told(files)] == [2, 2]
    assert "non è in questa mobilità" in told(files)[0][1]
    assert NearWish.objects.count() == 1
    assert (files.new, files.same) == (1, 1)
    NearWish.objects.all().delete()
    _units, files, _kept = take(f"corteA;corteA-1;;;;{first.number};2;;;;;;{second.number}")
    assert files.changed == 1


def test_who_has_left_for_the_works_is_named_by_the_number(take, lucia, doors):
    take("corteA;corteA-1;;;;;2;;;;;;", "corteA;corteA-2;;;;;;;;;;;")
    household = Household.objects.get()
    people.move_in(by=lucia, household=household, dwelling=doors[1])
    _units, files, _kept = take("corteA;corteA-1;;;;;3;;;;;;")
    assert "ora abita altrove" in told(files)[0][1]
    other = somebody_at(lucia, doors[0])
    _units, files, _kept = take(f"corteA;corteA-1;;;;{other.number};3;;;;;;")
    assert "ora abita altrove" in told(files)[0][1]
    _units, files, _kept = take(f"corteA;corteA-1;;;;{household.number};3;;;;;;")
    assert (files.changed, RehousingFile.objects.get().size) == (1, 3)


def test_a_closed_file_is_not_touched(take, lucia):
    take("corteA;corteA-1;;;;;2;;;;;;")
    file = RehousingFile.objects.get()
    actions.take_file(by=lucia, file=file)
    actions.close_file(by=lucia, file=file, reason="x", seen_version=None)
    for number in ("", file.household.number):
        _units, files, _kept = take(f"corteA;corteA-1;;;;{number};3;;;;;;")
        assert "è chiuso" in told(files)[0][1]


def test_who_does_not_keep_the_houses_there_is_refused_line_by_line(take, lucia, cast):
    court("corteZ", doors=1, area=cast.stazione)
    _units, files, _kept = take("corteZ;corteZ-1;;;;;2;;;;;;")
    assert "di una zona che non segui" in told(files)[0][1]
    with pytest.raises(Refused):
        take("corteA;corteA-1;;;;;2;;;;;;", by=cast.actor(cast.anna))


# The pages --------------------------------------------------------------------------------------------------------


def posted(client: Client, reference: str, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("nuclei.csv", content, content_type="text/csv")
    return client.post(reverse("rehousing_import", args=[reference]), {"file": file, "whole": "rows"} | more)


def test_what_goes_out_comes_in_again_unchanged(client, cast, lucia, relocation, doors):
    first = counted_file(lucia, relocation, doors[0], fragile=True, language="ar")
    second = counted_file(lucia, relocation, doors[1])
    NearWish.objects.create(file=first, other=second)
    client.force_login(cast.lucia)
    sent = client.get(reverse("rehousing_export", args=[relocation.reference]))
    content = b"".join(sent.streaming_content)
    assert len(content.decode().splitlines()) == 5
    page = posted(client, relocation.reference, content)
    tallies = [tally for _label, tally in page.context["tried"].tallies]
    assert [tally.same for tally in tallies] == [4, 2]
    assert not any(tally.wrote or tally.refused for tally in tallies)


def test_a_file_is_tried_and_then_taken_in(client, cast, empty):
    client.force_login(cast.lucia)
    content = b"Edificio;Alloggio;Persone\ncorteA;corteA-1;2\n"
    page = posted(client, empty.reference, content)
    assert page.status_code == 200 and not Unit.objects.exists()
    form = page.context["form"]
    again = {f"column_{key}": str(form[f"column_{key}"].value() or "") for key in queries.EXPORTED}
    taken = posted(client, empty.reference, content, tried=form["tried"].value(), **again)
    assert taken.status_code == 303 and RehousingFile.objects.get().size == 2
    page = posted(client, empty.reference, b"Casa;Chi\nx;y\n")
    assert page.status_code == 422 and "Scegli quale colonna ha" in page.content.decode()
    page = posted(client, empty.reference, b"x\n" * 5002)
    assert page.status_code == 422 and "dividi il file" in page.content.decode()


def test_the_table_costs_the_same_for_one_and_for_many(
    lucia, carla, relocation, doors, django_assert_num_queries
):
    for door in doors:
        counted_file(lucia, relocation, door)
    with django_assert_num_queries(3):
        assert len(list(queries.export_rows(carla, relocation))) == 4
