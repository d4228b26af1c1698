"""The day, the minutes in four steps, the decisions and what becomes of them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.assemblies import actions, queries, rules
from vicinia.domain.assemblies.models import Assembly, Minutes, Resolution
from vicinia.domain.assemblies.states import (
    AmendmentState,
    AssemblyKind,
    AssemblyState,
    MinutesStage,
    ResolutionState,
    SeatMark,
)
from vicinia.domain.assemblies.tests.conftest import on, plan_in
from vicinia.domain.assemblies.tests.test_calling import refused
from vicinia.domain.outreach.models import Event
from vicinia.domain.outreach.states import EventState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible

pytestmark = pytest.mark.django_db


def test_it_opens_on_its_day_with_enough_people_a_chair_and_a_secretary(lucia, called):
    names = {"chair": "Anna", "secretary": "Lucia"}
    assert "altro giorno" in str(
        refused(lambda: actions.open_assembly(by=lucia, assembly=called, present=8, **names)).sentence
    )
    with on(called.day):
        assert "presiede" in str(
            refused(lambda: actions.open_assembly(by=lucia, assembly=called, present=8)).sentence
        )
        few = refused(lambda: actions.open_assembly(by=lucia, assembly=called, present=5, **names))
        assert "ne servono 6" in str(few.sentence)
        row = actions.open_assembly(by=lucia, assembly=called, present=6, **names)
    assert (row.state, row.present) == (AssemblyState.HELD, 6)
    assert queries.text_of(queries.minutes_of(row)) == "## 1. Le panchine\n\n## 2. Il cancello"


def test_too_few_at_both_calls_and_it_is_deserted(lucia, assembly):
    day = assembly.day
    second = {"second_day": day + dt.timedelta(days=1), "second_time": dt.time(18, 30)}
    actions.change(by=lucia, assembly=assembly, new=plan_in(21, **second), seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    with on(day):
        assert "numero legale c'è" in str(
            refused(lambda: actions.no_quorum(by=lucia, assembly=row, present=6)).sentence
        )
        row = actions.no_quorum(by=lucia, assembly=row, present=3)
        assert (row.state, row.first_present, row.meets_on) == (AssemblyState.CALLED, 3, second["second_day"])
        assert row.meets_at == dt.time(18, 30)
        assert refused(lambda: actions.no_quorum(by=lucia, assembly=row, present=1)).status == 409
    with on(row.meets_on):
        assert list(queries.assemblies_due(lucia)) == [row]
        row = actions.no_quorum(by=lucia, assembly=row, present=1)
    assert (row.state, row.present) == (AssemblyState.DESERTED, 1)
    with pytest.raises(NotVisible):
        queries.minutes_of(row)


def test_the_second_call_asks_for_fewer(lucia, assembly):
    day = assembly.day
    second = {"second_day": day, "second_time": dt.time(19)}
    actions.change(by=lucia, assembly=assembly, new=plan_in(21, **second), seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    with on(day):
        row = actions.no_quorum(by=lucia, assembly=row, present=2)
        row = actions.open_assembly(by=lucia, assembly=row, present=2, chair="Anna", secretary="Lucia")
    assert row.state == AssemblyState.HELD


def test_the_event_follows_the_day(lucia, assembly):
    day = assembly.day
    second = {"second_day": day + dt.timedelta(days=1), "second_time": dt.time(18, 30)}
    new = plan_in(21, with_sign_up=True, **second)
    actions.change(by=lucia, assembly=assembly, new=new, seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    with on(day, 10):
        row = actions.no_quorum(by=lucia, assembly=row, present=0)
    event = Event.objects.get()
    assert (event.day, event.from_time) == (second["second_day"], second["second_time"])
    with on(row.meets_on):
        fresh = Assembly.objects.get()
        assert queries.expected_present(fresh) == 0
        actions.open_assembly(by=lucia, assembly=fresh, present=2, chair="Anna", secretary="Lucia")
    event.refresh_from_db()
    assert event.state == EventState.HELD


def test_an_event_that_is_over_is_left_alone(lucia, assembly):
    day = assembly.day
    second = {"second_day": day + dt.timedelta(days=1), "second_time": dt.time(18, 30)}
    new = plan_in(21, with_sign_up=True, **second)
    actions.change(by=lucia, assembly=assembly, new=new, seen_version=None)
    row = actions.call(by=lucia, assembly=assembly)
    Event.objects.update(state=EventState.HELD)
    with on(day):
        row = actions.no_quorum(by=lucia, assembly=Assembly.objects.get(), present=0)
    assert Event.objects.get().day == day
    with on(row.meets_on):
        actions.open_assembly(by=lucia, assembly=row, present=2, chair="Anna", secretary="Lucia")


def test_a_workshop_needs_nobody_in_the_chair(lucia):
    row = actions.plan(by=lucia, kind=AssemblyKind.WORKSHOP, new=plan_in(8))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Disegnare"))
    row = actions.call(by=lucia, assembly=row)
    with on(row.day):
        assert actions.open_assembly(by=lucia, assembly=row, present=0).state == AssemblyState.HELD


def test_presence_is_marked_between_call_and_end(lucia, assembly):
    (seat,) = actions.add_seats(by=lucia, assembly=assembly, new=[actions.NewSeat(words="Maria")])
    marks = {seat.pk: SeatMark.EXCUSED}
    assert (
        refused(
            lambda: actions.mark_seats(by=lucia, assembly=assembly, marks=marks, seen_version=None)
        ).status
        == 409
    )
    actions.call(by=lucia, assembly=assembly)
    actions.mark_seats(by=lucia, assembly=assembly, marks=marks | {seat.pk + 1: "present"}, seen_version=None)
    actions.mark_seats(by=lucia, assembly=assembly, marks=marks, seen_version=None)
    seat.refresh_from_db()
    assert seat.mark == SeatMark.EXCUSED


# Minutes ----------------------------------------------------------------------------------------------------------


def test_each_version_stays_with_who_wrote_it(lucia, cast, minutes):
    carla = cast.actor(cast.carla)
    seen = minutes.version
    actions.write_minutes(by=lucia, minutes=minutes, text="Prima.", seen_version=seen)
    with pytest.raises(Conflict):
        actions.write_minutes(by=carla, minutes=minutes, text="Altra.", seen_version=seen)
    actions.write_minutes(by=carla, minutes=minutes, text="Seconda.", seen_version=None)
    actions.write_minutes(by=carla, minutes=minutes, text="Seconda.", seen_version=None)
    page = queries.minutes_page(Minutes.objects.get())
    assert [(one.number, one.by_name) for one in page.versions] == [
        (3, "Carla Monti"),
        (2, "Lucia Sala"),
        (1, "Lucia Sala"),
    ]
    assert page.text == "Seconda."
    assert queries.version_of(minutes, 2).text == "Prima."
    assert (
        refused(lambda: actions.write_minutes(by=lucia, minutes=minutes, text=" ", seen_version=None)).status
        == 409
    )


def test_minutes_without_a_version_get_their_first(lucia, minutes):
    minutes.versions.all().delete()
    assert queries.text_of(minutes) == ""
    assert queries.minutes_page(minutes).text == ""
    actions.write_minutes(by=lucia, minutes=minutes, text="Prima.", seen_version=None)
    assert queries.minutes_page(minutes).versions[0].number == 1


def test_four_steps_and_back(lucia, anna, minutes):
    assert refused(lambda: actions.make_official(by=anna, minutes=minutes)).status == 403
    actions.make_official(by=lucia, minutes=minutes)
    assert actions.go_back(by=lucia, minutes=minutes).stage == MinutesStage.SHARED
    assert refused(lambda: actions.go_back(by=lucia, minutes=minutes)).status == 409
    actions.make_official(by=lucia, minutes=minutes)
    today = clock.today()
    assert refused(lambda: actions.open_amendments(by=lucia, minutes=minutes, until=today)).status == 409
    actions.open_amendments(by=lucia, minutes=minutes, until=today + dt.timedelta(days=3))
    back = actions.go_back(by=lucia, minutes=minutes)
    assert (back.stage, back.amendments_until) == (MinutesStage.OFFICIAL, None)


def test_who_holds_the_link_reads_the_draft_and_asks_for_a_correction(lucia, amending):
    day = amending.assembly.day
    with on(day, 22):
        old = actions.give_draft_link(by=lucia, minutes=amending)
        token = actions.give_draft_link(by=lucia, minutes=amending)
        with pytest.raises(NotVisible):
            queries.draft_of_link(old)
        draft = queries.draft_of_link(token)
        resident = Actor.resident(draft.assembly.reference)
        one = actions.propose_amendment(by=resident, minutes=draft, words="Erano tre.", who="Maria Bassi")
        assert "vuoto" not in one.words
        assert refused(lambda: actions.propose_amendment(by=resident, minutes=draft, words=" ")).status == 409
        assert (
            refused(
                lambda: actions.settle_amendment(by=resident, amendment=one, state=AmendmentState.ACCEPTED)
            ).status
            == 403
        )
        no = AmendmentState.REJECTED
        assert refused(lambda: actions.settle_amendment(by=lucia, amendment=one, state=no)).status == 409
    with on(day + dt.timedelta(days=8)):
        assert (
            refused(lambda: actions.propose_amendment(by=resident, minutes=draft, words="Tardi.")).status
            == 409
        )
        assert "Rispondi prima" in str(refused(lambda: actions.validate(by=lucia, minutes=amending)).sentence)
        actions.settle_amendment(by=lucia, amendment=one, state=no, answer="Erano due, dice la foto.")
        with pytest.raises(NotVisible):
            queries.draft_of_link("x")
        done = actions.validate(by=lucia, minutes=amending)
    assert done.is_validated
    assert len(done.fingerprint) == 64


def test_no_link_before_corrections_are_open_and_not_too_many(lucia, minutes, amending, monkeypatch):
    actions_minutes = Minutes.objects.get()
    with on(amending.assembly.day, 22):
        actions.go_back(by=lucia, minutes=actions_minutes)
        assert refused(lambda: actions.give_draft_link(by=lucia, minutes=actions_minutes)).status == 409
        until = amending.assembly.day + dt.timedelta(days=5)
        actions.open_amendments(by=lucia, minutes=actions_minutes, until=until)
        monkeypatch.setattr(rules, "MOST_AMENDMENTS", 0)
        act = lambda: actions.propose_amendment(by=lucia, minutes=actions_minutes, words="x")  # noqa: E731
        assert "telefonaci" in str(refused(act).sentence)


def test_not_approved_before_the_term(lucia, minutes, amending):
    with on(amending.amendments_until):
        assert "fino a" in str(refused(lambda: actions.validate(by=lucia, minutes=amending)).sentence)


def test_approved_minutes_never_change(lucia, validated):
    for act in (
        lambda: actions.write_minutes(by=lucia, minutes=validated, text="Altro", seen_version=None),
        lambda: actions.go_back(by=lucia, minutes=validated),
        lambda: actions.validate(by=lucia, minutes=validated),
        lambda: actions.add_resolution(
            by=lucia,
            assembly=validated.assembly,
            new=actions.NewResolution("x", clock.today(), owner_words="x"),
        ),
    ):
        assert refused(act).status == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.update(stage=MinutesStage.AMENDING)


def test_everybody_reads_only_approved_minutes(lucia, minutes, held):
    assert queries.shown_assembly(held.reference).minutes is None
    assert queries.shown_assembly(held.reference).text == ""


def test_what_everybody_reads(validated):
    shown = queries.shown_assembly(validated.assembly.reference)
    assert (shown.text, shown.minutes) == ("## 1. Le panchine\n\nSi fanno.", validated)


def test_what_is_due(lucia, anna, minutes):
    assert [one.assembly for one in queries.minutes_due(lucia)] == [minutes.assembly]
    assert not queries.minutes_due(anna)
    assert not queries.assemblies_due(anna)
    assert list(queries.with_open_minutes(lucia)) == [minutes.assembly]


# Decisions --------------------------------------------------------------------------------------------------------


def decide(by, assembly, **changes):
    values = {"words": "Tre panchine nel cortile.", "due_on": assembly.day + dt.timedelta(days=30)}
    return actions.add_resolution(
        by=by, assembly=assembly, new=actions.NewResolution(**values | {"owner_words": "Comitato"} | changes)
    )


def test_a_decision_has_one_owner_and_votes_that_add_up(cast, lucia, called, casa):
    assert refused(lambda: decide(lucia, called)).status == 409
    with on(called.day):
        held = actions.open_assembly(by=lucia, assembly=called, present=8, chair="Anna", secretary="Lucia")
    point = queries.points_of(held)[0]
    row = decide(lucia, held, point=point, votes_for=6, votes_against=1, votes_abstained=1)
    assert (row.who, row.who_in_public, row.has_votes) == ("Comitato", "", True)
    body = decide(lucia, held, owner_words="", owner_body=casa)
    assert (body.who, body.who_in_public, str(body)) == ("Azienda casa", "Azienda casa", body.reference)
    assert decide(lucia, held, owner_words="", owner_user=cast.anna).who == "Anna Ferri"
    for bad in (
        {"owner_words": ""},
        {"owner_user": cast.anna},
        {"votes_for": 1},
        {"votes_for": 7, "votes_against": 1, "votes_abstained": 1},
    ):
        assert refused(lambda bad=bad: decide(lucia, held, **bad)).status == 409
    assert len(queries.resolutions_of(held)) == 3


def test_a_decision_is_taken_back_while_minutes_are_open(lucia, held):
    row = decide(lucia, held)
    actions.take_back_resolution(by=lucia, resolution=row)
    assert not Resolution.objects.exists()


def test_a_decision_is_followed_until_it_is_done(cast, lucia, anna, held):
    row = decide(lucia, held, owner_words="", owner_user=cast.anna)
    bruno = cast.actor(cast.bruno)
    go = lambda by, state, note="": actions.follow_up(by=by, resolution=row, state=state, note=note)  # noqa: E731
    assert refused(lambda: go(bruno, ResolutionState.DONE)).status == 403
    assert refused(lambda: go(anna, ResolutionState.OPEN)).status == 409
    later = row.due_on + dt.timedelta(days=9)
    actions.follow_up(
        by=anna, resolution=row, state=ResolutionState.OPEN, note="Chiesto il preventivo.", due_on=later
    )
    go(anna, ResolutionState.UNDER_WAY)
    assert refused(lambda: go(lucia, ResolutionState.OPEN)).status == 409
    assert refused(lambda: go(lucia, ResolutionState.DROPPED)).status == 409
    done = go(lucia, ResolutionState.DONE, "Montate.")
    assert (done.state, done.due_on, done.is_open, done.is_late) == (
        ResolutionState.DONE,
        later,
        False,
        False,
    )
    assert [one.note for one in queries.follow_ups_of(done)] == ["Montate.", "", "Chiesto il preventivo."]


def test_nobody_but_who_runs_it_follows_what_is_nobodys(cast, anna, lucia, held):
    row = decide(lucia, held)
    assert (
        refused(lambda: actions.follow_up(by=anna, resolution=row, state=ResolutionState.DONE)).status == 403
    )


def test_late_decisions_come_up(cast, lucia, anna, held):
    mine = decide(lucia, held, owner_words="", owner_user=cast.anna)
    other = decide(lucia, held)
    with on(mine.due_on + dt.timedelta(days=1)):
        today = clock.today()
        assert mine.is_late
        assert list(queries.resolutions_due(anna, today)) == [mine]
        assert list(queries.resolutions_due(lucia, today)) == [other]
        assert queries.progress_of(queries.resolutions(lucia)) == {"all": 2, "open": 2, "late": 2}
        assert list(queries.resolutions(lucia).overdue(today)) == [mine, other]
    assert not queries.resolutions_due(Actor.visitor(), clock.today() + dt.timedelta(days=99))


def test_decisions_are_public_with_the_minutes(lucia, held, minutes, amending):
    decide(lucia, held)
    assert not queries.shown_resolutions()
    with on(amending.amendments_until + dt.timedelta(days=1)):
        actions.validate(by=lucia, minutes=amending)
    assert queries.shown_resolutions().count() == 1
    assert len(queries.shown_assembly(held.reference).resolutions) == 1
