"""Consent: asked for, confirmed, signed on paper, ended at one touch, erased. And the communication plan."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from vicinia.domain.outreach import actions, jobs, queries
from vicinia.domain.outreach.actions import NewDelivery, NewLine, NewSubscription
from vicinia.domain.outreach.models import PlanLine, Subscription
from vicinia.domain.outreach.states import LineState, SubscriptionState, Way
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
VISITOR = Actor.visitor()
MARIA = NewSubscription("maria@posta.example")


def ask(new=MARIA):
    actions.ask_subscription(by=VISITOR, new=new)
    return Subscription.objects.order_by("-id").first()


def token_in(message, part):
    line = next(line for line in message.body.splitlines() if part in line)
    return line.rsplit("/", 1)[1]


# Consent ------------------------------------------------------------------------------------------------------------


def test_who_asks_confirms_from_their_mailbox():
    row = ask()
    [message] = OutboxMessage.objects.all()
    assert (row.state, message.template, message.to) == ("asked", "newsletter_confirm", MARIA.address)
    found = queries.subscription_of_link(token_in(message, "/newsletter/conferma/"))
    row = actions.confirm_subscription(by=VISITOR, subscription=found)
    assert row.state == SubscriptionState.ACTIVE
    assert actions.confirm_subscription(by=VISITOR, subscription=found).state == SubscriptionState.ACTIVE


def test_nobody_learns_from_asking_and_no_mailbox_is_filled():
    row = ask()
    ask()
    assert (Subscription.objects.count(), OutboxMessage.objects.count()) == (1, 1)
    actions.confirm_subscription(by=VISITOR, subscription=row)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        ask()
        ask()
    assert [m.template for m in OutboxMessage.objects.order_by("id")] == [
        "newsletter_confirm",
        "newsletter_there",
    ]


def test_the_token_of_a_message_ends_it_for_good(lucia):
    row = actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at="raccoglitore 1")
    [message] = OutboxMessage.objects.all()
    found = queries.subscription_to_leave(token_in(message, "/newsletter/esci/"))
    actions.leave(by=VISITOR, subscription=found)
    row = actions.leave(by=VISITOR, subscription=found)
    assert (row.state, row.address, row.digest, row.ended_because) == ("ended", "", "", "left")
    # What was still on its way does not leave.
    assert OutboxMessage.objects.get().state == "dropped"
    with pytest.raises(Refused, match="non è più da confermare"):
        actions.confirm_subscription(by=VISITOR, subscription=row)
    assert ask().pk != row.pk
    with pytest.raises(NotVisible):
        queries.subscription_to_leave(f"{row.reference}:forged")
    with pytest.raises(NotVisible):
        queries.subscription_of_link("x")


def test_what_nobody_confirms_is_forgotten():
    row = ask()
    assert jobs.forget() == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=3, minutes=1)):
        assert jobs.forget() == 1
    row.refresh_from_db()
    assert (row.state, row.address, row.ended_because) == ("ended", "", "never_confirmed")


def test_at_the_desk_one_signs(lucia, anna, cast):
    with pytest.raises(Refused, match="modulo firmato"):
        actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at=" ")
    with pytest.raises(Refused, match="non prepara"):
        actions.subscribe_at_desk(by=anna, new=MARIA, paper_at="x")
    asked = ask()
    row = actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at=" raccoglitore 1 ")
    asked.refresh_from_db()
    assert (asked.state, row.state, row.paper_at) == ("ended", "active", "raccoglitore 1")
    with pytest.raises(Refused, match="già iscritto"):
        actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at="x")
    nothing = NewSubscription("x@posta.example", wants_notices=False, wants_newsletter=False)
    for act in (lambda: ask(nothing), lambda: actions.subscribe_at_desk(by=lucia, new=nothing, paper_at="x")):
        with pytest.raises(Refused, match="che cosa vuoi"):
            act()
    with pytest.raises(Refused, match="non prepara"):
        actions.end_at_desk(by=anna, way="email", address=MARIA.address)
    actions.end_at_desk(by=lucia, way="email", address=MARIA.address)
    with pytest.raises(Refused, match="non è iscritto"):
        actions.end_at_desk(by=lucia, way="email", address=MARIA.address)
    counts = queries.subscribers(lucia)
    assert (counts.active, counts.asked, counts.ended_this_year) == (0, 0, 2)


def test_text_messages_are_signed_for_and_no_mail_is_sent(lucia):
    new = NewSubscription("+393331234567", "sms")
    actions.subscribe_at_desk(by=lucia, new=new, paper_at="x")
    assert not OutboxMessage.objects.exists()
    assert queries.subscribers(lucia).by_sms == 1
    assert queries.live_at("sms", "+393331234567")


def test_an_erased_person_is_written_to_no_more(lucia, cast):
    carla = cast.actor(cast.carla)
    person = people.meet(by=carla, details=PersonDetails(name="Maria Rossi", email=MARIA.address))
    by_address = actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at="x")
    sms = NewSubscription("+393331234567", "sms")
    by_row = actions.subscribe_at_desk(by=lucia, new=sms, paper_at="x", person=person)
    assert {one["recapito"] for one in queries.copy_for_person(person.pk)} == {MARIA.address, sms.address}
    people.erase(by=carla, person=person)
    for row in (by_address, by_row):
        row.refresh_from_db()
        assert (row.state, row.address, row.person, row.ended_because) == ("ended", "", None, "erased")


def test_the_database_itself_keeps_consent(lucia):
    row = actions.subscribe_at_desk(by=lucia, new=MARIA, paper_at="x")
    for changes in (
        {"address": ""},
        {"state": "ended"},
        {"confirmed_at": None},
        {"wants_notices": False, "wants_newsletter": False},
        {"paper_at": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(way="email", address="x", digest=row.digest, source="web", state="asked")


# Plan ---------------------------------------------------------------------------------------------------------------


def line(lucia, **more):
    values = {
        "audience": "Chi abita in via Roma",
        "channel": "leaflet",
        "message": "Festa",
        "day": clock.today(),
    }
    return actions.add_line(by=lucia, new=NewLine(**values | more))


def test_a_line_is_added_changed_done(lucia, anna, cast):
    row = line(lucia, cost=Decimal(30), owner=cast.lucia)
    new = NewLine("Tutti", "poster", "Festa", clock.today())
    changed = actions.change_line(by=lucia, line=row, new=new, seen_version=row.version)
    assert (changed.audience, changed.cost) == ("Tutti", None)
    with pytest.raises(Conflict):
        actions.change_line(by=lucia, line=row, new=new, seen_version=row.version)
    for act in (
        lambda: line(anna),
        lambda: actions.change_line(by=anna, line=row, new=new),
        lambda: actions.finish_line(by=anna, line=row, done_on=clock.today()),
        lambda: actions.drop_line(by=anna, line=row, reason="x"),
        lambda: actions.resume_line(by=anna, line=row),
    ):
        with pytest.raises(Refused, match="non prepara"):
            act()
    with pytest.raises(Refused, match="futuro"):
        actions.finish_line(by=lucia, line=row, done_on=clock.today() + dt.timedelta(days=1))
    done = actions.finish_line(by=lucia, line=row, done_on=clock.today(), reach=40, cost=Decimal(12))
    assert (done.state, done.reach, done.cost) == (LineState.DONE, 40, Decimal(12))
    with pytest.raises(Refused, match="già fatta"):
        actions.change_line(by=lucia, line=row, new=new)


def test_a_dropped_line_says_why_and_comes_back(lucia):
    row = line(lucia, day=clock.today() - dt.timedelta(days=1), cost=Decimal(5))
    assert row.is_late
    with pytest.raises(Refused, match="motivo"):
        actions.drop_line(by=lucia, line=row, reason=" ")
    actions.drop_line(by=lucia, line=row, reason="niente soldi")
    totals = queries.totals_of(queries.plan_lines(lucia))
    assert (totals.lines, totals.cost) == (0, Decimal(0))
    assert actions.resume_line(by=lucia, line=row).state == LineState.PLANNED
    done = actions.finish_line(by=lucia, line=row, done_on=clock.today())
    assert done.cost == Decimal(5)
    for changes in ({"done_on": None}, {"state": "dropped", "done_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanLine.objects.update(**changes)


def test_a_month_is_whole_weeks_with_their_lines(lucia):
    row = line(lucia, day=dt.date(2026, 5, 1))
    other = line(lucia, day=dt.date(2026, 4, 30))
    weeks = queries.month_of(queries.plan_lines(lucia), 2026, 5)
    days = [day for week in weeks for day in week]
    assert {len(week) for week in weeks} == {7}
    assert [(day.lines, day.is_other) for day in days if day.lines] == [((other,), True), ((row,), False)]


def test_what_a_line_reached_comes_from_its_notice_or_event(lucia, prepare, announced, house):
    notice = prepare(Way.LEAFLET)
    new = NewDelivery(Way.LEAFLET, clock.today(), "Pia", [house.stairs.get(name="A")])
    actions.record_delivery(by=lucia, notice=notice, new=new)
    event = announced()
    assert queries.reach_of_line(line(lucia, notice=notice)) == 3
    assert queries.reach_of_line(line(lucia, event=event)) is None
    assert queries.reach_of_line(line(lucia)) is None
