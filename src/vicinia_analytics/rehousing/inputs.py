"""What a mobility plan is about: dwellings, households, periods and rules; checked when they are made.

Exchange format `vicinia-rehousing/1` (docs/analytics/rehousing.md). Periods are the change points of the works calendar; period 0 is today.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from vicinia_analytics.rehousing.faults import adequacy_faults, instance_faults
from vicinia_analytics.rehousing.shapes import RehousingInputError, Shape, join, read_json

FORMAT = "vicinia-rehousing/1"

Value = TypeVar("Value")
Assignments = Mapping[str, tuple[str | None, ...]]
"""Where each household is in every period: the id of a dwelling, or None outside the estate."""


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A place to live. `available` has one value a period: False while works go through it. Area in m²."""

    id: str
    building: str
    lot: str
    area_m2: float
    rooms: int
    step_free: bool
    available: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together; `home` is where they are in period 0, `near` the households whose building they want to share at the end."""

    id: str
    home: str
    size: int
    needs_step_free: bool = False
    fragile: bool = False
    max_moves: int = 2
    claims_return: bool = False
    near: tuple[str, ...] = ()
    refuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Adequacy:
    """The smallest area in m² by number of people, and which part of it may be missing (0.15 is 15 %).

    Sizes over the largest use the largest. Raises RehousingInputError for a table with gaps or a tolerance out of range.
    """

    min_area_m2: Mapping[int, float]
    tolerance: float
    _required: Mapping[int, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = tuple(adequacy_faults(self.min_area_m2, self.tolerance))
        if problems:
            raise RehousingInputError(problems)
        # In decimals: 100 m² less 41 % are 59 m², where binary fractions give 59.00000000000001 and refuse them.
        share = 1 - Decimal(str(self.tolerance))
        required = {size: float(Decimal(str(area)) * share) for size, area in self.min_area_m2.items()}
        object.__setattr__(self, "_required", required)

    def required(self, size: int) -> float:
        """Area in m² that a household of `size` people needs at least: min_area(size) × (1 − tolerance)."""
        return self._required[min(size, max(self._required))]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is agreed and signed: a household is in a dwelling in a period (a number from 0), or outside if it is None."""

    household: str
    period: int
    dwelling: str | None


@dataclass(frozen=True, slots=True)
class Instance:
    """One estate and its works calendar.

    moves_per_period: most arrivals of all households in a period, None for no limit. published: the plan that people know, when it is made
    anew. Raises RehousingInputError with all that is wrong.
    """

    periods: tuple[str, ...]
    dwellings: tuple[Dwelling, ...]
    households: tuple[Household, ...]
    adequacy: Adequacy
    fixed: tuple[Fixed, ...] = ()
    moves_per_period: int | None = None
    published: Assignments | None = None
    _dwellings: Mapping[str, Dwelling] = field(init=False, repr=False, compare=False)
    _households: Mapping[str, Household] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        problems = tuple(
            instance_faults(
                self.periods,
                self.dwellings,
                self.households,
                self.fixed,
                self.moves_per_period,
                self.published,
            )
        )
        if problems:
            raise RehousingInputError(problems)
        object.__setattr__(self, "_dwellings", {dwelling.id: dwelling for dwelling in self.dwellings})
        object.__setattr__(self, "_households", {household.id: household for household in self.households})

    def dwelling(self, name: str) -> Dwelling:
        """The dwelling of an id. Raises KeyError."""
        return self._dwellings[name]

    def household(self, name: str) -> Household:
        """The household of an id. Raises KeyError."""
        return self._households[name]

    def admits(self, household: Household, dwelling: Dwelling) -> bool:
        """Whether a household may live in a dwelling whenever it is available: its home, or adequate and not refused."""
        if dwelling.id == household.home:
            return True
        return (
            dwelling.id not in household.refuses
            and (dwelling.step_free or not household.needs_step_free)
            and dwelling.area_m2 >= self.adequacy.required(household.size)
        )

    @property
    def sha256(self) -> str:
        """Fingerprint of the canonical JSON: sorted keys, no spaces, UTF-8. Order of lists matters, that of `refuses` does not."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The instance in the exchange format, with every key."""
        return {
            "format": FORMAT,
            "periods": list(self.periods),
            "dwellings": [_dwelling_to_json(dwelling) for dwelling in self.dwellings],
            "households": [_household_to_json(household) for household in self.households],
            "adequacy": {
                "min_area_m2": {
                    str(size): float(area) for size, area in sorted(self.adequacy.min_area_m2.items())
                },
                "tolerance": float(self.adequacy.tolerance),
            },
            "fixed": [
                {"household": one.household, "period": one.period, "dwelling": one.dwelling}
                for one in self.fixed
            ],
            "moves_per_period": self.moves_per_period,
            "published": None
            if self.published is None
            else {name: list(row) for name, row in self.published.items()},
        }

    @classmethod
    def from_json(cls, data: Any) -> Instance:
        """An instance from the exchange format. Raises RehousingInputError with all that is wrong, each with its path."""
        shape = Shape()
        draft = _Draft.read(shape, data)
        problems = [*shape.problems, *draft.further_faults(shape.problems)]
        if problems:
            raise RehousingInputError(problems)
        return cls(
            draft.periods,
            draft.dwellings,
            draft.households,
            Adequacy(draft.min_area_m2, draft.tolerance),
            draft.fixed,
            draft.moves_per_period,
            draft.published,
        )


