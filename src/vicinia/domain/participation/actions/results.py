"""What becomes of an accepted proposal, told to who proposed it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.participation import events, queries, rules
from vicinia.domain.participation.actions.telling import tell_authors
from vicinia.domain.participation.models import Milestone, Result, ResultUpdate
from vicinia.domain.participation.states import ResultState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Progress:
    """How far a result is, in words that everybody reads."""

    state: ResultState
    percent: int
    words: str
    who: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def follow_result(*, by: Actor, result: Result, new: Progress, seen_version: int | None = None) -> Result:
    """Say how far it is; who proposed it is told."""
    row = queries.locked_result(result).require_version(seen_version, yours=new)
    rules.may_follow(by, row, state=new.state, percent=new.percent, words=new.words).require()

    row.percent, row.who, row.due_on = new.percent, new.who.strip(), new.due_on
    if new.state == row.state:
        row.save()
    else:
        row.enter(new.state, by=by)
    update = ResultUpdate.objects.create(
        result=row,
        state=new.state,
        percent=new.percent,
        words=new.words.strip(),
        by_ref=by.ref,
        by_name=by.name,
    )

    label = journal.kept(ResultState(new.state).label)
    journal.record(events.RESULT, by=by, about=row.idea, state=label, percent=new.percent)
    tell_authors(by=by, idea=row.idea, template="idea_result", key=f"result-{update.pk}", words=update.words)
    return row


@transaction.atomic
def add_milestone(*, by: Actor, result: Result, title: str, due_on: dt.date) -> Milestone:
    """Add a step on the way."""
    row = queries.locked_result(result)
    rules.may_have_milestones(by, row.milestones.count() + 1).require()

    milestone = Milestone.objects.create(result=row, title=title, due_on=due_on)

    journal.record(events.MILESTONE, by=by, about=row.idea)
    return milestone


@transaction.atomic
def finish_milestone(*, by: Actor, milestone: Milestone) -> Milestone:
    """A step is done today, or not done after all."""
    result = queries.locked_result(milestone.result)
    rules.may_run(by).require()
    row = queries.milestone_of(result, milestone.pk)

    row.done_on = None if row.done_on else clock.today()
    row.save()

    journal.record(events.MILESTONE, by=by, about=result.idea)
    return row


@transaction.atomic
def drop_milestone(*, by: Actor, milestone: Milestone) -> None:
    """Take a step away."""
    result = queries.locked_result(milestone.result)
    rules.may_run(by).require()

    milestone.delete()

    journal.record(events.MILESTONE, by=by, about=result.idea)
