"""Anna's case between two neighbours, Marco who mediates, and a second mediator who must see nothing."""

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.mediation import actions
from vicinia.domain.mediation.actions import Noted, Pact
from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import QUESTIONS
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def marco(cast: Cast) -> Actor:
    return cast.actor(cast.marco)


@pytest.fixture
def sara(cast: Cast) -> User:
    """Another mediator."""
    user = User(email="sara@prova.example", name="Sara Bini", role=Role.MEDIATOR)
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    """Maria has reported, Youssef is the neighbour."""
    maria = PersonDetails(name="Maria Bassi", phone="059 123456", email="maria@posta.example", needs="sorda")
    made = case_of(anna, report_in(cast.crocetta, title="Rumore dal piano di sopra", reporter=maria))
    youssef = people.meet(by=anna, details=PersonDetails(name="Youssef Benali", phone="059 654321"))
    casework.add_person(by=anna, case=made, person=youssef, role="neighbour", label="famiglia di sopra")
    return made


@pytest.fixture
def ask(anna: Actor, cast: Cast, case: Case):
    """Ask for a mediation, with what differs."""

    def asked(
        *, by=anna, on=case, mediator=cast.marco, words="Maria vorrebbe parlarsi.", **who
    ) -> MediationFile:
        ids = list(on.case_people.order_by("id").values_list("person_id", flat=True))
        parties = {"first": WhoItIs(ids[0]), "second": WhoItIs(ids[-1])} | who
        new = actions.NewMediation(mediator=mediator, asked=words, **parties)
        return actions.ask(by=by, case=on, new=new)

    return asked


FITTING = {question.code: question.fits.value for question in QUESTIONS}


@pytest.fixture
def heard(marco: Actor):
    """Both parties heard alone, with answers that fit unless said otherwise."""

    def done(file: MediationFile, **answers: str) -> MediationFile:
        actions.accept(by=marco, file=file)
        for party in file.parties.all():
            noted = Noted(on=clock.today(), place="in biblioteca", notes=f"colloquio {party.side}")
            actions.write_meeting(by=marco, file=file, party=party, noted=noted)
            actions.answer_questions(by=marco, file=file, party=party, answers=FITTING | answers)
        return file

    return done


@pytest.fixture
def agreed(marco: Actor, heard):
    """The parties have met and agree on one thing."""

    def done(file: MediationFile) -> MediationFile:
        heard(file)
        actions.bring_together(by=marco, file=file)
        actions.write_meeting(by=marco, file=file, party=None, noted=Noted(on=clock.today(), notes="insieme"))
        actions.add_term(by=marco, file=file, pact=Pact("b", "Niente musica dopo le 22", "da lunedì"))
        return actions.agree(by=marco, file=file)

    return done


@pytest.fixture
def signed(marco: Actor, agreed):
    """The agreement is signed today."""

    def done(file: MediationFile, on: dt.date | None = None) -> MediationFile:
        return actions.sign(by=marco, file=agreed(file), signed_on=on or clock.today(), place="in Comune")

    return done
