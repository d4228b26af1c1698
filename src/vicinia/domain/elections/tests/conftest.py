"""A house of two stairs with twelve households, and a vote that Lucia prepares for the first of them."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.elections import actions
from vicinia.domain.elections.codes import new_receipt
from vicinia.domain.elections.models import Poll, Voter
from vicinia.domain.elections.states import Basis, Method, PollKind
from vicinia.domain.people.models import Household, HouseholdMember
from vicinia.domain.people.tests.factories import person
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
NAMES = ("Maria Bassi", "Ugo Neri", "Amina Diallo", "Piero Costa", "Olena Koval", "Rosa Conti")
LOT = "La prima estrazione del lotto dopo il voto, ruota di Milano"


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def house(area, code: str = "corte") -> list[Stair]:
    """Two stairs of six doors; who speaks for each household has a name and an address."""
    building = Building.objects.create(code=code, name="Corte B", area=area)
    stairs = [Stair.objects.create(building=building, name=name) for name in ("A", "B")]
    for place, stair in enumerate(stairs):
        for number, name in enumerate(NAMES):
            door = Dwelling.objects.create(
                building=building,
                stair=stair,
                code=f"{stair.name}{number}",
                floor=number,
                door=str(number + 1),
            )
            household = Household.objects.create(number=(place * 10) + number + 1, dwelling=door, area=area)
            address = {"email": f"{name.split()[0].lower()}@posta.example"} if not place else {}
            who = person(name, **address)
            HouseholdMember.objects.create(household=household, person=who, relation="reference")
    return stairs


@pytest.fixture
def stairs(cast: Cast) -> list[Stair]:
    return house(cast.crocetta)


def plan(stairs=(), **changes) -> actions.PollPlan:
    now = clock.now()
    values = {
        "title": "Chi rappresenta la scala A",
        "question": "Chi parla per la scala A con l'ente gestore?",
        "opens_at": now - dt.timedelta(hours=1),
        "closes_at": now + dt.timedelta(days=3),
        "lot_source": LOT,
        "kind": PollKind.REPRESENTATIVES,
        "place": "Laboratorio di quartiere",
        "stairs": stairs,
    }
    return actions.PollPlan(**values | changes)


def prepared(by: Actor, new: actions.PollPlan, options=("Maria Bassi", "Ugo Neri", "Amina Diallo")) -> Poll:
    poll = actions.plan_poll(by=by, new=new)
    for label in options:
        actions.add_option(by=by, poll=poll, new=actions.NewOption(label))
    return poll


@pytest.fixture
def draft(lucia: Actor, stairs: list[Stair]) -> Poll:
    poll = prepared(lucia, plan(stairs[:1]))
    actions.list_voters(by=lucia, poll=poll)
    return poll


@pytest.fixture
def called(lucia: Actor, draft: Poll) -> Poll:
    return actions.call(by=lucia, poll=draft)


def ranked(by: Actor, stairs) -> Poll:
    poll = prepared(by, plan(stairs, method=Method.RANKED, most=3))
    actions.list_voters(by=by, poll=poll)
    return actions.call(by=by, poll=poll)


def listed(by: Actor, names, **changes) -> Poll:
    poll = prepared(by, plan(basis=Basis.LIST, **changes))
    actions.list_voters(by=by, poll=poll, names=names)
    return actions.call(by=by, poll=poll)


def codes_of(by: Actor, poll: Poll) -> list[str]:
    return [one.code for one in actions.give_codes(by=by, poll=poll, voters=Voter.objects.filter(poll=poll))]


def vote(code: str, letters: str, receipt: str = "") -> str:
    receipt = receipt or new_receipt()
    actions.cast(by=VISITOR, code=code, letters=list(letters), receipt=receipt)
    return receipt


def over(poll: Poll):
    """A moment when the vote is over."""
    return clock.at(poll.closes_at + dt.timedelta(minutes=1))


def second_counter() -> Actor:
    user = User(email="rita@prova.example", name="Rita Longo", role=Role.COORDINATOR)
    user.set_unusable_password()
    user.save()
    return user.as_actor()
