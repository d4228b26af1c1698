"""What worksites ask for, in the day of who keeps them."""

import datetime as dt

import pytest

from vicinia.domain.worksites import actions
from vicinia.domain.worksites.tests.conftest import (
    _with_a_password_only,
    builder,
    cut,
    house,
    lot,
    lucia,
    manager,
    send,
    site,
)
from vicinia.foundation.kernel import clock
from vicinia.interfaces.desk.day import day_of

__all__ = ["_with_a_password_only", "builder", "cut", "house", "lot", "lucia", "manager", "site"]
pytestmark = pytest.mark.django_db


def whats(by):
    found = day_of(by)
    return {item.what for item in [*found.late, *found.today]}


def test_each_thing_comes_up_when_it_is_due(cast, lucia, lot, cut):
    assert whats(lucia) == set()
    send(lot, urgent=True)
    plan = actions.WalkPlan(clock.today(), dt.time(10), "Cortile")
    walk = actions.plan_walk(by=lucia, lot=lot, new=plan)
    actions.add_point(by=lucia, walk=walk, new=actions.NewPoint("Pulire", clock.today(), who="Ugo"))
    assert whats(lucia) == {
        "Dal cantiere: polvere o sporco",
        "Sopralluogo delle 10:00",
        "Da sistemare: Pulire",
    }
    with clock.at(clock.now() + dt.timedelta(days=28)):
        assert "Avviso da dare: manca l'acqua" in whats(lucia)
        assert not any("Avviso" in what for what in whats(cast.actor(cast.anna)))