def read_instance(path: Path) -> Instance:
    """The instance of a JSON file. Raises RehousingInputError."""
    return Instance.from_json(read_json(path))


_Table = tuple[Mapping[int, float], float]
"""The smallest areas by number of people, and the tolerance."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a document says, before anybody knows whether it can be true."""

    periods: tuple[str, ...]
    dwellings: tuple[Dwelling, ...]
    households: tuple[Household, ...]
    min_area_m2: Mapping[int, float]
    tolerance: float
    fixed: tuple[Fixed, ...]
    moves_per_period: int | None
    published: Assignments | None

    @classmethod
    def read(cls, shape: Shape, data: Any) -> _Draft:
        needed = ("format", "periods", "dwellings", "households", "adequacy")
        whole = shape.mapping(data, "", needed, ("fixed", "moves_per_period", "published"))
        if whole.get("format", FORMAT) != FORMAT:
            shape.wrong("format", f"it is not {FORMAT}")
        nothing: _Table = ({1: 0.0}, 0.0)
        table = _Given(shape, whole, "").one("adequacy", partial(_adequacy, shape), nothing)
        return cls(
            tuple(shape.text(one, path) for one, path in shape.items(whole.get("periods", []), "periods")),
            tuple(_dwelling(shape, one, path) for one, path in shape.items(whole.get("dwellings", []), "dwellings")),
            tuple(_household(shape, one, path) for one, path in shape.items(whole.get("households", []), "households")),
            *table,
            tuple(_fixed(shape, one, path) for one, path in shape.items(whole.get("fixed", []), "fixed")),
            shape.whole_or_none(whole.get("moves_per_period"), "moves_per_period"),
            None
            if whole.get("published") is None
            else read_assignments(shape, whole["published"], "published"),
        )  # fmt: skip

    def further_faults(self, known: Sequence[str]) -> Iterator[str]:
        """Faults besides the known ones: none of a value that something else stands in for."""
        paths = {_path(problem) for problem in known}
        if paths & {"document", "periods", "dwellings", "households"}:
            return
        faults = instance_faults(
            self.periods,
            self.dwellings,
            self.households,
            self.fixed,
            self.moves_per_period,
            self.published,
        )
        objects = {path.rpartition(".")[0] for path in paths}
        for fault in chain(faults, adequacy_faults(self.min_area_m2, self.tolerance)):
            if not paths & set(_path_and_above(fault)) and _path(fault) not in objects:
                yield fault


def _path(problem: str) -> str:
    return problem.partition(": ")[0]


