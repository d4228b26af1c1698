"""La mia giornata shows a meeting of today, minutes to close, and what was undertaken at a table."""

import pytest
from django.test import Client
from django.urls import reverse

from vicinia.domain.meetings import actions
from vicinia.domain.meetings.tests.conftest import (
    _with_a_password_only,
    add,
    anna,
    carla,
    casa,
    case,
    held,
    meeting,
    plan,
    rita,
)
from vicinia.foundation.kernel import clock
from vicinia.interfaces.desk.day import day_of

__all__ = ["_with_a_password_only", "add", "anna", "carla", "casa", "case", "held", "meeting", "plan", "rita"]
pytestmark = pytest.mark.django_db


def today(by):
    return {one.what: one for one in day_of(by).today}


def test_a_meeting_of_today_and_then_its_minutes(cast, anna, meeting):
    row = today(anna)["Tavolo di rete, 10:00–11:30"]
    assert (row.url, row.kind) == (reverse("meeting", args=[meeting.reference]), "deadline")
    assert "Tavolo di rete, 10:00–11:30" not in today(cast.actor(cast.lucia)), "she is not invited"
    actions.hold(by=anna, meeting=meeting)
    assert today(anna)["Verbale da chiudere"].url == reverse("meeting_minutes", args=[meeting.reference])


def test_what_was_undertaken_comes_up_in_the_day(cast, anna, held, case):
    lucia = cast.actor(cast.lucia)
    for item, what in ((held.items.get(case=case), "Telefonare"), (held.items.get(case=None), "Scrivere")):
        actions.add_action(by=anna, item=item, new=actions.NewAction(what, clock.today(), user=cast.lucia))
    found = today(lucia)
    assert found["Telefonare"].why.startswith("Caso ")
    assert found["Scrivere"].why == f"Lucia Sala, tavolo {held.reference}"
    client = Client()
    client.force_login(cast.lucia)
    assert client.post(found["Scrivere"].dos[0].url).status_code == 303
    assert "Scrivere" not in today(lucia)
