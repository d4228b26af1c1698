"""The town lives: every story is told by the real acts, whatever the hour at which it is made."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from vicinia.demo import seeding
from vicinia.demo.stories import STORIES
from vicinia.domain.agreements.models import BehaviourAgreement
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.meetings.models import Meeting
from vicinia.domain.presence.models import KeyContact, Observation, Round
from vicinia.domain.reviews.models import Review
from vicinia.foundation.kernel import clock
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")


# Before everybody is up on a Monday, and on New Year's night.
@pytest.mark.parametrize("moment", ["2026-11-23T06:10", "2027-01-01T00:20"])
def test_every_act_of_every_story_is_one_that_the_rules_allow(moment: str) -> None:
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=ROME)
    happened = seeding.live(now=now, reports=40)
    told = sum(len(story.acts) for story in STORIES)
    assert happened >= told
    assert Case.objects.count() >= len(STORIES) and Report.objects.count() >= 40
    assert not Report.objects.filter(received_at__gt=now).exists()
    assert not OutboxMessage.objects.due().exists()
    assert sorted(Meeting.objects.values_list("state", flat=True)) == ["minuted", "planned"]
    assert sorted(BehaviourAgreement.objects.values_list("state", flat=True)) == [
        *("completed", "in_force", "refused")
    ]
    assert BehaviourAgreement.objects.due(now.date() + dt.timedelta(days=5)).exists(), "a review is due soon"
    assert sorted(Review.objects.values_list("state", flat=True)) == ["asked", "decided"]
    with clock.at(now):
        page = Client().get(seeding.page_of_a_resident()).content.decode()
    assert "Hai diritto a chiedere un riesame" in page
    assert_the_unit_walks(now)


def assert_the_unit_walks(now: dt.datetime) -> None:
    """Rounds of the past weeks with their outcomes, one planned today; some key contacts due, none of it in the future."""
    assert Round.objects.filter(state="done").count() >= 30
    assert Round.objects.filter(planned_on=now.date(), state="planned").exists()
    assert not Round.objects.filter(ended_at__gt=now).exists()
    assert set(Observation.objects.values_list("became", flat=True)) >= {
        "nothing",
        "report",
        "linked",
        "note",
    }
    due = KeyContact.objects.due_by(now.date()).count()
    assert 0 < due < KeyContact.objects.count()
