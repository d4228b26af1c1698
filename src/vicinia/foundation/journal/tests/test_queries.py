"""The chronology in words, and who may read the access log."""

from __future__ import annotations

import datetime as dt

import pytest

from vicinia.foundation.journal import actions, queries
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.journal.tests.test_chain import ANNA, HAPPENED, SECRET
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.errors import NotVisible

pytestmark = pytest.mark.django_db
DARIO = Actor(ActorKind.STAFF, "user:8", "Dario Villa", frozenset({"see_access_log"}))


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC)


def test_a_chronology_is_told_in_sentences_newest_first():
    actions.record(HAPPENED, by=ANNA, about="case:1", at=at(8), who="Anna", note="due volte")
    actions.record(SECRET, by=ANNA, about="report:1", at=at(9))
    lines = queries.timeline(["case:1", "report:1"])
    assert [line.sentence for line in lines] == ["Non raccontato.", "Anna ha suonato alla porta."]
    assert lines[1].note == "due volte"
    assert lines[1].group == "prove"


def test_other_things_are_not_in_the_chronology():
    actions.record(HAPPENED, by=ANNA, about="case:10", who="Anna")
    assert queries.timeline(["case:1"]) == []


def test_the_resident_reads_only_what_is_told_and_never_the_note():
    actions.record(HAPPENED, by=ANNA, about="case:1", who="Anna", note="non per chi segnala")
    actions.record(SECRET, by=ANNA, about="case:1")
    (line,) = queries.timeline(["case:1"], told_only=True)
    assert (line.sentence, line.note) == ("Qualcuno ha suonato.", "")


def test_a_group_keeps_only_its_events():
    actions.record(HAPPENED, by=ANNA, about="case:1", who="Anna")
    actions.record(SECRET, by=ANNA, about="case:1")
    assert [line.event for line in queries.timeline(["case:1"], groups=["altre"])] == ["test.secret"]


def test_a_fact_that_an_older_line_lacks_leaves_a_gap_and_no_error():
    actions.record(HAPPENED, by=ANNA, about="case:1")
    assert queries.timeline(["case:1"])[0].sentence == " ha suonato alla porta."


def test_an_event_of_an_older_version_is_still_a_line():
    actions.record(HAPPENED, by=ANNA, about="case:1")
    Entry.objects.all().delete()
    Entry.objects.create(
        by_ref="user:1", by_name="A", about="case:1", event="gone.event", salt="s", digest="d"
    )
    assert "versione precedente" in queries.timeline(["case:1"])[0].sentence


def test_an_erased_line_says_so():
    actions.record(HAPPENED, by=ANNA, about="case:1", who="Anna")
    actions.erase_words(by=ANNA, about="case:1")
    assert "Anna" not in str(queries.timeline(["case:1"])[-1])


def test_pages_of_the_chronology_do_not_overlap():
    for hour in range(5):
        actions.record(HAPPENED, by=ANNA, about="case:1", at=at(hour), who=str(hour))
    first, second = queries.timeline(["case:1"], limit=2), queries.timeline(["case:1"], offset=2, limit=2)
    assert [line.facts["who"] for line in first + second] == ["4", "3", "2", "1"]


def test_the_chronology_is_one_query(django_assert_num_queries):
    for hour in range(20):
        actions.record(HAPPENED, by=ANNA, about="case:1", at=at(hour), who=str(hour))
    with django_assert_num_queries(1):
        assert len(queries.timeline(["case:1"])) == 20


def test_the_access_log_does_not_exist_for_who_lacks_the_capability():
    with pytest.raises(NotVisible):
        queries.access_log(by=ANNA, sought=queries.AccessFilter())


def test_the_access_log_is_filtered_by_person_user_purpose_and_period():
    actions.seen(by=ANNA, person="person:71", purpose="primo contatto")
    actions.seen(by=Actor(ActorKind.STAFF, "user:2", "Bruno Galli"), person="person:8", purpose="verifica")
    found = {
        "person": queries.AccessFilter(person="71"),
        "user": queries.AccessFilter(user="vicinia"),
        "purpose": queries.AccessFilter(purpose="primo"),
    }
    for sought in found.values():
        assert [row.about for row in queries.access_log(by=DARIO, sought=sought)] == ["person:71"]
    assert not queries.access_log(by=DARIO, sought=queries.AccessFilter(until=at(8))).exists()
    assert queries.access_log(by=DARIO, sought=queries.AccessFilter(since=at(8))).count() == 2


def test_who_ever_did_something_to_something():
    carla = Actor(ActorKind.STAFF, "user:9", "Carla Monti")
    actions.record(HAPPENED, by=ANNA, about="case:1", who="Anna")
    actions.record(HAPPENED, by=carla, about="case:2", who="Carla")
    actions.record(SECRET, by=carla, about="case:1")
    assert queries.who_did(["case:1"], [HAPPENED]) == {ANNA.ref}
    assert queries.who_did(["case:1", "case:2"], [HAPPENED]) == {ANNA.ref, "user:9"}
    assert queries.who_did([], [HAPPENED]) == set()
