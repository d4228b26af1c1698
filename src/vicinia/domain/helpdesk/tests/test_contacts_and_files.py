"""The queue, contacts in one line, and what is followed afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.helpdesk import actions, jobs, queries
from vicinia.domain.helpdesk.models import FileNote, HelpContact, HelpFile, Ticket
from vicinia.domain.helpdesk.states import FileState, TicketState
from vicinia.domain.helpdesk.tests.conftest import MONDAY, at
from vicinia.domain.helpdesk.tests.test_hours_and_appointments import refused
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia.foundation.kernel.registries import countables

pytestmark = pytest.mark.django_db
MARIA = PersonDetails(name="Maria Bassi", phone="059 123456")


# The queue ----------------------------------------------------------------------------------------------------------


def test_numbers_follow_each_other_and_are_called_in_their_order(point, lucia, anna):
    rows = [actions.take_number(by=lucia, point=point, language=code) for code in ("it", "ar", "ro")]
    assert [row.number for row in rows] == [1, 2, 3]
    assert actions.take_number(by=lucia, point=point, once="tap") == actions.take_number(
        by=lucia, point=point, once="tap"
    )
    with refused(403):
        actions.take_number(by=anna, point=point)
    first = actions.call_next(by=lucia, point=point, table="1")
    assert first.number == 1 and first.table == "1"
    queue = queries.queue_of(point)
    assert [row.number for row in queue.waiting] == [2, 3, 4] and [row.number for row in queue.called] == [1]
    assert queue.next.number == 2 and queue.minutes == 40, (
        "ten minutes each for three and the one at the table"
    )
    actions.call_next(by=lucia, point=point, table="2")
    assert queries.queue_of(point).minutes == 15, "two tables go twice as fast"


def test_the_wait_is_learnt_from_the_contacts(point, lucia, note):
    for _time in range(3):
        note(point=point, minutes=4)
    actions.take_number(by=lucia, point=point)
    assert queries.queue_of(point).minutes == 4


def test_a_number_is_put_back_gives_up_and_comes_back(point, lucia, anna):
    with refused(409, "Non aspetta nessuno"):
        actions.call_next(by=lucia, point=point)
    row = actions.take_number(by=lucia, point=point)
    with refused(403):
        actions.turn(by=anna, ticket=row, state=TicketState.CALLED)
    with clock.at(MONDAY + dt.timedelta(minutes=12)):
        row = actions.turn(by=lucia, ticket=row, state=TicketState.CALLED, table=" 3 ")
    assert row.table == "3" and row.waited_minutes == 12
    row = actions.turn(by=lucia, ticket=row, state=TicketState.WAITING)
    assert row.called_at is None and row.waited_minutes == 0
    row = actions.turn(by=lucia, ticket=row, state=TicketState.LEFT)
    assert queries.queue_of(point).left == 1 and queries.queue_of(point).next is None
    assert actions.turn(by=lucia, ticket=row, state=TicketState.WAITING).state == "waiting"
    assert queries.ticket_of(lucia, row.pk) == row


def test_the_next_day_begins_at_one(point, lucia):
    actions.take_number(by=lucia, point=point)
    with clock.at(at(9, days=1)):
        assert queries.queue_of(point).waiting == ()
        assert actions.take_number(by=lucia, point=point).number == 1
    off = actions.PointDetails("S", "V", is_active=False)
    actions.change_point(by=lucia, point=point, details=off, seen_version=None)
    with refused(409, "non è più in uso"):
        actions.take_number(by=lucia, point=point)


# Contacts -----------------------------------------------------------------------------------------------------------


def test_a_contact_is_one_line_and_is_noted_once(note, lucia, anna, carla):
    row = note(once="a", words=" Orari del CAF ", minutes=3, language="ar")
    assert (row.day, row.words, row.minutes) == (clock.today(), "Orari del CAF", 3)
    assert note(once="a") == row and HelpContact.objects.count() == 1
    with refused(403, "altra persona"):
        note(once="a", by=carla)
    with refused(403, "Lo sportello"):
        note(by=anna)
    assert queries.usual_of(lucia).language == "ar" and queries.usual_of(carla).language == "it"
    assert not any("CAF" in str(line) for line in Entry.objects.values_list("facts", "note"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": 481}, "al massimo 480"),
        ({"day": dt.date(2026, 5, 5)}, "deve ancora venire"),
        ({"day": dt.date(2026, 2, 1)}, "troppo tempo"),
    ],
)
def test_a_contact_is_noted_while_one_remembers_it(note, changes, words):
    with refused(409, words):
        note(**changes)


def test_a_contact_ends_the_appointment_and_the_number_it_comes_from(note, book, point, lucia):
    person = people.meet(by=lucia, details=MARIA)
    new = actions.NewAppointment(at(9), name="Maria Bassi")
    booked = actions.book(by=lucia, point=point, new=new, person=person).row
    row = note(appointment=booked)
    booked.refresh_from_db()
    assert booked.state == "done" and row.person == person
    ticket = actions.take_number(by=lucia, point=point)
    with refused(409):
        note(ticket=ticket)
    actions.call_next(by=lucia, point=point)
    note(ticket=ticket)
    assert Ticket.objects.get(pk=ticket.pk).state == "served"
    assert queries.queue_of(point).served == 1


def test_a_contact_is_corrected_or_struck_out(note, lucia, anna):
    row = note(details=MARIA)
    right = actions.Correction("report", "repairs", "phone", 20, "ro", "Ascensore fermo", clock.today())
    row = actions.correct_contact(by=lucia, contact=row, new=right, seen_version=1)
    assert (row.kind, row.minutes) == ("report", 20)
    with pytest.raises(Conflict):
        actions.correct_contact(by=lucia, contact=row, new=right, seen_version=1)
    with refused(403):
        actions.strike_contact(by=anna, contact=row, reason="doppio")
    with clock.at(at(9, days=90)), refused(409, "troppo tempo"):
        actions.strike_contact(by=lucia, contact=row, reason="doppio")
    row = actions.strike_contact(by=lucia, contact=row, reason="doppio")
    assert row.is_struck and queries.counts(clock.today(), clock.today()).total == 0
    with refused(409, "tolto dai conteggi"):
        actions.correct_contact(by=lucia, contact=row, new=right, seen_version=None)


def test_what_contacts_add_up_to(note, lucia, anna):
    maria = people.meet(by=lucia, details=MARIA)
    april = dt.date(2026, 4, 20)
    rows = [
        note("information", topic="rent", day=april, minutes=5),
        note("information", topic="rent", person=maria, minutes=10, channel="phone"),
        note("mediation", topic="neighbours", person=maria, minutes=30, language="ar"),
    ]
    note("report", day=dt.date(2026, 3, 31))
    counts = queries.counts(april, clock.today())
    assert (counts.total, counts.minutes, counts.people) == (3, 45, 1)
    assert counts.record_ids == tuple(row.pk for row in rows)
    assert [line.count for line in counts.by_kind] == [2, 0, 0, 0, 1]
    assert [(str(line.label), line.count, line.minutes) for line in counts.by_topic] == [
        ("affitto e spese", 2, 15), ("vicini e convivenza", 1, 30),
    ]  # fmt: skip
    assert [line.count for line in counts.by_channel] == [2, 1]
    assert [line.count for line in counts.by_language] == [2, 1]
    assert [line.count for line in counts.by_month] == [1, 2] and [line.count for line in counts.by_day] == [
        1,
        2,
    ]
    assert [kinds["information"] for _month, kinds in counts.kinds_by_month] == [1, 1]

    countable = countables["help_contacts"]
    counted = list(countable.rows(april, clock.today()))
    assert [(row.record_id, row.kind, row.person_id) for row in counted][1:] == [
        (rows[1].pk, "information", maria.pk), (rows[2].pk, "mediation", maria.pk),
    ]  # fmt: skip
    links = list(countable.links(lucia, [rows[0].pk]))
    assert links[0].url.endswith(f"/{rows[0].pk}") and not list(countable.links(anna, [rows[0].pk]))
    assert "mediation" in countable.kinds()


# Help files ---------------------------------------------------------------------------------------------------------


def test_a_file_grows_from_a_contact_and_takes_its_person(note, lucia, cast: Cast):
    row = note(details=MARIA)
    new = actions.NewFile("Bonus affitto", "Va accompagnata.")
    file = actions.open_file(by=lucia, new=new, owner=cast.lucia, contact=row)
    assert file.person == row.person and file.next_on == dt.date(2026, 5, 11)
    assert queries.contacts_of(file) == [row]
    assert actions.open_file(by=lucia, new=new, owner=cast.lucia, contact=row) == file
    other = actions.open_file(by=lucia, new=actions.NewFile("B", details=MARIA), owner=cast.lucia)
    assert other.person == file.person
    assert [one.pk for one in queries.files_of_person(lucia, [file.person_id])] == [other.pk, file.pk]
    assert queries.contacts_of_person(lucia, [file.person_id]) == [row]


def test_a_file_is_of_the_laboratory_and_of_who_is_in_charge(file, lucia, anna, carla, cast: Cast):
    with pytest.raises(NotVisible):
        queries.file_named(anna, file.reference)
    with refused(403):
        actions.write_note(by=anna, file=file, words="x")
    with refused(403):
        actions.open_file(by=anna, new=actions.NewFile("x"), owner=cast.anna)
    with refused(409, "non può seguire"):
        actions.hand_over(by=lucia, file=file, owner=cast.ada)
    actions.hand_over(by=carla, file=file, owner=cast.anna)
    assert queries.file_named(anna, file.reference) == file
    assert list(queries.files_due(anna, dt.date(2026, 5, 11))) == [file] and not queries.files_due(
        lucia, dt.date(2027, 1, 1)
    )
    file.refresh_from_db()
    actions.write_note(by=anna, file=file, words="L'ho accompagnata.")
    assert queries.notes_of(file)[0].words == "L'ho accompagnata."


def test_a_file_waits_is_answered_closed_and_opened_again(file, lucia):
    states, later = FileState, dt.date(2026, 5, 20)

    def go(state, words="", next_on=later, **more):
        return actions.enter_file(by=lucia, file=file, step=actions.Step(state, words, next_on, **more))

    with refused(409, "chi aspettiamo"):
        go(states.WAITING)
    with refused(409, "prossimo passo"):
        go(states.WAITING, "Il CAF", None)
    with refused(409, "prossimo passo"):
        go(states.WAITING, "Il CAF", dt.date(2026, 5, 1))
    row = go(states.WAITING, "Il CAF", next_words="Chiamare il CAF")
    assert (row.waits_for, row.next_on, row.next_words) == ("Il CAF", later, "Chiamare il CAF")
    with clock.at(at(9, days=30)):
        row.refresh_from_db()
        assert row.is_late
    with refused(409, "com'è andata"):
        go(states.ANSWERED)
    assert go(states.ANSWERED, "Bonus ottenuto.").answer == "Bonus ottenuto."
    row = go(states.CLOSED, "Bonus ottenuto.", None)
    assert row.next_on is None and row.closed_at and not row.is_late
    with refused(409):
        go(states.WAITING, "x")
    with refused(409, "riaprila"):
        actions.write_note(by=lucia, file=file, words="x")
    assert go(states.OPEN).answer == "Bonus ottenuto."
    with pytest.raises(Conflict):
        actions.enter_file(by=lucia, file=file, step=actions.Step(states.CLOSED, "x"), seen_version=1)


def test_a_file_is_corrected_and_keeps_what_is_handed_in(file, lucia):
    new = actions.NewFile("Bonus", "Altro", "orientation", "support", "ro", details=MARIA)
    row = actions.change_file(by=lucia, file=file, new=new, seen_version=1)
    assert row.person and row.next_on == file.next_on
    with pytest.raises(Conflict):
        actions.change_file(by=lucia, file=file, new=new, seen_version=1)
    again = actions.change_file(by=lucia, file=file, new=new, seen_version=None)
    assert again.person == row.person
    actions.write_note(by=lucia, file=file, words="Modulo", files=[upload(phone_photo())])
    assert len(attachments.of(file)) == 1


def test_a_contact_of_a_file_is_noted_while_it_is_open(note, file, lucia):
    assert note(file=file).file == file
    actions.enter_file(by=lucia, file=file, step=actions.Step(FileState.CLOSED, "Fatto"))
    with refused(409, "riaprila"):
        note(file=file)


def test_a_file_becomes_a_report_once(file, lucia, cast: Cast):
    where = Location(address="Via Roma 1", area_id=cast.crocetta.pk)
    report = actions.to_report(by=lucia, file=file, category=kind(), location=where)
    assert report.title == "Domanda per il bonus affitto" and report.channel == "desk"
    with refused(409, "già nata"):
        actions.to_report(by=lucia, file=file, category=kind(), location=where)
    with refused(409, "si apre da lì"):
        actions.to_case(by=lucia, file=file, category=kind(), location=where)


def test_a_file_becomes_a_case_with_its_report(file, lucia, cast: Cast):
    where = Location(address="Via Roma 1", area_id=cast.crocetta.pk)
    case = actions.to_case(by=lucia, file=file, category=kind(), location=where)
    found = HelpFile.objects.get(pk=file.pk)
    assert isinstance(case, Case) and found.case == case and found.report.case_link.case == case
    with refused(409, "già nato"):
        actions.to_case(by=lucia, file=file, category=kind(), location=where)
    empty = actions.open_file(by=lucia, new=actions.NewFile("x"), owner=cast.lucia)
    for act in (actions.to_report, actions.to_case):
        with refused(409, "che cosa serve"):
            act(by=lucia, file=empty, category=kind(), location=where)


# Forgetting ---------------------------------------------------------------------------------------------------------


def test_words_are_forgotten_in_time_and_counts_stay(note, file, lucia):
    row = note(words="Bonus", details=MARIA)
    actions.write_note(by=lucia, file=file, words="Chiamata")
    actions.enter_file(by=lucia, file=file, step=actions.Step(FileState.CLOSED, "Fatto"))
    with clock.at(at(9, days=800)):
        assert jobs.forget() == 1
        row.refresh_from_db()
        assert row.words == "" and row.person is None
    assert FileNote.objects.exists()
    with clock.at(at(9, days=365 * 6)):
        assert jobs.forget() == 1 and jobs.forget() == 0
    found = HelpFile.objects.get()
    assert found.title == "…" and not found.answer and not FileNote.objects.exists()
    assert queries.counts(MONDAY.date(), MONDAY.date()).total == 1


def test_a_person_is_erased_from_all_of_it(note, book, lucia, anna, carla, cast: Cast):
    maria = people.meet(by=lucia, details=PersonDetails(name="Maria Bassi", email="maria@posta.example"))
    appointment = book().row  # at the portal, found by the address
    past = book(at(9), by=lucia).row
    row = note(words="Bonus", person=maria)
    file = actions.open_file(by=lucia, new=actions.NewFile("Bonus", person=maria), owner=cast.lucia)
    actions.write_note(by=lucia, file=file, words="Chiamata")
    text = str(queries.copy_for_person(maria.pk))
    assert all(words in text for words in ("Maria Bassi", "maria@posta.example", "Bonus", "Chiamata"))
    assert list(queries.visible_people(lucia, [maria.pk])) and not list(queries.visible_people(anna))
    with clock.at(at(12)):
        assert actions.erase_person(by=carla, person_id=maria.pk) == 4
    for one in (appointment, past, row, file):
        one.refresh_from_db()
    assert (appointment.state, past.state, file.state) == ("cancelled", "booked", "closed")
    assert not (appointment.name or past.name or row.words or file.words) and file.title == "…"
    assert not queries.copy_for_person(maria.pk) and not list(queries.visible_people(lucia))
