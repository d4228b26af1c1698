"""A site in two houses that Lucia keeps, built by the body that Paolo answers for."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import actions as people
from vicinia.domain.people.actions import Stated
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites import actions
from vicinia.domain.worksites.models import Complaint, Disruption, Lot, Worksite
from vicinia.domain.worksites.states import LotState, WorksiteState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MARIA = PersonDetails(name="Maria Bassi", email="maria@posta.example")
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


@pytest.fixture
def paolo(cast: Cast) -> Actor:
    return cast.actor(cast.paolo)


def body_of(cast: Cast, code: str, name: str) -> PartnerBody:
    card = network.BodyCard(code=code, name=name, email=f"{code}@impresa.example")
    return network.write_body(by=cast.actor(cast.carla), card=card)


@pytest.fixture
def builder(cast: Cast) -> PartnerBody:
    """The contractor, for which Paolo answers."""
    body = body_of(cast, "edil", "Edil Bianchi")
    card = network.PersonCard(name="Paolo Neri", user=cast.paolo)
    network.write_person(by=cast.actor(cast.carla), body=body, card=card)
    return body


@pytest.fixture
def manager(cast: Cast) -> PartnerBody:
    """The site manager, for whom nobody signs in."""
    return body_of(cast, "direzione", "Studio Rossi")


@pytest.fixture
def house(cast: Cast) -> Building:
    """A building with stair A (2 doors) and stair B (1 door)."""
    building = Building.objects.create(
        code="roma1", name="Via Roma 1", area=cast.crocetta, lat=44.805, lon=10.605
    )
    for name, doors in (("A", 2), ("B", 1)):
        stair = Stair.objects.create(building=building, name=name)
        for number in range(1, doors + 1):
            Dwelling.objects.create(
                building=building, stair=stair, code=f"{name}{number}", floor=0, door=f"int. {number}"
            )
    return building


@pytest.fixture
def site(lucia: Actor, cast: Cast) -> Worksite:
    plan = actions.WorksitePlan("Tetti di via Roma", "Si rifanno i tetti.", "Ufficio, 059 1", cast.crocetta)
    return actions.plan_worksite(by=lucia, new=plan)


@pytest.fixture
def lot(lucia: Actor, site: Worksite, house: Building, builder: PartnerBody, manager: PartnerBody) -> Lot:
    """A lot of an open site, at work."""
    today = clock.today()
    plan = actions.LotPlan(
        "Lotto 1",
        today - dt.timedelta(days=30),
        today + dt.timedelta(days=60),
        contractor=builder,
        manager=manager,
        buildings=[house],
    )
    row = actions.add_lot(by=lucia, worksite=site, new=plan)
    actions.enter_worksite(by=lucia, worksite=site, state=WorksiteState.OPEN)
    for state in (LotState.TENDERED, LotState.CONTRACTED, LotState.HANDED_OVER, LotState.IN_PROGRESS):
        row = actions.enter_lot(by=lucia, lot=row, state=state, day=today)
    return row


@pytest.fixture
def settle(lucia: Actor, house: Building):
    """Lets households that speak some languages live behind the doors of stair A."""

    def make(*languages: str) -> None:
        doors = Dwelling.objects.filter(stair__name="A").order_by("id")
        for code, door in zip(languages, doors, strict=False):
            people.make_household(by=lucia, dwelling=door, stated=Stated((code,), 2))

    return make


def new_disruption(house: Building, *, ahead: int = 30, **more) -> actions.NewDisruption:
    day = clock.today() + dt.timedelta(days=ahead)
    values = {
        "kind": "water",
        "from_day": day,
        "to_day": day,
        "from_time": dt.time(8),
        "to_time": dt.time(13),
        "buildings": [house],
    }
    return actions.NewDisruption(**values | more)


@pytest.fixture
def cut(lucia: Actor, lot: Lot, house: Building) -> Disruption:
    return actions.plan_disruption(by=lucia, lot=lot, new=new_disruption(house))


def send(lot: Lot, by: Actor = VISITOR, **changes) -> actions.SentComplaint:
    values = {
        "kind": "dust",
        "words": "C'è polvere ovunque sulle scale.",
        "once": f"once-{next(_sent)}",
        "details": MARIA,
    }
    return actions.complain(by=by, lot=lot, new=actions.NewComplaint(**values | changes))


@pytest.fixture
def complaint(lot: Lot) -> Complaint:
    return send(lot).complaint
