"""Key contacts: a rhythm, a due list, what they said going where it belongs, and nothing of them where it should not be."""

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import Cast
from vicinia.domain.casework.models import Contact
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people import queries as person_queries
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.presence import actions, queries
from vicinia.domain.presence.actions import NewTalk
from vicinia.domain.presence.models import KeyContact, KeyContactTalk
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db


def said(contact):
    return [
        entry.event for entry in Entry.objects.filter(about=f"keycontact:{contact.reference}").order_by("id")
    ]


def test_a_contact_is_known_by_its_body_and_its_person_stays_in_people(bar, anna):
    contact = bar()
    assert contact.label == "Bar Sport"
    assert contact.next_on == clock.add_working_days(clock.today(), 20)
    shown = person_queries.reveal(anna, contact.person, "lo chiamo per sentirlo")
    assert shown.phones == ("+39059222333",)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM presence_keycontact")
        assert not any("Gino" in str(value) for value in cursor.fetchone())
    assert "Gino" not in "".join(map(str, Entry.objects.values_list("facts", "note")))
    assert said(contact) == ["key_contact.added"]


def test_it_is_called_something_in_an_area_of_ones_own_at_a_sane_rhythm(cast: Cast, bar, anna):
    with pytest.raises(Refused, match="Scrivi il nome"):
        bar(body_name=" ", person=None)
    assert (
        bar(body_name="", person=PersonDetails(name="Ines Dotti"), kind="caretaker").label
        == "Custode o portierato"
    )
    with pytest.raises(Refused, match="altro gruppo"):
        bar(by=cast.bruno)
    for days in (0, 251):
        with pytest.raises(Refused, match="da 1 a 250"):
            bar(rhythm_days=days)
    with pytest.raises(Refused, match="Il tuo ruolo"):
        bar(by=cast.marco, location=Location())


def test_who_is_due_comes_first_and_is_of_ones_own_areas(cast: Cast, bar, anna, carla):
    today = clock.today()
    later, late = bar(next_on=today + dt.timedelta(days=4)), bar(next_on=today - dt.timedelta(days=4))
    elsewhere = bar(area=cast.stazione, next_on=today)
    assert list(queries.contacts_due(anna, today)) == [late]
    assert list(queries.contacts_due(carla, today)) == [late, elsewhere]
    assert list(queries.key_contacts(anna).most_urgent_first()) == [late, later]
    for who in (cast.marco, cast.vera, cast.ada, cast.dario, cast.paolo):
        assert not queries.key_contacts(cast.actor(who))
    with pytest.raises(NotVisible):
        queries.key_contact_named(anna, elsewhere.reference)


def test_a_talk_sets_the_next_day_and_keeps_the_words_encrypted(bar, anna):
    contact = bar(rhythm_days=5, next_on=clock.today())
    talk = actions.log_talk(by=anna, contact=contact, new=NewTalk(how="visit", words="Gira gente strana"))
    contact.refresh_from_db()
    assert contact.next_on == clock.add_working_days(clock.today(), 5)
    assert (talk.became, talk.by_name) == ("nothing", "Anna Ferri")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM presence_keycontacttalk")
        assert "strana" not in cursor.fetchone()[0]
    assert "strana" not in "".join(map(str, Entry.objects.values_list("facts", "note")))
    assert said(contact)[-1] == "key_contact.talked"


def test_who_was_not_found_is_tried_again_tomorrow(bar, anna):
    contact = bar(next_on=clock.today())
    actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", reached=False))
    contact.refresh_from_db()
    assert contact.next_on == clock.add_working_days(clock.today(), 1)
    assert said(contact)[-1] == "key_contact.not_reached"


def test_an_old_talk_that_arrives_late_brings_no_day_forward(bar, anna):
    contact = bar(rhythm_days=5)
    then = clock.now() - dt.timedelta(days=30)
    talk = actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", at=then))
    before = contact.next_on
    contact.refresh_from_db()
    assert (talk.at, contact.next_on) == (then, before)
    ahead = clock.now() + dt.timedelta(days=3)
    assert actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", at=ahead)).at <= clock.now()


def test_what_was_said_goes_into_the_diary_of_a_case(cast: Cast, bar, anna):
    case = case_of(anna, report_in(cast.crocetta))
    before = case.next_contact_on
    new = NewTalk(how="visit", words="Ieri hanno urlato", became="case", case=case)
    talk = actions.log_talk(by=anna, contact=bar(), new=new)
    told = Contact.objects.get(case=case)
    assert (told.summary, told.how, talk.case) == ("Ieri hanno urlato", "street", case)
    case.refresh_from_db()
    assert case.next_contact_on == before, "the reporter's own contact stays as it was agreed"
    with pytest.raises(Refused, match="Scegli il caso"):
        actions.log_talk(by=anna, contact=bar(), new=NewTalk(how="call", words="x", became="case"))


def test_what_was_said_becomes_a_report_of_that_person(cast: Cast, bar, anna):
    contact = bar()
    new = NewTalk(how="call", words="Rifiuti ogni lunedì", became="report", category=kind("rifiuti"))
    talk = actions.log_talk(by=anna, contact=contact, new=new)
    report = Report.objects.get(pk=talk.report_id)
    assert (report.description, report.channel, report.area_id) == (
        "Rifiuti ogni lunedì",
        "phone",
        cast.crocetta.pk,
    )
    assert report.reporter == contact.person
    with pytest.raises(Refused, match="tipo di problema"):
        actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", words="x", became="report"))
    for fields in ({"words": " "}, {"words": "x", "reached": False}):
        with pytest.raises(Refused, match="Scrivi che cosa ha detto"):
            actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", became="report", **fields))


