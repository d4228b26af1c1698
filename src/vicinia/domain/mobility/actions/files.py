"""A household gets a file, somebody accompanies it, the file ends."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.urls import reverse

from vicinia.domain.casework import actions as casework
from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.models import (
    Companion,
    RehousingFile,
    Relocation,
)
from vicinia.domain.mobility.queries import moving
from vicinia.domain.mobility.states import FileState
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True, slots=True)
class Numbers:
    """What of a household counts in the plan. `most_moves` None: as the relocation says."""

    size: int
    needs_step_free: bool = False
    fragile: bool = False
    most_moves: int | None = None
    claims_return: bool = False
    language: str = "it"


@dataclass(frozen=True, slots=True)
class Words:
    """What only who accompanies a household reads."""

    needs: str = ""
    school: str = ""
    work: str = ""
    pets: str = ""
    belongings: str = ""
    wishes: str = ""


# The file ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_file(
    *, by: Actor, relocation: Relocation, household: Household, numbers: Numbers, home: Dwelling | None = None
) -> RehousingFile:
    """Count a household in a relocation. It comes from where it lives, or from `home` if it has left it already."""
    wait_turn(f"mobility:household:{household.pk}")
    home = home or household.dwelling
    facts = queries.household_facts(relocation, household, home)
    rules.may_open_file(by, relocation, facts, size=numbers.size).require()
    assert home is not None  # the rule has asked for it

    row = RehousingFile.objects.create(
        relocation=relocation, household=household, home=home, **asdict(numbers)
    )

    journal.record(events.FILE_OPENED, by=by, about=row)
    return row


@transaction.atomic
def change_numbers(
    *, by: Actor, file: RehousingFile, numbers: Numbers, seen_version: int | None = None
) -> RehousingFile:
    """Put right what counts in the plan."""
    row = queries.locked_file(file).require_version(seen_version, yours=numbers)
    rules.may_change_numbers(by, row, size=numbers.size).require()

    if take_over(row, numbers):
        row.save()
        journal.record(events.FILE_NUMBERS, by=by, about=row)
    return row


def take_over(row: RehousingFile, values: Numbers | Words) -> bool:
    """Whether something is not as it was."""
    changed = {name: value for name, value in asdict(values).items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


# Who accompanies --------------------------------------------------------------------------------------------------


@transaction.atomic
def take_file(*, by: Actor, file: RehousingFile) -> Companion:
    """Accompany a household that nobody accompanies."""
    row = queries.locked_file(file)
    rules.may_take(by, row, is_accompanied=queries.is_accompanied(row)).require()
    assert by.user_id is not None  # the rule has asked for it

    Companion.objects.filter(file=row, is_first=True).update(is_first=False)
    companion, _made = Companion.objects.update_or_create(
        file=row, user_id=by.user_id, defaults={"is_first": True}
    )

    journal.record(events.FILE_TAKEN, by=by, about=row, operator=by.name)
    return companion


@transaction.atomic
def give_companion(*, by: Actor, file: RehousingFile, user: User, is_first: bool = False) -> Companion:
    """Let somebody accompany a household; the first one is whom the family asks for."""
    row = queries.locked_file(file)
    rules.may_give(by, row).require()
    there = queries.companions_of(row)
    is_able = queries.able().filter(pk=user.pk).exists()
    is_there = any(one.user_id == user.pk for one in there)
    rules.may_be_companion(is_able=is_able, is_there=is_there).require()

    if is_first:
        Companion.objects.filter(file=row, is_first=True).update(is_first=False)
    companion = Companion.objects.create(file=row, user=user, is_first=is_first or not there)

    journal.record(events.FILE_GIVEN, by=by, about=row, operator=by.name, companion=user.name)
    return companion


@transaction.atomic
def remove_companion(*, by: Actor, companion: Companion) -> RehousingFile:
    """Somebody no longer accompanies a household; the next one is asked for instead."""
    row = queries.locked_file(companion.file)
    rules.may_remove_companion(by, is_self=companion.user_id == by.user_id).require()

    name = companion.user.name
    companion.delete()
    left = queries.companions_of(row)
    if left and not left[0].is_first:
        left[0].is_first = True
        left[0].save()

    journal.record(events.FILE_LEFT, by=by, about=row, companion=name)
    return row


def matter_key(row: RehousingFile) -> str:
    """The key under which a file stands open on its case."""
    return f"mobility:{row.pk}"


def keep_case_open(by: Actor, row: RehousingFile) -> None:
    """A case is not closed while the household is accompanied."""
    assert row.case is not None  # called for a file that has one
    matter = casework.OpenMatter(
        key=matter_key(row),
        kind=events.ACCOMPANIED,
        url=reverse("rehousing_file", args=[row.relocation.reference, row.household.number]),
        blocks="closed",
    )
    casework.raise_matter(by=by, case=row.case, matter=matter)


# The end ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def end_return(*, by: Actor, file: RehousingFile, reason: str, seen_version: int | None) -> RehousingFile:
    """The household gives up coming back, and says why."""
    row = queries.locked_file(file).require_version(seen_version, yours=reason)
    is_companion = queries.is_companion(by, row)
    rules.may_end_return(by, row, is_companion=is_companion, reason=reason).require()

    row.return_ended_on, row.return_end_reason = clock.today(), reason.strip()
    row.save()

    journal.record(events.FILE_RETURN_ENDED, by=by, about=row)
    return row


@transaction.atomic
def close_file(*, by: Actor, file: RehousingFile, reason: str, seen_version: int | None) -> RehousingFile:
    """Nobody accompanies the household any more; its case may be closed from now on."""
    row = queries.locked_file(file).require_version(seen_version, yours=reason)
    is_companion, was_moved = queries.is_companion(by, row), queries.was_moved(row)
    rules.may_close_file(by, row, is_companion=is_companion, reason=reason, was_moved=was_moved).require()
    rules.may_end(moving.end_facts(row)).require()

    row.enter(FileState.CLOSED, by=by, reason=reason.strip(), state_since=clock.now())
    casework.settle_matter(by=by, key=matter_key(row))

    journal.record(events.FILE_CLOSED, by=by, about=row)
    return row


@transaction.atomic
def reopen_file(*, by: Actor, file: RehousingFile, reason: str, seen_version: int | None) -> RehousingFile:
    """Accompany the household again, from the point that its talks have reached."""
    wait_turn(f"mobility:household:{file.household_id}")
    row = queries.locked_file(file).require_version(seen_version, yours=reason)
    rules.may_reopen_file(
        by,
        row,
        is_companion=queries.is_companion(by, row),
        open_elsewhere=queries.open_elsewhere(row.household, row.relocation),
        reason=reason,
    ).require()

    row.enter(FileState.CENSUS, by=by, reason=reason.strip(), state_since=clock.now())
    if queries.interviews_of(row):
        row.enter(FileState.INTERVIEWED, by=by, state_since=clock.now())
    if row.case is not None:
        keep_case_open(by, row)

    journal.record(events.FILE_REOPENED, by=by, about=row)
    return row
