"""The processes that compute: started apart, killed in the middle, taken up again; the web process loads no solver."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewPlan
from vicinia.domain.mobility.jobs import computing as jobs
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.domain.mobility.states import PlanState
from vicinia.domain.mobility.tests import factories
from vicinia.domain.mobility.tests.processes import apart
from vicinia.foundation.kernel import clock

__all__ = ["apart"]
PATIENCE = 120.0  # seconds, before a process that says nothing fails the test instead of hanging it
SLOW = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from vicinia.domain.mobility.engine import solving
solving.solve = lambda *asked: time.sleep(600)
call_command("mobility_compute", sys.argv[1])
"""


def wait_for(plan: MobilityPlan, *states: PlanState) -> MobilityPlan:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        plan.refresh_from_db()
        if plan.state in states:
            return plan
        time.sleep(0.05)
    raise AssertionError(f"the plan is still {plan.state}")


def asked(lucia, category) -> MobilityPlan:
    with time_machine.travel(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        estate = factories.an_estate(category)
        return actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan(time_limit=60))


def test_a_computation_that_is_killed_comes_back_and_finishes(apart, lucia, category):
    plan = asked(lucia, category)
    with subprocess.Popen([sys.executable, "-c", SLOW, str(plan.pk)]) as slow:
        wait_for(plan, PlanState.RUNNING)
        assert jobs.compute() == 0  # it is alive, as far as anybody knows
        slow.send_signal(signal.SIGKILL)
        slow.wait()
    assert plan.state == PlanState.RUNNING and plan.tries == 1

    with time_machine.travel(clock.now() + dt.timedelta(seconds=90), tick=False):
        assert jobs.compute() == 1
    plan = wait_for(plan, PlanState.PROPOSED, PlanState.FAILED)
    assert (plan.state, plan.tries, plan.facts["outside"]) == (PlanState.PROPOSED, 2, 0)
    assert plan.stays.count() >= 4


def test_a_heart_beats_by_itself_and_hears_a_stop(shared_database, lucia, category):
    plan = actions.begin_plan(by=jobs.JOB, plan=asked(lucia, category))
    with jobs.Heart(plan, every=0.02) as heart:
        heart.told({"level": "moves"})
        until = time.monotonic() + PATIENCE
        while not plan.progress and time.monotonic() < until:
            plan.refresh_from_db()
        actions.stop_plan(by=lucia, plan=plan)
        while not heart.stop() and time.monotonic() < until:
            time.sleep(0.01)
    assert heart.stop() and plan.progress == {"level": "moves"}


@pytest.mark.django_db
def test_the_command_computes_what_waits_and_answers_what_is_asked(estate, lucia, plain_solver):
    plan = actions.ask_plan(by=lucia, relocation=estate.relocation, new=NewPlan())
    said = StringIO()
    call_command("mobility_compute", plan.pk, stdout=said)
    call_command("mobility_compute", plan.pk, stdout=said)
    call_command("mobility_compute", "--whys", stdout=said)
    assert said.getvalue().splitlines() == ["MB1/1: proposed", "It does not wait.", "Answered: 0."]
    assert queries.plan_to_compute(plan.pk).state == PlanState.PROPOSED


def test_the_web_process_loads_no_solver() -> None:
    code = (
        "import django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "from vicinia.config import schedule;"
        "import sys; print([name for name in sys.modules if name.startswith(('highspy', 'vicinia_analytics.rehousing'))])"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "vicinia.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
