"""Calendars: which there are, which is best, and what is said when not all were tried."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from benchmarks.made_up_estate import SIZES, estate
from vicinia_analytics.rehousing import RehousingInputError, check, solve
from vicinia_analytics.rehousing import starts as module
from vicinia_analytics.rehousing.calendars import calendars, fits, neighbours, with_calendar
from vicinia_analytics.rehousing.starts import MovableLot, plan_starts
from vicinia_analytics.tests.rehousing.estates import dwelling, household, instance

OF = instance(
    [
        dwelling("a1", "11111", building="A"),
        dwelling("a2", "11111", building="A"),
        dwelling("b1", "11111", building="B"),
        dwelling("p1", "11111", building="P"),
        dwelling("p2", "11111", building="P"),
    ],
    [household("a", "a1", fragile=True), household("b", "b1", claims_return=True), household("c", "a2")],
)
LOTS = [MovableLot("A", 1, 1, 4), MovableLot("B", 1, 1, 4)]


def test_calendars_keep_precedence_and_crews() -> None:
    lots = [
        MovableLot("A", 2, 1, 3, after=("B",)),
        MovableLot("B", 1, 1, 9),
        MovableLot("C", 1, 2, 2, crew="x"),
        MovableLot("D", 1, 1, 3, crew="x"),
    ]
    listed = list(calendars(lots, 5))
    wanted = [
        one
        for one in itertools.product(range(5), repeat=4)
        if 1 <= one[0] <= 3 and one[0] + 2 <= 5 and one[1] >= 1 and one[1] + 1 <= one[0]
        and one[2] == 2 and 1 <= one[3] <= 3 and one[3] != 2
    ]  # fmt: skip
    assert listed == wanted and wanted
    assert all(set(neighbours(lots, one, 5)) <= set(wanted) - {one} for one in wanted)
    assert not fits(lots, (1, 1))


@pytest.mark.parametrize("restricted", [False, True])
def test_the_best_calendar_of_all(restricted: bool) -> None:
    found = plan_starts(OF, LOTS, restrict_early_moves=restricted)
    every = [
        solve(with_calendar(OF, LOTS, one), restrict_early_moves=restricted).values
        for one in calendars(LOTS, 5)
    ]
    assert found.plan is not None and found.proved
    assert found.plan.values == min(one for one in every if one) and found.tried == len(every)
    assert found.bounds == {level.name: level.value for level in found.plan.levels}
    assert found.instance == with_calendar(OF, LOTS, tuple(found.starts[one.lot] for one in LOTS))
    assert check(found.instance, found.plan).is_right


def test_of_many_calendars_a_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    best = plan_starts(OF, LOTS)
    monkeypatch.setattr(module, "ALL", 3)
    found = plan_starts(OF, LOTS)
    assert found.plan is not None and best.plan is not None and not found.proved
    assert found.plan.values == best.plan.values
    assert found.bounds["moves"] == 3 + 2 + 2 <= found.plan.values[2]
    crowded = replace(
        OF, households=(*OF.households, household("d", "p1", max_moves=0), household("e", "p2"))
    )
    outside = plan_starts(crowded, [replace(LOTS[0], latest=2), LOTS[1], MovableLot("P", 1, 1, 4)])
    assert outside.plan is not None and outside.plan.values[0] > 0 and outside.bounds["moves"] == 0


def test_a_larger_estate() -> None:
    of = estate(*SIZES["building"][:5], seed=1)
    lots = [
        MovableLot("1", 2, 1, 5, crew="x"),
        MovableLot("2", 2, 1, 5, crew="x"),
        MovableLot("3", 2, 1, 5, crew="x"),
    ]
    found = plan_starts(of, lots)
    assert found.plan is not None and found.proved and found.tried == 6
    assert found.plan.values <= solve(of, restrict_early_moves=True).values


def test_it_stops_when_asked() -> None:
    found = plan_starts(OF, LOTS, should_stop=lambda: True)
    assert (found.plan, found.proved, found.tried) == (None, False, 0)
    late = plan_starts(OF, LOTS, time_limit=0.0)
    assert (late.plan, late.proved, late.tried) == (None, False, 0)


def test_some_calendars_have_no_plan() -> None:
    """b must not move and claims to be at home: works on B may not be in its way in the last period, nor ever without somebody outside."""
    still = replace(OF, households=(replace(OF.households[1], max_moves=0),))
    found = plan_starts(still, LOTS, time_limit=60.0)
    assert found.plan is None and found.proved and found.tried == 16
    early = plan_starts(OF, [MovableLot("A", 1, 1, 2)], nobody_outside=True)
    assert early.plan is not None and early.proved


@pytest.mark.parametrize(
    ("lots", "problem"),
    [
        ([MovableLot("Z", 1, 1, 1)], "lots[0].lot: no dwelling is of lot Z"),
        ([MovableLot("A", 1, 1, 1), MovableLot("A", 1, 1, 1)], "lots[1].lot: A is there twice"),
        ([MovableLot("A", 0, 1, 1)], "lots[0].duration: 0 is below 1"),
        ([MovableLot("A", 1, 0, 1)], "lots[0].earliest: works can't begin before period 1; period 0 is today"),
        ([MovableLot("A", 1, 2, 1)], "lots[0].latest: 1 is before 2"),
        ([MovableLot("A", 1, 1, 1, after=("A",))], "lots[0].after: A is none of the other lots"),
        ([MovableLot("A", 1, 1, 1, after=("B",)), MovableLot("B", 0, 1, 1)], "lots[1].duration: 0 is below 1"),
        ([MovableLot("A", 9, 1, 1)], "lots: no calendar keeps earliest and latest starts, precedence and crews"),
    ],
)  # fmt: skip
def test_lots_that_can_not_be(lots: list[MovableLot], problem: str) -> None:
    with pytest.raises(RehousingInputError) as refused:
        plan_starts(OF, lots)
    assert problem in refused.value.problems
