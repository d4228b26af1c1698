"""A mobility plan as it is handed on: who is where in every period, how good it is, and how sure that is.

Exchange format `vicinia-rehousing-plan/1` (docs/analytics/rehousing.md). Nothing is judged here: `checker.check` does it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from vicinia_analytics.rehousing.inputs import Assignments, read_assignments
from vicinia_analytics.rehousing.shapes import RehousingInputError, Shape, read_json

PLAN_FORMAT = "vicinia-rehousing-plan/1"

LEVELS = ("outside", "changed", "moves", "preferences", "under_occupation")
"""The levels of the objective, the one that counts more first."""


class Status(StrEnum):
    """How sure a plan is: every level proved, some gap left, no plan can be, or nothing was found in time."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective: the plan's value, and what no plan can be below, given the levels before."""

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a part of it: (value − bound) / max(1, value)."""
        return (self.value - self.bound) / max(1, self.value)


class ConflictKind(StrEnum):
    """Why there is no plan: too few places for some households (Hall 1935), or rules that can't all hold."""

    PLACES = "places"
    RULES = "rules"


class RuleKind(StrEnum):
    """A rule of the instance that a conflict names and a relaxation loosens."""

    AVAILABLE = "available"
    ADEQUATE = "adequate"
    REFUSES = "refuses"
    MAX_MOVES = "max_moves"
    MOVES_PER_PERIOD = "moves_per_period"
    CLAIMS_RETURN = "claims_return"
    FIXED = "fixed"
    NOBODY_OUTSIDE = "nobody_outside"


class RelaxationKind(StrEnum):
    """What could be given so that a plan exists."""

    SPARE_DWELLING = "spare_dwelling"
    TOLERANCE = "tolerance"
    OUTSIDE = "outside"
    REFUSAL = "refusal"
    MOVE = "move"
    LOCK = "lock"
    RETURN = "return"
    MOVES_PER_PERIOD = "moves_per_period"


@dataclass(frozen=True, slots=True)
class Need:
    """What the households of a conflict need of a dwelling: m² at least, and whether without steps."""

    min_area_m2: float
    step_free: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one household, dwelling or period (a number from 0); what does not apply is None."""

    kind: RuleKind
    household: str | None = None
    dwelling: str | None = None
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set found that can't be housed together.

    PLACES: `households` need what `need` says in `periods`, and only `available` can give it: fewer dwellings than households.
    RULES: `rules` can't all hold; without any one of them they could, if it was proved (`irreducible`). `sentence` says it in English.
    """

    kind: ConflictKind
    households: tuple[str, ...]
    periods: tuple[int, ...]
    need: Need | None
    available: tuple[str, ...]
    sentence: str
    rules: tuple[Rule, ...] = ()
    irreducible: bool = False


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Something that makes a plan possible, verified by solving.

    `dwelling` is the one that is refused, locked or to be copied as a spare one; `amount` how much is given: moves, periods outside, flats, or the
    new tolerance. `outside`: household-periods outside with it, None if that was not found.
    """

    kind: RelaxationKind
    household: str | None
    dwelling: str | None
    period: int | None
    amount: float
    outside: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan and how it was made.

    restricted: nobody moves before their own lot starts; values and bounds are then those of that restriction. seconds: wall-clock.
    """

    status: Status
    restricted: bool
    levels: tuple[Level, ...]
    assignments: Assignments
    seconds: float
    solver: str
    seed: int
    instance_sha256: str
    conflict: Conflict | None = None
    relaxations: tuple[Relaxation, ...] = ()

    @property
    def values(self) -> tuple[int, ...]:
        """Values of the levels in order: the smaller of two such tuples is the better plan."""
        return tuple(level.value for level in self.levels)

    def to_json(self) -> dict[str, Any]:
        """The plan in the exchange format; `conflict` and `relaxations` only where there is no plan."""
        out: dict[str, Any] = {
            "format": PLAN_FORMAT,
            "status": self.status.value,
            "restricted": self.restricted,
            "levels": [asdict(level) for level in self.levels],
            "assignments": {name: list(row) for name, row in self.assignments.items()},
            "seconds": self.seconds,
            "solver": self.solver,
            "seed": self.seed,
            "instance_sha256": self.instance_sha256,
        }
        if self.status is Status.INFEASIBLE:
            out["conflict"] = None if self.conflict is None else _conflict_to_json(self.conflict)
            out["relaxations"] = [asdict(one) | {"kind": one.kind.value} for one in self.relaxations]
        return out

    @classmethod
    def from_json(cls, data: Any) -> Plan:
        """A plan from the exchange format; whether it is a good one is for `checker.check`. Raises RehousingInputError."""
        shape = Shape()
        needed = ("format", "status", "restricted", "levels", "assignments", "seconds", "solver", "seed", "instance_sha256")  # fmt: skip
        whole = shape.mapping(data, "", needed, ("conflict", "relaxations"))
        if whole.get("format", PLAN_FORMAT) != PLAN_FORMAT:
            shape.wrong("format", f"it is not {PLAN_FORMAT}")
        if shape.problems:
            raise RehousingInputError(shape.problems)
        conflict = whole.get("conflict")
        plan = cls(
            shape.kind(whole["status"], "status", Status),
            shape.truth(whole["restricted"], "restricted"),
            tuple(_level(shape, one, path) for one, path in shape.items(whole["levels"], "levels")),
            read_assignments(shape, whole["assignments"], "assignments"),
            shape.number(whole["seconds"], "seconds"),
            shape.text(whole["solver"], "solver"),
            shape.whole(whole["seed"], "seed"),
            shape.text(whole["instance_sha256"], "instance_sha256"),
            None if conflict is None else _conflict(shape, conflict, "conflict"),
            tuple(
                _relaxation(shape, one, path)
                for one, path in shape.items(whole.get("relaxations", []), "relaxations")
            ),
        )
        if shape.problems:
            raise RehousingInputError(shape.problems)
        return plan


