"""Anna, who works the cases, and her browser."""

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.anna)
    return client
