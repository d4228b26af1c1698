"""An assembly that Lucia prepares three weeks ahead, and what follows."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.assemblies import actions, queries
from vicinia.domain.assemblies.models import Assembly, Minutes
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def casa(cast: Cast) -> PartnerBody:
    card = network.BodyCard(code="casa", name="Azienda casa", email="urp@casa.example")
    return network.write_body(by=cast.actor(cast.carla), card=card)


def plan_in(days: int, **changes) -> actions.AssemblyPlan:
    values = {
        "title": "Assemblea del cortile",
        "day": clock.today() + dt.timedelta(days=days),
        "from_time": dt.time(18),
        "to_time": dt.time(20),
        "place": "Sala civica",
        "invitation": "Parliamo del cortile.",
        "entitled": 20,
        "entitled_words": "un voto per alloggio",
    }
    return actions.AssemblyPlan(**values | changes)


@pytest.fixture
def assembly(lucia: Actor, cast: Cast) -> Assembly:
    row = actions.plan(by=lucia, kind=AssemblyKind.ASSEMBLY, new=plan_in(21, areas=[cast.crocetta]))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Le panchine", "Dove metterle."))
    actions.add_point(by=lucia, assembly=row, new=actions.NewPoint("Il cancello"))
    return row


@pytest.fixture
def called(lucia: Actor, assembly: Assembly) -> Assembly:
    return actions.call(by=lucia, assembly=assembly)


def on(day: dt.date, hour: int = 12):
    """Act as if it were that day."""
    return clock.at(clock.start_of(day) + dt.timedelta(hours=hour))


@pytest.fixture
def held(lucia: Actor, called: Assembly) -> Assembly:
    with on(called.day, 18):
        return actions.open_assembly(
            by=lucia, assembly=called, present=8, chair="Anna Ferri", secretary="Lucia Sala"
        )


@pytest.fixture
def minutes(held: Assembly) -> Minutes:
    return queries.minutes_of(held)


@pytest.fixture
def amending(lucia: Actor, minutes: Minutes) -> Minutes:
    with on(minutes.assembly.day, 21):
        actions.write_minutes(
            by=lucia, minutes=minutes, text="## 1. Le panchine\n\nSi fanno.", seen_version=None
        )
        actions.make_official(by=lucia, minutes=minutes)
        until = minutes.assembly.day + dt.timedelta(days=7)
        return actions.open_amendments(by=lucia, minutes=minutes, until=until)


@pytest.fixture
def validated(lucia: Actor, amending: Minutes) -> Minutes:
    with on(amending.amendments_until + dt.timedelta(days=1)):
        return actions.validate(by=lucia, minutes=amending)
