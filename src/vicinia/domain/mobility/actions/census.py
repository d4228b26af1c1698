"""A table of dwellings and households is taken in: each line by itself, none lost without its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.files import Numbers, change_numbers, open_file
from vicinia.domain.mobility.models import NearWish, RehousingFile, Relocation, Unit
from vicinia.domain.mobility.states import FileState
from vicinia.domain.people import actions as people
from vicinia.domain.people import queries as known_people
from vicinia.domain.people.models import Household
from vicinia.domain.territory.incoming import Origin, Tally
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True, slots=True)
class CensusRow:
    """A dwelling, and the household that comes from it; what a line does not say (None, "") stays as it is."""

    origin: Origin
    building: str
    code: str = ""
    stair: str = ""
    door: str = ""
    is_spare: bool | None = None
    number: int | None = None
    people: int | None = None
    needs_step_free: bool | None = None
    fragile: bool | None = None
    most_moves: int | None = None
    claims_return: bool | None = None
    language: str = ""
    near: tuple[int, ...] = ()


@dataclass(slots=True)
class Census:
    """What became of the lines: of the dwellings and of the households."""

    units: Tally = field(default_factory=Tally)
    files: Tally = field(default_factory=Tally)


_NEW, _CHANGED, _SAME = "new", "changed", "same"


@transaction.atomic
def take_in_households(*, by: Actor, relocation: Relocation, rows: Iterable[CensusRow]) -> Census:
    """Take in dwellings and households. A line that may not be is refused with its reason; the others stay."""
    wait_turn(f"mobility:units:{relocation.pk}")
    row = queries.locked_relocation(relocation)
    rules.may_change(by, row).require()

    census, became, near = Census(), dict[int, str](), list[tuple[CensusRow, RehousingFile]]()
    for line in rows:
        try:
            with transaction.atomic():
                unit, file, state = _take_line(by, row, line)
        except Refused as refused:
            census.files.refuse(line.origin, refused.verdict.sentence)
            continue
        _count(census.units, unit)
        if file is not None:
            became[file.pk] = state
            near.append((line, file))
    for line, file in near:
        _bring_near(row, line, file, census, became)
    for state in became.values():
        _count(census.files, state)

    tally = census.files
    left_out = len(tally.refused)
    journal.record(
        events.HOUSEHOLDS_TAKEN_IN, by=by, about=row, new=tally.new, changed=tally.changed, refused=left_out
    )
    return census


def _count(tally: Tally, became: str) -> None:
    setattr(tally, became, getattr(tally, became) + 1)


def _take_line(by: Actor, relocation: Relocation, line: CensusRow) -> tuple[str, RehousingFile | None, str]:
    """What became of the dwelling, the file of its household if there is one, and what became of it."""
    found = queries.dwellings_at(line.building, line.code, line.stair, line.door)
    rules.is_one_dwelling(len(found)).require()
    dwelling = found[0]
    unit = _take_unit(relocation, dwelling, line.is_spare)
    household = _household(by, relocation, dwelling, line)
    if household is None:
        return unit, None, ""
    file = queries.file_of(relocation, household)
    if file is not None:
        before = file.version
        changed = change_numbers(by=by, file=file, numbers=_numbers(line, file))
        return unit, changed, _CHANGED if changed.version != before else _SAME
    size = line.people or known_people.portraits([household])[household.pk].size
    rules.has_a_size(size).require()
    numbers = _numbers(line, RehousingFile(size=size or 0))
    return unit, open_file(by=by, relocation=relocation, household=household, numbers=numbers), _NEW


def _take_unit(relocation: Relocation, dwelling: Dwelling, is_spare: bool | None) -> str:
    unit, made = Unit.objects.get_or_create(
        relocation=relocation, dwelling=dwelling, defaults={"is_spare": bool(is_spare)}
    )
    if made:
        return _NEW
    if is_spare is None or unit.is_spare == is_spare:
        return _SAME
    unit.is_spare = is_spare
    unit.save()
    return _CHANGED


def _household(by: Actor, relocation: Relocation, dwelling: Dwelling, line: CensusRow) -> Household | None:
    """The household of a line: the one that is known there, the one that it names, or a new one; None for an empty door."""
    here = queries.household_in(dwelling)
    left = queries.open_file_from(relocation, dwelling)
    named = queries.known_household(by, line.number) if line.number is not None else None
    told = named or here
    file = queries.file_of(relocation, told) if told else None
    facts = rules.LineFacts(
        number=line.number,
        people=line.people,
        known=named is not None,
        lives_in=_lives_in(named, dwelling),
        lives_here=here.number if here else None,
        left=left.household.number if left else None,
        is_closed=file is not None and file.state == FileState.CLOSED,
    )
    rules.may_take_line(facts).require()
    if told is None and line.people is None:
        return None
    if told is None:
        stated = people.Stated((line.language,) if line.language else (), line.people)
        return people.make_household(by=by, dwelling=dwelling, stated=stated)
    if told.dwelling_id is None and file is None:
        return people.move_in(by=by, household=told, dwelling=dwelling)
    return told


def _lives_in(household: Household | None, dwelling: Dwelling) -> str:
    if household is None or household.dwelling_id is None:
        return ""
    return "here" if household.dwelling_id == dwelling.pk else "elsewhere"


def _numbers(line: CensusRow, known: RehousingFile) -> Numbers:
    """What the line says, and what is known where it says nothing."""

    def told(name: str) -> object:
        said = getattr(line, name)
        return getattr(known, name) if said in (None, "") else said

    names = ("needs_step_free", "fragile", "most_moves", "claims_return", "language")
    return Numbers(size=line.people or known.size, **{name: told(name) for name in names})  # type: ignore[arg-type]


def _bring_near(
    relocation: Relocation, line: CensusRow, file: RehousingFile, census: Census, became: dict[int, str]
) -> None:
    """The neighbours of a line, once every line is in: one that is not there is said, the rest of the line stays."""
    for number in line.near:
        other = queries.open_file_of_number(relocation, number)
        if other is None or other.pk == file.pk:
            sentence = _(
                "Vicino a: il nucleo %(number)s non è in questa mobilità. Il resto della riga è tenuto."
            )
            census.files.refuse(line.origin, sentence % {"number": number})
        elif not queries.are_near(file, other):
            NearWish.objects.create(file=file, other=other)
            became[file.pk] = _CHANGED if became[file.pk] == _SAME else became[file.pk]
