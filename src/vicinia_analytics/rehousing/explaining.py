"""Why there is no plan, or why somebody is outside; and what would help.

First places are counted, period by period (`crowding`). If each period alone works out, an irreducible set of rules is sought: one that can't hold
together, and of which any could be dropped to make the others hold (U. Junker, "QuickXplain", AAAI 2004). Every relaxation is verified by solving.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from vicinia_analytics.rehousing.crowding import places_conflict
from vicinia_analytics.rehousing.inputs import Household, Instance
from vicinia_analytics.rehousing.plans import Conflict, ConflictKind, Plan, Relaxation, Rule, RuleKind, Status
from vicinia_analytics.rehousing.relaxing import relaxations_of
from vicinia_analytics.rehousing.searching import Settings, solve_by

SECONDS = 60.0
"""For an explanation, if nothing else is said."""


def explain(instance: Instance, plan: Plan, *, time_limit: float = SECONDS) -> tuple[Conflict, ...]:
    """Why somebody is outside in a plan, or why there is no plan.

    For each period in which somebody is outside: the smallest set found of households for which there are too few dwellings. If the places would be
    enough in each of them: the rules that stand against a plan with nobody outside, unless there is one. Nothing if nobody is outside.
    """
    if plan.conflict is not None:
        return (plan.conflict,)
    away = {
        (name, period)
        for name, row in plan.assignments.items()
        for period, place in enumerate(row)
        if place is None
    }
    out: dict[tuple[str, ...], Conflict] = {}
    for period in sorted({period for _, period in away}):
        found = places_conflict(instance, restricted=plan.restricted, inside=partial(_is_in, period))
        if found is not None:
            out.setdefault(found.households, found)
    if away and not out:
        settings = Settings(time_limit, restrict_early_moves=plan.restricted, nobody_outside=True)
        if solve_by(instance, replace(settings, levels=())).status is Status.INFEASIBLE:
            found = conflict_of(instance, settings)
            out[found.households] = found
    return tuple(out.values())


def _is_in(wanted: int, household: Household, period: int) -> bool:
    return period == wanted


def why_not(instance: Instance, settings: Settings) -> tuple[Conflict, tuple[Relaxation, ...]]:
    """The smallest conflict found of an instance without a plan, and what would help."""
    limited = replace(settings, time_limit=settings.time_limit or SECONDS, progress=None)
    conflict = conflict_of(instance, limited)
    return conflict, relaxations_of(instance, conflict, limited)


def conflict_of(instance: Instance, settings: Settings) -> Conflict:
    """Too few places in some period, or else rules that can't all hold."""

    def inside(household: Household, period: int) -> bool:
        return settings.nobody_outside

    found = places_conflict(instance, restricted=settings.restrict_early_moves, inside=inside)
    return found if found is not None else _Rules(instance, settings).conflict()


@dataclass(slots=True)
class _Rules:
    """The rules of an instance, and whether some of them can hold together."""

    instance: Instance
    settings: Settings
    until: float = 0.0
    is_sure: bool = True

    def conflict(self) -> Conflict:
        """An irreducible set of rules, or in the time given a smaller one."""
        self.until = time.monotonic() + (self.settings.time_limit or SECONDS)
        rules = tuple(self._least([], list(self._all()), is_known=False))
        people = tuple(dict.fromkeys(rule.household for rule in rules if rule.household is not None))
        return Conflict(
            ConflictKind.RULES, people, (), None, (), _sentence(self.instance, rules, self.settings),
            rules, irreducible=self.is_sure,
        )  # fmt: skip

    def _all(self) -> Iterator[Rule]:
        for household in self.instance.households:
            yield Rule(RuleKind.MAX_MOVES, household.id)
            if household.claims_return:
                yield Rule(RuleKind.CLAIMS_RETURN, household.id)
            for name in sorted(household.refuses):
                yield Rule(RuleKind.REFUSES, household.id, name)
        for lock in self.instance.fixed:
            yield Rule(RuleKind.FIXED, lock.household, lock.dwelling, lock.period)
        if self.instance.moves_per_period is not None:
            yield Rule(RuleKind.MOVES_PER_PERIOD)
        if self.settings.nobody_outside:
            yield Rule(RuleKind.NOBODY_OUTSIDE)

    def _least(self, kept: list[Rule], rules: list[Rule], *, is_known: bool) -> list[Rule]:
        """Of `rules`, a least part that can't hold together with `kept` (QuickXplain)."""
        if is_known and not self._can_hold(kept):
            return []
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        first, second = rules[:half], rules[half:]
        of_second = self._least(kept + first, second, is_known=bool(first))
        of_first = self._least(kept + of_second, first, is_known=bool(of_second))
        return of_first + of_second

    def _can_hold(self, rules: Iterable[Rule]) -> bool:
        """Whether a plan keeps these rules; when time is up the answer is yes, and the set that is left may be too large."""
        left = self.until - time.monotonic()
        if left <= 0:
            self.is_sure = False
            return True
        wanted = set(rules)
        settings = replace(
            self.settings,
            time_limit=left,
            levels=(),
            nobody_outside=Rule(RuleKind.NOBODY_OUTSIDE) in wanted,
        )
        status = solve_by(with_rules(self.instance, wanted), settings).status
        self.is_sure = self.is_sure and status is not Status.UNKNOWN
        return status is not Status.INFEASIBLE


def with_rules(instance: Instance, rules: set[Rule]) -> Instance:
    """An instance with no rules but these, besides where and when dwellings are and for whom they are enough."""
    periods = len(instance.periods)
    return replace(
        instance,
        households=tuple(
            replace(
                one,
                max_moves=one.max_moves if Rule(RuleKind.MAX_MOVES, one.id) in rules else periods,
                claims_return=Rule(RuleKind.CLAIMS_RETURN, one.id) in rules,
                refuses=frozenset(
                    name for name in one.refuses if Rule(RuleKind.REFUSES, one.id, name) in rules
                ),
            )
            for one in instance.households
        ),
        fixed=tuple(
            lock
            for lock in instance.fixed
            if Rule(RuleKind.FIXED, lock.household, lock.dwelling, lock.period) in rules
        ),
        moves_per_period=instance.moves_per_period if Rule(RuleKind.MOVES_PER_PERIOD) in rules else None,
        published=None,
    )


def _sentence(instance: Instance, rules: tuple[Rule, ...], settings: Settings) -> str:
    said = "; ".join(_said(instance, rule) for rule in rules) or "where households must be"
    early = ", if nobody moves before works begin at home" if settings.restrict_early_moves else ""
    return f"These can't all hold{early}: {said}."


def _said(instance: Instance, rule: Rule) -> str:
    when = "" if rule.period is None else f" in {instance.periods[rule.period]}"
    if rule.kind is RuleKind.MAX_MOVES:
        return f"{rule.household} moves {instance.household(str(rule.household)).max_moves} times at most"
    return {
        RuleKind.CLAIMS_RETURN: f"{rule.household} claims to return",
        RuleKind.REFUSES: f"{rule.household} refuses {rule.dwelling}",
        RuleKind.FIXED: f"{rule.household} is {'outside' if rule.dwelling is None else f'in {rule.dwelling}'}{when}",
        RuleKind.MOVES_PER_PERIOD: f"there are {instance.moves_per_period} moves in a period at most",
        RuleKind.NOBODY_OUTSIDE: "nobody is outside the estate",
    }[rule.kind]
