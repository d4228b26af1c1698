"""What could be given so that a plan exists: each thing tried by solving, the cheaper kinds first.

One spare flat, a larger tolerance, somebody outside for some periods, a refusal taken back, one more move, an agreement or a claim given up, more
moves in a period. Only one at a time, and of those of the conflict's households: whoever is not in the conflict can't resolve it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vicinia_analytics.rehousing.inputs import Adequacy, Dwelling, Instance
from vicinia_analytics.rehousing.plans import Conflict, Plan, Relaxation, RelaxationKind, RuleKind, Status
from vicinia_analytics.rehousing.searching import Settings, solve_by

MOST = 60
"""Relaxations that are tried, at most."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A relaxation, and the instance with it."""

    relaxation: Relaxation
    instance: Instance


def relaxations_of(instance: Instance, conflict: Conflict, settings: Settings) -> tuple[Relaxation, ...]:
    """Those that make a plan possible, the fewest household-periods outside first."""
    return _Relaxing(instance, conflict, settings, time.monotonic() + (settings.time_limit or 0.0)).found()


@dataclass(frozen=True, slots=True)
class _Relaxing:
    instance: Instance
    conflict: Conflict
    settings: Settings
    until: float

    def found(self) -> tuple[Relaxation, ...]:
        out = [*self._outside(), *self._tolerance()]
        for number, one in enumerate(self._single()):
            if number >= MOST or self._is_over():
                break
            plan = self._solved(one.instance)
            if plan.levels:
                out.append(replace(one.relaxation, outside=plan.levels[0].value))
        return tuple(sorted(out, key=_cost))

    def _is_over(self) -> bool:
        stop = self.settings.should_stop
        return time.monotonic() >= self.until or (stop is not None and stop())

    def _solved(self, instance: Instance, *, nobody_outside: bool | None = None) -> Plan:
        """A plan with the fewest outside. What was published does not matter to whether there is one."""
        settings = replace(
            self.settings, time_limit=max(0.5, self.until - time.monotonic()), levels=("outside",)
        )
        if nobody_outside is not None:
            settings = replace(settings, nobody_outside=nobody_outside)
        return solve_by(replace(instance, published=None), settings)

    def _outside(self) -> Iterator[Relaxation]:
        """Somebody outside after all, if nobody may be: how many periods, and who if it is only one."""
        if not self.settings.nobody_outside:
            return
        plan = self._solved(self.instance, nobody_outside=False)
        if plan.status not in {Status.OPTIMAL, Status.FEASIBLE}:
            return
        agreed = sum(lock.dwelling is None for lock in self.instance.fixed)
        away = [name for name, row in plan.assignments.items() if None in row]
        amount = plan.levels[0].value - agreed
        who = away[0] if len(away) == 1 else None
        name = f"household {who}" if who else f"{len(away)} households"
        sentence = f"With {name} outside for {_many(amount, 'period')} in all there is a plan."
        yield Relaxation(RelaxationKind.OUTSIDE, who, None, None, amount, plan.levels[0].value, sentence)

    def _tolerance(self) -> Iterator[Relaxation]:
        """The smallest tolerance with which there is a plan: of those that let somebody into some dwelling, by halving."""
        adequacy = self.instance.adequacy
        table = adequacy.min_area_m2
        areas = {one.area_m2 for one in self.instance.dwellings}
        steps = {
            round(1 - area / wanted + 5e-5, 4) for area in areas for wanted in table.values() if area < wanted
        }
        steps = {step for step in steps if adequacy.tolerance < step < 1}
        tried = sorted(steps)
        found = self._with_tolerance(tried[-1]) if tried else None
        if found is None or not found.levels:
            return
        low, high = 0, len(tried) - 1
        while low < high and not self._is_over():
            middle = (low + high) // 2
            plan = self._with_tolerance(tried[middle])
            if plan.levels:
                high, found = middle, plan
            else:
                low = middle + 1
        sentence = f"With a tolerance of {tried[high]:.1%} there is a plan."
        outside = found.levels[0].value
        yield Relaxation(RelaxationKind.TOLERANCE, None, None, None, tried[high], outside, sentence)

    def _with_tolerance(self, tolerance: float) -> Plan:
        adequacy = Adequacy(self.instance.adequacy.min_area_m2, tolerance)
        return self._solved(replace(self.instance, adequacy=adequacy))

    def _single(self) -> Iterator[_Try]:
        yield from self._spare()
        yield from self._of_households()
        yield from self._locks()
        instance = self.instance
        if instance.moves_per_period is not None:
            most = instance.moves_per_period + 1
            relaxation = _relaxation(
                RelaxationKind.MOVES_PER_PERIOD, amount=1, sentence=f"{_many(most, 'move')} in a period"
            )
            yield _Try(relaxation, replace(instance, moves_per_period=most))

    def _spare(self) -> Iterator[_Try]:
        """A copy of the smallest dwelling that is enough for each size of household in the conflict."""
        seen = set()
        for name in self.conflict.households:
            household = self.instance.household(name)
            enough = [
                one
                for one in self.instance.dwellings
                if one.area_m2 >= self.instance.adequacy.required(household.size)
                and (one.step_free or not household.needs_step_free)
            ]
            if not enough:
                continue
            like = min(enough, key=lambda one: (one.area_m2, one.step_free, one.id))
            if like.id not in seen:
                seen.add(like.id)
                sentence = f"one more flat like {like.id} ({like.area_m2:g} m²), never under works"
                relaxation = _relaxation(
                    RelaxationKind.SPARE_DWELLING, dwelling=like.id, amount=1, sentence=sentence
                )
                spare = self._copy(like)
                yield _Try(
                    relaxation,
                    replace(self.instance, dwellings=(*self.instance.dwellings, spare)),
                )

    def _copy(self, like: Dwelling) -> Dwelling:
        names = {one.id for one in self.instance.dwellings}
        name = next(f"spare-{number}" for number in range(len(names) + 1) if f"spare-{number}" not in names)
        return replace(like, id=name, available=(True,) * len(self.instance.periods))

    def _of_households(self) -> Iterator[_Try]:
        """A refusal taken back, one more move, a claim given up."""
        for name in self.conflict.households:
            one = self.instance.household(name)
            for refused in sorted(one.refuses):
                relaxation = _relaxation(
                    RelaxationKind.REFUSAL, name, refused, amount=1, sentence=f"{name} accepting {refused}"
                )
                yield _Try(relaxation, self._with(name, refuses=one.refuses - {refused}))
            relaxation = _relaxation(
                RelaxationKind.MOVE,
                name,
                amount=1,
                sentence=f"{name} moving {_many(one.max_moves + 1, 'time')}",
            )
            yield _Try(relaxation, self._with(name, max_moves=one.max_moves + 1))
            if one.claims_return:
                relaxation = _relaxation(
                    RelaxationKind.RETURN, name, amount=1, sentence=f"{name} giving up the return"
                )
                yield _Try(relaxation, self._with(name, claims_return=False))

    def _with(self, name: str, **changes: object) -> Instance:
        households = tuple(
            replace(one, **changes) if one.id == name else one  # type: ignore[arg-type]
            for one in self.instance.households
        )
        return replace(self.instance, households=households)

    def _locks(self) -> Iterator[_Try]:
        named = {rule.household for rule in self.conflict.rules if rule.kind is RuleKind.FIXED}
        for at, lock in enumerate(self.instance.fixed):
            if lock.household in named or lock.household in self.conflict.households:
                where = "outside" if lock.dwelling is None else f"in {lock.dwelling}"
                sentence = (
                    f"{lock.household} not having to be {where} in {self.instance.periods[lock.period]}"
                )
                relaxation = _relaxation(
                    RelaxationKind.LOCK, lock.household, lock.dwelling, lock.period, 1, sentence
                )
                fixed = (*self.instance.fixed[:at], *self.instance.fixed[at + 1 :])
                yield _Try(relaxation, replace(self.instance, fixed=fixed))


def _relaxation(
    kind: RelaxationKind,
    household: str | None = None,
    dwelling: str | None = None,
    period: int | None = None,
    amount: float = 0,
    sentence: str = "",
) -> Relaxation:
    return Relaxation(kind, household, dwelling, period, amount, None, f"With {sentence} there is a plan.")


def _cost(relaxation: Relaxation) -> tuple[int, int, str]:
    """The fewest outside first, then what asks least of people."""
    order = list(RelaxationKind)
    return relaxation.outside or 0, order.index(relaxation.kind), relaxation.sentence


def _many(number: float, what: str) -> str:
    return f"{number:g} {what}{'s' * (number != 1)}"
