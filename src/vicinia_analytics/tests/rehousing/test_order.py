"""The order of lots: the known answer, and every order tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_up_estate import estate
from vicinia_analytics.rehousing import Lot, Order, lots_of, order_lots, pool_needed
from vicinia_analytics.tests.rehousing.small import SMALL

KNOWN = [Lot("w", 18, 16), Lot("x", 22, 24), Lot("y", 12, 12), Lot("z", 30, 28)]


def test_the_known_answer() -> None:
    order = order_lots(KNOWN)
    assert [(lot.out, lot.back) for lot in order.lots] == [(12, 12), (22, 24), (30, 28), (18, 16)]
    assert order.pool == pool_needed(order.lots) == 28
    assert max(pool_needed(lots) for lots in permutations(KNOWN)) == 32


def test_no_order_of_2000_random_cases_is_better() -> None:
    random = np.random.default_rng(20270101)
    for _ in range(2_000):
        numbers = random.integers(0, 12, size=(int(random.integers(1, 7)), 2)).tolist()
        lots = [Lot(str(at), out, back) for at, (out, back) in enumerate(numbers)]
        assert order_lots(lots).pool == min(pool_needed(order) for order in permutations(lots))


lots = st.lists(st.builds(Lot, st.just("a"), st.integers(0, 50), st.integers(0, 50)), max_size=30)


@given(lots)
def test_the_pool_is_enough_and_one_less_is_not(listed: list[Lot]) -> None:
    """Followed by hand: spare flats are taken and given back, and never fall below none."""

    def lasts(pool: int, order: tuple[Lot, ...]) -> bool:
        for lot in order:
            if pool < lot.out:
                return False
            pool += lot.back - lot.out
        return True

    order = order_lots(listed)
    assert sorted(order.lots, key=lambda lot: (lot.out, lot.back)) == sorted(listed, key=lambda lot: (lot.out, lot.back))  # fmt: skip
    assert lasts(order.pool, order.lots) and (order.pool == 0 or not lasts(order.pool - 1, order.lots))


def test_nothing_to_order() -> None:
    assert order_lots([]) == Order((), 0)


@pytest.mark.parametrize(("out", "back"), [(-1, 0), (0, -1)])
def test_numbers_below_0_are_refused(out: int, back: int) -> None:
    with pytest.raises(ValueError, match="Lot a: neither households nor dwellings are below 0"):
        Lot("a", out, back)


def test_lots_of_an_instance() -> None:
    """Only what works go through counts: lot 3 and the pool do not."""
    assert lots_of(SMALL) == (Lot("1", 1, 1), Lot("2", 1, 1))
    made = estate(50, 34, 3, 8, 8, seed=1)
    found = lots_of(made)
    assert [(lot.id, lot.back) for lot in found] == [("1", 14), ("2", 14), ("3", 14)]
    assert sum(lot.out for lot in found) == 34
    assert lots_of(replace(made, dwellings=made.dwellings[::-1])) == found, "in the order of the works"


def test_what_is_pulled_down_is_not_given_back() -> None:
    made = estate(50, 34, 3, 8, 8, seed=1)
    gone = replace(made.dwellings[0], available=(True, *[False] * 7))
    assert lots_of(replace(made, dwellings=(gone, *made.dwellings[1:])))[0].back == 13
