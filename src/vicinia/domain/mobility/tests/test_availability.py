"""On which days nobody can live in a dwelling."""

from __future__ import annotations

import datetime as dt

import pytest

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.models import Spell, Unit
from vicinia.domain.mobility.tests.factories import DAY, a_lot, a_relocation, court, works
from vicinia.domain.worksites.models import Worksite
from vicinia.foundation.kernel import clock

TODAY = dt.date(2027, 1, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return Worksite.objects.create(reference="CA1", name="Tetti", summary="", who_to_call="")


@pytest.fixture
def lot(site):
    return a_lot(site, TODAY + 30 * DAY, TODAY + 90 * DAY)


def closed_of(relocation, door, since=TODAY, until=None):
    facts = {one.dwelling_id: one for one in queries.availability(relocation, since, until)}
    return [(one.from_day, one.to_day, one.why, one.lot_reference) for one in facts[door.pk].closed]


def test_works_that_empty_a_dwelling_close_it_and_others_do_not(category, site, lot):
    first, second, third, _free = doors = court("A")
    works(lot, first, TODAY + 30 * DAY, TODAY + 60 * DAY)
    works(lot, second, TODAY + 30 * DAY, TODAY + 60 * DAY, must_be_empty=False)
    works(lot, third, TODAY + 30 * DAY, TODAY + 60 * DAY, kind="demolish", must_be_empty=False)
    relocation = a_relocation(category, *doors, sites=(site,))
    assert closed_of(relocation, first) == [(TODAY + 30 * DAY, TODAY + 60 * DAY, "refurbish", lot.reference)]
    assert closed_of(relocation, second) == []
    assert closed_of(relocation, third) == [(TODAY + 30 * DAY, None, "demolish", lot.reference)]
    assert closed_of(relocation, first, TODAY + 61 * DAY) == []
    assert closed_of(relocation, first, TODAY, TODAY + 29 * DAY) == []


def test_works_that_are_late_close_it_until_today_at_least(category, lot, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    door, other = doors = court("A", doors=2)
    works(lot, door, TODAY - 30 * DAY, TODAY - 5 * DAY, began_on=TODAY - 28 * DAY)
    works(lot, other, TODAY - 30 * DAY, TODAY - 5 * DAY, began_on=TODAY - 28 * DAY, ended_on=TODAY - 9 * DAY)
    relocation = a_relocation(category, *doors)
    assert closed_of(relocation, door) == [(TODAY - 28 * DAY, TODAY, "refurbish", lot.reference)]
    assert closed_of(relocation, other) == []


def test_spells_and_the_end_of_a_house_close_it_too(category):
    door, other = doors = court("A", doors=2)
    relocation = a_relocation(category, *doors)
    unit = Unit.objects.get(dwelling=door)
    Spell.objects.create(unit=unit, kind="not_yet", from_day=TODAY - 99 * DAY, to_day=TODAY + 9 * DAY)
    other.retired_on = TODAY + 5 * DAY
    other.save()
    assert closed_of(relocation, door) == [(TODAY - 99 * DAY, TODAY + 9 * DAY, "not_yet", "")]
    assert closed_of(relocation, other) == [(TODAY + 5 * DAY, None, "gone", "")]


def test_what_a_dwelling_is(category):
    doors = court("A", doors=4, has_lift=False, is_step_free=True)
    doors[3].is_accessible = True
    doors[1].is_accessible = False
    doors[0].square_metres = None
    for door in doors:
        door.save()
    facts = queries.availability(a_relocation(category, *doors), TODAY)
    assert [(one.code, one.floor, one.step_free, one.is_known) for one in facts] == [
        ("A-1", 0, True, False),
        ("A-2", 0, False, True),
        ("A-3", 1, False, True),
        ("A-4", 1, True, True),
    ]


def test_it_takes_the_same_queries_for_one_dwelling_and_for_many(category, lot, django_assert_num_queries):
    relocation = a_relocation(category, *court("A", doors=40))
    for unit in Unit.objects.select_related("dwelling"):
        works(lot, unit.dwelling, TODAY, TODAY + 9 * DAY)
        Spell.objects.create(unit=unit, kind="unfit", from_day=TODAY)
    with django_assert_num_queries(3):
        facts = queries.availability(relocation, TODAY)
    assert [len(one.closed) for one in facts] == [2] * 40
    assert facts[0].closed_on(TODAY).words and facts[0].closed_on(TODAY - DAY) is None
