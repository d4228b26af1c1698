"""In which order lots need the fewest spare flats, if one crew works on one lot after another.

A lot sends `out` households away when its works begin and gives `back` dwellings when they end: the relocation problem (E. H. Kaplan 1986,
Relocation models for public housing redevelopment programs, Environment and Planning B 13). It is a flow shop of two machines, whose best
order is Johnson's rule (S. M. Johnson 1954, Optimal two- and three-stage production schedules with setup times included, Naval Research
Logistics Quarterly 1:61-68).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vicinia_analytics.rehousing.inputs import Instance


@dataclass(frozen=True, slots=True)
class Lot:
    """What works on a lot take and give: households that leave, dwellings that are there again after them. ValueError below 0."""

    id: str
    out: int
    back: int

    def __post_init__(self) -> None:
        if min(self.out, self.back) < 0:
            raise ValueError(f"Lot {self.id}: neither households nor dwellings are below 0.")


@dataclass(frozen=True, slots=True)
class Order:
    """Lots in an order, and the spare flats that it needs before the first begins."""

    lots: tuple[Lot, ...]
    pool: int


def pool_needed(lots: Sequence[Lot]) -> int:
    """Spare flats that an order needs: max over k of (Σ of `out` up to k − Σ of `back` before k); 0 without lots."""
    pool, lent = 0, 0
    for lot in lots:
        lent += lot.out
        pool = max(pool, lent)
        lent -= lot.back
    return pool


def order_lots(lots: Sequence[Lot]) -> Order:
    """The order that needs the fewest spare flats (Johnson 1954).

    First lots that give back as many as they take or more, those that take few first; then the others, those that give much first.
    Of equal ones the earlier given comes first. Flats are taken to suit everybody: with sizes and needs, `size_pool` says more.
    """
    gaining = sorted((lot for lot in lots if lot.back >= lot.out), key=lambda lot: lot.out)
    losing = sorted((lot for lot in lots if lot.back < lot.out), key=lambda lot: -lot.back)
    order = (*gaining, *losing)
    return Order(order, pool_needed(order))


def lots_of(instance: Instance) -> tuple[Lot, ...]:
    """The lots of an instance that works go through, in the order in which they begin there.

    `out` counts households whose home is closed in some period, `back` dwellings that were closed and are open in the last period.
    """
    closed = [dwelling for dwelling in instance.dwellings if not all(dwelling.available)]
    closed.sort(key=lambda dwelling: dwelling.available.index(False))
    homes = {household.home for household in instance.households}
    out = Counter(dwelling.lot for dwelling in closed if dwelling.id in homes)
    back = Counter(dwelling.lot for dwelling in closed if dwelling.available[-1])
    return tuple(Lot(name, out[name], back[name]) for name in dict.fromkeys(one.lot for one in closed))
