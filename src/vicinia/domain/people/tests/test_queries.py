"""Finding and showing people: by whom, of whom, and what is written down."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.people import actions, queries
from vicinia.domain.people.models import Person
from vicinia.domain.people.tests.conftest import Upstairs
from vicinia.domain.people.tests.factories import person
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "Giuseppina Bevilacqua",
        "bevilacqua giuseppina",
        "Bevilaqua Giusepina",
        "GIUSEPPÌNA",
        "bevilcaqua",
        "0131 234567",
        "0131/23 45 67",
        "+39 0131234567",
        "Pina@Esempio.it",
    ],
)
def test_anna_finds_a_person_of_her_area_however_it_is_written(
    cast: Cast, upstairs: Upstairs, words: str
) -> None:
    pina = person("Giuseppina Bevilacqua", phone="0131 234567", email="pina@esempio.it")
    upstairs.connect(pina, cast.anna)
    person("Mario Neri", phone="0131 999999")
    hits = queries.find(cast.actor(cast.anna), words)
    assert [hit.person_id for hit in hits] == [pina.pk]


@pytest.mark.parametrize("words", ["De Luca", "Deluca", "d'angelo", "dangelo"])
def test_particles_may_be_joined_or_not(cast: Cast, upstairs: Upstairs, words: str) -> None:
    for name in ("Ida De Luca", "Ida Deluca", "Ida D'Angelo", "Ida Dangelo"):
        upstairs.connect(person(name), cast.anna)
    found = {hit.name for hit in queries.find(cast.actor(cast.anna), words)}
    luca = {"Ida De Luca", "Ida Deluca"}
    assert found == (luca if "luca" in words.lower() else {"Ida D'Angelo", "Ida Dangelo"})


def test_the_exact_name_comes_first_and_near_ones_say_so(cast: Cast, upstairs: Upstairs) -> None:
    for name in ("Maria Rosso", "Maria Rossi", "Mara Rossi"):
        upstairs.connect(person(name), cast.anna)
    hits = queries.find(cast.actor(cast.anna), "rossi maria")
    assert hits[0].name == "Maria Rossi"
    assert [hit.is_near for hit in hits] == [False, True, True]


@pytest.mark.parametrize("words", ["Giuseppina Bevilacqua", "0131 234567", "pina@esempio.it"])
def test_only_who_sees_a_row_of_the_person_finds_the_person(
    cast: Cast, upstairs: Upstairs, words: str
) -> None:
    pina = person("Giuseppina Bevilacqua", phone="0131 234567", email="pina@esempio.it")
    upstairs.connect(pina, cast.anna)
    for who in (cast.marco, cast.paolo, cast.vera, cast.dario, cast.ada):
        upstairs.connect(pina, who)  # even connected, their role keeps them out
    finders = [user for user in cast.everybody if queries.find(cast.actor(user), words)]
    assert finders == [cast.anna, cast.carla]


def test_a_search_is_written_down_once_with_how_many_and_no_words(cast: Cast, upstairs: Upstairs) -> None:
    upstairs.connect(person("Maria Rossi"), cast.anna)
    queries.find(cast.actor(cast.anna), "maria rossi")
    sight = Sight.objects.get()
    assert sight.by_ref == f"user:{cast.anna.pk}"
    assert sight.shown.startswith("1 nomi")
    assert "rossi" not in (sight.shown + sight.purpose).lower()


@pytest.mark.parametrize(
    "words", ["", "ab", "2026-0143", "buca in via Roma 12", "le luci del parco sono spente da ieri"]
)
def test_words_that_are_no_name_never_touch_people(cast: Cast, upstairs: Upstairs, words: str) -> None:
    assert queries.find(cast.actor(cast.anna), words) == []
    assert not Sight.objects.exists()


def test_revealing_needs_a_purpose_and_writes_it_down(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi", phone="0131234567")
    upstairs.connect(maria, cast.anna)
    anna = cast.actor(cast.anna)
    with pytest.raises(Refused):
        queries.reveal(anna, maria, "  ok ")
    shown = queries.reveal(anna, maria, "la richiamo per il cortile")
    assert (shown.name, shown.phones) == ("Maria Rossi", ("+390131234567",))
    sight = Sight.objects.get()
    assert (sight.about, sight.purpose) == (f"person:{maria.reference}", "la richiamo per il cortile")


def test_bruno_of_another_team_gets_nothing_of_annas_person(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi", phone="0131234567")
    upstairs.connect(maria, cast.anna)
    with pytest.raises(NotVisible):
        queries.reveal(cast.actor(cast.bruno), maria, queries.Purpose.CONTACT)
    with pytest.raises(NotVisible):
        queries.person_of(cast.actor(cast.bruno), maria.reference)
    assert not Sight.objects.exists()


def test_vera_of_the_council_is_refused_even_what_she_is_connected_to(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi")
    upstairs.connect(maria, cast.vera)
    with pytest.raises(Refused):
        queries.reveal(cast.actor(cast.vera), maria, queries.Purpose.CONTACT)


def test_a_merged_person_is_found_by_both_names_and_phones_once(cast: Cast, upstairs: Upstairs) -> None:
    kept, gone = person("Maria Rossi", phone="0131234567"), person("Maria Bianchi", phone="0131765432")
    upstairs.connect(gone, cast.anna)
    actions.merge(by=cast.actor(cast.carla), keep=kept, gone=gone)
    anna = cast.actor(cast.anna)
    assert [hit.person_id for hit in queries.find(anna, "0131765432")] == [kept.pk]
    shown = queries.reveal(anna, kept, queries.Purpose.CONTACT)
    assert set(shown.phones) == {"+390131234567", "+390131765432"}


def test_doubles_are_told_with_their_reason(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi", phone="0131234567", address="Via Roma 1")
    same_phone = person("Lucia Bo", phone="0131234567")
    same_door = person("Maria Rosi", address="via roma, 1")
    person("Maria Rossi", address="Via Po 9")
    found = {double.person.pk: double.why for double in queries.doubles(cast.actor(cast.carla), maria)}
    assert set(found) == {same_phone.pk, same_door.pk}
    assert "telefono" in found[same_phone.pk] and "indirizzo" in found[same_door.pk]


def test_labels_of_lists_give_initials_only() -> None:
    assert person("Maria De Rossi").masked == "M. D. R."
    assert person("", phone="0131234567").masked == "Persona senza nome"


def test_rows_merged_twice_lead_to_who_is_kept_with_all_that_reaches_them(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest, older, kept = (
        person(f"Persona {name}", email=f"{name}@posta.example") for name in ("alfa", "beta", "gamma")
    )
    Person.objects.filter(pk=oldest.pk).update(merged_into=older)
    Person.objects.filter(pk=older.pk).update(merged_into=kept)
    other = person("Altra Persona")
    ids = [oldest.pk, older.pk, kept.pk, other.pk]
    assert queries.roots_of(ids) == dict.fromkeys(ids[:3], kept.pk) | {other.pk: other.pk}
    points = queries.points_of([kept.pk, other.pk])
    assert len(points[kept.pk]) == 3 and points[other.pk] == frozenset()
    monkeypatch.setattr(queries.persons, "ASKED_AT_ONCE", 2)
    assert queries.roots_of(ids) == dict.fromkeys(ids[:3], kept.pk) | {other.pk: other.pk}
    assert queries.roots_of([]) == {} and queries.points_of([]) == {}
