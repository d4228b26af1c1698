"""A relocation is prepared, its dwellings and their states are kept, the rule of adequacy is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import adequacy, events, queries, rules
from vicinia.domain.mobility.models import AdequacyTable, Relocation, Spell, Unit
from vicinia.domain.mobility.states import SpellKind
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites.models import Worksite
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.journal.events import Event
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.turns import wait_turn

# The rule of adequacy ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableCard:
    """A rule of adequacy: how many square metres, and how many rooms, so many people need."""

    name: str
    source: str
    sizes: tuple[adequacy.Size, ...]
    people_per_room: int | None = None
    rooms_at_most: int | None = None


@transaction.atomic
def take_in_tables(*, by: Actor) -> int:
    """Keep the tables that come with the program; those that are there, also retired, stay as they are."""
    rules.may_keep_tables(by).require()
    known = queries.table_codes()
    missing = [table for table in adequacy.known_tables() if table.code not in known]
    for table in missing:
        row = AdequacyTable.objects.create(**asdict(table) | {"sizes": [list(size) for size in table.sizes]})
        journal.record(events.TABLE_MADE, by=by, about=row)
    return len(missing)


@transaction.atomic
def make_table(*, by: Actor, card: TableCard) -> AdequacyTable:
    """Write down a rule of adequacy, from nothing or from a copy."""
    rules.may_keep_tables(by).require()
    rules.sizes_make_sense(card.sizes).require()

    row = AdequacyTable(code=f"tabella-{next_reference('adequacy')}")
    _write_table(row, card)

    journal.record(events.TABLE_MADE, by=by, about=row)
    return row


@transaction.atomic
def change_table(
    *, by: Actor, table: AdequacyTable, card: TableCard, seen_version: int | None
) -> AdequacyTable:
    """Put right a table that no relocation uses yet."""
    row: AdequacyTable = AdequacyTable.objects.lock(table)
    row.require_version(seen_version, yours=card)
    rules.may_change_table(by, row, is_used=queries.is_table_used(row)).require()
    rules.sizes_make_sense(card.sizes).require()

    _write_table(row, card)

    journal.record(events.TABLE_CHANGED, by=by, about=row)
    return row


def _write_table(row: AdequacyTable, card: TableCard) -> None:
    row.name, row.source = card.name, card.source
    row.sizes = [list(size) for size in card.sizes]
    row.people_per_room, row.rooms_at_most = card.people_per_room, card.rooms_at_most
    row.save()


@transaction.atomic
def retire_table(*, by: Actor, table: AdequacyTable) -> AdequacyTable:
    """No new relocation uses it; those that do go on."""
    row: AdequacyTable = AdequacyTable.objects.lock(table)
    rules.may_retire_table(by, row).require()

    row.retired_on = clock.today()
    row.save()

    journal.record(events.TABLE_RETIRED, by=by, about=row)
    return row


# Relocations ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RelocationPlan:
    """What a relocation is: for which works, by which rule, with which limits."""

    name: str
    adequacy: AdequacyTable
    category: Category
    worksites: Sequence[Worksite] = ()
    most_moves: int = 2
    most_moves_fragile: int = 2
    removals_a_month: int | None = None
    answer_days: int = 15
    payment_days: int = 28


_FIELDS = (
    *("name", "adequacy", "category", "most_moves", "most_moves_fragile"),
    *("removals_a_month", "answer_days", "payment_days"),
)


@transaction.atomic
def make_relocation(*, by: Actor, new: RelocationPlan) -> Relocation:
    """Begin to prepare who lives where while some worksites are at work."""
    rules.may_run(by).require()
    rules.may_use_table(queries.table_coded(new.adequacy.code)).require()

    values = {name: getattr(new, name) for name in _FIELDS}
    row = Relocation.objects.create(reference=f"MB{next_reference('relocation')}", **values)
    row.worksites.set(new.worksites)

    journal.record(events.RELOCATION_MADE, by=by, about=row)
    return row


@transaction.atomic
def change_relocation(
    *, by: Actor, relocation: Relocation, new: RelocationPlan, seen_version: int | None
) -> Relocation:
    """Change what it is; plans that were made stay as they were."""
    row = queries.locked_relocation(relocation).require_version(seen_version, yours=new)
    rules.may_change(by, row).require()
    table = queries.table_coded(new.adequacy.code)
    rules.may_use_table(table, was=row.adequacy).require()

    for name in _FIELDS:
        setattr(row, name, getattr(new, name))
    row.save()
    row.worksites.set(new.worksites)

    journal.record(events.RELOCATION_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def close_relocation(*, by: Actor, relocation: Relocation) -> Relocation:
    """The works are over and everybody is where they stay."""
    row = queries.locked_relocation(relocation)
    rules.may_close(by, row, open_files=queries.open_file_count(row)).require()

    row.closed_on = clock.today()
    row.save()

    journal.record(events.RELOCATION_CLOSED, by=by, about=row)
    return row


@transaction.atomic
def reopen_relocation(*, by: Actor, relocation: Relocation) -> Relocation:
    """It was closed too early."""
    row = queries.locked_relocation(relocation)
    rules.may_reopen(by, row).require()

    row.closed_on = None
    row.save()

    journal.record(events.RELOCATION_REOPENED, by=by, about=row)
    return row


# Dwellings --------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_units(
    *, by: Actor, relocation: Relocation, dwellings: Sequence[Dwelling], is_spare: bool = False
) -> int:
    """Let a relocation use some dwellings; those that it has already stay as they are."""
    wait_turn(f"mobility:units:{relocation.pk}")
    row = queries.locked_relocation(relocation)
    there = queries.unit_dwelling_ids(row)
    new = [one for one in dict.fromkeys(dwellings) if one.pk not in there]
    rules.may_add_units(by, row, found=len(dwellings), new=len(new), already=len(there)).require()

    Unit.objects.bulk_create(Unit(relocation=row, dwelling=one, is_spare=is_spare) for one in new)

    journal.record(events.UNITS_ADDED, by=by, about=row, count=len(new))
    return len(new)


@transaction.atomic
def mark_spare(*, by: Actor, unit: Unit, is_spare: bool) -> Unit:
    """Keep a dwelling free for the moves, or not any more."""
    row = queries.locked_unit(unit)
    rules.may_change(by, row.relocation).require()

    if row.is_spare != is_spare:
        row.is_spare = is_spare
        row.save()
        event = events.UNIT_SPARE if is_spare else events.UNIT_NOT_SPARE
        journal.record(event, by=by, about=row.relocation, where=row.dwelling.where)
    return row


@transaction.atomic
def remove_unit(*, by: Actor, unit: Unit) -> Relocation:
    """Take a dwelling out, which nobody counts on."""
    row = queries.locked_unit(unit)
    rules.may_remove_unit(by, row.relocation, queries.use_of_unit(row)).require()

    row.delete()

    journal.record(events.UNIT_REMOVED, by=by, about=row.relocation, where=row.dwelling.where)
    return row.relocation


@dataclass(frozen=True, slots=True)
class NewSpell:
    """From when to when (None: for good) nobody can live in a dwelling, and why."""

    kind: str
    from_day: dt.date
    to_day: dt.date | None = None
    note: str = ""


@transaction.atomic
def add_spell(*, by: Actor, unit: Unit, new: NewSpell) -> Spell:
    """Write down days on which nobody can live in a dwelling, that no worksite knows of."""
    row = queries.locked_unit(unit)
    rules.may_keep_spells(by, row.relocation, first=new.from_day, last=new.to_day).require()

    spell = Spell.objects.create(unit=row, **asdict(new))

    _record_spell(by, events.SPELL_ADDED, spell, day=new.from_day)
    return spell


@transaction.atomic
def change_spell(*, by: Actor, spell: Spell, new: NewSpell, seen_version: int | None) -> Spell:
    """Put right what was written."""
    row = queries.locked_spell(spell).require_version(seen_version, yours=new)
    rules.may_keep_spells(by, row.unit.relocation, first=new.from_day, last=new.to_day).require()

    row.kind, row.from_day, row.to_day, row.note = new.kind, new.from_day, new.to_day, new.note
    row.save()

    _record_spell(by, events.SPELL_CHANGED, row)
    return row


@transaction.atomic
def end_spell(*, by: Actor, spell: Spell, day: dt.date) -> Spell:
    """From the day after this one somebody can live there again."""
    row = queries.locked_spell(spell)
    rules.may_keep_spells(by, row.unit.relocation, first=row.from_day, last=day).require()

    row.to_day = day
    row.save()

    _record_spell(by, events.SPELL_ENDED, row, day=day)
    return row


@transaction.atomic
def remove_spell(*, by: Actor, spell: Spell) -> Unit:
    """It was written by mistake."""
    row = queries.locked_spell(spell)
    rules.may_change(by, row.unit.relocation).require()

    row.delete()

    _record_spell(by, events.SPELL_REMOVED, row)
    return row.unit


def _record_spell(by: Actor, event: Event, spell: Spell, day: dt.date | None = None) -> None:
    facts = {"where": spell.unit.dwelling.where, "why": journal.kept(SpellKind(spell.kind).label)}
    if day is not None:
        facts["day"] = day.isoformat()
    journal.record(event, by=by, about=spell.unit.relocation, **facts)
