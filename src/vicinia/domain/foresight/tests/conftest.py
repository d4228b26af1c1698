"""Noise in Crocetta, and who follows it."""

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.tests.factories import alert_in
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def bruno(cast: Cast) -> Actor:
    return cast.actor(cast.bruno)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def alert(cast: Cast) -> Alert:
    return alert_in(cast.crocetta)


@pytest.fixture
def desk(client: Client, cast: Cast, settings: object) -> Client:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    client.force_login(cast.carla)
    return client
