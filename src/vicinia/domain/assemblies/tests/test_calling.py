"""Preparing and calling: notice, agenda, quorum, who is told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.assemblies import actions, queries, rules
from vicinia.domain.assemblies.models import Assembly, Seat
from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState, QuorumRule, SeatMark
from vicinia.domain.assemblies.tests.conftest import on, plan_in
from vicinia.domain.outreach.models import Event
from vicinia.domain.outreach.states import EventState
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


def test_a_call_needs_its_days_of_notice(lucia):
    row = actions.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=plan_in(9))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Le panchine"))
    verdict = refused(lambda: actions.call(by=lucia, assembly=row))
    assert "10 giorni" in str(verdict.sentence)
    assert "primo giorno possibile" in str(verdict.hint)
    with on(clock.today() - dt.timedelta(days=1)):
        assert actions.call(by=lucia, assembly=row).state == AssemblyState.CALLED


def test_where_notice_does_not_bind_a_reason_is_enough_and_is_kept(lucia):
    row = actions.plan(by=lucia, kind=AssemblyKind.WORKSHOP, new=plan_in(2))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Le panchine"))
    verdict = refused(lambda: actions.call(by=lucia, assembly=row))
    assert "scrivi perché" in str(verdict.hint)
    new = plan_in(2, short_notice_reason="Il cantiere parte prima.")
    row = actions.change(by=lucia, assembly=row, new=new, seen_version=row.version)
    assert actions.call(by=lucia, assembly=row).short_notice_reason == "Il cantiere parte prima."


def test_a_past_day_is_not_called(lucia, assembly):
    with on(assembly.day + dt.timedelta(days=1)):
        assert "passato" in str(refused(lambda: actions.call(by=lucia, assembly=assembly)).sentence)


def test_a_call_needs_an_agenda_and_the_number_of_those_entitled(lucia):
    row = actions.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=plan_in(21, entitled=0))
    assert "ordine del giorno" in str(refused(lambda: actions.call(by=lucia, assembly=row)).sentence)
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Le panchine"))
    assert "aventi diritto" in str(refused(lambda: actions.call(by=lucia, assembly=row)).sentence)


def test_what_is_called_does_not_change(lucia, called):
    assert (
        refused(lambda: actions.change(by=lucia, assembly=called, new=plan_in(30), seen_version=None)).status
        == 409
    )
    point = queries.points_of(called)[0]
    for act in (
        lambda: actions.add_point(by=lucia, assembly=called, new=actions.NewPoint("x")),
        lambda: actions.change_point(by=lucia, point=point, new=actions.NewPoint("x"), seen_version=None),
        lambda: actions.move_point(by=lucia, point=point, step=1),
        lambda: actions.drop_point(by=lucia, point=point),
        lambda: actions.call(by=lucia, assembly=called),
    ):
        assert refused(act).status == 409


def test_only_who_runs_participation_does_it(cast, anna, lucia, assembly):
    for by in (anna, Actor.visitor(), cast.actor(cast.vera)):
        assert (
            refused(lambda by=by: actions.plan(by=by, kind=AssemblyKind.ASSEMBLY, new=plan_in(21))).status
            == 403
        )
        assert refused(lambda by=by: actions.call(by=by, assembly=assembly)).status == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"from_time": dt.time(20), "to_time": dt.time(20)},
        {"second_day": dt.date(2099, 1, 1)},
        {"second_day": clock.today() + dt.timedelta(days=21), "second_time": dt.time(17)},
    ],
)
def test_hours_that_make_no_sense(lucia, changes):
    assert (
        refused(lambda: actions.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=plan_in(21, **changes))).status
        == 409
    )


def test_two_who_change_it_at_once(lucia, assembly):
    seen = assembly.version
    actions.change(by=lucia, assembly=assembly, new=plan_in(21, title="Altro"), seen_version=seen)
    with pytest.raises(Conflict):
        actions.change(by=lucia, assembly=assembly, new=plan_in(21), seen_version=seen)


def test_the_agenda_is_put_in_order(lucia, assembly):
    first, second = queries.points_of(assembly)
    actions.move_point(by=lucia, point=second, step=-1)
    assert [point.title for point in queries.points_of(assembly)] == ["Il cancello", "Le panchine"]
    actions.move_point(by=lucia, point=second, step=-1)
    assert [point.title for point in queries.points_of(assembly)] == ["Il cancello", "Le panchine"]
    changed = actions.change_point(by=lucia, point=first, new=actions.NewPoint("Sedersi"), seen_version=1)
    assert str(changed) == "Sedersi"
    actions.drop_point(by=lucia, point=second)
    assert [point.title for point in queries.points_of(assembly)] == ["Sedersi"]


def test_lists_have_an_end(lucia, assembly, monkeypatch):
    monkeypatch.setattr(rules, "MOST_POINTS", 2)
    monkeypatch.setattr(rules, "MOST_SEATS", 1)
    assert (
        refused(lambda: actions.add_point(by=lucia, assembly=assembly, new=actions.NewPoint("x"))).status
        == 409
    )
    two = [actions.NewSeat(words="Una"), actions.NewSeat(words="Due")]
    assert refused(lambda: actions.add_seats(by=lucia, assembly=assembly, new=two)).status == 409


def test_who_is_called_by_name_is_told_once(cast, lucia, assembly, casa):
    seats = [
        actions.NewSeat(user=cast.anna, role="operatrice"),
        actions.NewSeat(body=casa, words="Rita Pini"),
        actions.NewSeat(words="Maria Bassi", is_counted=False),
    ]
    actions.add_seats(by=lucia, assembly=assembly, new=seats)
    assert actions.add_seats(by=lucia, assembly=assembly, new=seats[:1]) == []
    actions.call(by=lucia, assembly=assembly)
    told = {message.to: message for message in OutboxMessage.objects.all()}
    assert set(told) == {cast.anna.email, "urp@casa.example"}
    assert "/laboratorio/assemblee/" in told[cast.anna.email].body
    assert "/laboratorio/" not in told["urp@casa.example"].body
    names = {seat.name for seat in queries.seats_of(assembly)}
    assert names == {"Anna Ferri", "Rita Pini, Azienda casa", "Maria Bassi"}
    assert all("Maria" not in message.body for message in told.values())
    assert [seat.told_at is not None for seat in queries.seats_of(assembly)] == [True, True, False]

    actions.cancel(by=lucia, assembly=Assembly.objects.get(), reason="Piove.")
    assert OutboxMessage.objects.filter(template="assembly_cancelled").count() == 2


def test_a_seat_is_taken_back(lucia, assembly):
    (seat,) = actions.add_seats(by=lucia, assembly=assembly, new=[actions.NewSeat(words="Maria")])
    actions.drop_seat(by=lucia, seat=seat)
    assert not Seat.objects.exists()


def test_a_committee_counts_its_members(lucia, cast, casa):
    row = actions.plan(by=lucia, kind=AssemblyKind.COMMITTEE, new=plan_in(10, entitled=0, is_public=False))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Il bilancio"))
    members = [
        actions.NewSeat(user=cast.anna),
        actions.NewSeat(body=casa),
        actions.NewSeat(words="Maria Bassi"),
        actions.NewSeat(words="Ospite", is_counted=False),
    ]
    seats = actions.add_seats(by=lucia, assembly=row, new=members)
    row = actions.call(by=lucia, assembly=row)
    assert row.entitled == 3
    with on(row.day):
        marks = {
            seats[0].pk: SeatMark.PRESENT,
            seats[1].pk: SeatMark.DELEGATED,
            seats[3].pk: SeatMark.PRESENT,
        }
        row = actions.mark_seats(by=lucia, assembly=row, marks=marks, seen_version=row.version)
        assert queries.expected_present(row) == 2
        assert rules.needed(row) == 2
        assert rules.has_quorum(row, 2)
    assert not queries.shown_assemblies().exists()


def test_called_off_with_a_reason_that_everybody_reads(lucia, called):
    assert refused(lambda: actions.cancel(by=lucia, assembly=called, reason=" ")).status == 409
    row = actions.cancel(by=lucia, assembly=called, reason="La sala è allagata.")
    assert row.end_reason == "La sala è allagata."
    assert queries.shown_assembly(row.reference).assembly == row
    assert refused(lambda: actions.cancel(by=lucia, assembly=row, reason="x")).status == 409


def test_sign_up_stands_on_an_event(lucia, assembly):
    new = plan_in(21, with_sign_up=True, places=2)
    actions.change(by=lucia, assembly=assembly, new=new, seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    event = Event.objects.get()
    assert (row.event, event.state, event.places) == (event, EventState.PROMOTED, 2)
    assert event.about == f"assembly:{row.reference}"
    actions.cancel(by=lucia, assembly=row, reason="Piove.")
    event.refresh_from_db()
    assert (event.state, event.end_reason) == (EventState.CANCELLED, "Piove.")


def test_the_rules_of_calls_are_data(cast, lucia, assembly):
    carla = cast.actor(cast.carla)
    rule = queries.call_rule(AssemblyKind.ASSEMBLY)
    new = actions.RuleOfCall(15, True, QuorumRule.SHARE, 50, 25)
    assert refused(lambda: actions.set_rule(by=lucia, rule=rule, new=new, seen_version=None)).status == 403
    row = actions.set_rule(by=carla, rule=rule, new=new, seen_version=rule.version)
    assert (row.notice_days, row.second_value) == (15, 25)
    actions.set_rule(by=cast.actor(cast.ada), rule=rule, new=new, seen_version=None)
    for bad in (
        actions.RuleOfCall(15, True, QuorumRule.SHARE, 101),
        actions.RuleOfCall(15, True, QuorumRule.NUMBER, 10, 11),
    ):
        assert (
            refused(lambda bad=bad: actions.set_rule(by=carla, rule=rule, new=bad, seen_version=None)).status
            == 409
        )
    assert Assembly.objects.get().notice_days == 10  # it keeps the rule under which it was planned
    assert rules.may_have_rule(QuorumRule.NUMBER, 300, None)


@pytest.mark.parametrize(
    ("rule", "value", "second", "is_second", "least"),
    [
        (QuorumRule.NONE, 50, None, False, 0),
        (QuorumRule.NUMBER, 7, 3, False, 7),
        (QuorumRule.NUMBER, 7, 3, True, 3),
        (QuorumRule.NUMBER, 7, None, True, 7),
        (QuorumRule.SHARE, 30, 10, False, 30),
        (QuorumRule.SHARE, 51, 0, True, 0),
        (QuorumRule.SHARE, 33, None, False, 33),
    ],
)
def test_quorum(rule, value, second, is_second, least):
    row = Assembly(
        quorum_rule=rule, quorum_value=value, second_value=second, is_second_call=is_second, entitled=99
    )
    expected = least if rule != QuorumRule.SHARE else -(-99 * least // 100)
    assert rules.needed(row) == expected
    assert not rules.has_quorum(row, expected - 1)
    assert rules.has_quorum(row, expected)


def test_the_database_keeps_what_must_hold(assembly):
    for changes in (
        {"from_time": dt.time(21)},
        {"second_day": assembly.day},
        {"state": AssemblyState.CANCELLED},
        {"state": AssemblyState.CALLED},
        {"state": AssemblyState.HELD, "called_at": clock.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assembly.objects.filter(pk=assembly.pk).update(**changes)


def test_the_journal_says_nothing_of_people(lucia, called):
    lines = list(Entry.objects.filter(about=f"assembly:{called.reference}"))
    assert [line.event for line in lines][-1] == "assembly.called"
    assert "Sala" not in " ".join(str(line.facts) for line in lines)