def _path_and_above(problem: str) -> Iterator[str]:
    """`households[3].near[0]`, `households[3].near`, `households[3]`, `households`."""
    path = _path(problem)
    yield path
    for cut in re.finditer(r"[.\[]", path):
        yield path[: cut.start()]


def _dwelling(shape: Shape, data: Any, path: str) -> Dwelling:
    needed = ("id", "building", "lot", "area_m2", "rooms", "step_free", "available")
    given = _Given(shape, shape.mapping(data, path, needed), path)
    return Dwelling(
        given.one("id", shape.text, ""),
        given.one("building", shape.text, ""),
        given.one("lot", shape.text, ""),
        given.one("area_m2", shape.number, 1.0),
        given.one("rooms", shape.whole, 1),
        given.one("step_free", shape.truth, False),
        given.many("available", lambda value, at: shape.truth(value, at, instead=True)),
    )


def _household(shape: Shape, data: Any, path: str) -> Household:
    optional = ("needs_step_free", "fragile", "max_moves", "claims_return", "near", "refuses")
    given = _Given(shape, shape.mapping(data, path, ("id", "home", "size"), optional), path)
    refuses = given.many("refuses", shape.text)
    for at, name in enumerate(refuses):
        if name in refuses[:at]:
            shape.wrong(f"{path}.refuses[{at}]", f"{name} is there twice")
    return Household(
        given.one("id", shape.text, ""),
        given.one("home", shape.text, ""),
        given.one("size", shape.whole, 1),
        given.one("needs_step_free", shape.truth, False),
        given.one("fragile", shape.truth, False),
        given.one("max_moves", shape.whole, 2),
        given.one("claims_return", shape.truth, False),
        given.many("near", shape.text),
        frozenset(refuses),
    )


def _fixed(shape: Shape, data: Any, path: str) -> Fixed:
    given = _Given(shape, shape.mapping(data, path, ("household", "period", "dwelling")), path)
    return Fixed(
        given.one("household", shape.text, ""),
        given.one("period", shape.whole, 0),
        given.one("dwelling", shape.text_or_none, None),
    )


def _adequacy(shape: Shape, data: Any, path: str) -> _Table:
    given = _Given(shape, shape.mapping(data, path, ("min_area_m2", "tolerance")), path)
    nothing: Mapping[int, float] = {}
    return given.one("min_area_m2", partial(_min_area, shape), nothing), given.one(
        "tolerance", shape.number, 0.0
    )


def _min_area(shape: Shape, data: Any, path: str) -> Mapping[int, float]:
    out = {}
    for key, value in shape.mapping(data, path, optional=None).items():
        if not (key.isascii() and key.isdigit() and len(key) < 4 and str(int(key)) == key):
            shape.wrong(f"{path}.{key}", "a number of people is needed as key")
        else:
            out[int(key)] = shape.number(value, f"{path}.{key}")
    return out


def read_assignments(shape: Shape, data: Any, path: str) -> dict[str, tuple[str | None, ...]]:
    """Rows of dwellings (null for outside) by household, as instances and plans have them."""
    return {
        name: tuple(shape.text_or_none(one, at) for one, at in shape.items(row, f"{path}.{name}"))
        for name, row in shape.mapping(data, path, optional=None).items()
    }


@dataclass(frozen=True, slots=True)
class _Given:
    """An object that was read: its values by key; what is missing was already said."""

    shape: Shape
    values: Mapping[str, Any]
    path: str

    def one(self, key: str, read: Callable[[Any, str], Value], missing: Value) -> Value:
        return read(self.values[key], join(self.path, key)) if key in self.values else missing

    def many(self, key: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
        values = self.shape.items(self.values.get(key, []), join(self.path, key))
        return tuple(read(value, path) for value, path in values)


def _dwelling_to_json(dwelling: Dwelling) -> dict[str, Any]:
    return asdict(dwelling) | {"area_m2": float(dwelling.area_m2), "available": list(dwelling.available)}


def _household_to_json(household: Household) -> dict[str, Any]:
    return asdict(household) | {"near": list(household.near), "refuses": sorted(household.refuses)}
