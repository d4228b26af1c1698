"""Made-up estates: always the same for a seed, of the size that was asked for, and with work enough for a plan."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks import made_up_estate
from benchmarks.made_up_estate import SIZES, estate, tiny, works
from vicinia_analytics.rehousing import Instance


@pytest.mark.parametrize("name", SIZES)
def test_an_estate_is_as_large_as_asked(name: str) -> None:
    size = SIZES[name]
    made = estate(**size._asdict(), seed=3)
    assert (len(made.dwellings), len(made.households), len(made.periods)) == (*size[:2], size.periods)
    pool = [dwelling for dwelling in made.dwellings if dwelling.lot == "pool"]
    assert len(pool) == size.pool and all(all(dwelling.available) for dwelling in pool)
    assert not {household.home for household in made.households} & {dwelling.id for dwelling in pool}
    worked_on = [dwelling for dwelling in made.dwellings if dwelling.lot != "pool"]
    assert len({dwelling.lot for dwelling in worked_on}) == size.lots
    assert all(one.available[0] and one.available[-1] and not all(one.available) for one in worked_on)


def test_a_seed_gives_the_same_estate_and_another_a_different_one() -> None:
    first = estate(50, 34, 3, 8, 8, seed=1)
    assert estate(50, 34, 3, 8, 8, seed=1).sha256 == first.sha256 != estate(50, 34, 3, 8, 8, seed=2).sha256
    assert tiny(5) == tiny(5) != tiny(6)


def test_tight_is_tighter() -> None:
    easy, tight = (estate(120, 99, 6, 9, 0, seed=1, tight=tight) for tight in (0.0, 1.0))
    assert sum(one.size for one in tight.households) > sum(one.size for one in easy.households)
    assert sum(one.step_free for one in tight.dwellings) < sum(one.step_free for one in easy.dwellings)


def test_lots_are_worked_on_one_after_the_other() -> None:
    assert works(3, 8) == [range(1, 3), range(3, 5), range(5, 7)]
    assert works(4, 4) == [range(1, 2), range(1, 2), range(2, 3), range(2, 3)]


@pytest.mark.parametrize("size", [(20, 13, 2, 6, 8), (20, 10, 2, 2, 8), (20, 10, 0, 6, 8)])
def test_an_estate_that_can_not_be_is_refused(size: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="An estate needs"):
        estate(*size, seed=1)


def test_tiny_cases_have_every_kind_of_rule() -> None:
    cases = [tiny(seed) for seed in range(100)]
    households = [household for case in cases for household in case.households]
    assert {len(case.households) for case in cases} == {2, 3, 4}
    assert {len(case.dwellings) for case in cases} == {3, 4, 5} and {len(case.periods) for case in cases} == {3, 4}  # fmt: skip
    assert {case.moves_per_period for case in cases} == {None, 0, 1, 2}
    assert any(case.published for case in cases) and any(case.fixed for case in cases)
    for rule in ("near", "refuses", "fragile", "needs_step_free", "claims_return"):
        assert {bool(getattr(household, rule)) for household in households} == {True, False}, rule


def test_an_estate_on_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["made_up_estate", "50", "34", "3", "8", "--pool", "8"])
    made_up_estate.main()
    assert Instance.from_json(json.loads(capsys.readouterr().out)) == estate(50, 34, 3, 8, 8, seed=1)
