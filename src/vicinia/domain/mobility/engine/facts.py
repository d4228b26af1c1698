"""What a plan is made of, gathered from the register: numbers of households and dwellings, no name and no word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vicinia.domain.mobility.states import Change
from vicinia.foundation.kernel import clock

if TYPE_CHECKING:
    from vicinia.domain.mobility.queries.availability import Closed, UnitFacts

Question = Mapping[str, Any]
"""What a what-if asks: `change` is one of `Change`, the other keys are its values; empty if nothing is asked."""


def dwelling_key(pk: int) -> str:
    """How a dwelling is called in the exchange format."""
    return f"d{pk}"


def household_key(number: int) -> str:
    """How a household is called in the exchange format."""
    return f"h{number}"


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """One household. `lives_in` is the dwelling of today, None outside the relocation; `home` where it comes from."""

    number: int
    lives_in: int | None
    home: int
    size: int
    needs_step_free: bool = False
    fragile: bool = False
    moves_left: int = 2
    claims_return: bool = False
    near: tuple[int, ...] = ()
    refuses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """Decided or agreed: a household in a dwelling (None: outside) from a month to another (None: to the end).

    `while_away`: only until its home is ready, if it claims to come back.
    """

    household: int
    dwelling: int | None
    from_month: dt.date
    to_month: dt.date | None
    while_away: bool = False


@dataclass(frozen=True)
class Facts:
    """All that a plan is made of. `sizes` has least m² and least rooms by number of people, from 1 on.

    `published`: of each household the months in which something changes for it, with the dwelling from then on.
    `others` are dwellings where somebody lives who has no file: nobody can be put there.
    """

    today: dt.date
    units: Sequence[UnitFacts]
    households: Sequence[HouseholdFacts]
    sizes: Sequence[tuple[float, int]]
    fixes: Sequence[Fix] = ()
    removals: int | None = None
    published: Mapping[int, Sequence[tuple[dt.date, int | None]]] | None = None
    others: frozenset[int] = frozenset()
    spare: Sequence[tuple[float, int, bool]] = field(default=())
    """What a what-if adds: spare flats by m², rooms and whether without steps."""

    def least(self, people: int) -> tuple[float, int]:
        """Least m² and least rooms for so many people."""
        return self.sizes[min(people, len(self.sizes)) - 1]

    def unit(self, dwelling: int) -> UnitFacts | None:
        """The unit of a dwelling, if it is one."""
        return next((unit for unit in self.units if unit.dwelling_id == dwelling), None)

    def asked(self, question: Question) -> Facts:
        """The facts as they would be if what a question supposes were so."""
        change = _CHANGES.get(question.get("change", ""))
        return change(self, question) if change else self


def _spare(facts: Facts, question: Question) -> Facts:
    one = (float(question["area_m2"]), int(question["rooms"]), bool(question["step_free"]))
    return replace(facts, spare=(one,) * int(question["count"]))


def _lot_later(facts: Facts, question: Question) -> Facts:
    lot, months = question["lot"], int(question["months"])
    units = [
        replace(unit, closed=tuple(_later(one, lot, months, facts.today) for one in unit.closed))
        for unit in facts.units
    ]
    return replace(facts, units=units)


def _later(one: Closed, lot: str, months: int, today: dt.date) -> Closed:
    if one.lot_reference != lot:
        return one
    # Works that have begun end later; those to come begin later too.
    begins = one.from_day if one.from_day <= today else clock.add_months(one.from_day, months)
    ends = None if one.to_day is None else clock.add_months(one.to_day, months)
    return replace(one, from_day=begins, to_day=ends)


def _tolerance(facts: Facts, question: Question) -> Facts:
    share = 1 - float(question["percent"]) / 100
    return replace(facts, sizes=[(round(area * share, 2), rooms) for area, rooms in facts.sizes])


def _one(facts: Facts, question: Question, change: Mapping[str, Any]) -> Facts:
    households = [
        replace(one, **change) if one.number == question["household"] else one for one in facts.households
    ]
    return replace(facts, households=households)


def _refusal(facts: Facts, question: Question) -> Facts:
    refused = next((one.refuses for one in facts.households if one.number == question["household"]), ())
    return _one(facts, question, {"refuses": tuple(pk for pk in refused if pk != question["dwelling"])})


def _move(facts: Facts, question: Question) -> Facts:
    left = next((one.moves_left for one in facts.households if one.number == question["household"]), 0)
    return _one(facts, question, {"moves_left": left + int(question["count"])})


def _return(facts: Facts, question: Question) -> Facts:
    return _one(facts, question, {"claims_return": False})


def _lock(facts: Facts, question: Question) -> Facts:
    kept = [fix for fix in facts.fixes if fix.household != question["household"]]
    return replace(facts, fixes=kept)


def _removals(facts: Facts, question: Question) -> Facts:
    return replace(
        facts, removals=None if facts.removals is None else facts.removals + int(question["count"])
    )


_CHANGES = {
    Change.SPARE: _spare,
    Change.LOT_LATER: _lot_later,
    Change.TOLERANCE: _tolerance,
    Change.REFUSAL: _refusal,
    Change.MOVE: _move,
    Change.RETURN: _return,
    Change.LOCK: _lock,
    Change.REMOVALS: _removals,
}
