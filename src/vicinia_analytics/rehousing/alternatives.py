"""Why here: the other places where a household could be, and what each would cost the others.

Each is the same instance with one more agreement: the household's first move goes there, or it ends there. First the plan is mended around it at once
(whoever is in the way goes elsewhere, by `greedy`); then, while there is time, it is solved anew from there, and proved.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from vicinia_analytics.rehousing import figures
from vicinia_analytics.rehousing.crowding import choices, crowded
from vicinia_analytics.rehousing.greedy import Row, greedy
from vicinia_analytics.rehousing.inputs import Fixed, Household, Instance
from vicinia_analytics.rehousing.plans import LEVELS, Plan, Status
from vicinia_analytics.rehousing.reducing import types_of
from vicinia_analytics.rehousing.searching import Settings, solve_by
from vicinia_analytics.rehousing.shapes import RehousingInputError


class Moment(StrEnum):
    """Which place of a household is another one: that of its first move, or where it is in the end."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place for a household in a period, and what it would cost: differences of the levels to the plan, by name.

    dwelling: one of those that are alike. proved: no plan with this choice is better. differences is None if no such plan was found in the time.
    """

    moment: Moment
    dwelling: str
    period: int
    differences: Mapping[str, int] | None
    proved: bool


def alternatives(
    instance: Instance, plan: Plan, household_id: str, *, time_limit: float = 5.0
) -> tuple[Alternative, ...]:
    """The other places for a household's first move and for its end, one for each type of dwelling, the cheapest first.

    What a plan with each costs is compared with `plan`, whose restriction is kept. Places with which there is no plan are left out. time_limit in seconds for
    all together. Raises KeyError for an unknown
    household and RehousingInputError for a plan without assignments.
    """
    if not plan.assignments:
        raise RehousingInputError(["plan.assignments: there is no plan to compare with"])
    household = instance.household(household_id)
    until = time.monotonic() + time_limit
    asked = [
        _Asked(instance, plan, household, moment, name, period)
        for moment, name, period in _places(instance, plan, household)
    ]
    mended = [(one, one.mended()) for one in asked if one.is_possible()]
    mended.sort(key=lambda pair: _worth(instance, pair[1]))
    out = []
    for number, (one, rows) in enumerate(mended):
        left = max(0.0, until - time.monotonic())
        # An equal part may be too little for any; the cheapest are looked at first.
        share = min(left, max(left / (len(mended) - number), time_limit / 4))
        answer = one.answer(rows, share)
        if answer.differences is not None or not answer.proved:
            out.append(answer)
    order = {moment: at for at, moment in enumerate(Moment)}
    return tuple(sorted(out, key=lambda one: (_cost(one), order[one.moment], one.dwelling)))


def _cost(one: Alternative) -> tuple[bool, tuple[int, ...]]:
    return one.differences is None, tuple((one.differences or {}).values())


def _worth(instance: Instance, rows: Mapping[str, Row] | None) -> tuple[bool, tuple[int, ...]]:
    return rows is None, () if rows is None else figures.values(instance, rows)


def _places(instance: Instance, plan: Plan, household: Household) -> Iterator[tuple[Moment, str, int]]:
    """One dwelling of each type where the household may be then, but not that of the plan; one that is free if there is one."""
    row, last = plan.assignments[household.id], len(instance.periods) - 1
    moves = [period for period in range(1, last + 1) if row[period] not in {None, row[period - 1]}]
    moments = [(Moment.FIRST, moves[0])] if moves and moves[0] < last else []
    moments.append((Moment.LAST, last))
    types = types_of(instance, frozenset(household.refuses) | {household.home})
    locked = {lock.period for lock in instance.fixed if lock.household == household.id}
    for moment, period in moments:
        taken = {other[period] for other in plan.assignments.values()}
        for members in types.members:
            may = [
                name
                for name in members
                if instance.dwelling(name).available[period]
                and instance.admits(household, instance.dwelling(name))
            ]
            if may and row[period] not in members and period not in locked:
                yield moment, min(may, key=lambda name: (name in taken, name)), period


@dataclass(frozen=True, slots=True)
class _Asked:
    """One other place, and the instance in which it is agreed."""

    instance: Instance
    plan: Plan
    household: Household
    moment: Moment
    dwelling: str
    period: int

    @property
    def agreed(self) -> Instance:
        """The instance with the choice as an agreement."""
        lock = Fixed(self.household.id, self.period, self.dwelling)
        return replace(self.instance, fixed=(*self.instance.fixed, lock))

    def is_possible(self) -> bool:
        """Whether nobody must be there who can be nowhere else then."""
        found = choices(self.agreed, self.period, restricted=self.plan.restricted, inside=lambda *_: False)
        return not crowded(found)

    def mended(self) -> dict[str, Row] | None:
        """The plan with the household there, and those in its way elsewhere; None if that does not work out."""
        rows = self.plan.assignments
        away = {
            name
            for name, row in rows.items()
            if name == self.household.id or row[self.period] == self.dwelling
        }
        kept = {name: row for name, row in rows.items() if name not in away}
        while True:
            found = greedy(self.agreed, restricted=self.plan.restricted, kept=kept)
            if found is not None or not kept:
                return found
            in_way = {name for name, row in kept.items() if self.dwelling in row}
            kept = {name: row for name, row in kept.items() if name not in in_way} if in_way else {}

    def answer(self, rows: dict[str, Row] | None, seconds: float) -> Alternative:
        """What it costs: as mended, or better if the time is enough to solve it."""
        best = None if rows is None else figures.values(self.instance, rows)
        is_proved = best is not None and self.plan.status is Status.OPTIMAL and best == self.plan.values
        if not is_proved and seconds > 0:
            settings = Settings(seconds, seed=self.plan.seed, restrict_early_moves=self.plan.restricted)
            found = solve_by(self.agreed, settings, rows)
            is_proved = found.status in {Status.OPTIMAL, Status.INFEASIBLE}
            if found.levels:
                best = found.values
        differences = None
        if best is not None:
            differences = {
                name: now - before for name, now, before in zip(LEVELS, best, self.plan.values, strict=True)
            }
        return Alternative(self.moment, self.dwelling, self.period, differences, is_proved)
