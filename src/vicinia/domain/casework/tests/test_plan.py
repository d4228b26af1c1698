"""What is wanted in a case, and the day on which it is looked at again."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Matter
from vicinia.domain.casework.tests.factories import close_case
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon() -> dt.date:
    return clock.today() + dt.timedelta(days=10)


def planned(by, case, soon, **changed):
    values = {"goal": "Dormire di notte.", "review_on": soon, "seen_version": 0}
    return actions.write_plan(by=by, case=case, **(values | changed))


def test_a_plan_is_written_and_comes_up_on_its_day(anna, case, soon) -> None:
    assert planned(anna, case, soon).version == 1
    matter = Matter.objects.get(key=f"plan:{case.pk}")
    assert (matter.due_on, matter.sentence) == (soon, "Rivedere il piano del caso.")
    with pytest.raises(Conflict):
        planned(anna, case, soon)
    later = soon + dt.timedelta(days=30)
    assert planned(anna, case, later, seen_version=1).version == 2
    assert Matter.objects.get(key=f"plan:{case.pk}").due_on == later
    close_case(anna, case)
    assert not Matter.objects.filter(key=f"plan:{case.pk}").exists()


def test_a_plan_says_what_for_and_until_when(anna, case, soon, cast: Cast) -> None:
    with pytest.raises(Refused, match="che cosa volete"):
        planned(anna, case, soon, goal=" ")
    with pytest.raises(Refused, match="già passato"):
        planned(anna, case, clock.today() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="non lavora"):
        planned(cast.actor(cast.vera), case, soon)


def test_the_plan_of_a_case_about_one_person_goes_with_them(anna, case, soon) -> None:
    planned(anna, case, soon)
    actions.erase_person(by=anna, person_id=case.case_people.get().person_id)
    assert queries.plan_of(case).goal == ""
