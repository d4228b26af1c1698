"""Making a plan anew: what is agreed stays, and whoever was told something hears as little else as can be."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.made_up_estate import SIZES, estate
from vicinia_analytics.rehousing import Fixed, Status, check, solve
from vicinia_analytics.rehousing.calendars import with_calendar
from vicinia_analytics.rehousing.starts import MovableLot
from vicinia_analytics.tests.rehousing.estates import dwelling, household, instance


def test_the_published_plan_stays_if_it_can() -> None:
    of = estate(*SIZES["building"][:5], seed=2)
    first = solve(of, restrict_early_moves=True)
    again = replace(of, published=first.assignments)
    plan = solve(again, restrict_early_moves=True)
    assert (plan.status, plan.values) == (Status.OPTIMAL, first.values)
    assert plan.assignments == first.assignments and check(again, plan).is_right


def test_after_a_slip_few_are_disturbed() -> None:
    of = estate(*SIZES["building"][:5], seed=2)
    first = solve(of, restrict_early_moves=True)
    lots = [MovableLot("3", 2, 1, 6)]
    later = replace(with_calendar(of, lots, (5,)), published=first.assignments)
    plan = solve(later)
    untold = solve(replace(later, published=None))
    assert plan.status is Status.OPTIMAL and check(later, plan).is_right
    assert plan.values[0] == untold.values[0] and plan.values[1] > 0
    moved = {name for name, row in plan.assignments.items() if row != first.assignments[name]}
    moved_more = {name for name, row in untold.assignments.items() if row != first.assignments[name]}
    assert len(moved) < len(moved_more)


def test_dwellings_that_are_alike_are_not_for_those_who_were_told_one() -> None:
    """Both spare flats are alike, and a was told the second, b the first; a is told so from the very period in which b leaves."""
    flats = [dwelling("s1", "111", building="P"), dwelling("s2", "111", building="P")]
    of = instance(
        [dwelling("d1", "100"), dwelling("d2", "100"), *flats],
        [household("a", "d1"), household("b", "d2")],
        published={"a": ("d1", "s2", "s2"), "b": ("d2", "s1", "s1")},
    )
    plan = solve(of)
    assert plan.values[:3] == (0, 0, 4) and plan.assignments == of.published


def test_a_published_change_between_equal_dwellings_is_a_move() -> None:
    flats = [dwelling("s1", "111", building="P"), dwelling("s2", "111", building="P")]
    of = instance(
        [dwelling("d1", "100"), *flats],
        [household("a", "d1", max_moves=2)],
        published={"a": ("d1", "s2", "s1")},
    )
    plan = solve(of)
    assert plan.status is Status.OPTIMAL and plan.values[:3] == (0, 0, 4)
    assert plan.assignments == of.published and check(of, plan).is_right


def test_what_is_agreed_stays() -> None:
    of = instance(
        [dwelling("d1", "100"), dwelling("d2", "111"), dwelling("d3", "011"), dwelling("d4", "111")],
        [household("a", "d1"), household("b", "d2")],
        fixed=(Fixed("a", 0, "d1"), Fixed("a", 1, None), Fixed("a", 2, "d4"), Fixed("b", 2, "d3")),
    )
    plan = solve(of)
    assert plan.status is Status.OPTIMAL and check(of, plan).is_right
    assert plan.assignments["a"] == ("d1", None, "d4") and plan.assignments["b"][2] == "d3"
