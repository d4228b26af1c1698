"""A mobility plan that a slip has overtaken is on the day of who makes plans, and of nobody else."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.domain.mobility.states import PlanState
from vicinia.domain.mobility.tests.factories import a_relocation
from vicinia.foundation.kernel import clock
from vicinia.interfaces.desk.day import day_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def overtaken(db: None) -> MobilityPlan:
    relocation = a_relocation(Category.objects.create(code="mobilita", name="Mobilità"))
    relocation.stale_since = clock.now()
    relocation.save()
    return MobilityPlan.objects.create(
        relocation=relocation,
        number=4,
        state=PlanState.PUBLISHED,
        slot=None,
        first_day=clock.today(),
        asked_by="Lucia",
        instance_sha256="x",
    )


def test_who_makes_plans_reads_that_one_holds_no_more(cast: Cast, overtaken: MobilityPlan) -> None:
    for user, sees in ((cast.carla, True), (cast.lucia, True), (cast.anna, False)):
        said = [item.what for item in day_of(cast.actor(user)).today]
        assert ("I lavori slittano: il piano 4 non vale più" in said) is sees


def test_it_leads_to_a_new_plan_with_the_fewest_changes(cast: Cast, overtaken: MobilityPlan) -> None:
    (item,) = [one for one in day_of(cast.actor(cast.lucia)).today if "piano 4" in one.what]
    assert item.dos[0].url == "/laboratorio/mobilita/MB1/piani/nuovo?tipo=replan"