def test_sent_twice_it_is_kept_once_and_nobody_takes_anothers_key(cast: Cast, bar, anna, lucia):
    contact, other = bar(), bar()
    new = NewTalk(how="visit", words="Rifiuti", became="report", category=kind("rifiuti"), uuid=uuid4())
    first = actions.log_talk(by=anna, contact=contact, new=new)
    assert actions.log_talk(by=anna, contact=contact, new=new) == first
    assert (KeyContactTalk.objects.count(), Report.objects.count()) == (1, 1)
    for by, whose in ((lucia, contact), (anna, other)):
        with pytest.raises(Refused, match="altro colloquio"):
            actions.log_talk(by=by, contact=whose, new=new)


def test_two_changes_at_once_and_the_second_is_told(bar, anna, lucia):
    contact = bar()
    actions.set_rhythm(by=anna, contact=contact, days=3, seen_version=1)
    contact.refresh_from_db()
    assert contact.next_on == clock.add_working_days(clock.today(), 3)
    card = actions.ContactCard(kind="shop", body_name="Ferramenta", location=in_area_of(contact))
    for act in (
        lambda: actions.change_contact(by=lucia, contact=contact, card=card, seen_version=1),
        lambda: actions.retire_contact(by=lucia, contact=contact, reason="chiuso", seen_version=1),
        lambda: actions.log_talk(by=lucia, contact=contact, new=NewTalk(how="call"), seen_version=1),
    ):
        with pytest.raises(Conflict):
            act()
    changed = actions.change_contact(by=lucia, contact=contact, card=card, seen_version=contact.version)
    assert (changed.body_name, changed.person_id) == ("Ferramenta", contact.person_id)
    ines = actions.ContactCard(
        kind="shop", person=PersonDetails(name="Ines Dotti"), location=in_area_of(contact)
    )
    assert (
        actions.change_contact(by=lucia, contact=contact, card=ines, seen_version=None).person.name
        == "Ines Dotti"
    )


def in_area_of(contact):
    return Location(area_id=contact.area_id)


def test_retired_for_a_reason_and_heard_again(bar, anna):
    contact = bar()
    with pytest.raises(Refused, match="motivo"):
        actions.retire_contact(by=anna, contact=contact, reason=" ")
    with pytest.raises(Refused, match="Si sente già"):
        actions.resume_contact(by=anna, contact=contact)
    retired = actions.retire_contact(by=anna, contact=contact, reason="il bar ha chiuso")
    with pytest.raises(Refused, match="tolto dall'elenco"):
        actions.log_talk(by=anna, contact=retired, new=NewTalk(how="call"))
    assert not queries.key_contacts(anna).active()
    assert actions.resume_contact(by=anna, contact=retired).is_active
    assert said(contact)[-2:] == ["key_contact.retired", "key_contact.resumed"]


def test_where_it_went_is_told_to_who_may_see_that(cast: Cast, bar, anna, lucia):
    contact = bar()
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    actions.log_talk(by=anna, contact=contact, new=NewTalk(how="call", words="x", became="case", case=police))
    assert queries.talks_of(anna, contact).get().case_reference == police.reference
    assert queries.talks_of(lucia, contact).get().case_reference is None
    assert police not in queries.cases_to_tell(lucia, cast.crocetta.pk)
    assert list(queries.cases_to_tell(anna, cast.crocetta.pk)) == [police]


def test_an_erased_person_takes_every_word_along_and_the_shop_stays(cast: Cast, bar, anna, carla):
    contact = bar()
    case = case_of(anna, report_in(cast.crocetta, reporter=None))
    new = NewTalk(how="call", words="Lo dico io, Gino", became="case", case=case)
    actions.log_talk(by=anna, contact=contact, new=new)
    person = contact.person
    copied = queries.copy_for_person(person.pk)[0]
    assert copied["colloqui"][0]["parole"] == "Lo dico io, Gino"
    assert Entry.objects.filter(note__contains="Gino").exists(), "something could leak"
    people.erase(by=carla, person=person)
    contact = KeyContact.objects.get(pk=contact.pk)
    assert (contact.person, contact.reach_words, contact.is_active) == (None, "", True)
    assert contact.talks.get().words == ""
    assert Contact.objects.get(case=case).summary == ""
    assert not Entry.objects.filter(note__contains="Gino").exists()
    assert queries.copy_for_person(person.pk) == []


def test_an_erased_person_without_a_body_is_heard_no_more_and_their_door_goes(bar, carla):
    contact = bar(body_name="")
    people.erase(by=carla, person=Person.objects.get(pk=contact.person_id))
    contact.refresh_from_db()
    assert (contact.is_active, contact.address, contact.lat, contact.area_id is None) == (
        False,
        "",
        None,
        False,
    )


def test_a_person_is_seen_by_who_sees_the_contact(cast: Cast, bar):
    contact = bar()
    for who, sees in ((cast.anna, True), (cast.lucia, True), (cast.bruno, False), (cast.vera, False)):
        assert person_queries.is_visible(cast.actor(who), contact.person.reference) is sees


def test_of_two_same_talks_at_once_one_is_kept(shared_database, cast_and_bar):
    anna, contact = cast_and_bar
    new = NewTalk(how="call", words="una volta", uuid=uuid4())
    kept = []

    def send():
        try:
            kept.append(actions.log_talk(by=anna, contact=contact, new=new).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(kept) == 2 and len(set(kept)) == 1
    assert KeyContactTalk.objects.count() == 1


@pytest.fixture
def cast_and_bar(shared_database, request):
    return request.getfixturevalue("anna"), request.getfixturevalue("bar")()
