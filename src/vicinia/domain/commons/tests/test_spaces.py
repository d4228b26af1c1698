"""A space, its hours and rules, and who has it when."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.commons.actions import booking, spaces
from vicinia.domain.commons.models import Booking, BookingSlot, Space
from vicinia.domain.commons.queries import spaces as queries
from vicinia.domain.commons.rules import spaces as rules
from vicinia.domain.commons.states import BookingState
from vicinia.domain.commons.tests.conftest import VISITOR, at, card, holder, new_booking
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


def told():
    return list(OutboxMessage.objects.order_by("id").values_list("template", flat=True))


def book(space, by=VISITOR, **changes):
    return booking.book(by=by, space=space, new=new_booking(**changes))


# Spaces -----------------------------------------------------------------------------------------------------------


def test_a_space_is_opened_and_its_rules_have_editions(lucia, anna, room):
    assert (str(room), room.reference) == ("Sala comune", room.code)
    assert refused(lambda: spaces.open_space(by=anna, new=card())).status == 403
    for wrong in (card(capacity=0), card(longest_hours=0), card(house_rules=" ")):
        assert refused(lambda w=wrong: spaces.open_space(by=lucia, new=w)).status == 409
    same = spaces.change_space(by=lucia, space=room, new=card(capacity=40), seen_version=None)
    assert (same.capacity, same.rules_edition) == (40, 1)
    other = spaces.change_space(
        by=lucia, space=room, new=card(house_rules="Niente musica."), seen_version=None
    )
    assert other.rules_edition == 2
    with pytest.raises(Conflict):
        spaces.change_space(by=lucia, space=room, new=card(), seen_version=1)


def test_hours_do_not_overlap_and_go_by_half_hours(lucia, anna, room, monkeypatch):
    add = lambda weekday, first, last, by=lucia: spaces.add_hours(  # noqa: E731
        by=by, space=room, weekday=weekday, from_time=first, to_time=last
    )
    assert "si sovrappone" in refused(lambda: add(0, dt.time(8), dt.time(10))).sentence
    assert refused(lambda: add(0, dt.time(8), dt.time(7))).status == 409
    assert "mezz'ora" in refused(lambda: add(0, dt.time(7, 10), dt.time(8))).sentence
    assert refused(lambda: add(0, dt.time(7), dt.time(8), anna)).status == 403
    row = add(0, dt.time(7), dt.time(8))
    assert queries.hours_named(room, row.pk) == row
    monkeypatch.setattr(rules, "MOST_HOURS_ROWS", 8)
    assert "troppi" in refused(lambda: add(1, dt.time(7), dt.time(8))).sentence
    assert refused(lambda: spaces.drop_hours(by=anna, hours=row)).status == 403
    spaces.drop_hours(by=lucia, hours=row)
    assert len(queries.hours_of(room)) == 7


def test_who_had_it_on_days_of_closure_is_told_why(lucia, anna, room, booked):
    day = booked.booking.day
    close = lambda first=day, last=day, reason="Imbianchiamo.", by=lucia: spaces.close(  # noqa: E731
        by=by, space=room, from_day=first, to_day=last, reason=reason
    )
    assert refused(lambda: close(day, day - DAY)).status == 409
    assert refused(lambda: close(reason=" ")).status == 409
    assert refused(lambda: close(by=anna)).status == 403
    (lost,) = close()
    assert (lost.state, lost.end_reason) == (BookingState.CANCELLED, "Imbianchiamo.")
    assert told() == ["booking_made", "booking_decided"]
    assert "Imbianchiamo." in OutboxMessage.objects.order_by("id").last().body
    verdict = refused(lambda: book(room))
    assert (verdict.sentence, verdict.hint) == ("Quel giorno lo spazio è chiuso.", "Imbianchiamo.")
    (closed,) = [one for one in queries.days_of(room, clock.today()) if one.closed_because]
    assert (closed.day, closed.is_free) == (day, False)
    closure = queries.closure_of(room, queries.closures_of(room)[0].pk)
    assert refused(lambda: spaces.reopen(by=anna, closure=closure)).status == 403
    spaces.reopen(by=lucia, closure=closure)
    assert book(room).token


# Booking ----------------------------------------------------------------------------------------------------------


def test_booked_once_and_never_twice(room, booked):
    row = booked.booking
    assert (row.state, str(row), row.rules_edition, row.is_holding) == ("confirmed", row.reference, 1, True)
    assert BookingSlot.objects.filter(booking=row).count() == 4
    for first, last in ((15, 17), (16, 18), (14, 16), (14, 18)):
        verdict = refused(lambda f=first, s=last: book(room, first=f, last=s))
        assert "già prenotato" in verdict.sentence
    assert book(room, first=17, last=18).token and book(room, first=13, last=15).token
    with pytest.raises(IntegrityError), transaction.atomic():
        BookingSlot.objects.create(space=room, booking=row, at=row.starts_at)


def test_a_page_sent_twice_books_once(room):
    new = new_booking(once="uguale")
    first, second = (booking.book(by=VISITOR, space=room, new=new) for _turn in range(2))
    assert (first.booking, second.token) == (second.booking, "")
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accepts_rules": False}, "regole della casa"),
        ({"people": 31}, "al massimo 30 persone"),
        ({"people": 0}, "al massimo 30 persone"),
        ({"first": 17, "last": 15}, "prima di cominciare"),
        ({"first": 10, "last": 15}, "4 ore al massimo"),
        ({"first": 7, "last": 9}, "è chiuso"),
        ({"first": 21, "last": 23}, "è chiuso"),
        ({"days": -1}, "già passato"),
        ({"days": 95}, "90 giorni prima"),
    ],
)
def test_what_may_not_be_booked(room, changes, words):
    assert words in refused(lambda: book(room, **changes)).sentence


def test_times_go_by_half_hours_within_one_day(room, lucia):
    odd = {"starts_at": at(5, 15, 10), "ends_at": at(5, 17)}
    assert "mezz'ora" in refused(lambda: book(room, **odd)).sentence
    night = {"starts_at": at(5, 23), "ends_at": at(6, 1)}
    assert "è chiuso" in refused(lambda: book(room, **night)).sentence


def test_residents_book_ahead_and_leave_room_for_others(room, lucia, anna):
    with clock.at(at(0, 8)):
        assert "24 ore prima" in refused(lambda: book(room, days=0, first=10, last=11)).sentence
        assert book(room, by=lucia, days=0, first=10, last=11).token
        assert refused(lambda: book(room, by=anna)).status == 403
        for hour in (10, 12, 14):
            book(room, first=hour, last=hour + 1)
        assert "4 prenotazioni" in refused(lambda: book(room, first=18, last=19)).sentence
        assert book(room, first=18, last=19, details=None).token


def test_a_space_that_is_not_lent_says_why(room, lucia):
    spaces.change_space(by=lucia, space=room, new=card(closed_reason="Ci piove dentro."), seen_version=None)
    assert refused(lambda: book(room)).hint == "Ci piove dentro."
    assert not queries.shown_spaces()


def test_a_booking_may_wait_for_a_yes(lucia, anna, room):
    spaces.change_space(by=lucia, space=room, new=card(is_approved=True), seen_version=None)
    first, second = book(room).booking, book(room, first=18, last=19).booking
    assert list(queries.asked(lucia)) == [first, second] and not queries.asked(anna)
    decide = lambda row, state, reason="", by=lucia: booking.decide(  # noqa: E731
        by=by, booking=row, state=state, reason=reason
    )
    assert refused(lambda: decide(first, BookingState.CONFIRMED, by=anna)).status == 403
    assert decide(first, BookingState.CONFIRMED).state == BookingState.CONFIRMED
    assert refused(lambda: decide(second, BookingState.REFUSED)).status == 409
    assert not decide(second, BookingState.REFUSED, "Serve al doposcuola.").is_holding
    assert book(room, first=18, last=19).token
    assert told() == ["booking_made"] * 2 + ["booking_decided"] * 2 + ["booking_made"]


def test_given_back_by_who_booked_or_by_the_desk(lucia, anna, room, booked):
    row = booked.booking
    cancel = lambda by, reason="": booking.cancel(by=by, booking=row, reason=reason)  # noqa: E731
    assert refused(lambda: cancel(Actor.resident("PR2026-9999"), "x")).status == 403
    assert refused(lambda: cancel(anna, "x")).status == 403
    assert "Scrivi perché" in refused(lambda: cancel(lucia)).sentence
    with clock.at(row.starts_at):
        assert "già cominciata" in refused(lambda: cancel(holder(row))).sentence
    with clock.at(row.ends_at):
        assert "già passata" in refused(lambda: cancel(lucia, "x")).sentence
    assert cancel(holder(row)).state == BookingState.CANCELLED
    assert refused(lambda: cancel(holder(row))).status == 409
    assert book(room).token
    other = book(room, first=18, last=19).booking
    assert booking.cancel(by=lucia, booking=other, reason="Piove.").end_reason == "Piove."


def test_again_and_again(lucia, anna, room):
    taken = book(room, days=12).booking
    repeat = lambda weeks=1, days=26, skips=False, by=lucia: booking.book_again_and_again(  # noqa: E731
        by=by,
        space=room,
        new=new_booking(),
        weeks=weeks,
        until=clock.today() + dt.timedelta(days=days),
        skips_taken=skips,
    )
    for wrong in ({"weeks": 0}, {"weeks": 9}, {"days": 4}, {"days": 500}):
        assert refused(lambda w=wrong: repeat(**w)).status == 409
    assert refused(lambda: repeat(by=anna)).status == 403
    assert "In questi giorni non si può" in refused(repeat).sentence
    assert Booking.objects.count() == 1
    made = repeat(skips=True)
    assert ([one.day for one in made.bookings], made.skipped) == (
        [at(days, 15).date() for days in (5, 19, 26)],
        [taken.day],
    )
    assert len(queries.others_in_series(made.bookings[0])) == 2
    assert queries.others_in_series(taken) == []
    gone = booking.cancel_series(by=lucia, booking=made.bookings[0], reason="Corso finito.")
    assert {one.state for one in gone} == {BookingState.CANCELLED}
    assert (
        refused(
            lambda: booking.book_again_and_again(
                by=anna, space=room, new=new_booking(), weeks=1, until=clock.today() + 9 * DAY
            )
        ).status
        == 403
    )


def test_a_series_keeps_its_hour_when_the_clock_changes(lucia, room):
    spaces.change_space(by=lucia, space=room, new=card(ahead_days=400), seen_version=None)
    with clock.at(dt.datetime(2026, 10, 19, 8, tzinfo=dt.UTC)):
        new = new_booking(days=1)
        made = booking.book_again_and_again(
            by=lucia, space=room, new=new, weeks=1, until=clock.today() + 9 * DAY
        )
        offsets = [one.starts_at.hour for one in made.bookings]
        assert len(offsets) == 2
        rows = list(Booking.objects.order_by("starts_at"))
        assert [row.starts_at.hour for row in rows] == [13, 14]


def test_the_private_link(lucia, anna, booked):
    assert queries.booking_of_link(booked.token) == booked.booking
    assert refused(lambda: booking.renew_booking_link(by=anna, booking=booked.booking)).status == 403
    token = booking.renew_booking_link(by=lucia, booking=booked.booking)
    assert queries.booking_of_link(token) == booked.booking
    for wrong in (booked.token, "x"):
        with pytest.raises(NotVisible):
            queries.booking_of_link(wrong)


def test_days_show_what_is_free_and_nobodys_name(room, booked):
    days = queries.days_of(room, clock.today())
    day = next(one for one in days if one.day == booked.booking.day)
    shown = [(one.from_time.hour, one.to_time.hour, one.is_free) for one in day.stretches]
    assert shown == [(9, 15, True), (15, 17, False), (17, 22, True)]
    assert day.is_free


def test_who_sees_what(cast, lucia, anna, room, booked):
    assert list(queries.spaces(anna)) == [room] and not queries.spaces(cast.actor(cast.vera))
    assert list(queries.bookings_of(lucia, room)) == [booked.booking]
    assert not queries.bookings_of(anna, room)
    with pytest.raises(NotVisible):
        queries.booking_named(anna, booked.booking.reference)
    assert queries.booking_named(lucia, booked.booking.reference).who == "Maria Bassi"
    assert queries.in_lines(Space.objects.all()).get().booking_count == 1
