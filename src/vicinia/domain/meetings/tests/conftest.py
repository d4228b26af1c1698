"""A meeting that Anna has called for today, about her case, with the housing company, an office and a guest."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.meetings import actions
from vicinia.domain.meetings.models import AgendaItem, Meeting
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def casa(carla: Actor) -> PartnerBody:
    card = network.BodyCard(code="casa", name="Azienda casa", email="urp@casa.example")
    return network.write_body(by=carla, card=card)


@pytest.fixture
def rita(carla: Actor, casa: PartnerBody) -> BodyPerson:
    card = network.PersonCard(name="Rita Pini", email="rita@casa.example")
    return network.write_person(by=carla, body=casa, card=card)


@pytest.fixture
def office(carla: Actor) -> PartnerBody:
    card = network.BodyCard(code="verde", name="Ufficio verde", email="verde@borgo.example", is_internal=True)
    return network.write_body(by=carla, card=card)


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    maria = PersonDetails(name="Maria Bassi", phone="059 123456")
    return case_of(anna, report_in(cast.crocetta, title="Porta rotta", reporter=maria))


@pytest.fixture
def far_case(cast: Cast) -> Case:
    """Bruno's case, which Anna does not see."""
    return case_of(cast.actor(cast.bruno), report_in(cast.stazione, title="Rumori di notte"))


@pytest.fixture
def police_case(cast: Cast, anna: Actor) -> Case:
    return case_of(anna, report_in(cast.crocetta, title="Spaccio nel parco", category=police_kind()))


@pytest.fixture
def plan(cast: Cast):
    """When and where, with what differs."""

    def planned(**changed) -> actions.MeetingPlan:
        values = {
            "title": "Tavolo della Crocetta",
            "day": clock.today(),
            "from_time": dt.time(10),
            "to_time": dt.time(11, 30),
            "place": "Sala civica",
            "areas": [cast.crocetta],
        }
        return actions.MeetingPlan(**(values | changed))

    return planned


@pytest.fixture
def meeting(anna: Actor, plan) -> Meeting:
    return actions.plan(by=anna, new=plan())


@pytest.fixture
def add(anna: Actor, meeting: Meeting):
    """Put something on the agenda."""

    def added(case=None, by=anna, to=meeting, **words) -> AgendaItem:
        if case is None:
            words = {"subject": "Orari del centro civico"} | words
        return actions.add_items(by=by, meeting=to, new=[actions.NewItem(case=case, **words)])[0]

    return added


@pytest.fixture
def held(anna: Actor, meeting: Meeting, case: Case, rita: BodyPerson, add) -> Meeting:
    """The meeting under way: the case and a subject in words are on its agenda, Rita and a guest are invited."""
    guests = actions.NewGuests(people=[rita], words="L'amministratrice del condominio")
    actions.invite(by=anna, meeting=meeting, guests=guests)
    add(case)
    add()
    return actions.hold(by=anna, meeting=meeting)


@pytest.fixture
def minuted(anna: Actor, held: Meeting, casa: PartnerBody) -> Meeting:
    """Written and closed: a decision and a commitment of the housing company about the case."""
    item = held.items.get(case__isnull=False)
    words = actions.ItemMinutes("La serratura è da cambiare.", ["Si cambia la serratura"])
    actions.write_item(by=anna, item=item, minutes=words, seen_version=None)
    new = actions.NewAction("Cambiare la serratura", clock.today() + dt.timedelta(days=7), body=casa)
    actions.add_action(by=anna, item=item, new=new)
    marks = {one.pk: "yes" for one in held.invited.all()}
    actions.mark_attendance(by=anna, meeting=held, marks=marks, seen_version=None)
    return actions.close_minutes(by=anna, meeting=held, seen_version=None)
