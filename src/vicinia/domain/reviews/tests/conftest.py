"""Maria's reports in Anna's quarter, and the town's people who may preside."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.reviews import actions
from vicinia.domain.reviews.models import Review
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

MARIA = PersonDetails(name="Maria Bassi", phone="059 123456", email="maria@posta.example")


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def told(cast: Cast):
    """Somebody tells us of something so many days ago, in Crocetta unless said otherwise."""

    def made(days: int = 0, who: PersonDetails | None = MARIA, **fields) -> Report:
        area = fields.pop("area", cast.crocetta)
        with clock.at(clock.now() - dt.timedelta(days=days)):
            return report_in(area, reporter=who, **fields)

    return made


@pytest.fixture
def report(told) -> Report:
    """The last of three."""
    told(50), told(30)
    return told(10)


@pytest.fixture
def case(anna: Actor, report: Report) -> Case:
    return case_of(anna, report)


@pytest.fixture
def asked(report: Report) -> Review:
    """Maria has asked from her page."""
    return actions.ask(by=Actor.resident(report.reference), report=report, words="Nessuno mi richiama.")


@pytest.fixture
def presided(asked: Review, carla: Actor, cast: Cast) -> Review:
    """Carla has confirmed it; Lucia presides."""
    return actions.acknowledge(by=carla, review=asked, chair=actions.Chair(user=cast.lucia))


@pytest.fixture
def meeting(presided: Review, lucia: Actor) -> Review:
    """It is held, and it has met an hour ago."""
    review = actions.decide_threshold(
        by=lucia, review=presided, is_met=True, reasons="Tre segnalazioni in due mesi."
    )
    at = clock.now() - dt.timedelta(hours=1)
    with clock.at(at - dt.timedelta(days=1)):
        return actions.set_meeting(by=lucia, review=review, at=at, place="in Comune")
