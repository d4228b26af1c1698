"""A help desk of Lucia's that is open every day, and who comes to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.cast import Cast
from vicinia.domain.helpdesk import actions, queries
from vicinia.domain.helpdesk.models import HelpFile, HelpPoint
from vicinia.domain.helpdesk.states import Kind
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
# A Monday at half past eight in the town, no holiday for weeks.
MONDAY = clock.start_of(dt.date(2026, 5, 4)) + dt.timedelta(hours=8, minutes=30)
_sent = iter(range(10**6))


@pytest.fixture(autouse=True)
def _with_a_password_only(settings):
    settings.SECOND_FACTOR = False


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def lucia(cast: Cast) -> Actor:
    return cast.actor(cast.lucia)


@pytest.fixture
def carla(cast: Cast) -> Actor:
    return cast.actor(cast.carla)


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def at(hour: int, minute: int = 0, *, days: int = 0) -> dt.datetime:
    """A time of that Monday, or so many days later."""
    return MONDAY.replace(hour=hour, minute=minute) + dt.timedelta(days=days)


@pytest.fixture
def point(lucia: Actor) -> HelpPoint:
    """Open from Monday to Friday, 9 to 11 for all and 15 to 17 by appointment only; one seat, half hours."""
    details = actions.PointDetails("Sportello sociale", "Via Roma 1", phone="0131 555 010", slot_minutes=30)
    row = actions.add_point(by=lucia, code="sportello", details=details)
    for weekday in range(5):
        for start, takes in ((9, "both"), (15, "appointment")):
            hours = actions.Hours(weekday, dt.time(start), dt.time(start + 2), takes)
            actions.add_hours(by=lucia, point=row, hours=hours)
    return row


@pytest.fixture
def book(point: HelpPoint):
    """Makes an appointment; by default Maria's, at the portal, tomorrow at nine."""

    def make(starts_at: dt.datetime | None = None, *, by: Actor = VISITOR, once: str = "", **more: Any):
        values = {"name": "Maria Bassi", "contact": "email", "contact_value": "maria@posta.example"} | more
        new = actions.NewAppointment(starts_at or at(9, days=1), **values)
        return actions.book(by=by, point=point, new=new, once=once)

    return make


@pytest.fixture
def note(lucia: Actor):
    """Notes a contact."""

    def make(kind: str = Kind.INFORMATION, *, by: Actor = lucia, **more: Any):
        values = {"once": f"once-{next(_sent)}"} | more
        return actions.note_contact(by=by, new=actions.NewContact(kind, **values))

    return make


@pytest.fixture
def file(lucia: Actor, cast: Cast) -> HelpFile:
    new = actions.NewFile("Domanda per il bonus affitto", "Va accompagnata al CAF.")
    row = actions.open_file(by=lucia, new=new, owner=cast.lucia)
    return queries.file_named(lucia, row.reference)
