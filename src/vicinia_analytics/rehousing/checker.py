"""Whether a plan keeps every rule and says the truth about itself; by nobody who made it.

Nothing of the model is used, only what an instance and a plan say: each rule of docs/analytics/rehousing.md is written here a second time, in the
plainest way, and every figure is counted anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vicinia_analytics.rehousing.inputs import Dwelling, Household, Instance
from vicinia_analytics.rehousing.plans import LEVELS, Conflict, ConflictKind, Plan, Status

Row = tuple[str | None, ...]


class ViolationKind(StrEnum):
    """What can be wrong with a plan: one kind a rule."""

    OTHER_INSTANCE = "other_instance"
    UNKNOWN_HOUSEHOLD = "unknown_household"
    MISSING_HOUSEHOLD = "missing_household"
    WRONG_PERIODS = "wrong_periods"
    UNKNOWN_DWELLING = "unknown_dwelling"
    NOT_AT_HOME = "not_at_home"
    NOT_AVAILABLE = "not_available"
    SHARED = "shared"
    REFUSED = "refused"
    STEPS = "steps"
    TOO_SMALL = "too_small"
    TOO_MANY_MOVES = "too_many_moves"
    TOO_MANY_ARRIVALS = "too_many_arrivals"
    NOT_RETURNED = "not_returned"
    NOT_AS_FIXED = "not_as_fixed"
    MOVED_EARLY = "moved_early"
    WRONG_LEVELS = "wrong_levels"
    WRONG_VALUE = "wrong_value"
    BOUND_ABOVE_VALUE = "bound_above_value"
    BOUND_BELOW_ZERO = "bound_below_zero"
    NOT_PROVED = "not_proved"
    PROVED = "proved"
    PLAN_WITHOUT_STATUS = "plan_without_status"
    NO_CONFLICT = "no_conflict"
    WRONG_CONFLICT = "wrong_conflict"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is not kept: by whom, in which period (a number from 0), in which dwelling; and an English sentence."""

    kind: ViolationKind
    sentence: str
    household: str | None = None
    period: int | None = None
    dwelling: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found. `figures`: the value of each level, counted anew; none where the rows are not whole."""

    violations: tuple[Violation, ...]
    figures: Mapping[str, int]

    @property
    def is_right(self) -> bool:
        """Whether nothing was found."""
        return not self.violations


def check(instance: Instance, plan: Plan) -> Report:
    """Every rule that a plan breaks and every figure that it does not tell truly."""
    violations: list[Violation] = []
    if plan.instance_sha256 != instance.sha256:
        violations.append(
            Violation(ViolationKind.OTHER_INSTANCE, "The plan was made for other inputs: its hash is not theirs.")
        )  # fmt: skip
    if plan.status in {Status.INFEASIBLE, Status.UNKNOWN}:
        return Report((*violations, *_of_no_plan(instance, plan)), {})
    broken = list(_of_rows(instance, plan))
    wrong = {violation.household for violation in broken}
    places = _Places(
        instance,
        {dwelling.id: dwelling for dwelling in instance.dwellings},
        {one.id: plan.assignments[one.id] for one in instance.households if one.id not in wrong},
    )
    violations += broken
    violations += _of_places(places)
    violations += _of_sharing(places)
    violations += _of_moves(places)
    violations += _of_ends(places)
    violations += _of_locks(places)
    if plan.restricted:
        violations += _of_restriction(places)
    figures = {} if broken else _figures(places)
    violations += _of_levels(plan, figures)
    return Report(tuple(violations), figures)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where those are whose row can be read."""

    instance: Instance
    dwellings: Mapping[str, Dwelling]
    rows: Mapping[str, Row]

    def households(self) -> Iterator[tuple[Household, Row]]:
        for household in self.instance.households:
            if household.id in self.rows:
                yield household, self.rows[household.id]

    def stays(self) -> Iterator[tuple[Household, int, Dwelling]]:
        """Each household in each period in which it is in a dwelling."""
        for household, row in self.households():
            for period, name in enumerate(row):
                if name is not None:
                    yield household, period, self.dwellings[name]

    def name(self, period: int) -> str:
        return self.instance.periods[period]


