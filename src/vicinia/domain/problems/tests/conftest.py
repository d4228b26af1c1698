"""A place problem of Crocetta in Anna's charge, and its sheet."""

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.problems import actions
from vicinia.domain.problems.models import Sheet
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def case(cast: Cast, anna: Actor) -> Case:
    return case_of(anna, report_in(cast.crocetta, title="Parco"), kind="place")


@pytest.fixture
def sheet(anna: Actor, case: Case) -> Sheet:
    return actions.begin_sheet(by=anna, case=case)


@pytest.fixture
def desk(client: Client, cast: Cast, settings: object) -> Client:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    client.force_login(cast.anna)
    return client
