"""A house of eight dwellings on two stairs, a body of its tenants, a room to be lent, a pact."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.cast import Cast
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.actions import bodies, booking, offices, pacts, spaces
from vicinia.domain.commons.models import Booking, Pact, Space, TenantsBody
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.states import (
    BodyKind,
    LineKind,
    MandateRole,
    PactLevel,
    PromiseSide,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Building
from vicinia.domain.territory.tests.factories import BuildingFactory, DwellingFactory, StairFactory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MARIA = PersonDetails(name="Maria Bassi", email="maria@posta.example")
UGO = PersonDetails(name="Ugo Neri", phone="059 123456")
VISITOR = Actor.visitor()
HOURS = (dt.time(18), dt.time(20))
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


# Bodies -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(cast: Cast) -> Building:
    building = BuildingFactory(name="Corte B", area=cast.crocetta)
    for name in ("A", "B"):
        stair = StairFactory(building=building, name=name)
        for number in range(4):
            DwellingFactory(stair=stair, door=f"int. {number + 1}")
    return building


def new_body(house: Building, **changes) -> bodies.NewBody:
    values = {
        "kind": BodyKind.SELF_MANAGEMENT,
        "name": "Autogestione Corte B",
        "building": house,
        "manager": "Azienda casa",
        "services": ["cleaning", "green"],
        "purpose": "Curare insieme cortile e scale.",
    }
    return bodies.NewBody(**values | changes)


@pytest.fixture
def body(lucia: Actor, house: Building) -> TenantsBody:
    return bodies.propose_body(by=lucia, new=new_body(house))


def sign(by: Actor, body: TenantsBody, count: int, kind=SignatureKind.REQUEST, state=SignatureState.VALID):
    """So many doors sign, and are checked."""
    made = []
    for number, door in enumerate(queries.doors_left(body, kind)[:count]):
        new = bodies.NewSignature(door, f"Inquilino {number}", clock.today())
        row = bodies.sign(by=by, body=body, kind=kind, new=new)
        made.append(bodies.check_signature(by=by, signature=row, state=state) if state else row)
    return made


def mandate(by: Actor, body: TenantsBody, **changes):
    today = clock.today()
    values = {
        "role": MandateRole.REPRESENTATIVE,
        "name": "Maria Bassi",
        "from_day": today,
        "until": today + dt.timedelta(days=365),
        "details": MARIA,
        "is_shown": True,
    }
    return offices.give_mandate(by=by, body=body, new=offices.NewMandate(**values | changes))


@pytest.fixture
def verified(lucia: Actor, body: TenantsBody) -> TenantsBody:
    sign(lucia, body, 2)
    return bodies.verify(by=lucia, body=body)


def plan(days: int = 10) -> assemblies.AssemblyPlan:
    day = clock.today() + dt.timedelta(days=days)
    return assemblies.AssemblyPlan("Assemblea costitutiva", day, *HOURS, "Sala comune", entitled=8)


def hold(by: Actor, body: TenantsBody, days: int = 10) -> TenantsBody:
    """The assembly is planned and called today, and held on its day: the clock of the test stays where it is."""
    body = bodies.plan_assembly(by=by, body=body, new=plan(days))
    row = assemblies.call(by=by, assembly=body.assembly)
    with clock.at(clock.now() + dt.timedelta(days=days)):
        assemblies.open_assembly(by=by, assembly=row, present=6, chair="Ada", secretary="Leo")
    return queries.body_named(by, body.reference)


@pytest.fixture
def constituted(lucia: Actor, verified: TenantsBody) -> TenantsBody:
    row = hold(lucia, verified)
    sign(lucia, row, 5, SignatureKind.ACCEPTANCE)
    mandate(lucia, row)
    return bodies.constitute(by=lucia, body=row)


@pytest.fixture
def active(lucia: Actor, constituted: TenantsBody):
    """At work; the town's clock stands on the day of the convention."""
    with clock.at(clock.start_of(constituted.constituted_on) + dt.timedelta(hours=21)):
        yield bodies.activate(
            by=lucia, body=constituted, signed_on=clock.today(), convention="Cura del cortile."
        )


def line(by: Actor, account, kind=LineKind.INCOME, amount="120.50", day=None):
    new = offices.NewLine(kind, day or dt.date(account.year, 12, 31), "Quote", Decimal(amount))
    return offices.add_line(by=by, account=account, new=new)


# Spaces -----------------------------------------------------------------------------------------------------------


def card(**changes) -> spaces.SpaceCard:
    values = {
        "name": "Sala comune",
        "place": "Corte B, piano terra",
        "capacity": 30,
        "house_rules": "Si lascia pulito.",
    }
    return spaces.SpaceCard(**values | changes)


@pytest.fixture
def room(lucia: Actor) -> Space:
    row = spaces.open_space(by=lucia, new=card())
    for weekday in range(7):
        spaces.add_hours(by=lucia, space=row, weekday=weekday, from_time=dt.time(9), to_time=dt.time(22))
    return row


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    """An hour by the town's clock, some days from now."""
    day = clock.today() + dt.timedelta(days=days)
    return clock.start_of(day).replace(hour=hour, minute=minute)


def new_booking(days: int = 5, first: int = 15, last: int = 17, **changes) -> booking.NewBooking:
    values = {
        "starts_at": at(days, first),
        "ends_at": at(days, last),
        "who": "Maria Bassi",
        "purpose": "Il compleanno di Leo",
        "people": 12,
        "once": f"once-{next(_sent)}",
        "accepts_rules": True,
        "details": MARIA,
    }
    return booking.NewBooking(**values | changes)


@pytest.fixture
def booked(room: Space) -> booking.Booked:
    return booking.book(by=VISITOR, space=room, new=new_booking())


def holder(row: Booking) -> Actor:
    """Who holds the private link of a booking."""
    return Actor.resident(row.reference)


# Pacts ------------------------------------------------------------------------------------------------------------


def draft(**changes) -> pacts.PactDraft:
    values = {"title": "Il giardino di via Po", "goals": "Curarlo insieme.", "level": PactLevel.CONTINUOUS}
    return pacts.PactDraft(**values | changes)


WHOLE = {
    "public_use": "Aperto a tutti.",
    "insurance": "La paga il Comune.",
    "monitoring": "Un incontro ogni tre mesi.",
    "exclusion": "Se nessuno se ne cura.",
}


@pytest.fixture
def pact() -> Pact:
    party = pacts.NewParty("Gruppo via Po", MARIA)
    return pacts.propose_pact(by=VISITOR, new=draft(), party=party, once=f"pact-{next(_sent)}")


@pytest.fixture
def designed(lucia: Actor, pact: Pact) -> Pact:
    pacts.publish_pact(by=lucia, pact=pact)
    pacts.assess_pact(by=lucia, pact=pact, words="Si può fare.")
    row = pacts.write_pact(by=lucia, pact=pact, new=draft(**WHOLE), seen_version=None)
    for side in PromiseSide:
        pacts.add_promise(by=lucia, pact=row, new=pacts.NewPromise(side, f"Impegno {side.value}"))
    return pacts.finish_design(by=lucia, pact=row)


@pytest.fixture
def at_work(lucia: Actor, designed: Pact) -> Pact:
    row = pacts.sign_pact(by=lucia, pact=designed, on=clock.today())
    return pacts.begin_pact(by=lucia, pact=row, starts_on=clock.today())