def _of_no_plan(instance: Instance, plan: Plan) -> Iterator[Violation]:
    if plan.assignments or plan.levels:
        yield Violation(
            ViolationKind.PLAN_WITHOUT_STATUS, f"The status is {plan.status}, and yet there is a plan."
        )
    if plan.status is Status.INFEASIBLE and plan.conflict is None:
        yield Violation(ViolationKind.NO_CONFLICT, "No plan can be, and what stands against it is not said.")
    if plan.conflict is not None and plan.conflict.kind is ConflictKind.PLACES:
        yield from _of_conflict(instance, plan.conflict, restricted=plan.restricted)


def _of_conflict(instance: Instance, conflict: Conflict, *, restricted: bool) -> Iterator[Violation]:
    """Whether places are too few as it says. That rules can't hold together is not seen without solving, and not checked here."""
    kind, people = ViolationKind.WRONG_CONFLICT, [one for one in instance.households if one.id in conflict.households]  # fmt: skip
    if len(people) < len(conflict.households) or not people:
        yield Violation(kind, "The conflict is of households that are not there, or twice.")
    if len(conflict.available) >= len(people):
        sentence = f"For {len(people)} households {len(conflict.available)} dwellings are not too few."
        yield Violation(kind, sentence)
    if not conflict.periods or max(conflict.periods) >= len(instance.periods):
        yield Violation(kind, "The conflict is in no period, or in one that is not there.")
        return
    for period in conflict.periods:
        for household in people:
            for place in _open_to(instance, household, period, restricted=restricted):
                if place not in conflict.available:
                    sentence = f"Household {household.id} may be in {place or 'no dwelling'} in {instance.periods[period]}, which the conflict leaves out."
                    yield Violation(kind, sentence, household.id, period, place)


def _open_to(
    instance: Instance, household: Household, period: int, *, restricted: bool
) -> Iterator[str | None]:
    """Where a household may be in a period as far as its own rules say; outside only if that is agreed and no rule wants it elsewhere."""
    homes = {dwelling.id: dwelling for dwelling in instance.dwellings}
    home, last = homes[household.home], len(instance.periods) - 1
    agreed = {lock.dwelling for lock in instance.fixed if (lock.household, lock.period) == (household.id, period)}  # fmt: skip
    stays = period == 0 or (restricted and all(home.available[: period + 1]))
    returns = household.claims_return and period == last
    if None in agreed and not stays and not returns:
        yield None
    for dwelling in instance.dwellings:
        goes_back = dwelling.id == home.id if home.available[last] else dwelling.building == home.building
        if (
            dwelling.available[period]
            and not any(_unfit(instance, household, dwelling))
            and (not agreed or dwelling.id in agreed)
            and (not stays or dwelling.id == home.id)
            and (not returns or goes_back)
        ):
            yield dwelling.id


