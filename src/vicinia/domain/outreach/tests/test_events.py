"""An event from asking to its report: places, the waiting list, who is told what, the door, forgetting."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from icalendar import Calendar

from vicinia.domain.outreach import actions, calendar, jobs, queries, rules
from vicinia.domain.outreach.actions import Counts, NewSignUp
from vicinia.domain.outreach.models import Event, SignUp
from vicinia.domain.outreach.states import Contact, EventState, SignUpState, Told
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
VISITOR = Actor.visitor()


def sign_up(event, count=1, **more):
    return actions.sign_up(by=VISITOR, event=event, new=NewSignUp(count, **more)).row


def by_mail(event, count=1, address="maria@posta.example", **more):
    return sign_up(event, count, contact=Contact.EMAIL, contact_value=address, **more)


def taken(event):
    return Event.objects.get(pk=event.pk).taken


def told(template="sign_up"):
    return list(OutboxMessage.objects.filter(template=template).order_by("id"))


def on_the_day(event):
    return time_machine.travel(event.starts_at + dt.timedelta(hours=1), tick=False)


# Its stages ---------------------------------------------------------------------------------------------------------


def test_an_event_goes_its_way(lucia, announced):
    row = announced()
    assert queries.public_event(row.reference)
    with pytest.raises(Refused, match="altro giorno"):
        actions.hold_event(by=lucia, event=row)
    with on_the_day(row):
        row = actions.hold_event(by=lucia, event=row)
        with pytest.raises(Refused, match="Conta prima"):
            actions.report_event(by=lucia, event=row, report="bene")
        row = actions.count_event(by=lucia, event=row, counts=Counts(20, 8, 3))
        row = actions.count_event(by=lucia, event=row, counts=Counts(21, 8, 3))
        with pytest.raises(Refused, match="com'è andata"):
            actions.report_event(by=lucia, event=row, report=" ")
        row = actions.report_event(by=lucia, event=row, report="Bene.", cost=Decimal("40.50"))
        with pytest.raises(Refused, match="non si passa"):
            actions.count_event(by=lucia, event=row, counts=Counts(1))
    assert (row.state, row.people_came, row.cost) == (EventState.REPORTED, 21, Decimal("40.50"))
    lines = Entry.objects.filter(about=f"event:{row.reference}").values_list("event", flat=True)
    assert list(lines)[:3] == ["event.requested", "event.announced", "event.held"]


@pytest.mark.parametrize("counts", [Counts(3, 4), Counts(3, 0, 4)])
def test_a_part_is_not_more_than_all(lucia, announced, counts):
    row = announced()
    with on_the_day(row):
        row = actions.hold_event(by=lucia, event=row)
        with pytest.raises(Refused, match="Una parte"):
            actions.count_event(by=lucia, event=row, counts=counts)


def test_what_is_not_announced_is_nobodys_business(lucia, anna, event_plan):
    row = actions.request_event(by=lucia, new=event_plan(), about="process:2026-0001")
    with pytest.raises(NotVisible):
        queries.public_event(row.reference)
    assert queries.event_named(anna, row.reference) == row
    with pytest.raises(NotVisible):
        queries.event_named(VISITOR, row.reference)
    assert list(queries.events_of("process:2026-0001")) == [row]
    cancelled = actions.cancel_event(by=lucia, event=row, reason="non si fa")
    with pytest.raises(NotVisible):
        queries.public_event(cancelled.reference)


def test_who_only_sees_plans_nothing(anna, lucia, event_plan, announced):
    row = announced()
    for act in (
        lambda: actions.request_event(by=anna, new=event_plan()),
        lambda: actions.change_event(by=anna, event=row, new=event_plan()),
        lambda: actions.cancel_event(by=anna, event=row, reason="x"),
        lambda: actions.note_sheet(by=anna, event=row),
        lambda: actions.see_names(by=anna, event=row),
    ):
        with pytest.raises(Refused, match="non prepara"):
            act()
    with pytest.raises(Refused, match="finisce prima"):
        actions.request_event(by=lucia, new=event_plan(to_time=dt.time(9)))
    with pytest.raises(Refused, match="motivo"):
        actions.cancel_event(by=lucia, event=row, reason=" ")


def test_a_past_day_is_not_announced_nor_what_is_over_changed(lucia, event_plan, announced):
    row = actions.request_event(by=lucia, new=event_plan(day=clock.today() - dt.timedelta(days=1)))
    with pytest.raises(Refused, match="passato"):
        actions.announce_event(by=lucia, event=row)
    held = announced()
    with on_the_day(held):
        actions.hold_event(by=lucia, event=held)
        with pytest.raises(Refused, match="già svolto"):
            actions.change_event(by=lucia, event=held, new=event_plan())


def test_who_was_slower_is_told(lucia, announced, event_plan):
    row = announced()
    actions.change_event(by=lucia, event=row, new=event_plan(title="Altro"), seen_version=row.version)
    with pytest.raises(Conflict):
        actions.change_event(by=lucia, event=row, new=event_plan(title="Ancora"), seen_version=row.version)


def test_the_database_itself_keeps_what_must_hold(announced):
    row = announced(places=2)
    for changes in (
        {"taken": 3},
        {"state": EventState.CANCELLED},
        {"state": EventState.COUNTED},
        {"to_time": dt.time(1)},
        {"announced_at": None},
        {"people_came": 2, "children_came": 3},
        {"people_came": 2, "first_time_came": 3},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=row.pk).update(**changes)
    one = sign_up(row, name="Maria")
    for changes in ({"people": 0}, {"forgotten_at": clock.now()}, {"state": SignUpState.WAITING, "came": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignUp.objects.filter(pk=one.pk).update(**changes)


# Places -------------------------------------------------------------------------------------------------------------


def test_places_run_out_and_the_next_waits(announced):
    row = announced(places=3)
    first, second, third = sign_up(row, 2), sign_up(row, 2), sign_up(row, 1)
    assert [one.state for one in (first, second, third)] == ["confirmed", "waiting", "confirmed"]
    seats = queries.seats_of(row)
    assert (seats.confirmed, seats.waiting, taken(row)) == (3, 2, 3)


def test_a_place_given_back_goes_to_who_waits_and_they_are_told(announced):
    row = announced(places=2)
    first = sign_up(row, 2)
    large, small, later = by_mail(row, 2), by_mail(row, 1, "luigi@posta.example"), sign_up(row, 1)
    actions.withdraw(by=Actor.resident(first.link_ref), sign_up=first)
    states = [SignUp.objects.get(pk=one.pk).state for one in (first, large, small, later)]
    assert states == ["withdrawn", "confirmed", "waiting", "waiting"]
    assert taken(row) == 2
    promoted = told()[-1]
    assert (promoted.to, promoted.subject) == (
        "maria@posta.example",
        "Festa di cortile: si è liberato il posto",
    )
    assert "/iscrizione/" in promoted.body
    assert large.code in promoted.body


def test_a_group_too_large_lets_smaller_ones_go_ahead(announced):
    row = announced(places=3)
    kept, one = sign_up(row, 2), sign_up(row, 1)
    large, small = sign_up(row, 3), sign_up(row, 1)
    actions.withdraw(by=Actor.resident(one.link_ref), sign_up=one)
    assert [SignUp.objects.get(pk=each.pk).state for each in (kept, large, small)] == [
        "confirmed",
        "waiting",
        "confirmed",
    ]


def test_more_places_go_to_who_waits_and_fewer_take_none_away(lucia, announced, event_plan):
    row = announced(places=1)
    sign_up(row)
    waiting = sign_up(row)
    with pytest.raises(Refused, match="non possono essere di meno"):
        actions.change_event(by=lucia, event=announced(places=2) and row, new=event_plan(places=0))
    row = actions.change_event(by=lucia, event=row, new=event_plan(places=2))
    assert SignUp.objects.get(pk=waiting.pk).state == SignUpState.CONFIRMED
    row = actions.change_event(by=lucia, event=row, new=event_plan(places=None))
    assert sign_up(row, 10).state == SignUpState.CONFIRMED


def test_one_form_signs_up_once(announced):
    row = announced(places=2)
    first = actions.sign_up(by=VISITOR, event=row, new=NewSignUp(1), once="abc")
    again = actions.sign_up(by=VISITOR, event=row, new=NewSignUp(1), once="abc")
    assert (first.row, taken(row)) == (again.row, 1)
    assert queries.sign_up_of_link(again.token) == queries.sign_up_of_link(first.token) == first.row
    for wrong in ("x", first.token[:-1]):
        with pytest.raises(NotVisible):
            queries.sign_up_of_link(wrong)


def test_a_code_is_free_at_its_event(announced, monkeypatch):
    codes = iter(["AAAAAA", "AAAAAA", "BBBBBB"])
    monkeypatch.setattr("vicinia.domain.outreach.actions.signing.new_code", lambda: next(codes))
    row = announced()
    assert [sign_up(row).code, sign_up(row).code] == ["AAAAAA", "BBBBBB"]


@pytest.mark.parametrize(
    ("plan", "people", "words"),
    [
        ({"with_sign_up": False}, 1, "non ci si iscrive"),
        ({}, 11, "10 al massimo"),
        ({}, 0, "10 al massimo"),
        ({"places": 3}, 4, "in tutto 3"),
    ],
)
def test_who_finds_no_way_in(announced, plan, people, words):
    with pytest.raises(Refused, match=words):
        sign_up(announced(**plan), people)


def test_what_is_over_called_off_or_full_to_the_brim_takes_nobody(lucia, announced, event_plan, monkeypatch):
    asked = actions.request_event(by=lucia, new=event_plan())
    with pytest.raises(Refused, match="non ci si iscrive"):
        sign_up(asked)
    row = announced(places=1)
    sign_up(row)
    monkeypatch.setattr("vicinia.domain.outreach.rules.MOST_WAITING", 1)
    sign_up(row)
    with pytest.raises(Refused, match="lista d'attesa è piena"):
        sign_up(row)
    with on_the_day(row), pytest.raises(Refused, match="già cominciato"):
        sign_up(row)
    actions.cancel_event(by=lucia, event=row, reason="piove")
    with pytest.raises(Refused, match="annullato"):
        sign_up(row)


def test_who_may_give_a_place_back(lucia, anna, announced):
    row = announced()
    one, other = sign_up(row), sign_up(row)
    with pytest.raises(Refused, match="non prepara"):
        actions.withdraw(by=Actor.resident(other.link_ref), sign_up=one)
    with pytest.raises(Refused, match="non prepara"):
        actions.withdraw(by=anna, sign_up=one)
    actions.withdraw(by=lucia, sign_up=one)
    with pytest.raises(Refused, match="già ritirata"):
        actions.withdraw(by=lucia, sign_up=one)
    with on_the_day(row):
        actions.check_in(by=lucia, event=row, sign_up=other)
        with pytest.raises(Refused, match="già entrati"):
            actions.withdraw(by=lucia, sign_up=other)
        third = SignUp.objects.create(event=row, contact="none", state="confirmed", code="CCCCCC", by_ref="x")
        actions.hold_event(by=lucia, event=row)
        with pytest.raises(Refused, match="svolto"):
            actions.withdraw(by=lucia, sign_up=third)


# Telling ------------------------------------------------------------------------------------------------------------


def test_everybody_is_told_by_their_way(lucia, announced, event_plan, settings):
    row = announced(places=4)
    mailed = by_mail(row, language="en")
    called = sign_up(row, contact=Contact.PHONE, contact_value="+393331234567")
    silent = sign_up(row)
    assert [message.subject for message in told()] == ["Festa di cortile: the place is confirmed"]
    actions.change_event(by=lucia, event=row, new=event_plan(place="Palestra", places=4))
    assert [SignUp.objects.get(pk=one.pk).to_call for one in (mailed, called, silent)] == ["", Told.MOVED, ""]
    assert "Palestra" in told()[-1].body
    actions.mark_called(by=lucia, sign_up=called)
    with pytest.raises(Refused, match="niente da dire"):
        actions.mark_called(by=lucia, sign_up=called)
    settings.SMS_URL = "https://sms.example/send"
    actions.cancel_event(by=lucia, event=Event.objects.get(), reason="Piove.")
    [message] = told("sign_up_sms")
    assert (message.channel, message.to) == ("sms", "+393331234567")
    assert "annullato" in message.body
    assert "Piove." in told()[-1].body
    assert mailed.code not in told()[-1].body
    assert Entry.objects.filter(event="event.called").count() == 1


def test_a_change_that_moves_nothing_tells_nobody(lucia, announced, event_plan):
    row = announced()
    by_mail(row)
    before = len(told())
    row = actions.change_event(by=lucia, event=row, new=event_plan(access="senza gradini"))
    assert (len(told()), row.edition) == (before, 0)
    row = actions.change_event(by=lucia, event=row, new=event_plan(title="Festa grande"))
    assert (len(told()), row.edition) == (before, 1)


# The door -----------------------------------------------------------------------------------------------------------


def test_at_the_door_a_code_lets_in(lucia, anna, announced):
    row = announced(places=3)
    one, waiting = sign_up(row, 3), sign_up(row, 1)
    with pytest.raises(Refused, match="il giorno dell'evento"):
        actions.check_in(by=lucia, event=row, sign_up=one)
    with on_the_day(row):
        spelled = f"{one.code[:3].lower()}-{one.code[3:]}"
        assert queries.sign_up_with_code(lucia, row, spelled) == one
        assert queries.sign_up_with_code(lucia, row, "") is None
        assert queries.sign_up_with_code(anna, row, one.code) is None
        with pytest.raises(Refused, match="non prepara"):
            actions.check_in(by=anna, event=row, sign_up=one)
        for number in (0, 4):
            with pytest.raises(Refused, match="è per 3"):
                actions.check_in(by=lucia, event=row, sign_up=one, came=number)
        with pytest.raises(Refused, match="attesa"):
            actions.check_in(by=lucia, event=row, sign_up=waiting)
        actions.check_in(by=lucia, event=row, sign_up=one, came=2)
        actions.check_in(by=lucia, event=row, sign_up=one)
        actions.withdraw(by=lucia, sign_up=waiting)
        with pytest.raises(Refused, match="ritirata"):
            actions.check_in(by=lucia, event=row, sign_up=waiting)
    assert queries.seats_of(row).came == 3


def test_names_are_for_who_may_see_people(anna, lucia):
    assert rules.may_see_names(lucia)
    for capabilities in ({Capability.KEEP_OUTREACH}, {Capability.REVEAL_PEOPLE}):
        assert rules.may_see_names(Actor.job("x", frozenset(capabilities))).status == 403


def test_names_are_seen_on_purpose_only(lucia, announced):
    row = announced()
    actions.see_names(by=lucia, event=row)
    actions.note_sheet(by=lucia, event=row)
    assert list(Sight.objects.values_list("about", flat=True)) == [f"event:{row.reference}"] * 2


# Forgetting ---------------------------------------------------------------------------------------------------------


def test_names_are_forgotten_a_month_after(announced):
    row = announced(places=2)
    one = by_mail(row, 2, name="Maria Rossi", needs="interprete")
    signed = actions.sign_up(by=VISITOR, event=row, new=NewSignUp(1))
    assert jobs.forget() == 0
    with time_machine.travel(row.starts_at + dt.timedelta(days=32)):
        assert jobs.forget() == 2
        assert jobs.forget() == 0
        with pytest.raises(NotVisible):
            queries.sign_up_of_link(signed.token)
    one.refresh_from_db()
    assert (one.name, one.contact_value, one.contact_digest, one.needs, one.people) == ("", "", "", "", 2)
    assert one.masked == "Senza nome"
    assert OutboxMessage.objects.get(about=f"signup:{one.pk}").to == ""


def test_an_erased_person_leaves_and_the_next_gets_the_place(cast, announced):
    carla = cast.actor(cast.carla)
    row = announced(places=1)
    person = people.meet(by=carla, details=PersonDetails(name="Maria Rossi", email="maria@posta.example"))
    mine = by_mail(row, name="Maria Rossi")
    next_one = sign_up(row)
    waiting = actions.sign_up(by=carla, event=row, new=NewSignUp(name="Maria"), person=person).row
    assert [copy["evento"] for copy in queries.copy_for_person(person.pk)] == ["Festa di cortile"] * 2
    people.erase(by=carla, person=person)
    for one in (mine, waiting):
        one.refresh_from_db()
        assert (one.state, one.name, one.person) == (SignUpState.WITHDRAWN, "", None)
    next_one.refresh_from_db()
    assert (next_one.state, taken(row)) == (SignUpState.CONFIRMED, 1)
    assert queries.copy_for_person(person.pk) == []


def test_erased_after_the_event_the_numbers_stay(cast, announced, lucia):
    carla = cast.actor(cast.carla)
    row = announced()
    person = people.meet(by=carla, details=PersonDetails(name="Maria Rossi", email="maria@posta.example"))
    mine = by_mail(row, 2)
    with on_the_day(row):
        actions.check_in(by=lucia, event=row, sign_up=mine)
        people.erase(by=carla, person=person)
    mine.refresh_from_db()
    assert (mine.state, mine.came, mine.contact_value) == (SignUpState.CONFIRMED, 2, "")


# Calendars ----------------------------------------------------------------------------------------------------------


def test_a_calendar_takes_over_changes_and_cancellations(lucia, announced, event_plan):
    row = announced()

    def entry():
        [found] = Calendar.from_ical(calendar.feed([Event.objects.get(pk=row.pk)])).walk("VEVENT")
        return found

    first = entry()
    actions.change_event(by=lucia, event=row, new=event_plan(place="Palestra, sala B"))
    moved = entry()
    actions.cancel_event(by=lucia, event=row, reason="piove")
    off = entry()
    assert first["UID"] == moved["UID"] == off["UID"] == f"{row.reference}@127.0.0.1"
    assert [int(each["SEQUENCE"]) for each in (first, moved, off)] == [0, 1, 2]
    assert [str(each["STATUS"]) for each in (first, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(moved["LOCATION"]) == "Palestra, sala B"
    assert first["DTSTART"].dt == row.starts_at


def test_the_hour_is_right_on_both_sides_of_the_change_of_clocks(lucia, event_plan):
    for day in (dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.date(2027, 10, 31)):
        row = actions.request_event(by=lucia, new=event_plan(day=day))
        made = Calendar.from_ical(calendar.feed([row]))
        [found] = made.walk("VEVENT")
        assert (found["DTSTART"].dt.hour, found["DTSTART"].dt) == (15, row.starts_at)
        assert found["DTSTART"].params["TZID"] == "Europe/Rome"
        assert [str(zone["TZID"]) for zone in made.walk("VTIMEZONE")] == ["Europe/Rome"]
