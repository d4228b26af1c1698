"""Anna's case with a reporter, the body that Paolo answers for, and a referral to it."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.network import actions as network
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.referrals import actions, queries
from vicinia.domain.referrals.models import Referral
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def paolo(cast: Cast) -> Actor:
    return cast.actor(cast.paolo)


@pytest.fixture
def casa(cast: Cast) -> PartnerBody:
    """The housing company, for which Paolo answers."""
    by = cast.actor(cast.carla)
    card = network.BodyCard(code="casa", name="Azienda casa", email="urp@casa.example")
    body = network.write_body(by=by, card=card)
    network.write_person(by=by, body=body, card=network.PersonCard(name="Paolo Neri", user=cast.paolo))
    return body


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    maria = PersonDetails(
        name="Maria Bassi", phone="059 123456", email="maria@posta.example", needs="sorda da un orecchio"
    )
    return case_of(anna, report_in(cast.crocetta, title="Porta rotta", reporter=maria))


@pytest.fixture
def send(anna: Actor, case: Case, casa: PartnerBody):
    """Ask the housing company, with what differs."""

    def sent(share=("kind", "place"), by=anna, on=case, **changed) -> Referral:
        values = {
            "body": casa,
            "kind": "referral",
            "asked": "Riparare la porta",
            "basis": "consent",
            "basis_note": "a voce, il 3 marzo",
            "answer_by": clock.today() + dt.timedelta(days=5),
        }
        things = [thing for thing in queries.shareable(on) if thing.code.startswith(tuple(share))]
        return actions.send(by=by, case=on, new=actions.NewReferral(**(values | changed), share=things))

    return sent
