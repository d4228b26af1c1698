"""The plan that is made at once: whole, right, and no worse than nothing."""

from __future__ import annotations

import pytest

from benchmarks.made_up_estate import SIZES, estate, tiny
from vicinia_analytics.rehousing import Fixed, Plan, Status, check
from vicinia_analytics.rehousing.figures import values
from vicinia_analytics.rehousing.greedy import Row, greedy
from vicinia_analytics.rehousing.inputs import Instance
from vicinia_analytics.rehousing.plans import LEVELS, Level
from vicinia_analytics.tests.rehousing.estates import dwelling, household, instance
from vicinia_analytics.tests.rehousing.everything import best_values


def as_plan(of: Instance, rows: dict[str, Row], *, restricted: bool = False) -> Plan:
    levels = tuple(Level(name, value, 0) for name, value in zip(LEVELS, values(of, rows), strict=True))
    status = Status.FEASIBLE if any(level.value for level in levels) else Status.OPTIMAL
    return Plan(status, restricted, levels, rows, 0.0, "greedy", 0, of.sha256)


@pytest.mark.parametrize("restricted", [False, True])
def test_it_keeps_every_rule_and_is_no_better_than_the_best(restricted: bool) -> None:
    found = 0
    for seed in range(80):
        of = tiny(seed)
        rows = greedy(of, restricted=restricted)
        if rows is not None:
            found += 1
            best = best_values(of, restricted=restricted)
            assert check(of, as_plan(of, rows, restricted=restricted)).is_right, seed
            assert best is not None and best <= values(of, rows), seed
    assert found > 40


def test_it_houses_an_estate() -> None:
    of = estate(*SIZES["building"][:5], seed=1)
    rows = greedy(of, restricted=True)
    assert rows is not None and check(of, as_plan(of, rows, restricted=True)).is_right


def test_who_finds_no_way_goes_first_next_time() -> None:
    """b claims to return to building B, where only d3 is open in the end: a, who would like it too, has to wait."""
    of = instance(
        [dwelling("d1", "10"), dwelling("d2", "10", building="B"), dwelling("d3", "01", building="B")],
        [
            household("a", "d1", fragile=True, claims_return=False),
            household("b", "d2", claims_return=True),
        ],
    )
    assert greedy(of) == {"a": ("d1", None), "b": ("d2", "d3")}


def test_some_have_no_way() -> None:
    of = instance([dwelling("d1", "10")], [household("a", "d1", claims_return=True)])
    assert greedy(of) is None
    two = instance(
        [dwelling("d1", "10"), dwelling("d2", "10"), dwelling("d3", "01")],
        [household("a", "d1", claims_return=True), household("b", "d2", claims_return=True)],
    )
    assert greedy(two) is None


def test_rows_that_are_kept_stay_as_they_are() -> None:
    of = instance(
        [dwelling("d1", "100"), dwelling("d2", "111"), dwelling("d3", "111", building="B")],
        [household("a", "d1"), household("b", "d2")],
        fixed=(Fixed("a", 1, None),),
    )
    kept: dict[str, Row] = {"b": ("d2", "d2", "d2")}
    assert greedy(of, kept=kept) == {"a": ("d1", None, "d3"), **kept}
    assert greedy(of, kept=kept, nobody_outside=True) == {"a": ("d1", None, "d3"), **kept}
