"""Meeting people: who is recognised, who is not, and what it costs."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tests.cast import Cast
from vicinia.domain.people import actions, queries
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactPoint, NameKey, Person
from vicinia.domain.people.tests.factories import person
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db

MARIA = PersonDetails(name="Maria Rossi", phone="0131 234567", email="Maria@Esempio.it")


def test_meeting_someone_new_costs_five_statements(django_assert_num_queries) -> None:
    with transaction.atomic(), django_assert_num_queries(5):
        actions.meet(by=Actor.visitor(), details=MARIA)


def test_the_same_person_is_recognised_by_any_spelling_of_the_telephone() -> None:
    first = actions.meet(by=Actor.visitor(), details=MARIA)
    again = PersonDetails(name="rossi maría", phone="+39 0131/23.45.67")
    assert actions.meet(by=Actor.visitor(), details=again) == first
    assert Person.objects.count() == 1


@pytest.mark.parametrize("other", ["Mario Rossi", "Marie Rossi", "Lucia Rossi"])
def test_someone_else_on_the_same_telephone_is_someone_else(other: str) -> None:
    first = actions.meet(by=Actor.visitor(), details=MARIA)
    assert actions.meet(by=Actor.job("x"), details=PersonDetails(name=other, phone="0131234567")) != first


def test_a_slip_in_the_surname_is_forgiven() -> None:
    first = actions.meet(by=Actor.visitor(), details=MARIA)
    slip = PersonDetails(name="Maria Rosssi", phone="0131234567")
    assert actions.meet(by=Actor.visitor(), details=slip) == first


def test_a_stranger_cannot_add_an_address_to_a_neighbour() -> None:
    known = person("Maria Rossi", phone="0131234567")
    stranger = PersonDetails(name="Maria Rossi", phone="0131234567", email="ladro@esempio.it")
    met = actions.meet(by=Actor.visitor(), details=stranger)
    assert met != known
    assert queries.reach(known).email == ""


def test_who_was_met_without_a_name_is_found_by_it_once_told(cast: Cast) -> None:
    known, carla = person("", phone="0131234567"), cast.actor(cast.carla)
    assert actions.meet(by=carla, details=PersonDetails(name="Maria Rossi", phone="0131234567")) == known
    assert [hit.name for hit in queries.find(carla, "maria rossi")] == ["Maria Rossi"]


def test_staff_complete_what_was_not_known_and_leave_the_rest(cast: Cast) -> None:
    known = person("Maria Rossi", phone="0131234567", address="Via Roma 1")
    more = PersonDetails(
        name="Maria Rossi", phone="0131234567", email="m@esempio.it", address="Via Po 2", needs="sente poco"
    )
    assert actions.meet(by=cast.actor(cast.anna), details=more) == known
    known.refresh_from_db()
    assert (known.address, known.needs) == ("Via Roma 1", "sente poco")
    assert queries.reach(known).email == "m@esempio.it"


def test_a_shared_telephone_without_a_name_is_nobody_known() -> None:
    two = [person("Maria Rossi", phone="0131234567"), person("Lucia Bo", phone="0131234567")]
    assert actions.meet(by=Actor.visitor(), details=PersonDetails(phone="0131234567")) not in two


def test_nothing_readable_is_stored() -> None:
    person("Maria Rossi", phone="0131234567", address="Via Roma 1", needs="sente poco")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, address, needs FROM people_person")
        stored = " ".join(map(str, cursor.fetchall()))
        cursor.execute("SELECT value, digest FROM people_contactpoint")
        stored += " ".join(map(str, cursor.fetchall()))
    assert stored
    for word in ("Rossi", "Roma", "sente", "234567"):
        assert word not in stored
    assert NameKey.objects.count() > 10
    assert "Rossi" not in str(Entry.objects.values_list("facts", "about", "note"))


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", "12345"),
        ("name", "maria@esempio.it"),
        ("phone", "12"),
        ("phone", "non ce l'ho"),
        ("email", "maria@"),
        ("contact_way", "piccione"),
        ("address", "x" * 500),
    ],
)
def test_nonsense_is_refused_with_a_sentence_by_its_field(field: str, given: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PersonDetails(**{"name": "Maria Rossi", field: given})
    assert refused.value.message_dict[field][0].endswith(".")


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(ValidationError):
        PersonDetails(address="Via Roma 1")


def test_contact_points_are_kept_once() -> None:
    person("Maria Rossi", phone="0131234567", other_phones=("0039 0131 234567",))
    assert ContactPoint.objects.count() == 1
