"""When to begin on each lot, so that the plan is best: the calendar and the plan together.

Few calendars are all tried, and the best is proved if each plan is. Of many, the search goes from one to a better neighbour until none is better or time is up;
then nothing is proved but that no calendar has a value below the bounds told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from vicinia_analytics.rehousing.calendars import (
    Calendar,
    MovableLot,
    calendars,
    lot_faults,
    neighbours,
    with_calendar,
)
from vicinia_analytics.rehousing.inputs import Instance
from vicinia_analytics.rehousing.plans import Plan, Status
from vicinia_analytics.rehousing.reducing import FRAGILE_WEIGHT, WEIGHT
from vicinia_analytics.rehousing.searching import Settings, solve_by
from vicinia_analytics.rehousing.shapes import RehousingInputError

ALL = 400
"""Up to so many calendars all are tried."""
# A calendar that is worse in the levels of the first pass needs no second one.
FIRST_PASS = ("outside", "changed", "moves")


@dataclass(frozen=True, slots=True)
class Starts:
    """The period in which each lot begins, and the plan for it. `instance` is the one of that calendar.

    plan is None if no calendar that was tried has one. bounds: by level, what no calendar is below. proved: no calendar has a better plan. tried:
    calendars.
    """

    starts: Mapping[str, int]
    instance: Instance
    plan: Plan | None
    bounds: Mapping[str, int]
    proved: bool
    tried: int


def plan_starts(
    instance: Instance,
    lots: Sequence[MovableLot],
    *,
    time_limit: float | None = None,
    restrict_early_moves: bool = True,
    nobody_outside: bool = False,
    should_stop: Callable[[], bool] | None = None,
) -> Starts:
    """The best calendar of works and the plan for it.

    Dwellings of `lots` are available whenever no works go through them; those of other lots as the instance says. time_limit: seconds for all. Raises
    RehousingInputError for lots that can't be, or without any calendar.
    """
    faults = list(lot_faults(instance, lots))
    if faults:
        raise RehousingInputError(faults)
    periods = len(instance.periods)
    listed = list(islice(calendars(lots, periods), ALL + 1))
    if not listed:
        raise RehousingInputError(
            ["lots: no calendar keeps earliest and latest starts, precedence and crews"]
        )
    settings = Settings(
        restrict_early_moves=restrict_early_moves, nobody_outside=nobody_outside, should_stop=should_stop
    )
    search = _Search(instance, lots, settings, None if time_limit is None else time.monotonic() + time_limit)
    is_whole = len(listed) <= ALL
    if is_whole:
        search.try_all(listed)
    else:
        search.climb(listed[0])
    return search.result(listed[0], is_whole=is_whole)


class _Search:
    """The best calendar so far."""

    def __init__(
        self, instance: Instance, lots: Sequence[MovableLot], settings: Settings, until: float | None
    ) -> None:
        self.instance, self.lots, self.settings, self.until = instance, lots, settings, until
        self.best: tuple[Calendar, Plan] | None = None
        self.seen: set[Calendar] = set()
        self.is_sure = True

    def is_over(self) -> bool:
        stop = self.settings.should_stop
        late = self.until is not None and time.monotonic() >= self.until
        return late or (stop is not None and stop())

    def try_all(self, listed: Iterable[Calendar]) -> None:
        """Every calendar, while there is time."""
        for calendar in listed:
            if self.is_over():
                self.is_sure = False
                return
            self.is_better(calendar)

    def climb(self, first: Calendar) -> None:
        """From a calendar to a better one beside it, until there is none."""
        self.is_better(first)
        here: Calendar | None = first
        while here is not None:
            beside = neighbours(self.lots, here, len(self.instance.periods))
            here = next(
                (
                    one
                    for one in beside
                    if one not in self.seen and not self.is_over() and self.is_better(one)
                ),
                None,
            )

    def is_better(self, calendar: Calendar) -> bool:
        """Whether the plan of a calendar is better than the best so far; it becomes that then."""
        self.seen.add(calendar)
        instance = with_calendar(self.instance, self.lots, calendar)
        if self.best is not None:
            first = self._solved(instance, FIRST_PASS)
            if first.status is Status.INFEASIBLE:
                return False
            if first.status is Status.OPTIMAL and first.values > self.best[1].values[: len(FIRST_PASS)]:
                return False
        plan = self._solved(instance, self.settings.levels)
        self.is_sure = self.is_sure and plan.status in {Status.OPTIMAL, Status.INFEASIBLE}
        if not plan.levels or (self.best is not None and plan.values >= self.best[1].values):
            return False
        self.best = calendar, plan
        return True

    def _solved(self, instance: Instance, levels: tuple[str, ...]) -> Plan:
        left = None if self.until is None else max(0.1, self.until - time.monotonic())
        return solve_by(instance, replace(self.settings, levels=levels, time_limit=left))

    def result(self, first: Calendar, *, is_whole: bool) -> Starts:
        calendar, plan = self.best if self.best is not None else (first, None)
        proved = is_whole and self.is_sure
        bounds = self._bounds(plan)
        if proved and plan is not None:
            bounds = {level.name: level.value for level in plan.levels}
        return Starts(
            {one.lot: start for one, start in zip(self.lots, calendar, strict=True)},
            with_calendar(self.instance, self.lots, calendar), plan, bounds, proved, len(self.seen),
        )  # fmt: skip

    def _bounds(self, plan: Plan | None) -> dict[str, int]:
        """What holds for every calendar. If nobody is outside, whoever has works at home arrives somewhere, and at home again if that is claimed."""
        least = {"outside": 0, "changed": 0, "moves": 0, "preferences": 0, "under_occupation": 0}
        if plan is None or plan.values[0]:
            return least
        moving = {one.lot: one for one in self.lots}
        periods = len(self.instance.periods)
        for household in self.instance.households:
            lot = moving.get(self.instance.dwelling(household.home).lot)
            if lot is not None:
                is_open_again = lot.duration + min(lot.latest, periods - lot.duration) < periods
                times = 1 + (household.claims_return and is_open_again)
                least["moves"] += times * (FRAGILE_WEIGHT if household.fragile else WEIGHT)
        return least