def read_plan(path: Path) -> Plan:
    """The plan of a JSON file. Raises RehousingInputError."""
    return Plan.from_json(read_json(path))


def _keys(shape: Shape, data: Any, path: str, kind: type) -> dict[str, Any] | None:
    """An object with exactly the fields of a dataclass, or None, which was then said."""
    known = len(shape.problems)
    given = shape.mapping(data, path, tuple(kind.__dataclass_fields__))  # type: ignore[attr-defined]
    return given if len(shape.problems) == known else None


def _level(shape: Shape, data: Any, path: str) -> Level:
    given = _keys(shape, data, path, Level)
    if given is None:
        return Level("", 0, 0)
    return Level(
        shape.text(given["name"], f"{path}.name"),
        shape.whole(given["value"], f"{path}.value"),
        shape.whole(given["bound"], f"{path}.bound"),
    )


def _texts(shape: Shape, data: Any, path: str) -> tuple[str, ...]:
    return tuple(shape.text(one, at) for one, at in shape.items(data, path))


def _conflict(shape: Shape, data: Any, path: str) -> Conflict | None:
    given = _keys(shape, data, path, Conflict)
    if given is None:
        return None
    need = given["need"]
    return Conflict(
        shape.kind(given["kind"], f"{path}.kind", ConflictKind),
        _texts(shape, given["households"], f"{path}.households"),
        tuple(shape.whole(one, at, 0) for one, at in shape.items(given["periods"], f"{path}.periods")),
        None if need is None else _need(shape, need, f"{path}.need"),
        _texts(shape, given["available"], f"{path}.available"),
        shape.text(given["sentence"], f"{path}.sentence"),
        tuple(_rule(shape, one, at) for one, at in shape.items(given["rules"], f"{path}.rules")),
        shape.truth(given["irreducible"], f"{path}.irreducible"),
    )


def _need(shape: Shape, data: Any, path: str) -> Need | None:
    given = _keys(shape, data, path, Need)
    if given is None:
        return None
    return Need(
        shape.number(given["min_area_m2"], f"{path}.min_area_m2"),
        shape.truth(given["step_free"], f"{path}.step_free"),
    )


def _rule(shape: Shape, data: Any, path: str) -> Rule:
    given = _keys(shape, data, path, Rule)
    if given is None:
        return Rule(RuleKind.AVAILABLE)
    return Rule(
        shape.kind(given["kind"], f"{path}.kind", RuleKind),
        shape.text_or_none(given["household"], f"{path}.household"),
        shape.text_or_none(given["dwelling"], f"{path}.dwelling"),
        shape.whole_or_none(given["period"], f"{path}.period", 0),
    )


def _relaxation(shape: Shape, data: Any, path: str) -> Relaxation:
    given = _keys(shape, data, path, Relaxation)
    if given is None:
        return Relaxation(RelaxationKind.SPARE_DWELLING, None, None, None, 0, None, "")
    return Relaxation(
        shape.kind(given["kind"], f"{path}.kind", RelaxationKind),
        shape.text_or_none(given["household"], f"{path}.household"),
        shape.text_or_none(given["dwelling"], f"{path}.dwelling"),
        shape.whole_or_none(given["period"], f"{path}.period", 0),
        shape.number(given["amount"], f"{path}.amount"),
        shape.whole_or_none(given["outside"], f"{path}.outside", 0),
        shape.text(given["sentence"], f"{path}.sentence"),
    )


def _conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    return asdict(conflict) | {
        "kind": conflict.kind.value,
        "households": list(conflict.households),
        "periods": list(conflict.periods),
        "available": list(conflict.available),
        "rules": [asdict(rule) | {"kind": rule.kind.value} for rule in conflict.rules],
    }
