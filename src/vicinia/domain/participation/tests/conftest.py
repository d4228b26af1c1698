"""A process that Lucia has opened, and proposals that residents send."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.participation import actions
from vicinia.domain.participation.models import Idea, Process
from vicinia.domain.participation.states import IdeaState, ProcessState
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MARIA = PersonDetails(name="Maria Bassi", email="maria@posta.example")
UGO = PersonDetails(name="Ugo Neri", phone="059 123456")
VISITOR = Actor.visitor()
_sent = iter(range(10**6))


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def send(by: Actor = VISITOR, **changes) -> actions.Sent:
    values = {
        "title": "Panchine nel cortile",
        "text": "Mettiamo tre panchine all'ombra nel cortile della scala B.",
        "once": f"once-{next(_sent)}",
        "details": MARIA,
        "shown": "Maria",
    }
    return actions.propose(by=by, new=actions.NewIdea(**values | changes))


@pytest.fixture
def process(lucia: Actor, cast: Cast) -> Process:
    new = actions.ProcessPlan(
        "Il nuovo cortile", "Decidiamo insieme il cortile.", "## Perché\n\nÈ vuoto.", [cast.crocetta]
    )
    row = actions.plan_process(by=lucia, new=new)
    today = clock.today()
    phase = actions.NewPhase(
        "Raccolta", today, today + dt.timedelta(days=30), "Le idee", "sul portale", takes_ideas=True
    )
    actions.add_phase(by=lucia, process=row, new=phase)
    return actions.enter_process(by=lucia, process=row, state=ProcessState.OPEN)


@pytest.fixture
def sent() -> actions.Sent:
    return send()


@pytest.fixture
def published(lucia: Actor, cast: Cast, sent: actions.Sent) -> Idea:
    return actions.publish(by=lucia, idea=sent.idea)


@pytest.fixture
def accepted(lucia: Actor, published: Idea) -> Idea:
    actions.take_up(by=lucia, idea=published)
    return actions.answer(
        by=lucia, idea=published, state=IdeaState.ACCEPTED, words="Costa poco e serve a tutti."
    )
