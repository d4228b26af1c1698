"""What households that move ask for, in the day of who accompanies them and of nobody else."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vicinia.domain.mobility import actions, jobs
from vicinia.domain.mobility.models import Companion
from vicinia.domain.mobility.tests.conftest import _with_a_password_only, category, courts
from vicinia.domain.mobility.tests.factories import a_removal, an_expense, an_offer
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.desk.day import day_of

__all__ = ["_with_a_password_only", "category", "courts"]
pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORDS = "La nonna usa la sedia a rotelle."


def whats(by):
    found = day_of(by)
    return {item.what for item in [*found.late, *found.today, *found.soon]}


def test_each_thing_comes_up_for_who_accompanies(courts, cast):
    assert whats(courts.lucia) == set()
    new = actions.NewMessage("question", WORDS, "una")
    actions.write_message(by=Actor.resident("1"), file=courts.file, new=new)
    offer = an_offer(courts.lucia, courts.file, courts.free[0])
    accord = actions.accept_offer(by=courts.lucia, offer=offer, answered_on=clock.today())
    assert "Accordo da firmare" in whats(courts.lucia)
    removal = actions.sign_accord(by=courts.lucia, accord=accord, signed_on=clock.today(), signed_by="x")
    actions.schedule_removal(by=courts.lucia, removal=removal, day=clock.today() + 3 * DAY)
    plan = actions.StepPlan(True, clock.today(), WORDS)
    actions.change_step(by=courts.lucia, step=removal.steps.get(kind="removal"), new=plan)
    an_expense(courts.lucia, courts.file)
    actions.approve_expense(by=courts.lucia, expense=an_expense(courts.lucia, courts.file))
    an_offer(courts.lucia, courts.other, courts.free[1])
    assert whats(courts.lucia) == {
        "Ha scritto una famiglia",
        "Trasloco",
        "Per il trasloco: traslocatori",
        "Spesa da approvare",
    }
    assert whats(courts.carla) == whats(courts.anna) == set()
    with clock.at(clock.now() + 15 * DAY):
        assert "Offerta: oggi la risposta" in whats(courts.lucia)
    with clock.at(clock.now() + 30 * DAY):
        jobs.chase()
        assert {"Offerta senza risposta", "Spesa da pagare"} <= whats(courts.lucia)
        assert whats(courts.carla) == set()
    client = Client()
    client.force_login(cast.lucia)
    page = client.get(reverse("day")).content.decode()
    assert "Nucleo 1" in page and WORDS not in page


def test_it_costs_six_queries_however_much_there_is(courts, cast):
    client = Client()
    client.force_login(cast.lucia)
    a_removal(courts.lucia, courts.file, courts.free[0])
    client.get(reverse("day"))

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(reverse("day")).status_code == 200
        return len(run)

    an_expense(courts.lucia, courts.file)
    one = cost()
    for _number in range(5):
        an_expense(courts.lucia, courts.file)
    assert cost() == one
    Companion.objects.all().delete()
    assert cost() == one - 6
