"""When it is open, who comes when, and what they are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from vicinia.domain.helpdesk import actions, jobs, queries
from vicinia.domain.helpdesk.models import Appointment
from vicinia.domain.helpdesk.states import AppointmentState
from vicinia.domain.helpdesk.tests.conftest import MONDAY, VISITOR, at
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def refused(status: int, words: str = "."):
    """The act is refused with this status and these words."""

    class Expected:
        def __enter__(self):
            self.raised = pytest.raises(Refused, match=words)
            self.happened = self.raised.__enter__()
            return self

        def __exit__(self, *error):
            is_raised = self.raised.__exit__(*error)
            assert self.happened.value.verdict.status == status
            return is_raised

    return Expected()


def times(days):
    return {
        day.day.day: [f"{slot.starts_at.astimezone(MONDAY.tzinfo):%H:%M}" for slot in day.slots if slot.free]
        for day in days
    }


def test_the_week_gives_the_times_that_can_be_booked(point):
    found = times(queries.slots_for_residents(point))
    assert found[4] == ["10:30", "15:00", "15:30", "16:00", "16:30"]  # two hours of notice
    assert found[5] == ["09:00", "09:30", "10:00", "10:30", "15:00", "15:30", "16:00", "16:30"]
    assert 9 not in found and 10 not in found, "closed on Saturday and Sunday"
    assert times(queries.slots_at_desk(point))[4][0] == "09:00"
    with clock.at(at(9, 20)):
        assert times(queries.slots_at_desk(point))[4][0] == "09:00", "the half hour that is running"
        assert queries.open_now(point).takes == "both"
    with clock.at(at(12)):
        assert queries.open_now(point) is None


def test_walk_in_hours_are_not_booked(point, lucia):
    hours = actions.Hours(5, dt.time(9), dt.time(11), "walk_in")
    actions.add_hours(by=lucia, point=point, hours=hours)
    assert 9 not in times(queries.slots_at_desk(point))
    with clock.at(at(10, days=5)):
        assert queries.open_now(point).takes_label == "senza appuntamento"


def test_special_days_and_holidays_stand_above_the_week(point, lucia):
    actions.set_day(by=lucia, point=point, plan=actions.DayPlan(dt.date(2026, 5, 5), reason="Formazione"))
    other = actions.DayPlan(dt.date(2026, 5, 6), dt.time(14), dt.time(15))
    actions.set_day(by=lucia, point=point, plan=other)
    found = times(queries.slots_for_residents(point))
    assert 5 not in found and found[6] == ["14:00", "14:30"]
    announced = {one.day: one for one in queries.announced_days(point)}
    assert announced[dt.date(2026, 5, 5)].reason == "Formazione"
    assert announced[dt.date(2026, 6, 2)].is_holiday and not announced[dt.date(2026, 6, 2)].windows
    # on a holiday it opens only if that is said
    holiday = actions.DayPlan(dt.date(2026, 6, 2), dt.time(9), dt.time(10))
    actions.set_day(by=lucia, point=point, plan=holiday)
    assert queries.hours_on(point, dt.date(2026, 6, 2)).windows
    for special in queries.special_days_of(point):
        actions.drop_day(by=lucia, special=queries.special_day_of(point, special.pk))
    assert 5 in times(queries.slots_for_residents(point))


def test_hours_are_kept_by_who_keeps_the_desk_and_do_not_overlap(point, lucia, anna):
    good = actions.Hours(0, dt.time(12), dt.time(13))
    with refused(403):
        actions.add_hours(by=anna, point=point, hours=good)
    for hours, words in (
        (actions.Hours(0, dt.time(10), dt.time(12)), "già aperto"),
        (actions.Hours(0, dt.time(13), dt.time(12)), "prima di cominciare"),
    ):
        with refused(409, words):
            actions.add_hours(by=lucia, point=point, hours=hours)
    opening = actions.add_hours(by=lucia, point=point, hours=good)
    actions.drop_hours(by=lucia, opening=queries.opening_of(point, opening.pk))
    assert len(queries.openings_of(point)) == 10
    for plan, words in (
        (actions.DayPlan(dt.date(2026, 5, 8), dt.time(9)), "tutte e due"),
        (actions.DayPlan(dt.date(2026, 5, 8), dt.time(9), dt.time(9)), "prima di cominciare"),
        (actions.DayPlan(dt.date(2026, 5, 1)), "passato"),
    ):
        with refused(409, words):
            actions.set_day(by=lucia, point=point, plan=plan)


def test_a_desk_changes_with_its_version(point, lucia, anna):
    details = actions.PointDetails("Sportello", "Via Roma 2", languages=["it", "ar"])
    row = actions.change_point(by=lucia, point=point, details=details, seen_version=1)
    assert row.address == "Via Roma 2" and row.languages == ["it", "ar"]
    with pytest.raises(Conflict):
        actions.change_point(by=lucia, point=point, details=details, seen_version=1)
    with refused(403):
        actions.add_point(by=anna, code="altro", details=details)
    closed = actions.PointDetails("Sportello", "Via Roma 2", is_active=False)
    actions.change_point(by=lucia, point=point, details=closed, seen_version=2)
    with pytest.raises(NotVisible):
        queries.public_point("sportello")
    assert queries.point_coded(lucia, "sportello") == point


# Booking ------------------------------------------------------------------------------------------------------------


def test_a_resident_books_and_is_written_to_with_a_private_page(book, point):
    booked = book(language="en", topic="rent")
    row = booked.row
    assert row.state == "booked" and row.ends_at - row.starts_at == dt.timedelta(minutes=30)
    assert queries.appointment_of_link(booked.token) == row
    message = OutboxMessage.objects.get(template="appointment")
    assert booked.token in message.body and row.code in message.body and "Via Roma 1" in message.body
    assert "Maria" not in message.body + message.subject
    assert message.language == "en" and row.masked == "M. B."
    assert not any("Maria" in str(line) for line in Entry.objects.values_list("facts", "note"))
    with pytest.raises(NotVisible):
        queries.appointment_of_link("x")


def test_the_same_page_sent_twice_books_once(book):
    first, again = book(once="page"), book(once="page")
    assert first.row == again.row and Appointment.objects.count() == 1
    assert queries.appointment_of_link(again.token) == first.row


def test_a_time_is_given_once(book, point, lucia):
    book()
    with refused(409, "appena presa"):
        book(contact="none", contact_value="", name="")
    assert at(9, days=1) not in [
        slot.starts_at for day in queries.slots_for_residents(point) for slot in day.slots if slot.free
    ]
    details = actions.PointDetails("Sportello", "Via Roma 1", slot_minutes=30, seats=2)
    actions.change_point(by=lucia, point=point, details=details, seen_version=None)
    assert book(contact="none", contact_value="").row.seat == 2
    with refused(409, "appena presa"):
        book(contact="none", contact_value="")


def test_times_that_overlap_after_the_length_has_changed_are_not_given(book, point, lucia):
    book()
    details = actions.PointDetails("Sportello", "Via Roma 1", slot_minutes=20)
    actions.change_point(by=lucia, point=point, details=details, seen_version=None)
    point.refresh_from_db()
    assert times(queries.slots_at_desk(point))[5][0] == "09:40"


def test_the_database_refuses_two_at_the_same_seat(book):
    row = book().row
    other = book(at(9, 30, days=1)).row
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=other.pk).update(starts_at=row.starts_at)


@pytest.mark.parametrize("moment", [at(12, days=1), at(9, 10, days=1), at(9, days=40), at(9), at(9, days=-7)])
def test_only_times_on_offer_are_booked(book, moment):
    with refused(409, "non riceve"):
        book(moment)


def test_who_keeps_the_desk_books_for_others_also_at_once(book, lucia, anna, cast):
    person = people.meet(by=lucia, details=PersonDetails(name="Maria Bassi"))
    assert book(at(9), by=lucia, booked_from="phone").row.booked_from == "phone"
    with refused(403):
        book(at(9, 30), by=anna)
    with refused(409, "non riceve"):
        book(at(9))
    assert person.pk


def test_one_contact_holds_three_times_at_most(book, point, lucia):
    for hour in (9, 10, 15):
        book(at(hour, days=1))
    with refused(409, "già 3"):
        book(at(16, days=1))
    book(at(16, days=1), by=lucia)
    book(at(16, 30, days=1), contact="none", contact_value="")
    closed = actions.PointDetails("S", "V", is_active=False)
    actions.change_point(by=lucia, point=point, details=closed, seen_version=None)
    with refused(409, "non è più in uso"):
        book(at(9, days=2), contact="none", contact_value="")


# Afterwards ---------------------------------------------------------------------------------------------------------


def who_booked(row: Appointment) -> Actor:
    return Actor.resident(row.reference)


def test_who_booked_moves_it_and_calls_it_off(book, point):
    row = book().row
    moved = actions.move(by=who_booked(row), appointment=row, starts_at=at(15, days=1), seen_version=1)
    assert moved.starts_at == at(15, days=1) and moved.edition == 1
    assert at(9, days=1) in [
        slot.starts_at for day in queries.slots_for_residents(point) for slot in day.slots if slot.free
    ]
    with pytest.raises(Conflict):
        actions.move(by=who_booked(row), appointment=row, starts_at=at(9, days=1), seen_version=1)
    actions.move(by=who_booked(row), appointment=row, starts_at=at(15, days=1))  # its own time is no obstacle
    ended = actions.cancel(by=who_booked(row), appointment=row)
    assert ended.state == "cancelled" and not ended.is_to_come
    book(at(15, days=1))
    keys = set(
        OutboxMessage.objects.filter(about=f"appointment:{row.reference}").values_list("key", flat=True)
    )
    assert {
        f"appointment:{row.pk}:{one}" for one in ("booked:0", "moved:1", "moved:2", "cancelled:3")
    } == keys
    with refused(409, "annullato"):
        actions.cancel(by=who_booked(row), appointment=row)


def test_nobody_else_moves_it_and_nobody_moves_what_is_over(book, anna, lucia):
    row = book().row
    for by in (VISITOR, Actor.resident("AP0000-0000"), anna):
        with refused(403):
            actions.cancel(by=by, appointment=row)
    with clock.at(at(9, days=1)), refused(409, "passata"):
        actions.cancel(by=who_booked(row), appointment=row)
    with clock.at(at(9, days=1)):
        assert actions.cancel(by=lucia, appointment=row).state == "cancelled"


def test_who_left_a_telephone_is_called_when_the_desk_moves_it(book, lucia, anna):
    row = book(contact="phone", contact_value="+390131555010").row
    assert not OutboxMessage.objects.exists()
    row = actions.move(by=lucia, appointment=row, starts_at=at(15, days=1))
    assert row.to_call == "moved" and list(queries.to_tell(lucia)) == [row]
    with refused(403):
        actions.mark_called(by=anna, appointment=row)
    assert actions.mark_called(by=lucia, appointment=row).to_call == ""
    with refused(409, "niente da dire"):
        actions.mark_called(by=lucia, appointment=row)


def test_the_day_itself(book, lucia, anna):
    row, other = book().row, book(at(9, 30, days=1)).row
    states = AppointmentState
    with refused(409, "non è ancora passata"):
        actions.mark(by=lucia, appointment=row, state=states.MISSED)
    with clock.at(at(9, 10, days=1)):
        assert list(queries.today(lucia)) == [row, other] and not queries.today(anna)
        with refused(403):
            actions.mark(by=anna, appointment=row, state=states.HERE)
        assert actions.mark(by=lucia, appointment=row, state=states.HERE).state == "here"
        actions.mark(by=lucia, appointment=row, state=states.BOOKED)
        assert actions.mark(by=lucia, appointment=row, state=states.MISSED).state == "missed"
        with refused(409):
            actions.mark(by=lucia, appointment=row, state=states.HERE)


def test_names_are_seen_with_a_line_in_the_access_log(book, lucia, anna, settings):
    row = book().row
    actions.see_who(by=lucia, appointment=row)
    with refused(403):
        actions.see_who(by=anna, appointment=row)
    blind = Actor(lucia.kind, lucia.ref, lucia.name, frozenset({"run_helpdesk"}))
    with refused(403, "dati delle persone"):
        actions.see_who(by=blind, appointment=row)
    assert not queries.appointments(blind) and not queries.appointments(anna)
    token = actions.renew_link(by=lucia, appointment=row)
    assert queries.appointment_of_link(token) == row


def test_who_comes_tomorrow_is_reminded_once_by_day(book, settings):
    tomorrow, later = book().row, book(at(9, days=3)).row
    silent = book(at(10, days=1), contact="none", contact_value="").row
    with clock.at(at(7)):
        assert jobs.remind() == 0, "nobody is woken"
    assert jobs.remind() == 1 and jobs.remind() == 0
    assert OutboxMessage.objects.filter(key=f"appointment:{tomorrow.pk}:reminder:0").exists()
    for row in (later, silent):
        row.refresh_from_db()
        assert row.reminded_at is None
    tomorrow.refresh_from_db()
    assert actions.remind(by=Actor.job("x"), appointment=tomorrow).reminded_at == tomorrow.reminded_at


def test_appointments_at_times_that_are_closed_now_are_shown(book, point, lucia):
    assert queries.out_of_hours(lucia, point) == []
    row = book().row
    book(at(9, days=2))
    actions.set_day(by=lucia, point=point, plan=actions.DayPlan(dt.date(2026, 5, 5)))
    assert queries.out_of_hours(lucia, point) == [row]


def test_names_are_forgotten_a_month_later(book, lucia):
    row, token = book().row, book(at(15, days=1)).token
    with clock.at(at(9, days=20)):
        assert jobs.forget() == 0
    with clock.at(at(9, days=40)):
        assert jobs.forget() == 2 and jobs.forget() == 0
        with pytest.raises(NotVisible):
            queries.appointment_of_link(token)
    row.refresh_from_db()
    assert not (row.name or row.contact_value or row.contact_digest) and row.masked == "Senza nome"


def test_the_role_says_who_sees_what(point, cast: Cast):
    seen = {
        user.role
        for user in cast.everybody
        if queries.waiting(user.as_actor()) and user.as_actor().can("see_helpdesk")
    }
    assert seen == {Role.OPERATOR, Role.COORDINATOR, Role.LABORATORY}
