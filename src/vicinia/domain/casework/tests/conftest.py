"""Anna, who works the cases, and her browser."""

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.anna)
    return client


@pytest.fixture
def bruno(cast: Cast) -> Actor:
    return cast.actor(cast.bruno)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    """A case of Crocetta in Anna's charge."""
    return case_of(anna, report_in(cast.crocetta))
