"""A vote is prepared, gets its options and is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from string import ascii_uppercase

from django.db import transaction

from vicinia.domain.elections import events, queries, rules
from vicinia.domain.elections.models import Option, Poll, Voter
from vicinia.domain.elections.states import Basis, Method, PollKind, PollState
from vicinia.domain.participation.models import Process
from vicinia.domain.territory.models import Stair
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class PollPlan:
    """What is asked, of whom, when and how it is counted."""

    title: str
    question: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    lot_source: str
    kind: PollKind = PollKind.CONSULTATION
    method: Method = Method.PLURALITY
    seats: int = 1
    most: int = 1
    basis: Basis = Basis.HOUSEHOLDS
    place: str = ""
    process: Process | None = None
    stairs: Sequence[Stair] = ()


@dataclass(frozen=True)
class NewOption:
    """Something to vote for, in its own words."""

    label: str
    about: str = ""


@transaction.atomic
def plan_poll(*, by: Actor, new: PollPlan) -> Poll:
    """Begin to prepare a vote; nobody outside reads it until it is called."""
    rules.may_run(by).require()
    row = Poll(by_name=by.name, **_columns(new))
    rules.is_right(row, options=0).require()

    row.reference = f"V{next_reference('poll')}"
    row.save(force_insert=True)
    row.stairs.set(new.stairs)

    journal.record(events.PLANNED, by=by, about=row)
    return row


def _columns(new: PollPlan) -> dict[str, object]:
    return {one.name: getattr(new, one.name) for one in fields(new) if one.name != "stairs"}


@transaction.atomic
def change_poll(*, by: Actor, poll: Poll, new: PollPlan, seen_version: int | None) -> Poll:
    """Change anything before it is called. With other stairs or another right to vote the roll is emptied."""
    row = queries.locked_poll(poll).require_version(seen_version, yours=new)
    rules.may_change(by, row).require()
    before = (row.basis, set(row.stairs.values_list("pk", flat=True)))
    for name, value in _columns(new).items():
        setattr(row, name, value)
    rules.is_right(row, options=row.options.count()).require()

    if before != (row.basis, {stair.pk for stair in new.stairs}):
        Voter.objects.filter(poll=row).delete()
        row.entitled = 0
    row.save()
    row.stairs.set(new.stairs)

    journal.record(events.CHANGED, by=by, about=row)
    return row


@transaction.atomic
def add_option(*, by: Actor, poll: Poll, new: NewOption) -> Option:
    """Add something to vote for; it gets the next letter."""
    row = queries.locked_poll(poll)
    rules.may_change(by, row).require()
    letters = queries.letters_of(row)
    rules.is_right(row, options=len(letters) + 1).require()

    letter = ascii_uppercase[len(letters)]
    option = Option.objects.create(poll=row, letter=letter, label=new.label.strip(), about=new.about.strip())

    journal.record(events.OPTIONS, by=by, about=row)
    return option


@transaction.atomic
def drop_option(*, by: Actor, option: Option) -> None:
    """Take an option away; those after it move up by a letter."""
    row = queries.locked_poll(option.poll)
    rules.may_change(by, row).require()

    Option.objects.filter(pk=option.pk).delete()
    for letter, other in zip(ascii_uppercase, queries.options_of(row), strict=False):
        Option.objects.filter(pk=other.pk).update(letter=letter)

    journal.record(events.OPTIONS, by=by, about=row)


@transaction.atomic
def call(*, by: Actor, poll: Poll, seen_version: int | None = None) -> Poll:
    """Call the vote: question, options and roll are fixed, and everybody reads them."""
    row = queries.locked_poll(poll).require_version(seen_version)
    voters = Voter.objects.filter(poll=row, is_struck=False).count()
    options = len(queries.letters_of(row))
    rules.may_call(by, row, options=options, voters=voters, now=clock.now()).require()

    row.enter(PollState.CALLED, by=by, entitled=voters, state_since=clock.now())

    journal.record(events.CALLED, by=by, about=row, count=voters)
    return row
