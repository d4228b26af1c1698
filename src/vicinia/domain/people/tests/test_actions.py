"""Correcting, merging, copying and erasing people."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.people import actions, queries
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactPoint, NameKey, Person
from vicinia.domain.people.tests.conftest import Upstairs
from vicinia.domain.people.tests.factories import person
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db


def test_a_corrected_person_is_found_by_the_new_data_only(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi", phone="0131234567")
    upstairs.connect(maria, cast.anna)
    anna = cast.actor(cast.anna)
    right = PersonDetails(name="Marta Russo", phone="0131777777")
    actions.correct(by=anna, person=maria, details=right, version=maria.version)
    assert [hit.name for hit in queries.find(anna, "marta russo")] == ["Marta Russo"]
    assert queries.find(anna, "0131 777777")
    assert not queries.find(anna, "maria rossi") and not queries.find(anna, "0131 234567")
    assert Entry.objects.filter(event="person.corrected", facts__fields="nome, telefono").exists()


def test_a_corrected_address_leaves_the_name_and_the_same_words_leave_no_line(
    cast: Cast, upstairs: Upstairs
) -> None:
    maria, carla = person("Maria Rossi"), cast.actor(cast.carla)
    right = PersonDetails(name="Maria Rossi", address="Via Po 2")
    for _time in range(2):
        actions.correct(by=carla, person=maria, details=right)
    assert Person.objects.get().address == "Via Po 2"
    assert [hit.name for hit in queries.find(carla, "maria rossi")] == ["Maria Rossi"]
    assert Entry.objects.get(event="person.corrected").facts["fields"] == "indirizzo"


def test_the_second_of_two_corrections_is_told(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi")
    carla = cast.actor(cast.carla)
    actions.correct(by=carla, person=maria, details=PersonDetails(name="Marta Rossi"), version=1)
    with pytest.raises(Conflict):
        actions.correct(by=carla, person=maria, details=PersonDetails(name="Mirta Rossi"), version=1)


def test_bruno_cannot_correct_annas_person(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi")
    upstairs.connect(maria, cast.anna)
    with pytest.raises(NotVisible):
        actions.correct(by=cast.actor(cast.bruno), person=maria, details=PersonDetails(name="Altra Donna"))
    with pytest.raises(NotVisible):
        actions.note_needs(by=cast.actor(cast.bruno), person=maria, needs="niente")


def test_needs_are_noted(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi")
    upstairs.connect(maria, cast.anna)
    actions.note_needs(by=cast.actor(cast.anna), person=maria, needs="sente poco: parlare piano")
    maria.refresh_from_db()
    assert maria.needs == "sente poco: parlare piano"
    assert "sente" not in str(list(Entry.objects.values_list("facts", "note")))


def test_a_merge_can_be_undone_whole(cast: Cast, upstairs: Upstairs) -> None:
    kept, gone = person("Maria Rossi", phone="0131234567"), person("Maria Bianchi", phone="0131765432")
    carla = cast.actor(cast.carla)
    actions.merge(by=carla, keep=kept, gone=gone)
    assert queries.ids_of(kept) == [kept.pk, gone.pk]
    assert actions.meet(by=carla, details=PersonDetails(name="Maria Bianchi", phone="0131765432")) == kept
    actions.undo_merge(by=carla, gone=gone)
    assert queries.ids_of(kept) == [kept.pk]
    assert queries.reach(gone).phone == "+390131765432"


def test_merging_asks_for_two_different_present_people(cast: Cast, upstairs: Upstairs) -> None:
    kept, gone, third = person("Maria Rossi"), person("Maria Rosi"), person("Ida Bo")
    carla = cast.actor(cast.carla)
    with pytest.raises(Refused):
        actions.merge(by=carla, keep=kept, gone=kept)
    actions.merge(by=carla, keep=kept, gone=gone)
    with pytest.raises(Refused):
        actions.merge(by=carla, keep=third, gone=gone)


@pytest.mark.parametrize("verb", ["merge", "export", "erase", "undo_merge"])
def test_anna_who_only_sees_people_cannot_manage_them(cast: Cast, upstairs: Upstairs, verb: str) -> None:
    maria, other = person("Maria Rossi"), person("Maria Rosi")
    anna = cast.actor(cast.anna)
    for someone in (maria, other):
        upstairs.connect(someone, cast.anna)
    people = {
        "merge": {"keep": maria, "gone": other},
        "undo_merge": {"gone": other},
        "export": {"person": maria},
        "erase": {"person": maria},
    }
    with pytest.raises(Refused) as refused:
        getattr(actions, verb)(by=anna, **people[verb])
    assert refused.value.verdict.status == 403


def test_the_copy_for_the_person_holds_what_every_subject_holds(cast: Cast, upstairs: Upstairs) -> None:
    kept, gone = person("Maria Rossi", phone="0131234567"), person("Maria Bianchi")
    upstairs.words = {kept.pk: "il cortile", gone.pk: "la scala"}
    carla = cast.actor(cast.carla)
    actions.merge(by=carla, keep=kept, gone=gone)
    copy = actions.export(by=carla, person=kept)
    assert [row["nome"] for row in copy["people"]] == ["Maria Rossi", "Maria Bianchi"]
    assert copy["people"][0]["recapiti"] == ["+390131234567"]
    assert copy["upstairs"] == [{"parole": "il cortile"}, {"parole": "la scala"}]


def test_erasure_reaches_merged_rows_other_subjects_and_the_index(cast: Cast, upstairs: Upstairs) -> None:
    kept, gone = person("Maria Rossi", phone="0131234567"), person("Maria Bianchi", email="m@esempio.it")
    upstairs.words = {kept.pk: "il cortile", gone.pk: "la scala"}
    carla = cast.actor(cast.carla)
    actions.merge(by=carla, keep=kept, gone=gone)
    assert queries.find(carla, "maria rossi") and queries.find(carla, "m@esempio.it")
    actions.erase(by=carla, person=kept)
    assert upstairs.words == {}
    assert not NameKey.objects.exists() and not ContactPoint.objects.exists()
    assert set(Person.objects.values_list("name", "address", "needs")) == {("", "", "")}
    for words in ("maria rossi", "maria bianchi", "m@esempio.it", "0131 234567"):
        assert queries.find(carla, words) == []
    assert Entry.objects.filter(about=f"person:{gone.reference}", event="person.met", facts={}).exists()


def test_who_was_erased_is_met_again_as_someone_new(cast: Cast, upstairs: Upstairs) -> None:
    maria = person("Maria Rossi", phone="0131234567")
    actions.erase(by=cast.actor(cast.carla), person=maria)
    assert person("Maria Rossi", phone="0131234567") != maria
    with pytest.raises(Refused):
        actions.erase(by=cast.actor(cast.carla), person=maria)
