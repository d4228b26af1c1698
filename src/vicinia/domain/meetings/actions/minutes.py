"""The minutes are written while people talk, and closed: what is undertaken goes straight into the cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.states import CommitmentBy, CommitmentState
from vicinia.domain.meetings import events, queries, rules
from vicinia.domain.meetings.documents import LANGUAGE, MINUTES
from vicinia.domain.meetings.models import AgendaItem, Decision, Invited, Meeting, MeetingAction, MinutesNote
from vicinia.domain.meetings.states import MeetingState
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.models import User
from vicinia.foundation.documents import actions as documents
from vicinia.foundation.documents.queries import text_of
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class ItemMinutes:
    """What was said about an item, and what was decided: one decision a line."""

    said: str
    decisions: Sequence[str] = ()

    def __str__(self) -> str:
        return "\n".join([self.said, *self.decisions])


@dataclass(frozen=True)
class NewAction:
    """Who does what by when."""

    what: str
    due_on: dt.date
    user: User | None = None
    body: PartnerBody | None = None
    told_to_reporter: bool = False


@transaction.atomic
def hold(*, by: Actor, meeting: Meeting, seen_version: int | None = None) -> Meeting:
    """The meeting begins: from now on its minutes are written."""
    row = queries.locked(meeting).require_version(seen_version)
    rules.may_hold(by, row, queries.table_of(row), clock.today()).require()

    row.enter(MeetingState.HELD, by=by, state_since=clock.now())

    journal.record(events.HELD, by=by, about=row)
    return row


@transaction.atomic
def mark_attendance(
    *, by: Actor, meeting: Meeting, marks: Mapping[int, str], seen_version: int | None
) -> Meeting:
    """Who was there: the attendance of some of the invited, by their id."""
    row = queries.locked(meeting).require_version(seen_version, yours=marks)
    rules.may_write(by, row).require()

    for one in row.invited.all():
        if one.pk in marks and one.attendance != marks[one.pk]:
            one.attendance = marks[one.pk]
            one.save()
    row.save()  # counts the version up: who was there is part of what was read

    journal.record(events.ATTENDANCE, by=by, about=row)
    return row


@transaction.atomic
def write_item(*, by: Actor, item: AgendaItem, minutes: ItemMinutes, seen_version: int | None) -> AgendaItem:
    """Write what was said and decided about an item, on top of the version that was read."""
    meeting = queries.locked(item.meeting)
    row = queries.locked_item(item).require_version(seen_version, yours=minutes)
    rules.may_write(by, meeting).require()

    row.said = minutes.said
    row.save()
    row.people.add(*queries.people_in(row))
    row.decisions.all().delete()
    for words in minutes.decisions:
        Decision.objects.create(item=row, words=words)

    journal.record(events.WRITTEN, by=by, about=meeting)
    return row


@transaction.atomic
def add_action(*, by: Actor, item: AgendaItem, new: NewAction) -> MeetingAction:
    """Somebody undertakes something: in a case, a colleague's is a task and a body's a commitment there."""
    meeting = queries.locked(item.meeting)
    rules.may_write(by, meeting).require()
    owner = rules.Owner(has_user=new.user is not None, has_body=new.body is not None)
    rules.may_undertake(owner).require()
    doer = Invited(user=new.user, body=new.body)
    cases = [item.case] if item.case else []
    rules.may_sit(by, queries.table_at([doer], cases)).require()

    row = MeetingAction(
        item=item, what=new.what, user=new.user, body=new.body, called=doer.name, due_on=new.due_on
    )
    if item.case is not None and new.user is not None:
        row.task = casework.add_task(
            by=by, case=item.case, what=new.what, due_on=new.due_on, assignee=new.user
        )
    elif item.case is not None:
        commitment = casework.NewCommitment(
            what=new.what,
            due_on=new.due_on,
            by_whom=CommitmentBy.BODY,
            body=new.body,
            told_to_reporter=new.told_to_reporter,
        )
        row.commitment = casework.add_commitment(by=by, case=item.case, new=commitment)
    row.save(force_insert=True)

    journal.record(events.ACTED, by=by, about=meeting)
    return row


@transaction.atomic
def drop_action(*, by: Actor, action: MeetingAction, reason: str) -> None:
    """Take back what was not agreed after all, in the case too, before the minutes are closed."""
    meeting = queries.locked(action.item.meeting)
    rules.may_write(by, meeting).require()
    rules.must_say_why(reason).require()

    if not action.is_done:
        if action.task is not None:
            casework.drop_task(by=by, task=action.task, reason=reason)
        if action.commitment is not None:
            casework.end_commitment(
                by=by, commitment=action.commitment, state=CommitmentState.DROPPED, explanation=reason
            )
    action.delete()

    journal.record(events.DROPPED, by=by, about=meeting)


@transaction.atomic
def finish_action(*, by: Actor, action: MeetingAction) -> MeetingAction:
    """What was undertaken in no case is done."""
    row = queries.locked_action(action)
    rules.may_end_action(by, row, row.item.meeting).require()

    row.done_at = clock.now()
    row.save()

    journal.record(events.DONE, by=by, about=row.item.meeting)
    return row


@transaction.atomic
def close_minutes(*, by: Actor, meeting: Meeting, seen_version: int | None) -> Meeting:
    """Close the minutes: names and titles are kept as they are today, and nothing of them changes any more."""
    row = queries.locked(meeting).require_version(seen_version)
    rules.may_close(by, row, unmarked=queries.unmarked(row)).require()

    for one in queries.invited_to(row):
        one.called = one.name
        one.save()
    items = queries.every_item(row)
    for item in items:
        AgendaItem.objects.filter(pk=item.pk).update(called=item.title)
    text = documents.keep_text(by=by, text=text_of(MINUTES, LANGUAGE))
    now = clock.now()
    row.enter(MeetingState.MINUTED, by=by, minuted_at=now, state_since=now, text_digest=text)

    journal.record(events.MINUTED, by=by, about=row)
    for item in items:
        if item.case is not None:
            journal.record(
                events.CASE_DISCUSSED,
                by=by,
                about=item.case,
                meeting=row.reference,
                decisions=item.decisions.count(),
                actions=item.actions.count(),
            )
    return row


@transaction.atomic
def add_note(*, by: Actor, meeting: Meeting, text: str, item: AgendaItem | None = None) -> MinutesNote:
    """Correct or complete closed minutes by a note beneath them."""
    row = queries.locked(meeting)
    rules.may_note(by, row, text).require()

    note = MinutesNote.objects.create(meeting=row, item=item, by_ref=by.ref, by_name=by.name, text=text)

    journal.record(events.NOTED, by=by, about=row)
    return note
