"""How many spare flats, of which kind, and what each next one saves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from vicinia_analytics.rehousing.inputs import Dwelling, Instance
from vicinia_analytics.rehousing.plans import Plan
from vicinia_analytics.rehousing.shapes import RehousingInputError
from vicinia_analytics.rehousing.solving import solve


@dataclass(frozen=True, slots=True)
class PoolStep:
    """What a plan comes to with `extra` more spare flats; `dwelling` is the last of them, None if there is none.

    outside, changed and moves are the plan's first levels: where people end up is not what a spare flat is for. proved: no plan with these flats is better in them and, of flats that were chosen, no
    smaller one does as well.
    """

    extra: int
    outside: int
    changed: int
    moves: int
    proved: bool
    dwelling: Dwelling | None = None

    @property
    def value(self) -> tuple[int, int, int]:
        """Outside, changed, moves: the smaller of two is the better."""
        return self.outside, self.changed, self.moves


def size_pool(
    instance: Instance,
    *,
    most: int,
    like: str | None = None,
    time_limit: float | None = None,
    threads: int = 1,
    seed: int = 0,
    restrict_early_moves: bool = False,
    progress: Callable[[PoolStep], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[PoolStep, ...]:
    """Plans with none, one, two … more spare flats, until there are `most` or the next one saves nothing.

    like: the dwelling to be copied, open in every period. Without it each flat is the smallest, if possible with steps, of those that help as much
    as the largest one without steps: whoever may live in another may live in that one, so that none helps more. The first flat that saves
    nothing is not in the result; two together might still save. time_limit: seconds for each plan, of which a chosen flat takes up to eight.
    progress is told every step; stopped by `should_stop`, the result has the steps so far. Raises KeyError for an unknown `like` and
    RehousingInputError if there is no plan to begin with.
    """
    kinds = _kinds(instance) if like is None else ((instance.dwelling(like),),)
    stopped = should_stop or (lambda: False)

    def plan(asked: Instance) -> Plan:
        return solve(
            asked,
            time_limit=time_limit,
            threads=threads,
            seed=seed,
            restrict_early_moves=restrict_early_moves,
            should_stop=should_stop,
        )

    first = plan(instance)
    if not first.levels:
        why = first.conflict.sentence if first.conflict else "None was found."
        raise RehousingInputError([f"instance: there is no plan to begin with. {why}"])
    steps = [PoolStep(0, *_values(first), proved=_is_proved(first))]
    while not stopped():
        if progress is not None:
            progress(steps[-1])
        if len(steps) > most:
            break
        step = _Search(instance, plan, steps[-1]).best(kinds)
        if stopped() or step is None or step.dwelling is None:
            break
        steps.append(step)
        instance = replace(instance, dwellings=(*instance.dwellings, step.dwelling))
    return tuple(steps)


def _kinds(instance: Instance) -> tuple[tuple[Dwelling, ...], ...]:
    """Flats worth adding, with steps and without, from small to large: for each size of household the smallest that is enough."""
    table = instance.adequacy.min_area_m2
    sizes = {min(household.size, max(table)) for household in instance.households}
    needs = sorted({household.needs_step_free for household in instance.households})
    return tuple(
        tuple(
            Dwelling("", "", "spare", max(table[size], 1.0), min(size, 4), step_free, ())
            for size in sorted(sizes, key=lambda size: (table[size], size))
        )
        for step_free in needs
    )


@dataclass
class _Search:
    """The next flat after a step: each kind is asked once."""

    instance: Instance
    plan: Callable[[Instance], Plan]
    before: PoolStep
    asked: dict[Dwelling, PoolStep] = field(default_factory=dict)

    def best(self, kinds: Sequence[Sequence[Dwelling]]) -> PoolStep | None:
        """The first kind that saves as much as the last of the last row, None if that saves nothing."""
        aim = self.step(kinds[-1][-1]).value
        if aim >= self.before.value:
            return None
        row = next(row for row in kinds if self.step(row[-1]).value <= aim)
        low, high = 0, len(row) - 1
        while low < high:
            middle = (low + high) // 2
            if self.step(row[middle]).value <= aim:
                high = middle
            else:
                low = middle + 1
        return replace(self.step(row[low]), proved=all(step.proved for step in self.asked.values()))

    def step(self, kind: Dwelling) -> PoolStep:
        """What a plan comes to with one flat of a kind."""
        if kind not in self.asked:
            taken = {dwelling.id for dwelling in self.instance.dwellings}
            taken |= {dwelling.building for dwelling in self.instance.dwellings}
            numbered = (f"spare-{number}" for number in count(1))
            name = next(name for name in numbered if name not in taken)
            open_always = (True,) * len(self.instance.periods)
            spare = replace(kind, id=name, building=kind.building or name, available=open_always)
            larger = replace(self.instance, dwellings=(*self.instance.dwellings, spare))
            self.asked[kind] = self.compared(self.plan(larger), spare)
        return self.asked[kind]

    def compared(self, plan: Plan, spare: Dwelling) -> PoolStep:
        """The plan's figures, or those of the step before where they are better: that plan still goes, the new flat empty."""
        values = self.before.value
        if plan.levels:
            values = min(values, _values(plan))
        return PoolStep(self.before.extra + 1, *values, proved=_is_proved(plan), dwelling=spare)


def _values(plan: Plan) -> tuple[int, int, int]:
    outside, changed, moves, *_ = plan.values
    return outside, changed, moves


def _is_proved(plan: Plan) -> bool:
    return bool(plan.levels) and all(level.value == level.bound for level in plan.levels[:3])
