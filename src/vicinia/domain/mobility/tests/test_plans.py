"""Plans: asked for, computed, stopped, given back when their process dies, published, discarded; what a slip does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import Error

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewPlan
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.engine.solving import Solved
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import MobilityPlan, Stay
from vicinia.domain.mobility.states import Change, PlanKind, PlanState
from vicinia.domain.mobility.tests import solvers
from vicinia.domain.mobility.tests.factories import Estate
from vicinia.domain.worksites import actions as worksites
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
Ask = Callable[..., MobilityPlan]


@pytest.fixture
def ask(estate: Estate, lucia: Actor) -> Ask:
    """Lucia asks for a plan of the estate."""

    def asked(**new: Any) -> MobilityPlan:
        return actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan(**new))

    return asked


def done(plan: MobilityPlan) -> MobilityPlan:
    """The plan, computed here and now."""
    found = jobs.carry_out(plan, every=60)
    assert found is not None
    return found


@pytest.fixture
def proposal(ask: Ask, plain_solver: None) -> MobilityPlan:
    return done(ask())


def test_who_only_sees_dwellings_asks_for_nothing(estate, anna):
    with pytest.raises(Refused) as refused:
        actions.ask_plan(by=anna, relocation=estate.relocation, new=NewPlan())
    assert refused.value.verdict.status == 403


def test_what_is_known_is_frozen_when_a_plan_is_asked_for(ask, estate):
    plan = ask(time_limit=90_000, restricted=True)
    frozen = plan.instance
    estate.files[0].size = 3
    estate.files[0].save()
    plan.refresh_from_db()
    assert (plan.number, plan.state, plan.time_limit, plan.restricted) == (1, "queued", 3600, True)
    assert plan.instance == frozen and [day.month for day in plan.days] == [1, 4, 9, 1]


def test_one_plan_is_computed_at_a_time(ask):
    ask()
    with pytest.raises(Refused, match="già in calcolo"):
        ask()


def test_a_plan_needs_households_measures_works_and_a_relocation_that_is_open(ask, estate):
    estate.spare[0].rooms = None
    estate.spare[0].save()
    with pytest.raises(Refused, match="di 1 alloggio"):
        ask()
    estate.spare[0].rooms = 2
    estate.spare[0].save()
    for lot in estate.lots:
        lot.interventions.update(must_be_empty=False)
    with pytest.raises(Refused, match="niente da pianificare"):
        ask()
    estate.relocation.files.update(state="closed")
    with pytest.raises(Refused, match="nessun nucleo"):
        ask()
    estate.relocation.closed_on = clock.today()
    estate.relocation.save()
    with pytest.raises(Refused, match="chiusa"):
        ask()


def test_a_plan_that_was_computed_says_who_lives_where(proposal, estate):
    assert proposal.state == PlanState.PROPOSED and proposal.slot is None and proposal.leased_until is None
    first = [(stay.dwelling_id, stay.first, stay.last) for stay in estate.files[0].stays.all()]
    home = estate.files[0].home_id
    assert first == [(home, 0, 0), (estate.spare[0].pk, 1, 1), (home, 2, 3)]
    assert {key: proposal.facts[key] for key in ("status", "households", "moves", "movers", "outside")} == {
        "status": "optimal",
        "households": 4,
        "moves": 8,
        "movers": 4,
        "outside": 0,
    }
    assert "h101" not in json.dumps(proposal.facts)


def test_a_process_that_comes_late_computes_nothing(proposal):
    assert jobs.carry_out(proposal) is None


def test_what_the_checker_refuses_has_failed(ask, monkeypatch):
    def wrong(*asked: Any) -> Solved:
        solved = solvers.plain(*asked)
        return Solved(solved.result, solved.sha256, ["h101 and h102 are both in d1"])

    monkeypatch.setattr(solving, "solve", wrong)
    plan = done(ask())
    assert (plan.state, plan.error) == (PlanState.FAILED, "checker")
    assert not Stay.objects.exists() and plan.result


def test_an_error_is_kept_by_its_kind(ask, monkeypatch, lucia):
    def broken(*_asked: Any) -> Solved:
        raise ValueError("Giulia Rossi")

    monkeypatch.setattr(solving, "solve", broken)
    plan = done(ask())
    assert (plan.state, plan.error) == (PlanState.FAILED, "ValueError")
    assert actions.ask_plan_again(by=lucia, plan=plan).state == PlanState.QUEUED


def test_nothing_found_in_the_time_has_failed_or_was_stopped(ask, monkeypatch, lucia):
    def nothing(*asked: Any) -> Solved:
        solved = solvers.plain(*asked)
        solved.result.update(status="unknown", assignments={})
        return solved

    monkeypatch.setattr(solving, "solve", nothing)
    plan = done(ask())
    assert (plan.state, plan.error) == (PlanState.FAILED, "unknown")
    plan = actions.ask_plan_again(by=lucia, plan=plan)
    begun = actions.begin_plan(by=jobs.JOB, plan=plan)
    actions.stop_plan(by=lucia, plan=begun)
    solved = nothing(json.loads(begun.instance), solving.Asked(1), solving.Watched(print, bool))
    assert actions.finish_plan(by=jobs.JOB, plan=begun, solved=solved).state == PlanState.CANCELLED


def test_what_nobody_can_do_is_impossible_and_may_be_discarded(ask, monkeypatch, lucia):
    monkeypatch.setattr(solving, "solve", solvers.impossible)
    plan = done(ask())
    assert plan.state == PlanState.IMPOSSIBLE
    with pytest.raises(Refused, match="motivo"):
        actions.discard_plan(by=lucia, plan=plan, reason=" ")
    assert actions.discard_plan(by=lucia, plan=plan, reason="Rifaremo.").end_reason == "Rifaremo."


# Stopping and dying -----------------------------------------------------------------------------------------------


def test_a_plan_that_waits_is_stopped_at_once(ask, lucia):
    plan = actions.stop_plan(by=lucia, plan=ask())
    assert (plan.state, plan.slot) == (PlanState.CANCELLED, None)
    with pytest.raises(Refused, match="già finito"):
        actions.stop_plan(by=lucia, plan=plan)
    assert jobs.carry_out(plan) is None


def test_a_plan_that_goes_on_hears_that_it_is_to_stop(ask, lucia):
    plan = actions.begin_plan(by=jobs.JOB, plan=ask())
    heart = jobs.Heart(plan)
    heart.told({"level": "moves", "value": 3, "bound": 2})
    heart.beat()
    plan.refresh_from_db()
    assert plan.progress["value"] == 3 and not heart.stop()
    actions.stop_plan(by=lucia, plan=plan)
    heart.beat()
    assert heart.stop()
    with pytest.raises(Refused, match="già fermato"):
        actions.stop_plan(by=lucia, plan=plan)


def test_a_database_that_is_away_for_a_moment_stops_nothing(ask, monkeypatch):
    plan = actions.begin_plan(by=jobs.JOB, plan=ask())

    def away(**_call: Any) -> bool:
        raise Error

    monkeypatch.setattr(actions, "beat", away)
    heart = jobs.Heart(plan)
    heart.beat()
    assert not heart.stop()


def test_a_plan_whose_process_died_waits_again_and_fails_after_three_tries(ask, monkeypatch, plain_solver):
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *words: started.append(words))
    plan = ask()
    with time_machine.travel(clock.now(), tick=False) as clocks:
        for tries in (1, 2):
            actions.begin_plan(by=jobs.JOB, plan=plan)
            clocks.shift(dt.timedelta(seconds=59))
            assert jobs.compute() == 0
            clocks.shift(dt.timedelta(seconds=2))
            assert jobs.compute() == 1 and started == [(str(plan.pk),)] * tries
            plan.refresh_from_db()
            assert (plan.state, plan.tries) == (PlanState.QUEUED, tries)
        actions.begin_plan(by=jobs.JOB, plan=plan)
        clocks.shift(dt.timedelta(seconds=61))
        assert jobs.compute() == 0
    plan.refresh_from_db()
    assert (plan.state, plan.error) == (PlanState.FAILED, "interrupted")


def test_a_try_that_was_given_up_changes_nothing_any_more(ask, plain_solver):
    slow = actions.begin_plan(by=jobs.JOB, plan=ask())
    with time_machine.travel(clock.now() + dt.timedelta(minutes=2), tick=False):
        assert actions.bury_the_dead(by=jobs.JOB).state == PlanState.QUEUED
        again = actions.begin_plan(by=jobs.JOB, plan=slow)
        assert not actions.beat(by=jobs.JOB, plan=slow, progress={})
        solved = solving.solve(
            json.loads(slow.instance), solving.Asked(1), solving.Watched(lambda _one: None, bool)
        )
        actions.finish_plan(by=jobs.JOB, plan=slow, solved=solved)
        actions.fail_plan(by=jobs.JOB, plan=slow, error="late")
        again.refresh_from_db()
        assert again.state == PlanState.RUNNING
        assert actions.bury_the_dead(by=jobs.JOB) is None


def test_a_plan_that_was_stopped_and_died_is_over(ask, lucia):
    plan = actions.begin_plan(by=jobs.JOB, plan=ask())
    actions.stop_plan(by=lucia, plan=plan)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=2), tick=False):
        assert actions.bury_the_dead(by=jobs.JOB).state == PlanState.CANCELLED


def test_one_who_spoke_again_in_the_last_moment_is_not_buried(ask, monkeypatch):
    plan = actions.begin_plan(by=jobs.JOB, plan=ask())
    monkeypatch.setattr(queries, "dead_plan", lambda: plan)
    assert actions.bury_the_dead(by=jobs.JOB) is None


# Publishing -------------------------------------------------------------------------------------------------------


def test_publishing_replaces_what_people_know_and_tells_who_accompanies(proposal, ask, estate, lucia, cast):
    estate.files[0].companions.create(user=cast.lucia)
    first = actions.publish_plan(by=lucia, plan=proposal)
    second = actions.publish_plan(by=lucia, plan=done(ask(kind=PlanKind.REPLAN)))
    first.refresh_from_db()
    assert (first.state, second.state) == (PlanState.REPLACED, PlanState.PUBLISHED)
    assert OutboxMessage.objects.filter(template="mobility_published").count() == 2
    told = Entry.objects.filter(event="mobility.plan_replaced").get()
    assert told.about == "mobilityplan:MB1/1" and told.facts == {"plan": "MB1/2"}


def test_a_new_plan_knows_what_was_published(proposal, ask, estate, lucia):
    with pytest.raises(Refused, match="Nessun piano è pubblicato"):
        ask(kind=PlanKind.REPLAN)
    published = actions.publish_plan(by=lucia, plan=proposal)
    instance = json.loads(ask(kind=PlanKind.REPLAN).instance)
    assert instance["published"] == json.loads(published.result)["assignments"]


def test_what_was_published_is_read_by_month(proposal, ask, estate, lucia):
    actions.publish_plan(by=lucia, plan=proposal)
    with time_machine.travel(dt.datetime(2027, 5, 3, tzinfo=dt.UTC), tick=False):
        estate.files[0].household.dwelling = estate.spare[0]
        estate.files[0].household.save()
        row = json.loads(ask(kind=PlanKind.REPLAN).instance)["published"]["h101"]
    home, spare = f"d{estate.files[0].home_id}", f"d{estate.spare[0].pk}"
    assert row == [spare, spare, home, home]


def test_a_what_if_is_never_published_and_keeps_no_stays(proposal, ask, lucia):
    question = {"change": Change.TOLERANCE, "percent": 5}
    plan = done(ask(kind=PlanKind.WHAT_IF, base=proposal, question=question))
    assert plan.state == PlanState.PROPOSED and not plan.stays.exists()
    with pytest.raises(Refused, match="risposta a una domanda"):
        actions.publish_plan(by=lucia, plan=plan)


def test_a_what_if_of_a_new_plan_counts_changes_too(proposal, ask, lucia):
    actions.publish_plan(by=lucia, plan=proposal)
    base = done(ask(kind=PlanKind.REPLAN))
    plan = ask(kind=PlanKind.WHAT_IF, base=base, question={"nobody_outside": True})
    assert json.loads(plan.instance)["published"] is not None


# A slip -----------------------------------------------------------------------------------------------------------


def slipped(lucia: Actor, estate: Estate) -> None:
    row = estate.lots[0].interventions.first()
    new = worksites.Days(row.forecast_from, row.forecast_to + dt.timedelta(days=60), "Trovato amianto.")
    worksites.slip(by=lucia, row=row, new=new)


def test_a_slip_marks_the_plan_and_the_next_one_clears_it(proposal, ask, estate, lucia):
    with time_machine.travel(clock.now() + dt.timedelta(hours=1), tick=False):
        slipped(lucia, estate)
        estate.relocation.refresh_from_db()
        assert estate.relocation.stale_since == clock.now()
        assert [row.pk for row in queries.stale_relocations(lucia)] == [estate.relocation.pk]
        proposal.refresh_from_db()
        with pytest.raises(Refused, match="ripianifica"):
            actions.publish_plan(by=lucia, plan=proposal)
        assert OutboxMessage.objects.filter(template="mobility_stale").count() == 2
    with time_machine.travel(clock.now() + dt.timedelta(hours=2), tick=False):
        plan = actions.publish_plan(by=lucia, plan=done(ask()))
    estate.relocation.refresh_from_db()
    assert estate.relocation.stale_since is None and len(plan.months) == 5


def test_a_slip_says_nothing_where_no_plan_was_made(estate, lucia, anna):
    slipped(lucia, estate)
    estate.relocation.refresh_from_db()
    assert estate.relocation.stale_since is None
    assert not queries.stale_relocations(anna).exists()
    estate.lots[0].interventions.update(must_be_empty=False)
    slipped(lucia, estate)


# Why here ---------------------------------------------------------------------------------------------------------


def test_reasons_are_worked_out_apart(proposal, estate, lucia, monkeypatch):
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs, "start", lambda *words: started.append(words))
    why = actions.ask_why(by=lucia, plan=proposal, file=estate.files[0])
    assert actions.ask_why(by=lucia, plan=proposal, file=estate.files[0]).pk == why.pk
    assert jobs.compute() == 1 and started == [("--whys",)]
    answer = [{"dwelling": "d1", "period": 1, "moment": "first", "differences": {"moves": 2}, "proved": True}]
    monkeypatch.setattr(solving, "alternatives", lambda *_asked: answer)
    assert jobs.answer_whys() == 1
    why.refresh_from_db()
    assert queries.answer_of(why) == answer and not why.waits
    assert jobs.answer_whys() == 0 and jobs.compute() == 0


def test_reasons_that_fail_are_asked_for_again(proposal, estate, lucia, monkeypatch):
    why = actions.ask_why(by=lucia, plan=proposal, file=estate.files[0])
    monkeypatch.setattr(solving, "alternatives", lambda *_asked: 1 / 0)
    jobs.answer_whys()
    why.refresh_from_db()
    assert why.error == "ZeroDivisionError"
    assert actions.ask_why(by=lucia, plan=proposal, file=estate.files[0]).waits


def test_reasons_that_kill_their_process_are_given_up(proposal, estate, lucia):
    why = actions.ask_why(by=lucia, plan=proposal, file=estate.files[0])
    with time_machine.travel(clock.now(), tick=False) as clocks:
        for _try in range(3):
            assert actions.begin_why(by=jobs.JOB, why=why) is not None
            assert jobs.answer(why) is None  # somebody else works on it
            assert queries.any_why_is_answered()
            clocks.shift(dt.timedelta(minutes=6))
        assert jobs.answer(why) is None
    why.refresh_from_db()
    assert why.error == "interrupted"


def test_reasons_are_of_a_plan_that_says_who_lives_where(ask, estate, lucia):
    with pytest.raises(Refused, match="proposta"):
        actions.ask_why(by=lucia, plan=ask(), file=estate.files[0])
