"""Who keeps notices and events in the tests, and some of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from vicinia.domain.outreach import actions
from vicinia.domain.outreach.actions import Audience, EventPlan, NewNotice, NewText
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.kernel import clock


@pytest.fixture
def lucia(cast):
    """The laboratory worker."""
    return cast.actor(cast.lucia)


@pytest.fixture
def anna(cast):
    """An operator, who sees and prepares nothing."""
    return cast.actor(cast.anna)


@pytest.fixture
def house(cast):
    """A building with stair A (3 doors) and stair B (2 doors) in Crocetta."""
    building = Building.objects.create(code="roma1", name="Via Roma 1", area=cast.crocetta)
    stairs = [Stair.objects.create(building=building, name=name) for name in ("A", "B")]
    for stair, doors in zip(stairs, (3, 2), strict=True):
        for number in range(1, doors + 1):
            Dwelling.objects.create(
                building=building, stair=stair, code=f"{stair.pk}-{number}", floor=0, door=f"int. {number}"
            )
    return building


TEXT = NewText(
    "Mercoledì manca l'acqua", "Dalle 9 alle 12.\n\n- Riempi **una bottiglia**.\n\nChiama {{ phone }}."
)


@pytest.fixture
def prepare(lucia):
    """Prepares a notice; `published=True` and by which ways it goes out."""

    def make(*ways: str, published: bool = False, **more: Any):
        texts = more.pop("texts", [TEXT])
        audience = more.pop("audience", Audience())
        row = actions.prepare_notice(by=lucia, new=NewNotice(texts, audience, **more))
        if published or ways:
            row = actions.approve_notice(by=lucia, notice=row)
            row = actions.publish_notice(by=lucia, notice=row, ways=ways)
        return row

    return make


@pytest.fixture
def event_plan():
    """The plan of an event in ten days."""

    def make(**more: Any) -> EventPlan:
        day = more.pop("day", clock.today() + dt.timedelta(days=10))
        return EventPlan(
            **{
                "title": "Festa di cortile",
                "day": day,
                "from_time": dt.time(15),
                "to_time": dt.time(18),
                "place": "Cortile di via Roma 1",
            }
            | more
        )

    return make


@pytest.fixture
def announced(lucia, event_plan):
    """An announced event."""

    def make(**more: Any):
        row = actions.request_event(by=lucia, new=event_plan(**more))
        return actions.announce_event(by=lucia, event=row)

    return make
