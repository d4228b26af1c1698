"""Key contacts and rounds of Crocetta, where Anna and Lucia work, and of Stazione, where Bruno does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import actions
from vicinia.domain.presence.models import KeyContact, Round
from vicinia.domain.territory.models import Area
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


def in_area(area: Area, *, up: float = 0.005, right: float = 0.005, **fields: Any) -> Location:
    """A point in an area."""
    return Location(lat=area.south + up, lon=area.west + right, area_id=area.pk, **fields)


Bar = Callable[..., KeyContact]


@pytest.fixture
def bar(cast: Cast) -> Bar:
    """A key contact of Crocetta, with what differs."""

    def made(by: User | None = None, area: Area | None = None, **fields: Any) -> KeyContact:
        values: dict[str, Any] = {
            "kind": "bar",
            "body_name": "Bar Sport",
            "person": PersonDetails(name="Gino Paltrinieri", phone="059 222333"),
            "reach_words": "Chiedere di Gino, dal retro",
            "location": in_area(area or cast.crocetta, address="via dei Mille, 12"),
        }
        rhythm = {name: fields.pop(name) for name in ("rhythm_days", "next_on") if name in fields}
        card = actions.ContactCard(**(values | fields))
        return actions.add_contact(by=cast.actor(by or cast.carla), card=card, **rhythm)

    return made


Walk = Callable[..., Round]


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A round of today through Crocetta, by Anna, with what differs."""

    def made(by: User | None = None, **fields: Any) -> Round:
        values: dict[str, Any] = {
            "planned_on": clock.today(),
            "from_time": dt.time(9),
            "to_time": dt.time(11),
            "areas": [cast.crocetta],
            "people": [cast.anna],
        }
        return actions.plan_round(
            by=cast.actor(by or cast.carla), plan=actions.RoundPlan(**(values | fields))
        )

    return made


def with_stops(by: Actor, row: Round, *new: actions.NewStop) -> Round:
    """The round with these stops added."""
    from vicinia.domain.presence import queries

    keep = [stop.pk for stop in queries.stops_of(by, row)]
    return actions.change_stops(by=by, round_=row, keep=keep, add=new, seen_version=None)


@pytest.fixture
def under_way(anna: Actor, walk: Walk) -> Round:
    """Anna's round, begun."""
    return actions.start_round(by=anna, round_=walk())


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
