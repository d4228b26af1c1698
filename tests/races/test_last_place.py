"""The last places of an event, asked for and given back by eight at the same moment: none is lost, none is given twice."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import Cast
from tests.races.test_one_winner import EIGHT, WON, race
from vicinia.domain.outreach import actions, queries
from vicinia.domain.outreach.actions import EventPlan, NewSignUp, NewSubscription
from vicinia.domain.outreach.models import Event, Publication, SignUp, Subscription
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
VISITOR = Actor.visitor()
AT_ONCE = 24


def event_of(cast: Cast, places: int) -> Event:
    day = clock.today() + dt.timedelta(days=10)
    plan = EventPlan("Festa", day, dt.time(15), dt.time(18), "Cortile", places=places)
    by = cast.actor(cast.lucia)
    return actions.announce_event(by=by, event=actions.request_event(by=by, new=plan))


def states(event: Event) -> list[str]:
    return list(SignUp.objects.filter(event=event).order_by("id").values_list("state", flat=True))


def consistent(event: Event) -> None:
    """What the event says is taken is what the confirmed sign-ups say."""
    assert queries.seats_of(event).confirmed == Event.objects.get(pk=event.pk).taken


def test_the_last_place_is_given_once_and_seven_wait(cast: Cast, shared_database: None) -> None:
    event = event_of(cast, places=1)
    answers = race(
        [lambda: actions.sign_up(by=VISITOR, event=event, new=NewSignUp(1)) for _turn in range(EIGHT)]
    )
    assert answers == [WON] * EIGHT
    assert sorted(states(event)) == ["confirmed"] + ["waiting"] * 7
    consistent(event)


def test_two_hundred_ask_for_fifty_places(cast: Cast, shared_database: None) -> None:
    """A day's rush on an event: fifty come, the others wait in the order in which they asked."""
    event = event_of(cast, places=50)

    def ask(turn: int) -> None:
        try:
            actions.sign_up(by=VISITOR, event=event, new=NewSignUp(1), once=f"page {turn}")
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, range(200)))
    assert states(event) == ["confirmed"] * 50 + ["waiting"] * 150
    consistent(event)


def test_a_form_sent_by_eight_taps_signs_up_once(cast: Cast, shared_database: None) -> None:
    event = event_of(cast, places=3)
    new = NewSignUp(1)
    answers = race(
        [lambda: actions.sign_up(by=VISITOR, event=event, new=new, once="tap") for _turn in range(EIGHT)]
    )
    assert (answers, states(event)) == ([WON] * EIGHT, ["confirmed"])
    consistent(event)


def test_places_given_back_together_go_to_who_waits(cast: Cast, shared_database: None) -> None:
    event = event_of(cast, places=4)
    rows = [actions.sign_up(by=VISITOR, event=event, new=NewSignUp(1)).row for _turn in range(EIGHT)]
    runs = [
        lambda row=row: actions.withdraw(by=Actor.resident(row.link_ref), sign_up=row) for row in rows[:4]
    ]  # type: ignore[misc]
    runs += [lambda: actions.sign_up(by=VISITOR, event=event, new=NewSignUp(1)) for _turn in range(4)]
    race(runs)
    assert states(event)[:4] == ["withdrawn"] * 4
    assert states(event).count("confirmed") == 4
    consistent(event)


def test_one_notice_is_written_to_each_once_by_eight_workers(
    cast: Cast, shared_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vicinia.domain.outreach.actions.sending.PIECE", 2)
    by = cast.actor(cast.lucia)
    for number in range(9):
        actions.subscribe_at_desk(by=by, new=NewSubscription(f"p{number}@posta.example"), paper_at="x")
    text = actions.NewText("Acqua", "Manca.")
    row = actions.approve_notice(by=by, notice=actions.prepare_notice(by=by, new=actions.NewNotice([text])))
    actions.publish_notice(by=by, notice=row, ways=["email"])
    publication = Publication.objects.get(way="email")
    worker = Actor.job("send-notices")
    race([lambda: actions.send_piece(by=worker, publication=publication) for _turn in range(EIGHT)])
    publication.refresh_from_db()
    assert (publication.reached, publication.finished_at is not None) == (9, True)
    assert OutboxMessage.objects.filter(template="notice").count() == 9


def test_one_address_is_subscribed_once(cast: Cast, shared_database: None) -> None:
    by, new = cast.actor(cast.lucia), NewSubscription("maria@posta.example")
    answers = race(
        [lambda: actions.subscribe_at_desk(by=by, new=new, paper_at="x") for _turn in range(EIGHT)]
    )
    assert answers.count(WON) == 1, answers
    assert Subscription.objects.count() == 1
