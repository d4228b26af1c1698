"""Anna's case with Maria, who reports and speaks French, and the housing company."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.casework.models import Case, CasePerson
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.letters import actions
from vicinia.domain.letters.actions import LetterWords
from vicinia.domain.letters.models import Letter
from vicinia.domain.listening.tests.factories import body, report_in
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _a_town(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    settings.TOWN_NAME, settings.UNIT_NAME = "Comune di prova", "Ufficio di prossimità"
    settings.HELP_PHONE, settings.HELP_HOURS = "059 000 000", ""


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.anna)
    return client


@pytest.fixture
def casa() -> PartnerBody:
    return body("casa")


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    maria = PersonDetails(
        name="Maria Bassi",
        phone="059 123456",
        email="maria@posta.example",
        address="Via dei Mille 12",
        language="fr",
    )
    return case_of(anna, report_in(cast.crocetta, title="Porta rotta", reporter=maria))


@pytest.fixture
def maria(case: Case) -> CasePerson:
    return case.case_people.get()


@pytest.fixture
def to_maria(anna: Actor, case: Case, maria: CasePerson):
    """A draft to Maria, with what differs."""

    def drafted(kind: str = "news", text: str = "La porta è riparata.", **changed: Any) -> Letter:
        words = changed.pop("words", {}) | {"text": text}
        new = LetterWords(words=words, **changed)
        return actions.draft(by=anna, case=case, kind=kind, new=new, to=maria)

    return drafted


@pytest.fixture
def to_casa(anna: Actor, case: Case, casa: PartnerBody):
    """A draft to the housing company."""

    def drafted(kind: str = "body_summary", text: str = "Riparare la porta.", **changed: Any) -> Letter:
        new = LetterWords(words={"text": text}, **changed)
        return actions.draft(by=anna, case=case, kind=kind, new=new, body=casa)

    return drafted


@pytest.fixture
def soon() -> dt.date:
    return clock.today() + dt.timedelta(days=10)
