"""One space, asked for two hundred times at once: no half hour is held twice, no yes is lost. One pact, sent by eight taps."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.races.test_one_winner import EIGHT, WON, Told, race
from vicinia.domain.commons.actions import booking, pacts, spaces
from vicinia.domain.commons.models import Booking, BookingSlot, Pact, Space
from vicinia.domain.commons.states import HOLDING, PactLevel
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
VISITOR = Actor.visitor()
WAVES = 25  # of eight: two hundred in all
HOURS = 10


def room_of(cast: Cast) -> Space:
    by = cast.actor(cast.lucia)
    card = spaces.SpaceCard("Sala", "Corte B", 20, "Si lascia pulito.", longest_hours=4)
    row = spaces.open_space(by=by, new=card)
    for weekday in range(7):
        spaces.add_hours(by=by, space=row, weekday=weekday, from_time=dt.time(8), to_time=dt.time(20))
    return row


def asked(number: int, first: int, length: int = 2) -> booking.NewBooking:
    day = clock.start_of(clock.today() + dt.timedelta(days=5))
    starts_at = day.replace(hour=first)
    return booking.NewBooking(
        starts_at, starts_at + dt.timedelta(hours=length), f"Chi {number}", "Prova", 5, f"o{number}", True
    )


def consistent(space: Space) -> None:
    """What holds the space holds all its half hours and no other; what doesn't hold it holds none."""
    taken: set[dt.datetime] = set()
    for row in Booking.objects.filter(space=space):
        at = set(row.slots.values_list("at", flat=True))
        if row.state in HOLDING:
            assert len(at) == (row.ends_at - row.starts_at) // dt.timedelta(minutes=30)
            assert not at & taken
            taken |= at
        else:
            assert not at
    assert BookingSlot.objects.filter(space=space).count() == len(taken)


def test_two_hundred_at_once_double_nothing_and_lose_nothing(cast: Cast, shared_database: None) -> None:
    """Waves of eight, two hours each at one of ten hours of one day: they overlap in every way."""
    space, answers = room_of(cast), []
    for wave in range(WAVES):
        numbers = range(wave * EIGHT, wave * EIGHT + EIGHT)
        answers += race(
            [
                lambda n=n: booking.book(by=VISITOR, space=space, new=asked(n, 8 + n % HOURS))  # type: ignore[misc]
                for n in numbers
            ]
        )
    assert len(answers) == WAVES * EIGHT
    won = answers.count(WON)
    late = [one for one in answers if isinstance(one, Told)]
    assert {one.status for one in late} == {409}
    assert all("già prenotato" in one.words for one in late)
    rows = Booking.objects.filter(space=space, state__in=HOLDING)
    assert rows.count() == won == Entry.objects.filter(event="booking.made").count()
    assert 4 <= won <= 6  # ten hours hold four to five times two, however they fall
    consistent(space)


def test_the_same_hour_is_given_to_one_of_eight(cast: Cast, shared_database: None) -> None:
    space = room_of(cast)
    answers = race(
        [lambda n=n: booking.book(by=VISITOR, space=space, new=asked(n, 10)) for n in range(EIGHT)]  # type: ignore[misc]
    )
    assert answers.count(WON) == 1
    consistent(space)


def test_a_page_sent_by_eight_taps_books_once(cast: Cast, shared_database: None) -> None:
    space, new = room_of(cast), asked(1, 10)
    answers = race([lambda: booking.book(by=VISITOR, space=space, new=new) for _turn in range(EIGHT)])
    assert answers == [WON] * EIGHT
    assert Booking.objects.count() == 1
    consistent(space)


def test_given_back_and_asked_for_at_the_same_moment(cast: Cast, shared_database: None) -> None:
    """Four give back two hours each while four ask for the same: nothing is held by two, nothing by nobody in between."""
    space = room_of(cast)
    kept = [booking.book(by=VISITOR, space=space, new=asked(n, 8 + 2 * n)).booking for n in range(4)]
    runs = [
        lambda row=row: booking.cancel(by=Actor.resident(row.reference), booking=row)  # type: ignore[misc]
        for row in kept
    ]
    runs += [
        lambda n=n: booking.book(by=VISITOR, space=space, new=asked(10 + n, 8 + 2 * n))  # type: ignore[misc]
        for n in range(4)
    ]
    answers = race(runs)
    assert answers[:4] == [WON] * 4
    assert Booking.objects.filter(state__in=HOLDING).count() == answers[4:].count(WON)
    consistent(space)


def test_a_series_and_a_single_booking_do_not_meet(cast: Cast, shared_database: None) -> None:
    space, by = room_of(cast), cast.actor(cast.lucia)
    until = clock.today() + dt.timedelta(days=19)
    runs = [
        lambda n=n: booking.book_again_and_again(  # type: ignore[misc]
            by=by, space=space, new=asked(n, 10), weeks=1, until=until
        )
        for n in range(4)
    ]
    runs += [lambda n=n: booking.book(by=by, space=space, new=asked(n, 11)) for n in range(4, EIGHT)]  # type: ignore[misc]
    answers = race(runs)
    assert answers.count(WON) == 1
    consistent(space)


def test_a_pact_sent_by_eight_taps_is_one(cast: Cast, shared_database: None) -> None:
    draft = pacts.PactDraft("Il giardino", "Curarlo insieme.", PactLevel.CONTINUOUS)
    party = pacts.NewParty("Gruppo via Po")
    answers = race(
        [lambda: pacts.propose_pact(by=VISITOR, new=draft, party=party, once="tap") for _turn in range(EIGHT)]
    )
    assert answers == [WON] * EIGHT and Pact.objects.count() == 1
