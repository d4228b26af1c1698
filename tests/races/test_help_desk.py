"""One time at the help desk, one number, one contact: asked for by eight at the same moment."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.races.test_one_winner import EIGHT, WON, race
from vicinia.domain.helpdesk import actions, queries
from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpPoint, Ticket
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def point_of(cast: Cast) -> HelpPoint:
    by = cast.actor(cast.lucia)
    row = actions.add_point(by=by, code="sportello", details=actions.PointDetails("Sportello", "Via Roma 1"))
    for weekday in range(7):
        actions.add_hours(by=by, point=row, hours=actions.Hours(weekday, dt.time(9), dt.time(18)))
    return row


def test_one_time_is_given_to_one(cast: Cast, shared_database: None) -> None:
    point = point_of(cast)
    new = actions.NewAppointment(queries.slots_for_residents(point)[-1].slots[0].starts_at)
    answers = race([lambda: actions.book(by=Actor.visitor(), point=point, new=new) for _turn in range(EIGHT)])
    assert answers.count(WON) == 1 and Appointment.objects.count() == 1


def test_a_page_sent_by_eight_taps_books_once(cast: Cast, shared_database: None) -> None:
    point = point_of(cast)
    new = actions.NewAppointment(queries.slots_for_residents(point)[-1].slots[0].starts_at)
    answers = race(
        [lambda: actions.book(by=Actor.visitor(), point=point, new=new, once="a") for _turn in range(EIGHT)]
    )
    assert answers == [WON] * EIGHT and Appointment.objects.count() == 1


def test_two_who_move_to_the_same_time(cast: Cast, shared_database: None) -> None:
    point = point_of(cast)
    slots = queries.slots_for_residents(point)[-1].slots
    rows = [
        actions.book(by=Actor.visitor(), point=point, new=actions.NewAppointment(slot.starts_at)).row
        for slot in slots[:EIGHT]
    ]
    target = slots[EIGHT].starts_at
    runs = [
        lambda row=row: actions.move(by=Actor.resident(row.reference), appointment=row, starts_at=target)  # type: ignore[misc]
        for row in rows
    ]
    assert race(runs).count(WON) == 1
    assert Appointment.objects.filter(starts_at=target).count() == 1


def test_numbers_are_given_and_called_once(cast: Cast, shared_database: None) -> None:
    point, by = point_of(cast), cast.actor(cast.lucia)
    race([lambda: actions.take_number(by=by, point=point) for _turn in range(EIGHT)])
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, EIGHT + 1))
    answers = race([lambda: actions.call_next(by=by, point=point) for _turn in range(EIGHT)])
    assert answers == [WON] * EIGHT and not Ticket.objects.exclude(state="called").exists()


def test_a_contact_sent_by_eight_taps_is_one(cast: Cast, shared_database: None) -> None:
    by, new = cast.actor(cast.lucia), actions.NewContact("information", "tap")
    answers = race([lambda: actions.note_contact(by=by, new=new) for _turn in range(EIGHT)])
    assert answers == [WON] * EIGHT and HelpContact.objects.count() == 1
