"""What was decided, by whom it is carried out, and how it goes until it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.assemblies import events, queries, rules
from vicinia.domain.assemblies.models import Assembly, FollowUp, Point, Resolution
from vicinia.domain.assemblies.states import ResolutionState
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewResolution:
    """What is decided, and who carries it out by when: a colleague, a body, or somebody in words."""

    words: str
    due_on: dt.date
    point: Point | None = None
    owner_user: User | None = None
    owner_body: PartnerBody | None = None
    owner_words: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None


@transaction.atomic
def add_resolution(*, by: Actor, assembly: Assembly, new: NewResolution) -> Resolution:
    """Enter what was decided into the register."""
    row = queries.locked(assembly)
    rules.may_decide(by, row, is_validated=queries.is_validated(row)).require()
    votes = rules.Votes(new.votes_for, new.votes_against, new.votes_abstained)
    rules.may_count(votes, row.present).require()
    words = new.owner_words.strip()
    rules.has_one_owner(
        user=new.owner_user is not None, body=new.owner_body is not None, words=bool(words)
    ).require()

    resolution = Resolution.objects.create(
        reference=f"D{next_reference('resolution')}",
        assembly=row,
        point=new.point,
        words=new.words.strip(),
        owner_user=new.owner_user,
        owner_body=new.owner_body,
        owner_words=words,
        due_on=new.due_on,
        votes_for=new.votes_for,
        votes_against=new.votes_against,
        votes_abstained=new.votes_abstained,
    )

    journal.record(events.DECIDED, by=by, about=row, number=resolution.reference)
    return resolution


@transaction.atomic
def take_back_resolution(*, by: Actor, resolution: Resolution) -> None:
    """Take out of the register what was not decided after all, while the minutes are still open."""
    assembly = queries.locked(resolution.assembly)
    row = queries.locked_resolution(resolution)
    rules.may_decide(by, assembly, is_validated=queries.is_validated(assembly)).require()

    reference = row.reference
    row.delete()

    journal.record(events.UNDECIDED, by=by, about=assembly, number=reference)


@transaction.atomic
def follow_up(
    *,
    by: Actor,
    resolution: Resolution,
    state: ResolutionState,
    note: str = "",
    due_on: dt.date | None = None,
    seen_version: int | None = None,
) -> Resolution:
    """Say how far it is, and if need be a new day by when."""
    row = queries.locked_resolution(resolution).require_version(seen_version, yours=note)
    rules.may_follow(by, row, state, note).require()

    due = due_on or row.due_on
    if state == row.state:
        row.due_on = due
        row.save()
    else:
        row.enter(state, by=by, due_on=due, state_since=clock.now())
    FollowUp.objects.create(
        resolution=row, state=state, due_on=due, note=note.strip(), by_ref=by.ref, by_name=by.name
    )

    label = journal.kept(ResolutionState(state).label)
    journal.record(
        events.FOLLOWED, by=by, about=row.assembly, number=row.reference, state=label, day=due.isoformat()
    )
    return row
