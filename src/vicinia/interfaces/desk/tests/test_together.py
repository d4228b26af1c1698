"""What people decide together, in the day of who looks after it and of who carries it out."""

import datetime as dt

import pytest

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.participation import actions, queries
from vicinia.domain.participation.states import IdeaState
from vicinia.foundation.kernel import clock
from vicinia.interfaces.desk.day import day_of

pytestmark = pytest.mark.django_db


def whats(by):
    found = day_of(by)
    return [item.what for item in [*found.late, *found.today]]


def test_each_thing_comes_up_when_it_is_due(cast):
    lucia, anna = cast.actor(cast.lucia), cast.actor(cast.anna)
    today = clock.today()
    plan = assemblies.AssemblyPlan(
        "Cortile", today, dt.time(1), dt.time(2), "Sala", short_notice_reason="Prova."
    )
    row = assemblies.plan(by=lucia, kind=AssemblyKind.WORKSHOP, new=plan)
    assemblies.add_point(by=lucia, assembly=row, new=assemblies.NewPoint("Panchine"))
    assemblies.call(by=lucia, assembly=row)
    assert whats(lucia) == ["Assemblea delle 01:00: Cortile"]
    held = assemblies.open_assembly(by=lucia, assembly=row, present=3)
    assert whats(lucia) == ["Verbale da portare avanti: scrittura condivisa"]
    new = assemblies.NewResolution("Tre panchine.", today, owner_user=cast.anna)
    assemblies.add_resolution(by=lucia, assembly=held, new=new)
    assert whats(anna) == ["Decisione da attuare: Tre panchine."]
    minutes = assemblies.make_official(by=lucia, minutes=assemblies_read.minutes_of(held))
    assemblies.open_amendments(by=lucia, minutes=minutes, until=today + dt.timedelta(days=3))
    assert whats(lucia) == []


def test_proposals_and_their_milestones(cast):
    lucia = cast.actor(cast.lucia)
    idea = actions.propose(by=lucia, new=actions.NewIdea("Panchine", "Tre.", once="a")).idea
    with clock.at(clock.now() + dt.timedelta(days=20)):
        assert whats(lucia) == ["Proposta da leggere"]
    actions.publish(by=lucia, idea=idea)
    with clock.at(clock.now() + dt.timedelta(days=90)):
        assert whats(lucia) == ["Proposta che aspetta risposta"]
    actions.take_up(by=lucia, idea=idea)
    actions.answer(by=lucia, idea=idea, state=IdeaState.ACCEPTED, words="Sì.")
    actions.add_milestone(by=lucia, result=queries.result_of(idea), title="Ordine", due_on=clock.today())
    assert whats(lucia) == ["Tappa: Ordine"]
