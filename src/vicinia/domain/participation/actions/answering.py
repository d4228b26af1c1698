"""A proposal is published, put together with others, weighed and answered with reasons."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.participation import events, queries, rules
from vicinia.domain.participation.actions.telling import tell_authors
from vicinia.domain.participation.models import Idea, Result, Support
from vicinia.domain.participation.states import IdeaState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

ANSWER_WITHIN = 30  # working days


@transaction.atomic
def publish(*, by: Actor, idea: Idea, shows_photos: bool = False, seen_version: int | None = None) -> Idea:
    """Let everybody read it; from today there are so many working days for an answer."""
    row = queries.locked_idea(idea).require_version(seen_version)
    rules.may_publish(by, row).require()

    due = clock.add_working_days(clock.today(), ANSWER_WITHIN)
    row.enter(
        IdeaState.PUBLISHED, by=by, shows_photos=shows_photos, answer_due_on=due, state_since=clock.now()
    )

    journal.record(events.PUBLISHED, by=by, about=row)
    tell_authors(by=by, idea=row, template="idea_published", key="published")
    return row


@transaction.atomic
def take_up(*, by: Actor, idea: Idea, seen_version: int | None = None) -> Idea:
    """Begin to weigh it with the offices that it concerns."""
    row = queries.locked_idea(idea).require_version(seen_version)
    rules.may_take_up(by, row).require()

    row.enter(IdeaState.EVALUATING, by=by, state_since=clock.now())

    journal.record(events.EVALUATING, by=by, about=row, day=row.answer_due_on.isoformat())
    return row


@transaction.atomic
def answer(*, by: Actor, idea: Idea, state: IdeaState, words: str, seen_version: int | None = None) -> Idea:
    """Accept it or not, with reasons that everybody reads; what is accepted gets a result to follow."""
    row = queries.locked_idea(idea).require_version(seen_version, yours=words)
    rules.may_answer(by, row, state, words).require()

    now = clock.now()
    row.enter(state, by=by, answer=words.strip(), answered_at=now, state_since=now)
    if state == IdeaState.ACCEPTED:
        Result.objects.create(idea=row)

    journal.record(events.ANSWERED, by=by, about=row, state=journal.kept(IdeaState(state).label))
    tell_authors(by=by, idea=row, template="idea_answered", key="answered", words=words.strip())
    return row


@transaction.atomic
def withdraw(*, by: Actor, idea: Idea, seen_version: int | None = None) -> Idea:
    """Take it back: by its author's private link, or at the desk for them."""
    row = queries.locked_idea(idea).require_version(seen_version)
    rules.may_withdraw(by, row).require()

    row.enter(IdeaState.WITHDRAWN, by=by, state_since=clock.now())

    journal.record(events.WITHDRAWN, by=by, about=row)
    return row


@transaction.atomic
def merge(*, by: Actor, idea: Idea, into: Idea, seen_version: int | None = None) -> Idea:
    """Make it part of another: its authors are named there and told, and who supports both counts once."""
    first, second = sorted((idea, into), key=lambda one: one.pk)
    locked = {one.pk: one for one in (queries.locked_idea(first), queries.locked_idea(second))}
    row, target = locked[idea.pk].require_version(seen_version), locked[into.pk]
    rules.may_merge(by, row, target).require()

    there = set(target.supports.exclude(person=None).values_list("person_id", flat=True))
    tokens = set(target.supports.values_list("once", flat=True))
    for one in row.supports.order_by("id"):
        if one.person_id in there or one.once in tokens:
            one.delete()
        else:
            Support.objects.filter(pk=one.pk).update(idea=target)
    Idea.objects.filter(merged_into=row).update(merged_into=target)
    row.enter(IdeaState.MERGED, by=by, merged_into=target, state_since=clock.now())

    journal.record(events.MERGED, by=by, about=row, other=target.reference)
    journal.record(events.TAKEN_IN, by=by, about=target, other=row.reference)
    tell_authors(by=by, idea=row, template="idea_merged", key=f"merged-{target.pk}", words=target.title)
    return row