def _of_rows(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Whether there is a row for everybody, with a known place for each period."""
    known = {household.id for household in instance.households}
    homes = {dwelling.id for dwelling in instance.dwellings}
    for name in plan.assignments:
        if name not in known:
            yield Violation(ViolationKind.UNKNOWN_HOUSEHOLD, f"There is no household {name}.", name)
    for household in instance.households:
        if household.id not in plan.assignments:
            sentence = f"Household {household.id} is nowhere in the plan."
            yield Violation(ViolationKind.MISSING_HOUSEHOLD, sentence, household.id)
            continue
        row = plan.assignments[household.id]
        if len(row) != len(instance.periods):
            sentence = f"Household {household.id} has {len(row)} places for {len(instance.periods)} periods."
            yield Violation(ViolationKind.WRONG_PERIODS, sentence, household.id)
        for period, place in enumerate(row):
            if place is not None and place not in homes:
                sentence = f"Household {household.id} is in {place}, which is no dwelling."
                yield Violation(ViolationKind.UNKNOWN_DWELLING, sentence, household.id, period, place)


def _of_places(places: _Places) -> Iterator[Violation]:
    """Whether each dwelling is open, and one that the household may live in."""
    for household, row in places.households():
        if row[0] != household.home:
            sentence = f"Household {household.id} is not at home, in {household.home}, in the first period."
            yield Violation(ViolationKind.NOT_AT_HOME, sentence, household.id, 0, row[0])
    for household, period, dwelling in places.stays():
        who, when = household.id, places.name(period)
        place = (who, period, dwelling.id)
        if not dwelling.available[period]:
            sentence = f"Dwelling {dwelling.id} is under works in {when}, and {who} is in it."
            yield Violation(ViolationKind.NOT_AVAILABLE, sentence, *place)
        for kind, reason in _unfit(places.instance, household, dwelling):
            yield Violation(kind, f"{reason}; it is there in {when}.", *place)


def _unfit(
    instance: Instance, household: Household, dwelling: Dwelling
) -> Iterator[tuple[ViolationKind, str]]:
    """Why a household may never live in a dwelling; no reason holds for its home."""
    who = f"Household {household.id}"
    if dwelling.id == household.home:
        return
    if dwelling.id in household.refuses:
        yield ViolationKind.REFUSED, f"{who} refuses dwelling {dwelling.id}"
    if household.needs_step_free and not dwelling.step_free:
        yield ViolationKind.STEPS, f"{who} needs a place without steps and {dwelling.id} has some"
    least = _least_area(instance, household.size)
    if Fraction(str(dwelling.area_m2)) < least:
        reason = f"{who} needs {float(least):g} m² and {dwelling.id} has {dwelling.area_m2:g}"
        yield ViolationKind.TOO_SMALL, reason


def _least_area(instance: Instance, size: int) -> Fraction:
    """m² as written in decimals, so that no rounding decides."""
    table = instance.adequacy.min_area_m2
    area = table[size] if size in table else table[max(table)]
    return Fraction(str(area)) * (1 - Fraction(str(instance.adequacy.tolerance)))


def _of_sharing(places: _Places) -> Iterator[Violation]:
    living: dict[tuple[int, str], list[str]] = defaultdict(list)
    for household, period, dwelling in places.stays():
        living[period, dwelling.id].append(household.id)
    for (period, place), (first, *others) in living.items():
        for other in others:
            sentence = f"Households {first} and {other} are both in {place} in {places.name(period)}."
            yield Violation(ViolationKind.SHARED, sentence, other, period, place)


def _arrivals(row: Row) -> list[int]:
    """Periods in which a household is in a dwelling where it was not in the one before."""
    return [
        period for period in range(1, len(row)) if row[period] is not None and row[period] != row[period - 1]
    ]


def _of_moves(places: _Places) -> Iterator[Violation]:
    by_period: dict[int, int] = defaultdict(int)
    for household, row in places.households():
        arrivals = _arrivals(row)
        for period in arrivals:
            by_period[period] += 1
        if len(arrivals) > household.max_moves:
            sentence = (
                f"Household {household.id} moves {len(arrivals)} times; {household.max_moves} is the most."
            )
            period = arrivals[household.max_moves]
            yield Violation(ViolationKind.TOO_MANY_MOVES, sentence, household.id, period)
    most = places.instance.moves_per_period
    for period, number in sorted(by_period.items()):
        if most is not None and number > most:
            sentence = f"There are {number} moves in {places.name(period)}; {most} is the most."
            yield Violation(ViolationKind.TOO_MANY_ARRIVALS, sentence, None, period)


def _of_ends(places: _Places) -> Iterator[Violation]:
    """Whether who claims it is at home again at the end, or in the same building if the home is not there then."""
    last = len(places.instance.periods) - 1
    for household, row in places.households():
        if not household.claims_return:
            continue
        home, end = places.dwellings[household.home], row[-1]
        if home.available[last]:
            is_back, where = end == home.id, home.id
        else:
            is_back = end is not None and places.dwellings[end].building == home.building
            where = f"building {home.building}"
        if not is_back:
            sentence = f"Household {household.id} claims to return to {where} and is not there at the end."
            yield Violation(ViolationKind.NOT_RETURNED, sentence, household.id, last, end)


def _of_locks(places: _Places) -> Iterator[Violation]:
    for lock in places.instance.fixed:
        row = places.rows.get(lock.household)
        if row is not None and row[lock.period] != lock.dwelling:
            agreed = lock.dwelling or "outside"
            sentence = f"For {lock.household} in {places.name(lock.period)} {agreed} is agreed, not {row[lock.period] or 'outside'}."
            yield Violation(ViolationKind.NOT_AS_FIXED, sentence, *(lock.household, lock.period, row[lock.period]))  # fmt: skip


def _of_restriction(places: _Places) -> Iterator[Violation]:
    """Whether nobody leaves home before works go through it."""
    for household, row in places.households():
        for period, is_open in enumerate(places.dwellings[household.home].available):
            if not is_open:
                break
            if period and row[period] != household.home:
                sentence = f"Household {household.id} leaves home by {places.name(period)}, before works begin there; the plan says that nobody does."
                yield Violation(ViolationKind.MOVED_EARLY, sentence, household.id, period, row[period])
                break


def _figures(places: _Places) -> dict[str, int]:
    """The value of each level, in the order of the objective."""
    published = places.instance.published
    outside = changed = moves = preferences = under_occupation = 0
    for household, row in places.households():
        outside += sum(place is None for place in row)
        if published is not None:
            changed += sum(a != b for a, b in zip(row, published[household.id], strict=True))
        moves += len(_arrivals(row)) * (3 if household.fragile else 2)
        end, home = row[-1], places.dwellings[household.home]
        preferences += end is None or places.dwellings[end].building != home.building
        if end is not None:
            under_occupation += max(0, places.dwellings[end].rooms - min(household.size, 4) - 1)
    values = (outside, changed, moves, preferences + _parted(places), under_occupation)
    return dict(zip(LEVELS, values, strict=True))


def _parted(places: _Places) -> int:
    """Pairs of which one wants to stay near the other, and that end in two buildings or not both in the estate."""
    pairs = {frozenset((one.id, other)) for one, _ in places.households() for other in one.near}
    parted = 0
    for pair in pairs:
        ends = [places.rows[name][-1] for name in pair]
        buildings = {None if end is None else places.dwellings[end].building for end in ends}
        parted += None in buildings or len(buildings) > 1
    return parted


def _of_levels(plan: Plan, figures: Mapping[str, int]) -> Iterator[Violation]:
    """Whether the plan tells its figures, its bounds and what is proved as they are."""
    names = tuple(level.name for level in plan.levels)
    if names != LEVELS:
        sentence = f"The levels are {', '.join(names) or 'none'}; they should be {', '.join(LEVELS)}."
        yield Violation(ViolationKind.WRONG_LEVELS, sentence)
    for level in plan.levels:
        if level.value != figures.get(level.name, level.value):
            sentence = f"Level {level.name} is {figures[level.name]}, not {level.value}."
            yield Violation(ViolationKind.WRONG_VALUE, sentence)
        if level.bound > level.value:
            sentence = f"The bound of level {level.name}, {level.bound}, is above its value, {level.value}."
            yield Violation(ViolationKind.BOUND_ABOVE_VALUE, sentence)
        if level.bound < 0:
            sentence = f"The bound of level {level.name}, {level.bound}, is below 0, which nothing is."
            yield Violation(ViolationKind.BOUND_BELOW_ZERO, sentence)
    open_levels = [level.name for level in plan.levels if level.bound < level.value]
    if plan.status is Status.OPTIMAL and open_levels:
        sentence = f"The plan is said to be optimal, but {', '.join(open_levels)} is not proved."
        yield Violation(ViolationKind.NOT_PROVED, sentence)
    if plan.status is Status.FEASIBLE and not open_levels and names == LEVELS:
        sentence = "The plan is said to have a gap, but every level is proved."
        yield Violation(ViolationKind.PROVED, sentence)
