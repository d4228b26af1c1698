"""A meeting is called, people are invited and told, it is moved or called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from vicinia.domain.meetings import events, queries, rules
from vicinia.domain.meetings.models import Invited, Meeting
from vicinia.domain.meetings.states import MeetingState
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.look import dates
from vicinia.foundation.notifications import actions as notifications


@dataclass(frozen=True)
class MeetingPlan:
    """When, where, about which part of the town."""

    title: str
    day: dt.date
    from_time: dt.time
    to_time: dt.time
    place: str
    areas: Sequence[Area] = ()


@dataclass(frozen=True)
class NewGuests:
    """Who is asked to come: bodies as such, people of bodies, colleagues, a guest in words."""

    bodies: Sequence[PartnerBody] = ()
    people: Sequence[BodyPerson] = ()
    users: Sequence[User] = ()
    words: str = ""


@transaction.atomic
def plan(*, by: Actor, new: MeetingPlan) -> Meeting:
    """Call a meeting; who calls it sits at it. Guests and agenda come next."""
    rules.may_plan(by, new.from_time, new.to_time).require()

    row = Meeting(
        reference=f"T{next_reference('meeting')}", convener_id=by.user_id, by_name=by.name, **_when(new)
    )
    row.save(force_insert=True)
    row.areas.set(new.areas)
    Invited.objects.create(meeting=row, user_id=by.user_id)

    journal.record(events.PLANNED, by=by, about=row, day=new.day.isoformat())
    return row


@transaction.atomic
def change(*, by: Actor, meeting: Meeting, new: MeetingPlan, seen_version: int | None) -> Meeting:
    """Change when, where or about what; who had an invitation with another day or place is to be told again."""
    row = queries.locked(meeting).require_version(seen_version, yours=new)
    rules.may_change(by, row).require()
    rules.may_plan(by, new.from_time, new.to_time).require()

    is_elsewhere = _when_and_where(row) != (new.day, new.from_time, new.to_time, new.place)
    for name, value in _when(new).items():
        setattr(row, name, value)
    row.save()
    row.areas.set(new.areas)
    if is_elsewhere:
        row.invited.update(told_at=None)

    journal.record(events.CHANGED, by=by, about=row, day=new.day.isoformat())
    return row


@transaction.atomic
def invite(*, by: Actor, meeting: Meeting, guests: NewGuests) -> int:
    """Ask people to come; who is asked already stays as they are. How many are new."""
    row = queries.locked(meeting)
    rules.may_invite(by, row).require()
    there = {(one.body_id, one.person_id, one.user_id, one.words) for one in row.invited.all()}
    asked = [Invited(meeting=row, body=body) for body in guests.bodies]
    asked += [Invited(meeting=row, body=person.body, person=person) for person in guests.people]
    asked += [Invited(meeting=row, user=user) for user in guests.users]
    asked += [Invited(meeting=row, words=guests.words)] if guests.words else []
    new = [one for one in asked if (one.body_id, one.person_id, one.user_id, one.words) not in there]
    rules.may_sit(by, queries.table_with(row, new)).require()

    for one in new:
        one.save(force_insert=True)

    if new:
        journal.record(events.INVITED, by=by, about=row)
    return len(new)


@transaction.atomic
def uninvite(*, by: Actor, invited: Invited) -> None:
    """Take somebody off the list; who has an invitation is told that it does not hold any more."""
    meeting = queries.locked(invited.meeting)
    rules.may_invite(by, meeting).require()
    invited.delete()
    journal.record(events.INVITED, by=by, about=meeting)
    if invited.told_at is not None:
        _call_off(by, meeting, invited)


@transaction.atomic
def send_invitations(*, by: Actor, meeting: Meeting) -> int:
    """Write to everybody with an e-mail who was not told yet: day, place and how many subjects, nothing of cases."""
    row = queries.locked(meeting)
    untold = [one for one in queries.invited_to(row) if one.told_at is None and one.email]
    rules.may_tell(by, row, queries.table_of(row), untold=len(untold)).require()

    Invited.objects.filter(pk__in=[one.pk for one in untold]).update(told_at=clock.now())

    journal.record(events.TOLD, by=by, about=row, count=len(untold))
    subjects = row.items.count()
    for one in untold:
        _write_to(by, row, one, subjects)
    return len(untold)


@transaction.atomic
def cancel(*, by: Actor, meeting: Meeting, reason: str, seen_version: int | None = None) -> Meeting:
    """Call the meeting off, saying why to us, and to who was invited that it does not take place."""
    row = queries.locked(meeting).require_version(seen_version, yours=reason)
    rules.may_cancel(by, row, reason).require()

    row.enter(MeetingState.CANCELLED, by=by, reason=reason, end_reason=reason, state_since=clock.now())

    journal.record(events.CANCELLED, by=by, about=row, reason=reason)
    for item in row.items.exclude(case=None).select_related("case"):
        journal.record(events.CASE_OFF_AGENDA, by=by, about=item.case, meeting=row.reference)
    for one in queries.invited_to(row):
        if one.told_at is not None:
            _call_off(by, row, one)
    return row


def _when(new: MeetingPlan) -> dict[str, object]:
    return {
        "title": new.title,
        "day": new.day,
        "from_time": new.from_time,
        "to_time": new.to_time,
        "place": new.place,
    }


def _when_and_where(row: Meeting) -> tuple[dt.date, dt.time, dt.time, str]:
    return row.day, row.from_time, row.to_time, row.place


def _language(invited: Invited) -> str:
    return invited.user.language if invited.user else "it"


def _day_words(row: Meeting, language: str) -> str:
    with translation.override(language):
        return dates.full_day_words(row.day)


def _write_to(by: Actor, row: Meeting, invited: Invited, subjects: int) -> None:
    """A colleague reads the agenda in the page; a body only how long it is."""
    language = _language(invited)
    context = {
        "title": row.title,
        "day": _day_words(row, language),
        "hours": f"{row.from_time:%H:%M}–{row.to_time:%H:%M}",
        "place": row.place,
    }
    template = "meeting_for_body"
    if invited.user is None:
        context["subjects"] = str(subjects)
    else:  # how many there are for them, the page says: some may not be theirs to see
        template = "meeting_for_colleague"
        context["link"] = settings.PUBLIC_URL.rstrip("/") + reverse("meeting", args=[row.reference])
    notifications.queue(
        by=by,
        to=invited.email,
        template=template,
        context=context,
        language=language,
        about=row,
        key=f"meeting:{row.pk}:{invited.pk}:{row.version}",
    )


def _call_off(by: Actor, row: Meeting, invited: Invited) -> None:
    language = _language(invited)
    notifications.queue(
        by=by,
        to=invited.email,
        template="meeting_called_off",
        context={"title": row.title, "day": _day_words(row, language)},
        language=language,
        about=row,
        key=f"meeting:{row.pk}:off:{row.version}:{invited.body_id}:{invited.person_id}:{invited.user_id}",
    )
