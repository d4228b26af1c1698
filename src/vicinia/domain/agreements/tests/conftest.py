"""Anna's case with Luca, who is sixteen, and his mother; and an agreement with them at any point of its life."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.agreements import actions, queries
from vicinia.domain.agreements.actions import Invited, Line, NewAgreement
from vicinia.domain.agreements.models import BehaviourAgreement
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

WORDS = "petardi in cortile la sera del 3"


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def _with_family(by: Actor, case: Case) -> Case:
    """Luca and his mother join the case."""
    for name, role, label in (
        ("Luca Serri", "neighbour", "ragazzo della scala A"),
        ("Marta Serri", "contact", "sua madre"),
    ):
        person = people.meet(by=by, details=PersonDetails(name=name, phone="059 654321"))
        casework.add_person(by=by, case=case, person=person, role=role, label=label)
    return case


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    made = case_of(anna, report_in(cast.crocetta, title="Petardi in cortile"))
    return _with_family(anna, made)


def in_case(case: Case, label: str):
    return case.case_people.get(label=label)


@pytest.fixture
def propose(anna: Actor, case: Case):
    """Propose an agreement to Luca, with what differs."""

    def proposed(*, by=anna, on=case, **changed) -> BehaviourAgreement:
        today = clock.today()
        luca = on.case_people.filter(label="ragazzo della scala A").first()
        values = {
            "people": [luca.person_id] if luca else [],
            "why": WORDS,
            "starts_on": today,
            "ends_on": clock.add_months(today, 6),
            "review_weeks": 4,
            "invited": Invited(today, "in_person", today + dt.timedelta(days=10)),
        }
        return actions.propose(by=by, case=on, new=NewAgreement(**(values | changed)))

    return proposed


def party(agreement: BehaviourAgreement, part: str):
    return agreement.parties.get(part=part)


@pytest.fixture
def written(anna: Actor, propose):
    """One with a term of each kind."""

    def made(agreement=None, **changed) -> BehaviourAgreement:
        agreement = agreement or propose(**changed)
        for kind, what in (
            ("will_not", "niente petardi in cortile"),
            ("will", "aiuto il custode il sabato"),
            ("support", "il corso di fotografia al centro giovani"),
        ):
            actions.add_term(by=anna, agreement=agreement, line=Line(kind, what))
        return agreement

    return made


@pytest.fixture
def in_force(anna: Actor, written):
    """One that everybody has signed today."""

    def made(agreement=None, **changed) -> BehaviourAgreement:
        return sign_all(anna, written(agreement, **changed))

    return made


def sign_all(by: Actor, agreement: BehaviourAgreement, on: dt.date | None = None) -> BehaviourAgreement:
    parties = [row.pk for row in queries.parties_of(agreement)]
    return actions.sign(by=by, agreement=agreement, parties=parties, signed_on=on or clock.today())


@pytest.fixture
def breached(anna: Actor, in_force):
    """One that was not kept today."""

    def made(**changed) -> BehaviourAgreement:
        agreement = in_force(**changed)
        actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="un petardo alle 22")
        agreement.refresh_from_db()
        return agreement

    return made
